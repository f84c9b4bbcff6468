/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the byte ring of channels: order, wrap, and a peer that publishes whatever it likes. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "libs/rt/ring.h"

#define SIZE 4096u
#define CANARY 0x5au

/* The ring between two canaries. */
static _Alignas(
    4096) uint8_t memory[BH_RING_PAGE + BH_RING_PAGE + SIZE + BH_RING_PAGE + BH_RING_PAGE];
static uint8_t *const ring_memory = memory + BH_RING_PAGE;
static uint64_t *const head = (uint64_t *)(void *)(memory + BH_RING_PAGE);
static uint64_t *const tail = (uint64_t *)(void *)(memory + 2 * BH_RING_PAGE + SIZE);

static struct bh_ring producer, consumer;

static int setup(void **state)
{
    (void)state;
    memset(memory, CANARY, sizeof(memory));
    memset(ring_memory, 0, 2 * BH_RING_PAGE + SIZE);
    bh_ring_producer(&producer, ring_memory, SIZE);
    bh_ring_consumer(&consumer, ring_memory, SIZE);
    return 0;
}

static void assert_canaries(void)
{
    for (unsigned i = 0; i < BH_RING_PAGE; i++) {
        assert_int_equal(memory[i], CANARY);
        assert_int_equal(memory[sizeof(memory) - 1 - i], CANARY);
    }
}

/* The pages of head and tail hold the counter and nothing else. */
static void assert_counter_pages_untouched(void)
{
    for (unsigned i = sizeof(uint64_t); i < BH_RING_PAGE; i++) {
        assert_int_equal(ring_memory[i], 0);
        assert_int_equal(ring_memory[BH_RING_PAGE + SIZE + i], 0);
    }
}

static void test_bytes_arrive_in_order(void **state)
{
    char text[16] = "";

    (void)state;
    assert_int_equal(bh_ring_read(&consumer, text, sizeof(text)), 0);
    assert_int_equal(bh_ring_write(&producer, "hello ", 6), 6);
    assert_int_equal(bh_ring_write(&producer, "world", 5), 5);
    assert_int_equal(bh_ring_read(&consumer, text, 3), 3);
    assert_int_equal(bh_ring_read(&consumer, text + 3, sizeof(text) - 3), 8);
    assert_string_equal(text, "hello world");
    assert_int_equal(bh_ring_read(&consumer, text, sizeof(text)), 0);
}

static void test_a_full_ring_takes_no_more(void **state)
{
    static uint8_t bytes[2 * SIZE];

    (void)state;
    assert_int_equal(bh_ring_write(&producer, bytes, sizeof(bytes)), SIZE);
    assert_int_equal(bh_ring_write(&producer, bytes, 1), 0);
    assert_int_equal(bh_ring_read(&consumer, bytes, 10), 10);
    assert_int_equal(bh_ring_write(&producer, bytes, sizeof(bytes)), 10);
    assert_int_equal(bh_ring_read(&consumer, bytes, sizeof(bytes)), SIZE);
    assert_canaries();
}

/* Many sizes over many turns of the ring: what is read is what was written. */
static void test_wrap(void **state)
{
    uint8_t bytes[700];
    uint64_t written = 0, read = 0;

    (void)state;
    srand(2);
    for (int round = 0; round < 20000; round++) {
        uint64_t count = (uint64_t)rand() % sizeof(bytes);

        for (uint64_t i = 0; i < count; i++)
            bytes[i] = (uint8_t)((written + i) * 31 / 7);
        written += bh_ring_write(&producer, bytes, count);
        count = bh_ring_read(&consumer, bytes, (uint64_t)rand() % sizeof(bytes));
        for (uint64_t i = 0; i < count; i++)
            assert_int_equal(bytes[i], (uint8_t)((read + i) * 31 / 7));
        read += count;
    }
    assert_true(read > 100 * SIZE);
    assert_canaries();
    assert_counter_pages_untouched();
}

static void test_a_size_that_is_no_power_of_two(void **state)
{
    static _Alignas(8) uint8_t odd[BH_RING_PAGE + 3 * SIZE + BH_RING_PAGE];
    static uint8_t bytes[3 * SIZE];

    (void)state;
    bh_ring_producer(&producer, odd, 3 * SIZE);
    bh_ring_consumer(&consumer, odd, 3 * SIZE);
    for (unsigned round = 0; round < 10; round++) {
        for (unsigned i = 0; i < sizeof(bytes); i++)
            bytes[i] = (uint8_t)(i * 5 / 3 + round);
        for (unsigned i = 0; i < 3; i++)
            assert_int_equal(bh_ring_write(&producer, bytes + i * SIZE, SIZE), SIZE);
        memset(bytes, 0, sizeof(bytes));
        assert_int_equal(bh_ring_read(&consumer, bytes, 7), 7);
        assert_int_equal(bh_ring_read(&consumer, bytes + 7, sizeof(bytes)), 3 * SIZE - 7);
        for (unsigned i = 0; i < sizeof(bytes); i++)
            assert_int_equal(bytes[i], (uint8_t)(i * 5 / 3 + round));
        assert_int_equal(bh_ring_write(&producer, bytes, 11), 11);
        assert_int_equal(bh_ring_read(&consumer, bytes, 11), 11);
    }
}

static const uint64_t hostile[] = {1,
                                   SIZE,
                                   SIZE + 1,
                                   2 * SIZE,
                                   UINT64_MAX,
                                   UINT64_MAX - 1,
                                   UINT64_C(1) << 63,
                                   UINT64_MAX - SIZE,
                                   UINT64_MAX / 2,
                                   0x0123456789abcdef};

#define HOSTILE (sizeof(hostile) / sizeof(hostile[0]))

/* Tails beyond our head, or before one that was already published. */
static void test_producer_refuses_impossible_tails(void **state)
{
    static uint8_t bytes[SIZE];

    (void)state;
    for (unsigned i = 0; i < HOSTILE; i++) {
        setup(state);
        *tail = hostile[i];
        assert_int_equal(bh_ring_write(&producer, bytes, SIZE), SIZE);
        *tail = hostile[i];
        assert_int_equal(bh_ring_write(&producer, bytes, SIZE),
                         hostile[i] <= SIZE ? hostile[i] : 0);
        assert_canaries();
        assert_counter_pages_untouched();
    }
    setup(state);
    bh_ring_write(&producer, bytes, SIZE);
    *tail = 100;
    assert_int_equal(bh_ring_write(&producer, bytes, 60), 60);
    *tail = 50; /* going back would make the 50 bytes in between "free" twice */
    assert_int_equal(bh_ring_write(&producer, bytes, SIZE), 40);
}

/* Heads more than the size ahead of our tail, or before one that was already published. */
static void test_consumer_refuses_impossible_heads(void **state)
{
    static uint8_t bytes[2 * SIZE];

    (void)state;
    for (unsigned i = 0; i < HOSTILE; i++) {
        setup(state);
        *head = hostile[i];
        assert_int_equal(bh_ring_read(&consumer, bytes, sizeof(bytes)),
                         hostile[i] <= SIZE ? hostile[i] : 0);
        assert_canaries();
        assert_counter_pages_untouched();
    }
    setup(state);
    *head = 100;
    assert_int_equal(bh_ring_read(&consumer, bytes, 60), 60);
    *head = 70;
    assert_int_equal(bh_ring_read(&consumer, bytes, 60), 40);
    *head = 50;
    assert_int_equal(bh_ring_read(&consumer, bytes, 60), 0);
}

/* A peer that writes over our own counter (it cannot: the page is read-only for it) changes
 * nothing, because the counter is never read back. */
static void test_own_counter_is_never_read_back(void **state)
{
    char text[4] = "";

    (void)state;
    bh_ring_write(&producer, "abc", 3);
    *head = 77;
    bh_ring_write(&producer, "d", 1);
    assert_int_equal(*head, 4);
    assert_int_equal(bh_ring_read(&consumer, text, 4), 4);
    assert_memory_equal(text, "abcd", 4);
}

static void test_random_hostile_peer(void **state)
{
    static uint8_t bytes[SIZE];

    (void)state;
    srand(3);
    for (int round = 0; round < 100000; round++) {
        uint64_t value = ((uint64_t)rand() << 40) ^ (uint64_t)rand();

        if (rand() % 4)
            value = producer.own + (uint64_t)rand() % (3 * SIZE) - SIZE;
        *(rand() % 2 ? head : tail) = value;
        assert_true(bh_ring_write(&producer, bytes, (uint64_t)rand() % SIZE) <= SIZE);
        assert_true(bh_ring_read(&consumer, bytes, (uint64_t)rand() % SIZE) <= SIZE);
    }
    assert_canaries();
    assert_counter_pages_untouched();
}

#define STREAM 2000000u

static void *produce(void *unused)
{
    (void)unused;
    for (uint32_t i = 0; i < STREAM;) {
        uint8_t byte = (uint8_t)(i * 13 / 5);

        i += (uint32_t)bh_ring_write(&producer, &byte, 1);
    }
    return NULL;
}

static void test_two_threads(void **state)
{
    pthread_t thread;
    uint8_t bytes[256];

    (void)state;
    assert_int_equal(pthread_create(&thread, NULL, produce, NULL), 0);
    for (uint32_t i = 0; i < STREAM;) {
        uint64_t count = bh_ring_read(&consumer, bytes, sizeof(bytes));

        for (uint64_t k = 0; k < count; k++, i++)
            assert_int_equal(bytes[k], (uint8_t)(i * 13 / 5));
    }
    pthread_join(thread, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_bytes_arrive_in_order, setup),
        cmocka_unit_test_setup(test_a_full_ring_takes_no_more, setup),
        cmocka_unit_test_setup(test_wrap, setup),
        cmocka_unit_test(test_a_size_that_is_no_power_of_two),
        cmocka_unit_test_setup(test_producer_refuses_impossible_tails, setup),
        cmocka_unit_test_setup(test_consumer_refuses_impossible_heads, setup),
        cmocka_unit_test_setup(test_own_counter_is_never_read_back, setup),
        cmocka_unit_test_setup(test_random_hostile_peer, setup),
        cmocka_unit_test_setup(test_two_threads, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
