/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: threads: set-up, life, inspection. Belongs to: test. */
#include "tests/unit/kernel/methods.h"

#include "kernel/object/audit.h"
#include "kernel/object/captable.h"
#include "kernel/object/notification.h"
#include "kernel/object/portal.h"
#include "kernel/sched/ready.h"
#include "libs/zformats/psw.h"
#include "tests/unit/kernel/machine.h"

#define SLOT 40u
#define REASON BH_REASON_FAULT

static struct process one, two;
static uint32_t fresh; /* number of the thread in SLOT: created, nothing more */

static void prepare(void)
{
    new_process(&one, 1);
    new_process(&two, 1);
    assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_THREAD, SLOT, one.captable, one.space,
                  9, BH_THREAD_FP);
    fresh = object_of(SLOT);
}

static void test_configure_sets_the_first_registers(void **state)
{
    (void)state;
    prepare();
    assert_state(fresh, NEW);
    assert_invoke(OK, INIT, SLOT, THREAD_CONFIGURE, 0x1234, 0x5678, 0x9abc, PROCESS_PAGE + 1);
    assert_state(fresh, SET);
    assert_int_equal(psw_address_of(fresh), 0x1234);
    assert_int_equal(gr(fresh, 15), 0x5678);
    assert_int_equal(gr(fresh, 2), 0x9abc);
    assert_int_equal(thread_message(fresh), host_frame(one.page + 1) * BH_PAGE_SIZE);
    assert_invoke(OK, INIT, SLOT, THREAD_CONFIGURE, 0, 0, 0, UINT64_MAX);
    assert_int_equal(thread_message(fresh), 0);
}

/* Problem state, home space, interruptions open, key 0: whatever the caller wants. */
static void test_a_thread_begins_with_a_safe_psw(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, INIT, SLOT, THREAD_CONFIGURE, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX);
    assert_int_equal(psw_mask_of(fresh), PSW_DAT | PSW_IO | PSW_EXTERNAL | PSW_MACHINE_CHECK |
                                             PSW_PROBLEM | PSW_AS_HOME | PSW_64);
}

/* The kernel will write to the message buffer, so the process must be able to. */
static void test_configure_wants_a_writable_message_page(void **state)
{
    static const uint64_t bad[] = {0,
                                   PROCESS_PAGE - 1,
                                   PROCESS_PAGE + PROCESS_PAGES,
                                   BH_BATCH,
                                   BH_BATCH + PROCESS_PAGE,
                                   (UINT64_C(1) << 52) + PROCESS_PAGE,
                                   UINT64_C(0x100000000) + PROCESS_PAGE,
                                   UINT64_MAX - 1};
    uint32_t i;

    (void)state;
    prepare();
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_invoke(BOUND, INIT, SLOT, THREAD_CONFIGURE, 0, 0, 0, bad[i]);
    }
    assert_invoke(OK, INIT, one.space, SPACE_MAP, 0x80, 0, 2, 1, BH_R_REGION_READ);
    assert_invoke(BOUND, INIT, SLOT, THREAD_CONFIGURE, 0, 0, 0, 0x80);
    assert_state(fresh, NEW);
}

static void test_configure_only_before_the_start(void **state)
{
    (void)state;
    prepare();
    assert_invoke(STATE, INIT, one.thread, THREAD_CONFIGURE, 0, 0, 0, UINT64_MAX);
    assert_invoke(OK, INIT, SLOT, THREAD_STOP);
    assert_invoke(STATE, INIT, SLOT, THREAD_CONFIGURE, 0, 0, 0, UINT64_MAX);
    seal();
    assert_invoke(SEALED, INIT, SLOT, THREAD_CONFIGURE, 0, 0, 0, UINT64_MAX);
}

static void test_start_once(void **state)
{
    (void)state;
    prepare();
    assert_invoke(STATE, INIT, SLOT, THREAD_START);
    assert_invoke(OK, INIT, SLOT, THREAD_CONFIGURE, 0, 0, 0, UINT64_MAX);
    seal();
    assert_invoke(OK, INIT, SLOT, THREAD_START);
    assert_state(fresh, READY);
    assert_invoke(STATE, INIT, SLOT, THREAD_START);
    assert_invoke(OK, INIT, SLOT, THREAD_STOP);
    assert_invoke(STATE, INIT, SLOT, THREAD_START);
    assert_state(fresh, ENDED);
}

static void test_stop_in_every_state(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, INIT, SLOT, THREAD_STOP);
    assert_state(fresh, ENDED);
    assert_audit(THREAD_STOP, fresh, INIT, 0);
    assert_invoke(OK, INIT, one.thread, THREAD_STOP);
    assert_state(one.t, ENDED);
    assert_audit(THREAD_STOP, one.t, INIT, 0);
}

/* An ended thread cannot be stopped again and again to push records out of the audit trail. */
static void test_stop_of_an_ended_thread_leaves_no_record(void **state)
{
    uint64_t records;

    (void)state;
    prepare();
    assert_invoke(OK, INIT, one.thread, THREAD_STOP);
    records = audit_count;
    assert_invoke(OK, INIT, one.thread, THREAD_STOP);
    assert_int_equal(audit_count, records);
}

static void test_a_thread_may_stop_itself(void **state)
{
    (void)state;
    prepare();
    grant(&one, one.thread, BH_R_THREAD_CONTROL, 0);
    assert_invoke(OK, one.t, one.thread, THREAD_STOP);
    assert_state(one.t, ENDED);
}

static void test_bind(void **state)
{
    uint32_t mine, other, foreign;

    (void)state;
    prepare();
    mine = new_notification(one.partition);
    other = new_notification(one.partition);
    foreign = new_notification(two.partition);
    assert_invoke(BOUND, INIT, one.thread, THREAD_BIND, foreign);
    assert_invoke(OK, INIT, one.thread, THREAD_BIND, mine);
    assert_int_equal(thread_bound(one.t), object_of(mine));
    assert_int_equal(notification_bound[object_of(mine)], one.t);
    assert_invoke(STATE, INIT, one.thread, THREAD_BIND, other);
    assert_invoke(STATE, INIT, SLOT, THREAD_BIND, mine);
    seal();
    assert_invoke(SEALED, INIT, SLOT, THREAD_BIND, other);
}

static void test_portal(void **state)
{
    uint32_t mine, foreign;

    (void)state;
    prepare();
    mine = new_endpoint(one.partition);
    foreign = new_endpoint(two.partition);
    assert_invoke(ARG, INIT, one.thread, THREAD_PORTAL, BH_REASONS, mine, 1);
    assert_invoke(ARG, INIT, one.thread, THREAD_PORTAL, UINT64_C(0x100000001), mine, 1);
    assert_invoke(ARG, INIT, one.thread, THREAD_PORTAL, REASON, mine, 0);
    assert_invoke(ARG, INIT, one.thread, THREAD_PORTAL, REASON, mine, 10000001);
    assert_invoke(BOUND, INIT, one.thread, THREAD_PORTAL, REASON, foreign, 1);
    assert_invoke(OK, INIT, one.thread, THREAD_PORTAL, REASON, mine, 10000000);
    assert_invoke(EXISTS, INIT, one.thread, THREAD_PORTAL, REASON, mine, 1);
    assert_invoke(OK, INIT, one.thread, THREAD_PORTAL, BH_REASON_DEFAULT, mine, 1);
    seal();
    assert_invoke(SEALED, INIT, one.thread, THREAD_PORTAL, BH_REASON_WAIT, mine, 1);
}

static void test_portal_needs_the_right_to_send_events(void **state)
{
    uint32_t endpoint;

    (void)state;
    prepare();
    endpoint = new_endpoint(one.partition);
    assert_invoke(OK, INIT, BH_INIT_CAPTABLE, CAPTABLE_REDUCE, endpoint,
                  BH_R_ENDPOINT_CALL | BH_R_ENDPOINT_RECV);
    assert_invoke(RIGHT, INIT, one.thread, THREAD_PORTAL, REASON, endpoint, 1);
}

static void test_inspect(void **state)
{
    uint32_t n;

    (void)state;
    prepare();
    n = new_notification(one.partition);
    assert_invoke(OK, INIT, SLOT, THREAD_INSPECT);
    assert_int_equal(result(INIT, 0), THREAD_NEW);
    assert_int_equal(result(INIT, 1), 9);
    assert_int_equal(result(INIT, 2), one.p);
    assert_int_equal(result(INIT, 3), object_of(one.captable) * 256 + object_of(one.space));
    assert_int_equal(result(INIT, 4), 0);
    assert_invoke(OK, INIT, SLOT, THREAD_BIND, n);
    assert_invoke(OK, INIT, SLOT, THREAD_INSPECT);
    assert_int_equal(result(INIT, 4), object_of(n) + 1);
}

static void test_portal_inspect(void **state)
{
    uint32_t endpoint, badged = 50;

    (void)state;
    prepare();
    endpoint = new_endpoint(one.partition);
    assert_invoke(OK, INIT, BH_INIT_CAPTABLE, CAPTABLE_GRANT, badged, endpoint, EVERYTHING, 99);
    assert_invoke(OK, INIT, SLOT, THREAD_PORTAL_INSPECT, REASON);
    assert_int_equal(result(INIT, 0), 0);
    assert_invoke(OK, INIT, SLOT, THREAD_PORTAL, REASON, badged, 500);
    assert_invoke(OK, INIT, SLOT, THREAD_PORTAL_INSPECT, REASON);
    assert_int_equal(result(INIT, 0), object_of(endpoint) + 1);
    assert_int_equal(result(INIT, 1), 99);
    assert_int_equal(result(INIT, 2), 500);
    assert_invoke(ARG, INIT, SLOT, THREAD_PORTAL_INSPECT, BH_REASONS);
    assert_invoke(ARG, INIT, SLOT, THREAD_PORTAL_INSPECT, UINT64_MAX);
}

/* What init compares with the description; nobody reads the registers of a thread that runs. */
static void test_start_inspect(void **state)
{
    uint64_t frame;

    (void)state;
    prepare();
    frame = host_frame(one.page) + 1u;
    assert_invoke(STATE, INIT, SLOT, THREAD_START_INSPECT);
    assert_invoke(OK, INIT, SLOT, THREAD_CONFIGURE, 0x1234, 0x5678, 0x9abc, PROCESS_PAGE + 1u);
    assert_invoke(OK, INIT, SLOT, THREAD_START_INSPECT);
    assert_int_equal(result(INIT, 0), 0x1234);
    assert_int_equal(result(INIT, 1), 0x5678);
    assert_int_equal(result(INIT, 2), 0x9abc);
    assert_int_equal(result(INIT, 3), frame);
    assert_int_equal(result(INIT, 4), thread_flags(object_of(SLOT)));
    assert_invoke(OK, INIT, SLOT, THREAD_CONFIGURE, 0x1234, 0, 0, UINT64_MAX);
    assert_invoke(OK, INIT, SLOT, THREAD_START_INSPECT);
    assert_int_equal(result(INIT, 3), 0);
    assert_invoke(OK, INIT, SLOT, THREAD_START);
    assert_invoke(STATE, INIT, SLOT, THREAD_START_INSPECT);
    assert_invoke(OK, INIT, SLOT, THREAD_STOP);
    assert_invoke(STATE, INIT, SLOT, THREAD_START_INSPECT);
}

/* Owners of what threads meet at; which thread a notification is bound to. */
static void test_meeting_points_tell_their_owner(void **state)
{
    uint32_t endpoint, n;

    (void)state;
    prepare();
    endpoint = new_endpoint(one.partition);
    n = new_notification(one.partition);
    assert_invoke(OK, INIT, endpoint, ENDPOINT_INSPECT);
    assert_int_equal(result(INIT, 0), one.p);
    assert_invoke(OK, INIT, n, NOTIFICATION_INSPECT);
    assert_int_equal(result(INIT, 0), one.p);
    assert_int_equal(result(INIT, 1), 0);
    assert_invoke(OK, INIT, one.thread, THREAD_BIND, n);
    assert_invoke(OK, INIT, n, NOTIFICATION_INSPECT);
    assert_int_equal(result(INIT, 1), one.t + 1);
    endpoint = new_endpoint(two.partition);
    assert_invoke(OK, INIT, endpoint, ENDPOINT_INSPECT);
    assert_int_equal(result(INIT, 0), two.p);
}

const struct CMUnitTest methods_thread[] = {
    kernel_test(test_configure_sets_the_first_registers),
    kernel_test(test_a_thread_begins_with_a_safe_psw),
    kernel_test(test_configure_wants_a_writable_message_page),
    kernel_test(test_configure_only_before_the_start),
    kernel_test(test_start_once),
    kernel_test(test_stop_in_every_state),
    kernel_test(test_stop_of_an_ended_thread_leaves_no_record),
    kernel_test(test_a_thread_may_stop_itself),
    kernel_test(test_bind),
    kernel_test(test_portal),
    kernel_test(test_portal_needs_the_right_to_send_events),
    kernel_test(test_inspect),
    kernel_test(test_portal_inspect),
    kernel_test(test_start_inspect),
    kernel_test(test_meeting_points_tell_their_owner),
    kernel_tests_end,
};
