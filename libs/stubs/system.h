/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wrappers of the methods of Console, Schedule and Audit. Errors, units and names:
 * libs/stubs/stubs.h. Belongs to: everything that runs as a process.
 */
#ifndef BH_STUBS_SYSTEM_H
#define BH_STUBS_SYSTEM_H

#include "libs/stubs/invoke.h"

/* Write 1 to 1024 bytes from the message buffer; AGAIN: repeat. */
static inline uint64_t bh_console_write(uint64_t cap, uint64_t length)
{
    return BH_PLAIN(cap, CONSOLE_WRITE, length);
}

/* Put input into the message buffer; its length in bytes, 0 if none, goes to *length. */
static inline uint64_t bh_console_read(uint64_t cap, uint64_t *length)
{
    return BH_VALUE(cap, CONSOLE_READ, length, 0);
}

/* Which notification input signals, with the capability's badge. */
static inline uint64_t bh_console_bind(uint64_t cap, uint64_t notification_slot)
{
    return BH_PLAIN(cap, CONSOLE_BIND, notification_slot);
}

/* GR3 notification that input signals + 1, 0 if none, GR4 badge. */
static inline uint64_t bh_console_inspect(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, CONSOLE_INSPECT, results, 0);
}

/* How long a thread runs before others of its priority, 100 to 1,000,000. */
static inline uint64_t bh_schedule_set_slice(uint64_t cap, uint64_t microseconds)
{
    return BH_PLAIN(cap, SCHEDULE_SET_SLICE, microseconds);
}

/* GR3 slice in microseconds, GR4 windows. */
static inline uint64_t bh_schedule_inspect(uint64_t cap, struct bh_results *results)
{
    return BH_INVOKE(cap, SCHEDULE_INSPECT, results, 0);
}

/* GR3 next sequence number, GR4 time, GR5 code * 65536 + partition * 256 + thread, GR6 and GR7
 * values. If the record was overwritten: the next one that is left. */
static inline uint64_t bh_audit_read(uint64_t cap, uint64_t sequence, struct bh_results *results)
{
    return BH_INVOKE(cap, AUDIT_READ, results, sequence);
}

#endif
