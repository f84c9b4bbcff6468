/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: CLP as a guest gets it answered. */
#include <string.h>

#include "libs/zformats/bytes.h"
#include "libs/zformats/clp.h"
#include "libs/zformats/psw.h"
#include "tests/lib/test.h"
#include "tests/unit/vmm-zpci/fake.h"
#include "vmm/handlers.h"

#define AT 0x8000u
#define R2 4u

static uint8_t *const block = fake_memory + AT;
static uint8_t *const response = fake_memory + AT + CLP_REQUEST_LENGTH;

static void build(uint32_t command, uint32_t room)
{
    memset(block, 0, 4096);
    be16_put(block, CLP_REQUEST_LENGTH);
    be16_put(block + CLP_COMMAND, (uint16_t)command);
    be16_put(response, (uint16_t)room);
    cpu.page->gr[R2] = AT;
}

static uint32_t ask(void)
{
    assert_int_equal(fake_rre(emulate_clp, 2, R2), PGM_NONE);
    assert_int_equal(psw_cc_get(cpu.psw_mask), 0);
    return be16_get(response + CLP_COMMAND);
}

static uint32_t set(uint32_t handle, uint8_t operation, uint8_t spaces)
{
    build(CLP_SET_FUNCTION, 64);
    be32_put(block + CLP_SET_REQ_FH, handle);
    block[CLP_SET_REQ_OC] = operation;
    block[CLP_SET_REQ_NDAS] = spaces;
    return ask();
}

static void test_list(void **state)
{
    const uint8_t *entry = response + CLP_LIST_RSP_ENTRIES;

    (void)state;
    build(CLP_LIST, 4064);
    assert_int_equal(ask(), CLP_RC_OK);
    assert_int_equal(be16_get(response), 32 + 2 * 16);
    assert_int_equal(be64_get(response + CLP_LIST_RSP_TOKEN), 0);
    assert_int_equal(be32_get(response + CLP_LIST_RSP_MDD), 0x00ff0000);
    assert_int_equal(be16_get(entry + CLP_ENTRY_DEVICE), 0x1042);
    assert_int_equal(be16_get(entry + CLP_ENTRY_VENDOR), 0x1af4);
    assert_int_equal(be32_get(entry + CLP_ENTRY_FID), 0x11);
    assert_int_equal(be32_get(entry + CLP_ENTRY_FH), guest_function[0].handle);
    assert_int_equal(be32_get(entry + 16 + CLP_ENTRY_FID), 0x12);
}

/* One entry at a time, and then no more. */
static void test_list_continues(void **state)
{
    (void)state;
    build(CLP_LIST, 48);
    assert_int_equal(ask(), CLP_RC_OK);
    assert_int_equal(be64_get(response + CLP_LIST_RSP_TOKEN), 1);
    assert_int_equal(be32_get(response + 32 + CLP_ENTRY_FID), 0x11);
    build(CLP_LIST, 48);
    be64_put(block + CLP_LIST_REQ_TOKEN, 1);
    assert_int_equal(ask(), CLP_RC_OK);
    assert_int_equal(be64_get(response + CLP_LIST_RSP_TOKEN), 0);
    assert_int_equal(be32_get(response + 32 + CLP_ENTRY_FID), 0x12);
    build(CLP_LIST, 48);
    be64_put(block + CLP_LIST_REQ_TOKEN, 2);
    assert_int_equal(ask(), CLP_RC_TOKEN);
    build(CLP_LIST, 40);
    assert_int_equal(ask(), CLP_RC_NEEDS_8K);
}

static void test_query_function(void **state)
{
    (void)state;
    build(CLP_QUERY_FUNCTION, 128);
    be32_put(block + CLP_QFN_REQ_FH, guest_function[1].handle);
    assert_int_equal(ask(), CLP_RC_OK);
    assert_int_equal(be32_get(response + CLP_QFN_RSP_FID), 0x12);
    assert_int_equal(be64_get(response + CLP_QFN_RSP_SDMA), FAKE_SDMA);
    assert_int_equal(be64_get(response + CLP_QFN_RSP_EDMA), FAKE_SDMA + 0x3ffffff);
    assert_int_equal(response[CLP_QFN_RSP_BAR_SIZE + FAKE_BAR], FAKE_BAR_LOG2);
    assert_int_equal(le32_get(response + CLP_QFN_RSP_BAR + 4 * FAKE_BAR), 0x0c000000);
    be16_put(response, 128);
    be32_put(block + CLP_QFN_REQ_FH, 0);
    assert_int_equal(ask(), CLP_RC_HANDLE);
}

static void test_query_group(void **state)
{
    (void)state;
    build(CLP_QUERY_GROUP, 64);
    be32_put(block + CLP_QGRP_REQ_GROUP, 0x20);
    assert_int_equal(ask(), CLP_RC_OK);
    assert_int_equal(response[CLP_QGRP_RSP_FLAGS], CLP_QGRP_REFRESH);
    assert_int_equal(response[CLP_QGRP_RSP_DTSM], CLP_DTSM_RTTO);
    assert_int_equal(be64_get(response + CLP_QGRP_RSP_MSIA), FAKE_MSIA);
    assert_int_equal(be16_get(response + CLP_QGRP_RSP_NOI), 128);
    build(CLP_QUERY_GROUP, 64);
    be32_put(block + CLP_QGRP_REQ_GROUP, 0x21);
    assert_int_equal(ask(), CLP_RC_GROUP);
}

static void test_set(void **state)
{
    uint32_t disabled = guest_function[0].handle;
    uint32_t enabled;

    (void)state;
    assert_int_equal(set(disabled, CLP_SET_ENABLE, 0), CLP_RC_DMA_SPACES);
    assert_int_equal(set(disabled, CLP_SET_ENABLE, 2), CLP_RC_RESOURCES);
    assert_int_equal(set(disabled, 9, 1), CLP_RC_HANDLE_STATE);
    assert_int_equal(set(disabled, CLP_SET_DISABLE, 0), CLP_RC_ALREADY);
    assert_int_equal(set(disabled, CLP_SET_ENABLE, 1), CLP_RC_OK);
    enabled = be32_get(response + CLP_SET_RSP_FH);
    assert_true(enabled & UINT32_C(0x80000000));
    assert_int_equal(enabled, guest_function[0].handle);
    assert_int_equal(set(disabled, CLP_SET_DISABLE, 0), CLP_RC_HANDLE);
    assert_int_equal(set(enabled, CLP_SET_ENABLE, 1), CLP_RC_ALREADY);
    assert_int_equal(set(enabled, CLP_SET_DISABLE, 0), CLP_RC_OK);
    assert_int_equal(fake_function[0].enabled, 0);
}

/* Only the response is written: the rest of the page may be a device's just now. */
static void test_blocks(void **state)
{
    (void)state;
    build(0x55, 16);
    memset(response + 16, 0x77, 32);
    assert_int_equal(ask(), CLP_RC_COMMAND);
    assert_int_equal(response[16], 0x77);
    build(CLP_LIST, 4064);
    be16_put(block, 40);
    be16_put(block + 40, 64);
    assert_int_equal(fake_rre(emulate_clp, 2, R2), PGM_NONE);
    assert_int_equal(be16_get(block + 42), CLP_RC_LENGTH);
    build(CLP_LIST, 4068);
    assert_int_equal(fake_rre(emulate_clp, 2, R2), PGM_OPERAND);
    build(CLP_LIST, 4064);
    cpu.page->gr[R2] = FAKE_BYTES;
    assert_int_equal(fake_rre(emulate_clp, 2, R2), PGM_ADDRESSING);
}

static void test_other_processors(void **state)
{
    struct instruction in = {.length = 4, .r2 = R2, .i2 = 0};

    (void)state;
    build(CLP_LIST, 4064);
    assert_int_equal(emulate_clp(&cpu, &in), PGM_NONE);
    assert_int_equal(psw_cc_get(cpu.psw_mask), 3);
    in.i2 = 0x82;
    assert_int_equal(emulate_clp(&cpu, &in), PGM_NONE);
    assert_int_equal(psw_cc_get(cpu.psw_mask), 3);
    assert_int_equal(be16_get(response + CLP_COMMAND), 0);
}

static int start_two(void **state)
{
    static unsigned two = 2;
    void *number = &two;

    (void)state;
    return fake_start(&number);
}

static int start_none(void **state)
{
    static unsigned none = 0;
    void *number = &none;

    (void)state;
    return fake_start(&number);
}

static void test_no_functions(void **state)
{
    (void)state;
    build(CLP_LIST, 4064);
    assert_int_equal(ask(), CLP_RC_OK);
    assert_int_equal(be16_get(response), 32);
    build(CLP_QUERY_GROUP, 64);
    be32_put(block + CLP_QGRP_REQ_GROUP, 0x20);
    assert_int_equal(ask(), CLP_RC_GROUP);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_list, start_two),
        cmocka_unit_test_setup(test_list_continues, start_two),
        cmocka_unit_test_setup(test_query_function, start_two),
        cmocka_unit_test_setup(test_query_group, start_two),
        cmocka_unit_test_setup(test_set, fake_start),
        cmocka_unit_test_setup(test_blocks, fake_start),
        cmocka_unit_test_setup(test_other_processors, fake_start),
        cmocka_unit_test_setup(test_no_functions, start_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
