/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's own restart, and the devices' part of the main loop. Belongs to: VMM. */
#include "vmm/devices/restart.h"

#include <string.h>

#include "vmm/clock.h"
#include "vmm/devices/channel.h"
#include "vmm/devices/sclp.h"
#include "vmm/devices/statistics.h"
#include "vmm/devices/terminal.h"
#include "vmm/hooks.h"
#include "vmm/interrupt.h"
#include "vmm/memory.h"
#include "vmm/purge.h"
#include "vmm/zpci/events.h"

#define CR0_RESET 0xe0u
#define CR14_RESET UINT32_C(0xc2000000)
#define CPU_TIMER_MAX (UINT64_MAX >> 1)

static uint32_t restarts;

uint32_t restart_count(void)
{
    return restarts;
}

void devices_start(struct cpu *cpu)
{
    terminal_start();
    statistics_start(cpu->page);
}

/* Which bit means the console is not known here, and asking costs little. */
void devices_event(struct cpu *cpu, uint64_t bits)
{
    (void)cpu;
    (void)bits;
    sclp_input();
}

static void reset_cpu(struct cpu *cpu)
{
    struct bh_vcpu *page = cpu->page;

    memset(page->gr, 0, sizeof(page->gr));
    memset(page->fpr, 0, sizeof(page->fpr));
    memset(page->ar, 0, sizeof(page->ar));
    page->fpc = 0;
    *cpu = (struct cpu){
        .page = page,
        .address = cpu->address,
        .clock_comparator = UINT64_MAX,
        .cpu_timer_zero = clock_now() + CPU_TIMER_MAX,
    };
    cpu->cr[0] = CR0_RESET;
    cpu->cr[14] = CR14_RESET;
}

/* By plain stores: QEMU goes on with the slow path for every page in which it has seen code, until
 * stores have overwritten that; what MVC or memset overwrite it does not notice. A guest then
 * needs minutes to unpack itself a second time. */
static void clear_memory(void)
{
    volatile uint64_t *word = (volatile uint64_t *)(void *)guest_memory;

    for (uint64_t i = 0; i < guest_size / sizeof(*word); i++)
        word[i] = 0;
}

/* Functions first: no device may write to what is loaded afterwards. */
void restart(struct cpu *cpu)
{
    zpci_reset();
    interrupt_reset();
    sclp_reset();
    channel_reset();
    reset_cpu(cpu);
    purge_prefix();
    clear_memory();
    loader_start(cpu);
    restarts++;
}
