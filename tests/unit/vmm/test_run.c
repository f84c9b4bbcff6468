/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the main loop on a script of what its system calls return: timers, kicks, waits,
 * heartbeats. */
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"
#include "tests/unit/vmm/fixture.h"
#include "tests/unit/vmm/handlers.h"
#include "vmm/devices/statistics.h"
#include "vmm/dispatch.h"
#include "vmm/hooks.h"
#include "vmm/interrupt.h"
#include "vmm/lowcore.h"
#include "vmm/run.h"

#define VCPU 1u
#define EXITS 2u
#define EVENTS 3u
#define HEARTBEAT (250000u * UINT64_C(4096))
#define RETRY (100u * UINT64_C(4096))

/* What the kernel does next when the VMM blocks, and what the VMM must have asked for. */
enum step_kind { EXIT, NOTIFIED, TIMEOUT };

struct step {
    enum step_kind kind;
    uint64_t value;    /* EXIT: w0; NOTIFIED: bits */
    uint64_t deadline; /* expected; 0: do not care */
    uint64_t text;     /* EXIT: w1 */
};

static const struct step *script;
static uint32_t at, steps;
static uint32_t replies, kicks, starts, stops;
static uint64_t kicked; /* what a kick returns */
static uint64_t bits_seen;
static uint64_t start_error, receive_error;
static const char *fatal; /* what the VMM is expected to end with */
static jmp_buf after_fatal;
static uint64_t timer_after; /* of NOW */
static void (*on_event)(void);
static void (*on_step)(uint64_t deadline); /* after the VMM has said what it waits for */

#define STEPS 16u
static uint64_t pending_at[STEPS]; /* what the state page said at each step */

static uint64_t next_step(uint64_t deadline, struct bh_message *message, uint64_t *bits)
{
    const struct step *step = &script[at];

    assert_true(at < steps && at < STEPS);
    pending_at[at] = page.pending;
    at++;
    if (receive_error != BH_E_OK)
        return receive_error;
    if (on_step)
        on_step(deadline);
    if (step->deadline != 0)
        assert_true(deadline == step->deadline);
    if (step->kind == TIMEOUT) {
        assert_true(deadline != BH_NO_DEADLINE);
        test_clock = deadline + 1;
        return BH_E_TIMEOUT;
    }
    if (step->kind == NOTIFIED && message) {
        message->badge = step->value;
        return BH_E_NOTIFIED;
    }
    if (step->kind == NOTIFIED) {
        *bits = step->value;
        return BH_E_OK;
    }
    assert_non_null(message); /* no exit comes while the guest waits */
    message->word[0] = step->value;
    message->word[1] = step->text;
    page.psw_mask = PSW_64 | PSW_DAT | PSW_PROBLEM;
    page.psw_address = 0x2004;
    return BH_E_OK;
}

uint64_t bh_svc_reply_recv(uint64_t cap, uint64_t deadline, struct bh_message *message)
{
    assert_int_equal(cap, EXITS);
    assert_int_equal(message->word[0], BH_RESUME);
    replies++;
    return next_step(deadline, message, NULL);
}

uint64_t bh_svc_reply(const uint64_t words[BH_MESSAGE_WORDS])
{
    if (words[0] == BH_STOP)
        stops++;
    else
        replies++;
    return BH_E_OK;
}

uint64_t bh_svc_recv(uint64_t cap, uint64_t deadline, struct bh_message *message)
{
    assert_int_equal(cap, EXITS);
    return next_step(deadline, message, NULL);
}

uint64_t bh_svc_wait(uint64_t cap, uint64_t deadline, uint64_t *bits)
{
    assert_int_equal(cap, EVENTS);
    return next_step(deadline, NULL, bits);
}

uint64_t bh_svc_invoke(uint64_t cap, uint64_t method, const uint64_t arguments[BH_ARGUMENTS],
                       struct bh_results *results)
{
    (void)arguments;
    assert_int_equal(cap, VCPU);
    starts += method == BH_M_VCPU_START;
    kicks += method == BH_M_VCPU_KICK;
    results->gr3 = kicked;
    return method == BH_M_VCPU_START ? start_error : BH_E_OK;
}

uint64_t bh_deadline(uint64_t us)
{
    return test_clock + us * BH_TOD_PER_US;
}

const char *bh_error_text(uint64_t error)
{
    (void)error;
    return "";
}

void bh_fatal(const char *format, ...)
{
    assert_non_null(fatal);
    assert_string_equal(format, fatal);
    longjmp(after_fatal, 1);
}

void devices_event(struct cpu *unused, uint64_t bits)
{
    (void)unused;
    bits_seen |= bits;
    if (on_event)
        on_event();
}

void pci_event(struct cpu *unused, uint64_t bits)
{
    (void)unused;
    bits_seen |= bits << 32;
}

static uint32_t counted;

void statistics_exit(const uint64_t word[4])
{
    (void)word;
    counted++;
}

#define REASON(name) ((uint64_t)BH_REASON_##name << 32)
#define INSTRUCTION (REASON(INSTRUCTION) | 4u << 16 | PGM_PRIVILEGED)
#define NOTHING                                                                                    \
    {                                                                                              \
        EXIT, REASON(TRANSLATION), 0, 0                                                            \
    }
#define STOP                                                                                       \
    {                                                                                              \
        EXIT, INSTRUCTION, 0, UINT64_C(0xae00000500000000)                                         \
    } /* SIGP, refused */

static int start(void **state)
{
    fixture_start(state);
    dispatch_start();
    at = replies = kicks = starts = stops = 0;
    bits_seen = 0;
    counted = 0;
    on_event = NULL;
    on_step = NULL;
    kicked = 1;
    start_error = receive_error = BH_E_OK;
    fatal = NULL;
    device_answer = PGM_NONE;
    set_low64(LC_NEW_EXTERNAL, PSW_64);
    set_low64(LC_NEW_EXTERNAL + 8, 0x7000);
    set_low64(LC_NEW_PROGRAM, PSW_64 | PSW_WAIT);
    set_low64(LC_NEW_PROGRAM + 8, 0x6000);
    return 0;
}

/* Runs the script; the guest ends with a disabled wait when a device refuses its instruction. */
static void play(const struct step *given, uint32_t n)
{
    static const struct run_caps caps = {VCPU, EXITS, EVENTS};

    script = given;
    steps = n;
    device_answer = PGM_OPERAND;
    assert_int_equal(run(&cpu, &caps), EXIT_DISABLED_WAIT);
    assert_int_equal(at, n);
    assert_int_equal(starts, 1);
}

#define PLAY(...)                                                                                  \
    do {                                                                                           \
        const struct step given[] = {__VA_ARGS__};                                                 \
        play(given, sizeof(given) / sizeof(given[0]));                                             \
    } while (0)

static void exit_by_exit(void **state)
{
    (void)state;
    PLAY(NOTHING, {EXIT, REASON(INTERRUPT), BH_NO_DEADLINE, 0}, STOP);
    assert_int_equal(replies, 2);
    assert_int_equal(counted, 2);
    assert_int_equal(kicks, 0);
}

static void timer_ends_the_guests_turn(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_EXTERNAL;
    cpu.cr[0] = 0x800;
    cpu.clock_comparator = NOW + 5000;
    PLAY(NOTHING, {TIMEOUT, 0, NOW + 5000, 0}, {EXIT, REASON(INTERRUPT), BH_NO_DEADLINE, 0}, STOP);
    assert_int_equal(kicks, 1);
    assert_int_equal(low16(LC_EXTERNAL_CODE), 0x1004);
}

static void timer_that_is_masked_does_not(void **state)
{
    (void)state;
    cpu.cr[0] = 0x800;
    cpu.clock_comparator = NOW - 1;
    PLAY(NOTHING, {EXIT, REASON(INTERRUPT), BH_NO_DEADLINE, 0}, STOP);
    assert_int_equal(kicks, 0);
    assert_int_equal(page.pending, BH_MASK_EXTERNAL);
}

/* The guest could enable it without an exit, so somebody has to note that it is due, once. */
static void timer_that_comes_due_while_masked_is_noted(void **state)
{
    (void)state;
    cpu.cr[0] = 0x800;
    cpu.clock_comparator = NOW + 5000;
    PLAY(NOTHING, {TIMEOUT, 0, NOW + 5000, 0}, {EXIT, REASON(INTERRUPT), BH_NO_DEADLINE, 0}, STOP);
    assert_int_equal(kicks, 0);
    assert_int_equal(pending_at[1], 0);
    assert_int_equal(pending_at[2], BH_MASK_EXTERNAL);
}

/* Step 1 of the script is the guest, running, before which the VMM saw to the timer or not. */
static void assert_timer_is_seen_to(uint64_t deadline)
{
    uint64_t noted = page.pending & ~page.mask & BH_MASK_EXTERNAL;

    if (replies != 0 && kicks == 0 && (cpu.cr[0] & 0xc00) != 0 && noted == 0)
        assert_true(deadline <= NOW + timer_after || deadline <= test_clock);
}

/* The clock goes on while the VMM works. Whenever the timer's time comes, it is waited for, or it
 * is noted as what the guest may not enable without an exit, or the guest's turn ends. */
static void plays_with_a_timer(void **state, uint64_t after, uint32_t cr0, uint64_t mask)
{
    start(state);
    test_clock_step = 1;
    timer_after = after;
    on_step = assert_timer_is_seen_to;
    cpu.psw_mask |= mask;
    cpu.cr[0] = cr0;
    cpu.clock_comparator = NOW + after;
    cpu.cpu_timer_zero = NOW + after;
    PLAY(NOTHING, {NOTIFIED, 1, 0, 0}, {NOTIFIED, 2, 0, 0}, {EXIT, REASON(INTERRUPT), 0, 0}, STOP);
}

static void no_timer_gets_lost_between_two_looks_at_the_clock(void **state)
{
    uint64_t after;

    for (after = 0; after < 40; after++) {
        plays_with_a_timer(state, after, 0x800, 0);
        plays_with_a_timer(state, after, 0x800, PSW_EXTERNAL);
        plays_with_a_timer(state, after, 0x400, 0);
        plays_with_a_timer(state, after, 0x400, PSW_EXTERNAL);
    }
    assert_true(test_clock > NOW + 4 &&
                test_clock < NOW + 40); /* each reading was a timer's time */
}

static void signal_now(void)
{
    interrupt_service_signal(4);
}

/* The kernel executed STOSM for it while something was under way. */
static void enables_itself(uint64_t deadline)
{
    (void)deadline;
    if (at == 2) {
        assert_int_equal(page.mask, 0);
        page.mask = BH_MASK_EXTERNAL;
    }
}

static void guest_that_enabled_itself_is_kicked(void **state)
{
    (void)state;
    cpu.cr[0] = 0x200;
    on_event = signal_now;
    on_step = enables_itself;
    PLAY(NOTHING, {NOTIFIED, 1, 0, 0}, {EXIT, REASON(INTERRUPT), BH_NO_DEADLINE, 0}, STOP);
    assert_int_equal(kicks, 1);
    assert_int_equal(low16(LC_EXTERNAL_CODE), 0x2401);
}

static void disables_itself(uint64_t deadline)
{
    (void)deadline;
    if (at == 2)
        page.mask = 0;
}

/* What arrives then is noted in the state page at once, not at the next entry. */
static void guest_that_disabled_itself_is_not_kicked(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_EXTERNAL;
    cpu.cr[0] = 0x200;
    on_event = signal_now;
    on_step = disables_itself;
    PLAY(NOTHING, {NOTIFIED, 1, 0, 0}, {EXIT, REASON(INTERRUPT), BH_NO_DEADLINE, 0}, STOP);
    assert_int_equal(kicks, 0);
    assert_int_equal(pending_at[1], 0);
    assert_int_equal(pending_at[2], BH_MASK_EXTERNAL);
}

static void notification_ends_the_guests_turn(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_EXTERNAL;
    cpu.cr[0] = 0x200;
    on_event = signal_now;
    PLAY(NOTHING, {NOTIFIED, 9, 0, 0}, {EXIT, REASON(INTERRUPT), BH_NO_DEADLINE, 0}, STOP);
    assert_int_equal(kicks, 1);
    assert_true(bits_seen == (9 | UINT64_C(9) << 32));
    assert_int_equal(low16(LC_EXTERNAL_CODE), 0x2401);
}

static void notification_for_a_masked_guest_does_not(void **state)
{
    (void)state;
    on_event = signal_now;
    PLAY(NOTHING, {NOTIFIED, 1, 0, 0}, {EXIT, REASON(INTERRUPT), BH_NO_DEADLINE, 0}, STOP);
    assert_int_equal(kicks, 0);
}

/* It is in the translator, or its exit is on the way. */
static void kick_that_finds_no_guest_is_repeated(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_EXTERNAL;
    cpu.cr[0] = 0x200;
    on_event = signal_now;
    kicked = 0;
    PLAY(NOTHING, {NOTIFIED, 1, 0, 0}, {TIMEOUT, 0, NOW + RETRY, 0},
         {EXIT, REASON(INTERRUPT), 0, 0}, STOP);
    assert_int_equal(kicks, 2);
}

static void waiting_guest_is_not_entered(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_EXTERNAL | PSW_WAIT;
    cpu.cr[0] = 0xa00;
    cpu.clock_comparator = NOW + 7000;
    PLAY(NOTHING, {NOTIFIED, 2, NOW + 7000, 0}, {TIMEOUT, 0, NOW + 7000, 0}, STOP);
    assert_int_equal(replies, 1);
    assert_int_equal(kicks, 0);
    assert_int_equal(low16(LC_EXTERNAL_CODE), 0x1004);
}

static void end_wait(void)
{
    if ((bits_seen & 64u) != 0)
        interrupt_service_signal(4);
}

/* The kernel wants an answer in time, even if there is nothing to do: an entry into nothing, whose
 * exit leaves the guest as it was. */
static void long_wait_has_a_heartbeat(void **state)
{
    (void)state;
    cpu.psw_mask |= PSW_EXTERNAL | PSW_WAIT;
    cpu.psw_address = 0x1234;
    cpu.cr[0] = 0x200;
    on_event = end_wait;
    PLAY(NOTHING, {TIMEOUT, 0, NOW + HEARTBEAT, 0}, {NOTIFIED, 8, 0, 0}, NOTHING,
         {TIMEOUT, 0, NOW + 2 * HEARTBEAT + 1, 0}, NOTHING, {NOTIFIED, 64, 0, 0}, STOP);
    assert_int_equal(replies, 3);
    assert_int_equal(low64(LC_OLD_EXTERNAL + 8), 0x1234);
    assert_int_equal(kernel_maps, 0);
}

static void instruction_that_nobody_knows_is_an_exception_and_reported(void **state)
{
    (void)state;
    PLAY(NOTHING, {EXIT, INSTRUCTION, 0, UINT64_C(0xb2ff000000000000)});
    assert_int_equal(low16(LC_PROGRAM_CODE), PGM_OPERATION);
    assert_int_equal(exit_unknown, 0);
    assert_int_equal(exit_unknown_address, 0x2000);
}

static void the_end_is_told_to_the_kernel(void **state)
{
    (void)state;
    run_end();
    assert_int_equal(stops, 1);
    assert_int_equal(replies, 0);
}

/* The VMM ends with this. */
static void ends_with(const char *text, const struct step *given, uint32_t n)
{
    fatal = text;
    if (setjmp(after_fatal) == 0) {
        play(given, n);
        fail_msg("the VMM went on");
    }
}

static void vcpu_that_does_not_start(void **state)
{
    (void)state;
    start_error = BH_E_STATE;
    ends_with("the vCPU does not start: %s", NULL, 0);
}

static void other_back_end(void **state)
{
    static const struct step given[] = {{EXIT, REASON(INVALID), 0, 0}};

    (void)state;
    ends_with("this machine runs guests under SIE, which this VMM does not know", given, 1);
}

static void exits_that_cannot_be_received(void **state)
{
    static const struct step given[] = {NOTHING};

    (void)state;
    receive_error = BH_E_RIGHT;
    ends_with("receive: %s", given, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(exit_by_exit, start),
        cmocka_unit_test_setup(timer_ends_the_guests_turn, start),
        cmocka_unit_test_setup(timer_that_is_masked_does_not, start),
        cmocka_unit_test_setup(timer_that_comes_due_while_masked_is_noted, start),
        cmocka_unit_test_setup(no_timer_gets_lost_between_two_looks_at_the_clock, start),
        cmocka_unit_test_setup(guest_that_enabled_itself_is_kicked, start),
        cmocka_unit_test_setup(guest_that_disabled_itself_is_not_kicked, start),
        cmocka_unit_test_setup(notification_ends_the_guests_turn, start),
        cmocka_unit_test_setup(notification_for_a_masked_guest_does_not, start),
        cmocka_unit_test_setup(kick_that_finds_no_guest_is_repeated, start),
        cmocka_unit_test_setup(waiting_guest_is_not_entered, start),
        cmocka_unit_test_setup(long_wait_has_a_heartbeat, start),
        cmocka_unit_test_setup(instruction_that_nobody_knows_is_an_exception_and_reported, start),
        cmocka_unit_test_setup(the_end_is_told_to_the_kernel, start),
        cmocka_unit_test_setup(vcpu_that_does_not_start, start),
        cmocka_unit_test_setup(other_back_end, start),
        cmocka_unit_test_setup(exits_that_cannot_be_received, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
