/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: SCLP blocks, event buffers, ASCII console. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "libs/zformats/bytes.h"
#include "libs/zformats/sclp.h"

static uint8_t sccb[SCCB_SIZE_MAX];

static int clear(void **state)
{
    (void)state;
    memset(sccb, 0xee, sizeof(sccb));
    return 0;
}

static void checked_length_needs_header_size_and_page(void **state)
{
    (void)state;
    sccb_init(sccb, 32);
    assert_int_equal(sccb_checked_length(sccb, 32), 32);
    assert_int_equal(sccb_checked_length(sccb, 31), 0);
    assert_int_equal(sccb_checked_length(sccb, 7), 0);
    sccb_init(sccb, 8);
    assert_int_equal(sccb_checked_length(sccb, 8), 8);
    sccb_init(sccb, 7);
    assert_int_equal(sccb_checked_length(sccb, 4096), 0);
    sccb_init(sccb, 4104);
    assert_int_equal(sccb_checked_length(sccb, 8192), 0);
}

static void info_with_small_and_large_numbers(void **state)
{
    struct sclp_info in = {.increments = 512,
                           .increment_size = 0x100000,
                           .cpus = 2,
                           .facilities = SCLP_FACILITY_PCI_CONFIGURE,
                           .max_cpu_address = 1,
                           .loadparm = {0xd3, 0xd6, 0xc1, 0xc4, 0x40, 0x40, 0x40, 0x40}};
    struct sclp_info out;

    (void)state;
    assert_int_equal(sclp_info_build(sccb, 4096, &in), 4096);
    assert_int_equal(be16_get(sccb + 6), 0x0010);
    assert_int_equal(be16_get(sccb + 8), 512);
    assert_int_equal(sccb[10], 1);
    assert_int_equal(sccb[144], 0);
    assert_int_equal(sccb[160], 1);
    assert_int_equal(sccb[176], 0);
    assert_int_equal(sclp_info_parse(sccb, 4096, &out), 0);
    assert_true(sclp_info_storage(&out) == 512 * 0x100000);
    assert_true(out.facilities == SCLP_FACILITY_PCI_CONFIGURE);
    assert_int_equal(out.cpus, 2);
    assert_int_equal(out.max_cpu_address, 1);
    assert_memory_equal(out.loadparm, in.loadparm, 8);

    in.increments = 0x10000;
    in.increment_size = UINT64_C(256) * 0x100000;
    assert_int_equal(sclp_info_build(sccb, 4096, &in), 4096);
    assert_int_equal(be16_get(sccb + 8), 0);
    assert_int_equal(sccb[10], 0);
    assert_int_equal(sclp_info_parse(sccb, 4096, &out), 0);
    assert_true(sclp_info_storage(&out) == UINT64_C(0x10000) * 256 * 0x100000);
}

static void info_refuses_what_does_not_fit(void **state)
{
    struct sclp_info info = {.increments = 1, .increment_size = 0x100000, .cpus = 2};

    (void)state;
    assert_int_equal(sclp_info_build(sccb, 144 + 31, &info), 0);
    assert_int_equal(sclp_info_build(sccb, 144 + 32, &info), 144 + 32);
    assert_int_equal(sclp_info_build(sccb, 4097, &info), 0);
    info.cpus = 256;
    assert_int_equal(sclp_info_build(sccb, 4096, &info), 0);
    assert_int_equal(sclp_info_request(sccb), 4096);
    assert_int_equal(sclp_info_parse(sccb, 4096, &info), -1); /* no response yet */
    sccb_set_response(sccb, SCLP_RC_READ_OK);
    assert_int_equal(sclp_info_parse(sccb, 4096, &info), 0);
    assert_int_equal(sclp_info_parse(sccb, 143, &info), -1);
    sccb_init(sccb, 144);
    sccb_set_response(sccb, SCLP_RC_READ_OK);
    assert_int_equal(sclp_info_parse(sccb, 144, &info), 0);
    info.increments = UINT64_MAX;
    info.increment_size = 2;
    assert_true(sclp_info_storage(&info) == UINT64_MAX);
}

static void masks_of_four_bytes(void **state)
{
    struct sclp_masks masks;

    (void)state;
    assert_int_equal(sclp_mask_request(sccb, 0x80000040, 0x40000040), 28);
    sclp_mask_answer(sccb, 0x40, 0x80000040);
    assert_int_equal(sclp_mask_parse(sccb, 28, &masks), 0);
    assert_true(masks.receive == 0x80000040);
    assert_true(masks.send == 0x40000040);
    assert_true(masks.machine_receive == 0x40);
    assert_true(masks.machine_send == 0x80000040);
    assert_true(be32_get(sccb + 20) == 0x40);
}

static void masks_of_other_lengths(void **state)
{
    struct sclp_masks masks;

    (void)state;
    memset(sccb, 0, sizeof(sccb));
    sccb_init(sccb, 12 + 4 * 6);
    be16_put(sccb + 10, 6);
    be32_put(sccb + 12, 0x11223344);
    be32_put(sccb + 18, 0x55667788);
    sclp_mask_answer(sccb, 0x99aabbcc, 0xddeeff00);
    assert_int_equal(sclp_mask_parse(sccb, sizeof(sccb), &masks), 0);
    assert_true(masks.receive == 0x11223344 && masks.send == 0x55667788);
    assert_true(be32_get(sccb + 24) == 0x99aabbcc);
    assert_int_equal(be16_get(sccb + 28), 0);
    assert_true(be32_get(sccb + 30) == 0xddeeff00);

    sccb_init(sccb, 12 + 4 * 2);
    be16_put(sccb + 10, 2);
    be16_put(sccb + 12, 0x8000);
    sclp_mask_answer(sccb, 0x12345678, 0x9abc0000);
    assert_int_equal(sclp_mask_parse(sccb, sizeof(sccb), &masks), 0);
    assert_true(masks.receive == 0x80000000);
    assert_true(masks.machine_receive == 0x12340000);
    assert_true(masks.machine_send == 0x9abc0000);
}

static void masks_beyond_the_block_are_refused(void **state)
{
    struct sclp_masks masks;

    (void)state;
    sclp_mask_request(sccb, 0, 0);
    be16_put(sccb + 10, 5);
    assert_int_equal(sclp_mask_parse(sccb, sizeof(sccb), &masks), -1);
    be16_put(sccb + 10, 0);
    assert_int_equal(sclp_mask_parse(sccb, sizeof(sccb), &masks), -1);
    be16_put(sccb + 10, 0xffff);
    assert_int_equal(sclp_mask_parse(sccb, sizeof(sccb), &masks), -1);
    sccb_init(sccb, 8);
    assert_int_equal(sclp_mask_parse(sccb, sizeof(sccb), &masks), -1);
}

static void type_bits(void **state)
{
    (void)state;
    assert_true(sclp_type_bit(SCLP_TYPE_OPERATOR_COMMAND) == 0x80000000u);
    assert_true(sclp_type_bit(SCLP_TYPE_MESSAGE) == 0x40000000u);
    assert_true(sclp_type_bit(SCLP_TYPE_PRIORITY_COMMAND) == 0x00800000u);
    assert_true(sclp_type_bit(SCLP_TYPE_ASCII) == 0x00000040u);
    assert_true(sclp_type_bit(SCLP_TYPE_QUIESCE) == 0x00000008u);
    assert_true(sclp_type_bit(32) == 1);
    assert_true(sclp_type_bit(0) == 0);
    assert_true(sclp_type_bit(33) == 0);
}

static void adapter_request(void **state)
{
    const uint8_t expected[16] = {0, 16, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0x12, 0x34, 0x56, 0x78};

    (void)state;
    assert_int_equal(sclp_adapter_request(sccb, 0x12345678), 16);
    assert_memory_equal(sccb, expected, 16);
}

static void ascii_output_has_the_known_bytes(void **state)
{
    const uint8_t expected[17] = {0, 17, 0, 0, 0, 0, 0, 0, 0, 9, 0x1a, 0, 0, 0, 'a', 'b', 'c'};
    struct sclp_event event;

    (void)state;
    assert_int_equal(sclp_ascii_write(sccb, 17, "abc", 3), 17);
    assert_memory_equal(sccb, expected, 17);
    assert_int_equal(sccb[17], 0xee);
    assert_int_equal(sclp_event_at(sccb, 17, SCCB_DATA, &event), 1);
    assert_int_equal(event.type, SCLP_TYPE_ASCII);
    assert_int_equal(event.data_length, 3);
    assert_memory_equal(event.data, "abc", 3);
    assert_int_equal(sclp_event_at(sccb, 17, event.offset + event.length, &event), 0);
    sclp_event_accept(sccb, SCCB_DATA);
    assert_int_equal(sccb[11], 0x80);
}

static void output_that_does_not_fit_is_refused(void **state)
{
    static const char text[4096];
    struct sclp_event event;

    (void)state;
    assert_int_equal(sclp_ascii_write(sccb, 16, "abc", 3), 0);
    assert_int_equal(sclp_ascii_write(sccb, 13, "", 0), 0);
    assert_int_equal(sclp_ascii_write(sccb, 14, "", 0), 14);
    assert_int_equal(sclp_event_at(sccb, 14, SCCB_DATA, &event), 1);
    assert_int_equal(event.data_length, 0);
    assert_int_equal(sclp_ascii_write(sccb, 1u << 20, text, 4083), 0);
    assert_int_equal(sclp_ascii_write(sccb, 4096, text, 4082), 4096);
    assert_int_equal(sclp_ascii_write(sccb, 4096, text, UINT32_MAX), 0);
    assert_int_equal(sclp_ascii_read_build(sccb, 4096, (const uint8_t *)text, UINT32_MAX), 0);
    assert_int_equal(sclp_ascii_read_build(sccb, 14, (const uint8_t *)text, 0), 0);
    assert_int_equal(sclp_line_write(sccb, 14 + 22 + 2, (const uint8_t *)text, 3), 0);
    assert_int_equal(sclp_line_write(sccb, 4096, (const uint8_t *)text, UINT32_MAX - 5), 0);
    assert_int_equal(sclp_command_build(sccb, 4096, (const uint8_t *)text, 252), 0);
    assert_int_equal(sclp_command_build(sccb, 14 + 16 + 250, (const uint8_t *)text, 251), 0);
}

static void ascii_input_has_a_marker(void **state)
{
    struct sclp_event event;
    const uint8_t *text;
    uint32_t length;

    (void)state;
    assert_int_equal(sclp_ascii_read_build(sccb, 4096, (const uint8_t *)"hi", 2), 17);
    assert_int_equal(sccb[14], 0);
    assert_int_equal(sclp_event_at(sccb, 4096, SCCB_DATA, &event), 1);
    text = sclp_ascii_read_text(&event, &length);
    assert_int_equal(length, 2);
    assert_memory_equal(text, "hi", 2);
    sccb[14] = SCLP_ASCII_STARTED;
    sclp_ascii_read_text(&event, &length);
    assert_int_equal(length, 0);
    sccb[14] = SCLP_ASCII_DATA;
    event.type = SCLP_TYPE_MESSAGE;
    sclp_ascii_read_text(&event, &length);
    assert_int_equal(length, 0);
    event.type = SCLP_TYPE_ASCII;
    event.data_length = 0;
    sclp_ascii_read_text(&event, &length);
    assert_int_equal(length, 0);
}

static void event_lengths_that_contradict(void **state)
{
    struct sclp_event event;

    (void)state;
    sclp_ascii_write(sccb, 64, "abc", 3);
    assert_int_equal(sclp_event_at(sccb, 64, 18, &event), -1);
    assert_int_equal(sclp_event_at(sccb, 64, 0, &event), -1);
    assert_int_equal(sclp_event_at(sccb, 64, 12, &event), -1); /* no room for a header */
    be16_put(sccb + 8, 5);
    assert_int_equal(sclp_event_at(sccb, 64, 8, &event), -1);
    be16_put(sccb + 8, 10);
    assert_int_equal(sclp_event_at(sccb, 64, 8, &event), -1);
    be16_put(sccb, 4);
    assert_int_equal(sclp_event_at(sccb, 64, 8, &event), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(checked_length_needs_header_size_and_page, clear),
        cmocka_unit_test_setup(info_with_small_and_large_numbers, clear),
        cmocka_unit_test_setup(info_refuses_what_does_not_fit, clear),
        cmocka_unit_test_setup(masks_of_four_bytes, clear),
        cmocka_unit_test_setup(masks_of_other_lengths, clear),
        cmocka_unit_test_setup(masks_beyond_the_block_are_refused, clear),
        cmocka_unit_test_setup(type_bits, clear),
        cmocka_unit_test_setup(adapter_request, clear),
        cmocka_unit_test_setup(ascii_output_has_the_known_bytes, clear),
        cmocka_unit_test_setup(output_that_does_not_fit_is_refused, clear),
        cmocka_unit_test_setup(ascii_input_has_a_marker, clear),
        cmocka_unit_test_setup(event_lengths_that_contradict, clear),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
