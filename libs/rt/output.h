/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where standard output goes. Belongs to: everything that runs as a process; called by the runtime
 * and by the console process.
 */
#ifndef BH_RT_OUTPUT_H
#define BH_RT_OUTPUT_H

#include <stddef.h>
#include <stdint.h>

/* From now on through a console capability; `message` is the message buffer page. */
void bh_output_to_console(unsigned cap, void *message);

/* From now on into the ring at `address` with `size` bytes of data; `signal` is the capability that
 * notifies the consumer. */
void bh_output_to_channel(void *address, uint64_t size, unsigned signal);

/* Writes all of it, unless nobody takes anything for a second: the rest is then lost, and the next
 * output that gets through is preceded by a line that says how much. Without a place to go to,
 * output is dropped. */
void bh_output(const char *text, size_t length);

#endif
