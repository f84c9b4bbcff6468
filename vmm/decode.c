/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Instruction decoding. Belongs to: VMM.
 * Source: z/Architecture Principles of Operation, "Instruction Formats".
 */
#include "vmm/decode.h"

#include "vmm/asce.h"

#define OP_EXECUTE 0x44u
#define OP_EXECUTE_RELATIVE 0xc600u

/* Operands, and where the rest of the opcode is, by the first byte. */
enum format {
    FORMAT_RS,       /* op r1 r3/i2 b2 d2, SI alike */
    FORMAT_RX,       /* op r1 x2 b2 d2 */
    FORMAT_S,        /* op op b2 d2, or RRE and RRF: op op r3 m4 r1 r2; opcode in the second byte */
    FORMAT_E,        /* op op */
    FORMAT_RX_LONG,  /* op r1 x2 b2 dl2 dh2 op */
    FORMAT_RS_LONG,  /* op r1 r3 b2 dl2 dh2 op */
    FORMAT_SS,       /* op op b1 d1 b2 d2 */
    FORMAT_NIBBLE,   /* op r1 op ..., an instruction without storage operands */
    FORMAT_SS_NIBBLE /* op r3 op b1 d1 b2 d2 */
};

static const uint8_t formats[256] = {
    [0x01] = FORMAT_E,         [0x44] = FORMAT_RX,
    [0xb1] = FORMAT_RX,        [0xb2] = FORMAT_S,
    [0xb9] = FORMAT_S,         [0xc0 ... 0xc7] = FORMAT_NIBBLE,
    [0xc8] = FORMAT_SS_NIBBLE, [0xc9 ... 0xcf] = FORMAT_NIBBLE,
    [0xe3] = FORMAT_RX_LONG,   [0xe5] = FORMAT_SS,
    [0xeb] = FORMAT_RS_LONG,
};

static inline uint8_t byte_of(uint64_t text, uint32_t n)
{
    return (uint8_t)(text >> (56u - 8u * n));
}

static inline uint16_t opcode_of(uint64_t text, enum format format)
{
    uint32_t first = byte_of(text, 0) * 256u;

    switch (format) {
    case FORMAT_S:
    case FORMAT_E:
    case FORMAT_SS:
        return (uint16_t)(text >> 48);
    case FORMAT_NIBBLE:
    case FORMAT_SS_NIBBLE:
        return (uint16_t)(first + byte_of(text, 1) % 16u);
    case FORMAT_RX_LONG:
    case FORMAT_RS_LONG:
        return (uint16_t)(first + byte_of(text, 5));
    default:
        return (uint16_t)first;
    }
}

uint16_t decode_opcode(uint64_t text)
{
    return opcode_of(text, formats[byte_of(text, 0)]);
}

static inline uint64_t register_or_zero(const struct cpu *cpu, uint32_t n)
{
    return n != 0 ? cpu->page->gr[n] : 0;
}

/* Base and 12-bit displacement, in the low halfword. */
static inline uint64_t base_short(const struct cpu *cpu, uint64_t halfword)
{
    return register_or_zero(cpu, (uint32_t)(halfword >> 12) % 16u) + halfword % 0x1000u;
}

/* Base and 20-bit signed displacement of the long formats. */
static inline uint64_t base_long(const struct cpu *cpu, uint64_t text)
{
    uint64_t high = (uint64_t)(int64_t)(int8_t)byte_of(text, 4) * 0x1000u;

    return base_short(cpu, text >> 32) + high;
}

static inline uint64_t index_of(const struct cpu *cpu, uint64_t text)
{
    return register_or_zero(cpu, byte_of(text, 1) % 16u);
}

static inline void decode_registers(uint64_t text, struct instruction *in)
{
    in->i2 = byte_of(text, 1);
    in->r1 = in->i2 / 16u;
    in->r3 = in->i2 % 16u;
}

static inline void decode_s(const struct cpu *cpu, uint64_t text, struct instruction *in)
{
    in->r1 = byte_of(text, 3) / 16u;
    in->r2 = byte_of(text, 3) % 16u;
    in->i2 = byte_of(text, 2);
    in->r3 = in->i2 / 16u;
    in->address = base_short(cpu, text >> 32);
}

static inline void decode_operands(const struct cpu *cpu, uint64_t text, enum format format,
                                   struct instruction *in)
{
    switch (format) {
    case FORMAT_S:
        decode_s(cpu, text, in);
        return;
    case FORMAT_RX:
        in->r1 = byte_of(text, 1) / 16u;
        in->address = base_short(cpu, text >> 32) + index_of(cpu, text);
        return;
    case FORMAT_RX_LONG:
        in->r1 = byte_of(text, 1) / 16u;
        in->address = base_long(cpu, text) + index_of(cpu, text);
        return;
    case FORMAT_RS_LONG:
        decode_registers(text, in);
        in->address = base_long(cpu, text);
        return;
    case FORMAT_SS:
    case FORMAT_SS_NIBBLE:
        in->r3 = byte_of(text, 1) / 16u;
        in->address = base_short(cpu, text >> 32);
        in->address2 = base_short(cpu, text >> 16);
        return;
    case FORMAT_RS:
        decode_registers(text, in);
        in->address = base_short(cpu, text >> 32);
        return;
    case FORMAT_E:
    case FORMAT_NIBBLE:
        return;
    }
}

void decode(const struct cpu *cpu, uint64_t text, struct instruction *in)
{
    uint64_t mask = address_mask(cpu->psw_mask);
    enum format format = formats[byte_of(text, 0)];

    *in = (struct instruction){.opcode = opcode_of(text, format),
                               .length = decode_length(byte_of(text, 0))};
    decode_operands(cpu, text, format, in);
    in->address &= mask;
    in->address2 &= mask;
}

int decode_execute(const struct cpu *cpu, uint64_t text, uint64_t address, uint64_t *target)
{
    uint64_t mask = address_mask(cpu->psw_mask);

    if (byte_of(text, 0) == OP_EXECUTE) {
        *target = (base_short(cpu, text >> 32) + index_of(cpu, text)) & mask;
        return 1;
    }
    if (decode_opcode(text) == OP_EXECUTE_RELATIVE) {
        *target = (address + (uint64_t)(int64_t)(int32_t)(text >> 16) * 2u) & mask;
        return 1;
    }
    return 0;
}
