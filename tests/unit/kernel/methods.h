/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the groups of tests that together see every method with every documented error.
 * Belongs to: test. */
#ifndef TESTS_KERNEL_METHODS_H
#define TESTS_KERNEL_METHODS_H

#include "tests/unit/kernel/isolate.h"

/* Each ends with an entry without a name. */
extern const struct CMUnitTest methods_every[];
extern const struct CMUnitTest methods_create[];
extern const struct CMUnitTest methods_partition[];
extern const struct CMUnitTest methods_space[];
extern const struct CMUnitTest methods_iospace[];
extern const struct CMUnitTest methods_captable[];
extern const struct CMUnitTest methods_thread[];
extern const struct CMUnitTest methods_vcpu[];
extern const struct CMUnitTest methods_guestspace[];
extern const struct CMUnitTest methods_pci[];
extern const struct CMUnitTest methods_pci_registers[];
extern const struct CMUnitTest methods_machine[];

#define kernel_tests_end                                                                           \
    {                                                                                              \
        NULL, NULL, NULL, NULL, NULL                                                               \
    }

#endif
