/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process: fills memory of its own partition, waits until the partition of the guest has
 * stopped, and says whether all of it is as it was. Belongs to: test.
 *
 * Window "field" (read, write), capabilities "audit" (read) and "wake" (notification, wait), value
 * "of" (number of the guest's partition).
 */
#include <stdio.h>

#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"

#define POLL_US 50000u
#define WORD(i) ((i)*UINT64_C(0x9e3779b97f4a7c15) + 1u)

static int is_stop(const struct bh_results *r, uint64_t partition)
{
    return r->gr5 / 0x10000u == BH_AUDIT_PARTITION_STOP && r->gr7 == partition;
}

static void await_stop(unsigned audit, unsigned wake, uint64_t partition)
{
    struct bh_results r;
    uint64_t next = 0, bits;

    for (;;) {
        if (bh_audit_read(audit, next, &r) != BH_E_OK) {
            bh_svc_wait(wake, bh_deadline(POLL_US), &bits);
            continue;
        }
        next = r.gr3;
        if (is_stop(&r, partition))
            return;
    }
}

int main(void)
{
    struct bh_window field = bh_need_window("field");
    volatile uint64_t *word = field.address;
    uint64_t words = field.size / sizeof(*word), touched = 0, partition = 0, i;

    if (!bh_value("of", &partition))
        bh_fatal("no value \"of\"");
    for (i = 0; i < words; i++)
        word[i] = WORD(i);
    printf("ready\n");
    await_stop(bh_need_cap("audit"), bh_need_cap("wake"), partition);
    for (i = 0; i < words; i++)
        touched += word[i] != WORD(i);
    if (touched == 0)
        printf("untouched: %lu KiB\n", field.size / 1024u);
    else
        printf("TOUCHED: %lu doublewords\n", touched);
    return 0;
}
