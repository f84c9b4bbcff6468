/* SPDX-License-Identifier: BSD-2-Clause */
/* Servers of endpoints. Belongs to: kernel. */
#include "kernel/object/servers.h"
#include "kernel/object/captable.h"
#include "kernel/object/thread.h"

uint32_t endpoint_dead[ENDPOINTS];
static uint64_t servers[ENDPOINTS]; /* threads, as bit_of(); filled at seal */

static uint32_t lives(uint32_t t)
{
    return thread_state(t) != THREAD_FREE && thread_state(t) != THREAD_ENDED ? 1u : 0u;
}

/* The living threads that use a capability table. */
static uint64_t users(uint32_t table)
{
    uint64_t found = 0;
    uint32_t t;

    for (t = 0; t < thread_count; t++) {
        if (thread_captable(t) == table && lives(t) != 0) {
            found |= bit_of(t);
        }
    }
    return found;
}

static uint32_t may_receive(uint32_t slot)
{
    return cap_type[slot] == BH_ENDPOINT && (cap_rights[slot] & BH_R_ENDPOINT_RECV) != 0 ? 1u : 0u;
}

void servers_seal(void)
{
    uint64_t using;
    uint32_t table, i;

    for (table = 0; table < captable_count; table++) {
        using = users(table);
        for (i = table * BH_SLOTS; i < (table + 1u) * BH_SLOTS; i++) {
            if (may_receive(i) != 0) {
                servers[cap_object[i]] |= using;
            }
        }
    }
}

static void release_callers(uint32_t e)
{
    uint32_t t;

    for (t = 0; t < thread_count; t++) {
        if ((endpoint_callers[e] & bit_of(t)) != 0 && thread_event(t) == 0) {
            thread_release(t, BH_E_STOPPED);
        }
    }
}

void servers_lose(uint32_t t)
{
    uint32_t e;

    for (e = 0; e < endpoint_count; e++) {
        if (servers[e] == bit_of(t)) {
            endpoint_dead[e] = 1;
            release_callers(e);
        }
        servers[e] &= ~bit_of(t);
    }
}
