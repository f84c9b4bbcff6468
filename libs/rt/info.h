/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the system description gave to this process, by name: the start-up information page
 * (libs/abi/init_image.h). Belongs to: everything that runs as a process.
 */
#ifndef BH_RT_INFO_H
#define BH_RT_INFO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libs/abi/init_image.h"

/* Channels whose names end like this carry standard output: "driver-text" that of the process that
 * the console calls "driver". */
#define BH_TEXT_SUFFIX "-text"

/* bh_info_entry.page of a channel. */
#define BH_CHANNEL_PRODUCER 0u
#define BH_CHANNEL_CONSUMER 1u

/* A part of this process's virtual memory that it shares or was given. */
struct bh_window {
    void *address;
    uint64_t size; /* bytes */
    uint64_t page; /* its first page's number in the region or window that it shows */
};

/* One end of a channel; see libs/rt/ring.h. */
struct bh_channel {
    void *address;
    uint64_t size; /* bytes of data */
    bool consumer;
};

/* I/O addresses that the function of this process may use. */
struct bh_dma {
    uint64_t iova; /* first */
    uint64_t size; /* bytes */
};

/* Called once before main. */
void bh_info_set(const struct bh_info *info);
const struct bh_info *bh_info_get(void);

/* Each of the following returns false (bh_cap: -1) and changes nothing if the name is not there. */
int bh_cap(const char *name);
bool bh_window(const char *name, struct bh_window *window);
bool bh_channel(const char *name, struct bh_channel *channel);
bool bh_dma(const char *name, struct bh_dma *dma);
bool bh_value(const char *name, uint64_t *value);

/* As above for what the program cannot do without: a missing one is fatal. */
unsigned bh_need_cap(const char *name);
struct bh_window bh_need_window(const char *name);
struct bh_channel bh_need_channel(const char *name);
struct bh_dma bh_need_dma(const char *name);

/* The entries of one kind, one after the other: *position is 0 at first; NULL at the end. */
const struct bh_info_entry *bh_info_next(enum bh_info_kind kind, unsigned *position);

/* The same for the channels of standard output with this process at the given end,
 * BH_CHANNEL_PRODUCER or BH_CHANNEL_CONSUMER. */
const struct bh_info_entry *bh_info_next_text(uint32_t end, unsigned *position);

#endif
