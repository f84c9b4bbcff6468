/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: where the guest's terminal is: a channel of its own, the VMM's output, or the console. */
#include <stdio.h>
#include <string.h>

#include "libs/rt/info.h"
#include "libs/rt/output.h"
#include "libs/rt/ring.h"
#include "libs/rt/rt.h"
#include "libs/stubs/svc.h"
#include "tests/lib/test.h"
#include "vmm/devices/terminal.h"

#define DATA 4096u
#define WAKE 9u
#define CONSOLE 5u

static _Alignas(4096) uint8_t ring_memory[2 * BH_RING_PAGE + DATA];
static struct bh_ring reader;
static struct bh_info info;

/* Stand-ins. */
static char message[BH_PAGE_SIZE], direct[4096];
static size_t direct_length;
static const char *typed;
static unsigned signals, yields, reads;
static uint64_t now;
static int drain;

void *bh_message_buffer(void)
{
    return message;
}

void bh_output(const char *text, size_t length)
{
    memcpy(direct + direct_length, text, length);
    direct_length += length;
    direct[direct_length] = 0;
}

uint64_t bh_tod(void)
{
    return now;
}

uint64_t bh_deadline(uint64_t us)
{
    return now + us;
}

static char taken[4 * DATA];
static uint64_t taken_length;

static void take(void)
{
    taken_length += bh_ring_read(&reader, taken + taken_length, sizeof(taken) - taken_length);
}

uint64_t bh_svc_signal(uint64_t cap)
{
    assert_int_equal(cap, WAKE);
    signals++;
    if (drain)
        take();
    return BH_E_OK;
}

uint64_t bh_svc_yield(void)
{
    yields++;
    now += 100000;
    return BH_E_OK;
}

uint64_t bh_svc_invoke(uint64_t cap, uint64_t method, const uint64_t arguments[BH_ARGUMENTS],
                       struct bh_results *results)
{
    (void)arguments;
    assert_int_equal(cap, CONSOLE);
    assert_int_equal(method, BH_M_CONSOLE_READ);
    reads++;
    strcpy(message, typed);
    results->gr3 = strlen(typed);
    typed = "";
    return BH_E_OK;
}

static void add(unsigned at, const char *name, uint32_t kind, uint64_t value, uint64_t size)
{
    strcpy(info.entry[at].name, name);
    info.entry[at].kind = kind;
    info.entry[at].value = value;
    info.entry[at].size = size;
}

static int start(void **state)
{
    (void)state;
    memset(&info, 0, sizeof(info));
    memset(ring_memory, 0, sizeof(ring_memory));
    info.magic = BH_INFO_MAGIC;
    bh_ring_consumer(&reader, ring_memory, DATA);
    direct_length = 0;
    direct[0] = 0;
    typed = "";
    signals = yields = reads = 0;
    taken_length = 0;
    now = 1;
    drain = 0;
    return 0;
}

static void write_text(const char *text)
{
    terminal_write((const uint8_t *)text, (uint32_t)strlen(text));
}

static void start_with_channel(void)
{
    add(0, "vmm-text", BH_INFO_CHANNEL, 0x1000, DATA);
    add(1, "linux-text", BH_INFO_CHANNEL, (uintptr_t)ring_memory, DATA);
    add(2, "linux-text", BH_INFO_CAP, WAKE, 1);
    add(3, "console", BH_INFO_CAP, CONSOLE, 3);
    bh_info_set(&info);
    terminal_start();
}

/* Also that carriage returns are dropped, and that the console is not touched. */
static void test_second_channel(void **state)
{
    (void)state;
    start_with_channel();
    write_text("hello\r\nworld\r\n");
    take();
    assert_int_equal(taken_length, 12);
    assert_memory_equal(taken, "hello\nworld\n", 12);
    assert_true(signals > 0);
    assert_int_equal(direct_length, 0);
    assert_int_equal(terminal_poll(), 0);
    assert_int_equal(reads, 0);
}

static void test_long_output(void **state)
{
    static uint8_t text[3 * DATA];

    (void)state;
    start_with_channel();
    drain = 1;
    for (uint32_t i = 0; i < sizeof(text); i++)
        text[i] = (uint8_t)('a' + i % 26);
    terminal_write(text, sizeof(text));
    take();
    assert_int_equal(taken_length, sizeof(text));
    assert_memory_equal(taken, text, sizeof(text));
}

/* A reader that takes nothing costs a second at most, each time, and then what did not fit. */
static void test_nobody_reads(void **state)
{
    static uint8_t text[2 * DATA];

    (void)state;
    start_with_channel();
    memset(text, 'x', DATA);
    terminal_write(text, DATA);
    assert_int_equal(yields, 0);
    terminal_write(text, 10);
    assert_true(yields >= 9 && yields <= 11);
    take();
    assert_int_equal(taken_length, DATA);
}

static void test_console(void **state)
{
    uint8_t text[16];

    (void)state;
    add(0, "console", BH_INFO_CAP, CONSOLE, 3);
    bh_info_set(&info);
    terminal_start();
    write_text("/ # \r");
    assert_string_equal(direct, "/ # \r");
    assert_int_equal(terminal_poll(), 0);
    typed = "exit\n";
    assert_int_equal(terminal_poll(), 5);
    typed = "later";
    assert_int_equal(terminal_poll(), 5);
    assert_int_equal(terminal_read(text, 2), 2);
    assert_memory_equal(text, "ex", 2);
    assert_int_equal(terminal_read(text, sizeof(text)), 3);
    assert_memory_equal(text, "it\n", 3);
    assert_int_equal(terminal_poll(), 5);
    assert_int_equal(terminal_read(text, sizeof(text)), 5);
    assert_memory_equal(text, "later", 5);
}

/* A new start, as after the guest's own restart, keeps nothing of what was typed. */
static void test_start_again(void **state)
{
    (void)state;
    add(0, "console", BH_INFO_CAP, CONSOLE, 3);
    bh_info_set(&info);
    terminal_start();
    typed = "old";
    assert_int_equal(terminal_poll(), 3);
    terminal_start();
    assert_int_equal(terminal_poll(), 0);
}

/* One channel: the VMM's standard output, which is the test's own here. */
static void test_shared_output(void **state)
{
    (void)state;
    add(0, "vmm-text", BH_INFO_CHANNEL, 0x1000, DATA);
    add(1, "console", BH_INFO_CAP, CONSOLE, 3);
    bh_info_set(&info);
    terminal_start();
    write_text("(guest output, shared)\r\n");
    assert_int_equal(direct_length, 0);
    assert_int_equal(signals, 0);
    assert_int_equal(terminal_poll(), 0);
    assert_int_equal(reads, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_second_channel, start),
        cmocka_unit_test_setup(test_long_output, start),
        cmocka_unit_test_setup(test_nobody_reads, start),
        cmocka_unit_test_setup(test_console, start),
        cmocka_unit_test_setup(test_start_again, start),
        cmocka_unit_test_setup(test_shared_output, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
