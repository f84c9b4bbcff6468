/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: which kernels are taken, and where the parts of a guest go in its memory. */
#include <string.h>

#include "libs/zformats/bytes.h"
#include "tests/lib/test.h"
#include "vmm/loader/image.h"

#define MIB 0x100000u
#define KERNEL 0x20000u

static uint8_t kernel[12 * MIB];
static uint8_t memory[16 * MIB];
static uint8_t initrd[MIB];
static struct image_set set;

/* The smallest image that is one: magic, version, limit, trailer. */
static int start(void **state)
{
    (void)state;
    memset(kernel, 0, sizeof(kernel));
    memset(memory, 0x5a, sizeof(memory));
    memset(initrd, 0x77, sizeof(initrd));
    memcpy(kernel + 0x10008, "S390EP\0\1", 8);
    be64_put(kernel + 0x10428, 0x18000);
    be64_put(kernel + 0x10430, 0x1000);
    memcpy(kernel + KERNEL - 8, "\0\0\0\x20zIPL", 8);
    memset(kernel + 0x100, 0x11, 8);
    set = (struct image_set){{kernel, KERNEL}, {initrd, sizeof(initrd)}, {NULL, 0}};
    return 0;
}

static void set_line(const char *text)
{
    set.command_line = (struct image_file){(const uint8_t *)text, strlen(text)};
}

static void test_accepted(void **state)
{
    (void)state;
    assert_null(image_kernel_fault(&set.kernel));
    assert_int_equal(image_command_line_limit(&set.kernel), 0x1000);
    be64_put(kernel + 0x10430, 0);
    assert_null(image_kernel_fault(&set.kernel));
    assert_int_equal(image_command_line_limit(&set.kernel), 896);
}

static void test_signed(void **state)
{
    static const char text[] = "~Module signature appended~\n";

    (void)state;
    memcpy(kernel + KERNEL + 100 - 28, text, 28);
    set.kernel.size += 100;
    assert_null(image_kernel_fault(&set.kernel));
    kernel[KERNEL + 80] = 'x';
    assert_string_equal(image_kernel_fault(&set.kernel), "truncated");
}

/* Cut off at any length. */
static void test_truncated(void **state)
{
    (void)state;
    for (uint64_t size = 1; size < KERNEL; size += size < 0x10000 ? 0xff1 : 0x11) {
        set.kernel.size = size;
        assert_non_null(image_kernel_fault(&set.kernel));
        if (size >= 0x1000e)
            assert_string_equal(image_kernel_fault(&set.kernel), "truncated");
    }
    set.kernel.size = 0;
    assert_string_equal(image_kernel_fault(&set.kernel), "an empty file");
}

static void test_damaged(void **state)
{
    (void)state;
    be64_put(kernel + 0x10428, KERNEL);
    assert_string_equal(image_kernel_fault(&set.kernel), "truncated");
    be64_put(kernel + 0x10428, 0x18000);
    be64_put(kernel + 0x10430, KERNEL - 0x10480 + 1);
    assert_string_equal(image_kernel_fault(&set.kernel), "truncated");
    be64_put(kernel + 0x10430, UINT64_MAX);
    assert_string_equal(image_kernel_fault(&set.kernel), "truncated");
}

static void test_foreign(void **state)
{
    static const struct {
        uint64_t at;
        const char *bytes, *fault;
    } foreign[] = {
        {0,
         "\x7f"
         "ELF",
         "an ELF file, not a boot image (arch/s390/boot/bzImage, installed as vmlinuz)"},
        {0x202, "HdrS", "a Linux kernel for x86, not for s390x"},
        {0x38, "ARM\x64", "a Linux kernel for arm64, not for s390x"},
        {0, "\x1f\x8b", "a gzip file, not a boot image: unpack it first"},
        {0, "text", "no Linux kernel for s390x"},
    };

    for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++) {
        start(state);
        kernel[0x10008] = 0;
        memcpy(kernel + foreign[i].at, foreign[i].bytes, strlen(foreign[i].bytes));
        assert_string_equal(image_kernel_fault(&set.kernel), foreign[i].fault);
    }
}

static void assert_elsewhere_untouched(uint64_t from, uint64_t to)
{
    uint64_t changed = 0;

    for (uint64_t i = from; i < to; i++)
        changed += memory[i] != 0x5a;
    assert_int_equal(changed, 0);
}

static void test_places(void **state)
{
    (void)state;
    set_line("console=ttysclp0");
    assert_null(image_set_fault(&set, sizeof(memory)));
    image_place(&set, memory);
    assert_memory_equal(memory, kernel, 0x10408);
    assert_int_equal(be64_get(memory + 0x10408), 8 * MIB);
    assert_int_equal(be64_get(memory + 0x10410), MIB);
    assert_memory_equal(memory + 0x10418, kernel + 0x10418, 0x10480 - 0x10418);
    assert_string_equal((const char *)memory + 0x10480, "console=ttysclp0");
    assert_memory_equal(memory + 0x11480, kernel + 0x11480, KERNEL - 0x11480);
    assert_memory_equal(memory + 8 * MIB, initrd, MIB);
    assert_elsewhere_untouched(KERNEL, 8 * MIB);
    assert_elsewhere_untouched(9 * MIB, sizeof(memory));
}

static void test_kernel_alone(void **state)
{
    (void)state;
    set.initrd.size = 0;
    memcpy(kernel + 0x10480, "root=/dev/ram0", 14);
    assert_null(image_set_fault(&set, KERNEL));
    image_place(&set, memory);
    assert_int_equal(be64_get(memory + 0x10408), 0);
    assert_int_equal(be64_get(memory + 0x10410), 0);
    assert_int_equal(memory[0x10480], 0); /* not the line that was built in */
    assert_elsewhere_untouched(KERNEL, sizeof(memory));
}

/* As QEMU does: at least 1 MiB behind a large kernel. */
static void test_large_kernel(void **state)
{
    (void)state;
    set.kernel.size = 7 * MIB;
    assert_int_equal(image_initrd_address(&set), 8 * MIB);
    set.kernel.size = 7 * MIB + 1;
    assert_int_equal(image_initrd_address(&set), 9 * MIB);
    set.kernel.size = 8597504;
    assert_int_equal(image_initrd_address(&set), 10 * MIB);
    set.kernel.size = sizeof(kernel);
    image_place(&set, memory);
    assert_int_equal(be64_get(memory + 0x10408), 13 * MIB);
    assert_memory_equal(memory + 13 * MIB, initrd, MIB);
}

static void test_too_large(void **state)
{
    (void)state;
    assert_null(image_set_fault(&set, 9 * MIB));
    assert_string_equal(image_set_fault(&set, 9 * MIB - 1),
                        "the RAM disk does not fit into the guest's memory behind the kernel");
    assert_string_equal(image_set_fault(&set, MIB),
                        "the RAM disk does not fit into the guest's memory behind the kernel");
    set.initrd.size = UINT64_MAX;
    assert_string_equal(image_set_fault(&set, 16 * MIB),
                        "the RAM disk does not fit into the guest's memory behind the kernel");
    assert_string_equal(image_set_fault(&set, KERNEL - 1),
                        "the kernel is larger than the guest's memory");
}

static void test_long_command_line(void **state)
{
    static char line[0x1001];

    (void)state;
    memset(line, 'x', sizeof(line) - 1);
    set_line(line);
    assert_string_equal(image_set_fault(&set, sizeof(memory)),
                        "the command line is longer than the kernel takes");
    line[0xfff] = 0;
    set_line(line);
    assert_null(image_set_fault(&set, sizeof(memory)));
    image_place(&set, memory);
    assert_int_equal(memory[0x10480 + 0xffe], 'x');
    assert_int_equal(memory[0x10480 + 0xfff], 0);
    assert_memory_equal(memory + 0x11480, kernel + 0x11480, KERNEL - 0x11480);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_accepted, start),
        cmocka_unit_test_setup(test_signed, start),
        cmocka_unit_test_setup(test_truncated, start),
        cmocka_unit_test_setup(test_damaged, start),
        cmocka_unit_test_setup(test_foreign, start),
        cmocka_unit_test_setup(test_places, start),
        cmocka_unit_test_setup(test_kernel_alone, start),
        cmocka_unit_test_setup(test_large_kernel, start),
        cmocka_unit_test_setup(test_too_large, start),
        cmocka_unit_test_setup(test_long_command_line, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
