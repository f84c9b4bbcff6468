/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: line-mode console of the SCLP, damaged blocks, EBCDIC. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "libs/zformats/bytes.h"
#include "libs/zformats/ebcdic.h"
#include "libs/zformats/sclp.h"

static uint8_t sccb[SCCB_SIZE_MAX];

static int clear(void **state)
{
    (void)state;
    memset(sccb, 0xee, sizeof(sccb));
    return 0;
}

static void line_output_round_trip(void **state)
{
    const uint8_t mdb[8] = {0, 25, 0, 1, 0xd4, 0xc4, 0xc2, 0x40};
    const uint8_t mto[10] = {0, 13, 0, 4, 0x10, 0, 0, 0, 0, 0};
    const uint8_t text[3] = {0xc1, 0xc2, 0xc3};
    struct sclp_event event;
    const uint8_t *line;
    uint32_t cursor = 0, length;

    (void)state;
    assert_int_equal(sclp_line_write(sccb, 4096, text, 3), 8 + 6 + 12 + 13);
    assert_int_equal(sccb[10], 2);
    assert_memory_equal(sccb + 14, mdb, 8);
    assert_int_equal(be32_get(sccb + 22), 1);
    assert_memory_equal(sccb + 26, mto, 10);
    assert_int_equal(sclp_event_at(sccb, 4096, SCCB_DATA, &event), 1);
    assert_int_equal(sclp_line_next(&event, &cursor, &line, &length), 1);
    assert_int_equal(length, 3);
    assert_memory_equal(line, text, 3);
    assert_int_equal(sclp_line_next(&event, &cursor, &line, &length), 0);
    sclp_line_write(sccb, 4096, text, 0);
    cursor = 0;
    assert_int_equal(sclp_event_at(sccb, 4096, SCCB_DATA, &event), 1);
    assert_int_equal(sclp_line_next(&event, &cursor, &line, &length), 1);
    assert_int_equal(length, 0); /* an empty line is a line */
}

static void lines_are_added_while_they_fit(void **state)
{
    const uint8_t text[100] = {0xc1};
    struct sclp_event event;
    const uint8_t *line;
    uint32_t cursor = 0, length;

    (void)state;
    assert_int_equal(sclp_line_start(sccb, 136), 26);
    assert_int_equal(sclp_line_add(sccb, 136, text, 2), 38);
    assert_int_equal(sclp_line_add(sccb, 136, text, 89), 0);
    assert_int_equal(sclp_line_add(sccb, 136, text, 88), 136);
    assert_int_equal(sclp_line_add(sccb, 136, text, 0), 0);
    assert_int_equal(sccb[136], 0xee);
    assert_int_equal(sclp_event_at(sccb, 4096, SCCB_DATA, &event), 1);
    assert_int_equal(sclp_line_next(&event, &cursor, &line, &length), 1);
    assert_int_equal(length, 2);
    assert_int_equal(sclp_line_next(&event, &cursor, &line, &length), 1);
    assert_int_equal(length, 88);
    assert_int_equal(sclp_line_next(&event, &cursor, &line, &length), 0);
}

/* Two text objects with another object between them, as Linux sends them. */
static void several_lines(void **state)
{
    uint8_t data[12 + 11 + 8 + 12] = {0};
    struct sclp_event event = {
        .type = SCLP_TYPE_MESSAGE, .data = data, .data_length = sizeof(data)};
    const uint8_t *line;
    uint32_t cursor = 0, length;

    (void)state;
    be16_put(data, sizeof(data));
    be16_put(data + 2, 1);
    be32_put(data + 4, 0xd4c4c240);
    be16_put(data + 12, 11);
    be16_put(data + 14, 4);
    data[22] = 0xc1;
    be16_put(data + 23, 8);
    be16_put(data + 25, 1);
    be16_put(data + 31, 12);
    be16_put(data + 33, 4);
    assert_int_equal(sclp_line_next(&event, &cursor, &line, &length), 1);
    assert_int_equal(length, 1);
    assert_int_equal(line[0], 0xc1);
    assert_int_equal(sclp_line_next(&event, &cursor, &line, &length), 1);
    assert_int_equal(length, 2);
    assert_int_equal(sclp_line_next(&event, &cursor, &line, &length), 0);
}

static void broken_message_blocks(void **state)
{
    struct sclp_event event;
    const uint8_t *line;
    uint32_t cursor, length;
    static const struct {
        uint32_t at;
        uint16_t value;
    } damage[] = {{14, 11}, {14, 26}, {16, 2}, {18, 0}, {26, 3}, {26, 14}, {14, 14}};

    (void)state;
    for (size_t i = 0; i < sizeof(damage) / sizeof(damage[0]); i++) {
        sclp_line_write(sccb, 4096, sccb, 3);
        be16_put(sccb + damage[i].at, damage[i].value);
        assert_int_equal(sclp_event_at(sccb, 4096, SCCB_DATA, &event), 1);
        cursor = 0;
        assert_int_equal(sclp_line_next(&event, &cursor, &line, &length), -1);
    }
    event.type = SCLP_TYPE_ASCII;
    assert_int_equal(sclp_line_next(&event, &cursor, &line, &length), -1);
}

static void operator_command_round_trip(void **state)
{
    const uint8_t nest[16] = {0, 18, 0x13, 0x10, 0, 14,   0x12, 0x12,
                              0, 10, 0x13, 0x20, 6, 0x31, 4,    0x30};
    const uint8_t text[2] = {0x93, 0xa2};
    struct sclp_event event;
    const uint8_t *found;
    uint32_t length;

    (void)state;
    assert_int_equal(sclp_command_build(sccb, 4096, text, 2), 8 + 6 + 18);
    assert_int_equal(sccb[10], SCLP_TYPE_OPERATOR_COMMAND);
    assert_memory_equal(sccb + 14, nest, 16);
    assert_int_equal(sclp_event_at(sccb, 4096, SCCB_DATA, &event), 1);
    assert_int_equal(sclp_command_text(&event, &found, &length), 1);
    assert_int_equal(length, 2);
    assert_memory_equal(found, text, 2);
}

static void command_text_is_found_behind_other_parts(void **state)
{
    uint8_t data[30] = {0, 30, 0x13, 0x10, 0,    6,  0x13, 0x11, 1,    2,
                        0, 20, 0x12, 0x12, 0,    16, 0x13, 0x20, 3,    0x07,
                        9, 9,  0x31, 2,    0x05, 5,  0x30, 0xc1, 0xc2, 0xc3};
    struct sclp_event event = {
        .type = SCLP_TYPE_OPERATOR_COMMAND, .data = data, .data_length = sizeof(data)};
    const uint8_t *found;
    uint32_t length;

    (void)state;
    assert_int_equal(sclp_command_text(&event, &found, &length), 1);
    assert_int_equal(length, 3);
    assert_ptr_equal(found, data + 27);
}

static void broken_commands_have_no_text(void **state)
{
    static const uint8_t damage[] = {15, 16, 19, 23, 20, 26, 27, 28, 29};
    struct sclp_event event;
    const uint8_t *found;
    uint32_t length;

    (void)state;
    for (size_t i = 0; i < sizeof(damage); i++) {
        sclp_command_build(sccb, 4096, sccb, 2);
        sccb[damage[i]] = 1;
        assert_int_equal(sclp_event_at(sccb, 4096, SCCB_DATA, &event), 1);
        assert_int_equal(sclp_command_text(&event, &found, &length), 0);
    }
    event.type = SCLP_TYPE_ASCII;
    assert_int_equal(sclp_command_text(&event, &found, &length), 0);
}

/* A message whose last object is cut inside its header. */
static void cut_object_header(void **state)
{
    struct sclp_event event;
    const uint8_t *line;
    uint32_t cursor = 0, length;

    (void)state;
    sclp_line_write(sccb, 4096, sccb, 9);
    be16_put(sccb + 26, 17); /* object ends 2 bytes before the block does … */
    assert_int_equal(sclp_event_at(sccb, 4096, SCCB_DATA, &event), 1);
    assert_int_equal(sclp_line_next(&event, &cursor, &line, &length), 1);
    be16_put(sccb + 43, 0x0004); /* … which look like the start of one */
    assert_int_equal(sclp_line_next(&event, &cursor, &line, &length), -1);
}

static uint32_t random_next(void)
{
    static uint32_t x = 2463534242u;

    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return x;
}

static void parse_everything(const uint8_t *block, uint32_t size)
{
    uint32_t offset = SCCB_DATA, cursor = 0, length = 0, bytes = 0;
    const uint8_t *text = block;
    struct sclp_event event;
    struct sclp_masks masks;
    struct sclp_info info;

    sclp_info_parse(block, size, &info);
    sclp_mask_parse(block, size, &masks);
    while (sclp_event_at(block, size, offset, &event) == 1) {
        for (uint32_t i = 0; i < event.data_length; i++)
            bytes += event.data[i];
        while (sclp_line_next(&event, &cursor, &text, &length) == 1)
            assert_true(text + length <= event.data + event.data_length);
        if (sclp_command_text(&event, &text, &length))
            assert_true(text + length <= event.data + event.data_length);
        sclp_ascii_read_text(&event, &length);
        assert_true(length <= event.data_length);
        offset += event.length;
        cursor = 0;
    }
    assert_in_range(bytes, 0, 255 * SCCB_SIZE_MAX);
}

/* Blocks of exactly their size on the heap, with damage: the sanitizer sees a read behind the end.
 */
static void parsers_stay_inside_damaged_blocks(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < 20000; round++) {
        uint32_t text = random_next() % 40;
        uint16_t length = round % 2 ? sclp_line_write(sccb, 4096, sccb + 100, text)
                                    : sclp_command_build(sccb, 4096, sccb + 100, text);
        uint32_t size = random_next() % 8 == 0 ? random_next() % length + 1 : length;
        uint8_t *block = malloc(size);

        assert_non_null(block);
        memcpy(block, sccb, size);
        for (uint32_t i = random_next() % 4; i > 0; i--)
            block[random_next() % size] = (uint8_t)(random_next() % 64);
        parse_everything(block, size);
        free(block);
    }
}

static void ebcdic(void **state)
{
    (void)state;
    assert_int_equal(ebcdic_from_ascii('A'), 0xc1);
    assert_int_equal(ebcdic_from_ascii('z'), 0xa9);
    assert_int_equal(ebcdic_from_ascii('0'), 0xf0);
    assert_int_equal(ebcdic_from_ascii(' '), 0x40);
    assert_int_equal(ebcdic_from_ascii('\n'), 0x40);
    assert_int_equal(ebcdic_from_ascii(0x7f), 0x40);
    assert_int_equal(ebcdic_from_ascii('~'), 0xa1);
    assert_int_equal(ebcdic_from_ascii(0x80), 0x40);
    assert_int_equal(ascii_from_ebcdic(0x00), '.');
    for (uint8_t c = 0x20; c < 0x7f; c++)
        assert_int_equal(ascii_from_ebcdic(ebcdic_from_ascii(c)), c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(line_output_round_trip, clear),
        cmocka_unit_test_setup(lines_are_added_while_they_fit, clear),
        cmocka_unit_test_setup(several_lines, clear),
        cmocka_unit_test_setup(broken_message_blocks, clear),
        cmocka_unit_test_setup(operator_command_round_trip, clear),
        cmocka_unit_test_setup(command_text_is_found_behind_other_parts, clear),
        cmocka_unit_test_setup(broken_commands_have_no_text, clear),
        cmocka_unit_test_setup(cut_object_header, clear),
        cmocka_unit_test_setup(parsers_stay_inside_damaged_blocks, clear),
        cmocka_unit_test_setup(ebcdic, clear),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
