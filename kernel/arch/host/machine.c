/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine as arrays: clock, storage, console, tables and an MMU that forgets nothing.
 * Belongs to: kernel, host implementation. */
#include "kernel/machine.h"
#include "kernel/arch/host/host.h"
#include "kernel/object/space.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/dat.h"

#define WORD 8u

struct host host;
uint8_t host_memory[HOST_MEMORY_MAX] __attribute__((aligned(1048576)));

struct translation {
    uint64_t asce; /* 0: empty slot */
    uint64_t page, entry;
};

static struct translation kept[HOST_TRANSLATIONS];

static _Noreturn void violation(const char *what, uint64_t value)
{
    if (host.violation != 0) {
        host.violation(what, value);
    }
    __builtin_trap();
}

void host_reset(uint64_t memory_bytes)
{
    host = (struct host){.memory_bytes = memory_bytes, .execute_protection = 1};
    bytes_zero(host_memory, HOST_MEMORY_MAX);
    hw_purge_cpu();
}

/* ---- clock ---- */

uint64_t hw_time(void)
{
    return host.clock;
}

void hw_timer(uint64_t time)
{
    host.timer = time;
}

/* ---- storage ---- */

uint64_t host_frame(uint64_t n)
{
    return (uint64_t)(uintptr_t)host_memory / BH_PAGE_SIZE + n;
}

static uint8_t *storage(uint64_t address, uint64_t bytes)
{
    uint64_t offset = address - (uint64_t)(uintptr_t)host_memory;

    if (bytes > host.memory_bytes || offset > host.memory_bytes - bytes) {
        violation("an access leaves the storage", address);
    }
    return host_memory + offset;
}

static uint8_t *storage_word(uint64_t address)
{
    if (address % WORD != 0) {
        violation("an access is not on a doubleword boundary", address);
    }
    return storage(address, WORD);
}

uint64_t hw_load(uint64_t address)
{
    return be64_get(storage_word(address));
}

void hw_store(uint64_t address, uint64_t value)
{
    be64_put(storage_word(address), value);
}

/* ---- console ---- */

uint32_t hw_console_write(uint64_t address, uint32_t bytes)
{
    const uint8_t *text = storage(address, bytes);

    if (host.console_busy != 0) {
        host.console_busy--;
        return 1;
    }
    if (bytes > HOST_CONSOLE_MAX - host.console_used) {
        violation("more console output than is kept", bytes);
    }
    bytes_copy((uint8_t *)host.console_output + host.console_used, text, bytes);
    host.console_used += bytes;
    return 0;
}

uint32_t hw_console_read(uint64_t address, uint32_t bytes)
{
    uint8_t *text = storage(address, bytes);
    uint32_t n;

    if (host.console_input == 0) {
        return 0;
    }
    for (n = 0; n < bytes && host.console_input[n] != 0; n++) {
        text[n] = (uint8_t)host.console_input[n];
    }
    host.console_input = 0;
    return n;
}

/* ---- tables ---- */

uint64_t hw_leaf_address(uint32_t leaf)
{
    return HOST_LEAF_BASE + (uint64_t)leaf * WORD;
}

uint64_t hw_segment_address(uint32_t entry)
{
    return HOST_SEGMENT_BASE + (uint64_t)entry * WORD;
}

uint64_t hw_region_address(uint32_t entry)
{
    return HOST_REGION_BASE + (uint64_t)entry * WORD;
}

static int word_of(const uint64_t *table, uint64_t entries, uint64_t offset, uint64_t *word)
{
    if (offset % WORD != 0 || offset / WORD >= entries) {
        return -1;
    }
    *word = table[offset / WORD];
    return 0;
}

int host_table_word(uint64_t absolute, uint64_t *word)
{
    if (absolute >= HOST_REGION_BASE) {
        return word_of(table_region, REGION_TABLES * TABLE_ENTRIES, absolute - HOST_REGION_BASE,
                       word);
    }
    if (absolute >= HOST_SEGMENT_BASE) {
        return word_of(table_segment, SEGMENT_TABLES * TABLE_ENTRIES, absolute - HOST_SEGMENT_BASE,
                       word);
    }
    return absolute < HOST_LEAF_BASE ? -1
                                     : word_of(table_leaf, LEAVES, absolute - HOST_LEAF_BASE, word);
}

/* ---- MMU ---- */

void hw_purge_cpu(void)
{
    uint32_t i;

    for (i = 0; i < HOST_TRANSLATIONS; i++) {
        kept[i].asce = 0;
    }
    host.purges++;
}

uint32_t hw_execute_protection(void)
{
    return host.execute_protection;
}

/* A table word that hardware needs; hardware would stop the machine without it. */
static uint64_t table_word(uint64_t absolute)
{
    uint64_t word;

    if (host_table_word(absolute, &word) != 0) {
        violation("a translation leaves the tables", absolute);
    }
    return word;
}

/* The page-table entry of an address, invalid if an upper level says so. Process spaces are
 * segment tables: anything else is an error of the kernel. */
static uint64_t walk(uint64_t asce, uint64_t address)
{
    uint64_t entry;

    if (asce_type(asce) != ASCE_TYPE_SEGMENT || asce_is_real_space(asce)) {
        violation("a space is not designated by a segment table", asce);
    }
    if (address / DAT_REGION3_SIZE != 0 || dat_segment_index(address) >= asce_entries(asce)) {
        return DAT_PTE_EMPTY;
    }
    entry = table_word(asce_table(asce) * DAT_TABLE_ALIGN + dat_segment_index(address) * WORD);
    if (!dat_upper_valid(entry)) {
        return DAT_PTE_EMPTY;
    }
    if (dat_upper_type(entry) != DAT_TYPE_SEGMENT || dat_upper_is_frame(entry)) {
        violation("a segment entry has a wrong type", entry);
    }
    entry = table_word(dat_segment_table(entry) * DAT_PAGE_TABLE_BYTES +
                       dat_page_index(address) * WORD);
    if (dat_pte_valid(entry) && !dat_pte_format_ok(entry)) {
        violation("a page-table entry has a reserved bit", entry);
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
    violation("more translations than the fake MMU keeps", HOST_TRANSLATIONS);
}

static uint32_t forbidden(uint64_t entry, enum host_how how)
{
    return (how == HOST_WRITE && dat_protected(entry)) ||
           (how == HOST_EXECUTE && dat_no_execute(entry) && host.execute_protection != 0);
}

uint64_t host_access(uint32_t space, uint64_t address, enum host_how how)
{
    struct translation *slot = slot_of(space_root[space], address / DAT_PAGE_SIZE);
    uint64_t entry = slot->asce != 0 ? slot->entry : walk(space_root[space], address);

    if (!dat_pte_valid(entry)) {
        return HOST_FAULT;
    }
    *slot = (struct translation){space_root[space], address / DAT_PAGE_SIZE, entry};
    return forbidden(entry, how) ? HOST_FAULT
                                 : dat_pte_frame(entry) * DAT_PAGE_SIZE + address % DAT_PAGE_SIZE;
}

uint32_t host_stale(void)
{
    uint32_t count = 0;
    uint32_t i;

    for (i = 0; i < HOST_TRANSLATIONS; i++) {
        uint64_t old = kept[i].entry;
        uint64_t now;

        if (kept[i].asce == 0) {
            continue;
        }
        now = walk(kept[i].asce, kept[i].page * DAT_PAGE_SIZE);
        if (!dat_pte_valid(now) || dat_pte_frame(now) != dat_pte_frame(old) ||
            (forbidden(now, HOST_WRITE) && !forbidden(old, HOST_WRITE)) ||
            (forbidden(now, HOST_EXECUTE) && !forbidden(old, HOST_EXECUTE))) {
            count++;
        }
    }
    return count;
}
