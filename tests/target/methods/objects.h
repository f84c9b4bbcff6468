/* SPDX-License-Identifier: BSD-2-Clause */
/* Test program `methods`: the objects that the tests work on. Belongs to: test. */
#ifndef METHODS_OBJECTS_H
#define METHODS_OBJECTS_H

#include <stdint.h>

/* Creates everything that slots.h names, and copies without rights for WEAK. */
void objects_create(void);

/* A capability of the object in `from`, with these rights and this badge; what was in `to` goes. */
void grant(uint64_t to, uint64_t from, uint64_t rights, uint64_t badge);

/* Empties a slot of the own table. */
void drop(uint64_t slot);

/* A notification or endpoint of the partition in slot `partition`; its one capability has this
 * badge. */
void create_notification(uint64_t slot, uint64_t partition, uint64_t badge);
void create_endpoint(uint64_t slot, uint64_t partition, uint64_t badge);

#endif
