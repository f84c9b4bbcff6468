/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI events. Belongs to: kernel. */
#include "kernel/object/pci_event.h"
#include "kernel/object/audit.h"
#include "kernel/object/notification.h"
#include "kernel/object/pci_availability.h"
#include "kernel/sched/timer.h"

#define REPORTS_MAX 64u /* in one interruption; what is left interrupts again */
#define EVENTS_MAX 16u  /* in one step */
#define KEPT 8u         /* events of a function that its owner has not taken */
#define KEPT_WORDS 4u

uint32_t pci_event_notification[PCI_FUNCTIONS];
uint64_t pci_event_badge[PCI_FUNCTIONS];
static uint64_t kept[PCI_FUNCTIONS * KEPT * KEPT_WORDS];
static uint32_t kept_head[PCI_FUNCTIONS]; /* free-running */
static uint32_t kept_tail[PCI_FUNCTIONS];
static uint32_t events_left; /* 1: the last step ended with another one due */

void pci_event_reset(uint32_t f)
{
    pci_event_notification[f] = NOBODY;
    kept_head[f] = 0;
    kept_tail[f] = 0;
}

static uint32_t owner_of(uint32_t fid)
{
    uint32_t f;

    for (f = 0; f < pci_count; f++) {
        if (pci_fid[f] == fid) {
            return f;
        }
    }
    return NOBODY;
}

static void keep(uint32_t f, const struct pci_event *event)
{
    uint32_t at = (f * KEPT + kept_head[f] % KEPT) * KEPT_WORDS;

    if (kept_head[f] - kept_tail[f] >= KEPT) {
        audit_add_partition(BH_AUDIT_EVENT_LOST, pci_partition[f], event->fid, event->code);
        return;
    }
    kept[at] = event->kind == PCI_EVENT_ERROR ? 1u : 2u;
    kept[at + 1u] = event->code;
    kept[at + 2u] = event->address;
    kept[at + 3u] = event->vector * 2u + event->write;
    kept_head[f]++;
}

void pci_event_tell(uint32_t f, const struct pci_event *event)
{
    keep(f, event);
    if (pci_event_notification[f] != NOBODY) {
        notification_signal(pci_event_notification[f], pci_event_badge[f]);
    }
}

static void deliver(const struct pci_event *event)
{
    uint32_t f = owner_of(event->fid);
    uint32_t code = event->kind == PCI_EVENT_ERROR ? BH_AUDIT_PCI_ERROR : BH_AUDIT_PCI_AVAILABILITY;

    if (f == NOBODY) {
        audit_add(BH_AUDIT_PCI_UNOWNED, NOBODY, event->fid, event->code);
        return;
    }
    audit_add_partition(code, pci_partition[f], event->fid, event->code);
    if (event->kind == PCI_EVENT_ERROR || pci_availability(f, event) != 0) {
        pci_event_tell(f, event);
    }
}

uint32_t pci_events_step(void)
{
    struct pci_event event;
    uint32_t i;
    int more = (int)events_left;

    events_left = 0;
    for (i = 0; i < EVENTS_MAX && more != 0; i++) {
        sei_request(pci_block);
        if (zpci_chsc(pci_block).cc != 0) {
            return 0;
        }
        if (sei_parse(pci_block, &event, &more) == 1) {
            deliver(&event);
        }
    }
    events_left = more != 0 ? 1u : 0u;
    return events_left;
}

void pci_events_take(void)
{
    uint32_t crw;
    uint32_t i;

    for (i = 0; i < REPORTS_MAX && zpci_stcrw(&crw).cc == 0; i++) {
        if (crw_wants_events(crw)) {
            events_left = 1;
        }
    }
    if (pci_events_step() != 0) {
        timer_later();
    }
}

uint32_t pci_event_take(uint32_t t, uint32_t f)
{
    uint32_t at = (f * KEPT + kept_tail[f] % KEPT) * KEPT_WORDS;
    uint32_t k;

    thread_result(t, 0, 0);
    if (kept_head[f] == kept_tail[f]) {
        return BH_E_OK;
    }
    for (k = 0; k < KEPT_WORDS; k++) {
        thread_result(t, k, kept[at + k]);
    }
    kept_tail[f]++;
    return BH_E_OK;
}
