/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest that asks one PCI function everything that the contract of docs/rpcit-contract.md
 * answers, and prints one line for each question. The same image runs in the VMM and on bare QEMU;
 * where the effect of a mapping matters, a virtio disk is asked. Belongs to: test.
 */
#ifndef TESTS_GUESTS_CONTRACT_H
#define TESTS_GUESTS_CONTRACT_H

#include "drivers/zpci/event.h"
#include "libs/zformats/fib.h"
#include "libs/zformats/iotable.h"
#include "tests/guests/lib/guest.h"

/* ---- instructions, with any operand (insn.c) ---- */

struct outcome {
    uint32_t program; /* program interruption code, or 0 */
    uint32_t cc, status;
    uint32_t kept; /* 1: of the register with the handle only the status byte changed, if cc is 1 */
    uint64_t value; /* loaded by PCILG */
};

struct outcome do_rpcit(uint32_t handle, uint64_t start, uint64_t length);
struct outcome do_rpcit_odd(uint32_t handle, uint64_t start, uint64_t length);
struct outcome do_rpcit_last(uint32_t handle);
struct outcome do_mpcifc(uint32_t handle, uint32_t space, uint32_t operation, const uint8_t *fib);
struct outcome do_stpcifc(uint32_t handle, uint32_t space, uint8_t *fib);
struct outcome do_pcilg(uint32_t handle, uint32_t space, uint32_t length, uint64_t offset);
struct outcome do_pcistg(uint32_t handle, uint32_t space, uint32_t length, uint64_t offset,
                         uint64_t value);
struct outcome do_pcistb(uint32_t handle, uint32_t space, uint32_t length, uint64_t offset,
                         const uint8_t *source);
struct outcome do_sic(uint64_t operation, uint64_t subclass);
struct outcome do_clp(uint8_t *block);
struct outcome do_odd_load(uint32_t handle);
struct outcome do_odd_store(uint32_t handle);

/* The same from problem state: whatever do_* is called between. */
void insn_problem(int on);

/* ---- the function (function.c) ---- */

#define APERTURE UINT64_C(0x2000000) /* bytes from sdma on that are registered */
#define NO_EVENT 0u

struct function {
    uint64_t sdma, edma, msia;
    uint32_t fid, handle;
    uint8_t group;
    uint8_t bar_log2[6];
};

extern struct function fn;

/* The function with this place in the list, from 0, is the one that all else is about. */
void function_find(uint16_t number);

/* Disabled or not, in error or not: enabled, nothing registered, no event pending. */
void function_enable(void);
void function_disable(void);

/* Enabled with empty tables, registered, and the ring of the disk mapped. */
void function_fresh(void);

/* Unblock and reset the error. */
void function_recover(void);

/* Registration with any values. */
struct outcome function_register(uint32_t operation, uint64_t pba, uint64_t pal, uint64_t iota);

/* RPCIT with the handle, from sdma + offset. */
struct outcome refresh(uint64_t offset, uint64_t length);

/* What STPCIFC says. */
uint8_t function_controls(void);

/* The code of the next event of the function, which is waited for if `wait`; NO_EVENT. */
uint32_t function_event(int wait, struct pci_event *event);

/* ---- tables (tables.c) ---- */

#define SEGMENT_TABLES 6u
#define RING_PAGES 4u
#define FRAMES 6u
#define PAGE UINT64_C(0x1000)
#define MIB UINT64_C(0x100000)
#define BIG_FRAME UINT64_C(0x800000)   /* 1 MiB of guest memory that nothing else uses */
#define OUTSIDE UINT64_C(0x8000000000) /* beyond every memory */

extern uint64_t region_table[2048], segment_table[2048], page_table[SEGMENT_TABLES][256];
extern uint8_t ring[RING_PAGES * PAGE];
extern uint8_t frame[FRAMES][PAGE];

/* Everything invalid but the ring, which is at sdma. */
void tables_clear(void);
uint64_t tables_iota(void);

/* The entries for sdma + offset; those below SEGMENT_TABLES MiB have a page table each. */
uint64_t *region_entry(void);
uint64_t *segment_entry(uint64_t offset);
uint64_t *page_entry(uint64_t offset);

/* Offset is mapped to frame[i], with flags of the entry; the guest's tables alone. */
void map(uint64_t offset, uint32_t i, uint64_t flags);
void unmap(uint64_t offset);

/* ---- the disk (disk.c) ---- */

/* The device writes a known sector to sdma + offset: 1 if it arrives at `at`. */
int disk_writes(uint64_t offset, uint8_t *at);

/* The device reads 512 bytes from sdma + offset: 1 if it was given what is at `at`. */
int disk_reads(uint64_t offset, const uint8_t *at);

/* Several requests at a time: submit one (1 if it is under way), then wait for all of them (1 if
 * all went well). bytes: a multiple of 512. */
enum disk_kind { DISK_READ, DISK_WRITE };
int disk_begin(enum disk_kind kind, uint64_t sector, uint64_t offset, uint32_t bytes);
int disk_end(uint32_t n);

/* The next access starts the device anew. */
void disk_forget(void);

/* Set up the device with an interruption of this vector; 1 if that worked. */
int disk_start(uint16_t entry);
int disk_message(uint16_t entry, uint16_t vector);

/* Learn the known sector. */
void disk_learn(void);

/* ---- rows (row.c): NAME, then what there is to say ---- */

void row(const char *name);
void row_text(const char *text);
void row_number(const char *name, uint64_t value, uint32_t digits);
void row_outcome(struct outcome outcome);
/* Function controls, and the event that this outcome announces or, without, one that came. */
void row_state(int wait);
/* " +" or " -": whether the device can write to offset, that is to frame[i]. */
void row_writes(uint64_t offset, uint32_t i);
void row_reads(uint64_t offset, uint32_t i);
void row_end(void);

/* Outcome, controls, event. */
void row_all(const char *name, struct outcome outcome);

void rows_state(void);
void rows_range(void);
void rows_tables(void);
void rows_changes(void);
void rows_register(void);
void rows_pair(void);
void rows_access(void);
void rows_clp(void);
void rows_interruption(void);

#endif
