/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Creation: every object comes out of a static pool, before seal, with all rights in one new
 * capability in its creator's table. Belongs to: kernel.
 */
#ifndef KERNEL_CREATE_H
#define KERNEL_CREATE_H

#include <stdint.h>

uint32_t create_invoke(uint32_t t, uint32_t object, uint32_t method);

/* All rights that exist for a type of object. */
uint32_t create_rights(uint32_t type);

/* How many objects exist. */
uint32_t create_objects(void);

#endif
