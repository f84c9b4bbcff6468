/* SPDX-License-Identifier: BSD-2-Clause */
/* A guest for unit tests: memory, virtual CPU, translation tables, and a kernel that keeps guest
 * spaces. Belongs to: test. */
#ifndef TESTS_VMM_FIXTURE_H
#define TESTS_VMM_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "libs/abi/abi.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/dat.h"
#include "libs/zformats/psw.h"
#include "vmm/asce.h"
#include "vmm/cpu.h"
#include "vmm/memory.h"

#define GUEST_BYTES 0x400000u
#define PREFIX 0x10000u                  /* of the CPU after fixture_start() */
#define TABLES 0x200000u                 /* translation tables of tests are made from here on */
#define NOW UINT64_C(0xd000000000000000) /* the clock at first */

extern struct cpu cpu;
extern struct bh_vcpu page;
extern uint64_t test_clock;
extern uint32_t test_clock_reads;
extern uint64_t test_clock_step; /* by which the clock goes on with each reading; 0 after start */

/* Setup of a cmocka test: everything as after reset, 64-bit mode, DAT off, supervisor state. */
int fixture_start(void **state);

/* DAT on, home space as Linux' kernel, with CR1, CR7 and CR13 each an empty space of its own. */
void fixture_dat_on(void);

/* An empty space with a region-third table on top: its ASCE. */
uint64_t fixture_space(void);

/* Map a page of that space; flags are those of a page-table entry. Returns the entry's absolute
 * address. */
uint64_t fixture_map(uint64_t asce, uint64_t address, uint64_t real, uint64_t flags);

/* The entry of the table that the ASCE designates, and the one below, for this address. */
uint64_t fixture_region_entry(uint64_t asce, uint64_t address);
uint64_t fixture_segment_entry(uint64_t asce, uint64_t address);

/* Doublewords of guest absolute memory. */
void put(uint64_t absolute, uint64_t value);
uint64_t get(uint64_t absolute);
/* The same of the CPU's lowcore, and its other sizes. */
uint64_t low64(uint32_t offset);
uint32_t low32(uint32_t offset);
uint16_t low16(uint32_t offset);
void set_low64(uint32_t offset, uint64_t value);

/* An instruction decoded from its bytes, which are given as one number, left-aligned in 6 bytes. */
struct instruction instruction(uint64_t text);

/* ---- the kernel's side of guest spaces ---- */

#define KERNEL_PAGES 0x80000u /* pages that a space of the fake may have entries for */

extern uint32_t kernel_resets, kernel_maps, kernel_invalidations;
extern uint32_t kernel_last_n;
extern uint32_t kernel_tables;  /* tables that are left; each reset and each new segment take one */
extern uint32_t kernel_refusal; /* error that kernel_map() returns, if not OK */
extern uint32_t kernel_type[BH_VCPU_SPACES];

/* The word of a page of a guest space: BH_WORD_INVALID if it is not mapped. */
uint64_t kernel_word(uint32_t number, uint64_t page_number);

#endif
