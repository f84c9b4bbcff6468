/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: what the kernel executes for a deprivileged guest without an exit. Belongs to: test. */
#include "tests/unit/kernel/served.h"

#define TESTS_MAX 128u

static struct CMUnitTest all[TESTS_MAX];

int main(void)
{
    static const struct CMUnitTest *const groups[] = {served_translate, served_masks, served_move,
                                                      served_pieces, served_any};
    uint32_t count = 0;
    uint32_t i, k;

    for (i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
        for (k = 0; groups[i][k].name != NULL && count < TESTS_MAX; k++) {
            all[count++] = groups[i][k];
        }
    }
    return _cmocka_run_group_tests("kernel: instructions of guests", all, count, NULL, NULL);
}
