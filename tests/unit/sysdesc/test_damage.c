/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: damaged descriptions end in findings or in a sound model, never in a stray access (the
 * sanitizers watch). Truncation at every length, every bit flipped, words replaced. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/sysdesc/sound.h"
#include "tests/unit/sysdesc/support.h"

/* The big-endian run is emulated: it takes every seventh bit and word, the host's takes all. */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define STEP 7u
#else
#define STEP 1u
#endif

static struct sysdesc sys;
static struct findings findings;

/* Takes a blob as far as it goes. Returns whether it was accepted in the end. */
static bool take(const struct bytes *blob)
{
    char path[SYSDESC_PATH];

    findings_start(&findings);
    if (!sysdesc_parse(&sys, blob->at, blob->size, &findings.report)) {
        assert_true(findings.report.count > 0);
        return false;
    }
    assert_int_equal(findings.report.count, 0);
    sound_references(&sys);
    sysdesc_path(blob->at, sys.machine.node, path);
    if (!sysdesc_check(&sys, &findings.report)) {
        assert_true(findings.report.count > 0);
        return false;
    }
    sysdesc_assign(&sys);
    sound_references(&sys);
    sound_assignment(&sys);
    sound_lines(&sys);
    return true;
}

static void truncated(void **state)
{
    struct bytes whole = load_blob("everything");

    (void)state;
    for (size_t size = 0; size < whole.size; size++) {
        struct bytes blob = copy_bytes(&whole, size);

        assert_false(take(&blob));
        assert_int_equal(findings.rule[0], SYSDESC_RULE_DEVICETREE);
        free_bytes(&blob);
    }
    assert_true(take(&whole));
    free_bytes(&whole);
}

static void bits_flipped(void **state)
{
    struct bytes whole = load_blob("everything");
    unsigned accepted = 0, refused = 0;

    (void)state;
    for (size_t bit = 0; bit < whole.size * 8; bit += STEP) {
        struct bytes blob = copy_bytes(&whole, whole.size);

        blob.at[bit / 8] ^= (uint8_t)(1u << bit % 8);
        if (take(&blob))
            accepted++;
        else
            refused++;
        free_bytes(&blob);
    }
    assert_true(accepted > 0 && refused > accepted);
    free_bytes(&whole);
}

static void words_replaced(void **state)
{
    static const uint8_t words[][4] = {{0, 0, 0, 0},
                                       {0, 0, 0, 1},
                                       {0, 0, 0, 2},
                                       {0, 0, 0, 3},
                                       {0, 0, 0, 4},
                                       {0, 0, 0, 9},
                                       {0x7f, 0xff, 0xff, 0xff},
                                       {0x80, 0, 0, 0},
                                       {0xff, 0xff, 0xff, 0xfc},
                                       {0xff, 0xff, 0xff, 0xff}};
    struct bytes whole = load_blob("everything");
    unsigned refused = 0;

    (void)state;
    for (size_t at = 0; at + 4 <= whole.size; at += 4 * STEP)
        for (size_t word = 0; word < sizeof(words) / sizeof(words[0]); word++) {
            struct bytes blob = copy_bytes(&whole, whole.size);

            memcpy(blob.at + at, words[word], 4);
            refused += !take(&blob);
            free_bytes(&blob);
        }
    assert_true(refused > 0);
    free_bytes(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(truncated),
        cmocka_unit_test(bits_flipped),
        cmocka_unit_test(words_replaced),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
