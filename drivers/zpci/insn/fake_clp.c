/* SPDX-License-Identifier: BSD-2-Clause */
/* zPCI software fake: CLP commands. */
#include "drivers/zpci/insn/fake_internal.h"

#include "drivers/zpci/clp_answer.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"

static int is_listed(const struct fake_function *function)
{
    return function->state != FAKE_RESERVED;
}

static void entry_fill(const struct fake_function *function, struct clp_entry *entry)
{
    const uint8_t *config = function->config_initial;

    entry->device = le16_get(config + PCICONF_DEVICE);
    entry->vendor = le16_get(config + PCICONF_VENDOR);
    entry->configured = function->state != FAKE_STANDBY;
    entry->fid = function->query.fid;
    entry->fh = function->fh;
}

/* The resume token is the number of the next function. */
static void list(struct fake_zpci *fake, const struct clp_request *request)
{
    struct clp_list head = {.mdd = FAKE_MDD, .max_functions = FAKE_FUNCTIONS};
    uint64_t next = be64_get(request->body + CLP_LIST_REQ_TOKEN);
    uint16_t count = 0, room;

    if (next > fake->functions) {
        clp_answer_code(request, CLP_RC_TOKEN);
        return;
    }
    room = clp_answer_list(request, &head);
    if (room == 0)
        return;
    if (room > fake->list_limit)
        room = fake->list_limit;
    for (; next < fake->functions && count < room; next++) {
        struct clp_entry entry;

        if (!is_listed(fake->function[next]))
            continue;
        entry_fill(fake->function[next], &entry);
        clp_answer_entry(request, count++, &entry);
    }
    next = next < fake->functions ? next : 0;
    clp_answer_list_end(request, count, fake->list_token ? fake->list_token : next);
}

static void query(struct fake_zpci *fake, const struct clp_request *request)
{
    struct fake_function *function = fake_find(fake, be32_get(request->body + CLP_QFN_REQ_FH));

    if (!function)
        clp_answer_code(request, CLP_RC_HANDLE);
    else if (function->state == FAKE_STANDBY)
        clp_answer_code(request, CLP_RC_HANDLE_STATE);
    else
        clp_answer_function(request, &function->query);
}

static void query_group(struct fake_zpci *fake, const struct clp_request *request)
{
    if (request->body[CLP_QGRP_REQ_GROUP + 3] != fake->group_id)
        clp_answer_code(request, CLP_RC_GROUP);
    else
        clp_answer_group(request, &fake->group);
}

static uint16_t enable(struct fake_function *function, uint8_t spaces)
{
    if (spaces == 0)
        return CLP_RC_DMA_SPACES;
    if (spaces > 1)
        return CLP_RC_RESOURCES;
    if (function->state != FAKE_DISABLED)
        return CLP_RC_HANDLE_STATE;
    fake_enter(function, FAKE_ENABLED);
    return CLP_RC_OK;
}

static uint16_t disable(struct fake_function *function)
{
    if (function->state <= FAKE_DISABLED)
        return CLP_RC_HANDLE_STATE;
    fake_enter(function, FAKE_DISABLED);
    return CLP_RC_OK;
}

static void set(struct fake_zpci *fake, const struct clp_request *request)
{
    struct fake_function *function = fake_find(fake, be32_get(request->body + CLP_SET_REQ_FH));
    uint16_t code;

    if (!function)
        code = CLP_RC_HANDLE;
    else if (function->state == FAKE_PERMANENT)
        code = CLP_RC_PERMANENT;
    else if (request->body[CLP_SET_REQ_OC] == CLP_SET_ENABLE)
        code = enable(function, request->body[CLP_SET_REQ_NDAS]);
    else if (request->body[CLP_SET_REQ_OC] == CLP_SET_DISABLE)
        code = disable(function);
    else
        code = CLP_RC_FUNCTION;
    if (code == CLP_RC_OK)
        clp_answer_set(request, function->fh);
    else
        clp_answer_code(request, code);
}

static void command(struct fake_zpci *fake, const struct clp_request *request)
{
    switch (request->command) {
    case CLP_LIST:
        list(fake, request);
        break;
    case CLP_QUERY_FUNCTION:
        query(fake, request);
        break;
    case CLP_QUERY_GROUP:
        query_group(fake, request);
        break;
    case CLP_SET_FUNCTION:
        set(fake, request);
        break;
    default:
        clp_answer_code(request, CLP_RC_COMMAND);
        break;
    }
}

struct zpci_result fake_clp(struct fake_zpci *fake, uint8_t *block)
{
    struct clp_request request;
    struct zpci_result result;

    if (fake_begin(fake, FAKE_CLP, &result))
        return result;
    if (clp_request_parse(block, CLP_BLOCK_SIZE, &request) != 0)
        return fake_program_check(fake, FAKE_PGM_OPERAND);
    if (fake->clp_code_count != 0) {
        fake->clp_code_count--;
        clp_answer_code(&request, fake->clp_code);
    } else if (request.code != CLP_RC_OK) {
        clp_answer_code(&request, request.code);
    } else {
        command(fake, &request);
    }
    return fake_result(0, 0);
}
