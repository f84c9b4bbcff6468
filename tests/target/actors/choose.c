/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `actor`: the next random call. Belongs to: test. */
#include "tests/target/actors/choose.h"

#include <stdbool.h>

#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "tests/target/actors/record.h"

#define CALLS_KNOWN 10u
#define PLAY 2u /* number of the window "play" */
#define PLAY_PAGES 64u
#define NAMES(list) (sizeof(list) / sizeof(list[0]))

static const char *const call_names[] = {"call0", "call1", "call2", "call3", "spare0"};
static const char *const serve_names[] = {"serve0", "serve1", "serve2", "serve3"};
static const char *const signal_names[] = {"signal0", "signal1", "signal2", "signal3", "signal4",
                                           "signal5", "signal6", "shared0", "shared1", "spare1"};
static const char *const wait_names[] = {"own", "shared0", "shared1"};
static const char *const space_names[] = {"space0", "space1", "spare2"};
static const char *const iospace_names[] = {"disk-dma", "spare3"};
static const char *const spare_names[] = {"spare0", "spare1", "spare2", "spare3"};

static uint64_t state;
static bool holding; /* a call that is not answered yet */

/* The oracle has numbers of 62 bits, and adds them. */
#define BITS 60u

/* splitmix64 */
static uint64_t draw(void)
{
    uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (z ^ z >> 31) >> (64 - BITS);
}

static uint64_t below(uint64_t limit)
{
    return draw() % limit;
}

/* Small numbers, the ends of ranges, and anything. */
static uint64_t any_number(void)
{
    static const uint64_t odd[] = {0,
                                   1,
                                   63,
                                   64,
                                   255,
                                   256,
                                   257,
                                   4095,
                                   UINT64_C(1) << 31,
                                   UINT64_C(1) << 32,
                                   UINT64_C(1) << (BITS - 1)};

    return below(8) == 0 ? draw() : odd[below(NAMES(odd))];
}

/* The slot of one of these; of those that this actor lacks, another one is drawn. */
static uint64_t one_of(const char *const *names, unsigned count)
{
    int slot = -1;

    for (unsigned tries = 0; slot < 0 && tries < 16; tries++)
        slot = bh_cap(names[below(count)]);
    return slot < 0 ? below(BH_SLOTS) : (uint64_t)slot;
}

#define ONE_OF(names) one_of(names, NAMES(names))

/* Mostly the slot that was meant. */
static uint64_t maybe(uint64_t slot)
{
    switch (below(30)) {
    case 0:
        return below(BH_SLOTS);
    case 1:
        return any_number();
    default:
        return slot;
    }
}

static uint64_t make(uint32_t number, uint64_t cap, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    const uint64_t in[8] = {cap, 0, a, b, c, d, 0, 0};

    return record_call(number, in);
}

static void invoke(uint64_t cap, uint64_t method, uint64_t a, uint64_t b, uint64_t c, uint64_t d,
                   uint64_t e)
{
    const uint64_t in[8] = {cap, method, a, b, c, d, e, 0};

    (void)record_call(BH_CALL_INVOKE, in);
}

static uint64_t deadline(bool may_block)
{
    return may_block && below(3) != 0 ? BH_NO_DEADLINE : 0;
}

static void receive(bool may_block)
{
    if (make(BH_CALL_RECV, maybe(ONE_OF(serve_names)), deadline(may_block), 0, 0, 0) == BH_E_OK)
        holding = true;
}

static void reply_and_receive(void)
{
    const uint64_t in[8] = {
        maybe(ONE_OF(serve_names)), deadline(true), draw(), draw(), draw(), draw(), 0, 0};
    uint64_t error = record_call(BH_CALL_REPLY_RECV, in);

    if (error == BH_E_NOTIFIED || error == BH_E_TIMEOUT)
        holding = false;
}

static void reply(bool may_block)
{
    if (may_block && below(2) == 0) {
        reply_and_receive();
        return;
    }
    if (make(BH_CALL_REPLY, draw(), draw(), draw(), draw(), draw()) == BH_E_OK)
        holding = false;
}

/* Often at the end of the window "play". */
static uint64_t window_page(void)
{
    return below(2) == 0 ? below(66) : PLAY_PAGES - 3 + below(4);
}

static void map(const struct scene *scene)
{
    uint64_t page = scene->free_page + below(scene->space_pages - scene->free_page + 8);
    uint64_t space = maybe(ONE_OF(space_names));
    static const uint64_t rights[] = {1, 3, 1, 3, 5, 0, 8, 9};
    uint64_t pages = below(20) == 0 ? any_number() : 1 + below(6);

    switch (below(4)) {
    case 0:
        invoke(space, BH_M_SPACE_UNMAP, page, pages, 0, 0, 0);
        break;
    case 1:
        invoke(space, BH_M_SPACE_ENTRY, page, 0, 0, 0, 0);
        break;
    default:
        invoke(space, BH_M_SPACE_MAP, page, below(2) == 0 ? PLAY : below(5), window_page(), pages,
               rights[below(8)]);
        break;
    }
}

static uint64_t word(void)
{
    static const uint64_t flags[] = {0,
                                     0,
                                     BH_WORD_READ_ONLY,
                                     BH_WORD_READ_ONLY,
                                     BH_WORD_INVALID,
                                     0x100,
                                     1,
                                     BH_WORD_INVALID | BH_WORD_READ_ONLY};

    return below(36) * BH_PAGE_SIZE | flags[below(8)];
}

static void update(void)
{
    uint64_t *message = bh_message_buffer();
    uint64_t page = 0x100000 + below(260);
    uint64_t pages = 1 + below(WORDS_MAX);

    if (below(3) == 0) {
        invoke(maybe(ONE_OF(iospace_names)), BH_M_IOSPACE_ENTRY, page, 0, 0, 0, 0);
        return;
    }
    for (unsigned i = 0; i < WORDS_MAX; i++)
        message[i] = word();
    record_words(WORDS_MAX);
    invoke(maybe(ONE_OF(iospace_names)), BH_M_IOSPACE_UPDATE, page, below(20) == 0 ? 0 : pages,
           below(16) == 0 ? any_number() : below(2), 0, 0);
}

/* Only the spare capabilities are given up; the actor goes on without them. */
static void change_table(const struct scene *scene)
{
    uint64_t slot = ONE_OF(spare_names);

    switch (below(6)) {
    case 0:
        invoke(scene->table, BH_M_CAPTABLE_REDUCE, slot, below(8), 0, 0, 0);
        break;
    case 1:
        if (below(20) == 0)
            invoke(scene->table, BH_M_CAPTABLE_DROP, slot, 0, 0, 0, 0);
        break;
    case 2:
        invoke(scene->table, BH_M_CAPTABLE_GRANT, below(BH_SLOTS), slot, 7, draw(), 0);
        break;
    default:
        invoke(scene->table, BH_M_CAPTABLE_INSPECT, below(BH_SLOTS + 2), 0, 0, 0, 0);
        break;
    }
}

/* A method by any number, but of none that does something outside of the model: they are all
 * refused, because the capability is of another type or lacks the right, or does not exist. */
static void misuse(void)
{
    static const uint64_t method[] = {BH_M_PARTITION_CREATE_REGION,
                                      BH_M_PARTITION_SEAL,
                                      BH_M_CAPTABLE_GRANT,
                                      BH_M_THREAD_START,
                                      BH_M_PCI_ENABLE,
                                      BH_M_SPACE_ADD_WINDOW,
                                      BH_M_IOSPACE_DROP_WINDOW,
                                      BH_M_AUDIT_READ,
                                      0,
                                      BH_SPACE * 256 + 31,
                                      UINT64_C(1) << (BITS - 1) | BH_M_SPACE_ENTRY};

    if (below(4) == 0)
        (void)make((uint32_t)(CALLS_KNOWN + below(200)), draw(), draw(), draw(), draw(), draw());
    else
        invoke(below(2) == 0 ? below(BH_SLOTS) : any_number(), method[below(NAMES(method))],
               any_number(), any_number(), any_number(), any_number(), any_number());
}

static void other(const struct scene *scene)
{
    switch (below(10)) {
    case 0:
        (void)make(BH_CALL_NULL, draw(), 0, 0, 0, 0);
        break;
    case 1:
        (void)make(BH_CALL_YIELD, draw(), 0, 0, 0, 0);
        break;
    case 2:
    case 3:
        change_table(scene);
        break;
    case 4:
        misuse();
        break;
    case 5:
    case 6:
        map(scene);
        break;
    default:
        update();
        break;
    }
}

static void act(const struct scene *scene)
{
    uint64_t kind = below(100);

    if (holding && below(3) != 0)
        reply(true);
    else if (kind < 25)
        (void)make(BH_CALL_CALL, maybe(ONE_OF(call_names)), draw(), draw(), draw(), draw());
    else if (kind < 45)
        receive(true);
    else if (kind < 57)
        (void)make(BH_CALL_SIGNAL, maybe(ONE_OF(signal_names)), 0, 0, 0, 0);
    else if (kind < 66)
        (void)make(BH_CALL_WAIT, maybe(ONE_OF(wait_names)), deadline(true), 0, 0, 0);
    else if (kind < 68)
        reply(true);
    else
        other(scene);
}

static void serve(const struct scene *scene)
{
    uint64_t kind = below(100);

    if (holding && kind < 70)
        reply(false);
    else if (kind < 40)
        receive(false);
    else if (kind < 75)
        (void)make(BH_CALL_SIGNAL, ONE_OF(signal_names), 0, 0, 0, 0);
    else if (kind < 78)
        (void)make(BH_CALL_WAIT, ONE_OF(wait_names), 0, 0, 0, 0);
    else
        other(scene);
}

void choose_call(const struct scene *scene)
{
    if (state == 0)
        state = scene->seed;
    if (scene->actor == SERVER)
        serve(scene);
    else
        act(scene);
}

void choose_finish(void)
{
    if (holding)
        reply(false);
}
