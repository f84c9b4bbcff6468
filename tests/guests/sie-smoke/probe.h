/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest for SIE: single instructions. Belongs to: test. */
#ifndef SIE_SMOKE_PROBE_H
#define SIE_SMOKE_PROBE_H

#include <stdint.h>

/* RPCIT with *handle in its first register, which is stored back: condition code. The second form
 * is the target of an EXECUTE. */
uint32_t refresh(uint64_t *handle, uint64_t start, uint64_t length);
uint32_t refresh_executed(uint64_t *handle, uint64_t start, uint64_t length);

/* For attempt(): RPCIT of the forbidden handle, with an odd second register, and in whatever state
 * it is run. */
void refresh_odd(void);
extern const char refresh_user[];

/* Waits until the flag is not zero, with GR3-14 and AR1-14 loaded from there, and stores what they
 * are then. */
void spin(volatile uint64_t *flag, uint64_t general[12], uint32_t access[14]);

/* DIAGNOSE as protocol.h says: GR2 afterwards. */
uint64_t diagnose_say(const char *text);
uint64_t diagnose_spin(volatile uint64_t *flag);
uint64_t diagnose_count(uint64_t what);

#endif
