/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test: what must hold of the kernel between two calls, beyond its own x_ok() predicates and
 * written without them. Belongs to: test.
 */
#ifndef TESTS_KERNEL_SOUND_H
#define TESTS_KERNEL_SOUND_H

#include <stdint.h>

/* A null pointer, or what is wrong. Looks at every object, and at the leaves of small spaces. */
const char *sound(void);

/* The same for all leaves of every space. */
const char *sound_leaves(void);

/* Remember all capabilities: from now on sound() says so if authority grew. */
void sound_seal(void);

#endif
