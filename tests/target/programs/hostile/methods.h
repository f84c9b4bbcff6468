/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `hostile`: the methods of libs/abi/methods.def as a table. Belongs to: test. */
#ifndef HOSTILE_METHODS_H
#define HOSTILE_METHODS_H

#include <stdint.h>

struct hostile_method {
    const char *name;
    uint32_t type;   /* enum bh_object */
    uint32_t method; /* enum bh_method */
    uint32_t right;
};

extern const struct hostile_method hostile_method[];
extern const unsigned hostile_methods;

/* Issues a method without arguments; the error. */
uint64_t hostile_invoke(uint64_t cap, uint64_t method);

/* The type of the object behind a capability of ours: the one whose (absent) method 31 is unknown
 * and not of another type. 0 if the slot is empty. */
uint32_t hostile_type(uint64_t cap);

#endif
