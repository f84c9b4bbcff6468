/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: methods and their documented errors, from methods.def. Belongs to: test. */
#include "tests/unit/kernel/pairs.h"

#include "tests/unit/kernel/isolate.h"
#include "tests/unit/kernel/machine.h"

#define METHODS 4096u
#define ERRORS 32u
#define EVERYWHERE                                                                                 \
    (1u << BH_E_OK | 1u << BH_E_CAP | 1u << BH_E_TYPE | 1u << BH_E_RIGHT | 1u << BH_E_METHOD)

static uint8_t *seen; /* METHODS * ERRORS */

/* The table of methods.def in order: a method, then its errors with no name. */
struct row {
    const char *name;
    uint32_t number;
    const char *error_text;
    uint32_t error;
};

#define METHOD(object, name, number, right, arguments, text)                                       \
    {#object " " #name, BH_M_##object##_##name, 0, 0},
#define ERR(error, when) {0, 0, #error, BH_E_##error},
static const struct row rows[] = {
#include "libs/abi/methods.def"
};
#undef METHOD
#undef ERR

#define ROWS (sizeof(rows) / sizeof(rows[0]))

void pairs_start(void)
{
    seen = isolate_shared(METHODS * ERRORS);
}

static uint32_t documented(uint64_t method, uint32_t error)
{
    uint32_t found = 0;
    uint32_t i;

    for (i = 0; i < ROWS; i++) {
        if (rows[i].name != 0) {
            found = rows[i].number == method;
        } else if (found != 0 && rows[i].error == error) {
            return 1;
        }
    }
    return 0;
}

static const char *name_of(uint64_t method)
{
    uint32_t i;

    for (i = 0; i < ROWS; i++) {
        if (rows[i].name != 0 && rows[i].number == method) {
            return rows[i].name;
        }
    }
    return "a method that does not exist";
}

void pairs_note(uint64_t method, uint32_t error)
{
    if (error >= ERRORS || ((EVERYWHERE & 1u << error) == 0 && documented(method, error) == 0)) {
        fail_msg("%s: result %s is not documented", name_of(method), error_name(error));
    }
    if (seen != NULL && method < METHODS) {
        seen[method * ERRORS + error] = 1;
    }
}

/* 1 and a message if nobody saw it. */
static uint32_t missing(uint32_t method, uint32_t error)
{
    if (seen[method * ERRORS + error] != 0) {
        return 0;
    }
    print_error("no test has seen %s of %s\n", error_name(error), name_of(method));
    return 1;
}

void pairs_complete(void **state)
{
    uint32_t method = 0;
    uint32_t count = 0;
    uint32_t i;

    (void)state;
    for (i = 0; i < ROWS; i++) {
        if (rows[i].name == 0) {
            count += missing(method, rows[i].error);
            continue;
        }
        method = rows[i].number;
        count += missing(method, BH_E_OK) + missing(method, BH_E_CAP) + missing(method, BH_E_TYPE) +
                 missing(method, BH_E_RIGHT);
    }
    assert_int_equal(count, 0);
}
