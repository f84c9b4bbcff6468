/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: functions found, enabled, disabled; what the translator is told. */
#include "drivers/zpci/translator/protocol.h"
#include "libs/zformats/fib.h"
#include "tests/lib/test.h"
#include "tests/unit/vmm-zpci/fake.h"

static struct guest_function *const function = &guest_function[0];

static void test_found(void **state)
{
    (void)state;
    assert_int_equal(guest_functions, 1);
    assert_int_equal(function->fid, 0x11);
    assert_int_equal(function->sdma, FAKE_SDMA);
    assert_int_equal(function->edma, FAKE_SDMA + 0x3ffffff);
    assert_int_equal(function->msia, FAKE_MSIA);
    assert_int_equal(function->interrupts, 128);
    assert_int_equal(function->vendor, 0x1af4);
    assert_int_equal(function->handle & ZPCI_FH_ENABLED, 0);
    assert_ptr_equal(function_find(function->handle), function);
    assert_null(function_find(function->handle + 1u));
    assert_null(function_find(0));
    assert_null(function_enabled(function->handle));
}

/* Each change gives another handle, and the old one means nothing any more. */
static void test_handles(void **state)
{
    uint32_t first = function->handle;
    uint32_t second;

    (void)state;
    assert_int_equal(function_disable(function), CLP_RC_ALREADY);
    assert_int_equal(function_enable(function), CLP_RC_OK);
    second = function->handle;
    assert_int_equal(second & ZPCI_FH_INDEX_MASK, 0);
    assert_int_not_equal(first, second);
    assert_null(function_find(first));
    assert_ptr_equal(function_enabled(second), function);
    assert_int_equal(function_enable(function), CLP_RC_ALREADY);
    assert_int_equal(function_disable(function), CLP_RC_OK);
    assert_null(function_find(second));
    assert_int_not_equal(function->handle, first);
}

static void test_state_is_lost(void **state)
{
    (void)state;
    function_enable(function);
    function->error = function->blocked = function->has_ioat = function->has_irq = 1;
    function_disable(function);
    assert_int_equal(function->error + function->blocked + function->has_ioat + function->has_irq,
                     0);
    assert_int_equal(fake_words[TRANSLATOR_STATE][0], TRANSLATOR_STATE);
    assert_int_equal(fake_words[TRANSLATOR_STATE][1], function->handle);
    assert_int_equal(fake_words[TRANSLATOR_STATE][2], 0);
    assert_int_equal(fake_words[TRANSLATOR_STATE][3], fake_function[0].generation);
}

static void test_kernel_refuses(void **state)
{
    uint32_t handle = function->handle;

    (void)state;
    fake_fail_method = BH_M_PCI_ENABLE;
    fake_fail_error = BH_E_PCI;
    assert_int_equal(function_enable(function), CLP_RC_RESOURCES);
    assert_int_equal(function->handle, handle);
    assert_int_equal(function->enabled, 0);
    fake_fail_method = FAKE_NO_METHOD;
    function_enable(function);
    fake_fail_method = BH_M_PCI_DISABLE;
    assert_int_equal(function_disable(function), CLP_RC_RECOVERY);
    assert_int_equal(function->enabled, 1);
}

/* The kinds of the registers are the device's, their addresses nobody's. */
static void test_bars(void **state)
{
    (void)state;
    fake_loaded = 0xfff0000c;
    function_enable(function);
    assert_int_equal(function->bar[FAKE_BAR], 0xc);
    assert_int_equal(function->bar[0], 0);
    assert_int_equal(function->bar_listed[FAKE_BAR], 0x0c000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_found, fake_start),
        cmocka_unit_test_setup(test_handles, fake_start),
        cmocka_unit_test_setup(test_state_is_lost, fake_start),
        cmocka_unit_test_setup(test_kernel_refuses, fake_start),
        cmocka_unit_test_setup(test_bars, fake_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
