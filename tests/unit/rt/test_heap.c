/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the fixed heap of processes: alignment, no overlap, reuse, and refused frees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "libs/rt/heap.h"

#define HEAP 65536

static _Alignas(4096) uint8_t memory[HEAP];
static struct bh_heap heap;

static int setup(void **state)
{
    (void)state;
    memset(memory, 0xa5, sizeof(memory));
    bh_heap_init(&heap, memory, sizeof(memory));
    return 0;
}

static void test_blocks_are_aligned_and_inside(void **state)
{
    (void)state;
    for (size_t align = 1; align <= 4096; align *= 2) {
        uint8_t *block = bh_heap_allocate(&heap, 100, align);

        assert_non_null(block);
        assert_int_equal((uintptr_t)block % align, 0);
        assert_int_equal((uintptr_t)block % BH_HEAP_ALIGN, 0);
        assert_true(block >= memory && block + 100 <= memory + HEAP);
    }
}

static void test_everything_comes_back(void **state)
{
    void *a, *b, *c, *all;
    size_t most = HEAP - BH_HEAP_ALIGN;

    (void)state;
    assert_null(bh_heap_allocate(&heap, most + 1, 1));
    all = bh_heap_allocate(&heap, most, 1);
    assert_non_null(all);
    assert_null(bh_heap_allocate(&heap, 0, 1));
    assert_int_equal(bh_heap_free(&heap, all), 0);
    a = bh_heap_allocate(&heap, 1000, 1);
    b = bh_heap_allocate(&heap, 1000, 512);
    c = bh_heap_allocate(&heap, 1000, 1);
    assert_int_equal(bh_heap_free(&heap, b), 0);
    assert_int_equal(bh_heap_free(&heap, a), 0);
    assert_int_equal(bh_heap_free(&heap, c), 0);
    assert_ptr_equal(bh_heap_allocate(&heap, most, 1), all);
}

static void test_empty_blocks_are_distinct(void **state)
{
    void *a = bh_heap_allocate(&heap, 0, 1);
    void *b = bh_heap_allocate(&heap, 0, 1);

    (void)state;
    assert_non_null(a);
    assert_non_null(b);
    assert_ptr_not_equal(a, b);
    assert_int_equal(bh_heap_free(&heap, a), 0);
    assert_int_equal(bh_heap_free(&heap, b), 0);
}

static void test_double_free_is_refused(void **state)
{
    void *a = bh_heap_allocate(&heap, 64, 1);
    void *b = bh_heap_allocate(&heap, 64, 1);

    (void)state;
    assert_int_equal(bh_heap_free(&heap, b), 0);
    assert_int_equal(bh_heap_free(&heap, b), -1);
    assert_int_equal(bh_heap_free(&heap, a), 0);
    assert_int_equal(bh_heap_free(&heap, a), -1);
    /* The neighbours have become one block: the mark of the second must be gone. */
    assert_non_null(bh_heap_allocate(&heap, 200, 1));
    assert_int_equal(bh_heap_free(&heap, b), -1);
}

static void test_foreign_pointers_are_refused(void **state)
{
    uint8_t *block = bh_heap_allocate(&heap, 64, 1);
    uint8_t outside[64];

    (void)state;
    assert_int_equal(bh_heap_free(&heap, block + 1), -1);
    assert_int_equal(bh_heap_free(&heap, block + BH_HEAP_ALIGN), -1);
    assert_int_equal(bh_heap_free(&heap, outside + 32), -1);
    assert_int_equal(bh_heap_free(&heap, memory), -1);
    assert_int_equal(bh_heap_free(&heap, memory + HEAP + BH_HEAP_ALIGN), -1);
    assert_int_equal(bh_heap_free(&heap, NULL), -1);
}

static void test_overwritten_header_is_noticed(void **state)
{
    uint8_t *a = bh_heap_allocate(&heap, 64, 1);
    uint8_t *b = bh_heap_allocate(&heap, 64, 1);

    (void)state;
    memset(a, 0, 64 + 8); /* eight bytes too far: the size of b's block */
    assert_int_equal(bh_heap_free(&heap, b), -1);
    assert_null(bh_heap_allocate(&heap, 64, 1));
}

static void test_huge_requests_do_not_wrap(void **state)
{
    (void)state;
    assert_null(bh_heap_allocate(&heap, SIZE_MAX, 1));
    assert_null(bh_heap_allocate(&heap, SIZE_MAX - 15, 16));
    assert_null(bh_heap_allocate(&heap, 16, (size_t)1 << 63));
}

static void test_no_heap(void **state)
{
    struct bh_heap none;

    (void)state;
    bh_heap_init(&none, memory, 0);
    assert_null(bh_heap_allocate(&none, 1, 1));
    bh_heap_init(&none, memory + 1, 30);
    assert_null(bh_heap_allocate(&none, 1, 1));
}

#define SLOTS 64
#define ROUNDS 200000

/* A random program; every block is filled with its number and checked before it is freed. */
static void test_random_use(void **state)
{
    static struct {
        uint8_t *block;
        size_t size;
    } slot[SLOTS];

    (void)state;
    memset(slot, 0, sizeof(slot));
    srand(1);
    for (int round = 0; round < ROUNDS; round++) {
        unsigned i = (unsigned)rand() % SLOTS;

        if (slot[i].block) {
            for (size_t k = 0; k < slot[i].size; k++)
                assert_int_equal(slot[i].block[k], i);
            assert_int_equal(bh_heap_free(&heap, slot[i].block), 0);
            slot[i].block = NULL;
            continue;
        }
        slot[i].size = (size_t)rand() % 2000;
        slot[i].block = bh_heap_allocate(&heap, slot[i].size, (size_t)1 << rand() % 9);
        if (slot[i].block)
            memset(slot[i].block, (int)i, slot[i].size);
    }
    for (unsigned i = 0; i < SLOTS; i++)
        if (slot[i].block)
            assert_int_equal(bh_heap_free(&heap, slot[i].block), 0);
    assert_non_null(bh_heap_allocate(&heap, HEAP - BH_HEAP_ALIGN, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_blocks_are_aligned_and_inside, setup),
        cmocka_unit_test_setup(test_everything_comes_back, setup),
        cmocka_unit_test_setup(test_empty_blocks_are_distinct, setup),
        cmocka_unit_test_setup(test_double_free_is_refused, setup),
        cmocka_unit_test_setup(test_foreign_pointers_are_refused, setup),
        cmocka_unit_test_setup(test_overwritten_header_is_noticed, setup),
        cmocka_unit_test_setup(test_huge_requests_do_not_wrap, setup),
        cmocka_unit_test(test_no_heap),
        cmocka_unit_test_setup(test_random_use, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
