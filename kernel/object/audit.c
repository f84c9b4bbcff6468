/* SPDX-License-Identifier: BSD-2-Clause */
/* The audit trail. Belongs to: kernel. */
#include "kernel/object/audit.h"
#include "kernel/machine.h"
#include "kernel/object/thread.h"

#define RECORD_WORDS 4u

uint64_t audit_count;
static uint64_t record[AUDIT_RECORDS * RECORD_WORDS];

void audit_add(uint32_t code, uint32_t t, uint64_t first, uint64_t second)
{
    uint32_t at = (uint32_t)(audit_count % AUDIT_RECORDS) * RECORD_WORDS;
    uint64_t who = t == NOBODY ? 0xffffu : thread_partition(t % THREADS) * 256u + t % THREADS;

    record[at] = hw_time();
    record[at + 1u] = code * 65536u + who;
    record[at + 2u] = first;
    record[at + 3u] = second;
    audit_count++;
}

static uint32_t read_record(uint32_t t, uint64_t sequence)
{
    uint64_t oldest = audit_count > AUDIT_RECORDS ? audit_count - AUDIT_RECORDS : 0;
    uint64_t number = sequence < oldest ? oldest : sequence;
    uint32_t at = (uint32_t)(number % AUDIT_RECORDS) * RECORD_WORDS;
    uint32_t k;

    if (number >= audit_count) {
        return BH_E_STATE;
    }
    thread_result(t, 0, number + 1u);
    for (k = 0; k < RECORD_WORDS; k++) {
        thread_result(t, k + 1u, record[at + k]);
    }
    return BH_E_OK;
}

uint32_t audit_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    (void)object;
    return method == BH_M_AUDIT_READ ? read_record(t, thread_argument(t, 0)) : BH_E_METHOD;
}
