/* SPDX-License-Identifier: BSD-2-Clause */
/* Translation and protection exits. Belongs to: VMM, back end pv. */
#include "vmm/pv/fault.h"

#include "libs/abi/abi.h"
#include "libs/abi/vcpu.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/dat.h"
#include "vmm/asce.h"
#include "vmm/memory.h"
#include "vmm/pv/kernel.h"
#include "vmm/pv/shadow.h"
#include "vmm/walk.h"

#define NEIGHBOURS 16u /* entries filled at a time; many more cost more than they save */
#define TEID_ADDRESS (~UINT64_C(0xfff))
#define TEID_ACCESS_MASK UINT64_C(0xc00)
#define TEID_STORE UINT64_C(0x400)
#define TEID_EXECUTE UINT64_C(0x80) /* with TEID_DAT: instruction-execution protection */
#define TEID_DAT UINT64_C(0x4)      /* a protection exception because of DAT tables */

/* Protection reasons exist only in the identification of a protection exception. */
#define TEID_PROTECTION (TEID_EXECUTE | TEID_DAT)

/* The word for an entry of the guest's page table. */
static uint64_t entry_word(const struct cpu *cpu, uint64_t entry, const struct walk *found)
{
    uint64_t absolute = guest_real_to_absolute(cpu, entry & TEID_ADDRESS);
    uint64_t flags = entry & DAT_PROTECTED;

    if (!dat_pte_valid(entry) || !dat_pte_format_ok(entry))
        return BH_WORD_INVALID;
    if (found->table_protect)
        flags = BH_WORD_READ_ONLY;
    if ((cpu->cr[0] & CR0_EXECUTE_PROTECTION) != 0)
        flags |= entry & DAT_NO_EXECUTE;
    return absolute < guest_size ? absolute | flags : BH_WORD_INVALID;
}

static void fill_small(const struct cpu *cpu, uint32_t number, uint64_t page,
                       const struct walk *found)
{
    const uint8_t *entries = guest_memory + found->page_table;
    uint64_t first = page - page % NEIGHBOURS;
    uint32_t i;

    entries += first % DAT_PAGE_ENTRIES * 8u;
    for (i = 0; i < NEIGHBOURS; i++)
        kernel_words[i] = entry_word(cpu, be64_get(entries + i * 8u), found);
    shadow_map(number, first, NEIGHBOURS);
}

/* All pages of the segment at once: real addresses, or the frames of a large one. */
static void fill_segment(const struct cpu *cpu, uint32_t number, uint64_t page,
                         const struct walk *found)
{
    uint64_t first = page - page % DAT_PAGE_ENTRIES;
    uint64_t at = found->real - (page - first) * DAT_PAGE_SIZE;
    uint64_t flags =
        (found->protect ? BH_WORD_READ_ONLY : 0) | (found->no_execute ? BH_WORD_NO_EXECUTE : 0);
    uint32_t i;

    for (i = 0; i < DAT_PAGE_ENTRIES; i++, at += DAT_PAGE_SIZE) {
        uint64_t absolute = found->identity ? guest_real_to_absolute(cpu, at) : at;

        kernel_words[i] = absolute < guest_size ? absolute | flags : BH_WORD_INVALID;
    }
    shadow_map(number, first, DAT_PAGE_ENTRIES);
}

static void fill(const struct cpu *cpu, uint64_t asce, uint64_t address, const struct walk *found)
{
    uint32_t number = shadow_find(asce);
    uint64_t page = address / DAT_PAGE_SIZE;

    if (found->large || found->identity)
        fill_segment(cpu, number, page, found);
    else
        fill_small(cpu, number, page, found);
}

/* The guest's exception, with the PSW where every exception expects it. */
static program_code raise(struct cpu *cpu, program_code code, uint64_t teid, int behind,
                          uint32_t length)
{
    if (!behind)
        cpu->psw_address = (cpu->psw_address + length) & address_mask(cpu->psw_mask);
    cpu->teid = teid;
    cpu->exception_access = 0;
    return code;
}

static program_code fault_real(struct cpu *cpu, uint64_t teid, uint32_t length)
{
    uint64_t address = teid & TEID_ADDRESS;
    struct walk found = {.real = address, .identity = 1};

    if (guest_real_to_absolute(cpu, address) >= guest_size)
        return raise(cpu, PGM_ADDRESSING, teid, 0, length);
    fill(cpu, SHADOW_REAL, address, &found);
    return PGM_NONE;
}

/* What the guest's tables show there, if anything, into the shadow. */
static program_code map(const struct cpu *cpu, uint32_t as, uint64_t address)
{
    uint64_t asce = cpu_asce(cpu, as);
    struct walk found;
    program_code code = walk(cpu, asce, address, &found);

    if (code == PGM_NONE)
        fill(cpu, asce, address, &found);
    return code;
}

static program_code fault_missing(struct cpu *cpu, uint64_t teid, uint32_t length)
{
    program_code code = map(cpu, (uint32_t)teid % 4u, teid & TEID_ADDRESS);

    return code == PGM_NONE ? PGM_NONE : raise(cpu, code, teid, 0, length);
}

void fault_prepare(const struct cpu *cpu, uint32_t as, uint64_t address)
{
    (void)map(cpu, as, address);
}

/* 1 if the guest's tables forbid what was tried. */
static int is_forbidden(uint64_t teid, const struct walk *found)
{
    if ((teid & TEID_EXECUTE) != 0)
        return found->no_execute;
    return (teid & TEID_ACCESS_MASK) != TEID_STORE || found->protect;
}

/* The shadow forbids it: because the guest's tables do, or because they changed since. */
static program_code fault_protected(struct cpu *cpu, uint64_t teid, uint32_t length)
{
    uint64_t asce = cpu_asce(cpu, (uint32_t)teid % 4u);
    uint64_t address = teid & TEID_ADDRESS;
    struct walk found;
    program_code code;

    if ((cpu->psw_mask & PSW_DAT) == 0 || (teid & TEID_DAT) == 0)
        return raise(cpu, PGM_PROTECTION, teid, 1, length);
    code = walk(cpu, asce, address, &found);
    if (code != PGM_NONE)
        return raise(cpu, code, teid & ~TEID_PROTECTION, 1, length);
    if (is_forbidden(teid, &found))
        return raise(cpu, PGM_PROTECTION, teid, 1, length);
    cpu->psw_address = (cpu->psw_address - length) & address_mask(cpu->psw_mask);
    fill(cpu, asce, address, &found);
    return PGM_NONE;
}

/* Home space runs in the real primary space. */
static uint64_t virtual_teid(const struct cpu *cpu, uint64_t teid)
{
    int home = (cpu->psw_mask & PSW_DAT) != 0 && psw_as(cpu->psw_mask) == AS_HOME;

    return home && teid % 4u == AS_PRIMARY ? teid | AS_HOME : teid;
}

/* With DAT or the secondary-space control off, the secondary space names no guest space: what gets
 * there ran a SET ADDRESS SPACE CONTROL that should have been refused. */
static int is_refused_secondary(const struct cpu *cpu, uint64_t teid)
{
    return teid % 4u == AS_SECONDARY &&
           ((cpu->psw_mask & PSW_DAT) == 0 || (cpu->cr[0] & CR0_SECONDARY_SPACE) == 0);
}

program_code fault(struct cpu *cpu, program_code code, uint64_t teid, uint32_t length)
{
    int behind = code == PGM_PROTECTION;

    if (is_refused_secondary(cpu, teid))
        return raise(cpu, PGM_SPECIAL_OPERATION, teid, behind, length);
    teid = virtual_teid(cpu, teid);
    if (behind)
        return fault_protected(cpu, teid, length);
    if ((cpu->psw_mask & PSW_DAT) == 0)
        return fault_real(cpu, teid, length);
    return fault_missing(cpu, teid, length);
}
