/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process: sees from outside that a guest without a VMM had its RPCITs served: the I/O space
 * holds what the guest's tables say. Belongs to: test.
 *
 * Window "guest" (read), capabilities "dma" (I/O space, inspect) and "wake" (notification, wait).
 */
#include <stdio.h>

#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/space.h"
#include "libs/stubs/stubs.h"
#include "tests/guests/alone/alone.h"

#define OWN_WINDOW 4u /* what INSPECT says about the space itself */
#define POLL_US 10000u

static const volatile uint64_t *box;

static void await_guest(unsigned wake)
{
    uint64_t bits;

    while (box[ALONE_DONE] == 0)
        bh_svc_wait(wake, bh_deadline(POLL_US), &bits);
}

/* Of the pages, how many are not as the guest said. */
static unsigned wrong_pages(unsigned dma, unsigned *mapped)
{
    struct bh_results window, space, entry;
    unsigned wrong = 0;

    if (bh_iospace_inspect(dma, 0, &window) != BH_E_OK ||
        bh_iospace_inspect(dma, OWN_WINDOW, &space) != BH_E_OK)
        bh_fatal("the I/O space cannot be inspected");
    for (unsigned i = 0; i < ALONE_PAGES; i++) {
        uint64_t at = box[ALONE_FRAMES + i];

        if (bh_iospace_entry(dma, space.gr3 + i, &entry) != BH_E_OK)
            bh_fatal("I/O page %u cannot be read", i);
        *mapped += at != ALONE_NONE;
        if (at == ALONE_NONE)
            wrong += entry.gr4 != 0;
        else
            wrong += entry.gr4 == 0 || entry.gr3 != window.gr4 + at / BH_PAGE_SIZE;
    }
    return wrong;
}

int main(void)
{
    unsigned dma = bh_need_cap("dma");
    unsigned wake = bh_need_cap("wake");
    unsigned mapped = 0;
    unsigned wrong;

    box = (const volatile uint64_t *)bh_need_window("guest").address + ALONE_AT / sizeof(*box);
    await_guest(wake);
    wrong = wrong_pages(dma, &mapped);
    printf("%lu refreshes, %lu refused, %u pages mapped, %u of %u pages wrong\n", box[ALONE_ROUNDS],
           box[ALONE_ERRORS], mapped, wrong, ALONE_PAGES);
    return 0;
}
