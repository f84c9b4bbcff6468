/* SPDX-License-Identifier: BSD-2-Clause */
/* LOAD REAL ADDRESS, TEST PROTECTION. Belongs to: VMM. */
#include "libs/zformats/psw.h"
#include "vmm/asce.h"
#include "vmm/handlers.h"
#include "vmm/lookaside.h"

#define LOW_HALF UINT64_C(0xffffffff)
#define CODE_IN_REGISTER 0x80000000u

enum { CC_TRANSLATED, CC_SEGMENT_INVALID, CC_PAGE_INVALID, CC_OTHER };
enum { CC_FETCH_AND_STORE, CC_FETCH_ONLY, CC_NEITHER, CC_UNAVAILABLE };

/* The real address, or that of the entry that is invalid: all of the register if the instruction
 * or the addressing mode is a 64-bit one. */
static program_code set_address(struct cpu *cpu, uint32_t r1, uint64_t value, int wide, uint32_t cc)
{
    uint64_t *gr = &cpu->page->gr[r1 % 16u];

    *gr = wide ? value : (*gr & ~LOW_HALF) | (value & LOW_HALF);
    cpu_set_cc(cpu, cc);
    return PGM_NONE;
}

static program_code load_real(struct cpu *cpu, const struct instruction *in, int wide)
{
    uint64_t real, entry = 0;
    program_code code =
        translate_real(cpu, cpu_asce(cpu, psw_as(cpu->psw_mask)), in->address, &real, &entry);

    switch (code) {
    case PGM_NONE:
        return set_address(cpu, in->r1, real, wide, CC_TRANSLATED);
    case PGM_SEGMENT:
        return set_address(cpu, in->r1, entry, wide, CC_SEGMENT_INVALID);
    case PGM_PAGE:
        return set_address(cpu, in->r1, entry, wide, CC_PAGE_INVALID);
    case PGM_ADDRESSING:
    case PGM_TRANSLATION_SPECIFICATION:
        return code;
    default:
        return set_address(cpu, in->r1, CODE_IN_REGISTER | code, 0, CC_OTHER);
    }
}

program_code emulate_lra(struct cpu *cpu, const struct instruction *in)
{
    return load_real(cpu, in, (cpu->psw_mask & PSW_EA) != 0);
}

program_code emulate_lray(struct cpu *cpu, const struct instruction *in)
{
    return load_real(cpu, in, (cpu->psw_mask & PSW_EA) != 0);
}

program_code emulate_lrag(struct cpu *cpu, const struct instruction *in)
{
    return load_real(cpu, in, 1);
}

static int is_missing(program_code code)
{
    return code != PGM_NONE && code != PGM_PROTECTION && code != PGM_ADDRESSING &&
           code != PGM_TRANSLATION_SPECIFICATION;
}

program_code emulate_tprot(struct cpu *cpu, const struct instruction *in)
{
    uint32_t as = psw_as(cpu->psw_mask);
    uint8_t *bytes;
    program_code code = translate(cpu, in->address, as, ACCESS_STORE, &bytes);

    if (is_missing(code))
        cpu_set_cc(cpu, CC_UNAVAILABLE);
    else if (code == PGM_PROTECTION)
        cpu_set_cc(cpu, CC_FETCH_ONLY);
    else if (code == PGM_NONE)
        cpu_set_cc(cpu, CC_FETCH_AND_STORE);
    else
        return code;
    return PGM_NONE;
}
