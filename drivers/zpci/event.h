/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI events: channel report words, store-event-information blocks and their content (pure
 * functions). Linked by kernel, VMM (virtual events), software fake and tests.
 * Layout and source: libs/zformats/ccdf.h. */
#ifndef BULKHEAD_ZPCI_EVENT_H
#define BULKHEAD_ZPCI_EVENT_H

#include <stdint.h>

#include "libs/zformats/ccdf.h"

enum pci_event_kind { PCI_EVENT_ERROR, PCI_EVENT_AVAILABILITY };

struct pci_event {
    enum pci_event_kind kind;
    uint32_t fid;     /* the owner is found by this */
    uint32_t fh;      /* a handle that is no longer current: an old event */
    uint64_t address; /* failing address (error event) */
    uint16_t code;    /* PEC_* */
    uint16_t vector;  /* MSI vector number (error event) */
    uint8_t write;    /* the failing access was a write (error event) */
};

/* What the owner of the function does about an event. */
enum pci_event_action {
    PCI_EVENT_IGNORE,  /* measurement only, or a code that we do not know */
    PCI_EVENT_RECOVER, /* the function is in error: unblock, then reset or disable */
    PCI_EVENT_LOST,    /* the function cannot be recovered, was taken away or is asked back */
    PCI_EVENT_RELIST,  /* configuration changed: list the functions again */
};

/* Events may be pending: a report of the channel subsystem, or one that says that reports were
 * lost. */
int crw_wants_events(uint32_t crw);

/* Request for the next PCI event in a block of SEI_SIZE bytes; the response part is zeroed. */
void sei_request(uint8_t *block);

/* 1: *event is filled. 0: no event. -1: not a PCI event of a known kind, or lengths contradict: it
 * is consumed all the same. *more: another request is due. */
int sei_parse(const uint8_t *block, struct pci_event *event, int *more);

/* Response to the request in a block (VMM, fake): one event, or none if event is a null pointer. */
void sei_answer(uint8_t *block, const struct pci_event *event, int more);

enum pci_event_action pci_event_action(const struct pci_event *event);

#endif
