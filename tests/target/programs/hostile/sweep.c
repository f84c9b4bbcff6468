/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process `hostile`: every system call and method through capabilities that do not exist, are
 * of another type or lack the right, and numbers that mean nothing. Belongs to: test.
 */
#include <stdbool.h>

#include "libs/rt/info.h"
#include "libs/stubs/stubs.h"
#include "tests/target/programs/hostile/hostile.h"
#include "tests/target/programs/hostile/methods.h"
#include "tests/target/programs/hostile/numbers.h"
#include "tests/target/programs/hostile/report.h"

static bool is_ours(uint64_t slot)
{
    const struct bh_info_entry *entry;
    unsigned position = 0;

    while ((entry = bh_info_next(BH_INFO_CAP, &position)))
        if (entry->value == slot)
            return true;
    return false;
}

/* Every system call that takes a capability, and every method. */
static void use_nothing(uint64_t cap)
{
    uint64_t words[BH_MESSAGE_WORDS] = {0};
    struct bh_message message;
    uint64_t bits;

    for (unsigned i = 0; i < hostile_methods; i++)
        attempt(hostile_invoke(cap, hostile_method[i].method) == BH_E_CAP, "%s of capability %#lx",
                hostile_method[i].name, cap);
    attempt(bh_svc_call(cap, words) == BH_E_CAP, "call of capability %#lx", cap);
    attempt(bh_svc_recv(cap, 0, &message) == BH_E_CAP, "receive from capability %#lx", cap);
    attempt(bh_svc_reply_recv(cap, BH_NO_DEADLINE, &message) == BH_E_CAP,
            "answer to capability %#lx", cap);
    attempt(bh_svc_signal(cap) == BH_E_CAP, "signal to capability %#lx", cap);
    attempt(bh_svc_wait(cap, 0, &bits) == BH_E_CAP, "wait at capability %#lx", cap);
}

/* Indexes beyond the table, above all those that become one of ours when bits are cut off. */
static void use_far_indexes(uint64_t ours)
{
    use_nothing(BH_SLOTS + ours);
    use_nothing((UINT64_C(1) << 32) + ours);
    use_nothing((UINT64_C(1) << 63) + ours);
    use_nothing(0 - (uint64_t)BH_SLOTS + ours);
}

/* Methods and calls that belong to objects of other types. */
static void use_as_other_type(const char *name, uint64_t cap, uint32_t type)
{
    uint64_t words[BH_MESSAGE_WORDS] = {0};
    struct bh_message message;
    uint64_t bits;

    for (unsigned i = 0; i < hostile_methods; i++)
        if (hostile_method[i].type != type)
            attempt(hostile_invoke(cap, hostile_method[i].method) == BH_E_TYPE, "%s of \"%s\"",
                    hostile_method[i].name, name);
    if (type != BH_ENDPOINT) {
        attempt(bh_svc_call(cap, words) == BH_E_TYPE, "call of \"%s\"", name);
        attempt(bh_svc_recv(cap, 0, &message) == BH_E_TYPE, "receive from \"%s\"", name);
        attempt(bh_svc_reply_recv(cap, BH_NO_DEADLINE, &message) == BH_E_TYPE, "answer to \"%s\"",
                name);
    }
    if (type != BH_NOTIFICATION) {
        attempt(bh_svc_signal(cap) == BH_E_TYPE, "signal to \"%s\"", name);
        attempt(bh_svc_wait(cap, 0, &bits) == BH_E_TYPE, "wait at \"%s\"", name);
    }
}

static bool is_method(uint64_t method)
{
    for (unsigned i = 0; i < hostile_methods; i++)
        if (hostile_method[i].method == method)
            return true;
    return false;
}

/* Numbers of the right type that name no method, also beyond the bits that number one. */
static void use_unknown_methods(const char *name, uint64_t cap, uint32_t type)
{
    static const uint64_t high[] = {4096, UINT64_C(1) << 16, UINT64_C(1) << 32, UINT64_C(1) << 63};

    for (uint64_t number = 0; number < 256; number++) {
        uint64_t method = type * 256 + number;

        if (!is_method(method))
            attempt(hostile_invoke(cap, method) == BH_E_METHOD, "method %lu of \"%s\"", number,
                    name);
        for (unsigned i = 0; i < sizeof(high) / sizeof(high[0]); i++)
            attempt(hostile_invoke(cap, method + high[i]) == BH_E_METHOD, "method %#lx of \"%s\"",
                    method + high[i], name);
    }
}

static void use_without_right(const char *name, uint64_t cap, uint32_t type, uint64_t rights)
{
    uint64_t words[BH_MESSAGE_WORDS] = {0};
    struct bh_message message;
    uint64_t bits;

    for (unsigned i = 0; i < hostile_methods; i++)
        if (hostile_method[i].type == type && (hostile_method[i].right & rights) == 0)
            attempt(hostile_invoke(cap, hostile_method[i].method) == BH_E_RIGHT, "%s of \"%s\"",
                    hostile_method[i].name, name);
    if (type == BH_ENDPOINT && !(rights & BH_R_ENDPOINT_CALL))
        attempt(bh_svc_call(cap, words) == BH_E_RIGHT, "call of \"%s\"", name);
    if (type == BH_ENDPOINT && !(rights & BH_R_ENDPOINT_RECV)) {
        attempt(bh_svc_recv(cap, 0, &message) == BH_E_RIGHT, "receive from \"%s\"", name);
        attempt(bh_svc_reply_recv(cap, BH_NO_DEADLINE, &message) == BH_E_RIGHT, "answer to \"%s\"",
                name);
    }
    if (type == BH_NOTIFICATION && !(rights & BH_R_NOTIFICATION_SIGNAL))
        attempt(bh_svc_signal(cap) == BH_E_RIGHT, "signal to \"%s\"", name);
    if (type == BH_NOTIFICATION && !(rights & BH_R_NOTIFICATION_WAIT))
        attempt(bh_svc_wait(cap, 0, &bits) == BH_E_RIGHT, "wait at \"%s\"", name);
}

static void misuse(const struct bh_info_entry *entry)
{
    uint32_t type = hostile_type(entry->value);

    attempt(type != BH_NONE, "the capability \"%s\" has no type", entry->name);
    use_as_other_type(entry->name, entry->value, type);
    use_unknown_methods(entry->name, entry->value, type);
    use_without_right(entry->name, entry->value, type, entry->size);
    use_far_indexes(entry->value);
}

/* There is nobody to answer, and there are no calls with other numbers. */
static void use_calls_out_of_place(void)
{
    uint64_t words[BH_MESSAGE_WORDS] = {0};

    attempt_error(bh_svc_reply(words), BH_E_NO_CALLER, "answer without a call");
    for (uint64_t number = BH_CALL_EXIT + 1; number < 256; number++)
        attempt(bh_svc_number(number) == BH_E_CALL, "system call %lu", number);
}

void hostile_sweep(void)
{
    const struct bh_info_entry *entry;
    unsigned position = 0;

    for (uint64_t slot = 0; slot < BH_SLOTS; slot++)
        if (!is_ours(slot))
            use_nothing(slot);
    use_nothing(UINT64_MAX);
    while ((entry = bh_info_next(BH_INFO_CAP, &position)))
        misuse(entry);
    use_calls_out_of_place();
}
