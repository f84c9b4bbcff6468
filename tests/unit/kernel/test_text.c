/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the forms in which the kernel writes to consoles. Belongs to: test. */
#include "tests/lib/test.h"

#include <string.h>

#include "kernel/arch/s390x/sclp_text.h"
#include "libs/zformats/ebcdic.h"
#include "libs/zformats/sclp.h"

static uint8_t sccb[SCCB_SIZE_MAX];
static char seen[SCCB_SIZE_MAX];

/* What a line-mode console shows of the block, a bar behind each line. */
static const char *shown(void)
{
    struct sclp_event event;
    const uint8_t *line;
    uint32_t cursor = 0, length, used = 0;

    assert_int_equal(sclp_event_at(sccb, sizeof(sccb), SCCB_DATA, &event), 1);
    while (sclp_line_next(&event, &cursor, &line, &length) == 1) {
        for (uint32_t i = 0; i < length; i++) {
            seen[used++] = (char)ascii_from_ebcdic(line[i]);
        }
        seen[used++] = '|';
    }
    seen[used] = 0;
    return seen;
}

static uint16_t text(const char *what)
{
    return sclp_text(sccb, sizeof(sccb), what, (uint32_t)strlen(what));
}

static void test_ascii_is_the_first_choice(void **state)
{
    struct sclp_event event;

    (void)state;
    sclp_text_choose(sclp_type_bit(SCLP_TYPE_ASCII) | sclp_type_bit(SCLP_TYPE_MESSAGE));
    assert_int_not_equal(text("one\ntwo"), 0);
    assert_int_equal(sclp_event_at(sccb, sizeof(sccb), SCCB_DATA, &event), 1);
    assert_int_equal(event.type, SCLP_TYPE_ASCII);
    assert_memory_equal(event.data, "one\ntwo", event.data_length);
    sclp_text_choose(0);
    assert_int_not_equal(text("three"), 0);
    assert_int_equal(sclp_event_at(sccb, sizeof(sccb), SCCB_DATA, &event), 1);
    assert_int_equal(event.type, SCLP_TYPE_ASCII);
}

static void test_lines_are_whole(void **state)
{
    (void)state;
    sclp_text_choose(sclp_type_bit(SCLP_TYPE_MESSAGE));
    assert_int_not_equal(text("\r\none\r\ntwo\nthr"), 0);
    assert_string_equal(shown(), "one|two|");
    assert_int_equal(text("e"), 0);
    assert_int_not_equal(text("e\n"), 0);
    assert_string_equal(shown(), "three|");
    assert_int_equal(text("\n"), 0);
}

static void test_long_lines_are_broken(void **state)
{
    char long_line[301];

    (void)state;
    sclp_text_choose(sclp_type_bit(SCLP_TYPE_MESSAGE));
    memset(long_line, 'x', 300);
    long_line[300] = 0;
    assert_int_not_equal(text(long_line), 0);
    assert_int_equal(strlen(shown()), 241);
    assert_int_not_equal(text("y\n"), 0);
    assert_int_equal(strlen(shown()), 62);
    assert_string_equal(seen + 59, "xy|");
}

/* More lines than a block holds: the first ones, and nothing beyond the block. */
static void test_too_many_lines(void **state)
{
    static char many[1025];

    (void)state;
    sclp_text_choose(sclp_type_bit(SCLP_TYPE_MESSAGE));
    for (uint32_t i = 0; i < 1024; i += 2) {
        memcpy(many + i, "z\n", 2);
    }
    assert_in_range(text(many), 4000, SCCB_SIZE_MAX);
    assert_int_equal(strlen(shown()), 2 * 370);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ascii_is_the_first_choice),
        cmocka_unit_test(test_lines_are_whole),
        cmocka_unit_test(test_long_lines_are_broken),
        cmocka_unit_test(test_too_many_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
