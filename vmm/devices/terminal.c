/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest's terminal. Belongs to: VMM.
 *
 * The second channel of standard output that this process produces ("linux-text") is the guest's,
 * so that what the guest prints cannot be taken for what the VMM prints into the first; with one
 * such channel they share it. Without any the terminal is the console itself, and then it has input
 * as well (capability "console", write and read): a shell on it is usable.
 */
#include "vmm/devices/terminal.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "libs/rt/info.h"
#include "libs/rt/output.h"
#include "libs/rt/ring.h"
#include "libs/rt/rt.h"
#include "libs/stubs/svc.h"
#include "libs/stubs/system.h"

#define PATIENCE_US 1000000u

enum place { PLACE_OUTPUT, PLACE_CHANNEL, PLACE_CONSOLE };

static enum place place;
static struct bh_ring ring;
static uint64_t wake;
static int console;

static uint8_t input[BH_CONSOLE_BYTES];
static uint32_t input_length;

static void start_channel(const struct bh_info_entry *channel)
{
    place = PLACE_CHANNEL;
    wake = (uint64_t)bh_cap(channel->name);
    bh_ring_producer(&ring, (void *)(uintptr_t)channel->value, channel->size);
}

void terminal_start(void)
{
    unsigned position = 0;
    const struct bh_info_entry *own = bh_info_next_text(BH_CHANNEL_PRODUCER, &position);
    const struct bh_info_entry *guests = NULL;

    if (own)
        guests = bh_info_next_text(BH_CHANNEL_PRODUCER, &position);
    place = PLACE_OUTPUT;
    console = bh_cap("console");
    input_length = 0;
    if (guests)
        start_channel(guests);
    else if (!own && console >= 0)
        place = PLACE_CONSOLE;
}

/* Without a carriage return at the end of each line: what reads channels wants lines. */
static uint32_t without_returns(char *to, const uint8_t *text, uint32_t length)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < length; i++)
        if (text[i] != '\r')
            to[kept++] = (char)text[i];
    return kept;
}

/* As libs/rt/output.c does: what nobody takes for a second is lost. */
static void write_channel(const char *text, uint64_t length)
{
    uint64_t deadline = bh_deadline(PATIENCE_US);

    while (length > 0 && bh_tod() < deadline) {
        uint64_t count = bh_ring_write(&ring, text, length);

        bh_svc_signal(wake);
        text += count;
        length -= count;
        if (count == 0)
            bh_svc_yield();
    }
}

static void write_piece(const uint8_t *text, uint32_t length)
{
    char kept[BH_CONSOLE_BYTES];

    if (place == PLACE_CONSOLE) {
        fflush(stdout);
        bh_output((const char *)text, length);
        return;
    }
    length = without_returns(kept, text, length);
    if (place == PLACE_CHANNEL)
        write_channel(kept, length);
    else
        fwrite(kept, 1, length, stdout);
}

void terminal_write(const uint8_t *text, uint32_t length)
{
    while (length > 0) {
        uint32_t piece = length < BH_CONSOLE_BYTES ? length : BH_CONSOLE_BYTES;

        write_piece(text, piece);
        text += piece;
        length -= piece;
    }
}

uint32_t terminal_poll(void)
{
    uint64_t length = 0;

    if (place != PLACE_CONSOLE || input_length > 0)
        return input_length;
    if (bh_console_read((uint64_t)console, &length) != BH_E_OK || length > sizeof(input))
        return 0;
    memcpy(input, bh_message_buffer(), length);
    input_length = (uint32_t)length;
    return input_length;
}

uint32_t terminal_read(uint8_t *to, uint32_t length)
{
    uint32_t count = length < input_length ? length : input_length;

    memcpy(to, input, count);
    memmove(input, input + count, input_length - count);
    input_length -= count;
    return count;
}
