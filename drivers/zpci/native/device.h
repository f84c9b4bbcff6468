/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A process's own PCI function: its capabilities, its DMA memory and its interrupt (native driver).
 *
 * What the process needs, by name: capabilities "disk" (the function), "disk-dma" (its I/O space:
 * map), "interruption" (its subclass: control), "events" (wait; interruptions and PCI events signal
 * it); window "dma", which shows the same pages as window 0 of the I/O space. The function's bound
 * memory is the last page of that window; the device never gets at it by DMA.
 *
 * Pages are numbered from the start of the window "dma"; page n has the I/O address native_iova(n).
 */
#ifndef BULKHEAD_ZPCI_NATIVE_DEVICE_H
#define BULKHEAD_ZPCI_NATIVE_DEVICE_H

#include <stdint.h>

#include "drivers/zpci/native/pci_ops.h"

#define NATIVE_BOUND_PAGES 1u

struct native_device {
    unsigned function, iospace, interruption, events; /* capabilities */
    struct pci_ops ops;
    uint8_t bar_log2[6];
    uint8_t *memory; /* window "dma" */
    uint64_t pages;  /* that the device may get: all but the bound memory */
    uint64_t iova;   /* of page 0 */
    uint64_t msia;   /* where interruption messages go */
    uint16_t interrupts;
    uint64_t *vector, *summary; /* bit vector and summary of the interruption */
};

/* Everything by name; what is missing is fatal. */
void native_device_find(struct native_device *device);

/* Enables the function and registers its I/O space and one interruption vector; with `vector_byte`
 * as place of the vector in the bound page. Errors: of libs/abi/errors.def. */
uint64_t native_device_start(struct native_device *device, uint64_t vector_byte);

/* Disables it, which ends DMA and interruptions. */
uint64_t native_device_stop(struct native_device *device);

/* Lets the device reach pages [page, page + pages), with flags 0 or BH_WORD_READ_ONLY; with
 * BH_WORD_INVALID nothing any more. On return the hardware knows. Errors: as above. The message
 * buffer is overwritten. */
uint64_t native_map(struct native_device *device, uint64_t page, uint64_t pages, uint64_t flags);

uint64_t native_iova(const struct native_device *device, uint64_t page);

/* Waits for an interruption or event, at most until the deadline (TOD clock), and makes the next
 * one possible. Errors: TIMEOUT. */
uint64_t native_wait(struct native_device *device, uint64_t deadline);

#endif
