/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: what exists before the first process runs, and images that cannot be used.
 * Belongs to: test. */
#include "tests/unit/kernel/isolate.h"

#include <string.h>

#include "kernel/boot/boot.h"
#include "kernel/object/captable.h"
#include "kernel/object/create.h"
#include "kernel/object/portal.h"
#include "kernel/object/region.h"
#include "kernel/object/space.h"
#include "libs/abi/init_image.h"
#include "tests/unit/kernel/machine.h"

static void assert_page(uint64_t page, uint64_t frame, uint64_t rights)
{
    assert_invoke(OK, INIT, BH_INIT_SPACE, SPACE_ENTRY, page);
    assert_int_equal(result(INIT, 0), frame);
    assert_int_equal(result(INIT, 1), rights);
}

static void test_init_is_mapped_by_sections(void **state)
{
    uint64_t base = BH_INIT_BASE / BH_PAGE_SIZE;
    uint64_t i;

    (void)state;
    assert_page(base - 1, 0, 0);
    for (i = 0; i < 2; i++) {
        assert_page(base + i, host_frame(IMAGE_PAGE + i), BH_R_REGION_READ | BH_R_REGION_EXECUTE);
    }
    assert_page(base + 2, host_frame(IMAGE_PAGE + 2), BH_R_REGION_READ);
    for (i = 3; i < 8; i++) {
        assert_page(base + i, host_frame(IMAGE_PAGE + i), BH_R_REGION_READ | BH_R_REGION_WRITE);
    }
    assert_page(base + 8, 0, 0);
}

static void test_the_bundle_is_mapped_read_only(void **state)
{
    uint64_t base = BH_BUNDLE_BASE / BH_PAGE_SIZE;
    uint64_t i;

    (void)state;
    for (i = 0; i < 3; i++) {
        assert_page(base + i, host_frame(BUNDLE_PAGE + i), BH_R_REGION_READ);
    }
    assert_page(base + 3, 0, 0);
    assert_invoke(BOUND, INIT, BH_INIT_SPACE, SPACE_MAP, base, 1, 0, 1,
                  BH_R_REGION_READ | BH_R_REGION_WRITE);
}

static void test_init_begins_with_its_registers(void **state)
{
    (void)state;
    assert_int_equal(psw_address_of(INIT), BH_INIT_BASE + 64);
    assert_int_equal(gr(INIT, 2), BH_BUNDLE_BASE);
    assert_int_equal(gr(INIT, 3), BUNDLE_BYTES);
    assert_int_equal(gr(INIT, 4), host_frame(ALL_PAGES) * BH_PAGE_SIZE);
    assert_int_equal(gr(INIT, 5), host_frame(BOOT_PAGES));
    assert_int_equal(gr(INIT, 15), BH_INIT_BASE + 8 * BH_PAGE_SIZE);
    assert_int_equal(message_of(INIT), host_frame(IMAGE_PAGE + 4) * BH_PAGE_SIZE);
}

static void test_init_has_the_roots_with_all_rights_and_nothing_else(void **state)
{
    static const uint32_t roots[] = {
        [BH_INIT_PARTITION] = BH_PARTITION, [BH_INIT_CAPTABLE] = BH_CAPTABLE,
        [BH_INIT_SPACE] = BH_SPACE,         [BH_INIT_THREAD] = BH_THREAD,
        [BH_INIT_CONSOLE] = BH_CONSOLE,     [BH_INIT_SCHEDULE] = BH_SCHEDULE,
        [BH_INIT_AUDIT] = BH_AUDIT,         [BH_INIT_FREE] = BH_NONE,
    };
    uint32_t i;

    (void)state;
    for (i = 0; i < CAP_SLOTS; i++) {
        uint32_t type = i < BH_INIT_FREE ? roots[i] : BH_NONE;

        assert_int_equal(cap_type[i], type);
        assert_int_equal(cap_rights[i], type == BH_NONE ? 0 : create_rights(type));
        assert_int_equal(cap_object[i], 0);
    }
}

/* No region may be made of the boot area, and none of init's own regions can be doubled. */
static void test_the_boot_area_is_no_region(void **state)
{
    uint64_t page;

    (void)state;
    for (page = 0; page < BOOT_PAGES; page++) {
        assert_invoke(RANGE, INIT, BH_INIT_PARTITION, PARTITION_CREATE_REGION, BH_INIT_FREE,
                      host_frame(page), 1);
    }
    assert_int_equal(region_count, 2);
    assert_int_equal(region_lowest, host_frame(BOOT_PAGES));
}

/* ---- images that cannot be used ---- */

/* Another boot over the same kernel: only the answer counts. */
static uint32_t boots_with(const struct bh_init_image *header, const struct boot_image *image)
{
    memcpy(host_memory + IMAGE_PAGE * BH_PAGE_SIZE, header, sizeof(*header));
    return boot_objects(image);
}

static const struct bh_init_image good_header = {
    .magic = BH_INIT_MAGIC,
    .entry = BH_INIT_BASE + 64u,
    .text_size = 2u * BH_PAGE_SIZE,
    .rodata_size = BH_PAGE_SIZE,
    .total_size = 8u * BH_PAGE_SIZE,
    .stack_top = BH_INIT_BASE + 8u * BH_PAGE_SIZE,
    .message = INIT_MESSAGE,
};

static struct boot_image good_image(void)
{
    return (struct boot_image){
        .init = host_frame(IMAGE_PAGE) * BH_PAGE_SIZE,
        .bundle = host_frame(BUNDLE_PAGE) * BH_PAGE_SIZE,
        .bundle_bytes = BUNDLE_BYTES,
        .end = host_frame(BOOT_PAGES) * BH_PAGE_SIZE,
        .memory = host_frame(ALL_PAGES) * BH_PAGE_SIZE,
    };
}

static void test_a_header_without_magic(void **state)
{
    struct bh_init_image header = good_header;
    struct boot_image image = good_image();

    (void)state;
    header.magic++;
    assert_int_equal(boots_with(&header, &image), 0);
}

static void test_a_machine_without_memory_behind_the_image(void **state)
{
    struct boot_image image = good_image();

    (void)state;
    image.memory = image.end;
    assert_int_equal(boots_with(&good_header, &image), 0);
    image.memory = image.end - BH_PAGE_SIZE;
    assert_int_equal(boots_with(&good_header, &image), 0);
}

/* Sections that are larger than the whole, or no pages, or larger than init's space. */
static void test_headers_with_wrong_sizes(void **state)
{
    static const uint64_t sizes[][3] = {
        {9u * BH_PAGE_SIZE, BH_PAGE_SIZE, 8u * BH_PAGE_SIZE},
        {2u * BH_PAGE_SIZE, 7u * BH_PAGE_SIZE, 8u * BH_PAGE_SIZE},
        {-(uint64_t)BH_PAGE_SIZE, 2u * BH_PAGE_SIZE, 8u * BH_PAGE_SIZE},
        {2u * BH_PAGE_SIZE, BH_PAGE_SIZE, 0},
        {100, BH_PAGE_SIZE, 8u * BH_PAGE_SIZE},
        {2u * BH_PAGE_SIZE, BH_PAGE_SIZE, UINT64_C(0x10000000000)},
        {2u * BH_PAGE_SIZE, BH_PAGE_SIZE, BH_BUNDLE_BASE},
    };
    struct boot_image image = good_image();
    uint32_t i;

    (void)state;
    for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct bh_init_image header = good_header;

        header.text_size = sizes[i][0];
        header.rodata_size = sizes[i][1];
        header.total_size = sizes[i][2];
        assert_int_equal(boots_with(&header, &image), 0);
    }
}

static void test_a_bundle_that_is_too_large(void **state)
{
    struct boot_image image = good_image();

    (void)state;
    image.bundle_bytes = UINT64_C(0x20000000) - BH_BUNDLE_BASE + 1;
    assert_int_equal(boots_with(&good_header, &image), 0);
    image.bundle_bytes = UINT64_MAX;
    assert_int_equal(boots_with(&good_header, &image), 0);
}

/* ---- the end of init ---- */

static void test_init_that_ends_before_seal_stops_the_machine(void **state)
{
    struct process one;

    (void)state;
    new_process(&one, 1);
    make_call(one.t, EXIT, 0, 1);
    assert_int_equal(host.not_built, 0);
    make_call(INIT, EXIT, 0, 0);
    assert_int_equal(host.not_built, 1);
}

static void test_init_that_faults_before_seal_stops_the_machine(void **state)
{
    (void)state;
    run(INIT);
    portal_send(INIT, BH_REASON_FAULT, BH_REASON_FAULT, 1, 0, 0);
    leave();
    assert_int_equal(host.not_built, 1);
}

static void test_init_ends_well_after_seal(void **state)
{
    (void)state;
    seal();
    assert_int_equal(host.not_built, 0);
    make_call(INIT, EXIT, 0, 0);
    assert_int_equal(host.not_built, 0);
}

/* It has sealed, and then some thread could not be started. */
static void test_init_that_fails_after_seal_stops_the_machine(void **state)
{
    (void)state;
    seal();
    make_call(INIT, EXIT, 0, 1);
    assert_int_equal(host.not_built, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kernel_test(test_init_is_mapped_by_sections),
        kernel_test(test_the_bundle_is_mapped_read_only),
        kernel_test(test_init_begins_with_its_registers),
        kernel_test(test_init_has_the_roots_with_all_rights_and_nothing_else),
        kernel_test(test_the_boot_area_is_no_region),
        kernel_test(test_a_header_without_magic),
        kernel_test(test_a_machine_without_memory_behind_the_image),
        kernel_test(test_headers_with_wrong_sizes),
        kernel_test(test_a_bundle_that_is_too_large),
        kernel_test(test_init_that_ends_before_seal_stops_the_machine),
        kernel_test(test_init_that_faults_before_seal_stops_the_machine),
        kernel_test(test_init_ends_well_after_seal),
        kernel_test(test_init_that_fails_after_seal_stops_the_machine),
    };

    return cmocka_run_group_tests_name("kernel boot", tests, NULL, NULL);
}
