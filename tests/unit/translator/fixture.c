/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: guest, oracle, and a translator in its initial state. */
#include "tests/unit/translator/fixture.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/zpci/translator/batch.h"
#include "drivers/zpci/translator/budget.h"
#include "drivers/zpci/translator/guest.h"
#include "drivers/zpci/translator/kernel.h"
#include "drivers/zpci/translator/mirror.h"
#include "drivers/zpci/translator/registration.h"
#include "drivers/zpci/translator/request.h"
#include "drivers/zpci/translator/serve.h"
#include "drivers/zpci/translator/state.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/ccdf.h"

static _Alignas(4096) uint8_t memory[GUEST_SIZE];
static uint64_t random_state;

void (*on_guest_load)(uint64_t at);
uint64_t guest_loads;

void guest_hook(const uint8_t *at)
{
    guest_loads++;
    assert_true(at >= memory && at < memory + guest_bytes);
    if (on_guest_load)
        on_guest_load((uint64_t)(at - memory));
}

void poke(uint64_t at, uint64_t value)
{
    assert_true(at % 8 == 0 && at < GUEST_SIZE);
    be64_put(memory + at, value);
}

uint64_t peek(uint64_t at)
{
    assert_true(at % 8 == 0 && at < GUEST_SIZE);
    return be64_get(memory + at);
}

uint64_t rte_at(uint64_t iova)
{
    return RT + iova / 0x80000000 % 2048 * 8;
}

uint64_t ste_at(uint64_t iova)
{
    return ST(iova / 0x80000000 % 2) + iova / 0x100000 % 2048 * 8;
}

uint64_t pte_at(uint64_t iova)
{
    return PT(iova / 0x100000 % 4096) + iova / 4096 % 256 * 8;
}

void map(uint64_t iova, uint64_t frame, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        poke(pte_at(iova + (uint64_t)i * PAGE), (frame + i) * PAGE);
}

void unmap(uint64_t iova, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        uint64_t at = pte_at(iova + (uint64_t)i * PAGE);

        poke(at, peek(at) | 0x400);
    }
}

static void fill(uint64_t at, uint64_t bytes, uint64_t value)
{
    for (uint64_t i = 0; i < bytes; i += 8)
        poke(at + i, value);
}

void fixture_tables(void)
{
    fill(RT, 0x4000, 0x20);
    fill(ST(0), 0x4000, 0x20);
    fill(ST(1), 0x4000, 0x20);
    fill(PT(0), 1024 * 0x800, 0x400);
    for (uint64_t at = IOVA; at < IOVA + WINDOW_BYTES; at += SEGMENT) {
        poke(rte_at(at), ST(at / 0x80000000 % 2) | 0x7);
        poke(ste_at(at), PT(at / SEGMENT % 4096));
    }
}

static void reset_translator(void)
{
    memset(mirror_pages, 0, sizeof(mirror_pages));
    mirror_used = 0;
    memset(budget_limit, 0, sizeof(budget_limit));
    memset(budget_live, 0, sizeof(budget_live));
    memset(budget_mapped, 0, sizeof(budget_mapped));
    memset(budget_refused, 0, sizeof(budget_refused));
    memset(budget_frame, 0, sizeof(budget_frame));
    memset(batch_owed, 0, sizeof(batch_owed));
    memset(batch_broken, 0, sizeof(batch_broken));
    memset(state_handle, 0, sizeof(state_handle));
    memset(state_controls, 0, sizeof(state_controls));
    memset(state_generation, 0, sizeof(state_generation));
    memset(state_event, 0, sizeof(state_event));
    memset(state_address, 0, sizeof(state_address));
    memset(registration_iota, 0, sizeof(registration_iota));
    memset(request_count, 0, sizeof(request_count));
    memset(mirror_valid, 0, sizeof(mirror_valid));
    memset(mirror_live, 0, sizeof(mirror_live));
    serve_ranges(NULL, 0);
}

void fixture_function(unsigned f, uint64_t first, uint64_t pages)
{
    fake_space_add(f, first, pages, GUEST_FRAMES);
    assert_true(mirror_take(f, first, pages));
    budget_limit[f] = (uint32_t)pages;
    batch_refresh[f] = 1;
    kernel_space[f] = FAKE_CAP(f);
    kernel_window[f] = 0;
}

int fixture_bare(void **state)
{
    (void)state;
    on_guest_load = NULL;
    guest_loads = 0;
    random_seed(1);
    fake_reset();
    reset_translator();
    memset(memory, 0, sizeof(memory));
    guest_set(memory, sizeof(memory));
    kernel_words = fake_words;
    fixture_tables();
    fixture_function(0, FIRST, WINDOW_PAGES);
    return 0;
}

int fixture(void **state)
{
    fixture_bare(state);
    assert_int_equal(vmm(TRANSLATOR_STATE, HANDLE, ENABLED, GENERATION).result, 0);
    assert_int_equal(vmm(TRANSLATOR_REGISTER, IOTA, IOVA, IOVA + WINDOW_BYTES - 1).result, 0);
    return 0;
}

struct reply message(uint64_t badge, uint64_t w0, uint64_t w1, uint64_t w2, uint64_t w3)
{
    struct bh_message m = {.badge = badge, .word = {w0, w1, w2, w3}};
    int notify = serve(&m);

    return (struct reply){m.word[0], m.word[1], m.word[2], m.word[3], notify};
}

struct reply rpcit(uint64_t start, uint64_t length)
{
    return message(EVENT_BADGE(1), HANDLE, start, length, GENERATION * 256 + ENABLED);
}

struct reply vmm(uint64_t label, uint64_t w1, uint64_t w2, uint64_t w3)
{
    return message(VMM_BADGE(1), label, w1, w2, w3);
}

void guest_resize(uint64_t bytes)
{
    assert_true(bytes <= sizeof(memory));
    guest_set(memory, bytes);
}

/* A table entry, or 0 (which is bad everywhere above the page tables) outside the memory. */
static uint64_t entry_at(uint64_t table, uint64_t index)
{
    return table + index * 8 < guest_bytes ? peek(table + index * 8) : 0;
}

static uint32_t rte_event(uint64_t e)
{
    if (e == 0)
        return PEC_TABLE_ENTRY;
    if (e & 0x20)
        return 0;
    if ((e & 0xc3) != 0x03)
        return PEC_TABLE_LENGTH;
    return (e & 0xc) == 0x4 ? 0 : PEC_TABLE_TYPE;
}

static struct walked leaf(uint64_t frame, uint64_t protection)
{
    if (frame >= guest_bytes / PAGE)
        return (struct walked){PEC_PROTECTION, FAKE_INVALID};
    return (struct walked){0, frame * PAGE | (protection & 0x200)};
}

static struct walked walk_table(uint64_t ste, uint64_t protection, uint64_t page)
{
    uint64_t table = ste & ~UINT64_C(0x7ff);
    uint64_t pte;

    if (table >= guest_bytes)
        return (struct walked){PEC_TABLE_ENTRY, FAKE_INVALID};
    pte = peek(table + page % 256 * 8);
    if (pte & 0x400)
        return (struct walked){0, FAKE_INVALID};
    return leaf(pte / PAGE, protection | pte);
}

struct walked oracle(uint64_t iota, uint64_t page)
{
    uint64_t rte = entry_at(iota & ~UINT64_C(0x3fff), page / 0x80000 % 2048);
    uint64_t ste;

    if (rte_event(rte) != 0 || (rte & 0x20))
        return (struct walked){rte_event(rte), FAKE_INVALID};
    ste = entry_at(rte & ~UINT64_C(0x3fff), page / 256 % 2048);
    if (ste == 0)
        return (struct walked){PEC_TABLE_ENTRY, FAKE_INVALID};
    if (ste & 0x20)
        return (struct walked){0, FAKE_INVALID};
    if (ste & 0xc)
        return (struct walked){PEC_TABLE_TYPE, FAKE_INVALID};
    if (ste & 0x400)
        return leaf((ste >> 20) * 256 + page % 256, iota | rte | ste);
    return walk_table(ste, iota | rte | ste, page);
}

void assert_as_walked(unsigned f, uint64_t iota, uint64_t first, uint64_t last)
{
    for (uint64_t page = first; page <= last; page++)
        assert_int_equal(fake_entry(f, page), oracle(iota, page).entry);
    assert_int_equal(fake_stale(f), 0);
    assert_invariants();
}

void assert_whole_window(void)
{
    assert_as_walked(0, IOTA, FIRST, FIRST + WINDOW_PAGES - 1);
}

void random_seed(uint64_t seed)
{
    random_state = seed;
}

uint64_t random64(void)
{
    uint64_t z = random_state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}
