/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test: what the proofs assume of the machine and of the kernel files that are not proved. Only the
 * prover reads this, in front of each proved file; every contract here was reviewed by hand against
 * its implementation. docs/manual/specification.md lists them.
 */
#ifndef SPEC_MACHINE_SPEC_H
#define SPEC_MACHINE_SPEC_H

#include <stdint.h>

#include "drivers/zpci/insn/insn.h"

/* COUNT LEADING ZEROS, as the compiler defines it. */
/*@ requires x != 0;
    assigns \nothing;
    ensures 0 <= \result < 64;
    ensures ((x >> (63 - \result)) & 1) == 1;
    ensures \forall integer k; 0 <= k < \result ==> ((x >> (63 - k)) & 1) == 0;
*/
int __builtin_clzll(unsigned long long x);

/*@
  // Where the pools of tables lie, and whether entries may forbid execution: constants of a run.
  axiomatic Machine {
    logic integer leaf_origin;
    logic integer segment_origin;
    logic integer region_origin;
    logic integer execute_protection;
    axiom origins: 0 <= leaf_origin < 0x40000000 && 0 <= segment_origin < 0x40000000 &&
                   0 <= region_origin < 0x40000000;
  }
*/

/* Entries were weakened and CPUs may still use the old ones. */
//@ ghost int hw_stale = 0;

/* The next address that may be loaded: contracts demand that words are read once, in order. */
//@ ghost uint64_t hw_cursor = 0;

/* What was loaded from each word of a page, for contracts that speak of it. */
//@ ghost uint64_t hw_loaded[512];

/* Memory of a process: it may change between any two loads, so nothing is known of the result. */
/*@ requires once: address == hw_cursor;
    requires address % 8 == 0 && address < 0x8000000000000000;
    assigns hw_cursor, hw_loaded[address % 4096 / 8];
    ensures hw_cursor == address + 8 && hw_loaded[address % 4096 / 8] == \result;
*/
uint64_t hw_load(uint64_t address);

/*@ requires leaf < 6144 * 256;
    assigns \nothing;
    ensures \result == leaf_origin + leaf * 8;
*/
uint64_t hw_leaf_address(uint32_t leaf);

/*@ requires entry < 80 * 2048;
    assigns \nothing;
    ensures \result == segment_origin + entry * 8;
*/
uint64_t hw_segment_address(uint32_t entry);

/*@ requires entry < 16 * 2048;
    assigns \nothing;
    ensures \result == region_origin + entry * 8;
*/
uint64_t hw_region_address(uint32_t entry);

/*@ assigns hw_stale;
    ensures hw_stale == 0;
*/
void hw_purge_cpu(void);

/*@ assigns \nothing;
    ensures \result == execute_protection && (\result == 0 || \result == 1);
*/
uint32_t hw_execute_protection(void);

/* kernel/object/thread.h: arguments and results in the save area. Their bodies are proved too. */
extern uint64_t thread_save[64][64];

/*@ requires t < 64;
    assigns \nothing;
    ensures \result == thread_save[t][2];
*/
static inline uint64_t thread_index(uint32_t t);

/*@ requires t < 64 && k <= 5;
    assigns \nothing;
    ensures \result == thread_save[t][4 + k];
*/
static inline uint64_t thread_argument(uint32_t t, uint32_t k);

/*@ requires t < 64 && k <= 4;
    assigns thread_save[t][3 + k];
    ensures thread_save[t][3 + k] == value;
*/
static inline void thread_result(uint32_t t, uint32_t k, uint64_t value);

/*@ requires t < 64;
    assigns thread_save[t][2];
    ensures thread_save[t][2] == error;
*/
static inline void thread_error(uint32_t t, uint32_t error);

/* kernel/object/pci_function.h, likewise. */
/*@ assigns \nothing;
    ensures \result != 0 ==> f < 16;
*/
static inline uint32_t pci_knows(uint32_t f);

/* The instruction: what the hardware forgets is not seen here. */
/*@ assigns \nothing; */
struct zpci_result zpci_rpcit(uint32_t fh, uint64_t start, uint64_t length);

/* kernel/object/pci_function.h: 0 is done, any other value is an error. */
/*@ requires t < 64;
    assigns thread_save[t][3];
*/
uint32_t pci_result(uint32_t t, struct zpci_result result);

/* Its body is proved too. */
/*@ requires t < 64 && f < 16;
    assigns thread_save[t][3];
*/
static inline uint32_t pci_refresh(uint32_t t, uint32_t f, uint64_t start, uint64_t length);

#endif
