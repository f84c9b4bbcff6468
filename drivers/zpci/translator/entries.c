/* SPDX-License-Identifier: BSD-2-Clause */
/* Entries: compare, decide on the copy, collect runs for the kernel. Belongs to: translator (pure).
 *
 * The loops below are what a translator spends its time in. Everything of an entry that is neither
 * unchanged nor plainly new is kept out of their straight line. */
#include "drivers/zpci/translator/entries.h"

#include "drivers/zpci/translator/batch.h"
#include "drivers/zpci/translator/budget.h"
#include "drivers/zpci/translator/kernel.h"
#include "drivers/zpci/translator/mirror.h"
#include "drivers/zpci/translator/refresh.h"
#include "drivers/zpci/translator/walk.h"
#include "libs/zformats/ccdf.h"

/* What the kernel gets of a guest's word; the guest may use the other bits as it likes. */
#define WORD_BITS (~UINT64_C(0xfff) | BH_WORD_READ_ONLY | BH_WORD_INVALID)

struct run {
    uint32_t f;
    uint32_t slot;     /* of the entry that comes next */
    uint32_t n;        /* words collected, for the slots right before it */
    uint32_t replaced; /* one of them replaces a valid entry */
    uint32_t room;     /* mappings that the budget allows more */
    uint32_t mapped;
    uint32_t unmapped;
};

static inline uint64_t page_of(uint32_t f, uint32_t slot)
{
    return mirror_first[f] + (slot - mirror_base[f]);
}

static void send(uint32_t f, uint32_t slot, uint32_t n, uint32_t replaced)
{
    uint64_t page = batch_send(f, slot, n, replaced);

    if (page != BATCH_STORED)
        refresh_note(batch_broken[f] != 0 ? PEC_SYSTEM : PEC_PROTECTION, page);
}

static inline void run_close(struct run *r)
{
    if (r->n != 0)
        send(r->f, r->slot, r->n, r->replaced);
    r->n = 0;
    r->replaced = 0;
}

static inline void run_collect(struct run *r, uint64_t word)
{
    mirror_put(r->slot, word);
    kernel_words[r->n] = word & WORD_BITS;
    r->n++;
}

/* Invalid to valid. */
static inline void step_map(struct run *r, uint64_t word)
{
    if (r->room == 0) {
        refresh_refused++;
        run_close(r);
        return;
    }
    r->room--;
    r->mapped++;
    budget_frame_add(word);
    run_collect(r, word);
}

/* Valid to valid: one store replaces frame and rights, then the flush. */
static inline void step_remap(struct run *r, uint64_t old, uint64_t word)
{
    if ((old & WORD_BITS) == (word & WORD_BITS)) {
        run_close(r);
        mirror_put(r->slot, word);
        return;
    }
    r->mapped++;
    r->unmapped++;
    r->replaced = 1;
    budget_frame_drop(old);
    budget_frame_add(word);
    run_collect(r, word);
}

/* To invalid; a stale address in the word is kept for the next compare. */
static inline void step_unmap(struct run *r, uint64_t old, uint64_t word)
{
    if (!iot_pte_valid(old)) {
        run_close(r);
        mirror_put(r->slot, word);
        return;
    }
    r->room++;
    r->unmapped++;
    r->replaced = 1;
    budget_frame_drop(old);
    run_collect(r, word);
}

/* A frame that is no frame of the guest. */
static inline uint64_t outside(struct run *r)
{
    refresh_note(PEC_PROTECTION, page_of(r->f, r->slot));
    return IOT_PTE_EMPTY;
}

static inline void step(struct run *r, uint64_t word)
{
    uint64_t old = mirror_get(r->slot);

    if (word == old)
        run_close(r);
    else if (!iot_pte_valid(word))
        step_unmap(r, old, word);
    else if (word >= guest_bytes)
        step_unmap(r, old, outside(r));
    else if (iot_pte_valid(old))
        step_remap(r, old, word);
    else
        step_map(r, word);
    r->slot++;
}

static inline struct run run_open(uint32_t f, uint64_t page)
{
    return (struct run){.f = f, .slot = mirror_slot(f, page), .room = budget_room(f)};
}

static inline void run_end(struct run *r, uint64_t page)
{
    run_close(r);
    if (r->mapped == 0 && r->unmapped == 0)
        return;
    budget_account(r->f, r->mapped, r->unmapped);
    mirror_count(r->f, page, r->mapped, r->unmapped);
}

/* Blocks that are as they were take one compare. Where the levels above protect, the mirror's words
 * differ from the guest's and only the single compare is right. */
static inline void steps_table(struct run *r, uint64_t at, uint32_t end, uint64_t protection)
{
    while (r->slot < end) {
        uint32_t stop = (r->slot / GUEST_BLOCK_WORDS + 1u) * GUEST_BLOCK_WORDS;

        if (r->slot % GUEST_BLOCK_WORDS == 0 && stop <= end && protection == 0 &&
            guest_same(at, &mirror_word[r->slot])) {
            run_close(r);
            r->slot = stop;
            at += GUEST_BLOCK_BYTES;
            continue;
        }
        for (stop = stop < end ? stop : end; r->slot < stop; at += sizeof(uint64_t))
            step(r, guest_load(at) | protection);
    }
}

static void segment_table(uint32_t f, uint64_t link, uint64_t page, uint32_t n)
{
    struct run r = run_open(f, page);

    steps_table(&r, link_origin(link) + page % IOT_PAGE_ENTRIES * sizeof(uint64_t), r.slot + n,
                link_protection(link));
    run_end(&r, page);
}

/* A 1 MiB frame is 256 pages: it is never read as a table. */
static void segment_frame(uint32_t f, uint64_t link, uint64_t page, uint32_t n)
{
    struct run r = run_open(f, page);
    uint64_t word = (link_origin(link) + page % IOT_PAGE_ENTRIES * IOT_PAGE_SIZE);
    uint32_t end = r.slot + n;

    for (; r.slot < end; word += IOT_PAGE_SIZE)
        step(&r, word | link_protection(link));
    run_end(&r, page);
}

static void segment_absent(uint32_t f, uint64_t page, uint32_t n)
{
    struct run r = run_open(f, page);
    uint32_t end = r.slot + n;

    while (r.slot < end)
        step(&r, IOT_PTE_EMPTY);
    run_end(&r, page);
}

void entries_segment(uint32_t f, uint64_t link, uint64_t page, uint32_t n)
{
    switch (link_kind(link)) {
    case LINK_TABLE:
        segment_table(f, link, page, n);
        return;
    case LINK_FRAME:
        segment_frame(f, link, page, n);
        return;
    case LINK_BAD:
        refresh_note(link_event(link), page);
        break;
    default:
        break;
    }
    if (mirror_segment_valid(f, page) != 0)
        segment_absent(f, page, n);
}

void entries_page(uint32_t f, uint64_t link, uint64_t page)
{
    struct run r;
    uint64_t at = link_origin(link) + page % IOT_PAGE_ENTRIES * sizeof(uint64_t);

    if (link_kind(link) != LINK_TABLE) {
        entries_segment(f, link, page, 1);
        return;
    }
    r = run_open(f, page);
    step(&r, guest_load(at) | link_protection(link));
    run_end(&r, page);
}
