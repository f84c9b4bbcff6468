/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: every class of interruption, masks, order. */
#include "libs/zformats/bits.h"
#include "tests/unit/vmm/fixture.h"
#include "vmm/interrupt.h"
#include "vmm/lowcore.h"

#define CR0_EMERGENCY UINT64_C(0x4000)
#define CR0_CALL UINT64_C(0x2000)
#define CR0_COMPARATOR UINT64_C(0x800)
#define CR0_TIMER UINT64_C(0x400)
#define CR0_SERVICE UINT64_C(0x200)
#define CR0_ALL (CR0_EMERGENCY | CR0_CALL | CR0_COMPARATOR | CR0_TIMER | CR0_SERVICE)
#define ENABLED (PSW_EXTERNAL | PSW_IO | PSW_MACHINE_CHECK)
#define NEW_MASK (PSW_64 | PSW_DAT | PSW_AS_HOME)

static int start(void **state)
{
    static const uint32_t new[] = {LC_NEW_EXTERNAL, LC_NEW_SUPERVISOR, LC_NEW_PROGRAM,
                                   LC_NEW_MACHINE_CHECK, LC_NEW_IO};
    uint32_t i;

    fixture_start(state);
    for (i = 0; i < 5; i++) {
        set_low64(new[i], NEW_MASK);
        set_low64(new[i] + 8, 0x10000 + new[i]);
    }
    cpu.psw_mask |= ENABLED | psw_cc(2) | psw_key(3);
    cpu.psw_address = 0x1234;
    cpu.cr[0] = CR0_ALL;
    cpu.cr[6] = 0xff000000;
    cpu.cr[14] = 0x10000000;
    return 0;
}

static void assert_swapped(uint64_t mask, uint32_t old, uint32_t new)
{
    assert_true(low64(old) == mask);
    assert_int_equal(low64(old + 8), 0x1234);
    assert_true(cpu.psw_mask == NEW_MASK);
    assert_int_equal(cpu.psw_address, 0x10000 + new);
}

static void service_signal(void **state)
{
    uint64_t mask = cpu.psw_mask;

    (void)state;
    interrupt_service_signal(0x12340000);
    interrupt_service_signal(1);
    assert_true(interrupt_deliverable(&cpu, NOW));
    assert_int_equal(interrupt_deliver(&cpu, NOW), 0);
    assert_swapped(mask, LC_OLD_EXTERNAL, LC_NEW_EXTERNAL);
    assert_int_equal(low16(LC_EXTERNAL_CODE), 0x2401);
    assert_int_equal(low32(LC_EXTERNAL_PARAMETER), 0x12340001);
    cpu.psw_mask |= ENABLED;
    assert_false(interrupt_deliverable(&cpu, NOW));
    interrupt_service_signal(2);
    interrupt_deliver(&cpu, NOW);
    assert_int_equal(low32(LC_EXTERNAL_PARAMETER), 2); /* the first one's bits are gone */
}

static void masks_of_psw_and_control_registers(void **state)
{
    (void)state;
    interrupt_service_signal(8);
    interrupt_adapter(3);
    interrupt_channel_report();
    cpu.psw_mask &= ~ENABLED;
    assert_false(interrupt_deliverable(&cpu, NOW));
    cpu.psw_mask |= PSW_EXTERNAL;
    assert_true(interrupt_deliverable(&cpu, NOW));
    cpu.cr[0] &= ~CR0_SERVICE;
    assert_false(interrupt_deliverable(&cpu, NOW));
    cpu.psw_mask |= PSW_IO;
    assert_true(interrupt_deliverable(&cpu, NOW));
    cpu.cr[6] = 0xef000000; /* all subclasses but 3 */
    assert_false(interrupt_deliverable(&cpu, NOW));
    cpu.psw_mask |= PSW_MACHINE_CHECK;
    assert_true(interrupt_deliverable(&cpu, NOW));
    cpu.cr[14] = 0;
    assert_false(interrupt_deliverable(&cpu, NOW));
}

static void nothing_masked_is_delivered(void **state)
{
    (void)state;
    interrupt_service_signal(8);
    cpu.psw_mask &= ~ENABLED;
    assert_int_equal(interrupt_deliver(&cpu, NOW), 0);
    assert_int_equal(cpu.psw_address, 0x1234);
}

static void clock_comparator(void **state)
{
    (void)state;
    cpu.clock_comparator = NOW;
    assert_false(interrupt_deliverable(&cpu, NOW)); /* must be passed, not reached */
    assert_true(interrupt_deliverable(&cpu, NOW + 1));
    interrupt_deliver(&cpu, NOW + 1);
    assert_int_equal(low16(LC_EXTERNAL_CODE), 0x1004);
    cpu.psw_mask |= ENABLED;
    assert_true(interrupt_deliverable(&cpu, NOW + 1)); /* lasts as long as its cause */
    cpu.clock_comparator = UINT64_MAX;
    assert_false(interrupt_deliverable(&cpu, UINT64_MAX - 1));
}

static void cpu_timer(void **state)
{
    (void)state;
    cpu.cpu_timer_zero = NOW + 10;
    assert_false(interrupt_deliverable(&cpu, NOW + 10));
    assert_true(interrupt_deliverable(&cpu, NOW + 11));
    interrupt_deliver(&cpu, NOW + 11);
    assert_int_equal(low16(LC_EXTERNAL_CODE), 0x1005);
    cpu.psw_mask |= ENABLED;
    cpu.cr[0] &= ~CR0_TIMER;
    assert_false(interrupt_deliverable(&cpu, NOW + 11));
}

static void calls_from_a_cpu(void **state)
{
    (void)state;
    interrupt_emergency(7);
    interrupt_deliver(&cpu, NOW);
    assert_int_equal(low16(LC_EXTERNAL_CODE), 0x1201);
    assert_int_equal(low16(LC_EXTERNAL_CPU), 7);
    cpu.psw_mask |= ENABLED;
    interrupt_external_call(9);
    interrupt_deliver(&cpu, NOW);
    assert_int_equal(low16(LC_EXTERNAL_CODE), 0x1202);
    assert_int_equal(low16(LC_EXTERNAL_CPU), 9);
}

static void adapter_interruptions_by_subclass(void **state)
{
    uint64_t mask = cpu.psw_mask;

    (void)state;
    interrupt_adapter(5);
    interrupt_adapter(2);
    interrupt_deliver(&cpu, NOW);
    assert_swapped(mask, LC_OLD_IO, LC_NEW_IO);
    assert_true(low32(LC_IO_WORD) == (0x80000000 | 2u << 27));
    assert_int_equal(low32(LC_SUBCHANNEL), 0);
    assert_int_equal(low32(LC_IO_PARAMETER), 0);
    cpu.psw_mask |= ENABLED;
    interrupt_deliver(&cpu, NOW);
    assert_true(low32(LC_IO_WORD) == (0x80000000 | 5u << 27));
    cpu.psw_mask |= ENABLED;
    assert_false(interrupt_deliverable(&cpu, NOW));
}

static void channel_report_saves_the_registers(void **state)
{
    uint64_t mask = cpu.psw_mask;

    (void)state;
    page.gr[15] = 0xf15;
    page.fpr[1] = 0xf01;
    page.ar[2] = 0xa2;
    page.fpc = 0xfc;
    cpu.cr[13] = 0xc13;
    cpu.clock_comparator = 0x123456789abcde00;
    interrupt_channel_report();
    interrupt_deliver(&cpu, NOW);
    assert_swapped(mask, LC_OLD_MACHINE_CHECK, LC_NEW_MACHINE_CHECK);
    assert_true((low64(LC_MACHINE_CHECK_CODE) & IBM_BIT64(9)) != 0);
    assert_int_equal(low64(LC_MACHINE_CHECK_CODE) >> 55, 0); /* no other condition */
    assert_int_equal(low64(LC_SAVE_GR + 120), 0xf15);
    assert_int_equal(low64(LC_SAVE_FPR + 8), 0xf01);
    assert_int_equal(low32(LC_SAVE_AR + 8), 0xa2);
    assert_int_equal(low32(LC_SAVE_FPC), 0xfc);
    assert_int_equal(low32(LC_SAVE_PREFIX), PREFIX);
    assert_int_equal(low64(LC_SAVE_CR + 104), 0xc13);
    assert_true(low64(LC_SAVE_CPU_TIMER) == UINT64_MAX >> 1);
    assert_true(low64(LC_SAVE_CLOCK_COMPARATOR) == 0x00123456789abcde);
    cpu.psw_mask |= PSW_MACHINE_CHECK;
    assert_false(interrupt_deliverable(&cpu, NOW));
}

static void most_urgent_first(void **state)
{
    static const uint16_t external[] = {0x1201, 0x1202, 0x1004, 0x1005, 0x2401};
    uint32_t i;

    (void)state;
    interrupt_adapter(0);
    interrupt_service_signal(1);
    cpu.clock_comparator = 0;
    cpu.cpu_timer_zero = NOW - 1;
    interrupt_external_call(0);
    interrupt_emergency(0);
    interrupt_channel_report();
    interrupt_deliver(&cpu, NOW);
    assert_int_equal(cpu.psw_address, 0x10000 + LC_NEW_MACHINE_CHECK);
    for (i = 0; i < 5; i++) {
        cpu.psw_mask |= ENABLED;
        interrupt_deliver(&cpu, NOW);
        assert_int_equal(low16(LC_EXTERNAL_CODE), external[i]);
        if (external[i] == 0x1004)
            cpu.clock_comparator = UINT64_MAX;
        if (external[i] == 0x1005)
            cpu.cpu_timer_zero = NOW + 1;
    }
    cpu.psw_mask |= ENABLED;
    interrupt_deliver(&cpu, NOW);
    assert_int_equal(cpu.psw_address, 0x10000 + LC_NEW_IO);
}

static void next_timer_event(void **state)
{
    (void)state;
    cpu.clock_comparator = NOW + 100;
    cpu.cpu_timer_zero = NOW + 50;
    assert_true(interrupt_next(&cpu, NOW) == NOW + 50);
    cpu.cpu_timer_zero = NOW + 200;
    assert_true(interrupt_next(&cpu, NOW) == NOW + 100);
    cpu.cr[0] &= ~CR0_COMPARATOR;
    assert_true(interrupt_next(&cpu, NOW) == NOW + 200);
    cpu.cpu_timer_zero = NOW - 1;
    assert_true(interrupt_next(&cpu, NOW) == NOW); /* it came due since somebody last looked */
    cpu.cpu_timer_zero = NOW + (UINT64_MAX >> 1);  /* wraps: not in the past */
    assert_true(interrupt_next(&cpu, NOW) == UINT64_MAX);
}

/* The guest may enable them without an exit, so it does not matter that the PSW does not. What is
 * due already is waiting, and nothing to wait for. */
static void next_timer_event_of_a_masked_guest(void **state)
{
    (void)state;
    cpu.psw_mask &= ~ENABLED;
    cpu.clock_comparator = NOW + 100;
    cpu.cpu_timer_zero = NOW + 50;
    assert_true(interrupt_next(&cpu, NOW) == NOW + 50);
    assert_true(interrupt_next(&cpu, NOW + 50) == NOW + 50); /* not passed yet */
    assert_true(interrupt_waiting(&cpu, NOW + 50) == 0);
    assert_true(interrupt_next(&cpu, NOW + 51) == NOW + 100);
    assert_true(interrupt_waiting(&cpu, NOW + 51) == PSW_EXTERNAL);
    assert_true(interrupt_next(&cpu, NOW + 100) == NOW + 100);
    assert_true(interrupt_next(&cpu, NOW + 101) == UINT64_MAX);
    assert_true(interrupt_waiting(&cpu, NOW + 101) == PSW_EXTERNAL);
    cpu.cr[0] &= ~(CR0_COMPARATOR | CR0_TIMER);
    assert_true(interrupt_next(&cpu, NOW) == UINT64_MAX);
    assert_true(interrupt_waiting(&cpu, NOW + 101) == 0);
}

/* Whatever the PSW says now. */
static void what_waits_for_a_bit_of_the_psw(void **state)
{
    (void)state;
    assert_true(interrupt_waiting(&cpu, NOW) == 0);
    interrupt_adapter(3);
    assert_true(interrupt_waiting(&cpu, NOW) == PSW_IO);
    interrupt_service_signal(8);
    assert_true(interrupt_waiting(&cpu, NOW) == (PSW_IO | PSW_EXTERNAL));
    cpu.psw_mask &= ~ENABLED;
    assert_true(interrupt_waiting(&cpu, NOW) == (PSW_IO | PSW_EXTERNAL));
    cpu.cr[6] = 0xef000000; /* all subclasses but 3 */
    assert_true(interrupt_waiting(&cpu, NOW) == PSW_EXTERNAL);
    cpu.cr[0] &= ~CR0_SERVICE;
    assert_true(interrupt_waiting(&cpu, NOW) == 0);
    interrupt_channel_report(); /* of a bit that no instruction changes without an exit */
    assert_true(interrupt_waiting(&cpu, NOW) == 0);
}

static void program_that_suppresses(void **state)
{
    uint64_t mask = cpu.psw_mask;

    (void)state;
    assert_int_equal(interrupt_program(&cpu, PGM_SPECIFICATION, 4), 0);
    assert_swapped(mask, LC_OLD_PROGRAM, LC_NEW_PROGRAM);
    assert_int_equal(low16(LC_PROGRAM_ILC), 4);
    assert_int_equal(low16(LC_PROGRAM_CODE), 6);
}

static void program_that_nullifies(void **state)
{
    static const uint8_t codes[] = {PGM_SEGMENT,      PGM_PAGE,          PGM_ASCE_TYPE,
                                    PGM_REGION_FIRST, PGM_REGION_SECOND, PGM_REGION_THIRD};
    uint32_t i;

    for (i = 0; i < sizeof(codes); i++) {
        start(state);
        cpu.teid = 0x5000 + i;
        cpu.exception_access = 0;
        interrupt_program(&cpu, codes[i], 6);
        assert_int_equal(low64(LC_OLD_PROGRAM + 8), 0x1234 - 6);
        assert_int_equal(low64(LC_TRANSLATION_EXCEPTION), 0x5000 + i);
        assert_int_equal(low16(LC_PROGRAM_CODE), codes[i]);
    }
}

static void protection_tells_where_and_suppresses(void **state)
{
    (void)state;
    cpu.teid = 0x6404;
    interrupt_program(&cpu, PGM_PROTECTION, 4);
    assert_int_equal(low64(LC_OLD_PROGRAM + 8), 0x1234);
    assert_int_equal(low64(LC_TRANSLATION_EXCEPTION), 0x6404);
}

static void details_of_the_machine(void **state)
{
    (void)state;
    page.program[0] = 0x0000020000554ff0; /* data-exception code, monitor class, PER code */
    page.program[1] = 0x7777;
    page.program[2] = 0x0005000000000000;
    page.program[3] = 0x8888;
    interrupt_program(&cpu, PGM_DATA, 4);
    assert_int_equal(low32(LC_DATA_EXCEPTION), 0x200);
    assert_int_equal(low16(LC_MONITOR_CLASS), 0);
    interrupt_program(&cpu, 0x40, 4);
    assert_int_equal(low16(LC_MONITOR_CLASS), 0x55);
    assert_int_equal(low64(LC_MONITOR_CODE), 0x8888);
    assert_int_equal(low16(LC_PER_CODE), 0);
    interrupt_program(&cpu, 0x80, 4);
    assert_int_equal(low16(LC_PER_CODE), 0x4ff0);
    assert_int_equal(low64(LC_PER_ADDRESS), 0x7777);
    assert_int_equal(*(guest_memory + PREFIX + LC_PER_ACCESS), 5);
}

static void supervisor_call(void **state)
{
    uint64_t mask = cpu.psw_mask;

    (void)state;
    assert_int_equal(interrupt_supervisor(&cpu, 0x8f, 2), 0);
    assert_swapped(mask, LC_OLD_SUPERVISOR, LC_NEW_SUPERVISOR);
    assert_int_equal(low16(LC_SUPERVISOR_ILC), 2);
    assert_int_equal(low16(LC_SUPERVISOR_CODE), 0x8f);
}

static void lowcore_outside_memory(void **state)
{
    (void)state;
    cpu.prefix = GUEST_BYTES - 0x1000;
    interrupt_service_signal(1);
    assert_int_equal(interrupt_deliver(&cpu, NOW), PGM_ADDRESSING);
    assert_int_equal(interrupt_program(&cpu, PGM_SPECIFICATION, 4), PGM_ADDRESSING);
    assert_int_equal(interrupt_supervisor(&cpu, 1, 2), PGM_ADDRESSING);
    assert_int_equal(cpu.psw_address, 0x1234);
}

static void reset_forgets(void **state)
{
    (void)state;
    interrupt_service_signal(1);
    interrupt_adapter(1);
    interrupt_channel_report();
    interrupt_emergency(0);
    interrupt_reset();
    assert_false(interrupt_deliverable(&cpu, NOW));
    interrupt_service_signal(2);
    interrupt_deliver(&cpu, NOW);
    assert_int_equal(low32(LC_EXTERNAL_PARAMETER), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(service_signal, start),
        cmocka_unit_test_setup(masks_of_psw_and_control_registers, start),
        cmocka_unit_test_setup(nothing_masked_is_delivered, start),
        cmocka_unit_test_setup(clock_comparator, start),
        cmocka_unit_test_setup(cpu_timer, start),
        cmocka_unit_test_setup(calls_from_a_cpu, start),
        cmocka_unit_test_setup(adapter_interruptions_by_subclass, start),
        cmocka_unit_test_setup(channel_report_saves_the_registers, start),
        cmocka_unit_test_setup(most_urgent_first, start),
        cmocka_unit_test_setup(next_timer_event, start),
        cmocka_unit_test_setup(next_timer_event_of_a_masked_guest, start),
        cmocka_unit_test_setup(what_waits_for_a_bit_of_the_psw, start),
        cmocka_unit_test_setup(program_that_suppresses, start),
        cmocka_unit_test_setup(program_that_nullifies, start),
        cmocka_unit_test_setup(protection_tells_where_and_suppresses, start),
        cmocka_unit_test_setup(details_of_the_machine, start),
        cmocka_unit_test_setup(supervisor_call, start),
        cmocka_unit_test_setup(lowcore_outside_memory, start),
        cmocka_unit_test_setup(reset_forgets, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
