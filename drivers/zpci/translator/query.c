/* SPDX-License-Identifier: BSD-2-Clause */
/* Statistics, audit, pending events. Belongs to: translator (pure). */
#include "drivers/zpci/translator/query.h"

#include "drivers/zpci/translator/batch.h"
#include "drivers/zpci/translator/budget.h"
#include "drivers/zpci/translator/mirror.h"
#include "drivers/zpci/translator/protocol.h"
#include "drivers/zpci/translator/registration.h"
#include "drivers/zpci/translator/request.h"
#include "drivers/zpci/translator/state.h"
#include "libs/zformats/fib.h"

static void put(uint64_t *word, uint64_t first, uint64_t second, uint64_t third)
{
    word[0] = BH_E_OK;
    word[1] = first;
    word[2] = second;
    word[3] = third;
}

void query_event(uint64_t word[BH_MESSAGE_WORDS], uint32_t f)
{
    put(word, state_event[f], state_handle[f], state_address[f]);
    state_event[f] = 0;
    state_address[f] = 0;
}

static void put_state(uint64_t *word, uint32_t f)
{
    uint32_t registered = registration_iota[f] != 0 ? FIB_FC_IOAT : 0;

    put(word, state_controls[f] | registered, state_handle[f], state_generation[f]);
}

static void put_frame(uint64_t *word)
{
    if (word[2] >= guest_bytes / IOT_PAGE_SIZE)
        word[0] = BH_E_ARG;
    else
        put(word, budget_frame[word[2]], 0, 0);
}

static void put_entry(uint64_t *word, uint32_t f)
{
    if (word[2] < mirror_first[f] || word[2] - mirror_first[f] >= mirror_pages[f])
        word[0] = BH_E_ARG;
    else
        put(word, mirror_get(mirror_slot(f, word[2])), 0, 0);
}

void query_item(uint64_t word[BH_MESSAGE_WORDS], uint32_t f)
{
    switch (word[1]) {
    case TRANSLATOR_ITEM_STATE:
        put_state(word, f);
        return;
    case TRANSLATOR_ITEM_PAGES:
        put(word, budget_mapped[f], budget_mapped[f] - budget_live[f], budget_refused[f]);
        return;
    case TRANSLATOR_ITEM_BUDGET:
        put(word, budget_live[f], budget_limit[f], batch_owed[f] != 0);
        return;
    case TRANSLATOR_ITEM_REQUESTS:
        put(word, request_count[f], request_global[f], request_exhausted[f]);
        return;
    case TRANSLATOR_ITEM_FRAME:
        put_frame(word);
        return;
    case TRANSLATOR_ITEM_ENTRY:
        put_entry(word, f);
        return;
    default:
        word[0] = BH_E_ARG;
        return;
    }
}
