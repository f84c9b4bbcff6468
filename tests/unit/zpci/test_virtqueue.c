/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: split virtqueue against a hostile device, which may write anything into the DMA buffer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/zpci/native/virtqueue.h"
#include "libs/zformats/bytes.h"

#define SIZE 8u
#define IOVA UINT64_C(0x100000000)
#define AVAILABLE (SIZE * 16)
#define USED 160u /* 128 + 4 + 16 + 2, rounded up to 16 */

static uint8_t memory[8192] __attribute__((aligned(16)));
static struct virtqueue queue;

static int fresh(void **state)
{
    (void)state;
    memset(memory, 0xee, sizeof(memory));
    return virtqueue_init(&queue, SIZE, memory, IOVA);
}

/* The device completes: writes an entry of the used ring and the index. */
static void device_uses(uint32_t id, uint32_t length)
{
    uint16_t index = le16_get(memory + USED + 2);

    le32_put(memory + USED + 4 + index % SIZE * 8, id);
    le32_put(memory + USED + 8 + index % SIZE * 8, length);
    le16_put(memory + USED + 2, (uint16_t)(index + 1));
}

static int add(uint16_t count, uint16_t readable)
{
    static const struct virtqueue_buffer buffers[4] = {
        {0x1000, 16}, {0x2000, 512}, {0x3000, 1}, {0x4000, 7}};

    return virtqueue_add(&queue, buffers, count, readable);
}

static void layout_and_alignment(void **state)
{
    (void)state;
    assert_int_equal(virtqueue_bytes(SIZE), USED + 4 + SIZE * 8 + 2);
    assert_true(virtqueue_descriptors(&queue) == IOVA);
    assert_true(virtqueue_driver_area(&queue) == IOVA + AVAILABLE);
    assert_true(virtqueue_device_area(&queue) == IOVA + USED);
    assert_int_equal(memory[virtqueue_bytes(SIZE) - 1], 0);
    assert_int_equal(memory[virtqueue_bytes(SIZE)], 0xee);
    assert_in_range(virtqueue_bytes(256), 1, sizeof(memory));
    assert_int_equal(virtqueue_init(&queue, 256, memory, IOVA), 0);
    assert_int_equal(virtqueue_init(&queue, 6, memory, IOVA), -1);
    assert_int_equal(virtqueue_init(&queue, 0, memory, IOVA), -1);
    assert_int_equal(virtqueue_init(&queue, 512, memory, IOVA), -1);
    assert_int_equal(virtqueue_init(&queue, SIZE, memory + 8, IOVA), -1);
    assert_int_equal(virtqueue_init(&queue, SIZE, memory, IOVA + 8), -1);
}

static void chain_is_little_endian_and_linked(void **state)
{
    const uint8_t first[16] = {0, 0x10, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 1, 0, 1, 0};
    const uint8_t second[16] = {0, 0x20, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 3, 0, 2, 0};
    const uint8_t third[16] = {0, 0x30, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0};

    (void)state;
    assert_int_equal(add(3, 1), 0);
    assert_memory_equal(memory, first, 16);
    assert_memory_equal(memory + 16, second, 16);
    assert_memory_equal(memory + 32, third, 16);
    assert_int_equal(le16_get(memory + AVAILABLE + 2), 1);
    assert_int_equal(le16_get(memory + AVAILABLE + 4), 0);
    assert_int_equal(add(1, 0), 3);
    assert_int_equal(le16_get(memory + AVAILABLE + 6), 3);
}

static void full_queue_refuses(void **state)
{
    (void)state;
    assert_int_equal(add(0, 0), -1);
    assert_int_equal(add(4, 2), 0);
    assert_int_equal(add(3, 2), 4);
    assert_int_equal(add(2, 1), -1);
    assert_int_equal(add(1, 1), 7);
    assert_int_equal(add(1, 1), -1);
}

static void completions_free_descriptors_in_any_order(void **state)
{
    uint16_t head;
    uint32_t written;

    (void)state;
    for (uint32_t round = 0; round < 70000; round++) { /* the 16-bit indices wrap */
        int a = add(3, 1), b = add(4, 1);

        assert_true(a >= 0 && b >= 0 && a != b);
        device_uses((uint32_t)b, 520);
        device_uses((uint32_t)a, 5);
        assert_int_equal(virtqueue_take(&queue, &head, &written), 1);
        assert_int_equal(head, b);
        assert_int_equal(written, 520);
        assert_int_equal(virtqueue_take(&queue, &head, &written), 1);
        assert_int_equal(head, a);
        assert_int_equal(written, 5);
        assert_int_equal(virtqueue_take(&queue, &head, &written), 0);
    }
    assert_int_equal(queue.free_count, SIZE);
}

static void written_bytes_are_bounded_by_the_chain(void **state)
{
    uint16_t head;
    uint32_t written;

    (void)state;
    add(3, 1);
    device_uses(0, UINT32_MAX);
    assert_int_equal(virtqueue_take(&queue, &head, &written), 1);
    assert_int_equal(written, 513);
}

static void broken_for_good(void)
{
    uint16_t head = 77;
    uint32_t written;

    assert_int_equal(virtqueue_take(&queue, &head, &written), -1);
    assert_int_equal(head, 77);
    assert_int_equal(virtqueue_take(&queue, &head, &written), -1);
    assert_int_equal(add(1, 1), -1);
}

static void head_that_is_not_in_flight_breaks_the_queue(void **state)
{
    (void)state;
    add(3, 1);
    device_uses(1, 0); /* inside the chain, but not its head */
    broken_for_good();
}

static void head_outside_the_queue_breaks_it(void **state)
{
    (void)state;
    add(3, 1);
    device_uses(SIZE, 0);
    broken_for_good();
    fresh(state);
    add(3, 1);
    device_uses(UINT32_MAX, 0);
    broken_for_good();
}

static void completion_twice_breaks_the_queue(void **state)
{
    uint16_t head;
    uint32_t written;

    (void)state;
    add(1, 1);
    add(1, 1);
    device_uses(0, 0);
    device_uses(0, 0);
    assert_int_equal(virtqueue_take(&queue, &head, &written), 1);
    broken_for_good();
}

static void more_completions_than_requests_break_the_queue(void **state)
{
    (void)state;
    add(1, 1);
    le16_put(memory + USED + 2, 2);
    broken_for_good();
    fresh(state);
    add(1, 1);
    le16_put(memory + USED + 2, 0xffff);
    broken_for_good();
}

/* The device rewrites descriptors and rings: nothing that the driver uses comes from there. */
static void rewritten_descriptors_do_not_matter(void **state)
{
    uint16_t head;
    uint32_t written;

    (void)state;
    assert_int_equal(add(4, 1), 0);
    memset(memory, 0xff, USED);
    device_uses(0, 1);
    assert_int_equal(virtqueue_take(&queue, &head, &written), 1);
    assert_int_equal(queue.free_count, SIZE);
    assert_int_equal(add(4, 1), 0);
    assert_int_equal(add(4, 1), 4);
    assert_int_equal(queue.free_count, 0);
}

static void device_may_ask_for_silence(void **state)
{
    (void)state;
    assert_true(virtqueue_wants_notify(&queue));
    le16_put(memory + USED, 1);
    assert_false(virtqueue_wants_notify(&queue));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(layout_and_alignment, fresh),
        cmocka_unit_test_setup(chain_is_little_endian_and_linked, fresh),
        cmocka_unit_test_setup(full_queue_refuses, fresh),
        cmocka_unit_test_setup(completions_free_descriptors_in_any_order, fresh),
        cmocka_unit_test_setup(written_bytes_are_bounded_by_the_chain, fresh),
        cmocka_unit_test_setup(head_that_is_not_in_flight_breaks_the_queue, fresh),
        cmocka_unit_test_setup(head_outside_the_queue_breaks_it, fresh),
        cmocka_unit_test_setup(completion_twice_breaks_the_queue, fresh),
        cmocka_unit_test_setup(more_completions_than_requests_break_the_queue, fresh),
        cmocka_unit_test_setup(rewritten_descriptors_do_not_matter, fresh),
        cmocka_unit_test_setup(device_may_ask_for_silence, fresh),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
