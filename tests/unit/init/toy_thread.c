/* SPDX-License-Identifier: BSD-2-Clause */
/* The toy kernel: threads. Belongs to: test. */
#include "tests/lib/test.h"

#include "tests/unit/init/toy.h"

static uint64_t configure(struct toy_thread *thread, const uint64_t *a)
{
    const struct toy_space *space = &toy.space[thread->space];

    if (toy.sealed)
        return BH_E_SEALED;
    if (a[3] >= space->pages || !(space->leaf[a[3]].rights & BH_R_REGION_WRITE))
        return BH_E_BOUND;
    thread->entry = a[0];
    thread->stack = a[1];
    thread->argument = a[2];
    thread->message = a[3];
    thread->state = TOY_SET;
    return BH_E_OK;
}

static uint64_t bind(struct toy_thread *thread, const uint64_t *a)
{
    uint64_t notification;
    uint64_t error = toy_own(a[0], BH_NOTIFICATION, BH_R_NOTIFICATION_WAIT, &notification);

    if (error != BH_E_OK)
        return error;
    if (toy.notification_owner[notification] != thread->owner)
        return BH_E_BOUND;
    thread->bound = notification;
    toy.notification_thread[notification] = (uint64_t)(thread - toy.thread) + 1;
    return BH_E_OK;
}

uint64_t toy_set_portal(struct toy_portal *portal, uint64_t owner, const uint64_t *a)
{
    uint64_t endpoint;
    uint64_t error = toy_own(a[1], BH_ENDPOINT, BH_R_ENDPOINT_EVENT, &endpoint);

    if (error != BH_E_OK)
        return error;
    if (a[0] >= BH_REASONS || a[2] == 0)
        return BH_E_ARG;
    if (toy.endpoint_owner[endpoint] != owner)
        return BH_E_BOUND;
    if (portal[a[0]].endpoint != TOY_NONE)
        return BH_E_EXISTS;
    portal[a[0]] = (struct toy_portal){endpoint, toy.cap[0][a[1]].badge, a[2]};
    return BH_E_OK;
}

static uint64_t start(struct toy_thread *thread)
{
    if (thread->state != TOY_SET)
        return BH_E_STATE;
    assert_true(toy.sealed); /* nothing runs in a system that may still change */
    thread->state = TOY_STARTED;
    return BH_E_OK;
}

static void inspect(const struct toy_thread *thread, struct bh_results *r)
{
    r->gr3 = thread->state;
    r->gr4 = thread->priority;
    r->gr5 = thread->owner;
    r->gr6 = thread->table * 256 + thread->space;
    r->gr7 = thread->bound == TOY_NONE ? 0 : thread->bound + 1;
}

static uint64_t inspect_start(const struct toy_thread *thread, struct bh_results *r)
{
    if (thread->state != TOY_SET)
        return BH_E_STATE;
    r->gr3 = thread->entry;
    r->gr4 = thread->stack;
    r->gr5 = thread->argument;
    r->gr6 = toy.space[thread->space].leaf[thread->message].frame;
    r->gr7 = thread->flags;
    return BH_E_OK;
}

uint64_t toy_inspect_portal(const struct toy_portal *portals, uint64_t reason, struct bh_results *r)
{
    if (reason >= BH_REASONS)
        return BH_E_ARG;
    const struct toy_portal *portal = &portals[reason];
    r->gr3 = portal->endpoint == TOY_NONE ? 0 : portal->endpoint + 1;
    r->gr4 = portal->badge;
    r->gr5 = portal->microseconds;
    return BH_E_OK;
}

uint64_t toy_thread_invoke(uint64_t object, uint64_t method, const uint64_t *a,
                           struct bh_results *r)
{
    struct toy_thread *thread = &toy.thread[object];

    switch (method) {
    case BH_M_THREAD_CONFIGURE:
        return configure(thread, a);
    case BH_M_THREAD_BIND:
        return bind(thread, a);
    case BH_M_THREAD_PORTAL:
        return toy_set_portal(thread->portal, thread->owner, a);
    case BH_M_THREAD_START:
        return start(thread);
    case BH_M_THREAD_STOP:
        thread->state = TOY_STOPPED;
        return BH_E_OK;
    case BH_M_THREAD_PORTAL_INSPECT:
        return toy_inspect_portal(thread->portal, a[0], r);
    case BH_M_THREAD_START_INSPECT:
        return inspect_start(thread, r);
    default:
        inspect(thread, r);
        return BH_E_OK;
    }
}
