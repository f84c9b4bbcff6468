/* SPDX-License-Identifier: BSD-2-Clause */
/* Entries: compare, decide on the copy, collect runs for the kernel. Belongs to: translator (pure).
 *
 * `old` is what the mirror holds for an entry, `word` what the guest's tables say now. */
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

/* A run: entries of one segment, in order, of which the last n changed and wait to be sent. */
struct run {
    uint64_t slot;     /* of the entry that comes next */
    uint64_t limit;    /* valid words below are mapped without further questions */
    uint64_t n;        /* words collected, for the slots right before it */
    uint64_t changed;  /* how many of those are valid and replace a valid entry */
    uint64_t unmapped; /* how many are invalid and replace a valid entry */
    uint32_t f;
};

/* With room for all entries of a segment, nobody needs to count. */
static inline struct run run_open(uint32_t f, uint64_t page)
{
    return (struct run){.f = f,
                        .slot = mirror_slot(f, page),
                        .limit = budget_room(f) >= IOT_PAGE_ENTRIES ? guest_bytes : 0};
}

/* What was collected goes to the kernel. */
static void run_send(struct run *r)
{
    batch_send(r->f, (uint32_t)r->slot, (uint32_t)r->n, (uint32_t)r->changed,
               (uint32_t)r->unmapped);
    r->n = 0;
    r->changed = 0;
    r->unmapped = 0;
}

static inline void run_close(struct run *r)
{
    if (r->n != 0)
        run_send(r);
}

/* A frame that is no frame of the guest is as good as none. */
static inline uint64_t checked(uint32_t f, uint64_t slot, uint64_t word)
{
    if (!iot_pte_valid(word) || word < guest_bytes)
        return word;
    refresh_note(PEC_PROTECTION, mirror_first[f] + (slot - mirror_base[f]));
    return IOT_PTE_EMPTY;
}

static inline int is_new(uint64_t old, uint64_t word)
{
    return !iot_pte_valid(old) && iot_pte_valid(word);
}

/* Stale addresses of invalid words and bits without a meaning are for the mirror only: the next
 * compare finds them again. */
static inline int is_same_to_kernel(uint64_t old, uint64_t word)
{
    return ((old ^ word) & WORD_BITS) == 0 || (!iot_pte_valid(old) && !iot_pte_valid(word));
}

static inline void count_frames(uint64_t old, uint64_t word)
{
    if (iot_pte_valid(old))
        budget_frame_drop(old);
    if (iot_pte_valid(word))
        budget_frame_add(word);
}

static inline void collect_at(uint64_t slot, uint64_t *next, uint64_t word)
{
    mirror_put(slot, word);
    *next = word & WORD_BITS;
}

/* Valid to valid, another frame or other rights. */
static inline int is_change(uint64_t old, uint64_t word)
{
    return iot_pte_valid(old) && iot_pte_valid(word) && ((old ^ word) & WORD_BITS) != 0;
}

/* Every word that waits counts as a new mapping. That may be too many; then the second pass of the
 * request finds the room. */
static inline int has_room(const struct run *r)
{
    return budget_room(r->f) > r->n;
}

/* The next entry, whatever it is. Out of line, so that the loop below keeps its registers. */
static __attribute__((noinline)) void step(struct run *r, uint64_t word)
{
    uint64_t old = mirror_get(r->slot);

    word = checked(r->f, r->slot, word);
    if (word == old) {
        run_close(r);
    } else if (is_new(old, word) && !has_room(r)) {
        refresh_refused++;
        run_close(r);
    } else if (is_same_to_kernel(old, word)) {
        run_close(r);
        mirror_put(r->slot, word);
    } else {
        count_frames(old, word);
        collect_at(r->slot, &kernel_words[r->n++], word);
        r->changed += is_change(old, word);
        r->unmapped += !iot_pte_valid(word);
    }
    r->slot++;
}

/* Entries of a guest's table, up to slot `end`. What is simply new, changed or gone stays in this
 * loop, as does what is unchanged while nothing waits to be sent. */
static __attribute__((noinline)) void steps(struct run *r, const uint8_t *entry, uint64_t end,
                                            uint64_t protection)
{
    uint64_t *next = kernel_words + r->n;
    uint64_t limit = r->limit;
    uint64_t slot;

    for (slot = r->slot; slot < end; slot++, entry += sizeof(uint64_t)) {
        uint64_t word = guest_load(entry) | protection;
        uint64_t old = mirror_get(slot);

        if (is_new(old, word) && word < limit) {
            budget_frame_add(word);
            collect_at(slot, next++, word);
        } else if (is_change(old, word) && word < limit) {
            budget_frame_drop(old);
            budget_frame_add(word);
            collect_at(slot, next++, word);
            r->changed++;
        } else if (is_new(word, old)) {
            budget_frame_drop(old);
            collect_at(slot, next++, word);
            r->unmapped++;
        } else if (word != old || next != kernel_words) {
            r->slot = slot;
            r->n = (uint64_t)(next - kernel_words);
            step(r, word);
            next = kernel_words + r->n;
        }
    }
    r->slot = slot;
    r->n = (uint64_t)(next - kernel_words);
}

/* A block that is as it was takes one compare. Where the levels above protect, the mirror's words
 * differ from the guest's, and only entries can be compared. */
static void table_entries(struct run *r, const uint8_t *entry, uint64_t end, uint64_t protection)
{
    uint64_t start;
    uint64_t stop;

    while (r->slot < end) {
        start = r->slot;
        stop = (start / GUEST_BLOCK_WORDS + 1u) * GUEST_BLOCK_WORDS;
        if (stop > end)
            stop = end;
        if (protection == 0 && stop - start == GUEST_BLOCK_WORDS &&
            guest_same(entry, &mirror_word[start])) {
            run_close(r);
            r->slot = stop;
        } else {
            steps(r, entry, stop, protection);
        }
        entry += (stop - start) * sizeof(uint64_t);
    }
    run_close(r);
}

static void segment_table(uint32_t f, uint64_t link, uint64_t page, uint32_t n)
{
    struct run r = run_open(f, page);

    table_entries(&r, guest_at(walk_page_at(link, page)), r.slot + n, link_protection(link));
}

/* A 1 MiB frame is 256 pages: it is never read as a table. */
static void segment_frame(uint32_t f, uint64_t link, uint64_t page, uint32_t n)
{
    struct run r = run_open(f, page);
    uint64_t word = link_origin(link) + page % IOT_PAGE_ENTRIES * IOT_PAGE_SIZE;
    uint64_t end = r.slot + n;

    for (; r.slot < end; word += IOT_PAGE_SIZE)
        step(&r, word | link_protection(link));
    run_close(&r);
}

static void segment_absent(uint32_t f, uint64_t page, uint32_t n)
{
    struct run r = run_open(f, page);
    uint64_t end = r.slot + n;

    while (r.slot < end)
        step(&r, IOT_PTE_EMPTY);
    run_close(&r);
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

/* One entry that differs. */
static inline void change_page(uint32_t f, uint64_t page, uint32_t slot, uint64_t word)
{
    uint64_t old = mirror_get(slot);

    word = checked(f, slot, word);
    if (is_new(old, word) && budget_room(f) == 0) {
        refresh_refused++;
        return;
    }
    collect_at(slot, kernel_words, word);
    if (is_same_to_kernel(old, word))
        return;
    count_frames(old, word);
    batch_send_at(f, page, slot, 1, iot_pte_valid(word), iot_pte_valid(old));
}

void entries_page(uint32_t f, uint64_t link, uint64_t page)
{
    uint32_t slot = mirror_slot(f, page);
    uint64_t word;

    if (link_kind(link) != LINK_TABLE) {
        entries_segment(f, link, page, 1);
        return;
    }
    word = guest_load(guest_at(walk_page_at(link, page))) | link_protection(link);
    if (word != mirror_get(slot))
        change_page(f, page, slot, word);
}
