/* SPDX-License-Identifier: BSD-2-Clause */
/* The virtual CPU on the real one. Belongs to: VMM, back end pv. */
#include "vmm/pv/pv.h"

#include "libs/zformats/dat.h"
#include "vmm/asce.h"
#include "vmm/clock.h"
#include "vmm/interrupt.h"
#include "vmm/pv/shadow.h"

/* What the guest's own instructions change without an exit. */
#define PSW_NATIVE (PSW_CC_MASK | PSW_PROGRAM_MASK | PSW_64)
#define KEY_SUPERVISOR 8u /* vmm/pv/repair.h */
#define SYSTEM_MASK_SHIFT 56

/* Spaces found last, so that most entries look nothing up. */
struct found {
    uint64_t asce;
    uint32_t generation, number;
};

static struct found primary, secondary;

static int is_current(const struct found *found)
{
    return found->generation == shadow_generation;
}

/* What is in use must not be what gets dropped for the new one. */
static void look_up(struct found *found, uint64_t asce)
{
    if (is_current(&primary))
        shadow_touch(primary.number);
    if (is_current(&secondary))
        shadow_touch(secondary.number);
    found->number = shadow_find(asce);
    found->asce = asce;
    found->generation = shadow_generation;
}

static uint32_t find(struct found *found, uint64_t asce)
{
    if (found->asce != asce || !is_current(found))
        look_up(found, asce);
    return found->number;
}

/* Home runs in the real primary space: seen there, the guest is still in home space. */
static uint64_t address_space(uint64_t virtual, uint64_t real)
{
    if ((virtual & PSW_DAT) == 0)
        return virtual & PSW_AS_MASK;
    if ((real & PSW_AS_MASK) == PSW_AS_SECONDARY)
        return PSW_AS_SECONDARY;
    return psw_as(virtual) == AS_SECONDARY ? PSW_AS_PRIMARY : virtual & PSW_AS_MASK;
}

void pv_take_mask(struct cpu *cpu)
{
    cpu->psw_mask = (cpu->psw_mask & ~PSW_SYSTEM_MASK) | cpu->page->mask << SYSTEM_MASK_SHIFT;
}

static int uses_access_registers(uint64_t mask)
{
    return (mask & PSW_AS_MASK) == PSW_AS_ACCESS_REGISTER;
}

void pv_give_mask(const struct cpu *cpu, uint64_t now)
{
    cpu->page->mask = cpu->psw_mask >> SYSTEM_MASK_SHIFT;
    cpu->page->served = BH_SERVED_MASKS;
    if (!uses_access_registers(cpu->psw_mask)) /* else MVCOS has an exception */
        cpu->page->served |= BH_SERVED_MOVE;
    cpu->page->pending = interrupt_waiting(cpu, now) >> SYSTEM_MASK_SHIFT;
}

void pv_leave(struct cpu *cpu)
{
    uint64_t real = cpu->page->psw_mask;
    uint64_t as = address_space(cpu->psw_mask, real);

    pv_take_mask(cpu);
    cpu->psw_mask = (cpu->psw_mask & ~(PSW_NATIVE | PSW_AS_MASK)) | (real & PSW_NATIVE) | as;
    cpu->psw_address = cpu->page->psw_address;
}

static void enter_real(struct bh_vcpu *page)
{
    page->primary = find(&primary, SHADOW_REAL);
    page->secondary = BH_SPACE_NONE;
}

/* The second look-up may have cost the first space its tables: once more, then both are recent. */
static void enter_virtual(const struct cpu *cpu, struct bh_vcpu *page)
{
    uint64_t first = cpu_asce(cpu, fetch_as(cpu->psw_mask));
    uint32_t i;

    for (i = 0; i < 2u; i++) {
        page->primary = find(&primary, first);
        page->secondary = (cpu->cr[0] & CR0_SECONDARY_SPACE) != 0
                              ? find(&secondary, cpu_asce(cpu, AS_SECONDARY))
                              : BH_SPACE_NONE;
        if (is_current(&primary))
            return;
    }
}

static uint64_t real_mask(uint64_t mask)
{
    uint64_t real = mask & (PSW_NATIVE | PSW_PER);

    if ((mask & PSW_DAT) != 0 && psw_as(mask) == AS_SECONDARY)
        real |= PSW_AS_SECONDARY;
    return real;
}

void pv_enter(struct cpu *cpu)
{
    struct bh_vcpu *page = cpu->page;
    uint64_t problem = (cpu->psw_mask & PSW_PROBLEM) != 0 ? 1 : 0;

    pv_give_mask(cpu, clock_now());
    page->psw_mask = real_mask(cpu->psw_mask);
    page->psw_address = cpu->psw_address;
    page->problem = problem;
    page->key = problem != 0 ? 0 : KEY_SUPERVISOR;
    page->cr0 = cpu->cr[0] & BH_VCPU_CR0_MASK;
    page->monitor = cpu->cr[8] & 0xffffu;
    if ((cpu->psw_mask & PSW_PER) != 0) {
        page->per[0] = cpu->cr[9];
        page->per[1] = cpu->cr[10];
        page->per[2] = cpu->cr[11];
    }
    if ((cpu->psw_mask & PSW_DAT) == 0)
        enter_real(page);
    else
        enter_virtual(cpu, page);
}

void pv_enter_nothing(struct cpu *cpu)
{
    cpu->page->psw_mask = PSW_64;
    cpu->page->psw_address = 0;
    cpu->page->primary = BH_SPACE_NONE;
    cpu->page->secondary = BH_SPACE_NONE;
}
