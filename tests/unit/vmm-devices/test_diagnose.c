/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: DIAGNOSE, and the guest's restart that one of its functions is. */
#include <string.h>

#include "libs/zformats/sclp.h"
#include "tests/lib/test.h"
#include "tests/unit/vmm-devices/machine.h"
#include "tests/unit/vmm-devices/statistics.h"
#include "vmm/clock.h"
#include "vmm/devices/channel.h"
#include "vmm/devices/restart.h"
#include "vmm/handlers.h"
#include "vmm/hooks.h"
#include "vmm/interrupt.h"

/* DIAGNOSE r2,r4,code. */
static program_code diagnose(uint64_t code, uint64_t subcode)
{
    cpu.page->gr[4] = subcode;
    return machine_rs(emulate_diag, 2, 4, code);
}

static void test_yield(void **state)
{
    (void)state;
    cpu.page->gr[2] = 77;
    assert_int_equal(diagnose(0x44, 0), PGM_NONE);
    assert_int_equal(diagnose(0x9c, 0), PGM_NONE);
    assert_int_equal(diagnose(0x1234560044, 0), PGM_NONE); /* the low 16 bits are the code */
    assert_int_equal(cpu.page->gr[2], 77);
}

static void test_hypercall(void **state)
{
    (void)state;
    assert_int_equal(diagnose(0x500, 3), PGM_NONE);
    assert_int_equal((int64_t)cpu.page->gr[2], -22);
}

static void test_others_are_not_there(void **state)
{
    static const uint32_t codes[] = {0, 8, 0x10, 0x204, 0x210, 0x258, 0x260, 0x288, 0x318, 0x501};

    (void)state;
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        assert_int_equal(diagnose(codes[i], 0), PGM_SPECIFICATION);
}

static void test_start(void **state)
{
    (void)state;
    statistics_of = NULL;
    devices_start(&cpu);
    assert_ptr_equal(statistics_of, cpu.page);
    assert_int_equal(restart_count(), 0);
}

static void test_ipl_information(void **state)
{
    (void)state;
    assert_int_equal(diagnose(0x308, 5), PGM_NONE);
    assert_int_equal(cpu.page->gr[3], 0x102);
    cpu.page->gr[3] = 0;
    assert_int_equal(diagnose(0x308, 6), PGM_NONE);
    assert_int_equal(cpu.page->gr[3], 0x102);
    assert_int_equal(machine_loads, 0);
}

static void test_ipl_refused(void **state)
{
    static const uint32_t subcodes[] = {0, 1, 2, 4, 7, 8, 10, 0x103};

    (void)state;
    for (size_t i = 0; i < sizeof(subcodes) / sizeof(subcodes[0]); i++)
        assert_int_equal(diagnose(0x308, subcodes[i]), PGM_SPECIFICATION);
    assert_int_equal(diagnose(0x308, UINT64_C(0x100000003)), PGM_SPECIFICATION);
    cpu.page->gr[4] = 3;
    assert_int_equal(machine_rs(emulate_diag, 3, 4, 0x308), PGM_SPECIFICATION);
    assert_int_equal(machine_loads, 0);
}

static void disturb(void)
{
    memset(machine_memory, 0x77, sizeof(machine_memory));
    memset(cpu.page->gr, 0x77, sizeof(cpu.page->gr));
    memset(cpu.page->fpr, 0x77, sizeof(cpu.page->fpr));
    memset(cpu.page->ar, 0x77, sizeof(cpu.page->ar));
    cpu.page->fpc = 0x77;
    cpu.cr[1] = 0x77;
    cpu.epoch = 5;
    cpu.stopped = 0;
    interrupt_service_signal(8);
    interrupt_emergency(0);
    interrupt_adapter(3);
    channel_report();
}

static void assert_no_trace(void)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < sizeof(machine_memory); i++)
        sum += machine_memory[i];
    for (int i = 0; i < 16; i++)
        sum += cpu.page->gr[i] | cpu.page->fpr[i] | cpu.page->ar[i];
    sum += cpu.page->fpc + cpu.cr[1] + (uint64_t)cpu.epoch + cpu.prefix;
    assert_int_equal(sum, 0);
}

static void test_restart(void **state)
{
    uint32_t before = restart_count();

    (void)state;
    disturb();
    assert_int_equal(diagnose(0x308, 3), PGM_NONE);
    assert_no_trace();
    assert_int_equal(cpu.cr[0], 0xe0);
    assert_int_equal(cpu.cr[14], 0xc2000000);
    assert_int_equal(cpu.clock_comparator, UINT64_MAX);
    assert_true((int64_t)(cpu.cpu_timer_zero - clock_now()) > 0);
    assert_int_equal(machine_loads, 1);
    assert_int_equal(machine_resets, 1);
    assert_int_equal(machine_loads_before_reset, 0); /* no device may write to what is loaded */
    assert_int_equal(cpu.psw_address, 0x10000);
    assert_int_equal(restart_count(), before + 1);
}

static void test_restart_forgets_what_was_pending(void **state)
{
    (void)state;
    disturb();
    assert_int_equal(diagnose(0x308, 3), PGM_NONE);
    cpu.cr[0] = 0x6200;
    cpu.cr[6] = 0xff000000;
    assert_int_equal(machine_external(NULL), 0);
    assert_int_equal(machine_check_delivered(), 0);
    assert_int_equal(machine_s(emulate_stcrw, 0x8000), PGM_NONE);
    assert_int_equal(machine_cc(), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_start, machine_start),
        cmocka_unit_test_setup(test_yield, machine_start),
        cmocka_unit_test_setup(test_hypercall, machine_start),
        cmocka_unit_test_setup(test_others_are_not_there, machine_start),
        cmocka_unit_test_setup(test_ipl_information, machine_start),
        cmocka_unit_test_setup(test_ipl_refused, machine_start),
        cmocka_unit_test_setup(test_restart, machine_start),
        cmocka_unit_test_setup(test_restart_forgets_what_was_pending, machine_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
