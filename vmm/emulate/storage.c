/* SPDX-License-Identifier: BSD-2-Clause */
/* Storage by real address: TEST BLOCK, LOAD and STORE USING REAL ADDRESS. Belongs to: VMM. */
#include <string.h>

#include "libs/zformats/bytes.h"
#include "vmm/asce.h"
#include "vmm/handlers.h"
#include "vmm/memory.h"

#define BLOCK 4096u

/* n bytes at the real address in register r2, which must be aligned to them. */
static program_code locate(const struct cpu *cpu, const struct instruction *in, uint32_t n,
                           uint8_t **bytes)
{
    uint64_t address = cpu->page->gr[in->r2] & address_mask(cpu->psw_mask);

    if (address % n != 0)
        return PGM_SPECIFICATION;
    *bytes = guest_real(cpu, address, n);
    return *bytes ? PGM_NONE : PGM_ADDRESSING;
}

/* Low-address protection covers real addresses as well. */
static program_code locate_store(const struct cpu *cpu, const struct instruction *in, uint32_t n,
                                 uint8_t **bytes)
{
    uint64_t address = cpu->page->gr[in->r2] & address_mask(cpu->psw_mask);
    program_code code = locate(cpu, in, n, bytes);

    if (code == PGM_NONE && (cpu->cr[0] & CR0_LOW_ADDRESS_PROTECTION) != 0 &&
        (address & ~UINT64_C(0x11ff)) == 0)
        return PGM_PROTECTION;
    return code;
}

program_code emulate_lura(struct cpu *cpu, const struct instruction *in)
{
    uint8_t *word;
    program_code code = locate(cpu, in, 4, &word);

    if (code == PGM_NONE)
        cpu_set_low(cpu, in->r1, be32_get(word));
    return code;
}

program_code emulate_lurag(struct cpu *cpu, const struct instruction *in)
{
    uint8_t *doubleword;
    program_code code = locate(cpu, in, 8, &doubleword);

    if (code == PGM_NONE)
        cpu->page->gr[in->r1] = be64_get(doubleword);
    return code;
}

program_code emulate_stura(struct cpu *cpu, const struct instruction *in)
{
    uint8_t *word;
    program_code code = locate_store(cpu, in, 4, &word);

    if (code == PGM_NONE)
        be32_put(word, (uint32_t)cpu->page->gr[in->r1]);
    return code;
}

program_code emulate_sturg(struct cpu *cpu, const struct instruction *in)
{
    uint8_t *doubleword;
    program_code code = locate_store(cpu, in, 8, &doubleword);

    if (code == PGM_NONE)
        be64_put(doubleword, cpu->page->gr[in->r1]);
    return code;
}

/* The block is cleared and found usable. */
program_code emulate_tb(struct cpu *cpu, const struct instruction *in)
{
    uint64_t address =
        cpu->page->gr[in->r2] & address_mask(cpu->psw_mask) & ~(uint64_t)(BLOCK - 1u);
    uint8_t *block = guest_real(cpu, address, BLOCK);

    if (!block)
        return PGM_ADDRESSING;
    if (address == 0 && (cpu->cr[0] & CR0_LOW_ADDRESS_PROTECTION) != 0)
        return PGM_PROTECTION;
    memset(block, 0, BLOCK);
    cpu->page->gr[0] = 0;
    cpu_set_cc(cpu, 0);
    return PGM_NONE;
}
