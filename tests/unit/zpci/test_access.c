/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: loads and stores, configuration stores through the filter, results, bounded attempts. */
#include "tests/unit/zpci/machine.h"

#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"

static void results_have_meanings(void **state)
{
    static const struct {
        struct zpci_result result;
        enum zpci_error error;
    } cases[] = {
        {{0, 0}, ZPCI_OK},           {{2, 0}, ZPCI_E_BUSY},     {{3, 0}, ZPCI_E_GONE},
        {{1, 4}, ZPCI_E_STATE},      {{1, 8}, ZPCI_E_BLOCKED},  {{1, 12}, ZPCI_E_BLOCKED},
        {{1, 16}, ZPCI_E_RESOURCES}, {{1, 20}, ZPCI_E_REFUSED}, {{1, 24}, ZPCI_E_STATE},
        {{1, 28}, ZPCI_E_REFUSED},   {{1, 40}, ZPCI_E_BLOCKED}, {{1, 44}, ZPCI_E_STATE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(zpci_error_of(cases[i].result), cases[i].error);
}

static void bar_values_are_little_endian_registers(void **state)
{
    uint32_t fh = machine_enable();
    uint64_t value = 0;

    (void)state;
    le32_put(machine.bar + 0x10, 0x12345678);
    assert_int_equal(zpci_bar_load(fh, 0, BAR_BYTES_LOG2, 0x10, 4, &value), ZPCI_OK);
    assert_true(value == 0x12345678);
    assert_int_equal(zpci_bar_load(fh, 0, BAR_BYTES_LOG2, 0xffc, 4, &value), ZPCI_OK);
    assert_true(value == 0);
    assert_int_equal(zpci_bar_store(fh, 0, BAR_BYTES_LOG2, 0x22, 2, 0xabcd), ZPCI_OK);
    assert_int_equal(machine.bar[0x22], 0xcd);
    assert_int_equal(machine.bar[0x23], 0xab);
    assert_int_equal(machine.bar[0x21] | machine.bar[0x24], 0);
}

static void bar_accesses_outside_are_not_issued(void **state)
{
    uint32_t fh = machine_enable();
    uint64_t value = 5;
    static const struct {
        uint8_t bar, log2, length;
        uint64_t offset;
    } bad[] = {{6, 12, 4, 0},
               {0, 0, 4, 0},
               {0, 12, 0, 0},
               {0, 12, 9, 0},
               {0, 12, 4, 5},
               {0, 12, 4, 0x1000},
               {0, 12, 4, UINT64_MAX - 3},
               {0, 64, 4, 0},
               {0, 2, 8, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(
            zpci_bar_load(fh, bad[i].bar, bad[i].log2, bad[i].offset, bad[i].length, &value),
            ZPCI_E_RANGE);
        assert_int_equal(
            zpci_bar_store(fh, bad[i].bar, bad[i].log2, bad[i].offset, bad[i].length, value),
            ZPCI_E_RANGE);
    }
    assert_int_equal(machine.fake.issued[FAKE_PCILG], 0);
    assert_int_equal(machine.fake.issued[FAKE_PCISTG], 0);
    assert_true(value == 5);
}

static void blocks_follow_the_architecture(void **state)
{
    uint32_t fh = machine_enable();
    static const uint8_t source[256] __attribute__((aligned(8))) = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    static const struct {
        uint64_t offset;
        uint16_t length;
    } bad[] = {{0, 8}, {0, 12}, {4, 16}, {0xff8, 16}, {0, 136}, {0x1000, 16}};

    (void)state;
    assert_int_equal(zpci_bar_store_block(fh, 0, 12, 0xff0, 16, 128, source), ZPCI_OK);
    assert_memory_equal(machine.bar + 0xff0, source, 16);
    machine.bar[144] = 0xee;
    assert_int_equal(zpci_bar_store_block(fh, 0, 12, 128, 16, 128, source), ZPCI_OK);
    assert_int_equal(machine.bar[144], 0xee);
    assert_int_equal(zpci_bar_store_block(fh, 0, 12, 256, 128, 128, source), ZPCI_OK);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(zpci_bar_store_block(fh, 0, 12, bad[i].offset, bad[i].length, 128, source),
                         ZPCI_E_RANGE);
    assert_int_equal(zpci_bar_store_block(fh, 0, 16, 0xff8, 16, 128, source), ZPCI_E_RANGE);
    assert_int_equal(machine.fake.issued[FAKE_PCISTB], 3);
    assert_int_equal(machine.fake.program_checks, 0);
}

static void config_map_of_the_function(void **state)
{
    uint32_t fh = machine_enable();
    struct config_map map;

    (void)state;
    assert_int_equal(zpci_config_map(fh, &map), ZPCI_OK);
    assert_int_equal(map.vendor, 0x1014);
    assert_int_equal(map.count, 5);
    assert_int_not_equal(map.msix, 0);
    assert_int_not_equal(config_find_extended(&map, PCI_EXT_SRIOV), 0);
    memset(machine.function.config, 0xff, 4);
    assert_int_equal(zpci_config_map(fh, &map), ZPCI_E_GONE);
    fake_inject(&machine.fake, FAKE_PCILG, 3, 0, 1);
    assert_int_equal(zpci_config_map(fh, &map), ZPCI_E_GONE);
}

static void config_loads(void **state)
{
    uint32_t fh = machine_enable();
    uint32_t value = 7;

    (void)state;
    assert_int_equal(zpci_config_load(fh, PCICONF_VENDOR, 2, &value), ZPCI_OK);
    assert_int_equal(value, 0x1014);
    assert_int_equal(zpci_config_load(fh, PCICONF_VENDOR, 4, &value), ZPCI_OK);
    assert_int_equal(value, 0x04441014);
    assert_int_equal(zpci_config_load(fh, 2, 4, &value), ZPCI_E_RANGE);
    assert_int_equal(zpci_config_load(fh, 4096, 1, &value), ZPCI_E_RANGE);
    assert_int_equal(value, 0x04441014);
}

static void allowed_stores_change_their_bits_only(void **state)
{
    uint32_t fh = machine_enable();
    enum config_verdict verdict;
    struct config_map map;

    (void)state;
    assert_int_equal(zpci_config_map(fh, &map), ZPCI_OK);
    le16_put(machine.function.config + PCICONF_COMMAND, 0x0140);
    le16_put(machine.function.config + PCICONF_STATUS, 0xf910);
    assert_int_equal(zpci_config_store(fh, &map, PCICONF_COMMAND, 4, 0xffffffff, &verdict),
                     ZPCI_OK);
    assert_int_equal(verdict, CONFIG_ALLOWED);
    assert_int_equal(le16_get(machine.function.config + PCICONF_COMMAND), 0x0546);
    assert_int_equal(le16_get(machine.function.config + PCICONF_STATUS), 0xf910);
    assert_int_equal(machine.function.config_stores, 1);
}

static void refused_stores_never_reach_the_function(void **state)
{
    uint32_t fh = machine_enable();
    uint8_t before[PCICONF_SIZE];
    enum config_verdict verdict;
    struct config_map map;
    uint16_t sriov;

    (void)state;
    assert_int_equal(zpci_config_map(fh, &map), ZPCI_OK);
    sriov = config_find_extended(&map, PCI_EXT_SRIOV);
    memcpy(before, machine.function.config, sizeof(before));
    assert_int_equal(zpci_config_store(fh, &map, sriov + 8u, 2, 1, &verdict), ZPCI_OK);
    assert_int_equal(verdict, CONFIG_REFUSED_CAPABILITY);
    assert_int_equal(zpci_config_store(fh, &map, PCICONF_BAR, 4, ~0u, &verdict), ZPCI_OK);
    assert_int_equal(verdict, CONFIG_REFUSED_BAR);
    assert_int_equal(machine.function.config_stores, 0);
    assert_memory_equal(before, machine.function.config, sizeof(before));
}

static void busy_is_tried_a_bounded_number_of_times(void **state)
{
    uint32_t fh = machine_enable();
    enum config_verdict verdict;
    struct config_map map = {.count = 0};
    uint64_t value;

    (void)state;
    fake_inject(&machine.fake, FAKE_PCILG, 2, 0, ZPCI_ATTEMPTS - 1);
    assert_int_equal(zpci_bar_load(fh, 0, 12, 0, 4, &value), ZPCI_OK);
    fake_inject(&machine.fake, FAKE_PCILG, 2, 0, ZPCI_ATTEMPTS);
    assert_int_equal(zpci_bar_load(fh, 0, 12, 0, 4, &value), ZPCI_E_BUSY);
    fake_inject(&machine.fake, FAKE_PCISTB, 2, 0, ZPCI_ATTEMPTS);
    assert_int_equal(zpci_bar_store_block(fh, 0, 12, 0, 16, 128, machine.bar), ZPCI_E_BUSY);
    assert_int_equal(machine.fake.fault[FAKE_PCISTB].count, 0);
    fake_inject(&machine.fake, FAKE_PCISTG, 2, 0, ZPCI_ATTEMPTS);
    assert_int_equal(zpci_bar_store(fh, 0, 12, 0, 4, 1), ZPCI_E_BUSY);
    fake_inject(&machine.fake, FAKE_PCILG, 1, ZPCI_ST_BLOCKED, 1);
    assert_int_equal(zpci_config_store(fh, &map, PCICONF_COMMAND, 2, 0, &verdict), ZPCI_E_BLOCKED);
    assert_int_equal(machine.function.config_stores, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(results_have_meanings, machine_setup),
        cmocka_unit_test_setup(bar_values_are_little_endian_registers, machine_setup),
        cmocka_unit_test_setup(bar_accesses_outside_are_not_issued, machine_setup),
        cmocka_unit_test_setup(blocks_follow_the_architecture, machine_setup),
        cmocka_unit_test_setup(config_map_of_the_function, machine_setup),
        cmocka_unit_test_setup(config_loads, machine_setup),
        cmocka_unit_test_setup(allowed_stores_change_their_bits_only, machine_setup),
        cmocka_unit_test_setup(refused_stores_never_reach_the_function, machine_setup),
        cmocka_unit_test_setup(busy_is_tried_a_bounded_number_of_times, machine_setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
