/* SPDX-License-Identifier: BSD-2-Clause */
/* SCLP line-mode console: message output and operator commands, EBCDIC text in nested structures
 * (kernel console where there is no ASCII console; VMM's virtual SCLP).
 *
 * Output: message data block (12-byte header) with message objects; ours has one text object.
 * Input: message unit > message services unit > text command > subvector > text, each with a
 * length that includes its own header. */
#include "libs/zformats/bytes.h"
#include "libs/zformats/sclp.h"

#define MDB_SIZE 12u
#define MDB_TYPE 2
#define MDB_TAG 4
#define MDB_REVISION 8
#define MDB_TYPE_VALUE 1u
#define MDB_TAG_VALUE UINT32_C(0xd4c4c240) /* EBCDIC "MDB " */
#define MDB_REVISION_VALUE 1u

#define OBJECT_HDR_SIZE 4u
#define OBJECT_TYPE 2
#define OBJECT_TEXT 4u
#define TEXT_LINE_FLAGS 4
#define TEXT_START 10u
#define TEXT_END_OF_MESSAGE 0x1000u

#define VECTOR_HDR_SIZE 4u
#define VECTOR_ID 2
#define SUBVECTOR_HDR_SIZE 2u
#define SUBVECTOR_KEY 1
#define SUBVECTOR_LENGTH_MAX 255u
#define ID_MESSAGE_UNIT 0x1310u
#define ID_SERVICES_UNIT 0x1212u
#define ID_TEXT_COMMAND 0x1320u
#define KEY_SELF_DEFINING 0x31u
#define KEY_TEXT 0x30u

uint16_t sclp_line_start(uint8_t *sccb, uint32_t size)
{
    uint8_t *mdb = sclp_event_start(sccb, size, SCLP_TYPE_MESSAGE, MDB_SIZE);

    if (!mdb)
        return 0;
    be16_put(mdb, MDB_SIZE);
    be16_put(mdb + MDB_TYPE, MDB_TYPE_VALUE);
    be32_put(mdb + MDB_TAG, MDB_TAG_VALUE);
    be32_put(mdb + MDB_REVISION, MDB_REVISION_VALUE);
    return be16_get(sccb + SCCB_LENGTH);
}

static void lengthen(uint8_t *field, uint32_t by)
{
    be16_put(field, (uint16_t)(be16_get(field) + by));
}

uint16_t sclp_line_add(uint8_t *sccb, uint32_t size, const uint8_t *ebcdic, uint32_t length)
{
    uint32_t limit = size < SCCB_SIZE_MAX ? size : SCCB_SIZE_MAX;
    uint32_t used = be16_get(sccb + SCCB_LENGTH);
    uint8_t *text = sccb + used;

    if (used > limit || length > SCCB_SIZE_MAX || TEXT_START + length > limit - used)
        return 0;
    bytes_zero(text, TEXT_START);
    be16_put(text, (uint16_t)(TEXT_START + length));
    be16_put(text + OBJECT_TYPE, OBJECT_TEXT);
    be16_put(text + TEXT_LINE_FLAGS, TEXT_END_OF_MESSAGE);
    bytes_copy(text + TEXT_START, ebcdic, length);
    lengthen(sccb + SCCB_LENGTH, TEXT_START + length);
    lengthen(sccb + SCCB_DATA + SCLP_EVENT_LENGTH, TEXT_START + length);
    lengthen(sccb + SCCB_DATA + SCLP_EVENT_HDR_SIZE, TEXT_START + length);
    return be16_get(sccb + SCCB_LENGTH);
}

uint16_t sclp_line_write(uint8_t *sccb, uint32_t size, const uint8_t *ebcdic, uint32_t length)
{
    return sclp_line_start(sccb, size) != 0 ? sclp_line_add(sccb, size, ebcdic, length) : 0;
}

/* Length of the message data block of the event, or 0 if there is no proper one. */
static uint32_t mdb_length(const struct sclp_event *event)
{
    uint32_t length;

    if (event->type != SCLP_TYPE_MESSAGE || event->data_length < MDB_SIZE)
        return 0;
    length = be16_get(event->data);
    if (length < MDB_SIZE || length > event->data_length)
        return 0;
    if (be16_get(event->data + MDB_TYPE) != MDB_TYPE_VALUE)
        return 0;
    return be32_get(event->data + MDB_TAG) == MDB_TAG_VALUE ? length : 0;
}

/* Each turn advances by at least an object header, so a message of 4 KiB ends after 1024. */
int sclp_line_next(const struct sclp_event *event, uint32_t *cursor, const uint8_t **line,
                   uint32_t *length)
{
    uint32_t end = mdb_length(event);
    uint32_t at = *cursor ? *cursor : MDB_SIZE;

    if (end == 0)
        return -1;
    while (at < end) {
        const uint8_t *object = event->data + at;
        uint32_t step = end - at < OBJECT_HDR_SIZE ? 0 : be16_get(object);

        if (step < OBJECT_HDR_SIZE || step > end - at)
            return -1;
        at += step;
        *cursor = at;
        if (be16_get(object + OBJECT_TYPE) == OBJECT_TEXT && step >= TEXT_START) {
            *line = object + TEXT_START;
            *length = step - TEXT_START;
            return 1;
        }
    }
    return 0;
}

static uint8_t *vector_put(uint8_t *at, uint16_t id, uint32_t rest)
{
    be16_put(at, (uint16_t)rest);
    be16_put(at + VECTOR_ID, id);
    return at + VECTOR_HDR_SIZE;
}

static uint8_t *subvector_put(uint8_t *at, uint8_t key, uint32_t rest)
{
    at[0] = (uint8_t)rest;
    at[SUBVECTOR_KEY] = key;
    return at + SUBVECTOR_HDR_SIZE;
}

uint16_t sclp_command_build(uint8_t *sccb, uint32_t size, const uint8_t *ebcdic, uint32_t length)
{
    uint32_t total = 3 * VECTOR_HDR_SIZE + 2 * SUBVECTOR_HDR_SIZE + length;
    uint8_t *at;

    if (length > SUBVECTOR_LENGTH_MAX - 2 * SUBVECTOR_HDR_SIZE)
        return 0;
    at = sclp_event_start(sccb, size, SCLP_TYPE_OPERATOR_COMMAND, total);
    if (!at)
        return 0;
    at = vector_put(at, ID_MESSAGE_UNIT, total);
    at = vector_put(at, ID_SERVICES_UNIT, total - VECTOR_HDR_SIZE);
    at = vector_put(at, ID_TEXT_COMMAND, total - 2 * VECTOR_HDR_SIZE);
    at = subvector_put(at, KEY_SELF_DEFINING, 2 * SUBVECTOR_HDR_SIZE + length);
    at = subvector_put(at, KEY_TEXT, SUBVECTOR_HDR_SIZE + length);
    bytes_copy(at, ebcdic, length);
    return be16_get(sccb + SCCB_LENGTH);
}

/* A part of the nested structure: [at, end) of the event's data. */
struct span {
    uint32_t at, end;
};

/* Narrow span to the content of its first vector with this identity; 0 if there is none. */
static int vector_enter(const uint8_t *data, struct span *span, uint16_t id)
{
    uint32_t at = span->at;

    while (span->end - at >= VECTOR_HDR_SIZE) {
        uint32_t length = be16_get(data + at);

        if (length < VECTOR_HDR_SIZE || length > span->end - at)
            return 0;
        if (be16_get(data + at + VECTOR_ID) == id) {
            *span = (struct span){at + VECTOR_HDR_SIZE, at + length};
            return 1;
        }
        at += length;
    }
    return 0;
}

static int subvector_enter(const uint8_t *data, struct span *span, uint8_t key)
{
    uint32_t at = span->at;

    while (span->end - at >= SUBVECTOR_HDR_SIZE) {
        uint32_t length = data[at];

        if (length < SUBVECTOR_HDR_SIZE || length > span->end - at)
            return 0;
        if (data[at + SUBVECTOR_KEY] == key) {
            *span = (struct span){at + SUBVECTOR_HDR_SIZE, at + length};
            return 1;
        }
        at += length;
    }
    return 0;
}

int sclp_command_text(const struct sclp_event *event, const uint8_t **text, uint32_t *length)
{
    struct span span = {0, event->data_length};

    if (event->type != SCLP_TYPE_OPERATOR_COMMAND ||
        !vector_enter(event->data, &span, ID_MESSAGE_UNIT) ||
        !vector_enter(event->data, &span, ID_SERVICES_UNIT) ||
        !vector_enter(event->data, &span, ID_TEXT_COMMAND) ||
        !subvector_enter(event->data, &span, KEY_SELF_DEFINING) ||
        !subvector_enter(event->data, &span, KEY_TEXT))
        return 0;
    *text = event->data + span.at;
    *length = span.end - span.at;
    return 1;
}
