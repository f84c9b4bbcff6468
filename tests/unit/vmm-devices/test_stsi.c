/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: STORE SYSTEM INFORMATION: the level, each block, and that nothing else is said. */
#include <string.h>

#include "libs/zformats/bytes.h"
#include "libs/zformats/ebcdic.h"
#include "tests/lib/test.h"
#include "tests/unit/vmm-devices/machine.h"
#include "vmm/handlers.h"

#define AT 0x8000u

static uint8_t *const sysib = machine_memory + AT;

static program_code ask(uint32_t function, uint32_t one, uint32_t two)
{
    cpu.page->gr[0] = UINT64_C(0x5555555500000000) | (uint64_t)function << 28 | one;
    cpu.page->gr[1] = UINT64_C(0x5555555500000000) | two;
    memset(sysib, 0xff, 4096);
    return machine_s(emulate_stsi, AT);
}

static void assert_stored(uint32_t function, uint32_t one, uint32_t two)
{
    assert_int_equal(ask(function, one, two), PGM_NONE);
    assert_int_equal(machine_cc(), 0);
    assert_int_equal(sysib[4095], 0);
    assert_int_equal(cpu.page->gr[0],
                     UINT64_C(0x5555555500000000) | (uint64_t)function << 28 | one);
}

static void assert_text(uint32_t offset, uint32_t size, const char *text)
{
    for (uint32_t i = 0; i < size; i++) {
        uint8_t c = i < strlen(text) ? (uint8_t)text[i] : ' ';

        assert_int_equal(sysib[offset + i], ebcdic_from_ascii(c));
    }
}

static void test_level(void **state)
{
    (void)state;
    assert_int_equal(ask(0, 0, 0), PGM_NONE);
    assert_int_equal(machine_cc(), 0);
    assert_int_equal(cpu.page->gr[0], UINT64_C(0x5555555530000000));
    assert_int_equal(sysib[0], 0xff);
}

static void test_machine(void **state)
{
    (void)state;
    assert_stored(1, 1, 1);
    assert_text(32, 16, "Bulkhead");
    assert_text(48, 4, "2097");
    assert_text(80, 16, "0000000000000001");
}

static void test_cpu(void **state)
{
    (void)state;
    assert_stored(1, 2, 1);
    assert_int_equal(be16_get(sysib + 102), 0);
    assert_stored(2, 2, 1);
}

/* Linux divides by the capability. */
static void test_cpus(void **state)
{
    (void)state;
    assert_stored(1, 2, 2);
    assert_int_not_equal(be32_get(sysib + 32), 0);
    assert_int_equal(be16_get(sysib + 36), 1);
    assert_int_equal(be16_get(sysib + 38), 1);
    assert_int_equal(be32_get(sysib + 40), 0);
}

static void test_partition(void **state)
{
    (void)state;
    assert_stored(2, 2, 2);
    assert_int_equal(be16_get(sysib + 36), 1);
    assert_text(44, 8, "BULKHEAD");
}

static void test_virtual_machine(void **state)
{
    (void)state;
    assert_stored(3, 2, 2);
    assert_int_equal(sysib[31], 1);
    assert_int_equal(be16_get(sysib + 36), 1);
    assert_int_equal(be16_get(sysib + 38), 1);
    assert_text(44, 8, "GUEST");
    assert_text(56, 16, "Bulkhead");
}

static void test_nothing_else(void **state)
{
    static const uint8_t unknown[][3] = {{4, 0, 0}, {15, 1, 2}, {1, 1, 2}, {1, 0, 0},
                                         {2, 1, 1}, {3, 2, 1},  {3, 1, 2}};

    (void)state;
    for (size_t i = 0; i < sizeof(unknown) / 3; i++) {
        assert_int_equal(ask(unknown[i][0], unknown[i][1], unknown[i][2]), PGM_NONE);
        assert_int_equal(machine_cc(), 3);
        assert_int_equal(sysib[0], 0xff);
    }
}

static void test_exceptions(void **state)
{
    (void)state;
    assert_int_equal(ask(1, 0x101, 1), PGM_SPECIFICATION);
    assert_int_equal(ask(1, 1, 0x10001), PGM_SPECIFICATION);
    assert_int_equal(ask(0, 0x100, 0), PGM_SPECIFICATION);
    cpu.page->gr[0] = 0x10000001;
    cpu.page->gr[1] = 1;
    assert_int_equal(machine_s(emulate_stsi, AT + 8), PGM_SPECIFICATION);
    assert_int_equal(machine_s(emulate_stsi, MACHINE_BYTES), PGM_ADDRESSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_level, machine_start),
        cmocka_unit_test_setup(test_machine, machine_start),
        cmocka_unit_test_setup(test_cpu, machine_start),
        cmocka_unit_test_setup(test_cpus, machine_start),
        cmocka_unit_test_setup(test_partition, machine_start),
        cmocka_unit_test_setup(test_virtual_machine, machine_start),
        cmocka_unit_test_setup(test_nothing_else, machine_start),
        cmocka_unit_test_setup(test_exceptions, machine_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
