/* SPDX-License-Identifier: BSD-2-Clause */
/* From byte ranges to results. Belongs to: translator (pure). */
#include "drivers/zpci/translator/request.h"

#include "drivers/zpci/translator/budget.h"
#include "drivers/zpci/translator/protocol.h"
#include "drivers/zpci/translator/refresh.h"
#include "drivers/zpci/translator/registration.h"
#include "drivers/zpci/translator/state.h"
#include "libs/zformats/ccdf.h"
#include "libs/zformats/fib.h"
#include "libs/zformats/iotable.h"

/* I/O pages, inclusive; the first is beyond the last if there are none. */
struct pages {
    uint64_t first, last;
};

uint64_t request_count[TRANSLATOR_FUNCTIONS];
uint64_t request_global[TRANSLATOR_FUNCTIONS];
uint64_t request_exhausted[TRANSLATOR_FUNCTIONS];

static struct pages many[TRANSLATOR_RANGES];

/* Outward to whole pages, then the part in the aperture. Requires: length is not 0. */
static inline struct pages pages_of(uint32_t f, uint64_t start, uint64_t length)
{
    struct pages p = {1, 0};

    if (length - 1u > UINT64_MAX - start)
        return p;
    p.first = start / IOT_PAGE_SIZE;
    p.last = (start + (length - 1u)) / IOT_PAGE_SIZE;
    if (p.first < registration_first[f])
        p.first = registration_first[f];
    if (p.last > registration_last[f])
        p.last = registration_last[f];
    return p;
}

static void refresh_many(uint32_t f, uint32_t n)
{
    uint32_t i;

    for (i = 0; i < n; i++)
        refresh_range(f, registration_iota[f], many[i].first, many[i].last);
}

/* Not all n ranges went well. What found no budget gets another pass if the first one made room. */
static uint32_t trouble(uint32_t f, uint32_t n)
{
    uint32_t result;

    if (refresh_refused != 0 && budget_room(f) != 0) {
        refresh_refused = 0;
        refresh_many(f, n);
    }
    budget_refused[f] += refresh_refused;
    result = registration_settle(f);
    if (result != 0)
        return result;
    if (refresh_event != 0)
        return state_fail(f, refresh_event, refresh_page * IOT_PAGE_SIZE);
    if (refresh_refused == 0)
        return 0;
    request_exhausted[f]++;
    return TRANSLATOR_RESULT(1u, ZPCI_ST_RESOURCES);
}

static inline int went_well(void)
{
    return (refresh_event | refresh_refused) == 0;
}

/* A single page first: that path is short. */
static inline void count_global(uint32_t f, const struct pages *p)
{
    if (p->first != p->last && p->first == registration_first[f] && p->last == registration_last[f])
        request_global[f]++;
}

uint32_t request_one(uint32_t f, uint64_t start, uint64_t length)
{
    struct pages p;

    request_count[f]++;
    if (registration_iota[f] == 0)
        return state_fail(f, PEC_SPACE_INVALID, start);
    if (length == 0)
        return 0;
    p = pages_of(f, start, length);
    if (p.first > p.last)
        return state_fail(f, PEC_OUT_OF_RANGE, start);
    count_global(f, &p);
    refresh_begin();
    refresh_range(f, registration_iota[f], p.first, p.last);
    if (went_well())
        return registration_settle(f);
    many[0] = p;
    return trouble(f, 1);
}

uint32_t request_many(uint32_t f, const volatile uint64_t *pairs, uint64_t count)
{
    uint32_t n = 0;
    uint64_t i;

    request_count[f]++;
    if (registration_iota[f] == 0)
        return state_fail(f, PEC_SPACE_INVALID, 0);
    for (i = 0; i < count; i++) {
        uint64_t start = pairs[2u * i];
        uint64_t length = pairs[2u * i + 1u];

        if (length == 0)
            continue;
        many[n] = pages_of(f, start, length);
        if (many[n].first > many[n].last)
            return state_fail(f, PEC_OUT_OF_RANGE, start);
        n++;
    }
    refresh_begin();
    refresh_many(f, n);
    return went_well() ? registration_settle(f) : trouble(f, n);
}
