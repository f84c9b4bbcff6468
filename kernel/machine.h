/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine as the object, IPC, schedule and space logic sees it: kernel/arch/s390x implements it
 * with instructions, kernel/arch/host with fakes for tests, fuzzers and the model comparison.
 * Belongs to: kernel. Times are TOD clock values (4096 units a microsecond); addresses absolute.
 */
#ifndef KERNEL_MACHINE_H
#define KERNEL_MACHINE_H

#include <stdint.h>

/* An external interruption is due at this time (replaces the one before). */
void hw_timer(uint64_t time);

/* The TOD clock; accesses to memory inside a region, whose addresses the caller has checked: 8
 * bytes on a doubleword boundary, 8 bytes of instructions, one byte, a move of up to 4,096 bytes.
 */
#if __STDC_HOSTED__
uint64_t hw_time(void);
uint64_t hw_load(uint64_t address);
uint64_t hw_load_text(uint64_t address);
void hw_store(uint64_t address, uint64_t value);
void hw_store_byte(uint64_t address, uint8_t value);
void hw_move(uint64_t to, uint64_t from, uint64_t bytes);
#else
#include "kernel/arch/s390x/access.h"
#endif

/* Absolute addresses of table entries, as hardware needs them. */
uint64_t hw_leaf_address(uint32_t leaf);
uint64_t hw_segment_address(uint32_t entry);
uint64_t hw_region_address(uint32_t entry);
uint64_t hw_guest_address(uint32_t entry);

/* Words from one page table of a guest space to the next: 256, or 512 if the machine keeps status
 * of the pages behind each table. */
uint32_t hw_guest_page_table_words(void);

/* vCPU v, which may run but does not right now, is about to get an event that it did not cause: its
 * registers and PSW are in its state page. 0: not now, for it has an exit of its own under way. */
uint32_t hw_guest_interrupt(uint32_t v);

/* How guests execute here: enum bh_back_end. */
uint32_t hw_back_end(void);

/* The tables of this guest space are about to be used again: no control register names them. */
void hw_guest_forget(uint64_t asce);

/* Entries of CPU translations may have been weakened: no CPU uses an old one from here on. */
void hw_purge_cpu(void);

/* 1 if page-table entries may forbid instruction execution (bit 0x100). */
uint32_t hw_execute_protection(void);

/* 1 if the machine has the zPCI instructions. */
uint32_t hw_pci(void);

/* Write up to 1,024 characters to the SCLP console: 0 done, 1 busy. */
uint32_t hw_console_write(uint64_t address, uint32_t bytes);

/* Put up to bytes of console input at an address: how many there were. */
uint32_t hw_console_read(uint64_t address, uint32_t bytes);

/* Init ended without having built a system: say so and stop the machine for good. Fakes return. */
void hw_not_built(void);

#endif
