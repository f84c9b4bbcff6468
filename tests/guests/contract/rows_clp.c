/* SPDX-License-Identifier: BSD-2-Clause */
/* Contract guest: CLP. Belongs to: test. */
#include "libs/zformats/bytes.h"
#include "libs/zformats/clp.h"
#include "tests/guests/contract/contract.h"

static uint8_t block[4096] __attribute__((aligned(4096)));
static uint8_t *const response = block + CLP_REQUEST_LENGTH;

static void build(uint32_t command, uint32_t room)
{
    bytes_zero(block, sizeof(block));
    be16_put(block + CLP_LENGTH, CLP_REQUEST_LENGTH);
    be16_put(block + CLP_COMMAND, (uint16_t)command);
    be16_put(response + CLP_LENGTH, (uint16_t)room);
}

static void ask(const char *name)
{
    struct outcome o = do_clp(block);

    row(name);
    row_outcome(o);
    if (o.program == 0)
        row_number("rsp", be16_get(response + CLP_COMMAND), 4);
}

static void asked(const char *name)
{
    ask(name);
    row_end();
}

static void blocks(void)
{
    build(CLP_LIST, 4064);
    be16_put(block, 8);
    asked("clp-request-8");
    build(CLP_LIST, 4064);
    be16_put(block, 33);
    asked("clp-request-33");
    build(CLP_LIST, 4);
    asked("clp-response-4");
    build(CLP_LIST, 12);
    asked("clp-response-12");
    build(CLP_LIST, 4064);
    be16_put(block, 40);
    be16_put(block + 40, 4056);
    row("clp-request-40");
    row_outcome(do_clp(block));
    row_number("rsp", be16_get(block + 42), 4);
    row_end();
    build(0, 64);
    asked("clp-command-0");
    build(0x77, 64);
    asked("clp-command-unknown");
}

static void list(void)
{
    build(CLP_LIST, 4064);
    ask("clp-list");
    row_number("length", be16_get(response), 4);
    row_number("token", be64_get(response + CLP_LIST_RSP_TOKEN), 1);
    row_number("mdd", be32_get(response + CLP_LIST_RSP_MDD), 8);
    row_number("entry", response[CLP_LIST_RSP_ENTRY_SIZE], 2);
    row_number("device", be16_get(response + CLP_LIST_RSP_ENTRIES), 4);
    row_number("vendor", be16_get(response + CLP_LIST_RSP_ENTRIES + 2), 4);
    row_number("state", be32_get(response + CLP_LIST_RSP_ENTRIES + CLP_ENTRY_STATE), 8);
    row_end();
    build(CLP_LIST, 32);
    asked("clp-list-no-room");
    build(CLP_LIST, 56);
    asked("clp-list-half-entry");
    build(CLP_LIST, 48);
    asked("clp-list-one-entry");
    build(CLP_LIST, 4064);
    be64_put(block + CLP_LIST_REQ_TOKEN, 77);
    asked("clp-list-token");
}

static void query(void)
{
    build(CLP_QUERY_FUNCTION, 128);
    be32_put(block + CLP_QFN_REQ_FH, fn.handle);
    ask("clp-query");
    row_number("sdma", be64_get(response + CLP_QFN_RSP_SDMA), 16);
    row_number("edma", be64_get(response + CLP_QFN_RSP_EDMA), 16);
    row_end();
    build(CLP_QUERY_FUNCTION, 128);
    be32_put(block + CLP_QFN_REQ_FH, fn.handle ^ 0x01000000u);
    asked("clp-query-stale");
    build(CLP_QUERY_FUNCTION, 128);
    asked("clp-query-zero");
    build(CLP_QUERY_FUNCTION, 64);
    be32_put(block + CLP_QFN_REQ_FH, fn.handle);
    asked("clp-query-no-room");
    build(CLP_QUERY_GROUP, 64);
    be32_put(block + CLP_QGRP_REQ_GROUP, fn.group);
    ask("clp-group");
    row_number("flags", response[CLP_QGRP_RSP_FLAGS], 2);
    row_number("noi", be16_get(response + CLP_QGRP_RSP_NOI), 4);
    row_number("maxstbl", be16_get(response + CLP_QGRP_RSP_MAXSTBL), 4);
    row_number("dtsm", response[CLP_QGRP_RSP_DTSM], 2);
    row_number("msia", be64_get(response + CLP_QGRP_RSP_MSIA), 16);
    row_end();
    build(CLP_QUERY_GROUP, 64);
    be32_put(block + CLP_QGRP_REQ_GROUP, 0x99);
    asked("clp-group-unknown");
}

static void set(const char *name, uint32_t handle, uint8_t operation, uint8_t spaces)
{
    build(CLP_SET_FUNCTION, 64);
    be32_put(block + CLP_SET_REQ_FH, handle);
    block[CLP_SET_REQ_OC] = operation;
    block[CLP_SET_REQ_NDAS] = spaces;
    ask(name);
    if (be16_get(response + CLP_COMMAND) == CLP_RC_OK) {
        fn.handle = be32_get(response + CLP_SET_RSP_FH);
        row_text((fn.handle & ZPCI_FH_ENABLED) != 0 ? "enabled" : "disabled");
    }
    row_end();
}

static void sets(void)
{
    set("clp-enable-enabled", fn.handle, CLP_SET_ENABLE, 1);
    set("clp-enable-no-space", fn.handle, CLP_SET_ENABLE, 0);
    set("clp-set-unknown", fn.handle, 77, 1);
    set("clp-set-stale", fn.handle ^ 0x01000000u, CLP_SET_DISABLE, 1);
    set("clp-set-zero", 0, CLP_SET_ENABLE, 1);
    set("clp-disable", fn.handle, CLP_SET_DISABLE, 0);
    set("clp-disable-disabled", fn.handle, CLP_SET_DISABLE, 0);
    set("clp-enable-0-spaces", fn.handle, CLP_SET_ENABLE, 0);
    set("clp-enable-2-spaces", fn.handle, CLP_SET_ENABLE, 2);
    set("clp-enable", fn.handle, CLP_SET_ENABLE, 1);
}

void rows_clp(void)
{
    function_enable();
    blocks();
    list();
    query();
    sets();
    function_fresh();
}
