/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program `methods`: the errors of every invocation and of every call that takes a capability:
 * no capability, one of another type, one without the right, a method that does not exist.
 * Belongs to: test.
 */
#include "tests/target/methods/check.h"
#include "tests/target/methods/groups.h"
#include "tests/target/methods/objects.h"
#include "tests/target/methods/types.h"

#define ALL_RIGHTS UINT64_MAX
#define TYPES (BH_AUDIT + 1u)

#define METHOD(object, name, number, right, arguments, text) BH_M_##object##_##name,
#define ERR(error, when)
static const uint32_t method[] = {
#include "libs/abi/methods.def"
};
#undef METHOD
#undef ERR
#define METHODS (sizeof(method) / sizeof(method[0]))

static const uint64_t nothing[BH_ARGUMENTS];

/* Also indexes that become a used slot where bits are cut off. */
static const uint64_t no_cap[] = {EMPTY, BH_SLOTS + BH_INIT_PARTITION,
                                  (UINT64_C(1) << 32) + BH_INIT_PARTITION,
                                  (UINT64_C(1) << 63) + BH_INIT_PARTITION, UINT64_MAX};
#define NO_CAPS (sizeof(no_cap) / sizeof(no_cap[0]))

static void refuse(uint64_t error, uint64_t cap, uint64_t number)
{
    expect(__FILE__, __LINE__, error, cap, number, nothing);
}

/* All rights but one, as long as capabilities can be made; later the copy without any. */
static uint64_t without_right(uint32_t type, uint64_t right)
{
    if (phase == AFTER)
        return WEAK + type;
    grant(SCRATCH, sample_of(type), ALL_RIGHTS - right, BITS);
    return SCRATCH;
}

static void check_method(uint32_t number)
{
    uint32_t own = number / 256;

    for (unsigned i = 0; i < NO_CAPS; i++)
        refuse(BH_E_CAP, no_cap[i], number);
    for (uint32_t type = BH_PARTITION; type < TYPES; type++)
        if (type != own && sample_of(type) != EMPTY)
            refuse(BH_E_TYPE, sample_of(type), number);
    if (sample_of(own) != EMPTY)
        refuse(BH_E_RIGHT, without_right(own, pairs_right(number)), number);
}

static void refuse_unknown(uint32_t type, uint64_t number)
{
    struct bh_results results;

    if (pairs_right(number) == 0 &&
        SAME(bh_svc_invoke(sample_of(type), number, nothing, &results), BH_E_METHOD))
        pairs_seen_unknown(type);
}

/* Numbers between and behind the methods, and what looks like one where bits are cut off. */
static void check_unknown(uint32_t type)
{
    static const uint64_t high[] = {4096, UINT64_C(1) << 16, UINT64_C(1) << 32, UINT64_C(1) << 63};

    if (sample_of(type) == EMPTY)
        return;
    for (uint64_t number = 0; number < 256; number++)
        refuse_unknown(type, type * 256 + number);
    for (unsigned i = 0; i < sizeof(high) / sizeof(high[0]); i++)
        refuse_unknown(type, type * 256 + 1 + high[i]);
}

static void endpoint_calls(uint64_t error, uint64_t call_cap, uint64_t receive_cap)
{
    uint64_t words[BH_MESSAGE_WORDS] = {0};
    struct bh_message message;

    expect_call(__FILE__, __LINE__, error, BH_CALL_CALL, bh_svc_call(call_cap, words));
    expect_call(__FILE__, __LINE__, error, BH_CALL_RECV, bh_svc_recv(receive_cap, 0, &message));
    expect_call(__FILE__, __LINE__, error, BH_CALL_REPLY_RECV,
                bh_svc_reply_recv(receive_cap, BH_NO_DEADLINE, &message));
}

static void notification_calls(uint64_t error, uint64_t signal_cap, uint64_t wait_cap)
{
    uint64_t bits;

    expect_call(__FILE__, __LINE__, error, BH_CALL_SIGNAL, bh_svc_signal(signal_cap));
    expect_call(__FILE__, __LINE__, error, BH_CALL_WAIT, bh_svc_wait(wait_cap, 0, &bits));
}

static void check_calls(void)
{
    for (unsigned i = 0; i < NO_CAPS; i++) {
        endpoint_calls(BH_E_CAP, no_cap[i], no_cap[i]);
        notification_calls(BH_E_CAP, no_cap[i], no_cap[i]);
    }
    for (uint32_t type = BH_PARTITION; type < TYPES; type++) {
        if (type != BH_ENDPOINT && sample_of(type) != EMPTY)
            endpoint_calls(BH_E_TYPE, sample_of(type), sample_of(type));
        if (type != BH_NOTIFICATION && sample_of(type) != EMPTY)
            notification_calls(BH_E_TYPE, sample_of(type), sample_of(type));
    }
    endpoint_calls(BH_E_RIGHT, WEAK + BH_ENDPOINT, WEAK + BH_ENDPOINT);
    notification_calls(BH_E_RIGHT, WEAK + BH_NOTIFICATION, WEAK + BH_NOTIFICATION);
}

/* The right to receive is not the right to call, and so on. */
static void check_calls_with_the_other_right(void)
{
    grant(SCRATCH, ENDPOINT, ALL_RIGHTS - BH_R_ENDPOINT_CALL, BADGE);
    grant(SPARE, ENDPOINT, ALL_RIGHTS - BH_R_ENDPOINT_RECV, BADGE);
    endpoint_calls(BH_E_RIGHT, SCRATCH, SPARE);
    grant(SCRATCH, NOTIFICATION, ALL_RIGHTS - BH_R_NOTIFICATION_SIGNAL, BITS);
    grant(SPARE, NOTIFICATION, ALL_RIGHTS - BH_R_NOTIFICATION_WAIT, BITS);
    notification_calls(BH_E_RIGHT, SCRATCH, SPARE);
    drop(SCRATCH);
    drop(SPARE);
}

void every_both(void)
{
    for (unsigned i = 0; i < METHODS; i++)
        check_method(method[i]);
    for (uint32_t type = BH_PARTITION; type < TYPES; type++)
        check_unknown(type);
    check_calls();
    if (phase == BEFORE)
        check_calls_with_the_other_right();
}
