/* SPDX-License-Identifier: BSD-2-Clause */
/* The translator as a process: its start and its loop. Belongs to: translator.
 *
 * What the system description gives to it:
 *
 * window "guest"          the guest's memory from its frame 0 on, read-only, at most 2 GiB
 * window "ranges"         optional: the page shared with callers of TRANSLATOR_INVALIDATE
 * capability "requests"   the endpoint: right to receive
 * capability "NAME-dma"   for each PCI function NAME: its I/O space, right to map
 * capability "NAME"       optional: the function, right to inspect, to learn whether the hardware
 *                         needs an RPCIT for new entries; without it: yes
 * capability "events"     optional: the notification that the VMM waits for, right to signal
 * value "dma-window"      optional: which window of the I/O space begins with frame 0; else 0
 * value "budget"          optional: mappings that each function may have; else the whole window */
#ifndef BULKHEAD_TRANSLATOR_PROCESS_H
#define BULKHEAD_TRANSLATOR_PROCESS_H

/* Clears the I/O spaces, so that nothing is mapped, then serves messages. What is missing or too
 * large is fatal. */
_Noreturn void translator_run(void);

#endif
