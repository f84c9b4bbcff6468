/* SPDX-License-Identifier: BSD-2-Clause */
/* The audit trail. Belongs to: kernel. */
#include "kernel/object/audit.h"
#include "kernel/machine.h"
#include "kernel/object/partition.h"
#include "kernel/object/thread.h"

#define RING_NOBODY PARTITIONS
#define RECORDS ((PARTITIONS + 1u) * AUDIT_QUOTA)
#define RECORD_WORDS 4u
#define NO_THREAD 0xffu

uint64_t audit_count;
static uint64_t record[RECORDS * RECORD_WORDS];
static uint64_t record_after[RECORDS];       /* number of the record + 1; 0: none yet */
static uint64_t ring_count[PARTITIONS + 1u]; /* records ever written there */

static void add(uint32_t code, uint64_t ring, uint64_t who, uint64_t first, uint64_t second)
{
    uint64_t at = ring * AUDIT_QUOTA + ring_count[ring] % AUDIT_QUOTA;

    record[at * RECORD_WORDS] = hw_time();
    record[at * RECORD_WORDS + 1u] = code * 65536u + who;
    record[at * RECORD_WORDS + 2u] = first;
    record[at * RECORD_WORDS + 3u] = second;
    ring_count[ring]++;
    audit_count++;
    record_after[at] = audit_count;
}

void audit_add(uint32_t code, uint32_t t, uint64_t first, uint64_t second)
{
    uint64_t p;

    if (t == NOBODY) {
        add(code, RING_NOBODY, 0xffffu, first, second);
        return;
    }
    p = thread_partition(t % THREADS) % PARTITIONS;
    add(code, p, p * 256u + t % THREADS, first, second);
}

void audit_add_partition(uint32_t code, uint32_t p, uint64_t first, uint64_t second)
{
    add(code, p % PARTITIONS, p % PARTITIONS * 256u + NO_THREAD, first, second);
}

/* The first record from this number on that is left; RECORDS if there is none. */
static uint32_t find(uint64_t number)
{
    uint32_t found = RECORDS;
    uint32_t i;

    for (i = 0; i < RECORDS; i++) {
        if (record_after[i] > number &&
            (found == RECORDS || record_after[i] < record_after[found])) {
            found = i;
        }
    }
    return found;
}

static uint32_t read_record(uint32_t t, uint64_t number)
{
    uint32_t at = find(number);
    uint32_t k;

    if (at == RECORDS) {
        return BH_E_STATE;
    }
    thread_result(t, 0, record_after[at]);
    for (k = 0; k < RECORD_WORDS; k++) {
        thread_result(t, k + 1u, record[at * RECORD_WORDS + k]);
    }
    return BH_E_OK;
}

uint32_t audit_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    (void)object;
    return method == BH_M_AUDIT_READ ? read_record(t, thread_argument(t, 0)) : BH_E_METHOD;
}
