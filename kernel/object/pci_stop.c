/* SPDX-License-Identifier: BSD-2-Clause */
/* Disabling the functions of stopped partitions. Belongs to: kernel. */
#include "kernel/object/pci_stop.h"
#include "kernel/object/audit.h"
#include "kernel/object/bits.h"
#include "kernel/object/pci_control.h"
#include "kernel/object/pci_function.h"
#include "kernel/sched/timer.h"

static uint64_t waiting; /* functions, as bit_of() */
static uint32_t turn;
static uint32_t tries[PCI_FUNCTIONS];

void pci_stop_partition(uint32_t p)
{
    uint32_t f;

    for (f = 0; f < pci_count; f++) {
        if (pci_partition[f] == p && pci_enabled[f] != 0) {
            waiting |= bit_of(f);
            tries[f] = 0;
        }
    }
    if (waiting != 0) {
        timer_later();
    }
}

/* Only the first refusal is worth a record. */
static void not_done(uint32_t f, uint32_t code)
{
    if (tries[f] == 0) {
        audit_add_partition(BH_AUDIT_PCI_STUCK, pci_partition[f], pci_fid[f], code);
    }
    tries[f]++;
    if (tries[f] >= PCI_STOP_TRIES) {
        waiting &= ~bit_of(f);
    }
}

uint32_t pci_stop_step(void)
{
    uint32_t f;
    uint32_t code;

    if (waiting == 0) {
        return 0;
    }
    f = first_from(waiting, turn) % PCI_FUNCTIONS;
    turn = f + 1u;
    code = pci_set(f, CLP_SET_DISABLE);
    if (code == CLP_RC_OK) {
        waiting &= ~bit_of(f);
    } else {
        not_done(f, code);
    }
    return waiting != 0 ? 1u : 0u;
}

uint32_t pci_not_confirmed(uint32_t p)
{
    uint32_t count = 0;
    uint32_t f;

    for (f = 0; f < pci_count; f++) {
        count += pci_partition[f] == p ? pci_enabled[f] : 0u;
    }
    return count;
}
