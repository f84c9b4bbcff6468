/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SERVICE CALL and the virtual SCLP: what the machine is. Belongs to: VMM.
 * Everything that the guest is told is built here from nothing; the real SCLP is never asked.
 * Source of the layouts: libs/zformats/sclp.h.
 */
#include "vmm/devices/sclp.h"

#include <string.h>

#include "libs/zformats/bytes.h"
#include "libs/zformats/sclp.h"
#include "vmm/handlers.h"
#include "vmm/interrupt.h"
#include "vmm/memory.h"

#define MIB UINT64_C(0x100000)
#define PAGE 4096u
#define ADDRESS_BITS UINT64_C(0x7ffffff8) /* of a block: a doubleword below 2 GiB */
#define PREFIX_BITS UINT64_C(0x1fff)

/* One CPU, and memory in increments of 1 MiB. */
static uint16_t read_info(uint8_t *sccb, uint32_t length)
{
    struct sclp_info info = {
        .increments = guest_size / MIB,
        .increment_size = MIB,
        .cpus = 1,
        .loadparm = {0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40}, /* EBCDIC spaces */
    };

    return sclp_info_build(sccb, length, &info) != 0 ? SCLP_RC_READ_OK : SCLP_RC_SHORT_SCCB;
}

static uint16_t run(uint32_t command, uint8_t *sccb, uint32_t length)
{
    switch (command & SCLP_COMMAND_MASK) {
    case SCLP_READ_INFO:
    case SCLP_READ_INFO_FORCED:
        return read_info(sccb, length);
    case SCLP_WRITE_EVENT_MASK:
        return sclp_write_event_mask(sccb, length);
    case SCLP_WRITE_EVENT_DATA:
        return sclp_write_event_data(sccb, length);
    case SCLP_READ_EVENT_DATA:
        return sclp_read_event_data(sccb, length);
    default:
        return SCLP_RC_COMMAND;
    }
}

void sclp_run(uint32_t command, uint8_t *sccb, uint32_t length)
{
    sccb_set_response(sccb, run(command, sccb, length));
}

/* Real and absolute addresses are the same where a block may lie: not in the lowcore, neither at
 * address 0 nor at the prefix. */
static int is_block_address(const struct cpu *cpu, uint64_t address)
{
    return (address & ~ADDRESS_BITS) == 0 && (address & ~PREFIX_BITS) != 0 &&
           (address & ~PREFIX_BITS) != cpu->prefix;
}

/* On a copy, so that a device that writes into the block changes nothing while it is looked at. */
static void serve(uint32_t command, uint8_t *block, uint32_t in_page, uint32_t length)
{
    static uint8_t sccb[SCCB_SIZE_MAX];

    if (length > in_page) {
        sccb_set_response(block, SCLP_RC_BOUNDARY);
        return;
    }
    memcpy(sccb, block, length);
    be16_put(sccb + SCCB_LENGTH, (uint16_t)length);
    sclp_run(command, sccb, length);
    memcpy(block, sccb, length);
}

program_code emulate_servc(struct cpu *cpu, const struct instruction *in)
{
    uint64_t address = cpu->page->gr[in->r2];
    uint8_t *block;
    uint32_t length;

    if (!is_block_address(cpu, address))
        return PGM_SPECIFICATION;
    block = guest_absolute(address & ~(uint64_t)(PAGE - 1u), PAGE);
    if (!block)
        return PGM_ADDRESSING;
    block += address % PAGE;
    length = be16_get(block + SCCB_LENGTH);
    if (length < SCCB_HDR_SIZE)
        return PGM_SPECIFICATION;
    serve((uint32_t)cpu->page->gr[in->r1], block, PAGE - (uint32_t)(address % PAGE), length);
    interrupt_service_signal((uint32_t)address | sclp_event_pending());
    cpu_set_cc(cpu, 0);
    return PGM_NONE;
}
