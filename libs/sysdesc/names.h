/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The names of objects, rights and exit reasons in the description: those of libs/abi in small
 * letters. Belongs to: init and host tool; private to libs/sysdesc.
 */
#ifndef BH_SYSDESC_NAMES_H
#define BH_SYSDESC_NAMES_H

#include "libs/sysdesc/report.h"

/* The value of a right of an object type; 0 if it has no such right. */
uint32_t name_right(enum bh_object type, const char *name);

/* Appends the rights of a mask, separated by commas: "load,store". */
void name_add_rights(struct sysdesc_text *text, enum bh_object type, uint32_t rights);

/* Appends the names of all rights of a type, as a message lists them: "load, store". */
void name_add_all_rights(struct sysdesc_text *text, enum bh_object type);

/* Appends the name of an object type: "pci". */
void name_add_type(struct sysdesc_text *text, enum bh_object type);

/* The number of an exit reason; false if there is none of this name. */
bool name_reason(const char *name, uint32_t *reason);

#endif
