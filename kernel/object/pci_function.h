/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI functions: each has one owner, one I/O space, and memory of its partition where interruption
 * vectors and the like lie. The kernel issues every instruction itself: no caller names a handle,
 * an absolute address or an interruption subclass. Belongs to: kernel.
 */
#ifndef KERNEL_PCI_FUNCTION_H
#define KERNEL_PCI_FUNCTION_H

#include "drivers/zpci/clp.h"
#include "drivers/zpci/insn/insn.h"
#include "libs/abi/abi.h"

#define PCI_FUNCTIONS 16u

/* The block of a CLP command or of an event: built, issued and read in one go, never kept. */
#define PCI_BLOCK_SIZE 4096u
extern uint8_t pci_block[PCI_BLOCK_SIZE];

extern uint32_t pci_fid[PCI_FUNCTIONS];
extern uint32_t pci_handle[PCI_FUNCTIONS];
extern uint32_t pci_identity[PCI_FUNCTIONS]; /* vendor * 65536 + device */
extern uint32_t pci_enabled[PCI_FUNCTIONS];
extern uint32_t pci_absent[PCI_FUNCTIONS];     /* 1: taken away; no instruction is issued for it */
extern uint32_t pci_registered[PCI_FUNCTIONS]; /* 1: the hardware knows the I/O space */
extern uint32_t pci_partition[PCI_FUNCTIONS];
extern uint32_t pci_space[PCI_FUNCTIONS];
extern uint32_t pci_isc[PCI_FUNCTIONS];
extern uint64_t pci_generation[PCI_FUNCTIONS];   /* counts enable and disable */
extern uint64_t pci_memory_first[PCI_FUNCTIONS]; /* frame */
extern uint64_t pci_memory_pages[PCI_FUNCTIONS]; /* 0: not bound */
extern struct clp_function pci_info[PCI_FUNCTIONS];
extern struct clp_group pci_group[PCI_FUNCTIONS];
extern uint32_t pci_count;

/* Condition code and status as an error: AGAIN for busy; with PCI and GONE, GR3 of t gets cc * 256
 * + status. */
uint32_t pci_result(uint32_t t, struct zpci_result result);

/* 1 if the I/O space of function f is registered: then changes must be told. f may be NOBODY. */
static inline uint32_t pci_knows(uint32_t f)
{
    return f < PCI_FUNCTIONS ? pci_registered[f] : 0;
}

/* Hardware RPCIT for the I/O space of function f: OK, PCI, GONE, or AGAIN if the hardware is busy.
 * Requires: pci_knows. Units: bytes. */
static inline uint32_t pci_refresh(uint32_t t, uint32_t f, uint64_t start, uint64_t length)
{
    struct zpci_result result = zpci_rpcit(pci_handle[f], start, length);

    return result.cc == 0 ? BH_E_OK : pci_result(t, result);
}

uint32_t pci_invoke(uint32_t t, uint32_t object, uint32_t method);

#endif
