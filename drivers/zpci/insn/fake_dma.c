/* SPDX-License-Identifier: BSD-2-Clause */
/* zPCI software fake: cached translations, DMA by the device, RPCIT. */
#include "drivers/zpci/insn/fake_internal.h"

#include "drivers/zpci/insn/fake_walk.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"
#include "libs/zformats/iotable.h"

/* Slots are found by linear probing from the page number and never given to another page, so a
 * purge only marks them. */
static struct fake_translation *cache_slot(struct fake_function *function, uint64_t page)
{
    for (uint32_t i = 0; i < function->cache_size; i++) {
        struct fake_translation *slot = &function->cache[(page + i) % function->cache_size];

        if (!slot->used || slot->page == page)
            return slot;
    }
    return 0;
}

static void cache_insert(struct fake_function *function, uint64_t page,
                         const struct fake_leaf *leaf)
{
    struct fake_translation *slot = cache_slot(function, page);

    if (!slot) {
        function->cache_overflows++;
        return;
    }
    *slot = (struct fake_translation){
        .page = page, .frame = leaf->frame, .used = 1, .valid = 1, .protect = leaf->protect != 0};
}

void fake_cache_clear(struct fake_function *function)
{
    for (uint32_t i = 0; i < function->cache_size; i++)
        function->cache[i] = (struct fake_translation){.used = 0};
}

void fake_cache_purge(struct fake_function *function, uint64_t first, uint64_t last)
{
    for (uint32_t i = 0; i < function->cache_size; i++)
        if (function->cache[i].page >= first && function->cache[i].page <= last)
            function->cache[i].valid = 0;
}

void fake_error(struct fake_zpci *fake, struct fake_function *function, uint16_t code,
                uint64_t address, int write)
{
    fake_event(fake, &(struct pci_event){.kind = PCI_EVENT_ERROR,
                                         .fid = function->query.fid,
                                         .fh = function->fh,
                                         .address = address,
                                         .code = code,
                                         .write = write != 0});
    if (function->state == FAKE_ENABLED || function->state == FAKE_UNBLOCKED)
        function->state = FAKE_ERROR;
}

/* Without the refresh bit, a page that is not cached is looked up in the live tables: 0, or the
 * event code. */
static uint16_t lookup(struct fake_zpci *fake, struct fake_function *function, uint64_t page,
                       struct fake_translation *found)
{
    struct fake_translation *slot = cache_slot(function, page);
    struct fake_leaf leaf;
    uint16_t error;

    if (slot && slot->valid) {
        *found = *slot;
        return 0;
    }
    if (fake->group.flags & CLP_QGRP_REFRESH)
        return PEC_TRANSLATION;
    error = fake_walk(&fake->memory, function->ioat.iota, page * IOT_PAGE_SIZE, &leaf);
    if (error)
        return error;
    if (!leaf.valid)
        return PEC_TRANSLATION;
    cache_insert(function, page, &leaf);
    found->frame = leaf.frame;
    found->protect = leaf.protect != 0;
    return 0;
}

/* 0 and the translation, or the event code. */
static uint16_t translate(struct fake_zpci *fake, struct fake_function *function, uint64_t iova,
                          int write, struct fake_translation *found)
{
    uint16_t error;

    if (!function->ioat_registered)
        return PEC_SPACE_INVALID;
    if (iova < function->ioat.start || iova > function->ioat.end)
        return PEC_OUT_OF_RANGE;
    error = lookup(fake, function, iova / IOT_PAGE_SIZE, found);
    if (!error && write && found->protect)
        error = PEC_PROTECTION;
    return error;
}

/* Storage for an access inside one page, or a null pointer after the event was made. */
static uint8_t *dma_page(struct fake_zpci *fake, struct fake_function *function, uint64_t iova,
                         uint32_t length, int write)
{
    struct fake_translation found;
    uint16_t error = translate(fake, function, iova, write, &found);
    uint8_t *at;

    if (error) {
        fake_error(fake, function, error, iova, write);
        return 0;
    }
    at = fake_memory_at(&fake->memory, found.frame * IOT_PAGE_SIZE + iova % IOT_PAGE_SIZE, length);
    if (!at)
        function->dma_outside++;
    return at;
}

/* The next piece of a transfer that stays inside one page. */
static uint32_t piece(uint64_t iova, uint32_t length)
{
    uint64_t room = IOT_PAGE_SIZE - iova % IOT_PAGE_SIZE;

    return length < room ? length : (uint32_t)room;
}

static int is_master(const struct fake_function *function)
{
    return function->state == FAKE_ENABLED &&
           (function->config[PCICONF_COMMAND] & PCI_COMMAND_MASTER) != 0;
}

static int dma(struct fake_zpci *fake, struct fake_function *function, uint64_t iova, uint8_t *to,
               const uint8_t *from, uint32_t length)
{
    while (length > 0) {
        uint32_t n = piece(iova, length);
        uint8_t *at = is_master(function) ? dma_page(fake, function, iova, n, from != 0) : 0;

        if (!at) {
            function->dma_faults++;
            return -1;
        }
        if (from) {
            bytes_copy(at, from, n);
            from += n;
        } else {
            bytes_copy(to, at, n);
            to += n;
        }
        iova += n;
        length -= n;
    }
    return 0;
}

int fake_dma_read(struct fake_zpci *fake, struct fake_function *function, uint64_t iova,
                  uint8_t *to, uint32_t length)
{
    return dma(fake, function, iova, to, 0, length);
}

int fake_dma_write(struct fake_zpci *fake, struct fake_function *function, uint64_t iova,
                   const uint8_t *from, uint32_t length)
{
    return dma(fake, function, iova, 0, from, length);
}

/* Reload [first, last] (page numbers) from the tables: 0, or the event code. Pages before the one
 * with the error are done. */
static uint16_t reload(struct fake_zpci *fake, struct fake_function *function, uint64_t first,
                       uint64_t last, uint64_t *failing)
{
    while (first <= last) {
        struct fake_leaf leaf;
        uint64_t iova = first * IOT_PAGE_SIZE;
        uint16_t error = fake_walk(&fake->memory, function->ioat.iota, iova, &leaf);
        uint64_t next = (iova / leaf.size + 1) * (leaf.size / IOT_PAGE_SIZE);

        *failing = iova;
        if (error)
            return error;
        if (leaf.valid)
            cache_insert(function, first, &leaf);
        else
            fake_cache_purge(function, first, next - 1 < last ? next - 1 : last);
        first = next;
    }
    return 0;
}

/* Rounded down at the start, so a second page that is only touched in part is not covered; clipped
 * to the registered range. */
static uint16_t refresh(struct fake_zpci *fake, struct fake_function *function, uint64_t start,
                        uint64_t length, uint64_t *failing)
{
    const struct ioat *ioat = &function->ioat;
    uint64_t first = start - start % IOT_PAGE_SIZE;
    uint64_t last;

    *failing = start;
    if (!function->ioat_registered)
        return PEC_SPACE_INVALID;
    if (length == 0)
        return 0;
    if (__builtin_add_overflow(first, length - 1, &last) || last < ioat->start || first > ioat->end)
        return PEC_OUT_OF_RANGE;
    first = first < ioat->start ? ioat->start : first;
    last = last > ioat->end ? ioat->end : last;
    if (fake->group.flags & CLP_QGRP_REFRESH)
        return reload(fake, function, first / IOT_PAGE_SIZE, last / IOT_PAGE_SIZE, failing);
    fake_cache_purge(function, first / IOT_PAGE_SIZE, last / IOT_PAGE_SIZE);
    return 0;
}

struct zpci_result fake_rpcit(struct fake_zpci *fake, uint32_t fh, uint64_t start, uint64_t length)
{
    struct fake_function *function = fake_find(fake, fh);
    struct zpci_result result;
    uint64_t failing;
    uint16_t error;

    if (fake_begin(fake, FAKE_RPCIT, &result))
        return result;
    if (!function || function->state <= FAKE_DISABLED || function->state == FAKE_PERMANENT)
        return fake_result(3, 0);
    if (function->state == FAKE_ERROR)
        return fake_result(1, ZPCI_ST_RECOVERY);
    error = refresh(fake, function, start, length, &failing);
    if (!error)
        return fake_result(0, 0);
    fake_error(fake, function, error, failing, 0);
    return fake_result(1, ZPCI_ST_IN_ERROR);
}
