/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: process spaces: windows, map, unmap, and that no CPU keeps what was taken away.
 * Belongs to: test. */
#include "tests/unit/kernel/methods.h"

#include "kernel/object/space.h"
#include "kernel/object/window.h"
#include "tests/unit/kernel/machine.h"
#include "tests/unit/kernel/sound.h"

#define R BH_R_REGION_READ
#define W BH_R_REGION_WRITE
#define X BH_R_REGION_EXECUTE
#define RWX (R | W | X)
#define PAGES 8u /* of the region behind window 0 */
#define AT(page) ((uint64_t)(page)*BH_PAGE_SIZE)

static uint32_t space, region, s, owner;

/* A space of 512 pages whose window 0 is pages 2 to 9 of a region of 16 pages, all rights. */
static void prepare(void)
{
    uint32_t p = new_partition();

    space = new_space(p, 512);
    s = object_of(space);
    owner = object_of(p);
    region = new_region(p, 400, 16);
    assert_invoke(OK, INIT, space, SPACE_ADD_WINDOW, region, 2, PAGES, RWX);
    assert_int_equal(result(INIT, 0), 0);
}

/* Page n of the window. */
static uint64_t frame(uint64_t n)
{
    return host_frame(402 + n);
}

static void assert_reaches(uint64_t page, enum host_how how, uint64_t n)
{
    assert_int_equal(host_access(s, AT(page) + 24, how), frame(n) * BH_PAGE_SIZE + 24);
}

static void assert_faults(uint64_t page, enum host_how how)
{
    assert_int_equal(host_access(s, AT(page) + 24, how), HOST_FAULT);
}

static void test_map_gives_exactly_the_rights(void **state)
{
    uint64_t rights;

    (void)state;
    prepare();
    for (rights = R; rights <= RWX; rights++) {
        if ((rights & R) == 0) {
            continue;
        }
        assert_invoke(OK, INIT, space, SPACE_MAP, 3, 0, 1, 1, rights);
        assert_reaches(3, HOST_READ, 1);
        if ((rights & W) != 0) {
            assert_reaches(3, HOST_WRITE, 1);
        } else {
            assert_faults(3, HOST_WRITE);
        }
        if ((rights & X) != 0) {
            assert_reaches(3, HOST_EXECUTE, 1);
        } else {
            assert_faults(3, HOST_EXECUTE);
        }
        assert_invoke(OK, INIT, space, SPACE_ENTRY, 3);
        assert_int_equal(result(INIT, 0), frame(1));
        assert_int_equal(result(INIT, 1), rights);
    }
}

/* Without the facility no entry has the bit that means it. */
static void test_map_without_execute_protection(void **state)
{
    (void)state;
    prepare();
    host.execute_protection = 0;
    assert_invoke(OK, INIT, space, SPACE_MAP, 3, 0, 1, 1, R);
    assert_int_equal(table_leaf[space_leaf[s] + 3] & ENTRY_NO_EXECUTE, 0);
    assert_reaches(3, HOST_EXECUTE, 1);
    assert_faults(3, HOST_WRITE);
}

static void test_map_many_across_page_tables(void **state)
{
    uint32_t i;

    (void)state;
    prepare();
    assert_invoke(OK, INIT, space, SPACE_MAP, 252, 0, 0, PAGES, R | W);
    for (i = 0; i < PAGES; i++) {
        assert_reaches(252 + i, HOST_WRITE, i);
    }
    assert_faults(251, HOST_READ);
    assert_faults(252 + PAGES, HOST_READ);
    assert_faults(512, HOST_READ);
    assert_faults(1 << 19, HOST_READ);
    assert_faults(UINT64_C(1) << 40, HOST_READ);
}

static void test_map_refuses(void **state)
{
    (void)state;
    prepare();
    assert_invoke(ARG, INIT, space, SPACE_MAP, 0, 0, 0, 0, R);
    assert_invoke(ARG, INIT, space, SPACE_MAP, 0, 0, 0, 257, R);
    assert_invoke(ARG, INIT, space, SPACE_MAP, 0, 0, 0, UINT64_C(0x100000001), R);
    assert_invoke(ARG, INIT, space, SPACE_MAP, 0, 0, 0, 1, 0);
    assert_invoke(ARG, INIT, space, SPACE_MAP, 0, 0, 0, 1, 8);
    assert_invoke(ARG, INIT, space, SPACE_MAP, 0, 0, 0, 1, UINT64_C(0x100000001));
    assert_invoke(RANGE, INIT, space, SPACE_MAP, 512, 0, 0, 1, R);
    assert_invoke(RANGE, INIT, space, SPACE_MAP, 511, 0, 0, 2, R);
    assert_invoke(RANGE, INIT, space, SPACE_MAP, UINT64_MAX, 0, 0, 2, R);
    assert_invoke(RANGE, INIT, space, SPACE_MAP, UINT64_C(0x100000000), 0, 0, 1, R);
    assert_invoke(BOUND, INIT, space, SPACE_MAP, 0, 0, PAGES, 1, R);
    assert_invoke(BOUND, INIT, space, SPACE_MAP, 0, 0, PAGES - 1, 2, R);
    assert_invoke(BOUND, INIT, space, SPACE_MAP, 0, 0, UINT64_MAX, 1, R);
    assert_invoke(BOUND, INIT, space, SPACE_MAP, 0, 0, UINT64_MAX, 2, R);
    assert_invoke(BOUND, INIT, space, SPACE_MAP, 0, 0, UINT64_MAX - 1, 2, R);
    assert_invoke(BOUND, INIT, space, SPACE_MAP, 0, 0, -PAGES, PAGES, R);
    assert_invoke(BOUND, INIT, space, SPACE_MAP, 0, 1, 0, 1, R);
    assert_invoke(BOUND, INIT, space, SPACE_MAP, 0, 4, 0, 1, R);
    assert_invoke(BOUND, INIT, space, SPACE_MAP, 0, UINT64_C(0x100000000), 0, 1, R);
    assert_invoke(OK, INIT, space, SPACE_ENTRY, 0);
    assert_int_equal(result(INIT, 1), 0);
}

static void test_map_within_the_rights_of_the_window(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, INIT, space, SPACE_ADD_WINDOW, region, 0, 2, R);
    assert_invoke(BOUND, INIT, space, SPACE_MAP, 0, 1, 0, 1, R | W);
    assert_invoke(BOUND, INIT, space, SPACE_MAP, 0, 1, 0, 1, R | X);
    assert_invoke(OK, INIT, space, SPACE_MAP, 0, 1, 0, 1, R);
}

/* No entry can be written or executed but not read: such a mapping or window is no subset. */
static void test_rights_without_reading_do_not_exist(void **state)
{
    (void)state;
    prepare();
    assert_invoke(ARG, INIT, space, SPACE_MAP, 0, 0, 0, 1, W);
    assert_invoke(ARG, INIT, space, SPACE_MAP, 0, 0, 0, 1, X);
    assert_invoke(ARG, INIT, space, SPACE_ADD_WINDOW, region, 0, 1, W);
    assert_invoke(ARG, INIT, space, SPACE_ADD_WINDOW, region, 0, 1, X);
}

/* Every way to weaken an entry that a CPU has used: the next access must see it. */
static void test_no_cpu_keeps_what_was_taken_away(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, INIT, space, SPACE_MAP, 5, 0, 1, 1, RWX);
    assert_reaches(5, HOST_WRITE, 1);
    assert_invoke(OK, INIT, space, SPACE_MAP, 5, 0, 1, 1, R | X);
    assert_faults(5, HOST_WRITE);
    assert_reaches(5, HOST_EXECUTE, 1);
    assert_invoke(OK, INIT, space, SPACE_MAP, 5, 0, 1, 1, R);
    assert_faults(5, HOST_EXECUTE);
    assert_reaches(5, HOST_READ, 1);
    assert_invoke(OK, INIT, space, SPACE_MAP, 5, 0, 2, 1, R);
    assert_reaches(5, HOST_READ, 2);
    assert_invoke(OK, INIT, space, SPACE_UNMAP, 5, 1);
    assert_faults(5, HOST_READ);
    assert_invoke(OK, INIT, space, SPACE_MAP, 5, 0, 1, 1, RWX);
    assert_reaches(5, HOST_WRITE, 1);
    assert_invoke(OK, INIT, space, SPACE_DROP_WINDOW, 0);
    assert_faults(5, HOST_READ);
}

static void test_unmap(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, INIT, space, SPACE_MAP, 0, 0, 0, PAGES, R);
    assert_invoke(OK, INIT, space, SPACE_UNMAP, 2, 3);
    assert_reaches(1, HOST_READ, 1);
    assert_faults(2, HOST_READ);
    assert_faults(4, HOST_READ);
    assert_reaches(5, HOST_READ, 5);
    assert_invoke(ARG, INIT, space, SPACE_UNMAP, 0, 0);
    assert_invoke(ARG, INIT, space, SPACE_UNMAP, 0, 257);
    assert_invoke(RANGE, INIT, space, SPACE_UNMAP, 512, 1);
    assert_invoke(RANGE, INIT, space, SPACE_UNMAP, 510, 3);
    assert_invoke(RANGE, INIT, space, SPACE_UNMAP, UINT64_MAX - 1, 3);
    assert_invoke(OK, INIT, space, SPACE_UNMAP, 256, 256);
}

static void test_windows_are_for_the_time_before_seal(void **state)
{
    (void)state;
    prepare();
    seal();
    assert_invoke(SEALED, INIT, space, SPACE_ADD_WINDOW, region, 0, 1, R);
    assert_invoke(SEALED, INIT, space, SPACE_DROP_WINDOW, 0);
    assert_invoke(OK, INIT, space, SPACE_MAP, 0, 0, 0, 1, RWX);
    assert_invoke(OK, INIT, space, SPACE_UNMAP, 0, 1);
}

static void test_add_window_refuses(void **state)
{
    uint32_t read_only;

    (void)state;
    prepare();
    read_only = free_slot();
    assert_invoke(OK, INIT, BH_INIT_CAPTABLE, CAPTABLE_GRANT, read_only, region, R, 0);
    assert_invoke(ARG, INIT, space, SPACE_ADD_WINDOW, region, 0, 1, 0);
    assert_invoke(ARG, INIT, space, SPACE_ADD_WINDOW, region, 0, 1, 8);
    assert_invoke(ARG, INIT, space, SPACE_ADD_WINDOW, region, 0, 1, UINT64_C(0x100000001));
    assert_invoke(BOUND, INIT, space, SPACE_ADD_WINDOW, region, 0, 0, R);
    assert_invoke(BOUND, INIT, space, SPACE_ADD_WINDOW, region, 16, 1, R);
    assert_invoke(BOUND, INIT, space, SPACE_ADD_WINDOW, region, 15, 2, R);
    assert_invoke(BOUND, INIT, space, SPACE_ADD_WINDOW, region, UINT64_MAX, 2, R);
    assert_invoke(BOUND, INIT, space, SPACE_ADD_WINDOW, region, 1, UINT64_MAX, R);
    assert_invoke(BOUND, INIT, space, SPACE_ADD_WINDOW, read_only, 0, 1, R | W);
    assert_invoke(BOUND, INIT, space, SPACE_ADD_WINDOW, read_only, 0, 1, R | X);
    assert_invoke(OK, INIT, space, SPACE_ADD_WINDOW, read_only, 0, 16, R);
    assert_int_equal(result(INIT, 0), 1);
}

static void test_a_space_has_four_windows(void **state)
{
    uint32_t i;

    (void)state;
    prepare();
    for (i = 1; i < BH_WINDOWS; i++) {
        assert_invoke(OK, INIT, space, SPACE_ADD_WINDOW, region, i, 1, R);
        assert_int_equal(result(INIT, 0), i);
    }
    assert_invoke(FULL, INIT, space, SPACE_ADD_WINDOW, region, 0, 1, R);
    assert_invoke(OK, INIT, space, SPACE_DROP_WINDOW, 2);
    assert_invoke(OK, INIT, space, SPACE_ADD_WINDOW, region, 0, 1, R);
    assert_int_equal(result(INIT, 0), 2);
}

static void test_drop_window_unmaps_its_entries_alone(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, INIT, space, SPACE_ADD_WINDOW, region, 10, 2, R);
    assert_invoke(OK, INIT, space, SPACE_MAP, 0, 0, 0, PAGES, R);
    assert_invoke(OK, INIT, space, SPACE_MAP, 300, 1, 0, 2, R);
    assert_reaches(300, HOST_READ, 8);
    assert_invoke(OK, INIT, space, SPACE_DROP_WINDOW, 0);
    assert_faults(0, HOST_READ);
    assert_faults(PAGES - 1, HOST_READ);
    assert_reaches(300, HOST_READ, 8);
    assert_reaches(301, HOST_READ, 9);
    assert_invoke(ARG, INIT, space, SPACE_DROP_WINDOW, 0);
    assert_invoke(ARG, INIT, space, SPACE_DROP_WINDOW, 4);
    assert_invoke(ARG, INIT, space, SPACE_DROP_WINDOW, 5);
    assert_invoke(ARG, INIT, space, SPACE_DROP_WINDOW, UINT64_C(0x100000001));
    assert_invoke(BOUND, INIT, space, SPACE_MAP, 0, 0, 0, 1, R);
}

/* A space in which the same pages are nobody's message buffer. */
static uint32_t space_of_another(const struct process *process)
{
    uint32_t slot = new_space(process->partition, BH_BATCH);

    assert_invoke(OK, INIT, slot, SPACE_ADD_WINDOW, process->region, 0, PROCESS_PAGES, R | W);
    return slot;
}

/* What the kernel reads and writes through stays mapped. */
static void test_a_window_in_use_is_not_dropped(void **state)
{
    struct process one;
    uint32_t vcpu;

    (void)state;
    new_process(&one, 1);
    assert_invoke(OK, INIT, one.space, SPACE_ADD_WINDOW, one.region, 1, 1, R | W);
    assert_invoke(OK, INIT, one.space, SPACE_ADD_WINDOW, one.region, 2, 2, R | W);
    assert_invoke(STATE, INIT, one.space, SPACE_DROP_WINDOW, 0);
    vcpu = new_vcpu(&one, 1, 1);
    assert_int_equal(object_of(vcpu), 0);
    assert_invoke(STATE, INIT, one.space, SPACE_DROP_WINDOW, 1);
    assert_invoke(OK, INIT, one.space, SPACE_DROP_WINDOW, 2);
    assert_invoke(OK, INIT, space_of_another(&one), SPACE_DROP_WINDOW, 0);
}

static void test_inspect(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, INIT, space, SPACE_INSPECT, 0);
    assert_int_equal(result(INIT, 0), object_of(region));
    assert_int_equal(result(INIT, 1), frame(0));
    assert_int_equal(result(INIT, 2), PAGES);
    assert_int_equal(result(INIT, 3), RWX);
    assert_invoke(OK, INIT, space, SPACE_INSPECT, 3);
    assert_int_equal(result(INIT, 2), 0);
    assert_invoke(OK, INIT, space, SPACE_INSPECT, 4);
    assert_int_equal(result(INIT, 0), 512);
    assert_int_equal(result(INIT, 1), owner);
    assert_invoke(ARG, INIT, space, SPACE_INSPECT, 5);
    assert_invoke(ARG, INIT, space, SPACE_INSPECT, UINT64_C(0x100000000));
}

static void test_entry(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, INIT, space, SPACE_ENTRY, 511);
    assert_int_equal(result(INIT, 0), 0);
    assert_int_equal(result(INIT, 1), 0);
    assert_invoke(RANGE, INIT, space, SPACE_ENTRY, 512);
    assert_invoke(RANGE, INIT, space, SPACE_ENTRY, UINT64_MAX);
}

const struct CMUnitTest methods_space[] = {
    kernel_test(test_map_gives_exactly_the_rights),
    kernel_test(test_map_without_execute_protection),
    kernel_test(test_map_many_across_page_tables),
    kernel_test(test_map_refuses),
    kernel_test(test_map_within_the_rights_of_the_window),
    kernel_test(test_rights_without_reading_do_not_exist),
    kernel_test(test_no_cpu_keeps_what_was_taken_away),
    kernel_test(test_unmap),
    kernel_test(test_windows_are_for_the_time_before_seal),
    kernel_test(test_add_window_refuses),
    kernel_test(test_a_space_has_four_windows),
    kernel_test(test_drop_window_unmaps_its_entries_alone),
    kernel_test(test_a_window_in_use_is_not_dropped),
    kernel_test(test_inspect),
    kernel_test(test_entry),
    kernel_tests_end,
};
