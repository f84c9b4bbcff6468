/* SPDX-License-Identifier: BSD-2-Clause */
/* Start from the start-up information, and the loop. Belongs to: translator. */
#include "drivers/zpci/translator/process.h"

#include <stdio.h>

#include "drivers/zpci/translator/batch.h"
#include "drivers/zpci/translator/budget.h"
#include "drivers/zpci/translator/guest.h"
#include "drivers/zpci/translator/kernel.h"
#include "drivers/zpci/translator/mirror.h"
#include "drivers/zpci/translator/serve.h"
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/pci.h"
#include "libs/stubs/svc.h"

#define QUERY_REFRESH 4u /* field of PCI_QUERY */

static void setup_guest(void)
{
    struct bh_window guest = bh_need_window("guest");

    if (guest.page != 0 || guest.size > (uint64_t)TRANSLATOR_FRAMES * BH_PAGE_SIZE)
        bh_fatal("the window \"guest\" does not show guest memory from frame 0 on, or too much");
    guest_set(guest.address, guest.size);
}

static void setup_ranges(void)
{
    struct bh_window ranges;

    if (bh_window("ranges", &ranges))
        serve_ranges(ranges.address, ranges.size);
}

static uint32_t needs_refresh(const char *name)
{
    int slot = bh_cap(name);
    uint64_t value = 1;

    if (slot < 0 || bh_pci_query((uint64_t)slot, QUERY_REFRESH, &value) != BH_E_OK)
        return 1;
    return value != 0 ? 1u : 0u;
}

static uint64_t value_or(const char *name, uint64_t otherwise)
{
    uint64_t value = otherwise;

    bh_value(name, &value);
    return value;
}

static void setup_function(uint32_t f, const struct bh_info_entry *dma)
{
    uint64_t pages = dma->size / BH_PAGE_SIZE;
    uint64_t budget = value_or("budget", pages);
    char cap[sizeof(dma->name) + sizeof("-dma")];

    if (f >= TRANSLATOR_FUNCTIONS || !mirror_take(f, dma->value / BH_PAGE_SIZE, pages))
        bh_fatal("no room for function %s: %u functions, %u I/O pages in all", dma->name,
                 TRANSLATOR_FUNCTIONS, TRANSLATOR_PAGES);
    snprintf(cap, sizeof(cap), "%s-dma", dma->name);
    kernel_space[f] = bh_need_cap(cap);
    kernel_window[f] = (uint32_t)value_or("dma-window", 0);
    budget_limit[f] = (uint32_t)(budget < pages ? budget : pages);
    batch_refresh[f] = needs_refresh(dma->name);
    if (kernel_clear(f) != BH_E_OK)
        bh_fatal("the I/O space of %s cannot be cleared", dma->name);
}

/* Returns the number of functions. */
static uint32_t setup(void)
{
    const struct bh_info_entry *dma;
    unsigned position = 0;
    uint32_t f = 0;

    kernel_words = bh_message_buffer();
    setup_guest();
    setup_ranges();
    while ((dma = bh_info_next(BH_INFO_DMA, &position)))
        setup_function(f++, dma);
    return f;
}

/* The VMM may be waiting for this very reply, so it is told without waiting for it. */
static void tell_vmm(int events)
{
    if (events >= 0)
        bh_svc_signal((uint64_t)events);
}

_Noreturn void translator_run(void)
{
    unsigned requests = bh_need_cap("requests");
    int events = bh_cap("events");
    struct bh_message message;
    uint64_t error;

    printf("translator: %u functions\n", setup());
    error = bh_svc_recv(requests, BH_NO_DEADLINE, &message);
    while (error == BH_E_OK) {
        if (serve(&message))
            tell_vmm(events);
        error = bh_svc_reply_recv(requests, BH_NO_DEADLINE, &message);
    }
    bh_fatal("receive: %s", bh_error_text(error));
}
