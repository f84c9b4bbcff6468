/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The names of things in canonical lines: a space, then "partition/name". Belongs to: init and host
 * tool; private to libs/sysdesc. Indexes are those of struct sysdesc.
 */
#ifndef BH_SYSDESC_LINE_NAMES_H
#define BH_SYSDESC_LINE_NAMES_H

#include "libs/sysdesc/report.h"

void line_add_name(const struct sysdesc *sys, struct sysdesc_text *text, uint16_t partition,
                   const char *name);
void line_add_process(const struct sysdesc *sys, struct sysdesc_text *text, uint16_t p);
void line_add_region(const struct sysdesc *sys, struct sysdesc_text *text, uint16_t r);
void line_add_space(const struct sysdesc *sys, struct sysdesc_text *text, uint16_t s);
void line_add_notification(const struct sysdesc *sys, struct sysdesc_text *text, uint16_t n);
void line_add_endpoint(const struct sysdesc *sys, struct sysdesc_text *text, uint16_t e);

/* " notification partition/name badge 0x1", or nothing if the signal isn't declared. */
void line_add_signal(const struct sysdesc *sys, struct sysdesc_text *text,
                     const struct sysdesc_signal *signal);

/* What a capability names, as the object's own line has it; " -" for the machine's single ones. */
void line_add_object(const struct sysdesc *sys, struct sysdesc_text *text,
                     struct sysdesc_object object);

#endif
