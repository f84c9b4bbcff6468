/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Single property values of the description language. Belongs to: init and host tool; private to
 * libs/sysdesc. Pure functions over the bytes of a property; all return false if the bytes have
 * another form, and then leave the result alone.
 */
#ifndef BH_SYSDESC_VALUES_H
#define BH_SYSDESC_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One cell. */
bool value_cell(const void *bytes, size_t size, uint32_t *result);

/* One number of one or two cells. */
bool value_number(const void *bytes, size_t size, uint64_t *result);

/* Text "<digits><unit>" in bytes; units K, M, G (powers of 1024). */
bool value_size(const void *bytes, size_t size, uint64_t *result);

/* Text "<digits><unit>" in microseconds; units us, ms, s. */
bool value_time(const void *bytes, size_t size, uint64_t *result);

/* Text "r", "rw" or "rx" as BH_R_REGION_* bits. */
bool value_access(const void *bytes, size_t size, uint32_t *result);

/* One string that fits `room` bytes with its NUL, not empty, printable ASCII only. */
bool value_text(const void *bytes, size_t size, char *result, size_t room);

/* The string of a list of strings that starts at `*place`, or NULL at its end or if the rest has no
 * NUL; `*place` moves behind it. */
const char *value_next_string(const void *bytes, size_t size, size_t *place);

/* 1 to 23 small letters, digits and hyphens, a letter first. */
bool value_name(const char *name, size_t length);

#endif
