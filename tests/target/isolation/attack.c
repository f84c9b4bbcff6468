/* SPDX-License-Identifier: BSD-2-Clause */
/* Test processes `hostile-translator` and `hostile-vmm`: system calls. Belongs to: test. */
#include "tests/target/isolation/attack.h"

#include <stdbool.h>
#include <stdio.h>

#include "libs/rt/info.h"
#include "libs/rt/ring.h"
#include "libs/rt/rt.h"
#include "tests/target/programs/hostile/hostile.h"
#include "tests/target/programs/hostile/methods.h"
#include "tests/target/programs/hostile/report.h"

#define CAPS 64u

static uint64_t state = 0x42554c4b48454144;

/* What this process has, by slot. */
static uint32_t type_of[CAPS];
static uint64_t rights_of[CAPS];
static unsigned own[CAPS], owned;

uint64_t attack_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

uint64_t attack_number(void)
{
    static const uint64_t limit[] = {0,           1,          3,           4,           8,
                                     16,          31,         64,          255,         256,
                                     257,         4096,       0x10000,     0x11a00,     0x100000,
                                     1ull << 31,  1ull << 32, 1ull << 40,  1ull << 51,  1ull << 52,
                                     1ull << 63,  UINT64_MAX, 0x100000000, 0x120000000, 0x100000ull,
                                     0x120000ull, 0xfffffull, 0x11ffffull, 0x400,       0x200};
    uint64_t number = limit[attack_random() % (sizeof(limit) / sizeof(limit[0]))];

    switch (attack_random() % 8u) {
    case 0:
        return attack_random();
    case 1:
        return attack_random() % 0x20000u;
    case 2:
        return number - 1u;
    case 3:
        return number + 1u;
    case 4:
    case 5:
        return attack_random() % 8u;
    default:
        return number;
    }
}

void attack_answer(uint64_t word[BH_MESSAGE_WORDS])
{
    word[0] = BH_RESUME;
    for (unsigned i = 1; i < BH_MESSAGE_WORDS; i++)
        word[i] = attack_random() % 2u ? attack_number() : attack_random();
}

static void find_own(void)
{
    const struct bh_info_entry *entry;
    unsigned position = 0;

    owned = 0;
    while ((entry = bh_info_next(BH_INFO_CAP, &position))) {
        type_of[entry->value % CAPS] = hostile_type(entry->value);
        rights_of[entry->value % CAPS] = entry->size;
        own[owned++] = (unsigned)entry->value;
    }
}

/* Words as an update takes them: most name a page that may or may not lie in a window. */
static void fill_message(void)
{
    uint64_t *word = bh_message_buffer();

    for (unsigned i = 0; i < BH_BATCH; i++)
        word[i] = attack_number() * (attack_random() % 4u ? BH_PAGE_SIZE : 1u);
}

/* How many of the first n words lie in a window of this many pages before one does not. */
static uint64_t good_words(uint64_t n, uint64_t pages)
{
    const uint64_t *word = bh_message_buffer();
    uint64_t i;

    for (i = 0; i < n; i++)
        if (!(word[i] & BH_WORD_INVALID) && word[i] / BH_PAGE_SIZE >= pages)
            break;
    return i;
}

static void check_stored(uint64_t stored, uint64_t n, uint64_t pages, const char *what)
{
    attempt(stored <= good_words(n, pages), "%s stored %lu words", what, stored);
}

/* Pages of a window of an I/O space, 0 if there is none. */
static uint64_t io_pages(uint64_t cap, uint64_t window)
{
    struct bh_results r;

    return window < BH_WINDOWS && bh_iospace_inspect(cap, window, &r) == BH_E_OK ? r.gr5 : 0;
}

/* An entry is invalid or names a frame of window 0. */
static void check_entry(uint64_t cap)
{
    struct bh_results space, window, entry;
    uint64_t page;

    if (bh_iospace_inspect(cap, BH_WINDOWS, &space) != BH_E_OK ||
        bh_iospace_inspect(cap, 0, &window) != BH_E_OK)
        return;
    page = space.gr3 + attack_random() % space.gr4;
    if (bh_iospace_entry(cap, page, &entry) != BH_E_OK || entry.gr4 == 0)
        return;
    attempt(entry.gr3 >= window.gr4 && entry.gr3 - window.gr4 < window.gr5,
            "I/O page %#lx leads to frame %#lx", page, entry.gr3);
}

static void check_result(uint64_t cap, uint64_t method, const uint64_t *argument, uint64_t error,
                         const struct bh_results *r)
{
    if (error != BH_E_OK && error != BH_E_BOUND)
        return;
    if (method == BH_M_IOSPACE_UPDATE)
        check_stored(r->gr3, argument[1], io_pages(cap, argument[2]), "IOSPACE UPDATE");
    if (method == BH_M_VCPU_SPACE_MAP && error == BH_E_OK)
        check_stored(r->gr3, argument[2], bh_need_window("guest").size / BH_PAGE_SIZE,
                     "VCPU SPACE_MAP");
}

static const struct hostile_method *any_method(uint32_t type)
{
    const struct hostile_method *method;

    do
        method = &hostile_method[attack_random() % hostile_methods];
    while (method->type != type);
    return method;
}

static void invoke(uint64_t cap, uint32_t type)
{
    const struct hostile_method *method = any_method(type);
    uint64_t argument[BH_ARGUMENTS];
    struct bh_results r = {0};
    uint64_t error;

    fill_message();
    for (unsigned i = 0; i < BH_ARGUMENTS; i++)
        argument[i] = attack_number();
    error = bh_svc_invoke(cap, method->method, argument, &r);
    attempt((method->right & rights_of[cap % CAPS]) != 0 || error == BH_E_RIGHT,
            "%s without a right: %lu", method->name, error);
    check_result(cap, method->method, argument, error, &r);
}

/* Answers what is held already, or else what comes. */
static void serve(uint64_t cap)
{
    struct bh_message message;
    uint64_t error = bh_svc_recv(cap, attack_random() % 2u, &message);

    if (error == BH_E_OK || error == BH_E_STATE) {
        attack_answer(message.word);
        (void)bh_svc_reply(message.word);
    }
}

static void use_endpoint(uint64_t cap)
{
    uint64_t word[BH_MESSAGE_WORDS];

    if (rights_of[cap % CAPS] & BH_R_ENDPOINT_RECV) {
        serve(cap);
        return;
    }
    for (unsigned i = 0; i < BH_MESSAGE_WORDS; i++)
        word[i] = attack_number();
    (void)bh_svc_call(cap, word);
}

static void use_notification(uint64_t cap)
{
    uint64_t bits;

    (void)bh_svc_signal(cap);
    (void)bh_svc_wait(cap, attack_random() % 2u, &bits);
}

static void use(uint64_t cap)
{
    uint32_t type = type_of[cap % CAPS];

    switch (type) {
    case BH_ENDPOINT:
        use_endpoint(cap);
        break;
    case BH_NOTIFICATION:
        use_notification(cap);
        break;
    default:
        invoke(cap, type);
        break;
    }
    if (type == BH_IOSPACE)
        check_entry(cap);
}

/* Nobody waits longer than some calls for his answer. */
static void serve_all(void)
{
    for (unsigned i = 0; i < owned; i++)
        if (type_of[own[i]] == BH_ENDPOINT && (rights_of[own[i]] & BH_R_ENDPOINT_RECV))
            serve(own[i]);
}

void attack_forbidden(void)
{
    hostile_sweep();
    hostile_spaces();
}

void attack_calls(uint64_t count)
{
    find_own();
    for (uint64_t i = 0; i < count; i++) {
        use(own[attack_random() % owned]);
        if (i % 8u == 0)
            serve_all();
    }
    printf("%lu calls made\n", count);
}

static void spoil_ring(const struct bh_info_entry *entry)
{
    volatile uint64_t *head = (volatile uint64_t *)entry->value;

    for (unsigned i = 0; i < 40u; i++) {
        for (unsigned k = 1; k < (BH_RING_PAGE + entry->size) / sizeof(uint64_t); k += 61)
            head[k] = attack_random();
        *head = attack_random() % 2u ? attack_number() : *head + attack_random() % 64u;
        (void)bh_svc_signal((uint64_t)bh_cap(entry->name));
    }
}

void attack_channels(void)
{
    const struct bh_info_entry *entry;
    unsigned position = 0;

    while ((entry = bh_info_next(BH_INFO_CHANNEL, &position)))
        if (entry->page == BH_CHANNEL_PRODUCER)
            spoil_ring(entry);
}
