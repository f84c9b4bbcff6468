/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How much memory and address space the implied parts of a process take: what the rules check and
 * what sysdesc_assign lays out. Belongs to: init and host tool; private to libs/sysdesc.
 * Sums stop at UINT64_MAX instead of wrapping, because rules run on undisciplined numbers.
 */
#ifndef BH_SYSDESC_LAYOUT_H
#define BH_SYSDESC_LAYOUT_H

#include "libs/sysdesc/sysdesc.h"

/* a + b, at most UINT64_MAX. */
uint64_t layout_sum(uint64_t a, uint64_t b);

/* The next multiple of SYSDESC_SEGMENT, at most UINT64_MAX. */
uint64_t layout_segments(uint64_t bytes);

/* Bytes of an end's own part of a channel: head page and data, or tail page. */
uint64_t layout_part(const struct sysdesc_channel *channel, enum sysdesc_end end);

/* Bytes of the whole ring in virtual memory. */
uint64_t layout_ring(const struct sysdesc_channel *channel);

/* Bytes at the end of a process's private region for its parts of its channels. */
uint64_t layout_shared(const struct sysdesc *sys, uint16_t process);

/* The guest whose VMM the process is; SYSDESC_NONE if it is none's. */
uint16_t layout_guest(const struct sysdesc *sys, uint16_t process);

/* Pages of the private region that have a use of their own: guard page, message buffer, information
 * page, and the state page of a vCPU. */
uint64_t layout_pages(const struct sysdesc *sys, uint16_t process);

/* Bytes of the private region besides image, heap and a guest's files: these pages, stack, channel
 * parts. */
uint64_t layout_reserved(const struct sysdesc *sys, uint16_t process);

/* Virtual bytes of a process space, from address 0, a multiple of SYSDESC_SEGMENT. */
uint64_t layout_space(const struct sysdesc *sys, uint16_t process);

/* Windows and channel ends of a process, and capabilities with those that channels imply. */
unsigned layout_windows(const struct sysdesc *sys, uint16_t space);
unsigned layout_channel_ends(const struct sysdesc *sys, uint16_t process);
unsigned layout_caps(const struct sysdesc *sys, uint16_t process);

#endif
