/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Instruction decoding. Belongs to: VMM.
 * Source: z/Architecture Principles of Operation, "Instruction Formats".
 */
#include "vmm/decode.h"

#include <string.h>

#include "libs/zformats/bytes.h"
#include "vmm/asce.h"

#define OP_EXECUTE 0x4400u
#define OP_EXECUTE_RELATIVE 0xc600u

enum format {
    FORMAT_RS,  /* op r1 r3/i2 b2 d2, SI and S alike */
    FORMAT_RX,  /* op r1 x2 b2 d2 */
    FORMAT_S,   /* op op b2 d2, or RRE and RRF: op op r3 m4 r1 r2 */
    FORMAT_RXY, /* op r1 x2 b2 dl2 dh2 op */
    FORMAT_RSY, /* op r1 r3 b2 dl2 dh2 op */
    FORMAT_SS,  /* op op b1 d1 b2 d2 (SSE), or op r3 op b1 d1 b2 d2 (SSF) */
    FORMAT_E    /* op op */
};

/* Where the rest of the opcode is. */
enum extension { EXTENSION_NONE, EXTENSION_SECOND, EXTENSION_NIBBLE, EXTENSION_LAST };

uint8_t decode_length(uint8_t first)
{
    if (first < 0x40)
        return 2;
    return first < 0xc0 ? 4 : 6;
}

static enum extension extension_of(uint8_t first)
{
    switch (first) {
    case 0x01:
    case 0xb2:
    case 0xb9:
    case 0xe5:
        return EXTENSION_SECOND;
    case 0xc0 ... 0xcf:
        return EXTENSION_NIBBLE;
    case 0xe3:
    case 0xe7:
    case 0xeb ... 0xed:
        return EXTENSION_LAST;
    default:
        return EXTENSION_NONE;
    }
}

uint16_t decode_opcode(const uint8_t text[6])
{
    switch (extension_of(text[0])) {
    case EXTENSION_SECOND:
        return be16_get(text);
    case EXTENSION_NIBBLE:
        return (uint16_t)(text[0] * 256u + text[1] % 16u);
    case EXTENSION_LAST:
        return (uint16_t)(text[0] * 256u + text[5]);
    default:
        return (uint16_t)(text[0] * 256u);
    }
}

static enum format format_of(uint8_t first)
{
    switch (first) {
    case 0x01:
        return FORMAT_E;
    case 0x44:
    case 0xb1:
        return FORMAT_RX;
    case 0xb2:
    case 0xb9:
        return FORMAT_S;
    case 0xe3:
        return FORMAT_RXY;
    case 0xeb:
        return FORMAT_RSY;
    case 0xe5:
    case 0xc8:
        return FORMAT_SS;
    default:
        return FORMAT_RS;
    }
}

static uint64_t register_or_zero(const struct cpu *cpu, uint32_t n)
{
    return n != 0 ? cpu->page->gr[n % 16u] : 0;
}

/* Base and 12-bit displacement at these two bytes. */
static uint64_t base_short(const struct cpu *cpu, const uint8_t *at)
{
    return register_or_zero(cpu, at[0] / 16u) + be16_get(at) % 0x1000u;
}

/* Base and signed 20-bit displacement at these three bytes. */
static uint64_t base_long(const struct cpu *cpu, const uint8_t *at)
{
    uint64_t high = (uint64_t)(int64_t)(int8_t)at[2] * 0x1000u;

    return register_or_zero(cpu, at[0] / 16u) + high + be16_get(at) % 0x1000u;
}

static void decode_s(const struct cpu *cpu, struct instruction *in)
{
    const uint8_t *byte = in->byte;

    in->r1 = byte[3] / 16u;
    in->r2 = byte[3] % 16u;
    in->r3 = byte[2] / 16u;
    in->i2 = byte[2];
    in->address = base_short(cpu, byte + 2);
}

static void decode_registers(struct instruction *in)
{
    in->r1 = in->byte[1] / 16u;
    in->r3 = in->byte[1] % 16u;
    in->i2 = in->byte[1];
}

static void decode_operands(const struct cpu *cpu, struct instruction *in)
{
    const uint8_t *byte = in->byte;

    switch (format_of(byte[0])) {
    case FORMAT_S:
        decode_s(cpu, in);
        return;
    case FORMAT_RX:
        in->r1 = byte[1] / 16u;
        in->address = base_short(cpu, byte + 2) + register_or_zero(cpu, byte[1] % 16u);
        return;
    case FORMAT_RXY:
        in->r1 = byte[1] / 16u;
        in->address = base_long(cpu, byte + 2) + register_or_zero(cpu, byte[1] % 16u);
        return;
    case FORMAT_RSY:
        decode_registers(in);
        in->address = base_long(cpu, byte + 2);
        return;
    case FORMAT_SS:
        in->r3 = byte[1] / 16u;
        in->address = base_short(cpu, byte + 2);
        in->address2 = base_short(cpu, byte + 4);
        return;
    case FORMAT_RS:
        decode_registers(in);
        in->address = base_short(cpu, byte + 2);
        return;
    case FORMAT_E:
        return;
    }
}

void decode(const struct cpu *cpu, const uint8_t text[6], struct instruction *in)
{
    uint64_t mask = address_mask(cpu->psw_mask);

    *in = (struct instruction){.opcode = decode_opcode(text), .length = decode_length(text[0])};
    memcpy(in->byte, text, sizeof(in->byte));
    decode_operands(cpu, in);
    in->address &= mask;
    in->address2 &= mask;
}

int decode_execute(const struct cpu *cpu, const uint8_t text[6], uint64_t address, uint64_t *target)
{
    struct instruction in;

    switch (decode_opcode(text)) {
    case OP_EXECUTE:
        decode(cpu, text, &in);
        *target = in.address;
        return 1;
    case OP_EXECUTE_RELATIVE:
        *target = address + (uint64_t)(int64_t)(int32_t)be32_get(text + 2) * 2u;
        *target &= address_mask(cpu->psw_mask);
        return 1;
    default:
        return 0;
    }
}
