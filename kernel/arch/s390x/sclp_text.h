/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text for the console in the form that the machine's console understands: ASCII as it is, or whole
 * lines in EBCDIC. Belongs to: kernel.
 */
#ifndef KERNEL_SCLP_TEXT_H
#define KERNEL_SCLP_TEXT_H

#include <stdint.h>

/* The machine takes events of these types (sclp_type_bit). ASCII if it is one of them, or if none
 * is known. */
void sclp_text_choose(uint32_t types);

/* Builds a block for write event data. Returns its length, 0 if there is nothing to write yet: a
 * line is kept until its end. */
uint16_t sclp_text(uint8_t *sccb, uint32_t size, const char *text, uint32_t length);

#endif
