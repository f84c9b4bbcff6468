/* SPDX-License-Identifier: BSD-2-Clause */
/* CLP blocks for PCI, from the program's side (kernel, init, VMM; pure functions). */
#include "drivers/zpci/clp.h"

#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"

/* Room offered to each response. The list needs a multiple of the entry size behind its head;
 * machines from before memory I/O define the other lengths, and newer ones still accept them. */
#define LIST_OFFER (CLP_BLOCK_SIZE - CLP_REQUEST_LENGTH)
#define FUNCTION_OFFER 256u
#define GROUP_OFFER CLP_QGRP_RSP_LENGTH_MIN
#define SET_OFFER CLP_SET_RSP_LENGTH_MIN

#define DMA_SPACES 1u
#define NOI_MASK 0x0fffu
#define MAXSTBL_MASK 0x1fffu
#define PORT_MASK 0x0fu

enum zpci_error clp_code_error(uint16_t code)
{
    switch (code) {
    case CLP_RC_OK:
        return ZPCI_OK;
    case CLP_RC_BUSY:
    case CLP_RC_RECOVERY:
        return ZPCI_E_BUSY;
    case CLP_RC_HANDLE:
    case CLP_RC_PERMANENT:
        return ZPCI_E_GONE;
    case CLP_RC_HANDLE_STATE:
    case CLP_RC_ALREADY:
        return ZPCI_E_STATE;
    case CLP_RC_RESOURCES:
        return ZPCI_E_RESOURCES;
    default:
        return ZPCI_E_REFUSED;
    }
}

static void request_start(uint8_t *block, uint16_t command, uint32_t offer)
{
    bytes_zero(block, CLP_REQUEST_LENGTH + CLP_HDR_SIZE);
    be16_put(block + CLP_LENGTH, CLP_REQUEST_LENGTH);
    be16_put(block + CLP_COMMAND, command);
    be16_put(block + CLP_REQUEST_LENGTH + CLP_LENGTH, (uint16_t)offer);
}

/* A good response is at least min bytes, at most what was offered, and of format 0. */
static enum zpci_error response_check(const uint8_t *response, uint32_t min, uint32_t offer)
{
    uint32_t length = be16_get(response + CLP_LENGTH);
    uint16_t code = be16_get(response + CLP_COMMAND);

    if (code != CLP_RC_OK)
        return clp_code_error(code);
    if (length < min || length > offer || be32_get(response + CLP_FORMAT) != 0)
        return ZPCI_E_MALFORMED;
    return ZPCI_OK;
}

void clp_list_request(uint8_t *block, uint64_t token)
{
    request_start(block, CLP_LIST, LIST_OFFER);
    be64_put(block + CLP_LIST_REQ_TOKEN, token);
}

enum zpci_error clp_list_parse(const uint8_t *block, struct clp_list *list)
{
    const uint8_t *response = block + CLP_REQUEST_LENGTH;
    enum zpci_error error = response_check(response, CLP_LIST_RSP_ENTRIES, LIST_OFFER);
    uint32_t bytes = be16_get(response + CLP_LENGTH) - (uint32_t)CLP_LIST_RSP_ENTRIES;
    uint64_t token = be64_get(response + CLP_LIST_RSP_TOKEN);

    if (error)
        return error;
    if (response[CLP_LIST_RSP_ENTRY_SIZE] != CLP_ENTRY_SIZE || bytes % CLP_ENTRY_SIZE != 0)
        return ZPCI_E_MALFORMED;
    if (bytes == 0 && token != 0)
        return ZPCI_E_MALFORMED;
    list->token = token;
    list->mdd = be32_get(response + CLP_LIST_RSP_MDD);
    list->max_functions = be16_get(response + CLP_LIST_RSP_MAX);
    list->uid_checking = (response[CLP_LIST_RSP_FLAGS] & CLP_LIST_UID_CHECKING) != 0;
    list->count = (uint16_t)(bytes / CLP_ENTRY_SIZE);
    return ZPCI_OK;
}

void clp_list_entry(const uint8_t *block, uint16_t index, struct clp_entry *entry)
{
    const uint8_t *at =
        block + CLP_REQUEST_LENGTH + CLP_LIST_RSP_ENTRIES + index * (uint32_t)CLP_ENTRY_SIZE;

    entry->device = be16_get(at + CLP_ENTRY_DEVICE);
    entry->vendor = be16_get(at + CLP_ENTRY_VENDOR);
    entry->configured = (be32_get(at + CLP_ENTRY_STATE) & CLP_ENTRY_CONFIGURED) != 0;
    entry->fid = be32_get(at + CLP_ENTRY_FID);
    entry->fh = be32_get(at + CLP_ENTRY_FH);
}

void clp_function_request(uint8_t *block, uint32_t fh)
{
    request_start(block, CLP_QUERY_FUNCTION, FUNCTION_OFFER);
    be32_put(block + CLP_QFN_REQ_FH, fh);
}

static enum zpci_error function_check(const uint8_t *response)
{
    if (be64_get(response + CLP_QFN_RSP_SDMA) > be64_get(response + CLP_QFN_RSP_EDMA))
        return ZPCI_E_MALFORMED;
    for (uint32_t i = 0; i < CLP_BARS; i++)
        if (response[CLP_QFN_RSP_BAR_SIZE + i] > CLP_BAR_SIZE_MAX)
            return ZPCI_E_MALFORMED;
    return ZPCI_OK;
}

static void function_fill(const uint8_t *response, struct clp_function *function)
{
    function->vfn = be16_get(response + CLP_QFN_RSP_VFN);
    function->flags = response[CLP_QFN_RSP_FLAGS];
    function->group = response[CLP_QFN_RSP_GROUP];
    function->fid = be32_get(response + CLP_QFN_RSP_FID);
    function->pchid = be16_get(response + CLP_QFN_RSP_PCHID);
    function->port = response[CLP_QFN_RSP_PORT] & PORT_MASK;
    function->fmb_words = response[CLP_QFN_RSP_FMB];
    function->type = response[CLP_QFN_RSP_PFT];
    function->sdma = be64_get(response + CLP_QFN_RSP_SDMA);
    function->edma = be64_get(response + CLP_QFN_RSP_EDMA);
    function->uid = be32_get(response + CLP_QFN_RSP_UID);
    bytes_copy(function->pfip, response + CLP_QFN_RSP_PFIP, sizeof(function->pfip));
    for (uint32_t i = 0; i < CLP_BARS; i++) {
        function->bar[i].size_log2 = response[CLP_QFN_RSP_BAR_SIZE + i];
        function->bar[i].value = le32_get(response + CLP_QFN_RSP_BAR + 4 * i);
    }
}

enum zpci_error clp_function_parse(const uint8_t *block, struct clp_function *function)
{
    const uint8_t *response = block + CLP_REQUEST_LENGTH;
    enum zpci_error error = response_check(response, CLP_QFN_RSP_LENGTH_MIN, FUNCTION_OFFER);

    if (!error)
        error = function_check(response);
    if (!error)
        function_fill(response, function);
    return error;
}

void clp_group_request(uint8_t *block, uint8_t group)
{
    request_start(block, CLP_QUERY_GROUP, GROUP_OFFER);
    be32_put(block + CLP_QGRP_REQ_GROUP, group);
}

enum zpci_error clp_group_parse(const uint8_t *block, struct clp_group *group)
{
    const uint8_t *response = block + CLP_REQUEST_LENGTH;
    enum zpci_error error = response_check(response, CLP_QGRP_RSP_LENGTH_MIN, GROUP_OFFER);

    if (error)
        return error;
    group->interrupts = be16_get(response + CLP_QGRP_RSP_NOI) & NOI_MASK;
    group->version = response[CLP_QGRP_RSP_VERSION];
    group->flags = response[CLP_QGRP_RSP_FLAGS];
    group->max_store_block = be16_get(response + CLP_QGRP_RSP_MAXSTBL) & MAXSTBL_MASK;
    group->measurement_ms = be16_get(response + CLP_QGRP_RSP_MUI);
    group->designations = response[CLP_QGRP_RSP_DTSM];
    group->dasm = be64_get(response + CLP_QGRP_RSP_DASM);
    group->msia = be64_get(response + CLP_QGRP_RSP_MSIA);
    return ZPCI_OK;
}

void clp_set_request(uint8_t *block, uint32_t fh, uint8_t operation)
{
    request_start(block, CLP_SET_FUNCTION, SET_OFFER);
    be32_put(block + CLP_SET_REQ_FH, fh);
    block[CLP_SET_REQ_OC] = operation;
    block[CLP_SET_REQ_NDAS] = operation == CLP_SET_ENABLE ? DMA_SPACES : 0;
}

enum zpci_error clp_set_parse(const uint8_t *block, uint8_t operation, uint32_t *fh)
{
    const uint8_t *response = block + CLP_REQUEST_LENGTH;
    enum zpci_error error = response_check(response, CLP_SET_RSP_LENGTH_MIN, SET_OFFER);
    uint32_t handle = be32_get(response + CLP_SET_RSP_FH);
    int enabled = (handle & ZPCI_FH_ENABLED) != 0;

    if (error)
        return error;
    if (enabled != (operation == CLP_SET_ENABLE))
        return ZPCI_E_MALFORMED;
    *fh = handle;
    return ZPCI_OK;
}
