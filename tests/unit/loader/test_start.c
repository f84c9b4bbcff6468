/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the guest's start from what the start-up information names; what stops it. */
#include <stdio.h>
#include <string.h>

#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/psw.h"
#include "tests/lib/test.h"
#include "vmm/hooks.h"
#include "vmm/memory.h"

#define MIB 0x100000u
#define KERNEL 0x20000u

static uint8_t kernel[KERNEL], initrd[16] = "\x1f\x8b", memory[9 * MIB];
static char line[] = "quiet";
static struct bh_info info;
static struct cpu cpu;
static char last_words[256];

/* The end of the process becomes the end of the test step. */
static jmp_buf end;

_Noreturn void bh_fatal(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(last_words, sizeof(last_words), format, arguments);
    va_end(arguments);
    longjmp(end, 1);
}

static void add(unsigned at, const char *name, const void *bytes, uint64_t size)
{
    strcpy(info.entry[at].name, name);
    info.entry[at].kind = BH_INFO_WINDOW;
    info.entry[at].value = (uintptr_t)bytes;
    info.entry[at].size = size;
}

static int start(void **state)
{
    (void)state;
    memset(kernel, 0, sizeof(kernel));
    memset(memory, 0, sizeof(memory));
    memset(&info, 0, sizeof(info));
    memcpy(kernel + 0x10008, "S390EP", 6);
    memcpy(kernel + KERNEL - 8, "\0\0\0\x20zIPL", 8);
    info.magic = BH_INFO_MAGIC;
    add(0, "kernel", kernel, sizeof(kernel));
    add(1, "initrd", initrd, sizeof(initrd));
    add(2, "command-line", line, strlen(line));
    bh_info_set(&info);
    guest_memory = memory;
    guest_size = sizeof(memory);
    last_words[0] = 0;
    cpu = (struct cpu){.psw_mask = 1};
    return 0;
}

static void load(void)
{
    if (setjmp(end) == 0)
        loader_start(&cpu);
}

static void test_start(void **state)
{
    (void)state;
    load();
    assert_string_equal(last_words, "");
    assert_int_equal(cpu.psw_mask, PSW_64);
    assert_int_equal(cpu.psw_address, 0x10000);
    assert_int_equal(be64_get(memory + 0x10410), sizeof(initrd));
    assert_string_equal((const char *)memory + 0x10480, "quiet");
}

static void test_kernel_alone(void **state)
{
    (void)state;
    memset(&info.entry[1], 0, 2 * sizeof(info.entry[1]));
    load();
    assert_string_equal(last_words, "");
    assert_int_equal(be64_get(memory + 0x10410), 0);
}

static void test_no_kernel(void **state)
{
    (void)state;
    memset(&info.entry[0], 0, sizeof(info.entry[0]));
    load();
    assert_string_equal(last_words, "the guest's kernel is an empty file");
}

static void test_bad_files(void **state)
{
    (void)state;
    kernel[KERNEL - 1] = 0;
    load();
    assert_string_equal(last_words, "the guest's kernel is truncated");
    start(state);
    initrd[0] = 0;
    load();
    initrd[0] = 0x1f;
    assert_string_equal(last_words,
                        "the guest's RAM disk is no initial RAM disk (a cpio archive in format "
                        "newc, compressed or not)");
    start(state);
    guest_size = 8 * MIB;
    load();
    assert_string_equal(last_words, "the guest cannot be loaded: the RAM disk does not fit into "
                                    "the guest's memory behind the kernel");
    assert_int_equal(cpu.psw_mask, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_start, start),
        cmocka_unit_test_setup(test_kernel_alone, start),
        cmocka_unit_test_setup(test_no_kernel, start),
        cmocka_unit_test_setup(test_bad_files, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
