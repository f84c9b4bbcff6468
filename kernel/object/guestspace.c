/* SPDX-License-Identifier: BSD-2-Clause */
/* Guest spaces: reset, map, invalidate. Belongs to: kernel. */
#include "kernel/object/guestspace.h"
#include "kernel/machine.h"
#include "kernel/object/space.h"

#define LEVELS 4u
#define NO_BLOCK 0xffffu /* end of a chain */
#define PAGE_TABLE_BYTES 2048u
#define WORD_FLAGS (BH_WORD_READ_ONLY | BH_WORD_NO_EXECUTE)
#define TYPE_UNIT 4u /* designation type in an entry or control element */
#define LENGTH_FULL 3u
#define PRIVATE_SPACE 0x100u /* low-address protection does not cover it */

_Static_assert(GUEST_BLOCKS <= NO_BLOCK, "a block's number fits 16 bits");

uint64_t guest_table[GUEST_BLOCKS * TABLE_ENTRIES]
    __attribute__((section(".tables.guest"), aligned(16384)));
uint64_t guest_asce[GUEST_SPACES];
static uint32_t space_type[GUEST_SPACES];      /* level of the top table */
static uint32_t space_top[GUEST_SPACES];       /* block of the top table */
static uint32_t space_chain[GUEST_SPACES];     /* its blocks, linked; the top is the last one */
static uint32_t space_page_next[GUEST_SPACES]; /* word of the next page table; 0 mod 2048: none */
static uint16_t block_next[GUEST_BLOCKS];
static uint32_t block_free[VCPUS];  /* chain of free blocks */
static uint32_t block_fresh[VCPUS]; /* blocks from here to the end were never used */
static uint32_t block_end[VCPUS];
static uint32_t block_count[VCPUS];
static uint32_t blocks_reserved;

/* Pages that one entry of a table at this level covers: 256, then 2048 times more each. */
static const uint64_t covers[LEVELS] = {0x100u, 0x80000u, 0x40000000u, 0x20000000000u};

uint32_t guestspace_reserve(uint32_t v, uint64_t blocks)
{
    if (blocks > GUEST_BLOCKS - blocks_reserved) {
        return BH_E_FULL;
    }
    block_free[v] = NO_BLOCK;
    block_fresh[v] = blocks_reserved;
    blocks_reserved += (uint32_t)blocks;
    block_end[v] = blocks_reserved;
    block_count[v] = (uint32_t)blocks;
    return BH_E_OK;
}

uint32_t guestspace_reserved(uint32_t v)
{
    return block_count[v];
}

static void fill_block(uint32_t block, uint64_t entry)
{
    uint32_t i;

    for (i = block * TABLE_ENTRIES; i < (block + 1u) * TABLE_ENTRIES; i++) {
        guest_table[i] = entry;
    }
}

/* A block for space g, all entries invalid; NOBODY if none is left. */
static uint32_t take_block(uint32_t g, uint64_t entry)
{
    uint32_t v = g / BH_VCPU_SPACES;
    uint32_t block = block_free[v];

    if (block != NO_BLOCK) {
        block_free[v] = block_next[block];
    } else if (block_fresh[v] < block_end[v]) {
        block = block_fresh[v];
        block_fresh[v]++;
    } else {
        return NOBODY;
    }
    block_next[block] = (uint16_t)space_chain[g];
    space_chain[g] = block;
    fill_block(block, entry);
    return block;
}

/* All blocks of g to the free chain, in one step: the top is the end of its chain. */
static void drop_blocks(uint32_t g)
{
    uint32_t v = g / BH_VCPU_SPACES;

    if (guest_asce[g] != 0) {
        hw_guest_forget(guest_asce[g]);
        block_next[space_top[g]] = (uint16_t)block_free[v];
        block_free[v] = space_chain[g];
    }
    space_chain[g] = NO_BLOCK;
    space_page_next[g] = 0;
    guest_asce[g] = 0;
}

static uint32_t reset(uint32_t g, uint32_t type, uint64_t flags)
{
    uint32_t top;

    drop_blocks(g);
    hw_purge_cpu();
    top = take_block(g, ENTRY_UPPER_INVALID + type * TYPE_UNIT);
    if (top == NOBODY) {
        return BH_E_FULL;
    }
    space_top[g] = top;
    space_type[g] = type;
    guest_asce[g] = hw_guest_address(top * TABLE_ENTRIES) + type * TYPE_UNIT + LENGTH_FULL + flags;
    return BH_E_OK;
}

/* A page table: the next part of a block. Returns its first entry, or NOBODY. Its status, where the
 * machine keeps one behind it, begins as zeros. */
static uint32_t take_page_table(uint32_t g)
{
    uint32_t words = hw_guest_page_table_words();
    uint32_t at = space_page_next[g];
    uint32_t i;

    if (at % TABLE_ENTRIES == 0) {
        at = take_block(g, ENTRY_INVALID);
        if (at == NOBODY) {
            return NOBODY;
        }
        at *= TABLE_ENTRIES;
    }
    for (i = BH_BATCH; i < words; i++) {
        guest_table[at + i] = 0;
    }
    space_page_next[g] = at + words;
    return at;
}

/* The table below entry at (a table of this level), made if need be: its first entry, or NOBODY. */
static uint32_t below(uint32_t g, uint32_t at, uint32_t level, uint32_t make)
{
    uint64_t entry = guest_table[at];
    uint32_t table;

    if ((entry & ENTRY_UPPER_INVALID) == 0) {
        return (uint32_t)((entry - entry % PAGE_TABLE_BYTES - hw_guest_address(0)) / 8u);
    }
    if (make == 0) {
        return NOBODY;
    }
    if (level == 0) {
        table = take_page_table(g);
        if (table != NOBODY) {
            guest_table[at] = hw_guest_address(table);
        }
        return table;
    }
    table = take_block(g, ENTRY_UPPER_INVALID + (level - 1u) * TYPE_UNIT);
    if (table == NOBODY) {
        return NOBODY;
    }
    guest_table[at] = hw_guest_address(table * TABLE_ENTRIES) + level * TYPE_UNIT + LENGTH_FULL;
    return table * TABLE_ENTRIES;
}

/* The page table that holds this page: its first entry, or NOBODY. */
static uint32_t find_page_table(uint32_t g, uint64_t page, uint32_t make)
{
    uint32_t table = space_top[g] * TABLE_ENTRIES;
    uint32_t level = space_type[g];
    uint32_t i;

    for (i = 0; i < LEVELS && table != NOBODY; i++) {
        table = below(g, table + (uint32_t)(page / covers[level] % TABLE_ENTRIES), level, make);
        if (level == 0) {
            break;
        }
        level--;
    }
    return table;
}

/* One word into a leaf: 1 if it was stored. *weaker: an entry that was valid changed. */
static uint32_t store_word(uint32_t leaf, uint64_t word, uint32_t w, uint32_t *weaker)
{
    uint64_t page = word / BH_PAGE_SIZE;
    uint64_t entry = ENTRY_INVALID;

    if ((word & BH_WORD_INVALID) == 0) {
        if (page >= window_pages[w] ||
            ((word & BH_WORD_READ_ONLY) == 0 && (window_rights[w] & BH_R_REGION_WRITE) == 0) ||
            ((word & BH_WORD_NO_EXECUTE) == 0 && (window_rights[w] & BH_R_REGION_EXECUTE) == 0)) {
            return 0;
        }
        entry = (window_first[w] + page) * BH_PAGE_SIZE + (word & WORD_FLAGS);
    }
    if ((guest_table[leaf] & ENTRY_INVALID) == 0 && guest_table[leaf] != entry) {
        *weaker = 1;
    }
    guest_table[leaf] = entry;
    return 1;
}

/* Number, range and state that map and invalidate share. */
static uint32_t check(uint32_t g, uint64_t number, uint64_t page, uint64_t n)
{
    if (number >= BH_VCPU_SPACES || n == 0 || n > BH_BATCH || page % BH_BATCH + n > BH_BATCH) {
        return BH_E_ARG;
    }
    if (guest_asce[g] == 0) {
        return BH_E_STATE;
    }
    return page / covers[space_type[g]] < TABLE_ENTRIES ? BH_E_OK : BH_E_RANGE;
}

static uint32_t map(uint32_t t, uint32_t v, uint32_t g)
{
    uint64_t page = thread_argument(t, 1);
    uint64_t n = thread_argument(t, 2);
    uint32_t w = vcpu_space[v] * BH_WINDOWS + (uint32_t)(thread_argument(t, 3) % BH_WINDOWS);
    uint32_t weaker = 0;
    uint32_t table;
    uint32_t i;

    if (thread_message(t) == 0 || thread_argument(t, 3) >= BH_WINDOWS) {
        return thread_message(t) == 0 ? BH_E_STATE : BH_E_BOUND;
    }
    table = find_page_table(g, page, 1);
    if (table == NOBODY) {
        return BH_E_FULL;
    }
    for (i = 0; i < n; i++) {
        if (store_word(table + (uint32_t)(page % BH_BATCH) + i, hw_load(thread_message(t) + i * 8u),
                       w, &weaker) == 0) {
            break;
        }
    }
    if (weaker != 0) {
        hw_purge_cpu();
    }
    thread_result(t, 0, i);
    return i == n ? BH_E_OK : BH_E_BOUND;
}

static uint32_t invalidate(uint32_t t, uint32_t g)
{
    uint64_t page = thread_argument(t, 1);
    uint32_t table = find_page_table(g, page, 0);
    uint32_t valid = 0;
    uint32_t leaf, i;

    if (table == NOBODY) {
        return BH_E_OK;
    }
    for (i = 0; i < thread_argument(t, 2); i++) {
        leaf = table + (uint32_t)(page % BH_BATCH) + i;
        valid |= (guest_table[leaf] & ENTRY_INVALID) == 0 ? 1u : 0u;
        guest_table[leaf] = ENTRY_INVALID;
    }
    /* A VMM asks for every space when one has the page: most have nothing there. */
    if (valid != 0) {
        hw_purge_cpu();
    }
    return BH_E_OK;
}

uint32_t guestspace_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    uint64_t number = thread_argument(t, 0);
    uint32_t g = object * BH_VCPU_SPACES + (uint32_t)(number % BH_VCPU_SPACES);
    uint64_t type;
    uint32_t error;

    if (method == BH_M_VCPU_SPACE_RESET) {
        type = thread_argument(t, 1);
        if (number >= BH_VCPU_SPACES || type >= 2u * BH_SPACE_PRIVATE) {
            return BH_E_ARG;
        }
        return reset(g, (uint32_t)(type % LEVELS), type / BH_SPACE_PRIVATE * PRIVATE_SPACE);
    }
    error = check(g, number, thread_argument(t, 1), thread_argument(t, 2));
    if (error != BH_E_OK) {
        return error;
    }
    return method == BH_M_VCPU_SPACE_MAP ? map(t, object, g) : invalidate(t, g);
}
