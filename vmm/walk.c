/* SPDX-License-Identifier: BSD-2-Clause */
/* Walk of the guest's translation tables. Belongs to: VMM. */
#include "vmm/walk.h"

#include "libs/zformats/bytes.h"
#include "libs/zformats/dat.h"
#include "vmm/asce.h"
#include "vmm/memory.h"

#define LEVELS 4u
#define LEVEL_SEGMENT 0u
#define LEVEL_REGION3 1u

/* Of each level, segment table first: what one of its entries covers, and the exception if it is
 * invalid. */
static const uint8_t shift[LEVELS] = {20, 31, 42, 53};
static const uint8_t missing[LEVELS] = {PGM_SEGMENT, PGM_REGION_THIRD, PGM_REGION_SECOND,
                                        PGM_REGION_FIRST};

/* The table that is being indexed: the designation says which of its quarters exist. */
struct table {
    uint64_t origin;
    uint32_t level, first, last;
};

static int load_entry(uint64_t at, uint64_t *entry)
{
    const uint8_t *bytes = guest_absolute(at, 8);

    if (!bytes)
        return 0;
    *entry = be64_get(bytes);
    return 1;
}

static program_code finish(const struct cpu *cpu, struct walk *result)
{
    result->absolute = guest_real_to_absolute(cpu, result->real);
    return result->absolute < guest_size ? PGM_NONE : PGM_ADDRESSING;
}

/* A segment or region-third entry that names a frame: its address is absolute. */
static program_code finish_large(const struct cpu *cpu, uint64_t entry, uint32_t level,
                                 uint64_t address, struct walk *result)
{
    uint64_t within = (UINT64_C(1) << shift[level]) - DAT_PAGE_SIZE;

    result->large = 1;
    result->no_execute =
        (cpu->cr[0] & CR0_EXECUTE_PROTECTION) != 0 && (entry & DAT_NO_EXECUTE) != 0;
    result->real = (entry >> shift[level] << shift[level]) | (address & within);
    result->absolute = result->real;
    return result->absolute < guest_size ? PGM_NONE : PGM_ADDRESSING;
}

static program_code walk_page(const struct cpu *cpu, uint64_t table, uint64_t address,
                              struct walk *result)
{
    uint64_t entry;

    result->page_table = table;
    result->table_protect = result->protect;
    result->entry = table + dat_page_index(address) * 8u;
    if (!load_entry(result->entry, &entry))
        return PGM_ADDRESSING;
    if (!dat_pte_valid(entry))
        return PGM_PAGE;
    if (!dat_pte_format_ok(entry))
        return PGM_TRANSLATION_SPECIFICATION;
    if (dat_protected(entry))
        result->protect = 1;
    result->no_execute =
        (cpu->cr[0] & CR0_EXECUTE_PROTECTION) != 0 && (entry & DAT_NO_EXECUTE) != 0;
    result->real = entry & ~(DAT_PAGE_SIZE - 1u);
    return finish(cpu, result);
}

/* The valid upper entry that `table` selects; 0 or an exception. */
static program_code select_entry(const struct table *table, uint64_t address, struct walk *result,
                                 uint64_t *entry)
{
    uint32_t index = (uint32_t)(address >> shift[table->level]) % 2048u;

    result->entry = table->origin + index * 8u;
    if (index / 512u < table->first || index / 512u > table->last)
        return missing[table->level];
    if (!load_entry(result->entry, entry))
        return PGM_ADDRESSING;
    if (!dat_upper_valid(*entry))
        return missing[table->level];
    if (dat_upper_type(*entry) != table->level * 4u)
        return PGM_TRANSLATION_SPECIFICATION;
    return PGM_NONE;
}

static int names_frame(const struct cpu *cpu, uint64_t entry, uint32_t level)
{
    return level <= LEVEL_REGION3 && (cpu->cr[0] & CR0_EDAT) != 0 && dat_upper_is_frame(entry);
}

/* Protection of region entries exists with EDAT alone, that of segment entries always. */
static void note_protection(const struct cpu *cpu, uint64_t entry, uint32_t level,
                            struct walk *result)
{
    if (dat_protected(entry) && (level == LEVEL_SEGMENT || (cpu->cr[0] & CR0_EDAT) != 0))
        result->protect = 1;
}

static program_code walk_tables(const struct cpu *cpu, struct table *table, uint64_t address,
                                struct walk *result)
{
    uint64_t entry;
    uint32_t i;

    for (i = 0; i < LEVELS; i++) {
        program_code code = select_entry(table, address, result, &entry);

        if (code != PGM_NONE)
            return code;
        note_protection(cpu, entry, table->level, result);
        if (names_frame(cpu, entry, table->level))
            return finish_large(cpu, entry, table->level, address, result);
        if (table->level == LEVEL_SEGMENT)
            return walk_page(cpu, entry & ~(DAT_PAGE_TABLE_BYTES - 1u), address, result);
        *table = (struct table){entry & ~(DAT_TABLE_ALIGN - 1u), table->level - 1u,
                                (uint32_t)(entry >> 6) % 4u, (uint32_t)entry % 4u};
    }
    return PGM_TRANSLATION_SPECIFICATION;
}

program_code walk(const struct cpu *cpu, uint64_t asce, uint64_t address, struct walk *result)
{
    uint32_t top = (uint32_t)(asce >> 2) % 4u;
    struct table table = {asce & ~(DAT_TABLE_ALIGN - 1u), top, 0, (uint32_t)asce % 4u};

    *result = (struct walk){0};
    if (asce_is_real_space(asce)) {
        result->identity = 1;
        result->real = address & ~(DAT_PAGE_SIZE - 1u);
        return finish(cpu, result);
    }
    if (top < LEVELS - 1u && address >> (shift[top] + 11u) != 0)
        return PGM_ASCE_TYPE;
    return walk_tables(cpu, &table, address, result);
}
