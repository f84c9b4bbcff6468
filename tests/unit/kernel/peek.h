/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test: the fields of a thread, as tests look at them. The one place that knows how the kernel lays
 * them out. Belongs to: test.
 */
#ifndef TESTS_KERNEL_PEEK_H
#define TESTS_KERNEL_PEEK_H

#include "kernel/object/thread.h"

#define PEEK(name, field)                                                                          \
    static inline uint32_t name(uint32_t t)                                                        \
    {                                                                                              \
        return (uint32_t)(field);                                                                  \
    }

PEEK(state_of, thread_state(t))
PEEK(partition_of, thread_partition(t))
PEEK(bound_of, thread_bound(t))
PEEK(event_of, thread_event(t))
PEEK(caller_of, thread_caller(t))
PEEK(server_of, thread_server(t))

#undef PEEK

/* Absolute address of its message buffer; 0 none. */
static inline uint64_t message_of(uint32_t t)
{
    return thread_message(t);
}

/* As if its CONFIGURE had named none. */
static inline void take_message(uint32_t t)
{
    thread_message(t) = 0;
}

static inline uint64_t gr(uint32_t t, uint32_t number)
{
    return THREAD_WORD(t, SAVE_GR + number);
}

static inline void set_gr(uint32_t t, uint32_t number, uint64_t value)
{
    THREAD_WORD(t, SAVE_GR + number) = value;
}

static inline uint64_t psw_mask_of(uint32_t t)
{
    return THREAD_WORD(t, SAVE_PSW_MASK);
}

static inline uint64_t psw_address_of(uint32_t t)
{
    return THREAD_WORD(t, SAVE_PSW_ADDRESS);
}

#endif
