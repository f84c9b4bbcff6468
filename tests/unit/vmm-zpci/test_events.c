/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: events of the machine and of the translator, and adapter interruptions, to the guest. */
#include <string.h>

#include "drivers/zpci/translator/protocol.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/ccdf.h"
#include "libs/zformats/fib.h"
#include "tests/lib/test.h"
#include "tests/unit/vmm-zpci/fake.h"
#include "vmm/hooks.h"
#include "vmm/zpci/events.h"

static uint8_t block[SEI_SIZE];

static uint32_t ccdf32(uint32_t at)
{
    return be32_get(block + SEI_RSP_CCDF + at);
}

static int next(void)
{
    memset(block, 0, sizeof(block));
    be16_put(block, SEI_REQUEST_LENGTH);
    return zpci_next_event(block);
}

static void real_event(uint64_t kind, uint64_t code)
{
    fake_function[0].kind = kind;
    fake_function[0].code = code;
    fake_function[0].address = 0x5000;
    pci_event(&cpu, PCI_BIT_EVENT);
}

static void test_nothing(void **state)
{
    (void)state;
    pci_event(&cpu, PCI_BIT_EVENT);
    assert_int_equal(next(), ZPCI_EVENT_NONE);
    assert_int_equal(fake_reports, 0);
}

static void test_real_error(void **state)
{
    (void)state;
    real_event(1, PEC_TRANSLATION);
    assert_int_equal(fake_reports, 1);
    assert_int_equal(guest_function[0].error, 1);
    assert_int_equal(guest_function[0].blocked, 1);
    assert_int_equal(fake_words[TRANSLATOR_STATE][2],
                     FIB_FC_ENABLED | FIB_FC_ERROR | FIB_FC_BLOCKED);
    assert_int_equal(next(), ZPCI_EVENT_LAST);
    assert_int_equal(block[SEI_RSP_CONTENT], SEI_CONTENT_ERROR);
    assert_int_equal(ccdf32(CCDF_FH), guest_function[0].handle);
    assert_int_equal(ccdf32(CCDF_FID), 0x11);
    assert_int_equal(be16_get(block + SEI_RSP_CCDF + CCDF_PEC), PEC_TRANSLATION);
    assert_int_equal(be64_get(block + SEI_RSP_CCDF + CCDF_ERR_ADDRESS), 0x5000);
    assert_int_equal(next(), ZPCI_EVENT_NONE);
}

/* Each function has a bit of its own. */
static void test_bits(void **state)
{
    (void)state;
    for (uint64_t bit = 1; bit < 0x200; bit *= 2) {
        fake_function[0].kind = 2;
        fake_reports = 0;
        pci_event(&cpu, bit);
        assert_int_equal(fake_reports, (bit & 0xe2) != 0);
    }
}

static void test_translated_error(void **state)
{
    (void)state;
    fake_result[TRANSLATOR_EVENT] = PEC_OUT_OF_RANGE;
    fake_event_handle = guest_function[0].handle;
    fake_event_address = 0x7000;
    pci_event(&cpu, PCI_BIT_EVENT);
    pci_event(&cpu, PCI_BIT_EVENT);
    assert_int_equal(fake_reports, 1);
    assert_int_equal(guest_function[0].error, 1);
    assert_int_equal(next(), ZPCI_EVENT_LAST);
    assert_int_equal(be16_get(block + SEI_RSP_CCDF + CCDF_PEC), PEC_OUT_OF_RANGE);
    assert_int_equal(be64_get(block + SEI_RSP_CCDF + CCDF_ERR_ADDRESS), 0x7000);
}

static void test_availability(void **state)
{
    (void)state;
    real_event(2, PEC_DECONFIGURE_REQUEST);
    assert_int_equal(guest_function[0].error, 0);
    assert_int_equal(next(), ZPCI_EVENT_LAST);
    assert_int_equal(block[SEI_RSP_CONTENT], SEI_CONTENT_AVAILABILITY);
    assert_int_equal(be16_get(block + SEI_RSP_CCDF + CCDF_PEC), PEC_DECONFIGURE_REQUEST);
}

/* In order; the last one says that there are no more; what does not fit is dropped. */
static void test_queue(void **state)
{
    unsigned i;

    (void)state;
    for (i = 0; i < 20; i++)
        real_event(2, i + 1);
    assert_int_equal(fake_reports, 16);
    for (i = 0; i < 16; i++) {
        assert_int_equal(next(), i < 15 ? ZPCI_EVENT_MORE : ZPCI_EVENT_LAST);
        assert_int_equal(be16_get(block + SEI_RSP_CCDF + CCDF_PEC), i + 1);
    }
    assert_int_equal(next(), ZPCI_EVENT_NONE);
}

static void test_reset(void **state)
{
    (void)state;
    real_event(1, PEC_TRANSLATION);
    zpci_reset();
    assert_int_equal(next(), ZPCI_EVENT_NONE);
    assert_int_equal(guest_function[0].enabled, 0);
    assert_int_equal(guest_function[0].error, 0);
    assert_int_equal(fake_function[0].enabled, 0);
}

/* A function that was disabled meanwhile has left the state that the event is about. */
static void test_late_error(void **state)
{
    (void)state;
    function_disable(&guest_function[0]);
    real_event(1, PEC_TRANSLATION);
    assert_int_equal(guest_function[0].error, 0);
    assert_int_equal(next(), ZPCI_EVENT_NONE);
}

static void test_interruption(void **state)
{
    (void)state;
    pci_event(&cpu, PCI_BIT_INTERRUPTION);
    assert_int_equal(fake_interruption(5), 0);
    guest_function[0].has_irq = 1;
    guest_function[0].irq.isc = 5;
    pci_event(&cpu, PCI_BIT_EVENT);
    assert_int_equal(fake_interruption(5), 0);
    pci_event(&cpu, PCI_BIT_INTERRUPTION);
    assert_int_equal(fake_interruption(4), 0);
    assert_int_equal(fake_interruption(5), 1);
    assert_int_equal(fake_interruption(5), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_nothing, fake_start_enabled),
        cmocka_unit_test_setup(test_bits, fake_start_enabled),
        cmocka_unit_test_setup(test_real_error, fake_start_enabled),
        cmocka_unit_test_setup(test_translated_error, fake_start_enabled),
        cmocka_unit_test_setup(test_availability, fake_start_enabled),
        cmocka_unit_test_setup(test_queue, fake_start_enabled),
        cmocka_unit_test_setup(test_reset, fake_start_enabled),
        cmocka_unit_test_setup(test_late_error, fake_start_enabled),
        cmocka_unit_test_setup(test_interruption, fake_start_enabled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
