/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the kernel as the translator sees it. Stands in for bh_svc_invoke on I/O spaces and PCI
 * functions, and for a device that keeps every translation until exactly its purge. */
#ifndef BULKHEAD_TEST_FAKE_KERNEL_H
#define BULKHEAD_TEST_FAKE_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

#include "drivers/zpci/translator/limits.h"

#define FAKE_SPACES TRANSLATOR_FUNCTIONS
#define FAKE_CAP(space) (10u + (space)) /* capability of an I/O space */
#define FAKE_PCI_CAP(space) (20u + (space))
#define FAKE_INVALID 0x400u /* what an invalid entry reads as */

struct fake_space {
    uint64_t first, pages; /* the DMA window, in I/O pages */
    uint64_t frames;       /* of the window onto memory */
    bool read_only;        /* that window's rights */
    bool refresh;          /* new entries need a hardware RPCIT */
    bool unknown;          /* to the function: a flush tells nobody and stays owed */
    uint64_t *entry;       /* frame * 4096 | 0x200, or FAKE_INVALID */
    uint8_t *stale;        /* the device may still use something else for this page */
    uint64_t owed_from, owed_to;
    uint64_t clear_at;
    /* counted */
    uint64_t updates, words, flushes, flushed_pages, clears;
    /* injected */
    uint64_t fail_update; /* this error next, once */
    uint64_t fail_flush;  /* this error as long as it is set */
    uint64_t busy;        /* so many flushes answer AGAIN and do nothing */
    uint64_t refuse_page; /* a word for this I/O page is BOUND; 0: none */
};

extern struct fake_space fake_space[FAKE_SPACES];
extern uint64_t fake_words[512]; /* the message buffer */

/* All spaces gone; then one with nothing mapped. */
void fake_reset(void);
void fake_space_add(unsigned space, uint64_t first, uint64_t pages, uint64_t frames);

uint64_t fake_entry(unsigned space, uint64_t page);

/* Pages for which the device may still use what is not in the table. */
uint64_t fake_stale(unsigned space);

#endif
