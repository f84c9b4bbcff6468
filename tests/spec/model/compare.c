/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random system calls of eight threads on the kernel's own object and IPC logic, written as a trace
 * that the oracle (the extracted model) replays and compares: each call with the registers it was
 * made with and a digest of what every thread holds afterwards. Belongs to: test.
 *
 * usage: compare SEED CALLS   (trace format: tests/spec/README.md)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/arch/host/host.h"
#include "kernel/debug/debug.h"
#include "kernel/object/call.h"
#include "kernel/object/captable.h"
#include "kernel/object/create.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/iospace.h"
#include "kernel/object/notification.h"
#include "kernel/object/partition.h"
#include "kernel/object/region.h"
#include "kernel/object/space.h"
#include "kernel/object/thread.h"
#include "kernel/object/thread_setup.h"
#include "kernel/object/window.h"
#include "kernel/sched/ready.h"
#include "kernel/sched/timer.h"
#include "libs/zformats/bytes.h"

#define ACTORS 8u
#define PAGES 512u /* of each space */
#define IO_BASE 0x100000u
#define ENDPOINTS_USED 4u
#define NOTIFICATIONS_USED 6u
#define FOREVER UINT64_C(0x3fffffffffffffff) /* the largest number that the oracle can hold */
#define DIGEST_PRIME UINT64_C(2147483647)
#define DIGEST_EVERY 2000u
#define LOW 0x100u
#define LIMIT 0x100000u
#define REGION_FRAMES 0x400u

static uint64_t random_state;
static uint32_t sealed_at;

static uint64_t draw(void)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return random_state >> 33;
}

static uint64_t below(uint64_t n)
{
    return draw() % n;
}

/* ---- set-up: each object by the kernel's own functions, and as a line of the trace ---- */

static void capability(uint32_t table, uint32_t index, uint32_t type, uint32_t object,
                       uint32_t rights, uint64_t badge)
{
    cap_put(cap_slot(table, index), type, object, rights, badge);
    printf("C %u %u %u %u %u %llu\n", table, index, type, object, rights,
           (unsigned long long)badge);
}

static void make_regions(void)
{
    region_lowest = LOW;
    region_limit = LIMIT;
    printf("L %u %u\n", LOW, LIMIT);
    for (uint32_t r = 0; r < 4u; r++) {
        (void)region_create(0, LOW + r * 2u * REGION_FRAMES, REGION_FRAMES);
        printf("R %u %u\n", LOW + r * 2u * REGION_FRAMES, REGION_FRAMES);
    }
}

static void make_window(uint32_t space, uint32_t region, uint32_t page, uint32_t pages,
                        uint32_t rights)
{
    uint32_t number = window_put(space, region, page, pages, rights);

    printf("W %u %u %u %llu %u %u\n", space, number, region,
           (unsigned long long)(region_first[region] + page), pages, rights);
}

/* Space t is thread t's own; 8 + k are I/O spaces. */
static void make_spaces(void)
{
    for (uint32_t t = 0; t < ACTORS; t++) {
        (void)space_create(0, PAGES);
        printf("S %u 0 0 %u\n", t, PAGES);
        make_window(t, t % 4u, 16, 256, 7);
        make_window(t, (t + 1u) % 4u, 0, 64, t % 2u == 0 ? 1 : 3);
    }
    for (uint32_t k = 0; k < 2u; k++) {
        (void)iospace_create(0, IO_BASE, PAGES);
        printf("S %u 1 %u %u\n", ACTORS + k, IO_BASE, PAGES);
        make_window(ACTORS + k, k, 0, REGION_FRAMES, 3);
        make_window(ACTORS + k, 2, 8, 100, 1);
    }
}

static void make_threads(void)
{
    for (uint32_t t = 0; t < ACTORS; t++) {
        uint32_t made = thread_create(0, t, t, 5, 0);

        thread_message(made) = (uint64_t)(uintptr_t)host_memory + t * 4096u;
        thread_state(made) = THREAD_SET;
        captable_partition[t] = 0;
    }
    captable_count = ACTORS;
    for (uint32_t t = 0; t < ACTORS; t++) {
        ready_wake(t);
    }
}

static void make_ipc(void)
{
    endpoint_count = ENDPOINTS_USED;
    notification_count = NOTIFICATIONS_USED;
    for (uint32_t n = 0; n < NOTIFICATIONS_USED; n++) {
        notification_bound[n] = NOBODY;
    }
    for (uint32_t t = 2; t < 5u; t++) {
        thread_bound(t) = t - 2u;
        notification_bound[t - 2u] = t;
        printf("B %u %u\n", t, t - 2u);
    }
}

static void make_capabilities(uint32_t t)
{
    for (uint32_t e = 0; e < ENDPOINTS_USED; e++) {
        capability(t, 1u + e, BH_ENDPOINT, e, t == 7u ? 7u : 1u + (uint32_t)below(7),
                   0x100u * t + e);
    }
    for (uint32_t n = 0; n < NOTIFICATIONS_USED; n++) {
        capability(t, 8u + n, BH_NOTIFICATION, n, 1u + (uint32_t)below(7),
                   UINT64_C(1) << below(60));
    }
    capability(t, 16, BH_SPACE, t, 7, 0);
    capability(t, 17, BH_IOSPACE, ACTORS + t % 2u, 7, 0);
    capability(t, 18, BH_CAPTABLE, t, 7, 0);
    capability(t, 19, BH_CAPTABLE, (t + 1u) % ACTORS, 1u + (uint32_t)below(7), 0);
    for (uint32_t r = 0; r < 4u; r++) {
        capability(t, 20u + r, BH_REGION, r, 1u + (uint32_t)below(15), 0);
    }
    capability(t, 25, BH_PARTITION, 0, t < 2u ? 0x1f : 0x04, 0);
}

static void set_up(void)
{
    host_reset(0x100000);
    host.execute_protection = 1;
    partition_count = 1;
    make_regions();
    make_spaces();
    make_threads();
    make_ipc();
    printf("K %u %u\nK %u %u\nK %u 4\n", BH_ENDPOINT, ENDPOINTS_USED, BH_NOTIFICATION,
           NOTIFICATIONS_USED, BH_REGION);
    for (uint32_t t = 0; t < ACTORS; t++) {
        make_capabilities(t);
    }
}

/* ---- what is compared ---- */

static uint64_t mix(uint64_t digest, uint64_t value)
{
    return (digest * 31u + value % DIGEST_PRIME) % DIGEST_PRIME;
}

static uint64_t code_of(uint64_t state)
{
    switch (state) {
    case THREAD_CALLING:
        return 1;
    case THREAD_ANSWERING:
        return 2;
    case THREAD_RECEIVING:
        return 3;
    case THREAD_WAITING:
        return 4;
    default:
        return 0;
    }
}

static uint64_t digest_threads(void)
{
    uint64_t digest = 7;

    for (uint32_t t = 0; t < ACTORS; t++) {
        digest = mix(digest, code_of(thread_state(t)));
        for (uint32_t k = 2; k < 8u; k++) {
            digest = mix(digest, THREAD_WORD(t, k));
        }
    }
    return digest;
}

static uint64_t digest_caps(void)
{
    uint64_t digest = 7;

    for (uint32_t s = 0; s < ACTORS * BH_SLOTS; s++) {
        digest = mix(mix(digest, cap_type[s]), cap_object[s]);
        digest = mix(mix(digest, cap_rights[s]), cap_badge[s]);
    }
    return digest;
}

static uint64_t rights_of(uint64_t entry, uint32_t io)
{
    uint64_t rights = BH_R_REGION_READ | ((entry & ENTRY_PROTECTED) != 0 ? 0 : BH_R_REGION_WRITE);

    return io == 0 && (entry & ENTRY_NO_EXECUTE) == 0 ? rights | BH_R_REGION_EXECUTE : rights;
}

static uint64_t digest_leaves(void)
{
    uint64_t digest = 7;

    for (uint32_t s = 0; s < ACTORS + 2u; s++) {
        for (uint32_t p = 0; p < PAGES; p++) {
            uint64_t entry = table_leaf[space_leaf[s] + p];
            uint64_t value = (entry & ENTRY_INVALID) != 0
                                 ? 0
                                 : entry / BH_PAGE_SIZE * 8u + rights_of(entry, space_is_io[s]);

            digest = mix(digest, value);
        }
    }
    return digest;
}

/* ---- calls ---- */

/* Sometimes far away, often near a limit, mostly inside. */
static uint64_t number_near(uint64_t limit)
{
    static const uint64_t far[] = {UINT64_C(1) << 31, UINT64_C(1) << 32, UINT64_C(1) << 40,
                                   UINT64_C(1) << 52, UINT64_C(1) << 61};

    switch (below(20)) {
    case 0:
        return far[below(5)] + below(2);
    case 1:
        return limit + below(2);
    case 2:
        return limit != 0 ? limit - 1u : 0;
    default:
        return limit != 0 ? below(limit) : 0;
    }
}

static uint64_t index_of(uint32_t kind)
{
    static const uint32_t first[] = {1, 8, 16, 17, 18, 20, 25}, many[] = {4, 6, 1, 1, 2, 4, 1};

    return below(25) == 0 ? number_near(BH_SLOTS) : first[kind] + below(many[kind]);
}

static uint64_t argument(uint32_t t, uint32_t k, uint64_t value)
{
    THREAD_WORD(t, 4u + k) = value;
    return value;
}

static void draw_space(uint32_t t, uint32_t io)
{
    static const uint64_t methods[] = {BH_M_SPACE_MAP,        BH_M_SPACE_MAP,
                                       BH_M_SPACE_UNMAP,      BH_M_SPACE_ENTRY,
                                       BH_M_SPACE_ADD_WINDOW, BH_M_SPACE_DROP_WINDOW};
    uint64_t method = methods[below(6)];
    uint64_t base = io != 0 ? IO_BASE : 0;

    if (io != 0) {
        method = method == BH_M_SPACE_MAP || method == BH_M_SPACE_UNMAP ? BH_M_IOSPACE_UPDATE
                 : method == BH_M_SPACE_ENTRY                           ? BH_M_IOSPACE_ENTRY
                 : method == BH_M_SPACE_ADD_WINDOW                      ? BH_M_IOSPACE_ADD_WINDOW
                                                                        : BH_M_IOSPACE_DROP_WINDOW;
    }
    THREAD_WORD(t, 2) = index_of(io != 0 ? 3 : 2);
    THREAD_WORD(t, 3) = method;
    argument(t, 0, base + number_near(PAGES));
    argument(t, 1,
             method == BH_M_SPACE_UNMAP || method == BH_M_IOSPACE_UPDATE ? 1u + below(20)
                                                                         : below(5));
    argument(t, 2, method == BH_M_IOSPACE_UPDATE ? below(5) : number_near(260));
    argument(t, 3, 1u + below(12));
    argument(t, 4, below(9));
    if (method == BH_M_SPACE_ADD_WINDOW || method == BH_M_IOSPACE_ADD_WINDOW) {
        argument(t, 0, index_of(5));
        argument(t, 1, number_near(REGION_FRAMES));
        argument(t, 2, number_near(REGION_FRAMES));
        argument(t, 3, below(9));
    } else if (method == BH_M_SPACE_DROP_WINDOW || method == BH_M_IOSPACE_DROP_WINDOW) {
        argument(t, 0, below(6));
    }
}

static void draw_captable(uint32_t t)
{
    static const uint64_t methods[] = {BH_M_CAPTABLE_GRANT, BH_M_CAPTABLE_DROP,
                                       BH_M_CAPTABLE_REDUCE, BH_M_CAPTABLE_INSPECT};

    THREAD_WORD(t, 2) = index_of(4);
    THREAD_WORD(t, 3) = methods[below(4)];
    argument(t, 0, 26u + number_near(below(4) == 0 ? BH_SLOTS - 26u : 38u));
    argument(t, 1, THREAD_WORD(t, 3) == BH_M_CAPTABLE_REDUCE ? below(64) : number_near(30));
    argument(t, 2, below(64));
    argument(t, 3, below(1000000));
    if (THREAD_WORD(t, 3) == BH_M_CAPTABLE_INSPECT) {
        argument(t, 0, number_near(BH_SLOTS));
    }
}

/* Before the seal the root's methods too; the seal itself comes once. */
static void draw_partition(uint32_t t, uint32_t call)
{
    static const uint64_t methods[] = {BH_M_PARTITION_CREATE_REGION, BH_M_PARTITION_CREATE_ENDPOINT,
                                       BH_M_PARTITION_CREATE_NOTIFICATION};

    THREAD_WORD(t, 2) = index_of(6);
    THREAD_WORD(t, 3) = methods[below(3)];
    if (call >= sealed_at) {
        THREAD_WORD(t, 3) = BH_M_PARTITION_SEAL;
    }
    argument(t, 0, 26u + number_near(below(4) == 0 ? BH_SLOTS - 26u : 38u));
    argument(t, 1, number_near(LIMIT));
    argument(t, 2, number_near(300));
}

static void draw_words(uint32_t t)
{
    static const uint64_t flags[] = {0, 0, 0, 0x200, 0x200, 0x400, 0x600, 0x100};

    for (uint32_t k = 0; k < 24u; k++) {
        uint64_t word = number_near(110) * BH_PAGE_SIZE + flags[below(8)];

        be64_put((uint8_t *)(uintptr_t)thread_message(t) + k * 8u, word);
        printf("M %u %u %llu\n", t, k, (unsigned long long)word);
    }
}

static void draw_invocation(uint32_t t, uint32_t call)
{
    switch (below(8)) {
    case 0:
    case 1:
        draw_space(t, 0);
        break;
    case 2:
    case 3:
        if (below(8) == 0) {
            draw_words(t);
        }
        draw_space(t, 1);
        break;
    case 4:
    case 5:
        draw_captable(t);
        break;
    case 6:
        draw_partition(t, call);
        break;
    default: /* no such method, or of another type */
        draw_space(t, (uint32_t)below(2));
        THREAD_WORD(t, 3) = (BH_SPACE + below(3)) * 256u + 8u + below(248);
        break;
    }
}

/* The eighth thread never waits, so that somebody can always go on. */
static uint32_t draw_call(uint32_t t, uint32_t call)
{
    static const uint32_t numbers[] = {BH_CALL_CALL,  BH_CALL_RECV,       BH_CALL_REPLY,
                                       BH_CALL_REPLY, BH_CALL_SIGNAL,     BH_CALL_SIGNAL,
                                       BH_CALL_WAIT,  BH_CALL_REPLY_RECV, BH_CALL_NULL,
                                       BH_CALL_YIELD, BH_CALL_RECV,       BH_CALL_SIGNAL};
    uint32_t number = below(2) == 0 ? BH_CALL_INVOKE : numbers[below(12)];
    uint64_t poll = t == 7u || below(2) == 0 ? 0 : FOREVER;

    if (t == 7u && (number == BH_CALL_CALL || number == BH_CALL_REPLY_RECV)) {
        number = below(2) == 0 ? BH_CALL_REPLY : BH_CALL_RECV;
    }
    if (number == BH_CALL_INVOKE) {
        draw_invocation(t, call);
        return number;
    }
    THREAD_WORD(t, 2) = index_of(number == BH_CALL_SIGNAL || number == BH_CALL_WAIT ? 1 : 0);
    for (uint32_t k = 0; k < 4u; k++) {
        argument(t, k, number_near(1000));
    }
    if (number == BH_CALL_RECV || number == BH_CALL_WAIT) {
        argument(t, 0, poll);
    }
    if (number == BH_CALL_REPLY_RECV) {
        THREAD_WORD(t, 3) = poll;
    }
    return below(50) == 0 ? 10u + (uint32_t)below(200) : number;
}

/* Thread t runs: the one that did goes into its set, if it still may run. */
static void run_as(uint32_t t)
{
    if (current != NOBODY && thread_state(current) == THREAD_READY) {
        ready_insert(current);
    }
    current = t;
    ready_levels &= ~READY_CHOICE;
    ready_remove(t);
}

static uint32_t draw_thread(void)
{
    uint32_t t = (uint32_t)below(ACTORS);

    while (thread_state(t) != THREAD_READY) {
        t = (t + 1u) % ACTORS;
    }
    return t;
}

static uint32_t ready_threads(void)
{
    uint32_t count = 0;

    for (uint32_t t = 0; t < ACTORS; t++) {
        count += thread_state(t) == THREAD_READY ? 1u : 0u;
    }
    return count;
}

/* Where many wait for each other, the deadline of one passes. */
static void expire_one(void)
{
    uint32_t t = (uint32_t)below(ACTORS);

    if ((timer_armed & bit_of(t)) != 0) {
        timer_at[t] = host.clock;
        timer_interrupt();
        printf("T %u %llu\n", t, (unsigned long long)digest_threads());
    }
}

static void one_call(uint32_t call)
{
    uint32_t t;
    uint32_t number;

    if (ready_threads() < 5u) {
        expire_one();
    }
    t = draw_thread();
    run_as(t);
    number = draw_call(t, call);
    printf("O %u %u", t, number);
    for (uint32_t k = 2; k < 9u; k++) {
        printf(" %llu", (unsigned long long)THREAD_WORD(t, k));
    }
    call_serve(t, number);
    printf(" %llu\n", (unsigned long long)digest_threads());
    if (debug_broken() != 0) {
        fprintf(stderr, "compare: predicate %#x does not hold after call %u\n", debug_broken(),
                call);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    uint32_t calls;

    if (argc != 3) {
        fprintf(stderr, "usage: compare SEED CALLS\n");
        return 2;
    }
    random_state = strtoull(argv[1], NULL, 10) * 2u + 1u;
    calls = (uint32_t)strtoul(argv[2], NULL, 10);
    sealed_at = calls / 2u;
    set_up();
    for (uint32_t call = 1; call <= calls; call++) {
        one_call(call);
        if (call % DIGEST_EVERY == 0 || call == calls) {
            printf("D %llu %llu\n", (unsigned long long)digest_caps(),
                   (unsigned long long)digest_leaves());
        }
    }
    return 0;
}
