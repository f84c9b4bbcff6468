/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The virtual SCLP: events, which are the guest's console. Belongs to: VMM.
 * Source of the layouts: libs/zformats/sclp.h.
 */
#include "libs/zformats/bytes.h"
#include "libs/zformats/ebcdic.h"
#include "libs/zformats/sclp.h"
#include "vmm/devices/sclp.h"
#include "vmm/devices/terminal.h"
#include "vmm/interrupt.h"

#define FUNCTION_ANY 0u
#define FUNCTION_SELECTED 1u
#define SELECTION SCCB_DATA /* u32: event types wanted */
#define EVENT_PENDING 1u    /* in the parameter of a service signal */

/* Bytes of a response with one input event besides the text: headers and a marker. */
#define INPUT_OVERHEAD (SCCB_DATA + SCLP_EVENT_HDR_SIZE + 1u)
#define INPUT_MAX 512u
#define LINE_MAX SCCB_SIZE_MAX

/* Types that the guest wants to be sent. */
static uint32_t receive_mask;

/* 1: it has written to the ASCII console. */
static uint8_t uses_ascii;

static uint32_t wants_input(void)
{
    return receive_mask & sclp_type_bit(SCLP_TYPE_ASCII);
}

uint32_t sclp_event_pending(void)
{
    return wants_input() != 0 && terminal_poll() != 0 ? EVENT_PENDING : 0;
}

void sclp_input(void)
{
    if (sclp_event_pending() != 0)
        interrupt_service_signal(EVENT_PENDING);
}

void sclp_reset(void)
{
    receive_mask = 0;
    uses_ascii = 0;
}

uint16_t sclp_write_event_mask(uint8_t *sccb, uint32_t length)
{
    struct sclp_masks masks;

    if (sclp_mask_parse(sccb, length, &masks) != 0)
        return SCLP_RC_MASK_LENGTH;
    receive_mask = masks.receive;
    sclp_mask_answer(sccb, sclp_type_bit(SCLP_TYPE_ASCII), sclp_type_bit(SCLP_TYPE_ASCII));
    return SCLP_RC_OK;
}

static void write_line(const uint8_t *ebcdic, uint32_t length)
{
    static uint8_t line[LINE_MAX];

    for (uint32_t i = 0; i < length; i++)
        line[i] = ascii_from_ebcdic(ebcdic[i]);
    line[length] = '\n';
    terminal_write(line, length + 1);
}

/* There is one terminal. On a machine that it doesn't know Linux writes in line mode, announced or
 * not, all that it writes to the ASCII console as well, and some of its versions wait for ever if
 * that isn't accepted. So lines are shown to nobody who has ASCII. */
static int write_lines(const struct sclp_event *event)
{
    const uint8_t *line;
    uint32_t cursor = 0, length;
    int found;

    while ((found = sclp_line_next(event, &cursor, &line, &length)) == 1)
        if (!uses_ascii)
            write_line(line, length);
    return found == 0;
}

/* Returns 0 for what no console understands: Linux then goes on without it. */
static int write_event(const struct sclp_event *event)
{
    switch (event->type) {
    case SCLP_TYPE_ASCII:
        uses_ascii = 1;
        terminal_write(event->data, event->data_length);
        return 1;
    case SCLP_TYPE_MESSAGE:
        return write_lines(event);
    default:
        return 0;
    }
}

uint16_t sclp_write_event_data(uint8_t *sccb, uint32_t length)
{
    struct sclp_event event;
    uint32_t at = SCCB_DATA;
    int found;

    while ((found = sclp_event_at(sccb, length, at, &event)) == 1) {
        if (!write_event(&event))
            return SCLP_RC_EVENT_SYNTAX;
        sclp_event_accept(sccb, at);
        at += event.length;
    }
    return found == 0 ? SCLP_RC_OK : SCLP_RC_LENGTHS;
}

/* Whether the request is for input: 0, or the response that says why not. */
static uint16_t check_request(const uint8_t *sccb, uint32_t length)
{
    switch (sccb[SCCB_FUNCTION]) {
    case FUNCTION_ANY:
        return 0;
    case FUNCTION_SELECTED:
        if (length < SELECTION + SCLP_MASK_BYTES)
            return SCLP_RC_SHORT_SCCB;
        return (be32_get(sccb + SELECTION) & wants_input()) != 0 ? 0 : SCLP_RC_SELECTION_MASK;
    default:
        return SCLP_RC_FUNCTION;
    }
}

uint16_t sclp_read_event_data(uint8_t *sccb, uint32_t length)
{
    uint8_t text[INPUT_MAX];
    uint16_t refused = check_request(sccb, length);
    uint32_t room;

    if (refused != 0)
        return refused;
    if (sclp_event_pending() == 0)
        return SCLP_RC_NO_EVENTS;
    if (length <= INPUT_OVERHEAD)
        return SCLP_RC_SHORT_SCCB;
    room = length - INPUT_OVERHEAD;
    room = terminal_read(text, room < INPUT_MAX ? room : INPUT_MAX);
    sclp_ascii_read_build(sccb, length, text, room);
    return SCLP_RC_OK;
}
