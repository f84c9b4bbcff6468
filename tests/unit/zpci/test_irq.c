/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: adapter interruptions: function information block, extents, vectors. */
#include "tests/unit/zpci/machine.h"

#include "libs/zformats/bits.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"

static const struct irq_registration good = {.vector = 0x20000,
                                             .summary = 0x21008,
                                             .count = 5,
                                             .vector_bit = 0x2a,
                                             .summary_bit = 0x3f,
                                             .isc = 6};
static uint8_t fib[FIB_SIZE];
static uint64_t vector[IRQ_VECTOR_BYTES / 8 + 1];

static int clear(void **state)
{
    (void)state;
    memset(fib, 0xee, sizeof(fib));
    memset(vector, 0, sizeof(vector));
    return 0;
}

static void registration_has_the_known_bytes(void **state)
{
    struct irq_registration parsed;
    uint8_t expected[FIB_SIZE] = {0};

    (void)state;
    be32_put(expected + 40, 0x60052abf);
    be64_put(expected + 48, 0x20000);
    be64_put(expected + 56, 0x21008);
    assert_int_equal(irq_fib_register(fib, &good), ZPCI_OK);
    assert_memory_equal(fib, expected, sizeof(fib));
    assert_int_equal(irq_fib_parse(fib, &parsed), 1);
    assert_true(parsed.vector == good.vector && parsed.summary == good.summary);
    assert_int_equal(parsed.count, 5);
    assert_int_equal(parsed.vector_bit, 0x2a);
    assert_int_equal(parsed.summary_bit, 0x3f);
    assert_int_equal(parsed.isc, 6);
    fib[43] &= 0x7f;
    assert_int_equal(irq_fib_parse(fib, &parsed), 0);
}

static void largest_fields_are_accepted(void **state)
{
    struct irq_registration irq = {
        .vector = 8, .summary = 8, .count = 0xfff, .vector_bit = 63, .summary_bit = 63, .isc = 7};

    (void)state;
    assert_int_equal(irq_fib_register(fib, &irq), ZPCI_OK);
    assert_true(be32_get(fib + FIB_INT) == 0x7fff3fbf);
}

static void refused(struct irq_registration irq)
{
    uint8_t before[FIB_SIZE];

    memcpy(before, fib, sizeof(fib));
    assert_int_equal(irq_fib_register(fib, &irq), ZPCI_E_RANGE);
    assert_memory_equal(fib, before, sizeof(fib));
}

static void fields_outside_their_range_are_refused(void **state)
{
    struct irq_registration irq;

    (void)state;
    irq = good, irq.isc = 8, refused(irq);
    irq = good, irq.count = 0, refused(irq);
    irq = good, irq.count = 0x1000, refused(irq);
    irq = good, irq.vector_bit = 64, refused(irq);
    irq = good, irq.summary_bit = 64, refused(irq);
    irq = good, irq.vector = 0, refused(irq);
    irq = good, irq.summary = 0, refused(irq); /* would be written at absolute address 0 */
    irq = good, irq.vector += 4, refused(irq);
    irq = good, irq.summary += 1, refused(irq);
}

static void vector_occupies_264_bytes_whatever_was_registered(void **state)
{
    struct irq_registration irq = good;

    (void)state;
    assert_int_equal(IRQ_VECTOR_BYTES, ((2047 + 63) / 64 + 1) * 8);
    irq.count = 1;
    irq.vector = 0x10000 - IRQ_VECTOR_BYTES;
    irq.summary = 0x10000 - 8;
    assert_true(irq_registration_inside(&irq, 0, 0x10000));
    irq.vector += 8;
    assert_false(irq_registration_inside(&irq, 0, 0x10000));
    irq.vector -= 8;
    irq.summary += 8;
    assert_false(irq_registration_inside(&irq, 0, 0x10000));
}

static void extents_at_the_ends_of_the_address_space(void **state)
{
    (void)state;
    assert_true(irq_extent_ok(0x1000, 0x1000, 0x1000, 0x1000));
    assert_false(irq_extent_ok(0xfff, 1, 0x1000, 0x1000));
    assert_false(irq_extent_ok(0x1000, 0x1001, 0x1000, 0x1000));
    assert_false(irq_extent_ok(UINT64_MAX - 7, 264, 0x1000, UINT64_MAX - 0x1000));
    assert_true(irq_extent_ok(UINT64_MAX - 263, 263, 0, UINT64_MAX));
    assert_false(irq_extent_ok(UINT64_MAX - 261, 263, 0, UINT64_MAX));
}

static void take_returns_and_clears(void **state)
{
    (void)state;
    assert_int_equal(irq_set((uint8_t *)vector, 0), 0);
    assert_int_equal(irq_set((uint8_t *)vector, 0), 1);
    assert_int_equal(irq_set((uint8_t *)vector, 63), 0);
    assert_int_equal(((uint8_t *)vector)[0], 0x80);
    assert_int_equal(((uint8_t *)vector)[7], 0x01);
    assert_true(irq_take(vector) == UINT64_C(0x8000000000000001));
    assert_true(irq_take(vector) == 0);
    assert_int_equal(irq_first(UINT64_C(0x8000000000000000)), 0);
    assert_int_equal(irq_first(1), 63);
    assert_int_equal(irq_first(0), 64);
}

static void scan_finds_each_vector_once_in_order(void **state)
{
    struct irq_scan scan;
    uint32_t number;
    static const uint32_t pending[] = {0, 1, 21, 22, 86, 87, 2047};

    (void)state;
    for (size_t i = 0; i < 7; i++)
        irq_set((uint8_t *)vector, 42 + pending[i]);
    irq_scan_start(&scan, vector, 42, 2048);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(irq_scan_next(&scan, &number), 1);
        assert_int_equal(number, pending[i]);
    }
    assert_int_equal(irq_scan_next(&scan, &number), 0);
    for (size_t i = 0; i < IRQ_VECTOR_BYTES / 8; i++)
        assert_true(vector[i] == 0);
}

/* A device can send any vector; those that were not asked for are dropped, not reported. */
static void stray_vectors_are_dropped(void **state)
{
    struct irq_scan scan;
    uint32_t number;

    (void)state;
    irq_set((uint8_t *)vector, 3);  /* before the offset */
    irq_set((uint8_t *)vector, 8);  /* vector 0 */
    irq_set((uint8_t *)vector, 11); /* vector 3, not below 3 */
    irq_scan_start(&scan, vector, 8, 3);
    assert_int_equal(irq_scan_next(&scan, &number), 1);
    assert_int_equal(number, 0);
    assert_int_equal(irq_scan_next(&scan, &number), 0);
    assert_true(vector[0] == 0);
}

static void scan_stays_inside_the_vector(void **state)
{
    struct irq_scan scan;
    uint32_t number;

    (void)state;
    vector[IRQ_VECTOR_BYTES / 8] = UINT64_MAX;
    irq_scan_start(&scan, vector, 63, 4095);
    assert_int_equal(irq_scan_next(&scan, &number), 0);
    assert_true(vector[IRQ_VECTOR_BYTES / 8] == UINT64_MAX);
    /* Exactly one doubleword: the next one belongs to somebody else. */
    vector[1] = UINT64_MAX;
    irq_scan_start(&scan, vector, 0, 64);
    assert_int_equal(irq_scan_next(&scan, &number), 0);
    assert_true(vector[1] == UINT64_MAX);
    irq_scan_start(&scan, vector, 0, 0);
    assert_int_equal(irq_scan_next(&scan, &number), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(registration_has_the_known_bytes, clear),
        cmocka_unit_test_setup(largest_fields_are_accepted, clear),
        cmocka_unit_test_setup(fields_outside_their_range_are_refused, clear),
        cmocka_unit_test_setup(vector_occupies_264_bytes_whatever_was_registered, clear),
        cmocka_unit_test_setup(extents_at_the_ends_of_the_address_space, clear),
        cmocka_unit_test_setup(take_returns_and_clears, clear),
        cmocka_unit_test_setup(scan_finds_each_vector_once_in_order, clear),
        cmocka_unit_test_setup(stray_vectors_are_dropped, clear),
        cmocka_unit_test_setup(scan_stays_inside_the_vector, clear),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
