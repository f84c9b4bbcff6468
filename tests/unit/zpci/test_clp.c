/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: CLP blocks, from both sides, byte by byte and with damage. */
#include "tests/unit/zpci/machine.h"

#include "drivers/zpci/clp_answer.h"
#include "libs/zformats/bytes.h"

static uint8_t block[CLP_BLOCK_SIZE] __attribute__((aligned(CLP_BLOCK_ALIGN)));
static uint8_t *const response = block + 32;

static int clear(void **state)
{
    (void)state;
    memset(block, 0xee, sizeof(block));
    return 0;
}

/* A response of the machine, written by hand from the documented layout. */
static void respond(uint16_t length, uint16_t code)
{
    memset(response, 0, sizeof(block) - 32);
    be16_put(response, length);
    be16_put(response + 2, code);
}

static void requests_have_the_known_bytes(void **state)
{
    const uint8_t list[36] = {0, 32, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,    0,
                              0, 0,  0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0x0f, 0xe0};
    const uint8_t set[34] = {0,    32,   0,    5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12,
                             0x34, 0x56, 0x78, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32};

    (void)state;
    clp_list_request(block, 9);
    assert_memory_equal(block, list, sizeof(list));
    clp_set_request(block, 0x12345678, CLP_SET_ENABLE);
    assert_memory_equal(block, set, sizeof(set));
    clp_set_request(block, 0x12345678, CLP_SET_DISABLE);
    assert_int_equal(block[22], 1);
    assert_int_equal(block[23], 0);
    clp_function_request(block, 0x80020000);
    assert_int_equal(be16_get(block + 2), 3);
    assert_true(be32_get(block + 16) == 0x80020000);
    clp_group_request(block, 0xfe);
    assert_int_equal(be16_get(block + 2), 4);
    assert_true(be32_get(block + 16) == 0xfe);
    assert_int_equal(be16_get(block + 32), 64);
}

static void list_is_parsed(void **state)
{
    struct clp_list list;
    struct clp_entry entry;

    (void)state;
    clp_list_request(block, 0);
    respond(32 + 32, 0x0010);
    be64_put(response + 16, 0x55);
    be32_put(response + 24, 0x00ff0000);
    be16_put(response + 28, 4096);
    response[30] = 1;
    response[31] = 16;
    be16_put(response + 48, 0x1041);
    be16_put(response + 50, 0x1af4);
    be32_put(response + 52, 0x80000000);
    be32_put(response + 56, 0x101);
    be32_put(response + 60, 0x00020001);
    assert_int_equal(clp_list_parse(block, &list), ZPCI_OK);
    assert_true(list.token == 0x55 && list.mdd == 0x00ff0000);
    assert_int_equal(list.max_functions, 4096);
    assert_int_equal(list.uid_checking, 1);
    assert_int_equal(list.count, 2);
    response[30] = 0xfe;
    assert_int_equal(clp_list_parse(block, &list), ZPCI_OK);
    assert_int_equal(list.uid_checking, 0);
    clp_list_entry(block, 0, &entry);
    assert_int_equal(entry.vendor, 0);
    clp_list_entry(block, 1, &entry);
    assert_int_equal(entry.device, 0x1041);
    assert_int_equal(entry.vendor, 0x1af4);
    assert_int_equal(entry.configured, 1);
    assert_int_equal(entry.fid, 0x101);
    assert_int_equal(entry.fh, 0x00020001);
}

static void damaged_lists_are_refused(void **state)
{
    struct clp_list list = {.count = 77};

    (void)state;
    respond(24, 0x0010); /* shorter than its head */
    assert_int_equal(clp_list_parse(block, &list), ZPCI_E_MALFORMED);
    respond(4096, 0x0010); /* longer than the block */
    response[31] = 16;
    assert_int_equal(clp_list_parse(block, &list), ZPCI_E_MALFORMED);
    respond(32 + 8, 0x0010); /* half an entry */
    response[31] = 16;
    assert_int_equal(clp_list_parse(block, &list), ZPCI_E_MALFORMED);
    respond(32 + 32, 0x0010); /* other entries */
    response[31] = 32;
    assert_int_equal(clp_list_parse(block, &list), ZPCI_E_MALFORMED);
    respond(32, 0x0010); /* to be continued, without progress */
    response[31] = 16;
    response[23] = 1;
    assert_int_equal(clp_list_parse(block, &list), ZPCI_E_MALFORMED);
    respond(48, 0x0010); /* format 1 */
    response[31] = 16;
    response[4] = 0x10;
    assert_int_equal(clp_list_parse(block, &list), ZPCI_E_MALFORMED);
    assert_int_equal(list.count, 77);
}

static void response_codes_have_meanings(void **state)
{
    static const struct {
        uint16_t code;
        enum zpci_error error;
    } cases[] = {{0x0010, ZPCI_OK},       {0x0020, ZPCI_E_REFUSED},   {0x0101, ZPCI_E_GONE},
                 {0x0102, ZPCI_E_STATE},  {0x0104, ZPCI_E_RESOURCES}, {0x0105, ZPCI_E_STATE},
                 {0x0106, ZPCI_E_GONE},   {0x0107, ZPCI_E_BUSY},      {0x0108, ZPCI_E_BUSY},
                 {0x010a, ZPCI_E_REFUSED}};
    struct clp_group group;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        respond(64, cases[i].code);
        assert_int_equal(clp_group_parse(block, &group), cases[i].error);
    }
}

static void function_is_parsed(void **state)
{
    struct clp_function function;

    (void)state;
    respond(256, 0x0010);
    be16_put(response + 16, 3);
    response[18] = 2;
    response[19] = 0xff;
    be32_put(response + 20, 0x17);
    response[24] = 14;
    response[29] = 12;
    be16_put(response + 30, 0x1c0);
    le32_put(response + 32, 0xfe000004);
    le32_put(response + 52, 0xfd000000);
    response[56] = 1;
    response[61] = 0xf2;
    response[62] = 8;
    response[63] = 5;
    be64_put(response + 64, WINDOW);
    be64_put(response + 72, WINDOW_END);
    be32_put(response + 124, 0x99);
    assert_int_equal(clp_function_parse(block, &function), ZPCI_OK);
    assert_int_equal(function.vfn, 3);
    assert_int_equal(function.flags, CLP_QFN_MIO);
    assert_int_equal(function.group, 0xff);
    assert_int_equal(function.fid, 0x17);
    assert_int_equal(function.bar[0].size_log2, 14);
    assert_int_equal(function.bar[5].size_log2, 12);
    assert_true(function.bar[0].value == 0xfe000004);
    assert_true(function.bar[5].value == 0xfd000000);
    assert_int_equal(function.pchid, 0x1c0);
    assert_int_equal(function.pfip[0], 1);
    assert_int_equal(function.port, 2);
    assert_int_equal(function.fmb_words, 8);
    assert_int_equal(function.type, 5);
    assert_true(function.sdma == WINDOW && function.edma == WINDOW_END);
    assert_int_equal(function.uid, 0x99);
}

static void damaged_functions_are_refused(void **state)
{
    struct clp_function function = {.fid = 77};

    (void)state;
    respond(120, 0x0010);
    assert_int_equal(clp_function_parse(block, &function), ZPCI_E_MALFORMED);
    respond(264, 0x0010);
    assert_int_equal(clp_function_parse(block, &function), ZPCI_E_MALFORMED);
    respond(256, 0x0010);
    response[27] = 64; /* a BAR of 2^64 bytes */
    assert_int_equal(clp_function_parse(block, &function), ZPCI_E_MALFORMED);
    response[27] = 63;
    assert_int_equal(clp_function_parse(block, &function), ZPCI_OK);
    function.fid = 77;
    respond(256, 0x0010);
    be64_put(response + 64, 1); /* first DMA address above the last */
    assert_int_equal(clp_function_parse(block, &function), ZPCI_E_MALFORMED);
    respond(256, 0x0101);
    assert_int_equal(clp_function_parse(block, &function), ZPCI_E_GONE);
    assert_int_equal(function.fid, 77);
}

static void group_is_parsed_and_reserved_bits_are_dropped(void **state)
{
    struct clp_group group;

    (void)state;
    respond(64, 0x0010);
    be16_put(response + 16, 0xf080);
    response[18] = 1;
    response[19] = 0x21;
    be16_put(response + 20, 0xe080);
    be16_put(response + 22, 4000);
    response[24] = 0x40;
    be64_put(response + 32, 7);
    be64_put(response + 40, UINT64_C(0xfe00000000000000));
    assert_int_equal(clp_group_parse(block, &group), ZPCI_OK);
    assert_int_equal(group.interrupts, 0x80);
    assert_int_equal(group.version, 1);
    assert_int_equal(group.flags, CLP_QGRP_RTR | CLP_QGRP_REFRESH);
    assert_int_equal(group.max_store_block, 0x80);
    assert_int_equal(group.measurement_ms, 4000);
    assert_int_equal(group.designations, CLP_DTSM_RTTO);
    assert_true(group.dasm == 7);
    assert_true(group.msia == UINT64_C(0xfe00000000000000));
    respond(56, 0x0010);
    assert_int_equal(clp_group_parse(block, &group), ZPCI_E_MALFORMED);
}

static void new_handle_must_fit_the_operation(void **state)
{
    uint32_t fh = 5;

    (void)state;
    respond(32, 0x0010);
    be32_put(response + 16, 0x81020000);
    assert_int_equal(clp_set_parse(block, CLP_SET_DISABLE, &fh), ZPCI_E_MALFORMED);
    assert_int_equal(fh, 5);
    assert_int_equal(clp_set_parse(block, CLP_SET_ENABLE, &fh), ZPCI_OK);
    assert_true(fh == 0x81020000);
    be32_put(response + 16, 0x02020000);
    assert_int_equal(clp_set_parse(block, CLP_SET_ENABLE, &fh), ZPCI_E_MALFORMED);
    assert_int_equal(clp_set_parse(block, CLP_SET_DISABLE, &fh), ZPCI_OK);
    assert_true(fh == 0x02020000);
    respond(24, 0x0010);
    assert_int_equal(clp_set_parse(block, CLP_SET_DISABLE, &fh), ZPCI_E_MALFORMED);
}

static void answers_are_what_the_parsers_read(void **state)
{
    static const struct clp_function in = {.sdma = 1,
                                           .edma = UINT64_MAX,
                                           .fid = 2,
                                           .uid = 3,
                                           .vfn = 4,
                                           .pchid = 5,
                                           .pfip = {6, 7, 8, 9},
                                           .group = 10,
                                           .flags = 2,
                                           .type = 11,
                                           .port = 12,
                                           .fmb_words = 13,
                                           .bar = {{0xfe000004, 20}, {0, 0}, {0x1000, 12}}};
    static const struct clp_group group_in = {.dasm = 1,
                                              .msia = 2,
                                              .interrupts = 0xfff,
                                              .max_store_block = 0x1fff,
                                              .measurement_ms = 5,
                                              .version = 6,
                                              .flags = 7,
                                              .designations = 8};
    struct clp_function out;
    struct clp_group group_out;
    struct clp_request request;

    (void)state;
    memset(&out, 0, sizeof(out));
    memset(&group_out, 0, sizeof(group_out));
    clp_function_request(block, 1);
    assert_int_equal(clp_request_parse(block, sizeof(block), &request), 0);
    assert_int_equal(request.command, CLP_QUERY_FUNCTION);
    assert_int_equal(request.code, CLP_RC_OK);
    clp_answer_function(&request, &in);
    assert_int_equal(clp_function_parse(block, &out), ZPCI_OK);
    assert_memory_equal(&in, &out, sizeof(in));
    clp_group_request(block, 1);
    assert_int_equal(clp_request_parse(block, sizeof(block), &request), 0);
    clp_answer_group(&request, &group_in);
    assert_int_equal(clp_group_parse(block, &group_out), ZPCI_OK);
    assert_memory_equal(&group_in, &group_out, sizeof(group_in));
}

static void requests_with_impossible_lengths_are_exceptions(void **state)
{
    static const struct {
        uint16_t request, room;
        int result;
    } cases[] = {{32, 64, 0}, {8, 64, -1},  {36, 64, -1},        {4096, 64, -1},
                 {32, 0, -1}, {32, 12, -1}, {32, 4096 - 24, -1}, {32, 4096 - 32, 0},
                 {16, 64, 0}, {40, 64, 0}};
    struct clp_request request;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        be16_put(block, cases[i].request);
        if (cases[i].request < 4096)
            be16_put(block + cases[i].request, cases[i].room);
        assert_int_equal(clp_request_parse(block, 4096, &request), cases[i].result);
    }
    assert_int_equal(request.code, CLP_RC_LENGTH); /* 40: answered, not an exception */
    assert_int_equal(clp_request_parse(block, 8, &request), -1);
}

static void list_answers_check_their_room(void **state)
{
    struct clp_list head = {.mdd = 1, .max_functions = 2, .uid_checking = 1};
    struct clp_request request;
    struct clp_list list;

    (void)state;
    clp_list_request(block, 0);
    be16_put(block + 32, 40);
    assert_int_equal(clp_request_parse(block, sizeof(block), &request), 0);
    assert_int_equal(clp_answer_list(&request, &head), 0);
    assert_int_equal(be16_get(block + 34), CLP_RC_NEEDS_8K);
    be16_put(block + 32, 48);
    assert_int_equal(clp_request_parse(block, sizeof(block), &request), 0);
    assert_int_equal(clp_answer_list(&request, &head), 1);
    be16_put(block + 32, 56);
    assert_int_equal(clp_request_parse(block, sizeof(block), &request), 0);
    assert_int_equal(clp_answer_list(&request, &head), 0);
    assert_int_equal(be16_get(block + 34), CLP_RC_LENGTH);
    be16_put(block + 32, 64);
    assert_int_equal(clp_request_parse(block, sizeof(block), &request), 0);
    assert_int_equal(clp_answer_list(&request, &head), 2);
    clp_answer_list_end(&request, 0, 0);
    assert_int_equal(clp_list_parse(block, &list), ZPCI_OK);
    assert_int_equal(list.uid_checking, 1);
}

static void answers_without_room_say_so(void **state)
{
    struct clp_function function = {.fid = 1};
    struct clp_request request;

    (void)state;
    clp_function_request(block, 1);
    be16_put(block + 32, 64);
    assert_int_equal(clp_request_parse(block, sizeof(block), &request), 0);
    clp_answer_function(&request, &function);
    assert_int_equal(be16_get(block + 34), CLP_RC_LENGTH);
    clp_answer_group(&request, &(struct clp_group){.version = 1});
    assert_int_equal(be16_get(block + 34), CLP_RC_OK);
    be16_put(block + 32, 16);
    memset(block + 36, 0xee, 300);
    assert_int_equal(clp_request_parse(block, sizeof(block), &request), 0);
    clp_answer_group(&request, &(struct clp_group){.version = 1});
    assert_int_equal(be16_get(block + 34), CLP_RC_LENGTH);
    clp_answer_set(&request, 1);
    assert_int_equal(be16_get(block + 34), CLP_RC_LENGTH);
    clp_answer_function(&request, &function);
    for (uint32_t i = 36; i < 336; i++)
        assert_int_equal(block[i], 0xee); /* nothing but the code was written */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(requests_have_the_known_bytes, clear),
        cmocka_unit_test_setup(list_is_parsed, clear),
        cmocka_unit_test_setup(damaged_lists_are_refused, clear),
        cmocka_unit_test_setup(response_codes_have_meanings, clear),
        cmocka_unit_test_setup(function_is_parsed, clear),
        cmocka_unit_test_setup(damaged_functions_are_refused, clear),
        cmocka_unit_test_setup(group_is_parsed_and_reserved_bits_are_dropped, clear),
        cmocka_unit_test_setup(new_handle_must_fit_the_operation, clear),
        cmocka_unit_test_setup(answers_are_what_the_parsers_read, clear),
        cmocka_unit_test_setup(requests_with_impossible_lengths_are_exceptions, clear),
        cmocka_unit_test_setup(list_answers_check_their_room, clear),
        cmocka_unit_test_setup(answers_without_room_say_so, clear),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
