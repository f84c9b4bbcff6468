/* SPDX-License-Identifier: BSD-2-Clause */
/* TOD clock, clock comparator, CPU timer. Belongs to: VMM. */
#include "vmm/clock.h"
#include "vmm/handlers.h"
#include "vmm/memory.h"

#define CC_NOT_SET 1u

/* All operands here are doublewords. */
static program_code read_operand(struct cpu *cpu, const struct instruction *in, uint64_t *value)
{
    return in->address % 8u == 0 ? guest_read_u64(cpu, in->address, value) : PGM_SPECIFICATION;
}

static program_code write_operand(struct cpu *cpu, const struct instruction *in, uint64_t value)
{
    return in->address % 8u == 0 ? guest_write_u64(cpu, in->address, value) : PGM_SPECIFICATION;
}

program_code emulate_sckc(struct cpu *cpu, const struct instruction *in)
{
    return read_operand(cpu, in, &cpu->clock_comparator);
}

program_code emulate_stckc(struct cpu *cpu, const struct instruction *in)
{
    return write_operand(cpu, in, cpu->clock_comparator);
}

program_code emulate_spt(struct cpu *cpu, const struct instruction *in)
{
    uint64_t value;
    program_code code = read_operand(cpu, in, &value);

    if (code == PGM_NONE)
        cpu->cpu_timer_zero = clock_now() + value;
    return code;
}

program_code emulate_stpt(struct cpu *cpu, const struct instruction *in)
{
    return write_operand(cpu, in, cpu->cpu_timer_zero - clock_now());
}

/* STORE CLOCK is not intercepted and shows the real clock, so nobody can set another one. */
program_code emulate_sck(struct cpu *cpu, const struct instruction *in)
{
    uint64_t value;
    program_code code = read_operand(cpu, in, &value);

    if (code == PGM_NONE)
        cpu_set_cc(cpu, CC_NOT_SET);
    return code;
}

program_code emulate_sckpf(struct cpu *cpu, const struct instruction *in)
{
    uint64_t gr0 = cpu->page->gr[0];

    (void)in;
    if ((gr0 & 0xffff0000u) != 0)
        return PGM_SPECIFICATION;
    cpu->tod_programmable = (uint32_t)(gr0 & 0xffffu);
    return PGM_NONE;
}
