/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the I/O space methods as libs/abi/methods.def describes them. */
#include "tests/unit/translator/fake_kernel.h"

#include <stdlib.h>
#include <string.h>

#include "libs/abi/abi.h"
#include "libs/stubs/svc.h"
#include "tests/lib/short_call.h"
#include "tests/lib/test.h"

#define FLUSH_PIECE 4096u
#define CLEAR_PIECE 1024u

struct fake_space fake_space[FAKE_SPACES];
uint64_t fake_words[512];

void fake_reset(void)
{
    for (unsigned i = 0; i < FAKE_SPACES; i++) {
        free(fake_space[i].entry);
        free(fake_space[i].stale);
    }
    memset(fake_space, 0, sizeof(fake_space));
    memset(fake_words, 0xee, sizeof(fake_words));
}

void fake_space_add(unsigned space, uint64_t first, uint64_t pages, uint64_t frames)
{
    struct fake_space *s = &fake_space[space];

    *s = (struct fake_space){.first = first, .pages = pages, .frames = frames, .refresh = true};
    s->entry = malloc(pages * sizeof(uint64_t));
    s->stale = calloc(pages, 1);
    assert_non_null(s->entry);
    assert_non_null(s->stale);
    for (uint64_t i = 0; i < pages; i++)
        s->entry[i] = FAKE_INVALID;
}

uint64_t fake_entry(unsigned space, uint64_t page)
{
    assert_in_range(page, fake_space[space].first,
                    fake_space[space].first + fake_space[space].pages - 1);
    return fake_space[space].entry[page - fake_space[space].first];
}

uint64_t fake_stale(unsigned space)
{
    uint64_t count = 0;

    for (uint64_t i = 0; i < fake_space[space].pages; i++)
        count += fake_space[space].stale[i];
    return count;
}

static void owe(struct fake_space *s, uint64_t from, uint64_t to)
{
    bool none = s->owed_from >= s->owed_to;

    s->owed_from = none || from < s->owed_from ? from : s->owed_from;
    s->owed_to = none || to > s->owed_to ? to : s->owed_to;
}

static void store(struct fake_space *s, uint64_t at, uint64_t entry)
{
    if (s->entry[at] != entry && (s->refresh || !(s->entry[at] & FAKE_INVALID)))
        s->stale[at] = 1;
    s->entry[at] = entry;
}

static bool word_ok(const struct fake_space *s, uint64_t page, uint64_t word)
{
    if (word & BH_WORD_INVALID)
        return true;
    return page != s->refuse_page && word / BH_PAGE_SIZE < s->frames &&
           (!s->read_only || (word & BH_WORD_READ_ONLY));
}

/* Only the documented bits may be set: the kernel need not mask what it ignores today. */
static uint64_t update(struct fake_space *s, uint64_t page, uint64_t n, uint64_t *stored)
{
    uint64_t i;

    s->updates++;
    assert_in_range(n, 1, BH_BATCH);
    assert_true(page / BH_BATCH == (page + n - 1) / BH_BATCH);
    assert_in_range(page, s->first, s->first + s->pages - 1);
    for (i = 0; i < n && word_ok(s, page + i, fake_words[i]); i++) {
        uint64_t word = fake_words[i];

        assert_int_equal(word & 0xfff & ~(uint64_t)(BH_WORD_READ_ONLY | BH_WORD_INVALID), 0);
        store(s, page - s->first + i, word & BH_WORD_INVALID ? FAKE_INVALID : word);
        s->words++;
    }
    if (i != 0)
        owe(s, page - s->first, page - s->first + i);
    *stored = i;
    return i == n ? BH_E_OK : BH_E_BOUND;
}

static uint64_t flush(struct fake_space *s)
{
    uint64_t n = s->owed_to - s->owed_from;

    if (s->fail_flush != 0)
        return s->fail_flush;
    if (s->busy != 0) {
        s->busy--;
        return BH_E_AGAIN;
    }
    if (s->owed_from >= s->owed_to || s->unknown)
        return BH_E_OK;
    s->flushes++;
    if (n > FLUSH_PIECE)
        n = FLUSH_PIECE;
    memset(s->stale + s->owed_from, 0, n);
    s->flushed_pages += n;
    s->owed_from += n;
    return s->owed_from < s->owed_to ? BH_E_AGAIN : BH_E_OK;
}

static uint64_t clear(struct fake_space *s)
{
    uint64_t stop = s->clear_at + CLEAR_PIECE;
    uint64_t error;

    if (s->clear_at >= s->pages) {
        error = flush(s);
        if (error != BH_E_AGAIN)
            s->clear_at = 0;
        s->clears += error == BH_E_OK;
        return error;
    }
    if (stop > s->pages)
        stop = s->pages;
    owe(s, s->clear_at, stop);
    for (; s->clear_at < stop; s->clear_at++)
        store(s, s->clear_at, FAKE_INVALID);
    return BH_E_AGAIN;
}

static uint64_t invoke_space(struct fake_space *s, uint64_t method, const uint64_t *argument,
                             struct bh_results *results)
{
    uint64_t error = s->fail_update;

    switch (method) {
    case BH_M_IOSPACE_UPDATE:
        s->fail_update = 0;
        results->gr3 = 0x5555;
        return error != 0 ? error : update(s, argument[0], argument[1], &results->gr3);
    case BH_M_IOSPACE_FLUSH:
        return flush(s);
    case BH_M_IOSPACE_CLEAR:
        return clear(s);
    default:
        fail_msg("method %lx of an I/O space", (unsigned long)method);
        return BH_E_METHOD;
    }
}

uint64_t bh_svc_invoke(uint64_t cap, uint64_t method, const uint64_t arguments[BH_ARGUMENTS],
                       struct bh_results *results)
{
    if (cap >= FAKE_PCI_CAP(0) && cap < FAKE_PCI_CAP(FAKE_SPACES)) {
        assert_int_equal(method, BH_M_PCI_QUERY);
        assert_int_equal(arguments[0], 4);
        results->gr3 = fake_space[cap - FAKE_PCI_CAP(0)].refresh;
        return BH_E_OK;
    }
    assert_in_range(cap, FAKE_CAP(0), FAKE_CAP(FAKE_SPACES) - 1);
    return invoke_space(&fake_space[cap - FAKE_CAP(0)], method, arguments, results);
}
