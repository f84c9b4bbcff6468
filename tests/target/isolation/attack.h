/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test processes `hostile-translator` and `hostile-vmm`: everything that their capabilities allow,
 * with arguments that aim at limits. Belongs to: test.
 */
#ifndef ISOLATION_ATTACK_H
#define ISOLATION_ATTACK_H

#include <stdint.h>

#include "libs/stubs/stubs.h"

/* The same numbers at each run. */
uint64_t attack_random(void);

/* A number that is often at a limit: of an index, a page number, an address, a type. */
uint64_t attack_number(void);

/* What this process is refused whatever it is: methods without a right, unknown ones, empty slots
 * (tests/target/programs/hostile/sweep.c), I/O pages outside its windows (spaces.c). */
void attack_forbidden(void);

/* `count` system calls with capabilities of this process and any arguments. After each, what can be
 * read back of an I/O space lies in its windows. Events and calls that come meanwhile are answered
 * with anything but a stop. Prints how many were done. */
void attack_calls(uint64_t count);

/* Words of an answer: the first lets the caller go on. */
void attack_answer(uint64_t word[BH_MESSAGE_WORDS]);

/* Impossible counters and any bytes in the rings of this process's channels. Nothing can be printed
 * afterwards. */
void attack_channels(void);

#endif
