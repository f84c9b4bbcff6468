/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the translator as a process: what it finds in its start-up information, and its loop. */
#include <stdio.h>
#include <string.h>

#include "drivers/zpci/translator/batch.h"
#include "drivers/zpci/translator/budget.h"
#include "drivers/zpci/translator/guest.h"
#include "drivers/zpci/translator/mirror.h"
#include "drivers/zpci/translator/process.h"
#include "drivers/zpci/translator/protocol.h"
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/svc.h"
#include "libs/zformats/ccdf.h"
#include "tests/lib/test.h"
#include "tests/unit/translator/fake_kernel.h"

#define IOVA UINT64_C(0x100000000)
#define REQUESTS_CAP 5u
#define EVENTS_CAP 6u
#define MESSAGES 8u

static _Alignas(4096) uint8_t memory[0x10000];
static uint64_t ranges[512];
static struct bh_info info;
static unsigned entries;

static jmp_buf out;
static char fatal[200];

/* What is sent to the process, its answers, and the signals so far at each answer. */
static struct bh_message sent[MESSAGES], answer[MESSAGES];
static unsigned sent_count, answers, signals, signals_at[MESSAGES];
static uint64_t receive_error;

void guest_hook(const uint8_t *at)
{
    (void)at;
}

void bh_fatal(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(fatal, sizeof(fatal), format, arguments);
    va_end(arguments);
    longjmp(out, 1);
}

const char *bh_error_text(uint64_t error)
{
    return error == BH_E_CAP ? "no capability" : "?";
}

void *bh_message_buffer(void)
{
    return fake_words;
}

unsigned bh_need_cap(const char *name)
{
    if (bh_cap(name) < 0)
        bh_fatal("no capability named %s", name);
    return (unsigned)bh_cap(name);
}

struct bh_window bh_need_window(const char *name)
{
    struct bh_window window;

    if (!bh_window(name, &window))
        bh_fatal("no window named %s", name);
    return window;
}

static uint64_t take(struct bh_message *message)
{
    if (answers == sent_count)
        return receive_error;
    *message = sent[answers];
    return BH_E_OK;
}

uint64_t bh_svc_recv(uint64_t cap, uint64_t deadline, struct bh_message *message)
{
    assert_int_equal(cap, REQUESTS_CAP);
    assert_true(deadline == BH_NO_DEADLINE);
    return take(message);
}

uint64_t bh_svc_reply_recv(uint64_t cap, uint64_t deadline, struct bh_message *message)
{
    assert_int_equal(cap, REQUESTS_CAP);
    assert_true(deadline == BH_NO_DEADLINE);
    signals_at[answers] = signals;
    answer[answers++] = *message;
    return take(message);
}

uint64_t bh_svc_signal(uint64_t cap)
{
    assert_int_equal(cap, EVENTS_CAP);
    signals++;
    return BH_E_OK;
}

static void add(enum bh_info_kind kind, const char *name, uint64_t value, uint64_t size)
{
    struct bh_info_entry *entry = &info.entry[entries++];

    snprintf(entry->name, sizeof(entry->name), "%s", name);
    entry->kind = kind;
    entry->value = value;
    entry->size = size;
}

static void add_function(const char *name, unsigned f, uint64_t first, uint64_t pages)
{
    char cap[32];

    fake_space_add(f, first, pages, sizeof(memory) / 4096);
    snprintf(cap, sizeof(cap), "%s-dma", name);
    add(BH_INFO_CAP, cap, FAKE_CAP(f), 0);
    add(BH_INFO_DMA, name, first * 4096, pages * 4096);
}

static int reset(void **state)
{
    (void)state;
    memset(&info, 0, sizeof(info));
    memset(memory, 0, sizeof(memory));
    memset(mirror_pages, 0, sizeof(mirror_pages));
    mirror_used = 0;
    entries = sent_count = answers = signals = 0;
    receive_error = BH_E_CAP;
    fake_reset();
    bh_info_set(&info);
    add(BH_INFO_CAP, "requests", REQUESTS_CAP, 0);
    add(BH_INFO_WINDOW, "guest", (uint64_t)(uintptr_t)memory, sizeof(memory));
    return 0;
}

/* Runs until it gives up; the reason. */
static const char *run(void)
{
    if (setjmp(out) == 0)
        translator_run();
    return fatal;
}

static void put(uint64_t badge, uint64_t w0, uint64_t w1, uint64_t w2, uint64_t w3)
{
    sent[sent_count++] = (struct bh_message){badge, {w0, w1, w2, w3}};
}

static void test_functions_in_their_order(void **state)
{
    (void)state;
    add_function("disk", 0, IOVA / 4096, 512);
    add_function("net", 1, IOVA / 4096 + 8192, 256);
    fake_space[0].entry[5] = 7 * 4096; /* left by a translator before */
    assert_string_equal(run(), "receive: no capability");
    assert_int_equal(mirror_first[0], IOVA / 4096);
    assert_int_equal(mirror_pages[0], 512);
    assert_int_equal(mirror_pages[1], 256);
    assert_int_equal(mirror_pages[2], 0);
    assert_int_equal(kernel_space[0], FAKE_CAP(0));
    assert_int_equal(kernel_space[1], FAKE_CAP(1));
    assert_int_equal(kernel_window[1], 0);
    assert_int_equal(budget_limit[0], 512);
    assert_int_equal(fake_space[0].clears, 1);
    assert_int_equal(fake_space[1].clears, 1);
    assert_int_equal(fake_space[0].entry[5], FAKE_INVALID);
    assert_ptr_equal(guest_base, memory);
    assert_int_equal(guest_bytes, sizeof(memory));
}

static void test_values(void **state)
{
    (void)state;
    add_function("disk", 0, IOVA / 4096, 512);
    add(BH_INFO_VALUE, "dma-window", 2, 0);
    add(BH_INFO_VALUE, "budget", 100, 0);
    run();
    assert_int_equal(kernel_window[0], 2);
    assert_int_equal(budget_limit[0], 100);
}

static void test_budget_is_never_more_than_the_window(void **state)
{
    (void)state;
    add_function("disk", 0, IOVA / 4096, 512);
    add(BH_INFO_VALUE, "budget", UINT64_MAX, 0);
    run();
    assert_int_equal(budget_limit[0], 512);
}

/* Without the function's capability nobody knows, so new entries are flushed. */
static void test_refresh_bit_of_the_real_group(void **state)
{
    static const char *const names[] = {"a", "b", "c"};

    (void)state;
    for (unsigned f = 0; f < 3; f++)
        add_function(names[f], f, IOVA / 4096, 256);
    fake_space[0].refresh = false;
    fake_space[1].refresh = true;
    fake_space[2].refresh = false;
    add(BH_INFO_CAP, "a", FAKE_PCI_CAP(0), 0);
    add(BH_INFO_CAP, "b", FAKE_PCI_CAP(1), 0);
    run();
    assert_int_equal(batch_refresh[0], 0);
    assert_int_equal(batch_refresh[1], 1);
    assert_int_equal(batch_refresh[2], 1);
}

static void test_what_is_missing_or_too_large(void **state)
{
    static const char *const names[] = {"a", "b", "c", "d"};

    add(BH_INFO_DMA, "disk", IOVA, 0x100000);
    assert_string_equal(run(), "no capability named disk-dma");
    reset(state);
    info.entry[1].name[0] = 'x';
    assert_string_equal(run(), "no window named guest");
    reset(state);
    info.entry[0].name[0] = 'x';
    assert_string_equal(run(), "no capability named requests");
    reset(state);
    info.entry[1].size = 0x80001000;
    assert_non_null(strstr(run(), "or too much"));
    reset(state);
    info.entry[1].page = 1;
    assert_non_null(strstr(run(), "from frame 0 on"));
    reset(state);
    for (unsigned f = 0; f < 4; f++)
        add_function(names[f], f, IOVA / 4096, 256);
    add(BH_INFO_DMA, "e", IOVA, 0x100000);
    assert_non_null(strstr(run(), "no room for function e: 4 functions"));
    reset(state);
    add(BH_INFO_DMA, "big", IOVA, UINT64_C(0x80100000));
    assert_non_null(strstr(run(), "no room for function big"));
    reset(state);
    add_function("disk", 0, IOVA / 4096, 256);
    fake_space[0].fail_flush = BH_E_PCI;
    assert_string_equal(run(), "the I/O space of disk cannot be cleared");
}

static void test_loop_answers_and_signals(void **state)
{
    (void)state;
    add_function("disk", 0, IOVA / 4096, 512);
    add(BH_INFO_CAP, "events", EVENTS_CAP, 0);
    put(TRANSLATOR_BADGE_VMM | 1, TRANSLATOR_STATE, 0x80000001, 0x80, 3);
    put(TRANSLATOR_BADGE_EVENT | 1, 0x80000001, IOVA, 4096, 3 * 256 + 0x80);
    put(TRANSLATOR_BADGE_VMM | 1, TRANSLATOR_EVENT, 0, 0, 0);
    put(0, 0, 0, 0, 0);
    assert_string_equal(run(), "receive: no capability");
    assert_int_equal(answers, 4);
    assert_int_equal(answer[0].word[0], BH_E_OK);
    assert_int_equal(signals_at[0], 0);
    assert_int_equal(answer[1].word[0], BH_RESUME);
    assert_int_equal(answer[1].word[1], TRANSLATOR_RESULT(1, 8));
    assert_int_equal(signals_at[1], 1); /* before the reply */
    assert_int_equal(answer[2].word[1], PEC_SPACE_INVALID);
    assert_int_equal(answer[3].word[0], BH_E_RIGHT);
    assert_int_equal(signals, 1);
}

static void test_nobody_to_signal(void **state)
{
    (void)state;
    add_function("disk", 0, IOVA / 4096, 512);
    put(TRANSLATOR_BADGE_VMM | 1, TRANSLATOR_STATE, 0x80000001, 0x80, 3);
    put(TRANSLATOR_BADGE_EVENT | 1, 0x80000001, IOVA, 4096, 3 * 256 + 0x80);
    run();
    assert_int_equal(answers, 2);
    assert_int_equal(signals, 0);
}

static void test_shared_page(void **state)
{
    (void)state;
    add_function("disk", 0, IOVA / 4096, 512);
    add(BH_INFO_WINDOW, "ranges", (uint64_t)(uintptr_t)ranges, sizeof(ranges));
    put(TRANSLATOR_BADGE_VMM | 1, TRANSLATOR_INVALIDATE, 4080, 1, 0);
    put(TRANSLATOR_BADGE_VMM | 1, TRANSLATOR_INVALIDATE, 4096, 1, 0);
    run();
    assert_int_equal(answer[0].word[0], BH_E_OK);
    assert_int_equal(answer[1].word[0], BH_E_ARG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_functions_in_their_order, reset),
        cmocka_unit_test_setup(test_values, reset),
        cmocka_unit_test_setup(test_budget_is_never_more_than_the_window, reset),
        cmocka_unit_test_setup(test_refresh_bit_of_the_real_group, reset),
        cmocka_unit_test_setup(test_what_is_missing_or_too_large, reset),
        cmocka_unit_test_setup(test_loop_answers_and_signals, reset),
        cmocka_unit_test_setup(test_nobody_to_signal, reset),
        cmocka_unit_test_setup(test_shared_page, reset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
