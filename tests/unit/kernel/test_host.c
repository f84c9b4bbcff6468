/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the fakes themselves: they notice what they are there to notice. Belongs to: test. */
#include "tests/unit/kernel/isolate.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/zpci/insn/fake_walk.h"
#include "kernel/debug/debug.h"
#include "kernel/machine.h"
#include "kernel/object/captable.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/guestspace.h"
#include "kernel/object/iospace.h"
#include "kernel/object/notification.h"
#include "kernel/object/region.h"
#include "kernel/object/space.h"
#include "kernel/sched/ready.h"
#include "tests/unit/kernel/devices.h"
#include "tests/unit/kernel/sound.h"

/* The program has a violation where the test says so, and ends well there. */
static const char *expected;

static void violated(const char *what, uint64_t value)
{
    (void)value;
    if (expected != NULL && strcmp(what, expected) == 0) {
        exit(0);
    }
}

static void expect(const char *what)
{
    expected = what;
    host.violation = violated;
}

static uint64_t address(uint64_t page)
{
    return host_frame(page) * BH_PAGE_SIZE;
}

static void test_storage_is_bytes_in_the_order_of_the_machine(void **state)
{
    (void)state;
    hw_store(address(300), 0x0102030405060708);
    assert_int_equal(host_memory[300 * BH_PAGE_SIZE], 1);
    assert_int_equal(host_memory[300 * BH_PAGE_SIZE + 7], 8);
    assert_int_equal(hw_load(address(300)), 0x0102030405060708);
    (void)hw_load(address(ALL_PAGES) - 8);
}

static void test_a_load_beyond_the_storage(void **state)
{
    (void)state;
    expect("an access leaves the storage");
    (void)hw_load(address(ALL_PAGES));
    fail();
}

static void test_a_store_before_the_storage(void **state)
{
    (void)state;
    expect("an access leaves the storage");
    hw_store(address(0) - 8, 0);
    fail();
}

static void test_an_access_that_is_not_aligned(void **state)
{
    (void)state;
    expect("an access is not on a doubleword boundary");
    (void)hw_load(address(0) + 4);
    fail();
}

static void test_a_translation_that_leaves_the_tables(void **state)
{
    (void)state;
    expect("a translation leaves the tables");
    space_root[0] = address(256) + 3;
    (void)host_access(0, 0, HOST_READ);
    fail();
}

static void test_every_table_has_its_addresses(void **state)
{
    uint64_t word;

    (void)state;
    table_leaf[LEAVES - 1] = 1;
    table_segment[0] = 2;
    table_region[5] = 3;
    guest_table[7] = 4;
    assert_int_equal(host_table_word(hw_leaf_address(LEAVES - 1), &word), 0);
    assert_int_equal(word, 1);
    assert_int_equal(host_table_word(hw_segment_address(0), &word), 0);
    assert_int_equal(word, 2);
    assert_int_equal(host_table_word(hw_region_address(5), &word), 0);
    assert_int_equal(word, 3);
    assert_int_equal(host_table_word(hw_guest_address(7), &word), 0);
    assert_int_equal(word, 4);
    assert_int_equal(host_table_word(hw_leaf_address(1) + 4, &word), -1);
    assert_int_equal(host_table_word(address(0), &word), -1);
    assert_int_equal(host_table_word(0, &word), -1);
    assert_int_equal(host_table_word(UINT64_MAX - 7, &word), -1);
}

/* The MMU uses what it has seen until the purge, and the count of stale ones tells. */
static void test_a_forgotten_purge_is_seen(void **state)
{
    struct process one;
    uint32_t s;

    (void)state;
    new_process(&one, 1);
    s = object_of(one.space);
    assert_int_equal(host_access(s, PROCESS_BASE, HOST_WRITE), address(one.page));
    table_leaf[space_leaf[s] + PROCESS_PAGE] |= ENTRY_PROTECTED;
    assert_int_equal(host_access(s, PROCESS_BASE, HOST_WRITE), address(one.page));
    assert_int_equal(host_stale(), 1);
    assert_string_equal(sound(), "a CPU translation was not purged");
    hw_purge_cpu();
    assert_int_equal(host_access(s, PROCESS_BASE, HOST_WRITE), HOST_FAULT);
    assert_int_equal(host_stale(), 0);
}

static void test_a_forgotten_rpcit_is_seen(void **state)
{
    struct process one;
    struct pci pci;
    uint64_t value;

    (void)state;
    install_devices();
    new_process(&one, 1);
    new_pci(&pci, &one, 0, ISC);
    start_dma(&pci);
    map_io(one.t, &pci, 0, BH_PAGE_SIZE);
    flush_io(one.t, &pci);
    assert_int_equal(dma_reads(&pci, 0, &value), 1);
    assert_null(machine_check());
    table_leaf[space_leaf[pci.s]] = ENTRY_INVALID;
    assert_string_equal(machine_check(), "a device's translation is outdated and no flush is owed");
    iospace_owed_from[pci.s] = 0;
    iospace_owed_to[pci.s] = 1;
    assert_null(machine_check());
}

/* Each spoils one field and expects to be told. */
static void test_predicates_see_what_is_broken(void **state)
{
    struct process one;
    uint32_t endpoint, notification;

    (void)state;
    new_process(&one, 1);
    endpoint = object_of(new_endpoint(one.partition));
    notification = object_of(new_notification(one.partition));
    assert_int_equal(debug_broken(), 0);
    ready_set[1] ^= bit_of(one.t);
    assert_int_not_equal(debug_broken(), 0);
    ready_set[1] ^= bit_of(one.t);
    endpoint_callers[endpoint] = bit_of(one.t);
    assert_int_equal(debug_broken() / 65536u, BH_ENDPOINT);
    endpoint_receivers[endpoint] = bit_of(one.t);
    assert_int_equal(debug_broken() / 65536u, BH_ENDPOINT);
    endpoint_callers[endpoint] = 0;
    assert_int_equal(debug_broken() / 65536u, BH_ENDPOINT);
    endpoint_receivers[endpoint] = 0;
    notification_waiters[notification] = bit_of(one.t);
    assert_int_equal(debug_broken() / 65536u, BH_NOTIFICATION);
    notification_word[notification] = 1;
    assert_int_equal(debug_broken() / 65536u, BH_NOTIFICATION);
    notification_waiters[notification] = 0;
    cap_type[cap_slot(5, 5)] = BH_AUDIT + 1;
    captable_count = 6;
    assert_int_equal(debug_broken() / 65536u, BH_CAPTABLE);
    cap_type[cap_slot(5, 5)] = BH_NONE;
    cap_badge[cap_slot(5, 5)] = 1;
    assert_int_equal(debug_broken() / 65536u, BH_CAPTABLE);
}

static void test_the_predicate_of_spaces_sees_law_2(void **state)
{
    struct process one;
    uint32_t s, leaf;

    (void)state;
    new_process(&one, 1);
    s = object_of(one.space);
    leaf = space_leaf[s] + 5;
    assert_int_equal(space_ok(s), 1);
    table_leaf[leaf] = address(one.page - 1);
    assert_int_equal(space_ok(s), 0);
    table_leaf[leaf] = address(one.page + PROCESS_PAGES);
    assert_int_equal(space_ok(s), 0);
    table_leaf[leaf] = address(one.page);
    assert_int_equal(space_ok(s), 1);
    window_rights[s * BH_WINDOWS] = BH_R_REGION_READ;
    assert_int_equal(space_ok(s), 0);
    window_rights[s * BH_WINDOWS] = BH_R_REGION_READ | BH_R_REGION_WRITE;
    window_first[s * BH_WINDOWS]++;
    assert_int_equal(space_ok(s), 0);
    iospace_owed_to[s] = 1;
    space_is_io[s] = 1;
    iospace_owed_from[s] = 2;
    assert_int_equal(iospace_ok(s), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kernel_test(test_storage_is_bytes_in_the_order_of_the_machine),
        kernel_test(test_a_load_beyond_the_storage),
        kernel_test(test_a_store_before_the_storage),
        kernel_test(test_an_access_that_is_not_aligned),
        kernel_test(test_a_translation_that_leaves_the_tables),
        kernel_test(test_every_table_has_its_addresses),
        kernel_test(test_a_forgotten_purge_is_seen),
        kernel_test(test_a_forgotten_rpcit_is_seen),
        kernel_test(test_predicates_see_what_is_broken),
        kernel_test(test_the_predicate_of_spaces_sees_law_2),
    };

    return cmocka_run_group_tests_name("host fakes", tests, NULL, NULL);
}
