/* SPDX-License-Identifier: BSD-2-Clause */
/* Work in bounded steps. Belongs to: kernel. */
#include "kernel/object/later.h"
#include "kernel/object/adapter_interrupt.h"
#include "kernel/object/pci_availability.h"
#include "kernel/object/pci_event.h"
#include "kernel/object/pci_stop.h"

uint32_t later_step(void)
{
    uint32_t left = pci_stop_step();

    left |= pci_availability_step();
    left |= pci_events_step();
    left |= adapter_step();
    return left;
}
