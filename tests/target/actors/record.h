/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process `actor`: system calls that are recorded: when, what went in, what came out.
 * Belongs to: test.
 */
#ifndef ACTOR_RECORD_H
#define ACTOR_RECORD_H

#include <stdint.h>

#include "libs/abi/abi.h"

#define RECORDS 20000u
#define WORDS_MAX 4u /* of the message buffer, in one update */

/* svc.S knows the first three fields. */
struct record {
    uint64_t time;   /* TOD clock just before the call */
    uint64_t in[8];  /* GR2 to GR9 */
    uint64_t out[6]; /* GR2 to GR7 */
    uint64_t word[WORDS_MAX];
    uint32_t number; /* of the system call */
    uint32_t words;  /* of the message buffer that count */
};

/* Makes the call with these registers and keeps the record; its result in GR2. */
uint64_t record_call(uint32_t number, const uint64_t in[8]);

/* The next call is an update of so many words, which are in the message buffer. */
void record_words(uint32_t words);

/* The record of the last call, and how many there are. */
const struct record *record_last(void);
uint32_t record_count(void);

/* Prints all of them, a line each: call ACTOR TIME NUMBER GR2-9 = GR2-7 [: WORD...] */
void record_print(uint64_t actor);

#endif
