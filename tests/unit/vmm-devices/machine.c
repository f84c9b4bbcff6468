/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the virtual CPU of the device tests. */
#include "tests/unit/vmm-devices/machine.h"

#include <string.h>

#include "libs/zformats/bytes.h"
#include "libs/zformats/ccdf.h"
#include "libs/zformats/psw.h"
#include "vmm/clock.h"
#include "vmm/devices/channel.h"
#include "vmm/devices/facility.h"
#include "vmm/devices/sclp.h"
#include "vmm/hooks.h"
#include "vmm/interrupt.h"
#include "vmm/lowcore.h"
#include "vmm/memory.h"
#include "vmm/zpci/events.h"

#define CR0_EXTERNALS UINT64_C(0x0000000000006200) /* emergency, external call, service signal */

uint8_t machine_memory[MACHINE_BYTES] __attribute__((aligned(4096)));
struct cpu cpu;
static struct bh_vcpu page;

uint64_t machine_facilities;
int machine_event;
unsigned machine_events, machine_loads, machine_resets, machine_loads_before_reset;

uint64_t facility_list(void)
{
    return machine_facilities;
}

int zpci_next_event(uint8_t *block)
{
    machine_events++;
    if (machine_event != ZPCI_EVENT_NONE) {
        block[SEI_RSP_CONTENT] = SEI_CONTENT_ERROR;
        be32_put(block + SEI_RSP_CCDF + CCDF_FID, 0x77);
    }
    return machine_event;
}

void zpci_reset(void)
{
    machine_resets++;
}

void loader_start(struct cpu *started)
{
    machine_loads++;
    if (machine_resets == 0)
        machine_loads_before_reset++;
    started->psw_address = 0x10000;
}

int machine_start(void **state)
{
    (void)state;
    memset(machine_memory, 0, sizeof(machine_memory));
    memset(&page, 0, sizeof(page));
    guest_memory = machine_memory;
    guest_size = MACHINE_BYTES;
    cpu = (struct cpu){.page = &page, .prefix = MACHINE_PREFIX, .psw_mask = PSW_64};
    cpu.clock_comparator = UINT64_MAX;
    cpu.cpu_timer_zero = UINT64_MAX >> 1;
    cpu.cr[0] = CR0_EXTERNALS;
    cpu.cr[14] = IBM_BIT64(35);
    interrupt_reset();
    sclp_reset();
    channel_reset();
    machine_facilities = 0;
    machine_event = ZPCI_EVENT_NONE;
    machine_events = machine_loads = machine_resets = machine_loads_before_reset = 0;
    return 0;
}

program_code machine_rre(instruction_handler handler, uint32_t r1, uint32_t r2)
{
    struct instruction in = {.length = 4, .r1 = (uint8_t)r1, .r2 = (uint8_t)r2};

    return handler(&cpu, &in);
}

program_code machine_s(instruction_handler handler, uint64_t address)
{
    struct instruction in = {.length = 4, .address = address};

    return handler(&cpu, &in);
}

program_code machine_rs(instruction_handler handler, uint32_t r1, uint32_t r3, uint64_t address)
{
    struct instruction in = {.length = 4, .r1 = (uint8_t)r1, .r3 = (uint8_t)r3, .address = address};

    return handler(&cpu, &in);
}

uint32_t machine_cc(void)
{
    return psw_cc_get(cpu.psw_mask);
}

/* Delivers with these PSW bits, then goes back to where the CPU was. */
static int deliver_one(uint64_t bits)
{
    struct cpu before = cpu;
    int pending;

    cpu.psw_mask |= bits;
    pending = interrupt_deliverable(&cpu, clock_now());
    if (pending)
        interrupt_deliver(&cpu, clock_now());
    cpu = before;
    return pending;
}

uint32_t machine_external(uint32_t *parameter)
{
    const uint8_t *low = machine_memory + cpu.prefix;

    if (!deliver_one(PSW_EXTERNAL))
        return 0;
    if (parameter)
        *parameter = be32_get(low + LC_EXTERNAL_PARAMETER);
    return be16_get(low + LC_EXTERNAL_CODE);
}

int machine_check_delivered(void)
{
    return deliver_one(PSW_MACHINE_CHECK);
}
