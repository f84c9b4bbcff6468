/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CHANNEL SUBSYSTEM CALL: PCI events, and characteristics that promise nothing. Belongs to: VMM.
 *
 * Source: the layouts that Linux and QEMU share; there is no public manual. A block of 4 KiB starts
 * with the request (length u16, command u16); the response follows it (length u16, code u16).
 */
#include <string.h>

#include "libs/zformats/bytes.h"
#include "libs/zformats/ccdf.h"
#include "vmm/handlers.h"
#include "vmm/memory.h"
#include "vmm/zpci/events.h"

#define BLOCK 4096u
#define LENGTH 0u
#define COMMAND 2u
#define REQUEST_MIN 16u
#define RESPONSE_HDR 8u

#define COMMAND_CHARACTERISTICS 0x0010u
#define CHARACTERISTICS_BYTES 4080u /* header, then general and CHSC characteristics: all zero */

#define CODE_OK 0x0001u
#define CODE_REQUEST_LENGTH 0x0003u
#define CODE_NOT_PROVIDED 0x0004u

static void respond(uint8_t *response, uint32_t length, uint32_t code)
{
    be16_put(response + LENGTH, (uint16_t)length);
    be16_put(response + COMMAND, (uint16_t)code);
}

/* The oldest PCI event, if that is what the request asks for. */
static void store_event(uint8_t *block, uint8_t *response)
{
    uint64_t types = be64_get(block + SEI_REQ_TYPES);
    int event = (types & SEI_TYPE_PCI) != 0 ? zpci_next_event(block) : ZPCI_EVENT_NONE;

    if (event == ZPCI_EVENT_NONE) {
        respond(response, SEI_RSP_LENGTH_MIN, SEI_CODE_NONE);
        return;
    }
    respond(response, SEI_SIZE - SEI_RESPONSE, SEI_CODE_OK);
    block[SEI_RSP_TYPE] = SEI_NT_PCI;
    block[SEI_RSP_FLAGS] = event == ZPCI_EVENT_MORE ? SEI_FLAG_PENDING : 0;
}

static void run(uint8_t *block, uint32_t length)
{
    uint8_t *response = block + length;

    switch (be16_get(block + COMMAND)) {
    case SEI_COMMAND:
        if (length == SEI_REQUEST_LENGTH)
            store_event(block, response);
        else
            respond(response, RESPONSE_HDR, CODE_REQUEST_LENGTH);
        return;
    case COMMAND_CHARACTERISTICS:
        if (length == REQUEST_MIN)
            respond(response, CHARACTERISTICS_BYTES, CODE_OK);
        else
            respond(response, RESPONSE_HDR, CODE_REQUEST_LENGTH);
        return;
    default:
        respond(response, RESPONSE_HDR, CODE_NOT_PROVIDED);
        return;
    }
}

/* A request leaves room for the header of its response. */
static int is_request_length(uint32_t length)
{
    return length % 8u == 0 && length >= REQUEST_MIN && length <= BLOCK - RESPONSE_HDR;
}

/* It is written back at once: an event must not be taken if the response cannot be stored. */
static program_code read_block(struct cpu *cpu, uint64_t address, uint8_t *block)
{
    program_code code = guest_read(cpu, address, block, BLOCK);

    return code == PGM_NONE ? guest_write(cpu, address, block, BLOCK) : code;
}

program_code emulate_chsc(struct cpu *cpu, const struct instruction *in)
{
    static uint8_t block[BLOCK];
    uint64_t address = cpu->page->gr[in->r1];
    program_code code;
    uint32_t length;

    if (address % BLOCK != 0)
        return PGM_SPECIFICATION;
    code = read_block(cpu, address, block);
    if (code != PGM_NONE)
        return code;
    length = be16_get(block + LENGTH);
    if (!is_request_length(length))
        return PGM_OPERAND;
    memset(block + length, 0, BLOCK - length);
    run(block, length);
    cpu_set_cc(cpu, 0);
    return guest_write(cpu, address, block, BLOCK);
}
