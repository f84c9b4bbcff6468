/* SPDX-License-Identifier: BSD-2-Clause */
/* Instructions that change the PSW. Belongs to: VMM. */
#include "vmm/psw.h"

#include "libs/zformats/bytes.h"
#include "vmm/asce.h"
#include "vmm/handlers.h"
#include "vmm/memory.h"

#define KEY_BITS UINT64_C(0xf0)
#define PSW_KEY_SHIFT 48 /* from bits 56 to 59 of an address to bits 8 to 11 of the PSW */
#define MODE_BITS 0xf00u

program_code emulate_ssm(struct cpu *cpu, const struct instruction *in)
{
    uint8_t mask;
    program_code code;

    if ((cpu->cr[0] & CR0_SUPPRESS_SSM) != 0)
        return PGM_SPECIAL_OPERATION;
    code = guest_read(cpu, in->address, &mask, 1);
    if (code == PGM_NONE)
        psw_set_system_mask(cpu, mask);
    return code;
}

/* Both store the old mask first; the two differ in what becomes of it. */
program_code emulate_stnsm(struct cpu *cpu, const struct instruction *in)
{
    uint8_t old = (uint8_t)(cpu->psw_mask >> 56);
    program_code code = guest_write_u8(cpu, in->address, old);

    if (code == PGM_NONE)
        psw_set_system_mask(cpu, old & in->i2);
    return code;
}

program_code emulate_stosm(struct cpu *cpu, const struct instruction *in)
{
    uint8_t old = (uint8_t)(cpu->psw_mask >> 56);
    program_code code = guest_write_u8(cpu, in->address, old);

    if (code == PGM_NONE)
        psw_set_system_mask(cpu, old | in->i2);
    return code;
}

/* A short PSW: bit 12 is one, the address has 31 bits. */
program_code emulate_lpsw(struct cpu *cpu, const struct instruction *in)
{
    uint64_t psw;
    program_code code;

    if (in->address % 8u != 0)
        return PGM_SPECIFICATION;
    code = guest_read_u64(cpu, in->address, &psw);
    if (code == PGM_NONE)
        psw_load(cpu, (psw & ~UINT64_C(0x7fffffff)) ^ PSW_SHORT, psw & 0x7fffffff);
    return code;
}

program_code emulate_lpswe(struct cpu *cpu, const struct instruction *in)
{
    uint8_t psw[16];
    program_code code;

    if (in->address % 8u != 0)
        return PGM_SPECIFICATION;
    code = guest_read(cpu, in->address, psw, sizeof(psw));
    if (code == PGM_NONE)
        psw_load(cpu, be64_get(psw), be64_get(psw + 8));
    return code;
}

/* Problem state may take the keys of its PSW-key mask, but not 8: the mark of repaired PSWs. */
program_code emulate_spka(struct cpu *cpu, const struct instruction *in)
{
    uint32_t key = (uint32_t)(in->address & KEY_BITS) >> 4;

    if ((cpu->psw_mask & PSW_PROBLEM) != 0 && (key == 8u || (cpu->cr[3] >> (31u - key)) % 2u == 0))
        return PGM_PRIVILEGED;
    cpu->psw_mask = (cpu->psw_mask & ~PSW_KEY_MASK) | psw_key((uint8_t)key);
    return PGM_NONE;
}

program_code emulate_ipk(struct cpu *cpu, const struct instruction *in)
{
    (void)in;
    if ((cpu->psw_mask & PSW_PROBLEM) != 0 && (cpu->cr[0] & CR0_EXTRACTION_AUTHORITY) == 0)
        return PGM_PRIVILEGED;
    cpu->page->gr[2] =
        (cpu->page->gr[2] & ~UINT64_C(0xff)) | (cpu->psw_mask >> PSW_KEY_SHIFT & KEY_BITS);
    return PGM_NONE;
}

/* SET ADDRESS SPACE CONTROL (FAST). Only home space gets here: the machine itself executes the
 * other modes, and pv_leave() reads them off the real PSW. */
program_code emulate_sac(struct cpu *cpu, const struct instruction *in)
{
    static const uint64_t as[4] = {PSW_AS_PRIMARY, PSW_AS_SECONDARY, PSW_AS_ACCESS_REGISTER,
                                   PSW_AS_HOME};
    uint32_t mode = (uint32_t)(in->address & MODE_BITS) >> 8;

    if (mode > 3u)
        return PGM_SPECIFICATION;
    if ((cpu->psw_mask & PSW_DAT) == 0 || (cpu->cr[0] & CR0_SECONDARY_SPACE) == 0)
        return PGM_SPECIAL_OPERATION;
    cpu->psw_mask = (cpu->psw_mask & ~PSW_AS_MASK) | as[mode];
    return PGM_NONE;
}
