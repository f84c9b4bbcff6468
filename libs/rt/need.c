/* SPDX-License-Identifier: BSD-2-Clause */
/* Look-ups that must succeed. Belongs to: everything that runs as a process. */
#include "libs/rt/info.h"
#include "libs/rt/rt.h"

unsigned bh_need_cap(const char *name)
{
    int slot = bh_cap(name);

    if (slot < 0)
        bh_fatal("no capability named %s", name);
    return (unsigned)slot;
}

struct bh_window bh_need_window(const char *name)
{
    struct bh_window window;

    if (!bh_window(name, &window))
        bh_fatal("no window named %s", name);
    return window;
}

struct bh_channel bh_need_channel(const char *name)
{
    struct bh_channel channel;

    if (!bh_channel(name, &channel))
        bh_fatal("no channel named %s", name);
    return channel;
}

struct bh_dma bh_need_dma(const char *name)
{
    struct bh_dma dma;

    if (!bh_dma(name, &dma))
        bh_fatal("no DMA window named %s", name);
    return dma;
}
