/* SPDX-License-Identifier: BSD-2-Clause */
/* Portals: events from the kernel to their handlers. Belongs to: kernel. */
#include "kernel/object/portal.h"
#include "kernel/machine.h"
#include "kernel/object/audit.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/partition.h"
#include "kernel/object/reply.h"
#include "kernel/object/thread_setup.h"
#include "kernel/object/vcpu.h"
#include "kernel/sched/ready.h"
#include "kernel/sched/timer.h"

uint32_t portal_endpoint[PORTALS];
uint64_t portal_badge[PORTALS];
uint32_t portal_time[PORTALS];

/* The portal of this reason, else the default one, else NOBODY. */
static uint32_t portal_of(uint32_t t, uint32_t reason)
{
    uint32_t portal = portal_slot(t, reason);

    if (portal_endpoint[portal] != NOBODY) {
        return portal;
    }
    portal = portal_slot(t, BH_REASON_DEFAULT);
    return portal_endpoint[portal] != NOBODY ? portal : NOBODY;
}

void portal_send(uint32_t t, uint32_t reason, uint64_t w0, uint64_t w1, uint64_t w2, uint64_t w3)
{
    uint32_t portal = portal_of(t, reason);
    uint32_t e, server;

    if (portal == NOBODY) {
        audit_add(BH_AUDIT_FAULT, t, w1, w2);
        partition_stop(thread_partition(t), BH_AUDIT_FAULT, t);
        return;
    }
    e = portal_endpoint[portal];
    thread_event(t) = reason;
    timer_arm(t, hw_time() + portal_time[portal] * (uint64_t)BH_TOD_PER_US);
    if (t == current && endpoint_receivers[e] != 0) {
        server = endpoint_take_receiver(t, e, portal_badge[portal]);
        reply_put_words(server, w0, w1, w2, w3);
        ready_hand_over(server);
        return;
    }
    thread_word(t, 0u) = w0;
    thread_word(t, 1u) = w1;
    thread_word(t, 2u) = w2;
    thread_word(t, 3u) = w3;
    thread_badge(t) = portal_badge[portal];
    endpoint_submit(t, e);
}

/* A handler may move the thread: it then goes on in home space, whatever it switched to, and with
 * no more rights than any process. */
static void move(uint32_t t, uint64_t address)
{
    THREAD_WORD(t, SAVE_PSW_MASK) = PSW_PROCESS;
    THREAD_WORD(t, SAVE_PSW_ADDRESS) = address;
}

uint32_t portal_answered(uint32_t t, uint32_t server)
{
    uint64_t action = thread_argument(server, 0);
    uint64_t address = thread_argument(server, 1);

    timer_cancel(t);
    if (action != BH_RESUME) {
        audit_add(BH_AUDIT_HANDLER_STOP, t, thread_event(t), server);
        partition_stop(thread_partition(t), BH_AUDIT_HANDLER_STOP, t);
        return 0;
    }
    if (thread_event(t) == BH_REASON_FAULT && address != 0) {
        move(t, address);
    }
    if (thread_event(t) == BH_REASON_RPCIT) {
        vcpu_rpcit_answered(t, server);
    }
    thread_event(t) = 0;
    return 1;
}

void portal_timeout(uint32_t t)
{
    audit_add(BH_AUDIT_PORTAL_TIMEOUT, t, thread_event(t), thread_server(t));
    partition_stop(thread_partition(t), BH_AUDIT_PORTAL_TIMEOUT, t);
}
