/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Windows of a space: which pages of which regions its leaves may name. They change only before
 * seal. Belongs to: kernel.
 */
#ifndef KERNEL_WINDOW_H
#define KERNEL_WINDOW_H

#include <stdint.h>

/* Methods that process and I/O spaces share (arguments and results in thread t's registers). */
uint32_t window_add(uint32_t t, uint32_t s);
uint32_t window_drop(uint32_t t, uint32_t s);
uint32_t window_drop_io(uint32_t t, uint32_t s);
uint32_t window_inspect(uint32_t t, uint32_t s);
uint32_t window_inspect_entry(uint32_t t, uint32_t s);

/* Requires: the space has fewer than four windows; the pages lie in the region. */
uint32_t window_put(uint32_t s, uint32_t region, uint64_t page, uint64_t pages, uint32_t rights);

/* The space's first unused window number, or BH_WINDOWS. */
uint32_t window_free(uint32_t s);

#endif
