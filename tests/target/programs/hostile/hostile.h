/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `hostile`: its parts, each of which makes attempts. Belongs to: test. */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <stdint.h>

/* What both `hostile` and `guardian` see in the window "shared". Only hostile writes `resume`, only
 * guardian the rest. */
struct hostile_shared {
    volatile uint64_t resume;  /* where to go on after a fault; 0: a fault is not expected */
    volatile uint64_t faults;  /* how many there were */
    volatile uint64_t code;    /* of the last one: program interruption code */
    volatile uint64_t address; /* what was accessed */
};

/* System calls and methods with the wrong capability, type, right, number (sweep.c). */
void hostile_sweep(void);

/* Methods with wrong arguments (spaces.c, functions.c). */
void hostile_spaces(void);
void hostile_functions(void);

/* Privileged and semi-privileged instructions (instructions.c). */
void hostile_instructions(struct hostile_shared *shared);

/* Memory that is not the process's, or not writable (memory.c). */
void hostile_memory(struct hostile_shared *shared);

/* The function's own queue and interrupts against the rest of the machine (device.c). */
void hostile_device(void);

#endif
