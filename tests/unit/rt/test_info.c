/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: look-up by name in the start-up information page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "libs/rt/info.h"

static const struct bh_info info = {
    .magic = BH_INFO_MAGIC,
    .entry = {
        {.name = "disk", .kind = BH_INFO_CAP, .value = 5},
        {.name = "disk2", .kind = BH_INFO_CAP, .value = 6},
        {.name = "disk", .kind = BH_INFO_WINDOW, .value = 0x300000, .size = 8192, .page = 3},
        {.name = "a-text", .kind = BH_INFO_CHANNEL, .value = 0x400000, .size = 4096, .page = 1},
        {.name = "b-text", .kind = BH_INFO_CHANNEL, .value = 0x500000, .size = 8192, .page = 0},
        {.name = "text", .kind = BH_INFO_CHANNEL, .value = 0x600000, .size = 4096, .page = 1},
        {.name = "-text", .kind = BH_INFO_CHANNEL, .value = 0x700000, .size = 4096, .page = 1},
        {.name = "dma", .kind = BH_INFO_DMA, .value = UINT64_C(1) << 32, .size = 1 << 20},
        {.name = "answer", .kind = BH_INFO_VALUE, .value = 42},
        {.name = "a.name.of.23.characters", .kind = BH_INFO_CAP, .value = 7}}};

static int setup(void **state)
{
    (void)state;
    bh_info_set(&info);
    return 0;
}

static void test_capabilities_by_whole_name(void **state)
{
    (void)state;
    assert_int_equal(bh_cap("disk"), 5);
    assert_int_equal(bh_cap("disk2"), 6);
    assert_int_equal(bh_cap("a.name.of.23.characters"), 7);
    assert_int_equal(bh_cap("dis"), -1);
    assert_int_equal(bh_cap("disk22"), -1);
    assert_int_equal(bh_cap("answer"), -1);
    assert_int_equal(bh_cap(""), -1);
}

static void test_windows(void **state)
{
    struct bh_window window = {.size = 1};

    (void)state;
    assert_false(bh_window("dma", &window));
    assert_int_equal(window.size, 1);
    assert_true(bh_window("disk", &window));
    assert_ptr_equal(window.address, (void *)0x300000);
    assert_int_equal(window.size, 8192);
    assert_int_equal(window.page, 3);
}

static void test_channels_know_their_end(void **state)
{
    struct bh_channel channel;

    (void)state;
    assert_true(bh_channel("a-text", &channel));
    assert_true(channel.consumer);
    assert_true(bh_channel("b-text", &channel));
    assert_false(channel.consumer);
    assert_int_equal(channel.size, 8192);
    assert_false(bh_channel("-tex", &channel));
}

static void test_dma_and_values(void **state)
{
    struct bh_dma dma;
    uint64_t value = 1;

    (void)state;
    assert_true(bh_dma("dma", &dma));
    assert_int_equal(dma.iova, UINT64_C(1) << 32);
    assert_int_equal(dma.size, 1 << 20);
    assert_false(bh_value("dma", &value));
    assert_int_equal(value, 1);
    assert_true(bh_value("answer", &value));
    assert_int_equal(value, 42);
}

static void test_every_channel_of_text(void **state)
{
    unsigned position = 0;

    (void)state;
    assert_string_equal(bh_info_next_text(BH_CHANNEL_CONSUMER, &position)->name, "a-text");
    assert_null(bh_info_next_text(BH_CHANNEL_CONSUMER, &position));
    position = 0;
    assert_string_equal(bh_info_next_text(BH_CHANNEL_PRODUCER, &position)->name, "b-text");
    assert_null(bh_info_next_text(BH_CHANNEL_PRODUCER, &position));
    assert_null(bh_info_next_text(BH_CHANNEL_PRODUCER, &position));
}

static void test_a_full_page_ends(void **state)
{
    static struct bh_info full;
    unsigned position = 0, count = 0;

    (void)state;
    for (unsigned i = 0; i < BH_INFO_ENTRIES; i++)
        full.entry[i] = (struct bh_info_entry){.name = "x", .kind = BH_INFO_VALUE};
    bh_info_set(&full);
    while (bh_info_next(BH_INFO_VALUE, &position))
        count++;
    assert_int_equal(count, BH_INFO_ENTRIES);
    assert_int_equal(bh_cap("y"), -1);
}

static void test_no_page(void **state)
{
    (void)state;
    bh_info_set(NULL);
    assert_int_equal(bh_cap("disk"), -1);
}

static void test_the_page_is_one_page(void **state)
{
    (void)state;
    assert_true(sizeof(struct bh_info) <= 4096);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_capabilities_by_whole_name, setup),
        cmocka_unit_test_setup(test_windows, setup),
        cmocka_unit_test_setup(test_channels_know_their_end, setup),
        cmocka_unit_test_setup(test_dma_and_values, setup),
        cmocka_unit_test_setup(test_every_channel_of_text, setup),
        cmocka_unit_test_setup(test_a_full_page_ends, setup),
        cmocka_unit_test(test_no_page),
        cmocka_unit_test(test_the_page_is_one_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
