/* SPDX-License-Identifier: BSD-2-Clause */
/* Test support: a fake machine with one plain function, storage, and I/O tables in it. */
#ifndef BULKHEAD_TESTS_ZPCI_MACHINE_H
#define BULKHEAD_TESTS_ZPCI_MACHINE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/zpci/control.h"
#include "drivers/zpci/function.h"
#include "drivers/zpci/insn/fake.h"

#define STORAGE_BYTES 0x400000u
#define CACHE_SLOTS 1024u
#define BAR_BYTES_LOG2 12u

/* Where things are in storage (absolute addresses) */
#define REGION_TABLE 0x10000u
#define SEGMENT_TABLE 0x14000u
#define PAGE_TABLES 0x18000u /* eight of 2 KiB, for the first eight segments */
#define VECTOR 0x20000u
#define SUMMARY 0x21000u
#define BUFFERS 0x40000u

/* The DMA window starts above 4 GiB, as on the emulator: region-third index 2 */
#define WINDOW UINT64_C(0x100000000)
#define WINDOW_END UINT64_C(0x1ffffffff)

#define FID 0x17u

struct machine {
    struct fake_zpci fake;
    struct fake_function function;
    struct fake_translation cache[CACHE_SLOTS];
    uint8_t bar[1u << BAR_BYTES_LOG2] __attribute__((aligned(8)));
    uint8_t storage[STORAGE_BYTES] __attribute__((aligned(16384)));
    struct zpci_scratch scratch;
};

extern struct machine machine;

/* Everything new: one disabled function with BAR 0, capabilities, empty tables; installed. */
int machine_setup(void **state);

/* A function of its own for a test (fid, aperture, cache), not yet added. */
void machine_prepare_function(struct fake_function *function, uint32_t fid);

/* Enable the plain function, bus master on; returns the handle. */
uint32_t machine_enable(void);

/* Register the I/O tables for [WINDOW, WINDOW_END]. */
void machine_register_ioat(uint32_t fh);

/* Write table entries, without any refresh. iova inside the first eight segments of the window. */
void machine_map(uint64_t iova, uint64_t frame, int protect);
void machine_unmap(uint64_t iova);
void machine_table_word(uint64_t absolute, uint64_t word);

/* Offset of a table entry in storage. */
uint64_t machine_region_entry(uint64_t iova);
uint64_t machine_segment_entry(uint64_t iova);
uint64_t machine_page_entry(uint64_t iova);

/* The event that is next, or code 0. */
uint16_t machine_event_code(void);

#endif
