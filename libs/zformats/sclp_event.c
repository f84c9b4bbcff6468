/* SPDX-License-Identifier: BSD-2-Clause */
/* SCLP event buffers and the ASCII console (kernel console, VMM's virtual SCLP). */
#include "libs/zformats/bytes.h"
#include "libs/zformats/sclp.h"

int sclp_event_at(const uint8_t *sccb, uint32_t size, uint32_t offset, struct sclp_event *event)
{
    uint32_t length = sccb_checked_length(sccb, size);
    const uint8_t *header;

    if (offset < SCCB_DATA || offset > length)
        return -1;
    if (offset == length)
        return 0;
    if (length - offset < SCLP_EVENT_HDR_SIZE)
        return -1;
    header = sccb + offset;
    event->offset = offset;
    event->length = be16_get(header + SCLP_EVENT_LENGTH);
    if (event->length < SCLP_EVENT_HDR_SIZE || event->length > length - offset)
        return -1;
    event->type = header[SCLP_EVENT_TYPE];
    event->flags = header[SCLP_EVENT_FLAGS];
    event->data = header + SCLP_EVENT_HDR_SIZE;
    event->data_length = (uint16_t)(event->length - SCLP_EVENT_HDR_SIZE);
    return 1;
}

void sclp_event_accept(uint8_t *sccb, uint32_t offset)
{
    sccb[offset + SCLP_EVENT_FLAGS] |= SCLP_EVENT_ACCEPTED;
}

uint8_t *sclp_event_start(uint8_t *sccb, uint32_t size, uint8_t type, uint32_t data_length)
{
    uint32_t limit = size < SCCB_SIZE_MAX ? size : SCCB_SIZE_MAX;
    uint8_t *header = sccb + SCCB_DATA;

    if (limit < SCCB_DATA + SCLP_EVENT_HDR_SIZE)
        return 0;
    if (data_length > limit - SCCB_DATA - SCLP_EVENT_HDR_SIZE)
        return 0;
    sccb_init(sccb, (uint16_t)(SCCB_DATA + SCLP_EVENT_HDR_SIZE + data_length));
    bytes_zero(header, SCLP_EVENT_HDR_SIZE);
    be16_put(header + SCLP_EVENT_LENGTH, (uint16_t)(SCLP_EVENT_HDR_SIZE + data_length));
    header[SCLP_EVENT_TYPE] = type;
    return header + SCLP_EVENT_HDR_SIZE;
}

uint16_t sclp_ascii_write(uint8_t *sccb, uint32_t size, const char *text, uint32_t length)
{
    uint8_t *data = sclp_event_start(sccb, size, SCLP_TYPE_ASCII, length);

    if (!data)
        return 0;
    for (uint32_t i = 0; i < length; i++)
        data[i] = (uint8_t)text[i];
    return be16_get(sccb + SCCB_LENGTH);
}

uint16_t sclp_ascii_read_build(uint8_t *sccb, uint32_t size, const uint8_t *text, uint32_t length)
{
    uint8_t *data;

    if (length >= SCCB_SIZE_MAX)
        return 0;
    data = sclp_event_start(sccb, size, SCLP_TYPE_ASCII, length + 1);
    if (!data)
        return 0;
    data[0] = SCLP_ASCII_DATA;
    bytes_copy(data + 1, text, length);
    return be16_get(sccb + SCCB_LENGTH);
}

const uint8_t *sclp_ascii_read_text(const struct sclp_event *event, uint32_t *length)
{
    *length = 0;
    if (event->type != SCLP_TYPE_ASCII || event->data_length == 0)
        return event->data;
    if (event->data[0] == SCLP_ASCII_DATA)
        *length = event->data_length - 1u;
    return event->data + 1;
}
