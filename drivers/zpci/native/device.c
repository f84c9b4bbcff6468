/* SPDX-License-Identifier: BSD-2-Clause */
/* A process's own PCI function (native driver). */
#include "drivers/zpci/native/device.h"

#include <string.h>

#include "drivers/zpci/irq.h"
#include "drivers/zpci/native/pci_calls.h"
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"

/* Fields of PCI_QUERY. */
#define QUERY_INTERRUPTS 1u
#define QUERY_MSI_ADDRESS 3u
#define QUERY_FIRST_PAGE 5u
#define QUERY_BAR 8u

/* In the bound page; the interruption vector is where the caller of native_device_start says. */
#define SUMMARY_BYTE 2048u
#define VECTORS 1u

#define FLUSHES_MAX 1000000u

static uint64_t query(const struct native_device *device, uint64_t field)
{
    uint64_t value;
    uint64_t error = bh_pci_query(device->function, field, &value);

    if (error != BH_E_OK)
        bh_fatal("query of the function, field %lu: %s", field, bh_error_text(error));
    return value;
}

void native_device_find(struct native_device *device)
{
    struct bh_window window = bh_need_window("dma");

    *device = (struct native_device){.function = bh_need_cap("disk"),
                                     .iospace = bh_need_cap("disk-dma"),
                                     .interruption = bh_need_cap("interruption"),
                                     .events = bh_need_cap("events"),
                                     .memory = window.address};
    device->ops = native_pci_ops(&device->function);
    device->pages = window.size / BH_PAGE_SIZE - NATIVE_BOUND_PAGES;
    device->iova = query(device, QUERY_FIRST_PAGE) * BH_PAGE_SIZE;
    device->msia = query(device, QUERY_MSI_ADDRESS);
    device->interrupts = (uint16_t)query(device, QUERY_INTERRUPTS);
    for (unsigned bar = 0; bar < sizeof(device->bar_log2); bar++)
        device->bar_log2[bar] = (uint8_t)query(device, QUERY_BAR + bar);
}

static uint64_t register_interruption(struct native_device *device, uint64_t vector_byte)
{
    uint8_t *bound = device->memory + device->pages * BH_PAGE_SIZE;
    struct bh_results r;
    uint64_t error;

    memset(bound, 0, BH_PAGE_SIZE);
    device->vector = (uint64_t *)(void *)(bound + vector_byte);
    device->summary = (uint64_t *)(void *)(bound + SUMMARY_BYTE);
    error = bh_pci_irq_register(device->function, VECTORS, 0, vector_byte, 0, SUMMARY_BYTE, 0, &r);
    if (error == BH_E_OK)
        error = bh_irq_mode(device->interruption, 0);
    return error;
}

uint64_t native_device_start(struct native_device *device, uint64_t vector_byte)
{
    struct bh_results r;
    uint64_t error = bh_pci_enable(device->function, &r);

    if (error == BH_E_OK)
        error = bh_pci_dma_register(device->function, &r);
    if (error == BH_E_OK)
        error = register_interruption(device, vector_byte);
    return error;
}

uint64_t native_device_stop(struct native_device *device)
{
    struct bh_results r;

    return bh_pci_disable(device->function, &r);
}

uint64_t native_iova(const struct native_device *device, uint64_t page)
{
    return device->iova + page * BH_PAGE_SIZE;
}

/* The entries of one page table; *done is how many of the pages they are. */
static uint64_t update(const struct native_device *device, uint64_t page, uint64_t pages,
                       uint64_t flags, uint64_t *done)
{
    uint64_t *word = bh_message_buffer();
    uint64_t at = native_iova(device, page) / BH_PAGE_SIZE;
    uint64_t room = BH_BATCH - at % BH_BATCH;
    uint64_t count = pages < room ? pages : room;

    for (uint64_t i = 0; i < count; i++)
        word[i] = (page + i) * BH_PAGE_SIZE | flags;
    return bh_iospace_update(device->iospace, at, count, 0, done);
}

static uint64_t flush(const struct native_device *device)
{
    uint64_t error = BH_E_AGAIN;

    for (unsigned i = 0; error == BH_E_AGAIN && i < FLUSHES_MAX; i++)
        error = bh_iospace_flush(device->iospace);
    return error;
}

uint64_t native_map(struct native_device *device, uint64_t page, uint64_t pages, uint64_t flags)
{
    uint64_t error = BH_E_OK;

    while (pages > 0 && error == BH_E_OK) {
        uint64_t done = 0;

        error = update(device, page, pages, flags, &done);
        page += done;
        pages -= done;
    }
    return error == BH_E_OK ? flush(device) : error;
}

/* The summary bit is taken first: a message that comes later interrupts again. */
uint64_t native_wait(struct native_device *device, uint64_t deadline)
{
    uint64_t bits;
    uint64_t error = bh_svc_wait(device->events, deadline, &bits);

    irq_take(device->summary);
    irq_take(device->vector);
    return error;
}
