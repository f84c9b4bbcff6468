/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `hostile`: running something that should fault. Belongs to: test. */
#ifndef HOSTILE_EXECUTE_H
#define HOSTILE_EXECUTE_H

#include <stdint.h>

#include "tests/target/programs/hostile/hostile.h"

#define HOSTILE_RAN UINT64_MAX

/* Runs code as hostile_execute does; the code of the program interruption that it ended with, or
 * HOSTILE_RAN. `guardian` brings the thread back. */
uint64_t hostile_try(struct hostile_shared *shared, const void *code, uint64_t operand);

#endif
