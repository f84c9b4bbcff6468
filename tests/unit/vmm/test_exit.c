/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: exits from the kernel's message to the guest's next state, with the table of handlers. */
#include <string.h>

#include "tests/unit/vmm/fixture.h"
#include "tests/unit/vmm/handlers.h"
#include "vmm/dispatch.h"
#include "vmm/exit.h"
#include "vmm/interrupt.h"
#include "vmm/lowcore.h"
#include "vmm/pv/pv.h"
#include "vmm/pv/shadow.h"

#define REAL (PSW_DAT | PSW_IO | PSW_EXTERNAL | PSW_MACHINE_CHECK | PSW_PROBLEM | PSW_64)
#define SERVC UINT64_C(0xb220001200000000)
#define MVCOS UINT64_C(0xc830100020000000)
#define FETCHING UINT64_C(0x40000000) /* CR9 */

static int start(void **state)
{
    static const uint32_t new[] = {LC_NEW_EXTERNAL, LC_NEW_SUPERVISOR, LC_NEW_PROGRAM, LC_NEW_IO};
    uint32_t i;

    fixture_start(state);
    dispatch_start();
    for (i = 0; i < 4; i++) {
        set_low64(new[i], PSW_64);
        set_low64(new[i] + 8, 0x10000 + new[i]);
    }
    device_opcode = 0;
    device_calls = 0;
    device_answer = PGM_NONE;
    exit_unknown = 0;
    return 0;
}

/* The guest ran natively up to this address and left for this reason. */
static void leaves(uint32_t reason, uint32_t code, uint32_t length, uint64_t text, uint64_t teid,
                   uint64_t address)
{
    uint64_t word[4] = {(uint64_t)reason << 32 | length << 16 | code, text, teid, address};

    pv_give_mask(&cpu, NOW);
    page.psw_mask = REAL;
    page.psw_address = address;
    exit_serve(&cpu, word);
}

static void executes(uint64_t text, uint32_t length)
{
    leaves(BH_REASON_INSTRUCTION, PGM_PRIVILEGED, length, text, 0, 0x2000 + length);
}

static void assert_program(uint32_t code, uint64_t old_address)
{
    assert_int_equal(cpu.psw_address, 0x10000 + LC_NEW_PROGRAM);
    assert_int_equal(low16(LC_PROGRAM_CODE), code);
    assert_int_equal(low64(LC_OLD_PROGRAM + 8), old_address);
}

static void instructions_reach_their_handlers(void **state)
{
    static const struct {
        uint64_t text;
        uint32_t length;
        uint16_t opcode;
    } known[] = {{SERVC, 4, 0xb220},
                 {UINT64_C(0x8324050000000000), 4, 0x8300},
                 {UINT64_C(0xae12000500000000), 4, 0xae00},
                 {UINT64_C(0xb27610000000) << 16, 4, 0xb276},
                 {UINT64_C(0xb9a08010) << 32, 4, 0xb9a0},
                 {UINT64_C(0xe310500000d0) << 16, 6, 0xe3d0},
                 {UINT64_C(0xeb13000000d1) << 16, 6, 0xebd1}};
    uint32_t i;

    (void)state;
    for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        executes(known[i].text, known[i].length);
        assert_int_equal(device_opcode, known[i].opcode);
        assert_int_equal(device_calls, i + 1);
        assert_int_equal(cpu.psw_address, 0x2000 + known[i].length);
    }
}

static void problem_state_reaches_no_handler(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_PROBLEM;
    executes(SERVC, 4);
    assert_int_equal(device_calls, 0);
    assert_program(PGM_PRIVILEGED, 0x2004);
    assert_int_equal(low16(LC_PROGRAM_ILC), 4);
}

static void unknown_instructions(void **state)
{
    (void)state;
    executes(UINT64_C(0xb2ff000000000000), 4);
    assert_program(PGM_OPERATION, 0x2004);
    assert_int_equal(exit_unknown, 0xb2ff);
    assert_int_equal(exit_unknown_address, 0x2000);
}

static void handler_that_refuses(void **state)
{
    (void)state;
    device_answer = PGM_OPERAND;
    executes(SERVC, 4);
    assert_program(PGM_OPERAND, 0x2004);
}

static void handler_that_nullifies(void **state)
{
    (void)state;
    fixture_dat_on();
    page.gr[5] = 0x705000;
    executes(UINT64_C(0xacfc500000000000), 4); /* STNSM to a page that is not there */
    assert_program(PGM_REGION_THIRD, 0x2000);
    assert_int_equal(low64(LC_TRANSLATION_EXCEPTION), 0x705000 | 0x400 | AS_HOME);
}

static void executed_instruction_counts_by_its_execute(void **state)
{
    (void)state;
    put(0x3000, UINT64_C(0xb220001200000000));
    page.gr[4] = 0x3000;
    leaves(BH_REASON_INSTRUCTION, PGM_PRIVILEGED, 4, UINT64_C(0x4400400000000000), 0, 0x2004);
    assert_int_equal(device_opcode, 0xb220);
    device_answer = PGM_OPERAND;
    leaves(BH_REASON_INSTRUCTION, PGM_PRIVILEGED, 6, UINT64_C(0xc600000007fd0000), 0, 0x2006 + 6);
    assert_int_equal(device_calls, 2);
    assert_program(PGM_OPERAND, 0x200c);
    assert_int_equal(low16(LC_PROGRAM_ILC), 6);
}

/* Measured fact 4: it comes with three codes. */
static void mvcos_by_any_code(void **state)
{
    static const uint8_t codes[] = {PGM_PRIVILEGED, PGM_ADDRESSING, PGM_SPECIAL_OPERATION};
    uint32_t i;

    (void)state;
    for (i = 0; i < 3; i++) {
        start(state);
        fixture_dat_on();
        fixture_map(cpu.cr[13], 0x4000, 0x8000, 0);
        fixture_map(cpu.cr[1], 0x5000, 0x9000, 0);
        put(0x9000, 99);
        page.gr[0] = 1; /* second operand: primary space */
        page.gr[1] = 0x4000;
        page.gr[2] = 0x5000;
        page.gr[3] = 8;
        leaves(codes[i] == PGM_PRIVILEGED ? BH_REASON_INSTRUCTION : BH_REASON_PROGRAM, codes[i], 6,
               MVCOS, 0, 0x2006);
        assert_int_equal(get(0x8000), 99);
        assert_int_equal(cpu.psw_address, 0x2006);
    }
}

static void mvcos_of_a_user_is_checked(void **state)
{
    (void)state;
    fixture_dat_on();
    cpu.psw_mask = PSW_64 | PSW_DAT | PSW_PROBLEM;
    leaves(BH_REASON_PROGRAM, PGM_SPECIAL_OPERATION, 6, MVCOS, 0, 0x2006);
    assert_program(PGM_PRIVILEGED, 0x2006);
}

static void mvcos_of_a_user_may_be_allowed(void **state)
{
    (void)state;
    fixture_dat_on();
    cpu.psw_mask = PSW_64 | PSW_DAT | PSW_PROBLEM;
    cpu.cr[3] = UINT64_C(0x80000000);                                      /* key 0 */
    leaves(BH_REASON_PROGRAM, PGM_SPECIAL_OPERATION, 6, MVCOS, 0, 0x2006); /* length 0 */
    assert_int_equal(cpu.psw_address, 0x2006);
    assert_true((cpu.psw_mask & PSW_PROBLEM) != 0);
}

static void other_exceptions_are_the_guests(void **state)
{
    static const uint8_t codes[] = {PGM_OPERATION, PGM_ADDRESSING, PGM_SPECIFICATION, PGM_DATA,
                                    PGM_SPECIAL_OPERATION};
    uint32_t i;

    for (i = 0; i < sizeof(codes); i++) {
        start(state);
        leaves(BH_REASON_PROGRAM, codes[i], 4, UINT64_C(0xb279010000000000), 0, 0x2004);
        assert_program(codes[i], 0x2004);
    }
}

static void translation_exit_fills_or_raises(void **state)
{
    (void)state;
    fixture_dat_on();
    fixture_map(cpu.cr[13], 0x4000, 0x8000, 0);
    leaves(BH_REASON_TRANSLATION, PGM_PAGE, 4, 0, 0x4800, 0x2000);
    assert_int_equal(cpu.psw_address, 0x2000);
    assert_int_equal(kernel_word(shadow_find(cpu.cr[13]), 4), 0x8000);
    leaves(BH_REASON_TRANSLATION, PGM_PAGE, 4, 0, 0x705800, 0x2000);
    assert_program(PGM_SEGMENT, 0x2000);
}

static void supervisor_calls(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_PROBLEM;
    leaves(BH_REASON_SUPERVISOR, 0x8f, 2, 0, 0, 0x2002);
    assert_int_equal(cpu.psw_address, 0x10000 + LC_NEW_SUPERVISOR);
    assert_int_equal(low16(LC_SUPERVISOR_CODE), 0x8f);
    assert_int_equal(low64(LC_OLD_SUPERVISOR + 8), 0x2002);
    assert_true((low64(LC_OLD_SUPERVISOR) & PSW_PROBLEM) != 0);
    assert_int_equal(cpu.psw_mask & PSW_PROBLEM, 0);
}

/* Measured fact 10: the machine records no event for what the VMM executes, and reports that of an
 * SVC to the kernel. */
static void recording_of_emulated_instructions(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_PER;
    cpu.cr[9] = FETCHING;
    cpu.cr[10] = 0x2000;
    cpu.cr[11] = 0x2000;
    executes(SERVC, 4);
    assert_int_equal(device_calls, 1);
    assert_program(0x80, 0x2004);
    assert_int_equal(low64(LC_PER_ADDRESS), 0x2000);
    assert_int_equal(low16(LC_PER_CODE), 0x40e0); /* fetching; 64-bit mode, DAT off */
}

static void recording_only_where_it_is_wanted(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_PER;
    cpu.cr[9] = FETCHING;
    cpu.cr[10] = 0x2001;
    cpu.cr[11] = 0x1fff; /* wraps around: everything but 0x2000 */
    executes(SERVC, 4);
    assert_int_equal(cpu.psw_address, 0x2004);
    cpu.cr[10] = 0;
    cpu.cr[9] = 0;
    executes(SERVC, 4);
    assert_int_equal(cpu.psw_address, 0x2004);
    cpu.cr[9] = FETCHING;
    cpu.cr[11] = UINT64_MAX;
    cpu.psw_mask &= ~PSW_PER;
    executes(SERVC, 4);
    assert_int_equal(cpu.psw_address, 0x2004);
    cpu.psw_mask |= PSW_PER;
    cpu.cr[10] = 0x2000; /* wraps around from there */
    cpu.cr[11] = 0x10;
    executes(SERVC, 4);
    assert_program(0x80, 0x2004);
}

static void recording_of_a_supervisor_call(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_PER | PSW_PROBLEM;
    cpu.cr[9] = FETCHING;
    cpu.cr[11] = UINT64_MAX;
    leaves(BH_REASON_SUPERVISOR, 1, 2, 0, 0, 0x2002);
    assert_int_equal(low64(LC_OLD_SUPERVISOR + 8), 0x2002);
    assert_program(0x80, 0x10000 + LC_NEW_SUPERVISOR);
    assert_int_equal(low64(LC_PER_ADDRESS), 0x2000);
}

static void concurrent_event_does_not_hide_the_exception(void **state)
{
    (void)state;
    leaves(BH_REASON_PROGRAM, 0x80 | PGM_PRIVILEGED, 4, SERVC, 0, 0x2004);
    assert_int_equal(device_calls, 1);
    leaves(BH_REASON_PROGRAM, 0x80 | PGM_SPECIFICATION, 4, 0, 0, 0x2004);
    assert_program(0x86, 0x2004);
    fixture_dat_on();
    fixture_map(cpu.cr[13], 0x4000, 0x8000, 0);
    leaves(BH_REASON_PROGRAM, 0x80 | PGM_PROTECTION, 4, 0, 0x4404, 0x2004);
    assert_int_equal(cpu.psw_address, 0x2000); /* once more, with a new entry */
}

/* LRA 1,0 and STURG 2,1 in one exit. */
static void following_instructions_need_no_exit(void **state)
{
    (void)state;
    fixture_dat_on();
    fixture_map(cpu.cr[13], 0x2000, 0x8000, 0);
    fixture_map(cpu.cr[13], 0x4000, 0x9000, 0);
    put(0x8008, UINT64_C(0x0707070707070707));
    page.gr[2] = 77;
    put(0x8000, UINT64_C(0xb1103000b9250021));
    page.gr[3] = 0x4000;
    executes(get(0x8000), 4);
    assert_int_equal(page.gr[1], 0x9000);
    assert_int_equal(get(0x9000), 77);
    assert_int_equal(cpu.psw_address, 0x2008);
}

/* What follows is read again: the instruction before may have changed it. */
static void following_instruction_is_the_one_in_memory(void **state)
{
    (void)state;
    put(0x2000, UINT64_C(0xb92500210000ffff));
    executes(UINT64_C(0xb9250021b2200012), 4); /* SERVC was there when the kernel looked */
    assert_int_equal(device_calls, 0);
    assert_int_equal(cpu.psw_address, 0x2004);
}

static void followed_by(uint64_t mask, uint32_t calls)
{
    device_calls = 0;
    cpu.psw_mask = mask;
    put(0x2000, UINT64_C(0xb2200012b2200012));
    put(0x2008, UINT64_C(0x0707070707070707));
    executes(get(0x2000), 4);
    assert_int_equal(device_calls, calls);
    assert_int_equal(cpu.psw_address, 0x2000 + 4 * calls);
}

static void following_instruction_waits_for_interruptions(void **state)
{
    (void)state;
    followed_by(PSW_64, 2);
    followed_by(PSW_64 | PSW_EXTERNAL, 1);
    followed_by(PSW_64 | PSW_IO, 1);
    followed_by(PSW_64 | PSW_PER, 1);
    cpu.cr[14] = 0x10000000;
    followed_by(PSW_64 | PSW_MACHINE_CHECK, 2);
    interrupt_channel_report();
    followed_by(PSW_64 | PSW_MACHINE_CHECK, 1);
}

static void refresh_is_left_to_the_kernel(void **state)
{
    (void)state;
    put(0x2000, UINT64_C(0xb2200012b9d30024));
    put(0x2008, UINT64_C(0x0707070707070707));
    executes(get(0x2000), 4);
    assert_int_equal(device_calls, 1);
    assert_int_equal(cpu.psw_address, 0x2004);
}

static void following_execute_is_left_to_the_machine(void **state)
{
    (void)state;
    put(0x2000, UINT64_C(0xb220001244004000)); /* EX 0,0(4) */
    put(0x4000, UINT64_C(0xb220001207070707));
    page.gr[4] = 0x4000;
    executes(UINT64_C(0xb2200012b2200012), 4);
    assert_int_equal(device_calls, 1);
    assert_int_equal(cpu.psw_address, 0x2004);
}

static void first_instruction_of_an_interruption(void **state)
{
    (void)state;
    set_low64(LC_NEW_SUPERVISOR + 8, 0x5000);
    put(0x5000, UINT64_C(0xb220001207070707));
    cpu.psw_mask |= PSW_PROBLEM;
    set_low64(LC_NEW_SUPERVISOR, PSW_64);
    leaves(BH_REASON_SUPERVISOR, 1, 2, 0, 0, 0x2002);
    assert_int_equal(device_calls, 1);
    assert_int_equal(cpu.psw_address, 0x5004);
}

static void kick_changes_nothing(void **state)
{
    (void)state;
    leaves(BH_REASON_INTERRUPT, 0, 0, 0, 0, 0x2468);
    assert_int_equal(cpu.psw_address, 0x2468);
    assert_true(cpu.psw_mask == PSW_64);
}

static void settling(void **state)
{
    (void)state;
    assert_int_equal(exit_settle(&cpu), EXIT_RUN);
    assert_int_equal(test_clock_reads, 0); /* disabled: nobody asks for the time */
    cpu.psw_mask |= PSW_WAIT | PSW_EXTERNAL;
    assert_int_equal(exit_settle(&cpu), EXIT_WAIT);
    assert_true(cpu.waiting);
    cpu.cr[0] = 0x200;
    interrupt_service_signal(1);
    assert_int_equal(exit_settle(&cpu), EXIT_RUN);
    assert_false(cpu.waiting);
    assert_int_equal(cpu.psw_address, 0x10000 + LC_NEW_EXTERNAL);
    cpu.psw_mask |= PSW_WAIT;
    assert_int_equal(exit_settle(&cpu), EXIT_DISABLED_WAIT);
    cpu.stopped = 1;
    assert_int_equal(exit_settle(&cpu), EXIT_STOPPED);
}

static void several_interruptions_nest(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_EXTERNAL | PSW_IO;
    cpu.cr[0] = 0x200;
    cpu.cr[6] = 0xff000000;
    set_low64(LC_NEW_EXTERNAL, PSW_64 | PSW_IO);
    interrupt_service_signal(1);
    interrupt_adapter(0);
    assert_int_equal(exit_settle(&cpu), EXIT_RUN);
    assert_int_equal(cpu.psw_address, 0x10000 + LC_NEW_IO);
    assert_int_equal(low64(LC_OLD_IO + 8), 0x10000 + LC_NEW_EXTERNAL);
}

static void early_exception(void **state)
{
    (void)state;
    put(0x4000, PSW_64 | PSW_SHORT);
    put(0x4008, 0x5678);
    executes(UINT64_C(0xb2b2400000000000), 4);
    page.gr[4] = 0x4000;
    executes(UINT64_C(0xb2b2400000000000), 4);
    assert_true(cpu.psw_invalid);
    assert_int_equal(exit_settle(&cpu), EXIT_RUN);
    assert_program(PGM_SPECIFICATION, 0x5678);
    assert_int_equal(low16(LC_PROGRAM_ILC), 0);
    assert_true(low64(LC_OLD_PROGRAM) == (PSW_64 | PSW_SHORT));
}

static void invalid_program_new_psw_ends_the_guest(void **state)
{
    (void)state;
    set_low64(LC_NEW_PROGRAM, PSW_64 | PSW_SHORT);
    device_answer = PGM_OPERAND;
    executes(SERVC, 4);
    assert_int_equal(exit_settle(&cpu), EXIT_LOOP);
}

/* A user's exit never makes its problem state go away but by an interruption. */
static void user_state_stays_user_state(void **state)
{
    static const uint8_t codes[] = {PGM_SEGMENT, PGM_PAGE};
    uint32_t i;

    (void)state;
    fixture_dat_on();
    cpu.psw_mask = PSW_64 | PSW_DAT | PSW_PROBLEM;
    fixture_map(cpu.cr[1], 0x4000, 0x8000, 0);
    for (i = 0; i < 2; i++) {
        leaves(BH_REASON_TRANSLATION, codes[i], 4, 0, 0x4800, 0x2000);
        assert_int_equal(exit_settle(&cpu), EXIT_RUN);
        pv_enter(&cpu);
        assert_int_equal(page.problem, 1);
        assert_int_equal(page.key, 0);
        assert_int_equal(page.primary, shadow_find(cpu.cr[1]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(instructions_reach_their_handlers, start),
        cmocka_unit_test_setup(problem_state_reaches_no_handler, start),
        cmocka_unit_test_setup(unknown_instructions, start),
        cmocka_unit_test_setup(handler_that_refuses, start),
        cmocka_unit_test_setup(handler_that_nullifies, start),
        cmocka_unit_test_setup(executed_instruction_counts_by_its_execute, start),
        cmocka_unit_test_setup(mvcos_by_any_code, start),
        cmocka_unit_test_setup(mvcos_of_a_user_is_checked, start),
        cmocka_unit_test_setup(mvcos_of_a_user_may_be_allowed, start),
        cmocka_unit_test_setup(other_exceptions_are_the_guests, start),
        cmocka_unit_test_setup(translation_exit_fills_or_raises, start),
        cmocka_unit_test_setup(supervisor_calls, start),
        cmocka_unit_test_setup(recording_of_emulated_instructions, start),
        cmocka_unit_test_setup(recording_only_where_it_is_wanted, start),
        cmocka_unit_test_setup(recording_of_a_supervisor_call, start),
        cmocka_unit_test_setup(concurrent_event_does_not_hide_the_exception, start),
        cmocka_unit_test_setup(following_instructions_need_no_exit, start),
        cmocka_unit_test_setup(following_instruction_is_the_one_in_memory, start),
        cmocka_unit_test_setup(following_instruction_waits_for_interruptions, start),
        cmocka_unit_test_setup(refresh_is_left_to_the_kernel, start),
        cmocka_unit_test_setup(following_execute_is_left_to_the_machine, start),
        cmocka_unit_test_setup(first_instruction_of_an_interruption, start),
        cmocka_unit_test_setup(kick_changes_nothing, start),
        cmocka_unit_test_setup(settling, start),
        cmocka_unit_test_setup(several_interruptions_nest, start),
        cmocka_unit_test_setup(early_exception, start),
        cmocka_unit_test_setup(invalid_program_new_psw_ends_the_guest, start),
        cmocka_unit_test_setup(user_state_stays_user_state, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
