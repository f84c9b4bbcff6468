/* SPDX-License-Identifier: BSD-2-Clause */
/* Decodes messages and encodes replies. Belongs to: translator (pure). */
#include "drivers/zpci/translator/serve.h"

#include "drivers/zpci/translator/mirror.h"
#include "drivers/zpci/translator/protocol.h"
#include "drivers/zpci/translator/query.h"
#include "drivers/zpci/translator/registration.h"
#include "drivers/zpci/translator/request.h"
#include "drivers/zpci/translator/state.h"
#include "libs/zformats/fib.h"

#define RANGE_WORDS 2u

static const volatile uint64_t *shared;
static uint64_t shared_words;

void serve_ranges(const volatile uint64_t *ranges, uint64_t bytes)
{
    shared = ranges;
    shared_words = bytes / sizeof(uint64_t);
}

static int ranges_are_shared(uint64_t offset, uint64_t count)
{
    return offset % sizeof(uint64_t) == 0 && count <= TRANSLATOR_RANGES &&
           offset / sizeof(uint64_t) <= shared_words &&
           count * RANGE_WORDS <= shared_words - offset / sizeof(uint64_t);
}

/* Behind result 1, 8: why, and where. Returns 1 in that case. */
static int answer(struct bh_message *message, uint32_t f, uint32_t result)
{
    int failed = result == TRANSLATOR_RESULT(1u, ZPCI_ST_IN_ERROR);

    message->word[0] = BH_E_OK;
    message->word[1] = result;
    message->word[2] = 0;
    message->word[3] = 0;
    if (failed) {
        message->word[2] = state_event[f];
        message->word[3] = state_address[f];
    }
    return failed;
}

static int rpcit(struct bh_message *message)
{
    uint32_t f = state_find(message->badge & TRANSLATOR_BADGE_FUNCTIONS, message->word[0]);
    uint32_t result;

    _Static_assert(BH_RESUME == BH_E_OK, "one encoding of replies for kernel and VMM");
    if (f == STATE_NO_FUNCTION)
        return answer(message, 0, TRANSLATOR_RESULT(3u, 0u));
    result = TRANSLATOR_RESULT(1u, ZPCI_ST_RECOVERY);
    if (message->word[3] / 256u == state_generation[f])
        result = state_check(f, (uint32_t)(message->word[3] % 256u));
    if (result == 0)
        result = request_one(f, message->word[1], message->word[2]);
    return answer(message, f, result);
}

static int explicit_request(struct bh_message *message, uint32_t f, uint64_t label)
{
    uint32_t result = state_check(f, FIB_FC_ENABLED);

    if (label == TRANSLATOR_INVALIDATE && !ranges_are_shared(message->word[1], message->word[2])) {
        message->word[0] = BH_E_ARG;
        return 0;
    }
    if (result == 0 && label == TRANSLATOR_REFRESH)
        result = request_one(f, message->word[1], message->word[2]);
    else if (result == 0)
        result = request_many(f, shared + message->word[1] / sizeof(uint64_t), message->word[2]);
    return answer(message, f, result);
}

static int labelled(struct bh_message *message, uint32_t f, uint64_t label)
{
    const uint64_t *word = message->word;

    switch (label) {
    case TRANSLATOR_REGISTER:
        return answer(message, f, registration_add(f, word[1], word[2], word[3]));
    case TRANSLATOR_REREGISTER:
        return answer(message, f, registration_replace(f, word[1], word[2], word[3]));
    case TRANSLATOR_DEREGISTER:
        return answer(message, f, registration_drop(f));
    case TRANSLATOR_STATE:
        return answer(message, f, registration_state(f, word[1], word[2], word[3]));
    case TRANSLATOR_REFRESH:
    case TRANSLATOR_INVALIDATE:
        return explicit_request(message, f, label);
    case TRANSLATOR_EVENT:
        query_event(message->word, f);
        return 0;
    case TRANSLATOR_QUERY:
        query_item(message->word, f);
        return 0;
    default:
        message->word[0] = BH_E_ARG;
        return 0;
    }
}

static int call(struct bh_message *message)
{
    uint64_t f = message->word[0] / 256u;

    if (f >= TRANSLATOR_FUNCTIONS || mirror_pages[f] == 0)
        message->word[0] = BH_E_ARG;
    else if ((message->badge & UINT64_C(1) << f) == 0)
        message->word[0] = BH_E_RIGHT;
    else
        return labelled(message, (uint32_t)f, message->word[0] % 256u);
    return 0;
}

int serve(struct bh_message *message)
{
    if ((message->badge & TRANSLATOR_BADGE_EVENT) != 0)
        return rpcit(message);
    if ((message->badge & TRANSLATOR_BADGE_VMM) != 0)
        return call(message);
    message->word[0] = BH_E_RIGHT;
    return 0;
}
