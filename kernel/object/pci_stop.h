/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The functions of stopped partitions: disabled one command at a time. Until the machine has
 * confirmed it, such a function may still write to the memory of its own partition, so that memory
 * must not be given to anybody else. Belongs to: kernel.
 */
#ifndef KERNEL_PCI_STOP_H
#define KERNEL_PCI_STOP_H

#include <stdint.h>

#define PCI_STOP_TRIES 256u /* for each function; then it counts as stuck for good */

/* Partition p has stopped: its functions are to be disabled. */
void pci_stop_partition(uint32_t p);

/* One command, if a function waits: 1 if some are left. */
uint32_t pci_stop_step(void);

/* How many functions of partition p the machine has not confirmed to be disabled. */
uint32_t pci_not_confirmed(uint32_t p);

#endif
