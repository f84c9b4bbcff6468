/* SPDX-License-Identifier: BSD-2-Clause */
/* An MMU that forgets nothing before it is told to. Belongs to: kernel, host implementation. */
#include "kernel/arch/host/host.h"
#include "kernel/arch/s390x/pv/translate.h"
#include "kernel/machine.h"
#include "kernel/object/guestspace.h"
#include "kernel/object/space.h"
#include "libs/zformats/dat.h"

#define LEVELS 4u /* segment, region third, second, first table */
#define WORD 8u

struct translation {
    uint64_t asce; /* 0: empty slot */
    uint64_t page, entry;
};

static struct translation kept[HOST_TRANSLATIONS];

void hw_purge_cpu(void)
{
    uint32_t i;

    for (i = 0; i < HOST_TRANSLATIONS; i++) {
        kept[i].asce = 0;
    }
    translate_purge();
    host.purges++;
}

void hw_guest_forget(uint64_t asce)
{
    if (host.guest == asce) {
        host.guest = 0;
    }
}

/* A table word that hardware needs; it would stop the machine without it. */
static uint64_t table_word(uint64_t absolute)
{
    uint64_t word;

    if (host_table_word(absolute, &word) != 0) {
        host_violation("a translation leaves the tables", absolute);
    }
    return word;
}

/* The entry of a table at this level (0: segment table), with what hardware checks of it. */
static uint64_t upper_entry(uint64_t table, uint32_t level, uint64_t address)
{
    static const uint64_t covered[LEVELS] = {DAT_SEGMENT_SIZE, DAT_REGION3_SIZE, DAT_REGION2_SIZE,
                                             DAT_REGION1_SIZE};
    uint64_t index = address / covered[level] % DAT_TABLE_ENTRIES;
    uint64_t entry = table_word(table * DAT_TABLE_ALIGN + index * WORD);

    if (dat_upper_type(entry) != level * 4u || dat_upper_is_frame(entry)) {
        host_violation("an upper table entry has a wrong type", entry);
    }
    if (dat_upper_valid(entry) && level != 0 &&
        (dat_region_first(entry) != 0 || dat_region_limit(entry) != DAT_TABLE_ENTRIES)) {
        host_violation("a region entry does not name a full table", entry);
    }
    return entry;
}

/* Whether an address is beyond what a top table of this level covers. */
static int beyond(uint32_t level, uint64_t address)
{
    static const uint64_t reach[LEVELS] = {DAT_REGION3_SIZE, DAT_REGION2_SIZE, DAT_REGION1_SIZE, 0};

    return reach[level] != 0 && address / reach[level] != 0;
}

/* The page-table entry of an address, invalid if an upper level says so. */
static uint64_t walk(uint64_t asce, uint64_t address)
{
    uint32_t level = (uint32_t)(asce_type(asce) / 4u);
    uint64_t table = asce_table(asce);
    uint64_t entry = DAT_PTE_EMPTY;
    uint32_t i;

    if (asce_is_real_space(asce) || asce_entries(asce) != DAT_TABLE_ENTRIES) {
        host_violation("a space is not designated by a full table", asce);
    }
    if (beyond(level, address)) {
        return DAT_PTE_EMPTY;
    }
    for (i = 0; i <= asce_type(asce) / 4u; i++, level--) {
        entry = upper_entry(table, level, address);
        if (!dat_upper_valid(entry)) {
            return DAT_PTE_EMPTY;
        }
        table = dat_region_table(entry);
    }
    entry = table_word(dat_segment_table(entry) * DAT_PAGE_TABLE_BYTES +
                       dat_page_index(address) * WORD);
    if (dat_pte_valid(entry) && !dat_pte_format_ok(entry)) {
        host_violation("a page-table entry has a reserved bit", entry);
    }
    return entry;
}

/* The slot that holds this translation or will hold it. */
static struct translation *slot_of(uint64_t asce, uint64_t page)
{
    uint32_t i;

    for (i = 0; i < HOST_TRANSLATIONS; i++) {
        struct translation *slot = &kept[(asce / DAT_TABLE_BYTES + page + i) % HOST_TRANSLATIONS];

        if (slot->asce == 0 || (slot->asce == asce && slot->page == page)) {
            return slot;
        }
    }
    host_violation("more translations than the fake MMU keeps", HOST_TRANSLATIONS);
}

static uint32_t forbidden(uint64_t entry, enum host_how how)
{
    return (how == HOST_WRITE && dat_protected(entry)) ||
           (how == HOST_EXECUTE && dat_no_execute(entry) && host.execute_protection != 0);
}

static uint64_t access(uint64_t asce, uint64_t address, enum host_how how)
{
    struct translation *slot = slot_of(asce, address / DAT_PAGE_SIZE);
    uint64_t entry = slot->asce != 0 ? slot->entry : walk(asce, address);

    if (!dat_pte_valid(entry)) {
        return HOST_FAULT;
    }
    *slot = (struct translation){asce, address / DAT_PAGE_SIZE, entry};
    return forbidden(entry, how) ? HOST_FAULT
                                 : dat_pte_frame(entry) * DAT_PAGE_SIZE + address % DAT_PAGE_SIZE;
}

uint64_t host_access(uint32_t space, uint64_t address, enum host_how how)
{
    return access(space_root[space], address, how);
}

uint64_t host_guest_access(uint32_t vcpu, uint32_t number, uint64_t address, enum host_how how)
{
    uint64_t asce = guest_asce[vcpu * BH_VCPU_SPACES + number];

    if (asce == 0) {
        return HOST_FAULT;
    }
    host.guest = asce;
    return access(asce, address, how);
}

static uint32_t is_stale(uint64_t asce, uint64_t address, uint64_t entry)
{
    uint64_t now = walk(asce, address);

    return !dat_pte_valid(now) || dat_pte_frame(now) != dat_pte_frame(entry) ||
           (forbidden(now, HOST_WRITE) && !forbidden(entry, HOST_WRITE)) ||
           (forbidden(now, HOST_EXECUTE) && !forbidden(entry, HOST_EXECUTE));
}

/* Whether the control register names a guest space that is there. */
static uint32_t guest_exists(void)
{
    uint32_t g;

    for (g = 0; g < GUEST_SPACES; g++) {
        if (guest_asce[g] == host.guest) {
            return 1;
        }
    }
    return 0;
}

uint32_t host_stale(void)
{
    uint32_t count = host.guest != 0 && guest_exists() == 0;
    uint32_t i;

    for (i = 0; i < HOST_TRANSLATIONS; i++) {
        count += kept[i].asce != 0 &&
                 is_stale(kept[i].asce, kept[i].page * DAT_PAGE_SIZE, kept[i].entry);
    }
    for (i = 0; i < TRANSLATE_KEPT; i++) {
        count += translate_kept[i].asce != 0 &&
                 is_stale(translate_kept[i].asce, translate_kept[i].page, translate_kept[i].leaf);
    }
    return count;
}
