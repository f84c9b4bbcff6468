/* SPDX-License-Identifier: BSD-2-Clause */
/* From byte ranges to results. Belongs to: translator (pure). */
#include "drivers/zpci/translator/request.h"

#include "drivers/zpci/translator/budget.h"
#include "drivers/zpci/translator/protocol.h"
#include "drivers/zpci/translator/refresh.h"
#include "drivers/zpci/translator/registration.h"
#include "drivers/zpci/translator/state.h"
#include "libs/zformats/fib.h"
#include "libs/zformats/iotable.h"

static uint64_t range_first[TRANSLATOR_RANGES]; /* I/O pages */
static uint64_t range_last[TRANSLATOR_RANGES];
static uint32_t ranges;

void request_begin(void)
{
    ranges = 0;
}

/* Outward to whole pages, so that every page which is touched is covered. */
int request_add(uint32_t f, uint64_t start, uint64_t length)
{
    uint64_t first = start / IOT_PAGE_SIZE;
    uint64_t last;

    if (length == 0)
        return 1;
    if (length - 1u > UINT64_MAX - start)
        return 0;
    last = (start + (length - 1u)) / IOT_PAGE_SIZE;
    if (first > registration_last[f] || last < registration_first[f])
        return 0;
    range_first[ranges] = first < registration_first[f] ? registration_first[f] : first;
    range_last[ranges] = last > registration_last[f] ? registration_last[f] : last;
    ranges++;
    return 1;
}

static void pass(uint32_t f)
{
    uint32_t i;

    refresh_refused = 0;
    for (i = 0; i < ranges; i++)
        refresh_range(f, registration_iota[f], range_first[i], range_last[i]);
}

/* A mapping is refused only if the unmappings of the whole request do not make room for it. */
uint32_t request_run(uint32_t f)
{
    uint32_t result;

    refresh_begin();
    pass(f);
    if (refresh_refused != 0 && budget_room(f) != 0)
        pass(f);
    result = registration_settle(f);
    if (result != 0)
        return result;
    if (refresh_event != 0)
        return state_fail(f, refresh_event, refresh_page * IOT_PAGE_SIZE);
    if (refresh_refused == 0)
        return 0;
    budget_refused[f] += refresh_refused;
    return TRANSLATOR_RESULT(1u, ZPCI_ST_RESOURCES);
}
