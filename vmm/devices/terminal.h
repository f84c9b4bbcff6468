/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest's terminal as the virtual SCLP sees it: bytes of ASCII in both directions.
 * Belongs to: VMM.
 */
#ifndef VMM_DEVICES_TERMINAL_H
#define VMM_DEVICES_TERMINAL_H

#include <stdint.h>

/* Finds out where the terminal is (vmm/devices/terminal.c). */
void terminal_start(void);

void terminal_write(const uint8_t *text, uint32_t length);

/* Fetches what was typed since; returns how many bytes of input wait, what no one took before
 * included. */
uint32_t terminal_poll(void);

/* Takes up to `length` bytes of it; returns how many. */
uint32_t terminal_read(uint8_t *to, uint32_t length);

#endif
