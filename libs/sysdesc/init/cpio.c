/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads the bundle, a cpio archive of format newc. Belongs to: init. */
#include <stdbool.h>
#include <string.h>

#include "libs/sysdesc/init/cpio.h"

#define HEADER_BYTES 110u
#define MAGIC "070701"
#define MAGIC_BYTES 6u
#define FIELD_BYTES 8u
#define TRAILER "TRAILER!!!"
#define MODE_TYPE 0170000u
#define MODE_REGULAR 0100000u

/* Which of the thirteen numbers of a header. */
enum field { FIELD_MODE = 1, FIELD_SIZE = 6, FIELD_NAME_BYTES = 11 };

struct entry {
    struct cpio_file file;
    uint32_t mode;
    uint64_t end; /* offset of the next entry */
};

static int hex_digit(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool number(const uint8_t *header, enum field field, uint32_t *value)
{
    const uint8_t *digits = header + MAGIC_BYTES + (uint32_t)field * FIELD_BYTES;

    *value = 0;
    for (uint32_t i = 0; i < FIELD_BYTES; i++) {
        int digit = hex_digit(digits[i]);
        if (digit < 0)
            return false;
        *value = *value << 4 | (uint32_t)digit;
    }
    return true;
}

static uint64_t padded(uint64_t offset)
{
    return (offset + 3) / 4 * 4;
}

/* Offsets stay far below 2^64: each is at most the archive's length plus a 32-bit number. */
static bool entry_layout(const struct cpio *archive, uint64_t offset, struct entry *entry)
{
    const uint8_t *header = archive->bytes + offset;
    uint32_t size, name_bytes;

    if (!number(header, FIELD_MODE, &entry->mode) || !number(header, FIELD_SIZE, &size) ||
        !number(header, FIELD_NAME_BYTES, &name_bytes))
        return false;
    uint64_t data = padded(offset + HEADER_BYTES + name_bytes);
    if (name_bytes == 0 || data > archive->length || size > archive->length - data)
        return false;
    entry->file.name = (const char *)header + HEADER_BYTES;
    entry->file.data = archive->bytes + data;
    entry->file.size = size;
    entry->end = padded(data + size);
    return entry->file.name[name_bytes - 1] == '\0';
}

static enum cpio_result entry_at(const struct cpio *archive, uint64_t offset, struct entry *entry)
{
    if (offset > archive->length || archive->length - offset < HEADER_BYTES ||
        memcmp(archive->bytes + offset, MAGIC, MAGIC_BYTES) != 0 ||
        !entry_layout(archive, offset, entry))
        return CPIO_CORRUPT;
    return strcmp(entry->file.name, TRAILER) == 0 ? CPIO_END : CPIO_FOUND;
}

enum cpio_result cpio_next(const struct cpio *archive, uint64_t *offset, struct cpio_file *file)
{
    struct entry entry;
    enum cpio_result result = entry_at(archive, *offset, &entry);

    if (result == CPIO_FOUND) {
        *file = entry.file;
        *offset = entry.end;
    }
    return result;
}

static bool named(const struct entry *entry, const char *name)
{
    const char *own = entry->file.name;

    if ((entry->mode & MODE_TYPE) != MODE_REGULAR)
        return false;
    return strcmp(strncmp(own, "./", 2) == 0 ? own + 2 : own, name) == 0;
}

enum cpio_result cpio_find(const struct cpio *archive, const char *name, struct cpio_file *file)
{
    struct entry entry;
    enum cpio_result result, found = CPIO_END;

    for (uint64_t offset = 0; (result = entry_at(archive, offset, &entry)) == CPIO_FOUND;
         offset = entry.end) {
        if (!named(&entry, name))
            continue;
        if (found == CPIO_FOUND)
            return CPIO_TWICE;
        found = CPIO_FOUND;
        *file = entry.file;
    }
    return result == CPIO_END ? found : result;
}
