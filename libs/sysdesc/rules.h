/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rules about meaning (second group of rules.def), by subject. Belongs to: init and host tool;
 * private to libs/sysdesc. Each takes a model that parsed without findings.
 */
#ifndef BH_SYSDESC_RULES_H
#define BH_SYSDESC_RULES_H

#include "libs/sysdesc/sysdesc.h"

void rules_limit(const struct sysdesc *sys, struct sysdesc_report *report);
void rules_memory(const struct sysdesc *sys, struct sysdesc_report *report);
void rules_process(const struct sysdesc *sys, struct sysdesc_report *report);
void rules_window(const struct sysdesc *sys, struct sysdesc_report *report);
void rules_cap(const struct sysdesc *sys, struct sysdesc_report *report);
void rules_endpoint(const struct sysdesc *sys, struct sysdesc_report *report);
void rules_pci(const struct sysdesc *sys, struct sysdesc_report *report);
void rules_signal(const struct sysdesc *sys, struct sysdesc_report *report);
void rules_channel(const struct sysdesc *sys, struct sysdesc_report *report);
void rules_guest(const struct sysdesc *sys, struct sysdesc_report *report);
void rules_schedule(const struct sysdesc *sys, struct sysdesc_report *report);

/* Whether `size` bytes at `offset` are whole pages, and at least one. */
bool rules_is_pages(uint64_t offset, uint64_t size);

/* Whether two ranges share a byte. */
bool rules_overlap(uint64_t base, uint64_t size, uint64_t other_base, uint64_t other_size);

/* Whether [offset, offset + size) lies in [0, total). */
bool rules_inside(uint64_t offset, uint64_t size, uint64_t total);

/* Whether a process has a capability for an object with this right. */
bool rules_has_right(const struct sysdesc *sys, uint16_t process, enum bh_object type,
                     uint16_t index, uint32_t right);

#endif
