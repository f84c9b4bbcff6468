/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: PCI load, store and store block. */
#include <string.h>

#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"
#include "tests/lib/test.h"
#include "tests/unit/vmm-zpci/fake.h"
#include "vmm/handlers.h"

#define VALUE 2u
#define PAIR 4u
#define AT 0x8000u

static program_code load(uint32_t space, uint32_t length, uint64_t offset)
{
    cpu.page->gr[PAIR] = fake_request(guest_function[0].handle, space, length);
    cpu.page->gr[PAIR + 1] = offset;
    cpu.page->gr[VALUE] = 0x1111;
    return fake_rre(emulate_pcilg, VALUE, PAIR);
}

static program_code store(uint32_t space, uint32_t length, uint64_t offset, uint64_t value)
{
    cpu.page->gr[PAIR] = fake_request(guest_function[0].handle, space, length);
    cpu.page->gr[PAIR + 1] = offset;
    cpu.page->gr[VALUE] = value;
    return fake_rre(emulate_pcistg, VALUE, PAIR);
}

static program_code store_block(uint32_t space, uint32_t length, uint64_t offset, uint64_t source)
{
    cpu.page->gr[PAIR] = fake_request(guest_function[0].handle, space, length);
    cpu.page->gr[VALUE] = offset;
    return fake_rs(emulate_pcistb, PAIR, VALUE, source);
}

static void fails(uint64_t method, uint64_t error, uint64_t value)
{
    fake_fail_method = method;
    fake_fail_error = error;
    fake_fail_value = value;
}

static void test_load(void **state)
{
    (void)state;
    fake_loaded = 0x12345678;
    assert_int_equal(load(FAKE_BAR, 4, 0x20), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0);
    assert_int_equal(cpu.page->gr[VALUE], 0x78563412); /* the first byte of the bus is on top */
    assert_int_equal(fake_argument[FAKE_NUMBER(BH_M_PCI_LOAD)][0], FAKE_BAR);
    assert_int_equal(fake_argument[FAKE_NUMBER(BH_M_PCI_LOAD)][1], 0x20);
    assert_int_equal(fake_argument[FAKE_NUMBER(BH_M_PCI_LOAD)][2], 4);
    assert_int_equal(load(ZPCI_AS_CONFIG, 2, 2), PGM_NONE);
    assert_int_equal(cpu.page->gr[VALUE], 0x7856);
}

static void test_load_operands(void **state)
{
    (void)state;
    assert_int_equal(load(FAKE_BAR, 0, 0), PGM_OPERAND);
    assert_int_equal(load(FAKE_BAR, 9, 0), PGM_OPERAND);
    assert_int_equal(load(FAKE_BAR, 4, 6), PGM_OPERAND);
    assert_int_equal(load(FAKE_BAR, 8, (1u << FAKE_BAR_LOG2) - 8u), PGM_NONE);
    assert_int_equal(load(FAKE_BAR, 8, 1u << FAKE_BAR_LOG2), PGM_OPERAND);
    assert_int_equal(load(FAKE_BAR, 8, UINT64_MAX - 7u), PGM_OPERAND);
    assert_int_equal(load(ZPCI_AS_CONFIG, 3, 0), PGM_OPERAND);
    assert_int_equal(load(ZPCI_AS_CONFIG, 4, 4096), PGM_OPERAND);
    assert_int_equal(load(ZPCI_AS_CONFIG, 4, UINT64_C(0x100000000)), PGM_OPERAND);
    assert_int_equal(fake_rre(emulate_pcilg, VALUE, 5), PGM_SPECIFICATION);
    assert_int_equal(load(3, 4, 0), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0x100 + ZPCI_ST_ADDRESS_SPACE);
    assert_int_equal(load(6, 4, 0), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0x100 + ZPCI_ST_ADDRESS_SPACE);
    assert_int_equal(cpu.page->gr[VALUE], 0x1111);
    assert_int_equal(fake_calls[FAKE_NUMBER(BH_M_PCI_LOAD)], 1);
}

/* What the kernel says is what the guest hears. */
static void test_load_errors(void **state)
{
    (void)state;
    fails(BH_M_PCI_LOAD, BH_E_PCI, 0x100 + ZPCI_ST_IN_ERROR);
    assert_int_equal(load(FAKE_BAR, 4, 0), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0x100 + ZPCI_ST_IN_ERROR);
    assert_int_equal(cpu.page->gr[VALUE], 0x1111);
    fails(BH_M_PCI_LOAD, BH_E_PCI, 0x100); /* the device has no register of this length */
    assert_int_equal(load(FAKE_BAR, 4, 0), PGM_OPERAND);
    fails(BH_M_PCI_LOAD, BH_E_AGAIN, 0);
    assert_int_equal(load(FAKE_BAR, 4, 0), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0x200);
    fails(BH_M_PCI_LOAD, BH_E_GONE, 0);
    assert_int_equal(load(FAKE_BAR, 4, 0), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0x300);
    fails(BH_M_PCI_LOAD, BH_E_RANGE, 0);
    assert_int_equal(load(FAKE_BAR, 4, 0), PGM_OPERAND);
}

static void test_handles_and_states(void **state)
{
    struct guest_function *f = &guest_function[0];

    (void)state;
    f->error = f->blocked = 1;
    assert_int_equal(load(FAKE_BAR, 4, 0), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0x100 + ZPCI_ST_BLOCKED);
    assert_int_equal(store(FAKE_BAR, 4, 0, 0), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0x100 + ZPCI_ST_BLOCKED);
    assert_int_equal(store_block(FAKE_BAR, 16, 0, AT), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0x100 + ZPCI_ST_BLOCKED);
    f->error = f->blocked = 0;
    f->handle += 0x01000000u;
    cpu.page->gr[PAIR] = fake_request(f->handle - 0x01000000u, FAKE_BAR, 4);
    assert_int_equal(fake_rre(emulate_pcilg, VALUE, PAIR), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0x300);
    assert_int_equal(fake_rre(emulate_pcistg, VALUE, PAIR), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0x300);
    assert_int_equal(fake_rs(emulate_pcistb, PAIR, VALUE, AT), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0x300);
    assert_int_equal(
        fake_calls[FAKE_NUMBER(BH_M_PCI_LOAD)] + fake_calls[FAKE_NUMBER(BH_M_PCI_STORE)], 0);
}

static void test_store(void **state)
{
    (void)state;
    assert_int_equal(store(FAKE_BAR, 2, 6, 0x1234), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0);
    assert_int_equal(fake_argument[FAKE_NUMBER(BH_M_PCI_STORE)][1], 6);
    assert_int_equal(fake_argument[FAKE_NUMBER(BH_M_PCI_STORE)][2], 2);
    assert_int_equal(fake_argument[FAKE_NUMBER(BH_M_PCI_STORE)][3], 0x3412);
    assert_int_equal(store(ZPCI_AS_CONFIG, 2, 4, 0x0600), PGM_NONE);
    assert_int_equal(fake_argument[FAKE_NUMBER(BH_M_PCI_CONFIG_STORE)][2], 6);
    fails(BH_M_PCI_CONFIG_STORE, BH_E_REFUSED, 0);
    assert_int_equal(store(ZPCI_AS_CONFIG, 4, 0, 0), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0); /* read-only registers ignore stores */
    assert_int_equal(store(FAKE_BAR, 4, 7, 0), PGM_OPERAND);
    assert_int_equal(store(3, 4, 0, 0), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0x100 + ZPCI_ST_ADDRESS_SPACE);
    assert_int_equal(fake_rre(emulate_pcistg, VALUE, 5), PGM_SPECIFICATION);
}

/* Base address registers are the guest's own: they tell their size and reach nobody. */
static void test_bars(void **state)
{
    (void)state;
    guest_function[0].bar[FAKE_BAR] = 0xc;
    assert_int_equal(store(ZPCI_AS_CONFIG, 4, 0x20, 0xffffffff), PGM_NONE);
    assert_int_equal(load(ZPCI_AS_CONFIG, 4, 0x20), PGM_NONE);
    assert_int_equal(cpu.page->gr[VALUE], 0x0cc0ffff);
    assert_int_equal(store(ZPCI_AS_CONFIG, 4, 0x24, 0x44332211), PGM_NONE);
    assert_int_equal(load(ZPCI_AS_CONFIG, 4, 0x24), PGM_NONE);
    assert_int_equal(cpu.page->gr[VALUE], 0x44332211);
    assert_int_equal(store(ZPCI_AS_CONFIG, 4, 0x10, 0xffffffff), PGM_NONE);
    assert_int_equal(load(ZPCI_AS_CONFIG, 4, 0x10), PGM_NONE);
    assert_int_equal(cpu.page->gr[VALUE], 0);
    assert_int_equal(
        fake_calls[FAKE_NUMBER(BH_M_PCI_LOAD)] + fake_calls[FAKE_NUMBER(BH_M_PCI_CONFIG_STORE)], 0);
}

static void test_block(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 24; i++)
        fake_memory[AT + i] = (uint8_t)(i + 1u);
    assert_int_equal(store_block(FAKE_BAR, 24, 0x40, AT), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0);
    assert_int_equal(fake_calls[FAKE_NUMBER(BH_M_PCI_STORE)], 3);
    assert_int_equal(fake_argument[FAKE_NUMBER(BH_M_PCI_STORE)][1], 0x50);
    assert_int_equal(fake_argument[FAKE_NUMBER(BH_M_PCI_STORE)][3], UINT64_C(0x1817161514131211));
    fails(BH_M_PCI_STORE, BH_E_PCI, 0x100 + ZPCI_ST_IN_ERROR);
    assert_int_equal(store_block(FAKE_BAR, 24, 0x40, AT), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0x100 + ZPCI_ST_IN_ERROR);
    assert_int_equal(fake_calls[FAKE_NUMBER(BH_M_PCI_STORE)], 4);
}

static void test_block_operands(void **state)
{
    (void)state;
    assert_int_equal(store_block(FAKE_BAR, 8, 0, AT), PGM_SPECIFICATION);
    assert_int_equal(store_block(FAKE_BAR, 20, 0, AT), PGM_SPECIFICATION);
    assert_int_equal(store_block(FAKE_BAR, 136, 0, AT), PGM_SPECIFICATION);
    assert_int_equal(store_block(FAKE_BAR, 16, 4, AT), PGM_SPECIFICATION);
    assert_int_equal(store_block(FAKE_BAR, 16, 4088, AT), PGM_SPECIFICATION);
    assert_int_equal(store_block(FAKE_BAR, 16, 0, AT + 4), PGM_SPECIFICATION);
    assert_int_equal(store_block(FAKE_BAR, 16, 0, FAKE_BYTES), PGM_ADDRESSING);
    assert_int_equal(store_block(FAKE_BAR, 16, 1u << FAKE_BAR_LOG2, AT), PGM_OPERAND);
    assert_int_equal(store_block(3, 16, 0, AT), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0x100 + ZPCI_ST_ADDRESS_SPACE);
    assert_int_equal(store_block(ZPCI_AS_CONFIG, 16, 0, AT), PGM_NONE);
    assert_int_equal(fake_outcome(PAIR), 0x100 + ZPCI_ST_ADDRESS_SPACE);
    assert_int_equal(fake_calls[FAKE_NUMBER(BH_M_PCI_STORE)], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_load, fake_start_enabled),
        cmocka_unit_test_setup(test_load_operands, fake_start_enabled),
        cmocka_unit_test_setup(test_load_errors, fake_start_enabled),
        cmocka_unit_test_setup(test_handles_and_states, fake_start_enabled),
        cmocka_unit_test_setup(test_store, fake_start_enabled),
        cmocka_unit_test_setup(test_bars, fake_start_enabled),
        cmocka_unit_test_setup(test_block, fake_start_enabled),
        cmocka_unit_test_setup(test_block_operands, fake_start_enabled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
