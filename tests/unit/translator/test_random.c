/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: random tables and requests against the oracle, tables that change while they are read
 * (row 21), and garbage. */
#include "drivers/zpci/translator/budget.h"
#include "drivers/zpci/translator/mirror.h"
#include "drivers/zpci/translator/serve.h"
#include "drivers/zpci/translator/state.h"
#include "libs/zformats/ccdf.h"
#include "tests/unit/translator/fixture.h"

/* What a request may touch: 12 segments, so that ranges meet changes. */
#define SEGMENTS 12u
#define PAGES (SEGMENTS * 256u)

static uint64_t below(uint64_t limit)
{
    return random64() % limit;
}

static uint64_t random_pte(void)
{
    uint64_t pte = below(GUEST_FREE_FRAMES) * PAGE;

    switch (below(12)) {
    case 0:
        return pte | 0x200;
    case 1:
    case 2:
        return pte | 0x400;
    case 3:
        return pte | (below(4096) & 0x9ff);
    case 4:
        return below(4) ? pte : random64();
    default:
        return pte;
    }
}

static uint64_t random_ste(uint64_t segment)
{
    switch (below(10)) {
    case 0:
        return PT(segment) | 0x200;
    case 1:
        return 0x20;
    case 2:
        return PT(segment) | 0x20;
    case 3:
        return below(20) * SEGMENT | 0x400;
    case 4:
        return PT(below(SEGMENTS));
    case 5:
        return below(8) ? PT(segment) : random64();
    default:
        return PT(segment);
    }
}

/* One or a run of page table entries, a segment entry, rarely the region entry. */
static void mutate(void)
{
    uint64_t iova = IOVA + below(PAGES) * PAGE;

    switch (below(8)) {
    case 0:
        poke(ste_at(iova), random_ste(iova / SEGMENT % 4096));
        return;
    case 1:
        poke(rte_at(IOVA), below(4) ? ST(0) | 7 : ST(0) | 0x207);
        if (below(16) == 0)
            poke(rte_at(IOVA), 0x20);
        return;
    case 2:
        for (uint64_t n = below(300); n > 0 && iova < IOVA + PAGES * PAGE; n--, iova += PAGE)
            poke(pte_at(iova), random_pte());
        return;
    default:
        poke(pte_at(iova), random_pte());
        return;
    }
}

/* A request as guests make them: one page, some, or all. */
static void random_range(uint64_t *first, uint64_t *last)
{
    uint64_t n = below(3) == 0 ? 1 : below(2) ? below(40) + 1 : below(PAGES) + 1;

    *first = FIRST + below(PAGES);
    *last = *first + n - 1;
    if (*last >= FIRST + PAGES)
        *last = FIRST + PAGES - 1;
}

/* The first error that the oracle meets in a range, or 0. */
static struct walked first_error(uint64_t first, uint64_t last, uint64_t *page)
{
    for (*page = first; *page <= last; (*page)++) {
        struct walked w = oracle(IOTA, *page);

        if (w.event != 0)
            return w;
    }
    return (struct walked){0, 0};
}

static void check_request(uint64_t first, uint64_t last)
{
    struct reply r = rpcit(first * PAGE, (last - first + 1) * PAGE);
    uint64_t bad;
    struct walked w = first_error(first, last, &bad);

    assert_int_equal(r.result, w.event != 0 ? CC(1, 8) : 0);
    assert_int_equal(r.event, w.event);
    assert_int_equal(r.address, w.event != 0 ? bad * PAGE : 0);
    for (uint64_t page = first; page <= last; page++)
        assert_int_equal(fake_entry(0, page), oracle(IOTA, page).entry);
    assert_int_equal(fake_stale(0), 0);
    vmm(TRANSLATOR_STATE, HANDLE, ENABLED, GENERATION);
}

static void test_random_requests_against_the_oracle(void **state)
{
    (void)state;
    for (unsigned round = 0; round < 6000; round++) {
        uint64_t first, last;

        for (uint64_t n = below(6); n > 0; n--)
            mutate();
        random_range(&first, &last);
        check_request(first, last);
        if (round % 500 == 0)
            assert_invariants();
    }
    assert_invariants();
}

/* What the oracle wants of a range, but only as far as the budget goes: everything that goes is
 * gone, everything mapped is right, and nothing is refused while there is room. */
static void check_budget(uint64_t first, uint64_t last)
{
    struct reply r = rpcit(first * PAGE, (last - first + 1) * PAGE);
    bool complete = true;

    for (uint64_t page = first; page <= last; page++) {
        uint64_t want = oracle(IOTA, page).entry, have = fake_entry(0, page);

        complete = complete && have == want;
        assert_true(have == want || have == FAKE_INVALID);
    }
    if (r.result != CC(1, 8))
        assert_int_equal(r.result, complete ? 0 : CC(1, 16));
    if (!complete)
        assert_int_equal(budget_live[0], budget_limit[0]);
    assert_int_equal(fake_stale(0), 0);
    vmm(TRANSLATOR_STATE, HANDLE, ENABLED, GENERATION);
}

static void test_random_requests_with_a_small_budget(void **state)
{
    (void)state;
    budget_limit[0] = 700;
    for (unsigned round = 0; round < 4000; round++) {
        uint64_t first, last;

        for (uint64_t n = below(6); n > 0; n--)
            mutate();
        random_range(&first, &last);
        check_budget(first, last);
        if (round % 500 == 0)
            assert_invariants();
    }
    assert_invariants();
}

/* The guest changes entries between two values just before each load. */
#define ONE(i) ((100u + (i)) * PAGE)
#define OTHER(i) ((2000u + (i)) * PAGE | 0x200u)

static void flip_entries(uint64_t at)
{
    if (at < PT(0) || at >= PT(SEGMENTS))
        return;
    for (unsigned n = 0; n < 4; n++) {
        uint64_t i = below(PAGES);

        poke(pte_at(IOVA + i * PAGE), below(2) ? ONE(i) : OTHER(i));
    }
}

static void test_row_21_entries_change_while_they_are_read(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < PAGES; i++)
        poke(pte_at(IOVA + i * PAGE), ONE(i));
    on_guest_load = flip_entries;
    for (unsigned round = 0; round < 40; round++) {
        assert_int_equal(rpcit(IOVA, PAGES * PAGE).result, 0);
        for (uint64_t i = 0; i < PAGES; i++) {
            uint64_t entry = fake_entry(0, FIRST + i);

            assert_true(entry == ONE(i) || entry == OTHER(i));
        }
        assert_int_equal(fake_stale(0), 0);
    }
    on_guest_load = NULL;
    assert_int_equal(rpcit(IOVA, PAGES * PAGE).result, 0);
    assert_whole_window();
}

/* The first load of an entry sees a good word, any later one a bad word: a second load would show.
 */
static uint64_t armed_at, armed_word;

static void turn_bad_after_first_load(uint64_t at)
{
    if (armed_at != 0 && at >= armed_at && peek(armed_at) == armed_word)
        poke(armed_at, UINT64_MAX & ~UINT64_C(0x400));
    if (at == armed_at)
        poke(armed_at, armed_word);
}

static void check_single_load(uint64_t at, uint64_t iova)
{
    map(IOVA, 50 + below(100), 3);
    armed_at = at;
    armed_word = peek(at);
    on_guest_load = turn_bad_after_first_load;
    assert_int_equal(rpcit(iova, PAGE).result, 0);
    on_guest_load = NULL;
    poke(armed_at, armed_word);
    assert_int_equal(fake_entry(0, iova / PAGE), oracle(IOTA, iova / PAGE).entry);
}

static void test_row_21_every_entry_is_loaded_once(void **state)
{
    uint64_t before;

    (void)state;
    for (unsigned i = 0; i < 20; i++) {
        check_single_load(pte_at(IOVA + PAGE), IOVA + PAGE);
        check_single_load(ste_at(IOVA), IOVA);
        check_single_load(rte_at(IOVA), IOVA);
    }
    before = guest_loads;
    rpcit(IOVA + 2 * PAGE, PAGE);
    assert_int_equal(guest_loads - before, 3);
    map(IOVA, 2000, 256);
    before = guest_loads;
    rpcit(IOVA, SEGMENT);
    assert_int_equal(guest_loads - before, 2 + 1 + 8 + 256); /* and 9 block compares */
}

/* Everything at once: upper levels, garbage, during the walk. Only safety can be promised. */
static void mutate_anything(uint64_t at)
{
    (void)at;
    if (below(8) == 0)
        mutate();
    if (below(64) == 0)
        poke(RT + below(0x20000) * 8, random64());
}

static void assert_safe(void)
{
    for (uint64_t page = FIRST; page < FIRST + WINDOW_PAGES; page++)
        assert_true(fake_entry(0, page) == FAKE_INVALID || fake_entry(0, page) < GUEST_SIZE);
    assert_int_equal(fake_stale(0), 0);
    assert_invariants();
}

static void test_row_21_everything_changes_while_it_is_read(void **state)
{
    (void)state;
    on_guest_load = mutate_anything;
    for (unsigned round = 0; round < 400; round++) {
        uint64_t first, last;

        random_range(&first, &last);
        rpcit(first * PAGE, (last - first + 1) * PAGE);
        vmm(TRANSLATOR_STATE, HANDLE, ENABLED, GENERATION);
        if (round % 20 == 0)
            rpcit(0, UINT64_MAX);
        if (round % 100 == 0)
            assert_safe();
    }
    on_guest_load = NULL;
    assert_safe();
}

/* Numbers that decoders get wrong. */
static uint64_t nasty(void)
{
    static const uint64_t edges[] = {0,
                                     1,
                                     IOVA,
                                     IOVA + WINDOW_BYTES,
                                     IOVA - 1,
                                     UINT64_C(1) << 42,
                                     UINT64_C(1) << 63,
                                     UINT64_MAX,
                                     HANDLE,
                                     IOTA,
                                     4096,
                                     GENERATION * 256 + ENABLED};

    switch (below(4)) {
    case 0:
        return edges[below(12)];
    case 1:
        return edges[below(12)] + below(3) - 1;
    case 2:
        return below(1000);
    default:
        return random64() >> below(64);
    }
}

static void test_garbage_in_messages_and_memory(void **state)
{
    static uint64_t ranges[512];

    (void)state;
    serve_ranges(ranges, sizeof(ranges));
    fixture_function(1, FIRST + 512, 512);
    for (unsigned round = 0; round < 6000; round++) {
        uint64_t label = below(10) + below(3) * 256;

        ranges[below(512)] = nasty();
        poke(RT + below(0x60000) * 8, nasty());
        message(below(2)   ? VMM_BADGE(3)
                : below(2) ? EVENT_BADGE(3)
                           : nasty(),
                below(3) ? label : nasty(), nasty(), nasty(), nasty());
        if (below(50) == 0)
            fixture_tables();
        vmm(TRANSLATOR_STATE, HANDLE, ENABLED, GENERATION);
        vmm(TRANSLATOR_REGISTER, IOTA, IOVA, IOVA + WINDOW_BYTES - 1);
        if (round % 1000 == 0)
            assert_safe();
    }
    assert_safe();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_random_requests_against_the_oracle, fixture),
        cmocka_unit_test_setup(test_random_requests_with_a_small_budget, fixture),
        cmocka_unit_test_setup(test_row_21_entries_change_while_they_are_read, fixture),
        cmocka_unit_test_setup(test_row_21_every_entry_is_loaded_once, fixture),
        cmocka_unit_test_setup(test_row_21_everything_changes_while_it_is_read, fixture),
        cmocka_unit_test_setup(test_garbage_in_messages_and_memory, fixture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
