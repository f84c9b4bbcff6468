/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: map of the configuration space, filter of stores, byte order. */
#include "tests/unit/zpci/machine.h"

#include "libs/zformats/bytes.h"

static uint8_t config[PCICONF_SIZE];
static struct config_map map;

/* A walk over config as the kernel does it; returns the number of loads. */
static uint32_t walk(void)
{
    struct config_walk at;
    uint16_t offset;
    uint32_t loads = 0;

    config_walk_start(&at, &map);
    while (config_walk_wants(&at, &offset)) {
        assert_true(offset % 4 == 0 && offset <= PCICONF_SIZE - 4);
        config_walk_feed(&at, le32_get(config + offset));
        loads++;
        assert_in_range(loads, 1, 4 + CONFIG_CAPS_MAX);
    }
    return loads;
}

static void cap(uint32_t at, uint32_t id, uint32_t next)
{
    config[at] = (uint8_t)id;
    config[at + 1] = (uint8_t)next;
}

static void extended(uint32_t at, uint32_t id, uint32_t next)
{
    le32_put(config + at, id | 0x10000 | next << 20);
}

/* Vendor-specific 0x40, MSI-X 0x50, PCI Express 0x60, VPD 0xa0; AER, SR-IOV, ATS. */
static int usual(void **state)
{
    (void)state;
    memset(config, 0, sizeof(config));
    le16_put(config, 0x1014);
    le16_put(config + 2, 0x0444);
    le16_put(config + PCICONF_STATUS, PCI_STATUS_CAPABILITIES);
    config[PCICONF_CAPABILITIES] = 0x40;
    cap(0x40, PCI_CAP_VENDOR, 0x50);
    cap(0x50, PCI_CAP_MSIX, 0x60);
    cap(0x60, PCI_CAP_EXPRESS, 0xa0);
    cap(0xa0, PCI_CAP_VPD, 0);
    extended(0x100, PCI_EXT_AER, 0x140);
    extended(0x140, PCI_EXT_SRIOV, 0x180);
    extended(0x180, PCI_EXT_ATS, 0);
    return 0;
}

static void map_holds_both_lists(void **state)
{
    (void)state;
    assert_int_equal(walk(), 3 + 4 + 3);
    assert_int_equal(map.vendor, 0x1014);
    assert_int_equal(map.device, 0x0444);
    assert_int_equal(map.count, 7);
    assert_int_equal(map.msix, 0x50);
    assert_int_equal(map.express, 0x60);
    assert_int_equal(map.broken, 0);
    assert_int_equal(config_find(&map, PCI_CAP_VPD, 0), 0xa0);
    assert_int_equal(config_find(&map, PCI_CAP_VPD, 1), 0);
    assert_int_equal(config_find(&map, PCI_CAP_POWER, 0), 0);
    assert_int_equal(config_find_extended(&map, PCI_EXT_AER), 0x100);
    assert_int_equal(config_find_extended(&map, PCI_EXT_ATS), 0x180);
    assert_int_equal(config_find_extended(&map, PCI_EXT_PASID), 0);
    /* Identities of the two lists are different numbers. */
    assert_int_equal(config_find(&map, PCI_EXT_ATS, 0), 0);
}

static void nothing_there(void **state)
{
    (void)state;
    memset(config, 0xff, sizeof(config));
    assert_int_equal(walk(), 1);
    assert_true(config_map_absent(&map));
}

static void no_capabilities(void **state)
{
    (void)state;
    config[PCICONF_STATUS] = 0;
    assert_int_equal(walk(), 2);
    assert_int_equal(map.count, 0);
    assert_false(config_map_absent(&map));
}

static void empty_list(void **state)
{
    (void)state;
    config[PCICONF_CAPABILITIES] = 0;
    assert_int_equal(walk(), 3);
    assert_int_equal(map.count, 0);
    assert_int_equal(map.broken, 0);
}

static void no_extended_space_without_express(void **state)
{
    (void)state;
    cap(0x50, PCI_CAP_MSIX, 0);
    walk();
    assert_int_equal(map.count, 2);
    assert_int_equal(map.express, 0);
    usual(state);
    le32_put(config + 0x100, UINT32_MAX);
    walk();
    assert_int_equal(map.count, 4);
    assert_int_equal(map.broken, 0);
}

static void loops_end(void **state)
{
    (void)state;
    cap(0xa0, PCI_CAP_VPD, 0x50);
    extended(0x180, PCI_EXT_ATS, 0x100);
    walk();
    assert_int_equal(map.count, 7);
    assert_int_equal(map.broken, 1);
    usual(state);
    cap(0x40, PCI_CAP_VENDOR, 0x40);
    walk();
    assert_int_equal(map.count, 1);
    assert_int_equal(map.broken, 1);
}

static void pointers_into_the_header_end_the_list(void **state)
{
    (void)state;
    cap(0xa0, PCI_CAP_VPD, 0x10);
    extended(0x180, PCI_EXT_ATS, 0x40);
    walk();
    assert_int_equal(map.count, 7);
    assert_int_equal(map.broken, 1);
    usual(state);
    extended(0x180, PCI_EXT_ATS, 0x40);
    walk();
    assert_int_equal(map.broken, 1);
}

static void low_bits_of_pointers_are_ignored(void **state)
{
    (void)state;
    config[PCICONF_CAPABILITIES] = 0x43;
    cap(0x40, PCI_CAP_VENDOR, 0x51);
    walk();
    assert_int_equal(map.msix, 0x50);
    assert_int_equal(map.broken, 0);
}

static void long_lists_are_cut(void **state)
{
    (void)state;
    for (uint32_t at = 0x100; at < 0xf00; at += 4)
        extended(at, PCI_EXT_VENDOR, at + 4);
    walk();
    assert_int_equal(map.count, CONFIG_CAPS_MAX);
    assert_int_equal(map.broken, 1);
}

static void only_the_first_of_a_kind_counts(void **state)
{
    (void)state;
    cap(0xa0, PCI_CAP_MSIX, 0xb0);
    cap(0xb0, PCI_CAP_EXPRESS, 0);
    walk();
    assert_int_equal(map.msix, 0x50);
    assert_int_equal(map.express, 0x60);
}

static enum config_verdict verdict(uint32_t offset, uint8_t length, struct config_store *store)
{
    walk();
    return config_store_allowed(&map, offset, length, store);
}

static void command_register(void **state)
{
    struct config_store store;

    (void)state;
    assert_int_equal(verdict(PCICONF_COMMAND, 2, &store), CONFIG_ALLOWED);
    assert_int_equal(store.field, CONFIG_COMMAND);
    assert_int_equal(store.offset, PCICONF_COMMAND);
    assert_int_equal(store.length, 2);
    assert_true(store.mask == 0x0406);
    /* Everything set: only three bits get through, the others keep their value. */
    assert_true(config_store_value(&store, 4, 0xffff, 0x0100) == 0x0506);
    assert_true(config_store_value(&store, 4, 0x0000, 0xffff) == 0xfbf9);
}

/* A wide store must not write the status register, whose bits are cleared by writing them. */
static void wide_store_is_narrowed_to_the_field(void **state)
{
    struct config_store store;

    (void)state;
    assert_int_equal(verdict(PCICONF_COMMAND, 4, &store), CONFIG_ALLOWED);
    assert_int_equal(store.offset, 4);
    assert_int_equal(store.length, 2);
    assert_int_equal(verdict(0x50, 4, &store), CONFIG_ALLOWED);
    assert_int_equal(store.field, CONFIG_MSIX_CONTROL);
    assert_int_equal(store.offset, 0x52);
    assert_int_equal(store.length, 2);
    assert_true(config_store_value(&store, 0x50, 0x80005011, 0x4007) == 0x8007);
}

static void narrow_store_touches_its_byte_only(void **state)
{
    struct config_store store;

    (void)state;
    assert_int_equal(verdict(PCICONF_COMMAND + 1, 1, &store), CONFIG_ALLOWED);
    assert_int_equal(store.offset, 5);
    assert_int_equal(store.length, 1);
    assert_true(store.mask == 0x04);
    assert_int_equal(verdict(0x53, 1, &store), CONFIG_ALLOWED);
    assert_true(store.mask == 0xc0);
    /* The low byte of MSI-X control has no bit that may change. */
    assert_int_equal(verdict(0x52, 1, &store), CONFIG_REFUSED_CAPABILITY);
    assert_int_equal(store.capability, 0x50);
    assert_int_equal(verdict(PCICONF_STATUS, 1, &store), CONFIG_REFUSED);
}

static void harmless_registers(void **state)
{
    struct config_store store;

    (void)state;
    assert_int_equal(verdict(PCICONF_CACHE_LINE, 1, &store), CONFIG_ALLOWED);
    assert_true(store.mask == 0xff);
    assert_int_equal(verdict(PCICONF_LATENCY, 1, &store), CONFIG_ALLOWED);
    assert_int_equal(store.field, CONFIG_TIMERS);
    assert_int_equal(verdict(PCICONF_INT_LINE, 1, &store), CONFIG_ALLOWED);
    assert_int_equal(store.field, CONFIG_INT_LINE);
    assert_int_equal(verdict(PCICONF_INT_PIN, 1, &store), CONFIG_REFUSED);
}

static void base_addresses_are_refused(void **state)
{
    struct config_store store;

    (void)state;
    for (uint32_t offset = PCICONF_BAR; offset < PCICONF_BAR_END; offset++)
        assert_int_equal(verdict(offset, 1, &store), CONFIG_REFUSED_BAR);
    assert_int_equal(verdict(PCICONF_ROM, 4, &store), CONFIG_REFUSED_BAR);
    assert_int_equal(verdict(PCICONF_ROM + 2, 2, &store), CONFIG_REFUSED_BAR);
    assert_int_equal(verdict(PCICONF_BAR_END, 4, &store), CONFIG_REFUSED);
}

static void device_control_is_restricted(void **state)
{
    struct config_store store;

    (void)state;
    assert_int_equal(verdict(0x68, 2, &store), CONFIG_ALLOWED);
    assert_int_equal(store.field, CONFIG_DEVICE_CONTROL);
    /* No function level reset, no payload size, no error reporting. */
    assert_true(store.mask == 0x7810);
    assert_int_equal(verdict(0x6a, 2, &store), CONFIG_REFUSED_CAPABILITY); /* device status */
}

static void dangerous_capabilities_are_refused(void **state)
{
    struct config_store store;

    (void)state;
    assert_int_equal(verdict(0x42, 2, &store), CONFIG_REFUSED_CAPABILITY);
    assert_int_equal(store.capability, 0x40);
    assert_int_equal(verdict(0xa0, 1, &store), CONFIG_REFUSED_CAPABILITY);
    assert_int_equal(store.capability, 0xa0);
    assert_int_equal(verdict(0xa2, 2, &store), CONFIG_REFUSED_CAPABILITY);
    assert_int_equal(store.capability, 0xa0);
    assert_int_equal(verdict(0x148, 2, &store), CONFIG_REFUSED_CAPABILITY);
    assert_int_equal(store.capability, 0x140);
    assert_int_equal(verdict(0x186, 2, &store), CONFIG_REFUSED_CAPABILITY);
    assert_int_equal(store.capability, 0x180);
}

/* Whatever the device shows, nothing but the five fields can be written. */
static void allow_list_is_complete(void **state)
{
    struct config_store store;
    uint32_t allowed = 0;

    (void)state;
    walk();
    for (uint32_t offset = 0; offset < PCICONF_SIZE; offset++)
        for (uint8_t length = 1; length <= 4; length++)
            if (config_store_allowed(&map, offset, length, &store) == CONFIG_ALLOWED) {
                allowed |= 1u << store.field;
                assert_true(store.offset >= offset && store.length <= length);
                assert_true(store.offset + store.length <= offset + length);
                assert_true(store.offset < PCICONF_BAR || store.offset >= PCICONF_INT_LINE);
                assert_true(store.offset < PCICONF_EXTENDED);
            }
    assert_int_equal(allowed, 0x1f);
}

static void bad_accesses(void **state)
{
    struct config_store store;

    (void)state;
    assert_int_equal(verdict(4, 0, &store), CONFIG_BAD_ACCESS);
    assert_int_equal(verdict(4, 3, &store), CONFIG_BAD_ACCESS);
    assert_int_equal(verdict(4, 8, &store), CONFIG_BAD_ACCESS);
    assert_int_equal(verdict(5, 2, &store), CONFIG_BAD_ACCESS);
    assert_int_equal(verdict(6, 4, &store), CONFIG_BAD_ACCESS);
    assert_int_equal(verdict(PCICONF_SIZE, 1, &store), CONFIG_BAD_ACCESS);
    assert_int_equal(verdict(UINT32_MAX, 1, &store), CONFIG_BAD_ACCESS);
    assert_int_equal(verdict(PCICONF_SIZE - 4, 4, &store), CONFIG_REFUSED_CAPABILITY);
}

/* A second capability inside the first would make its field reachable under another name. */
static void overlapping_capabilities_get_nothing(void **state)
{
    struct config_store store;

    (void)state;
    cap(0xa0, PCI_CAP_VPD, 0x64);
    cap(0x64, PCI_CAP_VENDOR, 0);
    assert_int_equal(verdict(0x68, 2, &store), CONFIG_REFUSED_CAPABILITY);
    assert_int_equal(verdict(0x52, 2, &store), CONFIG_ALLOWED);
    cap(0x64, 0, 0);
    cap(0xa0, PCI_CAP_VPD, 0x68);
    cap(0x68, PCI_CAP_VENDOR, 0);
    assert_int_equal(verdict(0x68, 2, &store), CONFIG_REFUSED_CAPABILITY);
    usual(state);
    cap(0x50, PCI_CAP_VENDOR, 0xfc);
    cap(0xfc, PCI_CAP_EXPRESS, 0);
    assert_int_equal(verdict(0x104, 2, &store), CONFIG_REFUSED_CAPABILITY);
    cap(0x50, PCI_CAP_VENDOR, 0xf8);
    cap(0xf8, PCI_CAP_EXPRESS, 0);
    assert_int_equal(verdict(0x100, 2, &store), CONFIG_REFUSED_CAPABILITY);
    cap(0x50, PCI_CAP_VENDOR, 0xf4);
    cap(0xf4, PCI_CAP_EXPRESS, 0);
    assert_int_equal(verdict(0xfc, 2, &store), CONFIG_ALLOWED);
}

/* Without the capability, its offset of 0 must not make header registers writable. */
static void absent_capabilities_have_no_field(void **state)
{
    struct config_store store;

    (void)state;
    config[PCICONF_CAPABILITIES] = 0;
    for (uint32_t offset = 0; offset < PCICONF_SIZE; offset++)
        if (verdict(offset, 1, &store) == CONFIG_ALLOWED)
            assert_true(offset == 4 || offset == 5 || offset == 0xc || offset == 0xd ||
                        offset == PCICONF_INT_LINE);
}

static void swap_reverses_the_given_bytes(void **state)
{
    (void)state;
    assert_true(pci_swap(0x12, 1) == 0x12);
    assert_true(pci_swap(0xf41a, 2) == 0x1af4);
    assert_true(pci_swap(0xff12345678, 4) == 0x78563412);
    assert_true(pci_swap(0x123456, 3) == 0x563412);
    assert_true(pci_swap(UINT64_C(0x0102030405060708), 8) == UINT64_C(0x0807060504030201));
    assert_true(pci_swap(5, 0) == 0);
    assert_true(pci_swap(1, 200) == UINT64_C(0x0100000000000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(map_holds_both_lists, usual),
        cmocka_unit_test_setup(nothing_there, usual),
        cmocka_unit_test_setup(no_capabilities, usual),
        cmocka_unit_test_setup(empty_list, usual),
        cmocka_unit_test_setup(no_extended_space_without_express, usual),
        cmocka_unit_test_setup(loops_end, usual),
        cmocka_unit_test_setup(pointers_into_the_header_end_the_list, usual),
        cmocka_unit_test_setup(low_bits_of_pointers_are_ignored, usual),
        cmocka_unit_test_setup(long_lists_are_cut, usual),
        cmocka_unit_test_setup(only_the_first_of_a_kind_counts, usual),
        cmocka_unit_test_setup(command_register, usual),
        cmocka_unit_test_setup(wide_store_is_narrowed_to_the_field, usual),
        cmocka_unit_test_setup(narrow_store_touches_its_byte_only, usual),
        cmocka_unit_test_setup(harmless_registers, usual),
        cmocka_unit_test_setup(base_addresses_are_refused, usual),
        cmocka_unit_test_setup(device_control_is_restricted, usual),
        cmocka_unit_test_setup(dangerous_capabilities_are_refused, usual),
        cmocka_unit_test_setup(allow_list_is_complete, usual),
        cmocka_unit_test_setup(bad_accesses, usual),
        cmocka_unit_test_setup(overlapping_capabilities_get_nothing, usual),
        cmocka_unit_test_setup(absent_capabilities_have_no_field, usual),
        cmocka_unit_test_setup(swap_reverses_the_given_bytes, usual),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
