/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: all groups of method tests, and at the end the comparison with methods.def.
 * Belongs to: test. */
#include "tests/unit/kernel/methods.h"
#include "tests/unit/kernel/pairs.h"

#define TESTS_MAX 256u

static struct CMUnitTest all[TESTS_MAX];

int main(void)
{
    static const struct CMUnitTest *const groups[] = {
        methods_every,         methods_create,   methods_partition, methods_space,
        methods_iospace,       methods_captable, methods_thread,    methods_pci,
        methods_pci_registers, methods_machine,  methods_vcpu,      methods_guestspace,
    };
    const struct CMUnitTest complete = cmocka_unit_test(pairs_complete);
    uint32_t count = 0;
    uint32_t i, k;

    for (i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
        for (k = 0; groups[i][k].name != NULL && count < TESTS_MAX - 1; k++) {
            all[count++] = groups[i][k];
        }
    }
    all[count++] = complete;
    pairs_start();
    return _cmocka_run_group_tests("kernel methods", all, count, NULL, NULL);
}
