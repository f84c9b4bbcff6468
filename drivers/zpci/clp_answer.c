/* SPDX-License-Identifier: BSD-2-Clause */
/* CLP blocks for PCI, from the machine's side (VMM, software fake; pure functions). */
#include "drivers/zpci/clp_answer.h"

#include "libs/zformats/bytes.h"

#define REQUEST_MIN 16u
#define RESPONSE_MIN 8u

int clp_request_parse(uint8_t *block, uint32_t size, struct clp_request *request)
{
    uint32_t length, room;

    if (size < REQUEST_MIN)
        return -1;
    length = be16_get(block + CLP_LENGTH);
    if (length < REQUEST_MIN || length % 8 != 0 || length > size - RESPONSE_MIN)
        return -1;
    room = be16_get(block + length + CLP_LENGTH);
    if (room < RESPONSE_MIN || room % 8 != 0 || room > size - length)
        return -1;
    request->body = block;
    request->response = block + length;
    request->response_length = (uint16_t)room;
    request->command = be16_get(block + CLP_COMMAND);
    request->code = length == CLP_REQUEST_LENGTH ? CLP_RC_OK : CLP_RC_LENGTH;
    return 0;
}

void clp_answer_code(const struct clp_request *request, uint16_t code)
{
    be16_put(request->response + CLP_COMMAND, code);
}

/* Zero the response and give it its length and the good code; 0 if there is no room for it. */
static int answer_start(const struct clp_request *request, uint32_t length)
{
    if (request->response_length < length) {
        clp_answer_code(request, CLP_RC_LENGTH);
        return 0;
    }
    bytes_zero(request->response, length);
    be16_put(request->response + CLP_LENGTH, (uint16_t)length);
    clp_answer_code(request, CLP_RC_OK);
    return 1;
}

uint16_t clp_answer_list(const struct clp_request *request, const struct clp_list *list)
{
    uint8_t *response = request->response;
    uint32_t room = request->response_length;

    if (room < CLP_LIST_RSP_ENTRIES + CLP_ENTRY_SIZE) {
        clp_answer_code(request, CLP_RC_NEEDS_8K);
        return 0;
    }
    if ((room - CLP_LIST_RSP_ENTRIES) % CLP_ENTRY_SIZE != 0) {
        clp_answer_code(request, CLP_RC_LENGTH);
        return 0;
    }
    answer_start(request, CLP_LIST_RSP_ENTRIES);
    be32_put(response + CLP_LIST_RSP_MDD, list->mdd);
    be16_put(response + CLP_LIST_RSP_MAX, list->max_functions);
    response[CLP_LIST_RSP_FLAGS] = list->uid_checking ? CLP_LIST_UID_CHECKING : 0;
    response[CLP_LIST_RSP_ENTRY_SIZE] = CLP_ENTRY_SIZE;
    return (uint16_t)((room - CLP_LIST_RSP_ENTRIES) / CLP_ENTRY_SIZE);
}

void clp_answer_entry(const struct clp_request *request, uint16_t index,
                      const struct clp_entry *entry)
{
    uint8_t *at = request->response + CLP_LIST_RSP_ENTRIES + index * (uint32_t)CLP_ENTRY_SIZE;

    be16_put(at + CLP_ENTRY_DEVICE, entry->device);
    be16_put(at + CLP_ENTRY_VENDOR, entry->vendor);
    be32_put(at + CLP_ENTRY_STATE, entry->configured ? CLP_ENTRY_CONFIGURED : 0);
    be32_put(at + CLP_ENTRY_FID, entry->fid);
    be32_put(at + CLP_ENTRY_FH, entry->fh);
}

void clp_answer_list_end(const struct clp_request *request, uint16_t count, uint64_t token)
{
    uint32_t length = CLP_LIST_RSP_ENTRIES + count * (uint32_t)CLP_ENTRY_SIZE;

    be16_put(request->response + CLP_LENGTH, (uint16_t)length);
    be64_put(request->response + CLP_LIST_RSP_TOKEN, token);
}

void clp_answer_function(const struct clp_request *request, const struct clp_function *function)
{
    uint8_t *response = request->response;

    if (!answer_start(request, CLP_QFN_RSP_LENGTH_MIN))
        return;
    be16_put(response + CLP_QFN_RSP_VFN, function->vfn);
    response[CLP_QFN_RSP_FLAGS] = function->flags;
    response[CLP_QFN_RSP_GROUP] = function->group;
    be32_put(response + CLP_QFN_RSP_FID, function->fid);
    be16_put(response + CLP_QFN_RSP_PCHID, function->pchid);
    bytes_copy(response + CLP_QFN_RSP_PFIP, function->pfip, sizeof(function->pfip));
    response[CLP_QFN_RSP_PORT] = function->port;
    response[CLP_QFN_RSP_FMB] = function->fmb_words;
    response[CLP_QFN_RSP_PFT] = function->type;
    be64_put(response + CLP_QFN_RSP_SDMA, function->sdma);
    be64_put(response + CLP_QFN_RSP_EDMA, function->edma);
    be32_put(response + CLP_QFN_RSP_UID, function->uid);
    for (uint32_t i = 0; i < CLP_BARS; i++) {
        response[CLP_QFN_RSP_BAR_SIZE + i] = function->bar[i].size_log2;
        le32_put(response + CLP_QFN_RSP_BAR + 4 * i, function->bar[i].value);
    }
}

void clp_answer_group(const struct clp_request *request, const struct clp_group *group)
{
    uint8_t *response = request->response;

    if (!answer_start(request, CLP_QGRP_RSP_LENGTH_MIN))
        return;
    be16_put(response + CLP_QGRP_RSP_NOI, group->interrupts);
    response[CLP_QGRP_RSP_VERSION] = group->version;
    response[CLP_QGRP_RSP_FLAGS] = group->flags;
    be16_put(response + CLP_QGRP_RSP_MAXSTBL, group->max_store_block);
    be16_put(response + CLP_QGRP_RSP_MUI, group->measurement_ms);
    response[CLP_QGRP_RSP_DTSM] = group->designations;
    be64_put(response + CLP_QGRP_RSP_DASM, group->dasm);
    be64_put(response + CLP_QGRP_RSP_MSIA, group->msia);
}

void clp_answer_set(const struct clp_request *request, uint32_t fh)
{
    if (answer_start(request, CLP_SET_RSP_LENGTH_MIN))
        be32_put(request->response + CLP_SET_RSP_FH, fh);
}
