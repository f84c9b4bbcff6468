/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the cache of shadow spaces. */
#include "tests/unit/vmm/fixture.h"
#include "vmm/pv/kernel.h"
#include "vmm/pv/shadow.h"

#define ASCE(n) (UINT64_C(0x100000) * (n) + ASCE_TYPE_REGION3 + ASCE_LENGTH_FULL)

static void map(uint32_t number, uint64_t page_number)
{
    kernel_words[0] = page_number * 4096u;
    assert_int_equal(shadow_map(number, page_number, 1), BH_E_OK);
}

static void one_space_for_one_asce(void **state)
{
    uint32_t a = shadow_find(ASCE(1)), b = shadow_find(ASCE(2));

    (void)state;
    assert_int_not_equal(a, b);
    assert_int_equal(shadow_find(ASCE(1)), a);
    assert_int_equal(shadow_find(ASCE(2)), b);
    assert_int_equal(kernel_resets, 2);
}

/* Where a guest's own space is free of low-address protection, so is its shadow. */
static void private_spaces_are_others(void **state)
{
    uint32_t shared = shadow_find(ASCE(1)), private = shadow_find(ASCE(1) | ASCE_PRIVATE);

    (void)state;
    assert_int_not_equal(shared, private);
    assert_int_equal(kernel_type[private], kernel_type[shared] | BH_SPACE_PRIVATE);
    assert_int_equal(kernel_type[shadow_find(SHADOW_REAL)] & BH_SPACE_PRIVATE, 0);
}

static void bits_that_mean_nothing_here_make_no_other_space(void **state)
{
    uint32_t a = shadow_find(ASCE(1));

    (void)state;
    assert_int_equal(shadow_find(ASCE(1) | ASCE_ALTERATION | ASCE_SWITCH_EVENT | ASCE_SUBSPACE), a);
    assert_int_not_equal(shadow_find(ASCE(1) | ASCE_PRIVATE), a);
    assert_int_not_equal(shadow_find(ASCE(1) - ASCE_LENGTH_FULL), a);
}

static void types_of_top_tables(void **state)
{
    (void)state;
    assert_int_equal(kernel_type[shadow_find(0x1000)], 0);
    assert_int_equal(kernel_type[shadow_find(0x1000 + ASCE_TYPE_REGION3)], 1);
    assert_int_equal(kernel_type[shadow_find(0x1000 + ASCE_TYPE_REGION2)], 2);
    assert_int_equal(kernel_type[shadow_find(0x1000 + ASCE_TYPE_REGION1)], 3);
    assert_int_equal(kernel_type[shadow_find(0x1000 + ASCE_REAL_SPACE)], 3);
    assert_int_equal(kernel_type[shadow_find(SHADOW_REAL)], 0);
    guest_size = UINT64_C(0x80100000);
    shadow_reset();
    assert_int_equal(kernel_type[shadow_find(SHADOW_REAL)], 1);
}

static void purge_empties_when_used_again(void **state)
{
    uint32_t a = shadow_find(ASCE(1));
    uint32_t generation = shadow_generation;

    (void)state;
    map(a, 5);
    shadow_purge_virtual();
    assert_int_not_equal(shadow_generation, generation);
    assert_int_equal(kernel_resets, 1); /* nothing happens for a space that nobody uses */
    assert_int_equal(shadow_find(ASCE(1)), a);
    assert_int_equal(kernel_resets, 2);
    assert_int_equal(kernel_word(a, 5), BH_WORD_INVALID);
    shadow_find(ASCE(1));
    assert_int_equal(kernel_resets, 2);
}

static void real_space_survives_virtual_purges(void **state)
{
    uint32_t real = shadow_find(SHADOW_REAL);

    (void)state;
    shadow_purge_virtual();
    shadow_purge_origin(SHADOW_REAL);
    assert_int_equal(shadow_find(SHADOW_REAL), real);
    assert_int_equal(kernel_resets, 1);
    shadow_reset(); /* but not a new prefix */
    shadow_find(SHADOW_REAL);
    assert_int_equal(kernel_resets, 2);
}

static void purge_by_origin_spares_others(void **state)
{
    uint32_t a = shadow_find(ASCE(1)), b = shadow_find(ASCE(2));

    (void)state;
    map(a, 5);
    map(b, 5);
    shadow_purge_origin(ASCE(1) & ~UINT64_C(0xfff)); /* whatever the low bits say */
    shadow_find(ASCE(1));
    shadow_find(ASCE(2));
    assert_int_equal(kernel_word(a, 5), BH_WORD_INVALID);
    assert_int_equal(kernel_word(b, 5), 0x5000);
}

static void purge_of_a_page_in_every_space(void **state)
{
    uint32_t a = shadow_find(ASCE(1)), b = shadow_find(ASCE(2)), real = shadow_find(SHADOW_REAL);

    (void)state;
    map(a, 5);
    map(a, 6);
    map(b, 5);
    map(real, 5);
    shadow_purge_page(5);
    assert_int_equal(kernel_word(a, 5), BH_WORD_INVALID);
    assert_int_equal(kernel_word(b, 5), BH_WORD_INVALID);
    assert_int_equal(kernel_word(a, 6), 0x6000);
    assert_int_equal(kernel_word(real, 5), 0x5000);
}

static void least_recently_used_space_is_given_up(void **state)
{
    uint32_t i, generation;

    (void)state;
    for (i = 0; i < BH_VCPU_SPACES; i++)
        shadow_find(ASCE(i + 1));
    shadow_find(ASCE(1));
    generation = shadow_generation;
    shadow_find(ASCE(100)); /* takes the place of 2 */
    assert_int_not_equal(shadow_generation, generation);
    kernel_resets = 0;
    shadow_find(ASCE(1));
    for (i = 2; i < BH_VCPU_SPACES; i++)
        shadow_find(ASCE(i + 1));
    assert_int_equal(kernel_resets, 0);
    shadow_find(ASCE(2));
    assert_int_equal(kernel_resets, 1);
}

static void tables_run_out(void **state)
{
    uint32_t a, b, c;

    (void)state;
    kernel_tables = 5;
    a = shadow_find(ASCE(1));
    map(a, 0);
    b = shadow_find(ASCE(2));
    map(b, 0);
    c = shadow_find(ASCE(3));
    map(c, 0); /* 1 makes room */
    assert_int_equal(kernel_word(a, 0), BH_WORD_INVALID);
    assert_int_equal(kernel_word(b, 0), 0);
    assert_int_equal(kernel_word(c, 0), 0);
    assert_false(shadow_failed());
}

static void tables_run_out_for_a_single_space(void **state)
{
    uint32_t a;

    (void)state;
    kernel_tables = 2;
    a = shadow_find(ASCE(1));
    map(a, 0);
    map(a, 0x100); /* itself makes room */
    assert_int_equal(kernel_word(a, 0), BH_WORD_INVALID);
    assert_int_equal(kernel_word(a, 0x100), 0x100000);
}

/* Last: the failure is remembered. */
static void refusals_end_the_guest(void **state)
{
    uint32_t a = shadow_find(ASCE(1));

    (void)state;
    assert_false(shadow_failed());
    kernel_refusal = BH_E_BOUND;
    kernel_words[0] = 0;
    assert_int_equal(shadow_map(a, 0, 1), BH_E_BOUND);
    assert_true(shadow_failed());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(one_space_for_one_asce, fixture_start),
        cmocka_unit_test_setup(private_spaces_are_others, fixture_start),
        cmocka_unit_test_setup(bits_that_mean_nothing_here_make_no_other_space, fixture_start),
        cmocka_unit_test_setup(types_of_top_tables, fixture_start),
        cmocka_unit_test_setup(purge_empties_when_used_again, fixture_start),
        cmocka_unit_test_setup(real_space_survives_virtual_purges, fixture_start),
        cmocka_unit_test_setup(purge_by_origin_spares_others, fixture_start),
        cmocka_unit_test_setup(purge_of_a_page_in_every_space, fixture_start),
        cmocka_unit_test_setup(least_recently_used_space_is_given_up, fixture_start),
        cmocka_unit_test_setup(tables_run_out, fixture_start),
        cmocka_unit_test_setup(tables_run_out_for_a_single_space, fixture_start),
        cmocka_unit_test_setup(refusals_end_the_guest, fixture_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
