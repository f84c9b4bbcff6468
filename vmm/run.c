/* SPDX-License-Identifier: BSD-2-Clause */
/* The main loop. Belongs to: VMM. */
#include "vmm/run.h"

#include <stdio.h>

#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"
#include "libs/zformats/psw.h"
#include "vmm/clock.h"
#include "vmm/devices/statistics.h"
#include "vmm/hooks.h"
#include "vmm/interrupt.h"
#include "vmm/pv/pv.h"

/* An exit has to be answered within the time of its portal. While the guest waits it is, this
 * often, with an entry that ends at once. */
#define HEARTBEAT_US 250000u
/* When to try again to end the guest's turn, if it is neither running nor here: in a translator. */
#define RETRY_US 100u

static struct run_caps caps;

static void take_events(struct cpu *cpu, uint64_t bits)
{
    devices_event(cpu, bits);
    pci_event(cpu, bits);
}

/* When a timer of the guest has to be seen to. It may enable it without an exit, so it does not
 * matter that its PSW holds the timer back. */
static uint64_t timer_deadline(const struct cpu *cpu)
{
    return interrupt_next(cpu, clock_now());
}

/* Ends the guest's turn if there is something to deliver; until when to wait for its exit. */
static uint64_t kick_or_deadline(struct cpu *cpu)
{
    struct bh_results ended = {0};
    uint64_t now = clock_now(); /* for all three: what is not due is to come */

    pv_take_mask(cpu);
    if (!interrupt_deliverable(cpu, now)) {
        pv_give_mask(cpu, now);
        return interrupt_next(cpu, now);
    }
    BH_INVOKE(caps.vcpu, VCPU_KICK, &ended, 0);
    return ended.gr3 != 0 ? BH_NO_DEADLINE : bh_deadline(RETRY_US);
}

static void check(uint64_t error)
{
    if (error != BH_E_NOTIFIED && error != BH_E_TIMEOUT)
        bh_fatal("receive: %s", bh_error_text(error));
}

/* The next exit, after a first attempt that ended with this error. */
static void await_exit(struct cpu *cpu, uint64_t error, struct bh_message *message)
{
    while (error != BH_E_OK) {
        check(error);
        if (error == BH_E_NOTIFIED)
            take_events(cpu, message->badge);
        error = bh_svc_recv(caps.exits, kick_or_deadline(cpu), message);
    }
}

/* What comes due after the look for a deadline, pv_enter() notes or the deadline is for. */
static uint64_t resume_and_receive(struct cpu *cpu, struct bh_message *message)
{
    uint64_t deadline = timer_deadline(cpu);

    pv_enter(cpu);
    message->word[0] = BH_RESUME;
    return bh_svc_reply_recv(caps.exits, deadline, message);
}

static void report_unknown(void)
{
    printf("vmm: no such instruction: opcode %04x at %016lx\n", exit_unknown, exit_unknown_address);
    exit_unknown = 0;
}

static void enter(struct cpu *cpu, struct bh_message *message)
{
    await_exit(cpu, resume_and_receive(cpu, message), message);
    statistics_exit(message->word);
    exit_serve(cpu, message->word);
}

/* An exit that says nothing: of a guest that was not let in anywhere. */
static void await_nothing(struct cpu *cpu, uint64_t error, struct bh_message *message)
{
    while (error != BH_E_OK) {
        check(error);
        if (error == BH_E_NOTIFIED)
            take_events(cpu, message->badge);
        error = bh_svc_recv(caps.exits, BH_NO_DEADLINE, message);
    }
}

static void idle(struct cpu *cpu, struct bh_message *message)
{
    uint64_t heartbeat = bh_deadline(HEARTBEAT_US);
    uint64_t timer = timer_deadline(cpu);
    uint64_t bits;
    uint64_t error = bh_svc_wait(caps.events, timer < heartbeat ? timer : heartbeat, &bits);

    if (error == BH_E_OK) {
        take_events(cpu, bits);
        return;
    }
    check(error);
    if (timer < heartbeat)
        return;
    pv_enter_nothing(cpu);
    message->word[0] = BH_RESUME;
    await_nothing(cpu, bh_svc_reply_recv(caps.exits, BH_NO_DEADLINE, message), message);
}

static void start(struct cpu *cpu, struct bh_message *message)
{
    uint64_t error;

    pv_enter_nothing(cpu);
    error = BH_PLAIN(caps.vcpu, VCPU_START, 0);
    if (error != BH_E_OK)
        bh_fatal("the vCPU does not start: %s", bh_error_text(error));
    await_nothing(cpu, bh_svc_recv(caps.exits, BH_NO_DEADLINE, message), message);
    if (message->word[0] >> 32 == BH_REASON_INVALID)
        bh_fatal("this machine runs guests under SIE, which this VMM does not know");
}

enum exit_next run(struct cpu *cpu, const struct run_caps *given)
{
    struct bh_message message;
    enum exit_next next;

    caps = *given;
    start(cpu, &message);
    while ((next = exit_settle(cpu)) == EXIT_RUN || next == EXIT_WAIT) {
        if (next == EXIT_RUN)
            enter(cpu, &message);
        else
            idle(cpu, &message);
        if (exit_unknown != 0)
            report_unknown();
    }
    return next;
}

void run_end(void)
{
    uint64_t words[BH_MESSAGE_WORDS] = {BH_STOP};

    bh_svc_reply(words);
}
