/* SPDX-License-Identifier: BSD-2-Clause */
/* Functions that go and come back. Belongs to: kernel. */
#include "kernel/object/pci_availability.h"
#include "kernel/object/bits.h"
#include "kernel/object/iospace.h"
#include "kernel/object/pci_config.h"
#include "kernel/object/pci_create.h"
#include "kernel/object/pci_event.h"
#include "kernel/object/pci_function.h"
#include "kernel/sched/timer.h"

static uint64_t waiting;                     /* functions to look for, as bit_of() */
static struct pci_event told[PCI_FUNCTIONS]; /* what their owners will be told */

/* The machine took it away: it does no DMA, and its registrations are gone. */
static void gone(uint32_t f)
{
    pci_absent[f] = 1;
    pci_enabled[f] = 0;
    pci_registered[f] = 0;
    pci_generation[f]++;
    iospace_settled(pci_space[f]);
}

uint32_t pci_availability(uint32_t f, const struct pci_event *event)
{
    switch (event->code) {
    case PEC_TO_CONFIGURED:
        if ((waiting & bit_of(f)) != 0) {
            return 1; /* it will be looked for in any case */
        }
        waiting |= bit_of(f);
        told[f] = *event;
        timer_later();
        return 0;
    case PEC_TO_STANDBY:
    case PEC_SURPRISE_REMOVAL:
    case PEC_TO_RESERVED:
        gone(f);
        return 1;
    default:
        return 1;
    }
}

/* The same function id can be another device now: that is not what init has checked. */
static void look_for(uint32_t f)
{
    uint32_t identity = pci_identity[f];

    gone(f); /* it may have gone without a word */
    if (pci_bring_up(f) == BH_E_OK && pci_identity[f] == identity) {
        pci_absent[f] = 0;
        pci_config_reset(f);
    }
    pci_identity[f] = identity;
}

uint32_t pci_availability_step(void)
{
    uint32_t f;

    if (waiting == 0) {
        return 0;
    }
    f = first_of(waiting) % PCI_FUNCTIONS;
    waiting &= ~bit_of(f);
    look_for(f);
    pci_event_tell(f, &told[f]);
    return waiting != 0 ? 1u : 0u;
}
