/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: verdicts. Belongs to: test. */
#include "tests/guests/hello/guest.h"

static uint32_t failures;

void check(const char *name, int good)
{
    print("hello: ");
    print(name);
    print(good ? " ok\n" : " FAILED\n");
    failures += good ? 0 : 1;
}

void check_equal(const char *name, uint64_t value, uint64_t expected)
{
    if (value == expected) {
        check(name, 1);
        return;
    }
    print("hello: ");
    print_hex(value);
    print(" instead of ");
    print_hex(expected);
    print(":\n");
    check(name, 0);
}

uint32_t check_failures(void)
{
    return failures;
}
