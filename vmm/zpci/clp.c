/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CLP: lists and describes the guest's own functions, and nothing else. Everything in the answers
 * is made here. Belongs to: VMM.
 */
#include "drivers/zpci/clp_answer.h"
#include "libs/zformats/bytes.h"
#include "vmm/handlers.h"
#include "vmm/memory.h"
#include "vmm/zpci/function.h"

#define BLOCK_BYTES 4096u
#define GROUP 0x20u
#define MDD 0x00ff0000u
#define MEASUREMENT_MS 4000u
#define PROCESSOR_PCI 2u
#define CC_DONE 0u
#define CC_NOT_AVAILABLE 3u

static uint8_t block[BLOCK_BYTES] __attribute__((aligned(8)));

/* The token that a guest continues with is the index of the next function. */
static void list(const struct clp_request *request)
{
    struct clp_list answer = {.mdd = MDD, .max_functions = BH_VCPU_FUNCTIONS};
    uint64_t token = be64_get(request->body + CLP_LIST_REQ_TOKEN);
    uint16_t count = 0;
    uint16_t room;

    if (token != 0 && token >= guest_functions) {
        clp_answer_code(request, CLP_RC_TOKEN);
        return;
    }
    room = clp_answer_list(request, &answer);
    for (uint64_t i = token; i < guest_functions && count < room; i++, count++) {
        struct clp_entry entry = {.fid = guest_function[i].fid,
                                  .fh = guest_function[i].handle,
                                  .vendor = guest_function[i].vendor,
                                  .device = guest_function[i].device,
                                  .configured = 1};

        clp_answer_entry(request, count, &entry);
    }
    if (room != 0) {
        token += count;
        clp_answer_list_end(request, count, token < guest_functions ? token : 0);
    }
}

static void query_function(const struct clp_request *request)
{
    const struct guest_function *found = function_find(be32_get(request->body + CLP_QFN_REQ_FH));
    struct clp_function answer = {.group = GROUP};

    if (found == 0) {
        clp_answer_code(request, CLP_RC_HANDLE);
        return;
    }
    answer.fid = found->fid;
    answer.uid = found->fid;
    answer.sdma = found->sdma;
    answer.edma = found->edma;
    for (unsigned i = 0; i < CLP_BARS; i++) {
        answer.bar[i].size_log2 = found->bar_log2[i];
        answer.bar[i].value = found->bar_listed[i];
    }
    clp_answer_function(request, &answer);
}

static void query_group(const struct clp_request *request)
{
    struct clp_group answer = {
        .measurement_ms = MEASUREMENT_MS, .flags = CLP_QGRP_REFRESH, .designations = CLP_DTSM_RTTO};

    if (be32_get(request->body + CLP_QGRP_REQ_GROUP) % 256u != GROUP || guest_functions == 0) {
        clp_answer_code(request, CLP_RC_GROUP);
        return;
    }
    answer.msia = guest_function[0].msia;
    answer.interrupts = guest_function[0].interrupts;
    answer.max_store_block = guest_function[0].max_store_block;
    clp_answer_group(request, &answer);
}

static void set_function(const struct clp_request *request)
{
    struct guest_function *found = function_find(be32_get(request->body + CLP_SET_REQ_FH));
    uint8_t operation = request->body[CLP_SET_REQ_OC];
    uint8_t spaces = request->body[CLP_SET_REQ_NDAS];
    uint16_t code = CLP_RC_HANDLE;

    if (found != 0 && operation == CLP_SET_ENABLE) {
        code = spaces == 0   ? CLP_RC_DMA_SPACES
               : spaces > 1u ? CLP_RC_RESOURCES
                             : function_enable(found);
    } else if (found != 0 && operation == CLP_SET_DISABLE) {
        code = function_disable(found);
    } else if (found != 0) {
        code = CLP_RC_HANDLE_STATE; /* as QEMU says it */
    }
    if (code != CLP_RC_OK) {
        clp_answer_code(request, code);
        return;
    }
    clp_answer_set(request, found->handle);
}

static void answer(const struct clp_request *request)
{
    if (request->code != CLP_RC_OK) {
        clp_answer_code(request, request->code);
        return;
    }
    switch (request->command) {
    case CLP_LIST:
        list(request);
        break;
    case CLP_QUERY_FUNCTION:
        query_function(request);
        break;
    case CLP_QUERY_GROUP:
        query_group(request);
        break;
    case CLP_SET_FUNCTION:
        set_function(request);
        break;
    default:
        clp_answer_code(request, CLP_RC_COMMAND);
        break;
    }
}

/* How much of the block lies in the operand's page: blocks do not cross one in practice. */
static uint32_t bytes_in_page(uint64_t address)
{
    return (uint32_t)(BLOCK_BYTES - address % BLOCK_BYTES);
}

program_code emulate_clp(struct cpu *cpu, const struct instruction *in)
{
    uint64_t address = cpu->page->gr[in->r2 % 16u];
    uint32_t bytes = bytes_in_page(address);
    struct clp_request request;
    program_code code;

    if (in->i2 % 16u != PROCESSOR_PCI || in->i2 / 16u != 0) {
        cpu_set_cc(cpu, CC_NOT_AVAILABLE); /* the immediate form and other processors */
        return PGM_NONE;
    }
    code = guest_read(cpu, address, block, bytes);
    if (code != PGM_NONE) {
        return code;
    }
    if (clp_request_parse(block, bytes, &request) != 0) {
        return PGM_OPERAND;
    }
    answer(&request);
    code = guest_write(cpu, address + (uint64_t)(request.response - block), request.response,
                       request.response_length);
    if (code == PGM_NONE) {
        cpu_set_cc(cpu, CC_DONE);
    }
    return code;
}
