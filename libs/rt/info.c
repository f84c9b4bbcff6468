/* SPDX-License-Identifier: BSD-2-Clause */
/* Look-up in the start-up information page. Belongs to: everything that runs as a process. */
#include "libs/rt/info.h"

#include <string.h>

static const struct bh_info *the_info;

void bh_info_set(const struct bh_info *info)
{
    the_info = info;
}

const struct bh_info *bh_info_get(void)
{
    return the_info;
}

const struct bh_info_entry *bh_info_next(enum bh_info_kind kind, unsigned *position)
{
    while (the_info && *position < BH_INFO_ENTRIES) {
        const struct bh_info_entry *entry = &the_info->entry[*position];

        if (entry->kind == BH_INFO_END)
            return NULL;
        (*position)++;
        if (entry->kind == (uint32_t)kind)
            return entry;
    }
    return NULL;
}

static bool ends_in_text(const char *name)
{
    size_t length = strnlen(name, sizeof(the_info->entry[0].name));
    size_t suffix = strlen(BH_TEXT_SUFFIX);

    return length > suffix && memcmp(name + length - suffix, BH_TEXT_SUFFIX, suffix) == 0;
}

const struct bh_info_entry *bh_info_next_text(uint32_t end, unsigned *position)
{
    const struct bh_info_entry *entry;

    do
        entry = bh_info_next(BH_INFO_CHANNEL, position);
    while (entry && (entry->page != end || !ends_in_text(entry->name)));
    return entry;
}

static const struct bh_info_entry *find(enum bh_info_kind kind, const char *name)
{
    const struct bh_info_entry *entry;
    unsigned position = 0;

    do
        entry = bh_info_next(kind, &position);
    while (entry && strncmp(entry->name, name, sizeof(entry->name)) != 0);
    return entry;
}

int bh_cap(const char *name)
{
    const struct bh_info_entry *entry = find(BH_INFO_CAP, name);

    return entry ? (int)entry->value : -1;
}

bool bh_window(const char *name, struct bh_window *window)
{
    const struct bh_info_entry *entry = find(BH_INFO_WINDOW, name);

    if (!entry)
        return false;
    *window = (struct bh_window){
        .address = (void *)(uintptr_t)entry->value, .size = entry->size, .page = entry->page};
    return true;
}

bool bh_channel(const char *name, struct bh_channel *channel)
{
    const struct bh_info_entry *entry = find(BH_INFO_CHANNEL, name);

    if (!entry)
        return false;
    *channel = (struct bh_channel){.address = (void *)(uintptr_t)entry->value,
                                   .size = entry->size,
                                   .consumer = entry->page == BH_CHANNEL_CONSUMER};
    return true;
}

bool bh_dma(const char *name, struct bh_dma *dma)
{
    const struct bh_info_entry *entry = find(BH_INFO_DMA, name);

    if (!entry)
        return false;
    *dma = (struct bh_dma){.iova = entry->value, .size = entry->size};
    return true;
}

bool bh_value(const char *name, uint64_t *value)
{
    const struct bh_info_entry *entry = find(BH_INFO_VALUE, name);

    if (!entry)
        return false;
    *value = entry->value;
    return true;
}
