/* SPDX-License-Identifier: BSD-2-Clause */
/* Where standard output goes. Belongs to: everything that runs as a process. */
#include "libs/rt/output.h"

#include <stdio.h>
#include <string.h>

#include "libs/rt/ring.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"

#define PATIENCE_US 1000000u

enum output_kind { OUTPUT_NOWHERE, OUTPUT_CONSOLE, OUTPUT_CHANNEL };

static enum output_kind kind;
static unsigned cap;
static char *message;
static struct bh_ring ring;
static uint64_t lost;

void bh_output_to_console(unsigned console, void *buffer)
{
    kind = OUTPUT_CONSOLE;
    cap = console;
    message = buffer;
}

void bh_output_to_channel(void *address, uint64_t size, unsigned signal)
{
    kind = OUTPUT_CHANNEL;
    cap = signal;
    bh_ring_producer(&ring, address, size);
}

/* One attempt: how many bytes were taken. */
static size_t try_console(const char *text, size_t length)
{
    size_t count = length < BH_CONSOLE_BYTES ? length : BH_CONSOLE_BYTES;

    memcpy(message, text, count);
    return bh_console_write(cap, count) == BH_E_OK ? count : 0;
}

static size_t try_channel(const char *text, size_t length)
{
    size_t count = bh_ring_write(&ring, text, length);

    bh_svc_signal(cap);
    return count;
}

static size_t try(const char *text, size_t length)
{
    return kind == OUTPUT_CONSOLE ? try_console(text, length) : try_channel(text, length);
}

/* Returns what is left when nobody took anything for the time of patience. */
static size_t write_all(const char *text, size_t length)
{
    uint64_t deadline = bh_deadline(PATIENCE_US);

    while (length > 0) {
        size_t count = try(text, length);

        text += count;
        length -= count;
        if (count > 0)
            deadline = bh_deadline(PATIENCE_US);
        else if (bh_tod() > deadline)
            break;
        else
            bh_svc_yield();
    }
    return length;
}

static void report_loss(void)
{
    char line[64];
    int length = snprintf(line, sizeof(line), "[%lu bytes of output lost]\n", lost);

    if (write_all(line, (size_t)length) == 0)
        lost = 0;
}

void bh_output(const char *text, size_t length)
{
    if (kind == OUTPUT_NOWHERE)
        return;
    if (lost > 0)
        report_loss();
    lost += lost > 0 ? length : write_all(text, length);
}
