/* SPDX-License-Identifier: BSD-2-Clause */
/* Loading the virtual PSW. Belongs to: VMM. */
#include "vmm/psw.h"

#include "libs/zformats/psw.h"
#include "vmm/asce.h"
#include "vmm/pv/repair.h"

static int is_valid(uint64_t mask, uint64_t address)
{
    if ((mask & PSW_RESERVED_MASK) != 0 || (mask & PSW_64) == PSW_EA)
        return 0;
    return (address & ~address_mask(mask)) == 0;
}

static void set(struct cpu *cpu, uint64_t mask, uint64_t address)
{
    cpu->psw_mask = mask;
    cpu->psw_address = address;
    cpu->psw_invalid = is_valid(mask, address) ? 0 : 1;
}

void psw_load(struct cpu *cpu, uint64_t mask, uint64_t address)
{
    set(cpu, repair_loaded(cpu->psw_mask, mask), address);
}

void psw_load_new(struct cpu *cpu, uint64_t mask, uint64_t address)
{
    set(cpu, repair_new(cpu->psw_mask, mask), address);
}

void psw_set_system_mask(struct cpu *cpu, uint8_t system_mask)
{
    set(cpu, (cpu->psw_mask & ~PSW_SYSTEM_MASK) | (uint64_t)system_mask << 56, cpu->psw_address);
}

int psw_is_disabled_wait(uint64_t mask)
{
    return (mask & (PSW_WAIT | PSW_IO | PSW_EXTERNAL | PSW_MACHINE_CHECK)) == PSW_WAIT;
}
