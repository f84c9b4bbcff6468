/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * MOVE WITH OPTIONAL SPECIFICATIONS. A deprivileged guest's always traps, and nobody but this file
 * checks it: it must keep the guest's problem state out of spaces and keys that it may not use.
 * Belongs to: VMM.
 * Source: z/Architecture Principles of Operation, "MOVE WITH OPTIONAL SPECIFICATIONS".
 */
#include <string.h>

#include "libs/zformats/psw.h"
#include "vmm/asce.h"
#include "vmm/handlers.h"
#include "vmm/lookaside.h"
#include "vmm/pv/fault.h"

#define PAGE 4096u
#define LIMIT 4096u
#define BLOCK 256u
#define CC_MORE 3u

/* Operand-access control: half of general register 0. */
#define OAC_KEY_SHIFT 12
#define OAC_AS_SHIFT 6
#define OAC_KEY_VALID 0x2u
#define OAC_AS_VALID 0x1u

struct side {
    uint32_t as, key;
    int explicit_as;
};

static struct side side_of(const struct cpu *cpu, uint32_t oac)
{
    struct side side = {psw_as(cpu->psw_mask), psw_key_get(cpu->psw_mask),
                        (oac & OAC_AS_VALID) != 0};

    if (side.explicit_as)
        side.as = oac >> OAC_AS_SHIFT & 3u;
    if ((oac & OAC_KEY_VALID) != 0)
        side.key = oac >> OAC_KEY_SHIFT & 15u;
    return side;
}

/* Problem state: no explicit home space, and only keys of the PSW-key mask (bits 32 to 47 of CR3).
 * Anyone: no access-register mode; secondary space only if it is enabled. */
static program_code check_side(const struct cpu *cpu, const struct side *side)
{
    int problem = (cpu->psw_mask & PSW_PROBLEM) != 0;

    if (side->as == AS_ACCESS_REGISTER || (problem && side->explicit_as && side->as == AS_HOME))
        return PGM_SPECIAL_OPERATION;
    if (side->as == AS_SECONDARY && (cpu->cr[0] & CR0_SECONDARY_SPACE) == 0)
        return PGM_SPECIAL_OPERATION;
    if (problem && (cpu->cr[3] >> (31u - side->key)) % 2u == 0)
        return PGM_PRIVILEGED;
    return PGM_NONE;
}

/* The pieces of an operand of up to a page: two at most. */
struct pieces {
    uint8_t *at[2];
    uint32_t length; /* of the first */
};

static program_code locate(struct cpu *cpu, uint64_t address, uint32_t n, uint32_t as,
                           uint32_t access, struct pieces *pieces)
{
    program_code code = translate(cpu, address, as, access, &pieces->at[0]);

    pieces->length = PAGE - (uint32_t)(address % PAGE);
    if (code != PGM_NONE || n <= pieces->length)
        return code;
    return translate(cpu, address + pieces->length, as, access, &pieces->at[1]);
}

static uint8_t *piece_at(const struct pieces *pieces, uint32_t done, uint32_t *left)
{
    if (done < pieces->length) {
        *left = pieces->length - done;
        return pieces->at[0] + done;
    }
    *left = LIMIT;
    return pieces->at[1] + (done - pieces->length);
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* In blocks for which the compiler has one instruction: the library's loop is ten times slower.
 * What overlaps may be moved in any order. */
static void copy_piece(uint8_t *to, const uint8_t *from, uint32_t n)
{
    for (; n >= BLOCK; n -= BLOCK, to += BLOCK, from += BLOCK)
        memcpy(to, from, BLOCK);
    memcpy(to, from, n);
}

static void copy(const struct pieces *to, const struct pieces *from, uint32_t n)
{
    uint32_t done = 0;

    while (done < n) {
        uint32_t to_left, from_left, part;
        uint8_t *target = piece_at(to, done, &to_left);
        const uint8_t *source = piece_at(from, done, &from_left);

        part = smaller(n - done, smaller(to_left, from_left));
        copy_piece(target, source, part);
        done += part;
    }
}

/* The next one with these pages is the kernel's, if it is the guest's supervisor state that asks.
 */
static void prepare(const struct cpu *cpu, uint64_t address, uint32_t n, uint32_t as)
{
    if ((cpu->psw_mask & PSW_PROBLEM) != 0)
        return;
    fault_prepare(cpu, as, address);
    if (address / PAGE != (address + n - 1u) / PAGE)
        fault_prepare(cpu, as, address + n - 1u);
}

static program_code move(struct cpu *cpu, const struct instruction *in, uint32_t to_as,
                         uint32_t from_as, uint32_t n)
{
    struct pieces to, from;
    program_code code = locate(cpu, in->address2, n, from_as, ACCESS_FETCH, &from);

    if (code == PGM_NONE)
        code = locate(cpu, in->address, n, to_as, ACCESS_STORE, &to);
    if (code != PGM_NONE)
        return code;
    copy(&to, &from, n);
    prepare(cpu, in->address, n, to_as);
    prepare(cpu, in->address2, n, from_as);
    return PGM_NONE;
}

program_code emulate_mvcos(struct cpu *cpu, const struct instruction *in)
{
    uint32_t oac = (uint32_t)cpu->page->gr[0];
    struct side to = side_of(cpu, oac >> 16);
    struct side from = side_of(cpu, oac & 0xffffu);
    uint64_t length = cpu->page->gr[in->r3];
    uint32_t cc = 0;
    program_code code;

    if ((cpu->psw_mask & PSW_DAT) == 0)
        return PGM_SPECIAL_OPERATION;
    code = check_side(cpu, &to);
    if (code == PGM_NONE)
        code = check_side(cpu, &from);
    if (code != PGM_NONE)
        return code;
    if ((cpu->psw_mask & PSW_EA) == 0)
        length = (uint32_t)length;
    if (length > LIMIT) {
        length = LIMIT;
        cc = CC_MORE;
    }
    if (length != 0)
        code = move(cpu, in, to.as, from.as, (uint32_t)length);
    if (code == PGM_NONE)
        cpu_set_cc(cpu, cc);
    return code;
}
