/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The VMM: serves every exit of one guest but RPCIT. Belongs to: VMM.
 *
 * By name from the system description: the capabilities "vcpu", "exits" and "events", the windows
 * "guest" (all of the guest's memory) and "state" (the vCPU's state page).
 */
#include <stdio.h>
#include <stdlib.h>

#include "libs/abi/abi.h"
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/svc.h"
#include "vmm/clock.h"
#include "vmm/dispatch.h"
#include "vmm/emulate/key.h"
#include "vmm/hooks.h"
#include "vmm/memory.h"
#include "vmm/pv/kernel.h"
#include "vmm/run.h"

#define CPU_TIMER_MAX (UINT64_MAX >> 1)
#define LAST_WORDS_US 200000u /* for the console to take what the guest and we have printed */

static struct cpu the_cpu;

uint64_t clock_now(void)
{
    return bh_tod();
}

static void start_memory(void)
{
    struct bh_window guest = bh_need_window("guest");
    uint8_t *keys = calloc(guest.size / BH_PAGE_SIZE, 1);

    if (!keys)
        bh_fatal("no memory for %lu storage keys: give the VMM a heap", guest.size / BH_PAGE_SIZE);
    guest_memory = guest.address;
    guest_size = guest.size;
    key_start(keys);
}

/* As after a clear reset. */
static void start_cpu(struct cpu *cpu)
{
    struct bh_window state = bh_need_window("state");

    cpu->page = state.address;
    cpu->cr[0] = 0xe0;
    cpu->cr[14] = 0xc2000000;
    cpu->clock_comparator = UINT64_MAX;
    cpu->cpu_timer_zero = bh_tod() + CPU_TIMER_MAX;
}

static void print_registers(const char *name, const uint64_t *value)
{
    unsigned i;

    for (i = 0; i < 16; i += 4)
        printf("guest: %s%-2u %016lx %016lx %016lx %016lx\n", name, i, value[i], value[i + 1],
               value[i + 2], value[i + 3]);
}

static void print_state(const struct cpu *cpu, const char *what)
{
    printf("guest: %s PSW %016lx %016lx\n", what, cpu->psw_mask, cpu->psw_address);
    print_registers("gr", cpu->page->gr);
    print_registers("cr", cpu->cr);
    printf("guest: prefix %08x\n", cpu->prefix);
}

static void report(const struct cpu *cpu, enum exit_next end)
{
    switch (end) {
    case EXIT_STOPPED:
        printf("guest: stopped\n");
        return;
    case EXIT_DISABLED_WAIT:
        print_state(cpu, "disabled wait");
        return;
    case EXIT_LOOP:
        print_state(cpu, "invalid program new");
        return;
    default:
        print_state(cpu, "no shadow space,");
        return;
    }
}

int main(void)
{
    struct run_caps caps = {bh_need_cap("vcpu"), bh_need_cap("exits"), bh_need_cap("events")};
    uint64_t bits;

    start_memory();
    start_cpu(&the_cpu);
    kernel_start(caps.vcpu, bh_message_buffer());
    dispatch_start();
    devices_start(&the_cpu);
    pci_start(&the_cpu);
    loader_start(&the_cpu);
    report(&the_cpu, run(&the_cpu, &caps));
    bh_svc_wait(caps.events, bh_deadline(LAST_WORDS_US), &bits);
    run_end();
    return 0;
}
