/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Instructions that purge translations, and SET PREFIX. Shadow spaces and the VMM's lookaside
 * buffer stand for the guest's TLB. Belongs to: VMM.
 */
#include "vmm/purge.h"

#include "libs/zformats/bytes.h"
#include "libs/zformats/dat.h"
#include "vmm/asce.h"
#include "vmm/handlers.h"
#include "vmm/lookaside.h"
#include "vmm/lowcore.h"
#include "vmm/memory.h"

#define PREFIX_MASK 0x7fffe000u
#define IDTE_CLEAR_BY_ASCE 0x800u /* bit 52 of the register at r2 */
#define INDEX_MASK 0x7ffu
#define PURGE_REQUEST 0x1u /* bit 63 of CSP's second register */

program_code emulate_ptlb(struct cpu *cpu, const struct instruction *in)
{
    (void)cpu;
    (void)in;
    purge_all();
    return PGM_NONE;
}

program_code emulate_spx(struct cpu *cpu, const struct instruction *in)
{
    uint8_t word[4];
    uint32_t prefix;
    program_code code;

    if (in->address % 4u != 0)
        return PGM_SPECIFICATION;
    code = guest_read(cpu, in->address, word, sizeof(word));
    if (code != PGM_NONE)
        return code;
    prefix = be32_get(word) & PREFIX_MASK;
    if (!guest_absolute(prefix, LOWCORE_BYTES))
        return PGM_ADDRESSING;
    cpu->prefix = prefix;
    purge_prefix();
    return PGM_NONE;
}

program_code emulate_stpx(struct cpu *cpu, const struct instruction *in)
{
    uint8_t word[4];

    if (in->address % 4u != 0)
        return PGM_SPECIFICATION;
    be32_put(word, cpu->prefix);
    return guest_write(cpu, in->address, word, sizeof(word));
}

/* IPTE: the page table is designated by r1, the page by the index bits of r2; with a third register
 * its low byte is the number of further entries. */
program_code emulate_ipte(struct cpu *cpu, const struct instruction *in)
{
    uint64_t table = cpu->page->gr[in->r1] & ~(DAT_PAGE_TABLE_BYTES - 1u);
    uint64_t address = cpu->page->gr[in->r2];
    uint32_t first = (uint32_t)dat_page_index(address);
    uint32_t i, n = in->r3 != 0 ? (uint32_t)(cpu->page->gr[in->r3] & 0xffu) + 1u : 1u;
    uint8_t *entries = guest_absolute(table, DAT_PAGE_TABLE_BYTES);

    if (!entries)
        return PGM_ADDRESSING;
    if (first + n > DAT_PAGE_ENTRIES)
        return PGM_SPECIFICATION;
    for (i = first; i < first + n; i++)
        be64_put(entries + i * 8u, be64_get(entries + i * 8u) | DAT_PTE_INVALID);
    purge_pages(address & ~(DAT_PAGE_SIZE - 1u), n);
    return PGM_NONE;
}

/* The entries from the designated one on become invalid: r1 names table and level, r2 holds the
 * address that indexes it and, in its low bits, the number of further entries. */
static program_code invalidate_entries(const struct cpu *cpu, uint64_t designation,
                                       uint64_t address)
{
    static const uint8_t shift[4] = {20, 31, 42, 53};
    uint64_t table = designation & ~(DAT_TABLE_ALIGN - 1u);
    uint32_t first = (uint32_t)(address >> shift[designation >> 2 & 3u]) & INDEX_MASK;
    uint32_t i, n = (uint32_t)(address & INDEX_MASK) + 1u;

    (void)cpu;
    if (first + n > DAT_TABLE_ENTRIES)
        return PGM_SPECIFICATION;
    if (!guest_absolute(table + first * 8u, n * 8u))
        return PGM_ADDRESSING;
    for (i = first; i < first + n; i++) {
        uint8_t *entry = guest_memory + table + i * 8u;

        be64_put(entry, be64_get(entry) | DAT_UPPER_INVALID);
    }
    purge_all();
    return PGM_NONE;
}

/* Which spaces to clear is said by the third register, not by the first. */
program_code emulate_idte(struct cpu *cpu, const struct instruction *in)
{
    const uint64_t *gr = cpu->page->gr;

    if ((gr[in->r2] & IDTE_CLEAR_BY_ASCE) == 0)
        return invalidate_entries(cpu, gr[in->r1], gr[in->r2]);
    purge_space(gr[in->r3]);
    return PGM_NONE;
}

/* A swap that failed purges nothing. */
static void swapped(struct cpu *cpu, int equal, uint64_t flags)
{
    cpu_set_cc(cpu, equal ? 0 : 1);
    if (equal && (flags & PURGE_REQUEST) != 0)
        purge_all();
}

program_code emulate_csp(struct cpu *cpu, const struct instruction *in)
{
    uint64_t second = cpu->page->gr[in->r2];
    uint8_t *word;
    program_code code;
    int equal;

    if (in->r1 % 2u != 0)
        return PGM_SPECIFICATION;
    code = translate(cpu, second & ~UINT64_C(3), psw_as(cpu->psw_mask), ACCESS_STORE, &word);
    if (code != PGM_NONE)
        return code;
    equal = be32_get(word) == (uint32_t)cpu->page->gr[in->r1];
    if (equal)
        be32_put(word, (uint32_t)cpu->page->gr[in->r1 + 1u]);
    else
        cpu_set_low(cpu, in->r1, be32_get(word));
    swapped(cpu, equal, second);
    return PGM_NONE;
}

program_code emulate_cspg(struct cpu *cpu, const struct instruction *in)
{
    uint64_t second = cpu->page->gr[in->r2];
    uint8_t *doubleword;
    program_code code;
    int equal;

    if (in->r1 % 2u != 0)
        return PGM_SPECIFICATION;
    code = translate(cpu, second & ~UINT64_C(7), psw_as(cpu->psw_mask), ACCESS_STORE, &doubleword);
    if (code != PGM_NONE)
        return code;
    equal = be64_get(doubleword) == cpu->page->gr[in->r1];
    if (equal)
        be64_put(doubleword, cpu->page->gr[in->r1 + 1u]);
    else
        cpu->page->gr[in->r1] = be64_get(doubleword);
    swapped(cpu, equal, second);
    return PGM_NONE;
}
