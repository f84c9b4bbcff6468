/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: each error has a text of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "libs/abi/abi.h"
#include "libs/rt/rt.h"

static const uint64_t errors[] = {
#define ERROR(name, number, text) (number),
#include "libs/abi/errors.def"
#undef ERROR
};

#define ERRORS (sizeof(errors) / sizeof(errors[0]))

static void each_error_has_its_own_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < ERRORS; i++) {
        assert_true(strlen(bh_error_text(errors[i])) > 0);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(bh_error_text(errors[i]), bh_error_text(errors[j]));
    }
}

static void others_have_none(void **state)
{
    (void)state;
    assert_string_equal(bh_error_text(ERRORS), "unknown error");
    assert_string_equal(bh_error_text(UINT64_MAX), "unknown error");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_error_has_its_own_text),
        cmocka_unit_test(others_have_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
