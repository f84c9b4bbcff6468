/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: exits counted by instruction and class, and the translator's counters summed up. */
#include <stdio.h>
#include <string.h>

#include "drivers/zpci/translator/protocol.h"
#include "libs/abi/abi.h"
#include "libs/rt/info.h"
#include "libs/stubs/svc.h"
#include "tests/lib/test.h"
#include "vmm/clock.h"
#include "vmm/devices/statistics.h"

#define TRANSLATOR 6

/* Stand-ins. */
static uint64_t now;
static int translator = TRANSLATOR;
static unsigned functions;
static uint64_t call_error;

uint64_t clock_now(void)
{
    return now;
}

int bh_cap(const char *name)
{
    assert_string_equal(name, "translator");
    return translator;
}

uint64_t bh_svc_call(uint64_t cap, uint64_t words[BH_MESSAGE_WORDS])
{
    uint64_t function = words[0] / 256, item = words[1];

    assert_int_equal(cap, TRANSLATOR);
    assert_int_equal(words[0] % 256, TRANSLATOR_QUERY);
    words[0] = function < functions ? BH_E_OK : BH_E_ARG;
    words[1] = item == TRANSLATOR_ITEM_REQUESTS ? 100 + function : 1000 + function;
    words[2] = item == TRANSLATOR_ITEM_REQUESTS ? 20 + function : 10 + function;
    words[3] = item == TRANSLATOR_ITEM_REQUESTS ? 30 + function : 0;
    return call_error;
}

static char text[8192];
static struct bh_vcpu page;

static void keep(const char *line)
{
    strcat(text, line);
    strcat(text, "\n");
}

static void assert_lines(const char *expected)
{
    text[0] = 0;
    statistics_lines(keep);
    assert_string_equal(text, expected);
}

static void exit_of(uint32_t reason, uint32_t program_code, uint64_t instruction)
{
    uint64_t word[4] = {(uint64_t)reason << 32 | 4u << 16 | program_code, instruction};

    statistics_exit(word);
}

/* Counters are never reset, so the steps are one test. */
static void test_all(void **state)
{
    (void)state;
    now = 5 * 4096;
    statistics_start(&page);
    functions = 0;
    assert_lines("kernel instructions without an exit 0\nguest ms 0\n");

    now += (uint64_t)3000 * 4096;
    page.executed = 77;
    assert_lines("kernel instructions without an exit 77\nguest ms 3\n");

    exit_of(BH_REASON_INSTRUCTION, 2, UINT64_C(0xb2b2f0a000000000)); /* LPSWE */
    exit_of(BH_REASON_INSTRUCTION, 2, UINT64_C(0xb2b2101000000000));
    exit_of(BH_REASON_INSTRUCTION, 2, UINT64_C(0xeb0ff0a0002f0000)); /* LCTLG */
    exit_of(BH_REASON_PROGRAM, 2, UINT64_C(0xacfb000000000000));     /* STNSM */
    exit_of(BH_REASON_PROGRAM, 0x82, UINT64_C(0xacfb000000000000));  /* and a PER event */
    exit_of(BH_REASON_PROGRAM, 7, UINT64_C(0xacfb000000000000));
    exit_of(BH_REASON_INSTRUCTION, 2, 0);
    exit_of(BH_REASON_TRANSLATION, 0x11, 0);
    exit_of(BH_REASON_SUPERVISOR, 1, 0);
    exit_of(BH_REASON_INTERRUPT, 0, 0);
    exit_of(0xffffffff, 0, 0);
    assert_lines("exits STNSM 2\n"
                 "exits LPSWE 2\n"
                 "exits LCTLG 1\n"
                 "exits (other instruction) 1\n"
                 "exits (translation) 1\n"
                 "exits (other program interruption) 2\n"
                 "exits SVC 1\n"
                 "exits (kick) 1\n"
                 "kernel instructions without an exit 77\n"
                 "guest ms 3\n");
}

static const char *behind(const char *line)
{
    text[0] = 0;
    statistics_lines(keep);
    return strstr(text, line);
}

static void test_translator(void **state)
{
    (void)state;
    functions = 1;
    assert_non_null(behind("translator RPCITs 100\ntranslator global refreshes 20\n"
                           "translator answers out of budget 30\ntranslator pages mapped 1000\n"
                           "translator pages unmapped 10\ntranslator pages refused 0\nguest ms"));
    functions = 4;
    assert_non_null(behind("translator RPCITs 406\ntranslator global refreshes 86\n"
                           "translator answers out of budget 126\ntranslator pages mapped 4006\n"
                           "translator pages unmapped 46\ntranslator pages refused 0\nguest ms"));
}

static void test_no_translator(void **state)
{
    (void)state;
    functions = 4;
    call_error = BH_E_STOPPED;
    assert_null(behind("translator"));
    call_error = BH_E_OK;
    translator = -1;
    assert_null(behind("translator"));
    translator = TRANSLATOR;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all),
        cmocka_unit_test(test_translator),
        cmocka_unit_test(test_no_translator),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
