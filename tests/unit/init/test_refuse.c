/* SPDX-License-Identifier: BSD-2-Clause */
/* When init refuses to build, what it says, and that then nothing is sealed. Belongs to: test. */
#include "tests/lib/test.h"

#include <stdlib.h>
#include <string.h>

#include "libs/stubs/svc.h"
#include "libs/sysdesc/init/say.h"
#include "libs/zformats/bytes.h"
#include "tests/unit/init/fixture.h"
#include "tests/unit/init/program.h"

#define ROW_MAX 40u /* so many of a row of calls of one method stand for all */

static uint32_t count(const char *text)
{
    uint32_t found = 0;

    for (const char *at = toy.text; (at = strstr(at, text)) != NULL; at++)
        found++;
    return found;
}

static void expect_refused(const char *line)
{
    assert_false(build_system(&init));
    if (!toy_printed(line))
        fail_msg("expected %s, printed %s", line, toy.text);
    assert_int_equal(count("init: refused: "), 1);
    assert_false(toy.sealed);
    for (uint64_t i = 1; i < toy.threads; i++)
        assert_int_not_equal(toy.thread[i].state, TOY_STARTED);
}

static void test_no_description(void **state)
{
    (void)state;
    fixture_replace("system.dtb", NULL, 0);
    expect_refused("init: refused: the bundle has no file system.dtb\n");
}

static void test_truncated_bundle(void **state)
{
    (void)state;
    init.bundle.length /= 2;
    expect_refused("init: refused: the bundle is damaged\n");
}

static void test_large_description(void **state)
{
    static uint8_t bytes[0x40001];

    (void)state;
    fixture_replace("system.dtb", bytes, sizeof(bytes));
    expect_refused("init: refused: system.dtb is larger than 262144 bytes\n");
}

static void test_two_descriptions(void **state)
{
    (void)state;
    bundle_begin(&bundle);
    bundle_add(&bundle, 0100644, "system.dtb", "one", 3);
    bundle_add(&bundle, 0100644, "system.dtb", "two", 3);
    bundle_end(&bundle);
    init.bundle.length = bundle.length;
    expect_refused("init: refused: the bundle has two files system.dtb\n");
}

static void test_damaged_description(void **state)
{
    (void)state;
    fixture_replace("system.dtb", "nothing of this is a devicetree", 31);
    expect_refused("init: refused: devicetree: /: the compiled description is damaged");
}

static void test_missing_program(void **state)
{
    (void)state;
    fixture_replace("keeper", NULL, 0);
    expect_refused("init: refused: the bundle has no file keeper\n");
}

static void test_bad_program(void **state)
{
    static uint8_t program[PROGRAM_BYTES];

    (void)state;
    program_write(program);
    be32_put(program + AT_PROGRAM(0) + IN_FLAGS, 7);
    fixture_replace("keeper", program, sizeof(program));
    expect_refused("init: refused: process keeper: program keeper: a segment is unreadable, or "
                   "both writable and executable\n");
}

/* The heap lies behind the program, so it takes from the program's room. */
static void test_no_room_for_the_heap(void **state)
{
    static uint8_t program[PROGRAM_BYTES];

    (void)state;
    program_write(program);
    be64_put(program + AT_PROGRAM(2) + IN_SIZE, 0x2e1000);
    fixture_replace("driver", program, sizeof(program));
    expect_refused("init: refused: process driver: program driver: a segment lies outside the "
                   "room for the image\n");
}

/* What the rules of descriptions exclude is not relied upon. */
static void test_overlapping_memory(void **state)
{
    (void)state;
    assert_true(describe(&init));
    for (uint32_t i = 0; i < init.sys.windows; i++) {
        if (strcmp(init.sys.window[i].name, "dma") == 0)
            init.sys.window[i].address = SYSDESC_PROCESS_BASE + BH_PAGE_SIZE;
    }
    assert_false(fixture_build_described());
    assert_true(toy_printed("init: refused: process driver: its memory overlaps\n"));
}

static void test_long_lines_are_cut(void **state)
{
    char text[400];

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    assert_false(refuse("%s", text));
    assert_int_equal(strlen(toy.text), SAY_BYTES);
    assert_int_equal(toy.text[SAY_BYTES - 2], 'x');
    assert_int_equal(toy.text[SAY_BYTES - 1], '\n');
}

static void test_small_machine(void **state)
{
    (void)state;
    init.memory = 0xf00000;
    expect_refused("init: refused: the machine has 15 MiB of memory, the description wants 16\n");
}

static void test_large_boot_area(void **state)
{
    (void)state;
    init.first_frame = 0x201;
    expect_refused("init: refused: kernel and bundle need 2052 KiB, the description's boot area "
                   "has 2048\n");
}

static void test_missing_function(void **state)
{
    (void)state;
    fixture_boot();
    fixture_add_function(&other, 9);
    expect_refused("init: refused: function disk: the machine has no fid 7\n");
}

static void test_second_function_missing(void **state)
{
    (void)state;
    fixture_boot();
    fixture_add_function(&disk, 7);
    expect_refused("init: refused: function second: the machine has no fid 11\n");
}

static void test_machine_without_pci(void **state)
{
    (void)state;
    fake_inject(&machine, FAKE_CLP, 3, 0, 100);
    expect_refused("init: refused: function disk: the machine has no fid 7\n");
}

static void test_function_in_standby(void **state)
{
    (void)state;
    fixture_boot();
    memset(&disk, 0, sizeof(disk));
    toy_add_virtio(&disk, 7, FAKE_STANDBY);
    expect_refused("init: refused: function fid 7 is not configured\n");
}

static void test_function_listed_twice(void **state)
{
    (void)state;
    fixture_boot();
    fixture_add_function(&second, 11);
    fixture_add_function(&disk, 7);
    fixture_add_function(&other, 7);
    expect_refused("init: refused: function fid 7 is listed twice\n");
}

static void test_stuck_function(void **state)
{
    (void)state;
    fixture_boot();
    fixture_add_function(&second, 11);
    fixture_add_function(&disk, 7);
    disk.function.state = FAKE_PERMANENT;
    expect_refused("init: refused: function fid 7 cannot be disabled: the machine refuses\n");
}

static void test_damaged_list(void **state)
{
    (void)state;
    fake_inject_clp(&machine, CLP_RC_LENGTH, 1);
    expect_refused("init: refused: the list of PCI functions is damaged\n");
}

static void test_bypass(void **state)
{
    (void)state;
    disk.access_platform = false;
    expect_refused("init: refused: function fid 7 bypasses the I/O translation (no "
                   "iommu_platform)\n");
    assert_int_equal(disk.function.state, FAKE_DISABLED);
}

static void test_second_function_bypasses(void **state)
{
    (void)state;
    second.access_platform = false;
    expect_refused("init: refused: function fid 11 bypasses the I/O translation (no "
                   "iommu_platform)\n");
}

/* A legacy device has no vendor capability, and so no feature 33. */
static void test_bypass_legacy(void **state)
{
    (void)state;
    fixture_boot();
    fixture_add_function(&second, 11);
    fixture_add_function(&disk, 7);
    disk.function.config[PCICONF_CAPABILITIES] = 0;
    disk.function.config_initial[PCICONF_CAPABILITIES] = 0;
    expect_refused("init: refused: function fid 7 bypasses the I/O translation (no "
                   "iommu_platform)\n");
}

static void test_unreadable_features(void **state)
{
    (void)state;
    fake_inject(&machine, FAKE_PCILG, 1, 4, 1);
    expect_refused("init: refused: function fid 7: its virtio features cannot be read\n");
    assert_int_equal(disk.function.state, FAKE_DISABLED);
}

/* A device that is gone answers every load with ones, feature 33 among them. */
static void test_all_ones(void **state)
{
    (void)state;
    disk.function.device.after_store = NULL;
    disk.function.query.bar[4].size_log2 = 7; /* the common configuration ends there */
    memset(disk.bar, 0xff, sizeof(disk.bar));
    fake_inject(&machine, FAKE_PCISTG, 0, 0, 1);
    expect_refused("init: refused: function fid 7: its virtio features cannot be read\n");
}

static void test_capability_loop(void **state)
{
    (void)state;
    fixture_boot();
    fixture_add_function(&second, 11);
    fixture_add_function(&disk, 7);
    uint8_t at = disk.function.config_initial[PCICONF_CAPABILITIES];
    disk.function.config[at + 1] = at;
    disk.function.config_initial[at + 1] = at;
    expect_refused("init: refused: function fid 7 bypasses the I/O translation (no "
                   "iommu_platform)\n");
}

static void test_other_devices_are_not_asked(void **state)
{
    (void)state;
    fixture_boot();
    fixture_add_function(&second, 11);
    fixture_add_function(&disk, 7);
    disk.access_platform = false;
    le16_put(disk.function.config + PCICONF_DEVICE, 0x1110); /* shared memory, does no DMA */
    le16_put(disk.function.config_initial + PCICONF_DEVICE, 0x1110);
    le16_put(second.function.config_initial + PCICONF_VENDOR, 0x1014);
    assert_true(build_system(&init));
    assert_int_equal(machine.issued[FAKE_PCILG], 0);
}

/* Virtio devices have the numbers 1000 to 107f. */
static void test_both_ends_of_virtio_are_asked(void **state)
{
    static const uint16_t devices[] = {0x1000, 0x107f};

    (void)state;
    for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++) {
        assert_int_equal(fixture_start(NULL), 0);
        disk.access_platform = false;
        le16_put(disk.function.config_initial + PCICONF_DEVICE, devices[i]);
        expect_refused("init: refused: function fid 7 bypasses the I/O translation (no "
                       "iommu_platform)\n");
    }
}

static void test_undescribed_function(void **state)
{
    (void)state;
    assert_true(build_system(&init));
    assert_true(toy_printed("init: function fid 9 (1af4:1042) is not described and stays disabled\n"
                            "init: 3 PCI functions, all disabled\n"));
    assert_int_equal(other.function.state, FAKE_DISABLED);
    assert_int_equal(disk.function.state, FAKE_DISABLED);
}

static void test_list_in_pieces(void **state)
{
    (void)state;
    machine.list_limit = 1;
    assert_true(build_system(&init));
    assert_true(toy_printed("init: 3 PCI functions, all disabled\n"));
}

static void test_busy_function(void **state)
{
    (void)state;
    toy.busy = 3;
    assert_true(build_system(&init));
    assert_int_equal(toy.busy, 0);
}

static void test_busy_without_end(void **state)
{
    (void)state;
    toy.busy = UINT64_MAX;
    expect_refused("init: refused: function fid 7 cannot be disabled: it stays busy\n");
}

/* Disabling comes before any region exists, and asking for features before any is mapped. */
static void test_order(void **state)
{
    uint64_t region = 0, clp = 0, load = 0, window = 0, seal = 0, last_inspect = 0;

    (void)state;
    assert_true(build_system(&init));
    for (uint64_t i = 0; i < toy.calls; i++) {
        if (toy.log[i] == BH_M_PARTITION_CREATE_REGION && region == 0)
            region = i;
        if (toy.log[i] == BH_M_PARTITION_CLP && region == 0)
            clp = i;
        if (toy.log[i] == BH_M_PCI_LOAD)
            load = i;
        if (toy.log[i] == BH_M_SPACE_ADD_WINDOW && window == 0)
            window = i;
        if (toy.log[i] == BH_M_CAPTABLE_INSPECT)
            last_inspect = i;
        if (toy.log[i] == BH_M_PARTITION_SEAL)
            seal = i;
    }
    assert_true(clp > 0 && clp < region && load < window && last_inspect < seal);
}

/* Fails the call of this number; says whether there was one. */
static bool fail_call(uint64_t number, uint64_t error)
{
    assert_int_equal(fixture_start(NULL), 0);
    toy.fail_at = number;
    toy.fail_error = error;
    bool built = build_system(&init);
    if (toy.calls < number)
        return false;
    assert_false(built);
    if (toy.sealed && toy.log[number - 1] == BH_M_PARTITION_SEAL)
        fail_msg("sealed by call %u that failed", (unsigned)number);
    return true;
}

/* Whatever call fails, the system is not built; before the seal, it is not sealed and says why. */
static void test_every_call_matters(void **state)
{
    static uint64_t log[TOY_LOG];
    uint64_t calls, seal = 0;

    (void)state;
    assert_true(build_system(&init));
    calls = toy.calls;
    memcpy(log, toy.log, sizeof(log));
    while (log[seal] != BH_M_PARTITION_SEAL)
        seal++;
    for (uint64_t i = 0, row = 0; i < calls; i++) {
        row = i > 0 && log[i] == log[i - 1] ? row + 1 : 0;
        if (row > ROW_MAX)
            continue;
        assert_true(fail_call(i + 1, BH_E_FULL));
        if (i > seal)
            continue;
        assert_false(toy.sealed);
        /* One reason, and nothing goes on after it. */
        if (count("init: refused: ") + count("init: mismatch: ") != 1)
            fail_msg("call %u (%x) failed: %s", (unsigned)i, (unsigned)log[i], toy.text);
    }
}

static void test_failed_start_stops_all(void **state)
{
    uint64_t last = 0;

    (void)state;
    assert_true(build_system(&init));
    for (uint64_t i = 0; i < toy.calls; i++) {
        if (toy.log[i] == BH_M_THREAD_START)
            last = i;
    }
    assert_true(fail_call(last + 1, BH_E_STATE));
    assert_true(toy_printed("init: refused: starting process text: the object is not in a state"));
    for (uint64_t i = 1; i < toy.threads; i++)
        assert_int_equal(toy.thread[i].state, TOY_STOPPED);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_end)
    const struct CMUnitTest tests[] = {
        TEST(test_no_description),
        TEST(test_truncated_bundle),
        TEST(test_large_description),
        TEST(test_two_descriptions),
        TEST(test_damaged_description),
        TEST(test_missing_program),
        TEST(test_bad_program),
        TEST(test_no_room_for_the_heap),
        TEST(test_overlapping_memory),
        TEST(test_long_lines_are_cut),
        TEST(test_small_machine),
        TEST(test_large_boot_area),
        TEST(test_missing_function),
        TEST(test_second_function_missing),
        TEST(test_machine_without_pci),
        TEST(test_function_in_standby),
        TEST(test_function_listed_twice),
        TEST(test_stuck_function),
        TEST(test_damaged_list),
        TEST(test_bypass),
        TEST(test_second_function_bypasses),
        TEST(test_bypass_legacy),
        TEST(test_unreadable_features),
        TEST(test_all_ones),
        TEST(test_capability_loop),
        TEST(test_other_devices_are_not_asked),
        TEST(test_both_ends_of_virtio_are_asked),
        TEST(test_undescribed_function),
        TEST(test_list_in_pieces),
        TEST(test_busy_function),
        TEST(test_busy_without_end),
        TEST(test_order),
        TEST(test_every_call_matters),
        TEST(test_failed_start_stops_all),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
