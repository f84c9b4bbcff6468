/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: SIGNAL PROCESSOR to oneself, and the instructions that say what CPU this is. */
#include <string.h>

#include "libs/zformats/bytes.h"
#include "libs/zformats/psw.h"
#include "tests/lib/test.h"
#include "tests/unit/vmm-devices/machine.h"
#include "vmm/handlers.h"

#define AT 0x8000u

/* SIGP r2,r3,order to CPU `address`. */
static program_code signal(uint64_t address, uint32_t order)
{
    cpu.page->gr[2] = UINT64_C(0x1111111122222222);
    cpu.page->gr[5] = address;
    return machine_rs(emulate_sigp, 2, 5, UINT64_C(0xabc00) + order);
}

static void assert_accepted(uint32_t order)
{
    cpu.psw_mask |= psw_cc(3);
    assert_int_equal(signal(0, order), PGM_NONE);
    assert_int_equal(machine_cc(), 0);
    assert_int_equal(cpu.page->gr[2], UINT64_C(0x1111111122222222));
}

static void assert_status(uint32_t order, uint32_t status)
{
    assert_int_equal(signal(0, order), PGM_NONE);
    assert_int_equal(machine_cc(), 1);
    assert_int_equal(cpu.page->gr[2], UINT64_C(0x1111111100000000) | status);
    assert_int_equal(cpu.stopped, 0);
}

static void test_other_cpus_are_not_there(void **state)
{
    (void)state;
    assert_int_equal(signal(1, 1), PGM_NONE);
    assert_int_equal(machine_cc(), 3);
    assert_int_equal(signal(0x8000, 5), PGM_NONE);
    assert_int_equal(machine_cc(), 3);
    assert_int_equal(cpu.stopped, 0);
    assert_int_equal(signal(0x10000, 1), PGM_NONE); /* only 16 bits are the address */
    assert_int_equal(machine_cc(), 0);
}

static void test_sense(void **state)
{
    (void)state;
    assert_accepted(0x01);
    assert_accepted(0x15);
    assert_accepted(0x04);
    assert_int_equal(cpu.stopped, 0);
    assert_int_equal(machine_external(NULL), 0);
}

static void test_calls_to_itself(void **state)
{
    (void)state;
    assert_accepted(0x02);
    assert_int_equal(machine_external(NULL), 0x1202);
    assert_accepted(0x03);
    assert_int_equal(machine_external(NULL), 0x1201);
    assert_accepted(0x13);
    assert_int_equal(machine_external(NULL), 0x1201);
    assert_int_equal(machine_external(NULL), 0);
}

static void test_stop_ends_the_guest(void **state)
{
    static const uint8_t orders[] = {0x05, 0x09, 0x0b, 0x0c};

    (void)state;
    for (size_t i = 0; i < sizeof(orders); i++) {
        cpu.stopped = 0;
        assert_accepted(orders[i]);
        assert_int_equal(cpu.stopped, 1);
    }
}

static void test_restart_swaps_psws(void **state)
{
    uint8_t *low = machine_memory + MACHINE_PREFIX;

    (void)state;
    be64_put(low + 0x1a0, PSW_64 | PSW_DAT);
    be64_put(low + 0x1a8, 0x4000);
    cpu.psw_mask = PSW_64 | psw_cc(2);
    cpu.psw_address = 0x1234;
    assert_int_equal(signal(0, 0x06), PGM_NONE);
    assert_int_equal(be64_get(low + 0x120), PSW_64);
    assert_int_equal(be64_get(low + 0x128), 0x1234);
    assert_int_equal(cpu.psw_mask, PSW_64 | PSW_DAT);
    assert_int_equal(cpu.psw_address, 0x4000);
    cpu.prefix = MACHINE_BYTES;
    assert_int_equal(signal(0, 0x06), PGM_ADDRESSING);
}

static void test_refused_orders(void **state)
{
    (void)state;
    assert_status(0x0d, 0x200);
    assert_status(0x0e, 0x200);
    assert_status(0x12, 0x100);
    assert_status(0x00, 0x002);
    assert_status(0x07, 0x002);
    assert_status(0x16, 0x002);
    assert_status(0xff, 0x002);
}

static void test_identity(void **state)
{
    (void)state;
    assert_int_equal(machine_s(emulate_stidp, AT), PGM_NONE);
    assert_int_equal(be64_get(machine_memory + AT) >> 56, 0xff);
    assert_int_equal((be64_get(machine_memory + AT) >> 16) & 0xffff, 0x2097);
    assert_int_equal(machine_s(emulate_stidp, AT + 4), PGM_SPECIFICATION);
    assert_int_equal(machine_s(emulate_stidp, MACHINE_BYTES), PGM_ADDRESSING);
}

static void test_address(void **state)
{
    (void)state;
    memset(machine_memory + AT, 0xff, 4);
    assert_int_equal(machine_s(emulate_stap, AT), PGM_NONE);
    assert_int_equal(be32_get(machine_memory + AT), 0x0000ffff);
    assert_int_equal(machine_s(emulate_stap, AT + 1), PGM_SPECIFICATION);
    assert_int_equal(machine_s(emulate_stap, MACHINE_BYTES), PGM_ADDRESSING);
}

/* The word is at real address 200, so in the prefix area, and is that of the machine's list. */
static void test_facilities(void **state)
{
    (void)state;
    machine_facilities = UINT64_C(0xf1f0fffbfcfc8000);
    memset(machine_memory + MACHINE_PREFIX + 200, 0x11, 8);
    assert_int_equal(machine_s(emulate_stfl, 0), PGM_NONE);
    assert_int_equal(be64_get(machine_memory + MACHINE_PREFIX + 200), UINT64_C(0xf1f0fffb11111111));
    assert_int_equal(be32_get(machine_memory + 200), 0);
    cpu.prefix = MACHINE_BYTES;
    assert_int_equal(machine_s(emulate_stfl, 0), PGM_ADDRESSING);
}

static program_code topology(uint64_t control)
{
    cpu.page->gr[7] = control;
    return machine_rre(emulate_ptf, 7, 0);
}

static void test_topology(void **state)
{
    (void)state;
    assert_int_equal(topology(2), PGM_OPERATION);
    machine_facilities = UINT64_C(0x0010000000000000);
    cpu.psw_mask |= psw_cc(3);
    assert_int_equal(topology(2), PGM_NONE);
    assert_int_equal(machine_cc(), 0);
    assert_int_equal(topology(0), PGM_NONE);
    assert_int_equal(machine_cc(), 2);
    assert_int_equal(cpu.page->gr[7], 0x100);
    assert_int_equal(topology(1), PGM_NONE);
    assert_int_equal(machine_cc(), 2);
    assert_int_equal(cpu.page->gr[7], 1);
    assert_int_equal(topology(3), PGM_SPECIFICATION);
    assert_int_equal(topology(UINT64_C(0x100000002)), PGM_SPECIFICATION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_other_cpus_are_not_there, machine_start),
        cmocka_unit_test_setup(test_sense, machine_start),
        cmocka_unit_test_setup(test_calls_to_itself, machine_start),
        cmocka_unit_test_setup(test_stop_ends_the_guest, machine_start),
        cmocka_unit_test_setup(test_restart_swaps_psws, machine_start),
        cmocka_unit_test_setup(test_refused_orders, machine_start),
        cmocka_unit_test_setup(test_identity, machine_start),
        cmocka_unit_test_setup(test_address, machine_start),
        cmocka_unit_test_setup(test_facilities, machine_start),
        cmocka_unit_test_setup(test_topology, machine_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
