/* SPDX-License-Identifier: BSD-2-Clause */
/* Test program `methods`: the checklist. Belongs to: test. */
#include "tests/target/methods/pairs.h"

#include <stdio.h>

#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"

#define METHOD_NUMBERS 4096u
#define CALL_NUMBERS 16u
#define TYPES 16u
#define LINES 40u /* of missing pairs; more would not help */

enum phase phase;

/* Bit n: error n was seen. */
static uint32_t seen[PHASES][METHOD_NUMBERS];
static uint32_t seen_call[PHASES][CALL_NUMBERS];
static uint32_t seen_unknown[PHASES];

static unsigned tested, missing, unprovokable;

/* methods.def in its order: a method, then its errors. */
struct row {
    const char *method; /* NULL: an error of the method above */
    const char *result;
    uint32_t number;
    uint32_t right;
    uint32_t error;
};

#define METHOD(object, name, number, right, arguments, text)                                       \
    {#object " " #name, "OK", BH_M_##object##_##name, BH_R_##object##_##right, BH_E_OK},
#define ERR(error, when) {NULL, #error, 0, 0, BH_E_##error},
static const struct row row[] = {
#include "libs/abi/methods.def"
};
#undef METHOD
#undef ERR
#define ROWS (sizeof(row) / sizeof(row[0]))

#define UNPROVOKABLE(object, method, error, why) {BH_M_##object##_##method, BH_E_##error},
static const struct {
    uint32_t number, error;
} hopeless[] = {
#include "tests/target/methods/unprovokable.def"
};
#undef UNPROVOKABLE

#define PAIR(call, error) {#call, #error, BH_CALL_##call, BH_E_##error},
static const struct {
    const char *call, *result;
    uint32_t number, error;
} call_pair[] = {
#include "tests/target/methods/calls.def"
};
#undef PAIR

static uint32_t bit(uint64_t error)
{
    return UINT32_C(1) << (error % 32);
}

static bool of_every_invocation(uint64_t error)
{
    return error == BH_E_OK || error == BH_E_CAP || error == BH_E_TYPE || error == BH_E_RIGHT;
}

static const struct row *find(uint64_t method)
{
    for (unsigned i = 0; i < ROWS; i++)
        if (row[i].method && row[i].number == method)
            return &row[i];
    return NULL;
}

static bool documents(const struct row *method, uint64_t error)
{
    for (method++; method < row + ROWS && !method->method; method++)
        if (method->error == error)
            return true;
    return false;
}

uint32_t pairs_right(uint64_t method)
{
    const struct row *found = find(method);

    return found ? found->right : 0;
}

bool pairs_seen(uint64_t method, uint64_t error)
{
    const struct row *found = find(method);

    if (!found || (!of_every_invocation(error) && !documents(found, error))) {
        printf("methods: FAILED: %s with \"%s\" is not in methods.def\n",
               found ? found->method : "an unknown method", bh_error_text(error));
        return false;
    }
    seen[phase][method] |= bit(error);
    return true;
}

void pairs_seen_unknown(uint32_t type)
{
    seen_unknown[phase] |= bit(type);
}

bool pairs_seen_call(uint32_t call, uint64_t error)
{
    for (unsigned i = 0; i < sizeof(call_pair) / sizeof(call_pair[0]); i++) {
        if (call_pair[i].number == call && call_pair[i].error == error) {
            seen_call[phase][call] |= bit(error);
            return true;
        }
    }
    printf("methods: FAILED: call %u with \"%s\" is not documented\n", call, bh_error_text(error));
    return false;
}

static bool is_hopeless(uint32_t number, uint32_t error)
{
    for (unsigned i = 0; i < sizeof(hopeless) / sizeof(hopeless[0]); i++)
        if (hopeless[i].number == number && hopeless[i].error == error)
            return true;
    return false;
}

static void judge(bool was_seen, bool cannot, const char *what, const char *result,
                  const char *when)
{
    if (was_seen && !cannot)
        tested++;
    else if (cannot && !was_seen)
        unprovokable++;
    else if (++missing <= LINES)
        printf("methods: FAILED: %s: %s%s %s\n", what, result, when,
               cannot ? "was seen, but unprovokable.def lists it" : "has no test");
}

static bool in(enum phase when, uint32_t number, uint32_t error)
{
    return (seen[when][number] & bit(error)) != 0;
}

/* SEAL itself is done once, at the end of the first phase. */
static void judge_done(const struct row *method)
{
    bool cannot = is_hopeless(method->number, BH_E_OK);

    judge(in(BEFORE, method->number, BH_E_OK), cannot, method->method, "OK", " before seal");
    if (!documents(method, BH_E_SEALED))
        judge(in(AFTER, method->number, BH_E_OK), cannot, method->method, "OK", " after seal");
}

static void judge_invocation(const struct row *method, uint32_t error, const char *result)
{
    bool cannot = is_hopeless(method->number, error);

    judge(in(BEFORE, method->number, error), cannot, method->method, result, " before seal");
    judge(in(AFTER, method->number, error), cannot, method->method, result, " after seal");
}

static void judge_methods(void)
{
    const struct row *method = NULL;

    for (unsigned i = 0; i < ROWS; i++) {
        uint32_t error = row[i].error;

        if (row[i].method) {
            method = &row[i];
            judge_done(method);
            judge_invocation(method, BH_E_CAP, "CAP");
            judge_invocation(method, BH_E_TYPE, "TYPE");
            judge_invocation(method, BH_E_RIGHT, "RIGHT");
        } else {
            judge(in(AFTER, method->number, error) ||
                      (error != BH_E_SEALED && in(BEFORE, method->number, error)),
                  is_hopeless(method->number, error), method->method, row[i].result, "");
        }
    }
}

/* No capability names a Reply, so nobody can try what its methods are. */
static void judge_unknown(void)
{
    static const char *const when[PHASES] = {" before seal", " after seal"};
    static const char *const name[TYPES] = {
#define OBJECT(object, number, pool, text) [number] = #object " unknown method",
#include "libs/abi/objects.def"
#undef OBJECT
    };

    for (uint32_t type = 1; type < TYPES; type++)
        for (unsigned p = 0; p < PHASES; p++)
            judge((seen_unknown[p] & bit(type)) != 0, type == BH_REPLY, name[type], "METHOD",
                  when[p]);
}

static void judge_calls(void)
{
    for (unsigned i = 0; i < sizeof(call_pair) / sizeof(call_pair[0]); i++) {
        uint32_t number = call_pair[i].number;

        judge((seen_call[BEFORE][number] & bit(call_pair[i].error)) != 0, false, call_pair[i].call,
              call_pair[i].result, " before seal");
        judge((seen_call[AFTER][number] & bit(call_pair[i].error)) != 0, false, call_pair[i].call,
              call_pair[i].result, " after seal");
    }
}

unsigned pairs_missing(void)
{
    judge_methods();
    judge_unknown();
    judge_calls();
    printf("methods: %u pairs tested, %u not provokable here (host tests cover them)\n", tested,
           unprovokable);
    return missing;
}

unsigned pairs_tested(void)
{
    return tested;
}
