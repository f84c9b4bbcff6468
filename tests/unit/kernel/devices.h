/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test: PCI functions behind the zPCI fake, and their objects. Once they are installed, every call
 * also checks that a device uses an outdated translation only where a flush is owed.
 * Belongs to: test.
 */
#ifndef TESTS_KERNEL_DEVICES_H
#define TESTS_KERNEL_DEVICES_H

#include "drivers/zpci/insn/fake.h"
#include "tests/unit/kernel/machine.h"

#define DEVICES 3u
#define DEVICE_FID(n) (0x100u + (n))
#define DEVICE_SDMA UINT64_C(0x100000000)
#define DEVICE_EDMA UINT64_C(0x1ffffffff)
#define DEVICE_BAR_LOG2 14u  /* of BAR 0 */
#define DEVICE_BAR4_LOG2 12u /* of BAR 4, a 64-bit one: BAR 5 is its upper half */
#define DEVICE_MSIX 0x40u    /* offsets of capabilities */
#define DEVICE_EXPRESS 0x4cu
#define DEVICE_VENDOR 0x88u
#define DEVICE_SRIOV 0x100u
#define IO_BASE (DEVICE_SDMA / BH_PAGE_SIZE) /* first page of the I/O spaces that are made here */
#define IO_PAGES 512u
#define ISC 3u

extern struct fake_zpci zpci;
extern struct fake_function device[DEVICES];

/* The machine has DEVICES functions, disabled; they may be bus masters. */
void install_devices(void);

/* A function of a process's partition: its object, I/O space, subclass and so on are slots of init
 * and the same slots of the process. */
struct pci {
    uint32_t slot, iospace, irq, notification;
    uint32_t f, s; /* numbers of the function and of its I/O space */
    struct fake_function *device;
};

/* Function number n of the machine for this process, disabled, subclass isc. The I/O space has
 * window 0, the process's region to read and write; so has the function as bound memory. */
void new_pci(struct pci *pci, const struct process *process, uint32_t n, uint32_t isc);

/* Enable it and register its I/O space. */
void start_dma(const struct pci *pci);

/* IOSPACE UPDATE of one entry by thread t: word of entry page (counted from IO_BASE). */
void map_io(uint32_t t, const struct pci *pci, uint64_t page, uint64_t word);
void flush_io(uint32_t t, const struct pci *pci);

/* DMA of 8 bytes by the device at byte 8 of a page counted from IO_BASE: 1 if it was allowed. */
uint32_t dma_reads(const struct pci *pci, uint64_t page, uint64_t *value);
uint32_t dma_writes(const struct pci *pci, uint64_t page, uint64_t value);

/* A method of thread t that issues this instruction: what it says if the function refuses, is busy,
 * and is gone. */
void each_failure(uint32_t t, const struct pci *pci, uint32_t method,
                  enum fake_instruction instruction, const uint64_t *argument);

/* A doubleword of the storage at byte 8 of a page of the process's region. */
uint64_t storage_word(const struct process *process, uint64_t page);

#endif
