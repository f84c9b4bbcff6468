/* SPDX-License-Identifier: BSD-2-Clause */
/* Control registers, program parameter. Belongs to: VMM. */
#include "libs/zformats/bytes.h"
#include "vmm/asce.h"
#include "vmm/handlers.h"
#include "vmm/memory.h"
#include "vmm/purge.h"

#define LOW_HALF UINT64_C(0xffffffff)
#define CR0_TABLE_FORMATS (CR0_EDAT | CR0_EXECUTE_PROTECTION)

/* Number of registers from r1 to r3, which may wrap. */
static uint32_t count(const struct instruction *in)
{
    return (in->r3 + 16u - in->r1) % 16u + 1u;
}

static void set(struct cpu *cpu, uint32_t n, uint64_t value)
{
    uint64_t changed = cpu->cr[n] ^ value;

    cpu->cr[n] = value;
    if (n == 0 && (changed & CR0_TABLE_FORMATS) != 0)
        purge_all();
}

program_code emulate_lctlg(struct cpu *cpu, const struct instruction *in)
{
    uint8_t values[16 * 8];
    uint32_t i, n = count(in);
    program_code code;

    if (in->address % 8u != 0)
        return PGM_SPECIFICATION;
    code = guest_read(cpu, in->address, values, n * 8u);
    for (i = 0; code == PGM_NONE && i < n; i++)
        set(cpu, (in->r1 + i) % 16u, be64_get(values + i * 8u));
    return code;
}

program_code emulate_lctl(struct cpu *cpu, const struct instruction *in)
{
    uint8_t values[16 * 4];
    uint32_t i, n = count(in);
    program_code code;

    if (in->address % 4u != 0)
        return PGM_SPECIFICATION;
    code = guest_read(cpu, in->address, values, n * 4u);
    for (i = 0; code == PGM_NONE && i < n; i++) {
        uint32_t r = (in->r1 + i) % 16u;

        set(cpu, r, (cpu->cr[r] & ~LOW_HALF) | be32_get(values + i * 4u));
    }
    return code;
}

program_code emulate_stctg(struct cpu *cpu, const struct instruction *in)
{
    uint8_t values[16 * 8];
    uint32_t i, n = count(in);

    if (in->address % 8u != 0)
        return PGM_SPECIFICATION;
    for (i = 0; i < n; i++)
        be64_put(values + i * 8u, cpu->cr[(in->r1 + i) % 16u]);
    return guest_write(cpu, in->address, values, n * 8u);
}

program_code emulate_stctl(struct cpu *cpu, const struct instruction *in)
{
    uint8_t values[16 * 4];
    uint32_t i, n = count(in);

    if (in->address % 4u != 0)
        return PGM_SPECIFICATION;
    for (i = 0; i < n; i++)
        be32_put(values + i * 4u, (uint32_t)cpu->cr[(in->r1 + i) % 16u]);
    return guest_write(cpu, in->address, values, n * 4u);
}

/* LOAD PROGRAM PARAMETER feeds the CPU-measurement facility, which the guest does not have. */
program_code emulate_lpp(struct cpu *cpu, const struct instruction *in)
{
    uint64_t parameter;

    if (in->address % 8u != 0)
        return PGM_SPECIFICATION;
    return guest_read_u64(cpu, in->address, &parameter);
}
