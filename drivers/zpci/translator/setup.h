/* SPDX-License-Identifier: BSD-2-Clause */
/* What the system description gives to a translator. Belongs to: translator.
 *
 *   window "guest"          the guest's memory from its frame 0 on, read-only, at most 2 GiB
 *   window "ranges"         optional: the page shared with callers of TRANSLATOR_INVALIDATE
 *   capability "requests"   the endpoint: right to receive
 *   capability "NAME-dma"   for each PCI function NAME: its I/O space, right to map
 *   capability "NAME"       optional: the function, right to inspect (is a hardware RPCIT needed
 * for new entries? without it: yes) capability "events"     optional: the notification that the VMM
 * waits for, right to signal value "dma-window"      optional: number of the I/O space's window
 * onto the guest's memory; 0 value "budget"          optional: mappings that each function may
 * have; the whole window */
#ifndef BULKHEAD_TRANSLATOR_SETUP_H
#define BULKHEAD_TRANSLATOR_SETUP_H

#include <stdint.h>

/* Fills all tables of this folder and clears the I/O spaces, so that nothing is mapped. What is
 * missing or too large is fatal. Returns the number of functions. */
uint32_t setup(void);

#endif
