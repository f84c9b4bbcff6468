/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: function controls, interruption controls, refreshes that are not the translator's. */
#include <string.h>

#include "drivers/zpci/insn/insn.h"
#include "drivers/zpci/translator/protocol.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"
#include "tests/lib/test.h"
#include "tests/unit/vmm-zpci/fake.h"
#include "vmm/handlers.h"
#include "vmm/zpci/control.h"

#define R1 2u
#define AT 0x8000u
#define AIBV 0x5008u
#define AISB 0x6000u
#define SEQUENCE (0x100u + ZPCI_ST_SEQUENCE)
#define IOTA UINT64_C(0x10804)

static uint8_t *const fib = fake_memory + AT;
static struct guest_function *const function = &guest_function[0];

static program_code modify(uint32_t operation)
{
    cpu.page->gr[R1] = fake_request(function->handle, 0, operation);
    return fake_rs(emulate_mpcifc, R1, 0, AT);
}

static uint32_t modified(uint32_t operation)
{
    assert_int_equal(modify(operation), PGM_NONE);
    return fake_outcome(R1);
}

static uint32_t store(void)
{
    cpu.page->gr[R1] = fake_request(function->handle, 0, 0);
    assert_int_equal(fake_rs(emulate_stpcifc, R1, 0, AT), PGM_NONE);
    return fake_outcome(R1);
}

static void build_anchor(void)
{
    memset(fib, 0, FIB_SIZE);
    be64_put(fib + FIB_PBA, FAKE_SDMA + 0x123);
    be64_put(fib + FIB_PAL, FAKE_SDMA + 0x200000);
    be64_put(fib + FIB_IOTA, IOTA);
}

static void build_irq(uint64_t vector)
{
    memset(fib, 0, FIB_SIZE);
    be32_put(fib + FIB_INT, 0x30100785); /* subclass 3, 16 vectors from bit 7, summary bit 5 */
    be64_put(fib + FIB_AIBV, vector);
    be64_put(fib + FIB_AISB, AISB);
}

static void fails(uint64_t method, uint64_t error, uint64_t value)
{
    fake_fail_method = method;
    fake_fail_error = error;
    fake_fail_value = value;
}

static void test_anchor(void **state)
{
    (void)state;
    assert_int_equal(modified(MPCIFC_DEREGISTER_IOAT), SEQUENCE);
    assert_int_equal(modified(MPCIFC_REREGISTER_IOAT), SEQUENCE);
    build_anchor();
    assert_int_equal(modified(MPCIFC_REGISTER_IOAT), 0);
    assert_int_equal(fake_function[0].dma, 1);
    assert_int_equal(fake_words[TRANSLATOR_REGISTER][1], IOTA);
    assert_int_equal(fake_words[TRANSLATOR_REGISTER][2], FAKE_SDMA);
    assert_int_equal(fake_words[TRANSLATOR_REGISTER][3], FAKE_SDMA + 0x200fff);
    assert_int_equal(modified(MPCIFC_REGISTER_IOAT), SEQUENCE);
    assert_int_equal(modified(MPCIFC_REREGISTER_IOAT), 0);
    assert_int_equal(fake_labels[TRANSLATOR_REREGISTER], 1);
    assert_int_equal(store(), 0);
    assert_int_equal(fib[FIB_CONTROLS], FIB_FC_ENABLED | FIB_FC_IOAT);
    assert_int_equal(be64_get(fib + FIB_PAL), FAKE_SDMA + 0x200fff);
    assert_int_equal(be64_get(fib + FIB_IOTA), IOTA);
    assert_int_equal(modified(MPCIFC_DEREGISTER_IOAT), 0);
    assert_int_equal(fake_function[0].dma, 0);
    assert_int_equal(modified(MPCIFC_DEREGISTER_IOAT), SEQUENCE);
}

static void test_anchor_refused(void **state)
{
    (void)state;
    build_anchor();
    fake_result[TRANSLATOR_REGISTER] = TRANSLATOR_OPERAND;
    assert_int_equal(modify(MPCIFC_REGISTER_IOAT), PGM_OPERAND);
    assert_int_equal(fake_function[0].dma, 0); /* taken back */
    assert_int_equal(function->has_ioat, 0);
    fake_result[TRANSLATOR_REGISTER] = 0;
    fails(BH_M_PCI_DMA_REGISTER, BH_E_PCI, 0x100 + ZPCI_ST_SEQUENCE);
    assert_int_equal(modified(MPCIFC_REGISTER_IOAT), SEQUENCE);
    assert_int_equal(function->has_ioat, 0);
    fails(FAKE_NO_METHOD, 0, 0);
    fake_translator_error = BH_E_ARG;
    assert_int_equal(modified(MPCIFC_REGISTER_IOAT), 0x300);
}

/* What the translator could not tear down stays registered, and can be tried again. */
static void test_anchor_stays(void **state)
{
    (void)state;
    build_anchor();
    assert_int_equal(modified(MPCIFC_REGISTER_IOAT), 0);
    fake_result[TRANSLATOR_DEREGISTER] = 0x200;
    assert_int_equal(modified(MPCIFC_DEREGISTER_IOAT), 0x200);
    fake_result[TRANSLATOR_DEREGISTER] = 0;
    assert_int_equal(modified(MPCIFC_DEREGISTER_IOAT), 0);
    assert_int_equal(modified(MPCIFC_DEREGISTER_IOAT), SEQUENCE);
}

static void test_irq(void **state)
{
    const uint64_t *a = fake_argument[FAKE_NUMBER(BH_M_PCI_IRQ_REGISTER)];

    (void)state;
    assert_int_equal(control_guest_subclass(), 8);
    assert_int_equal(modified(MPCIFC_DEREGISTER_INT), SEQUENCE);
    build_irq(AIBV);
    assert_int_equal(modified(MPCIFC_REGISTER_INT), 0);
    assert_int_equal(a[0], 16);
    assert_int_equal(a[1], AIBV / 4096);
    assert_int_equal(a[2], AIBV % 4096);
    assert_int_equal(a[3], 7);
    assert_int_equal(a[4], AISB);
    assert_int_equal(a[5], 5);
    assert_int_equal(control_guest_subclass(), 3);
    assert_int_equal(modified(MPCIFC_REGISTER_INT), SEQUENCE);
    assert_int_equal(store(), 0);
    assert_int_equal(be32_get(fib + FIB_INT), 0x30100785);
    assert_int_equal(be64_get(fib + FIB_AIBV), AIBV);
    assert_int_equal(modified(MPCIFC_DEREGISTER_INT), 0);
    assert_int_equal(control_guest_subclass(), 8);
}

static void test_irq_refused(void **state)
{
    (void)state;
    build_irq(AIBV);
    fails(BH_M_PCI_IRQ_REGISTER, BH_E_BOUND, 0);
    assert_int_equal(modify(MPCIFC_REGISTER_INT), PGM_OPERAND);
    fails(BH_M_PCI_IRQ_REGISTER, BH_E_ARG, 0);
    assert_int_equal(modify(MPCIFC_REGISTER_INT), PGM_OPERAND);
    fails(BH_M_PCI_IRQ_REGISTER, BH_E_AGAIN, 0);
    assert_int_equal(modified(MPCIFC_REGISTER_INT), 0x200);
    assert_int_equal(function->has_irq, 0);
}

static void test_error_states(void **state)
{
    (void)state;
    memset(fib, 0, FIB_SIZE);
    assert_int_equal(modified(MPCIFC_RESET_ERROR), SEQUENCE);
    assert_int_equal(modified(MPCIFC_RESET_BLOCK), SEQUENCE);
    function->error = function->blocked = 1;
    assert_int_equal(store(), 0);
    assert_int_equal(fib[FIB_CONTROLS], FIB_FC_ENABLED | FIB_FC_ERROR | FIB_FC_BLOCKED);
    memset(fib, 0, FIB_SIZE);
    assert_int_equal(modified(MPCIFC_RESET_BLOCK), 0);
    assert_int_equal(fake_calls[FAKE_NUMBER(BH_M_PCI_UNBLOCK)], 1);
    assert_int_equal(fake_words[TRANSLATOR_STATE][2], FIB_FC_ENABLED | FIB_FC_ERROR);
    assert_int_equal(modified(MPCIFC_RESET_ERROR), 0);
    assert_int_equal(fake_calls[FAKE_NUMBER(BH_M_PCI_RESET_ERROR)], 1);
    assert_int_equal(fake_words[TRANSLATOR_STATE][1], function->handle);
    assert_int_equal(fake_words[TRANSLATOR_STATE][2], FIB_FC_ENABLED);
    assert_int_equal(fake_words[TRANSLATOR_STATE][3], fake_function[0].generation);
}

static void test_operands(void **state)
{
    (void)state;
    memset(fib, 0, FIB_SIZE);
    assert_int_equal(modified(MPCIFC_SET_MEASUREMENT), 0);
    assert_int_equal(modify(0), PGM_OPERAND);
    assert_int_equal(modify(MPCIFC_REGISTER_DIRECTED), PGM_OPERAND);
    fib[FIB_FORMAT] = 1;
    assert_int_equal(modify(MPCIFC_DEREGISTER_IOAT), PGM_OPERAND);
    fib[FIB_FORMAT] = 0;
    assert_int_equal(fake_rs(emulate_mpcifc, R1, 0, AT + 4), PGM_SPECIFICATION);
    assert_int_equal(fake_rs(emulate_mpcifc, R1, 0, FAKE_BYTES), PGM_ADDRESSING);
    cpu.page->gr[R1] = fake_request(function->handle, 1, MPCIFC_DEREGISTER_IOAT);
    assert_int_equal(fake_rs(emulate_mpcifc, R1, 0, AT), PGM_NONE);
    assert_int_equal(fake_outcome(R1), 0x100 + ZPCI_ST_DMA_SPACE);
    cpu.page->gr[R1] = fake_request(function->handle ^ 0x01000000u, 0, MPCIFC_DEREGISTER_IOAT);
    assert_int_equal(fake_rs(emulate_mpcifc, R1, 0, AT), PGM_NONE);
    assert_int_equal(fake_outcome(R1), 0x300);
}

static void test_store_operands(void **state)
{
    (void)state;
    cpu.page->gr[R1] = fake_request(function->handle, 1, 0);
    assert_int_equal(fake_rs(emulate_stpcifc, R1, 0, AT), PGM_NONE);
    assert_int_equal(fake_outcome(R1), 0x100 + ZPCI_ST_DMA_SPACE);
    cpu.page->gr[R1] = fake_request(function->handle, 0, 0);
    assert_int_equal(fake_rs(emulate_stpcifc, R1, 0, AT + 4), PGM_SPECIFICATION);
    assert_int_equal(fake_rs(emulate_stpcifc, R1, 0, FAKE_BYTES), PGM_ADDRESSING);
    cpu.page->gr[R1] = fake_request(0x77, 0, 0);
    assert_int_equal(fake_rs(emulate_stpcifc, R1, 0, AT), PGM_NONE);
    assert_int_equal(fake_outcome(R1), 0x300);
}

static void test_sic(void **state)
{
    (void)state;
    cpu.page->gr[R1] = SIC_SINGLE;
    assert_int_equal(fake_rs(emulate_sic, R1, 3, AT), PGM_NONE);
    assert_int_equal(fake_mode, 1);
    cpu.page->gr[R1] = UINT64_C(0x5550000) + SIC_ALL; /* 16 bits count */
    assert_int_equal(fake_rs(emulate_sic, R1, 3, AT), PGM_NONE);
    assert_int_equal(fake_mode, 0);
    cpu.page->gr[R1] = 2;
    assert_int_equal(fake_rs(emulate_sic, R1, 3, AT), PGM_OPERAND);
}

static void test_refresh(void **state)
{
    (void)state;
    assert_int_equal(fake_rre(emulate_rpcit, R1, 5), PGM_SPECIFICATION);
    cpu.page->gr[R1] = fake_request(function->handle, 0, 0);
    assert_int_equal(fake_rre(emulate_rpcit, R1, 4), PGM_NONE);
    assert_int_equal(fake_outcome(R1), 0x300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_anchor, fake_start_enabled),
        cmocka_unit_test_setup(test_anchor_refused, fake_start_enabled),
        cmocka_unit_test_setup(test_anchor_stays, fake_start_enabled),
        cmocka_unit_test_setup(test_irq, fake_start_enabled),
        cmocka_unit_test_setup(test_irq_refused, fake_start_enabled),
        cmocka_unit_test_setup(test_error_states, fake_start_enabled),
        cmocka_unit_test_setup(test_operands, fake_start_enabled),
        cmocka_unit_test_setup(test_store_operands, fake_start_enabled),
        cmocka_unit_test_setup(test_sic, fake_start_enabled),
        cmocka_unit_test_setup(test_refresh, fake_start_enabled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
