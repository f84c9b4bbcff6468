/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The initial RAM disk of a Linux guest: recognised, and complete as far as that can be seen.
 * Belongs to: VMM, host tool.
 * Source: Documentation/driver-api/early-userspace/buffer-format.rst of Linux.
 */
#include <stddef.h>
#include <string.h>

#include "vmm/loader/image.h"

/* Header of a member, format newc: 13 numbers of 8 hexadecimal digits behind the magic. */
#define HEADER 110u
#define FIELDS 6u
#define FIELD_DIGITS 8u
#define FIELD_FILE_SIZE 6u
#define FIELD_NAME_SIZE 11u

static const char last_name[] = "TRAILER!!!";

struct magic {
    uint32_t size;
    const char *bytes;
};

/* What the kernel can unpack: gzip, bzip2, LZMA, xz, LZO, LZ4, Zstandard. */
static const struct magic compressed[] = {
    {2, "\x1f\x8b"},
    {3, "BZh"},
    {3, "\x5d\x00\x00"},
    {6, "\xfd"
        "7zXZ\x00"},
    {4, "\x89LZO"},
    {4, "\x02\x21\x4c\x18"},
    {4, "\x28\xb5\x2f\xfd"},
};

static int starts_with(const struct image_file *file, const char *bytes, uint32_t size)
{
    return file->size >= size && memcmp(file->bytes, bytes, size) == 0;
}

static int is_compressed(const struct image_file *file)
{
    for (size_t i = 0; i < sizeof(compressed) / sizeof(compressed[0]); i++)
        if (starts_with(file, compressed[i].bytes, compressed[i].size))
            return 1;
    return 0;
}

static int is_cpio(const uint8_t *header)
{
    return memcmp(header, "070701", 6) == 0 || memcmp(header, "070702", 6) == 0;
}

/* Returns -1 for what is no hexadecimal digit. */
static int digit(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20u;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Returns 0 if the field is no number. */
static int get_field(const uint8_t *header, uint32_t field, uint64_t *value)
{
    const uint8_t *text = header + FIELDS + field * FIELD_DIGITS;

    *value = 0;
    for (uint32_t i = 0; i < FIELD_DIGITS; i++) {
        int d = digit(text[i]);

        if (d < 0)
            return 0;
        *value = *value * 16u + (uint64_t)d;
    }
    return 1;
}

static uint64_t aligned(uint64_t size)
{
    return (size + 3u) & ~UINT64_C(3);
}

struct member {
    const uint8_t *name;
    uint64_t name_size; /* with the final NUL */
    uint64_t next;      /* offset of the next header */
};

/* The member at `at`; 0 if it is damaged or leaves the file. */
static int read_member(const struct image_file *file, uint64_t at, struct member *member)
{
    const uint8_t *header = file->bytes + at;
    uint64_t rest = file->size - at, data;

    if (rest < HEADER || !is_cpio(header) || !get_field(header, FIELD_FILE_SIZE, &data) ||
        !get_field(header, FIELD_NAME_SIZE, &member->name_size))
        return 0;
    if (member->name_size == 0 || HEADER + member->name_size > rest)
        return 0;
    member->name = header + HEADER;
    member->next = aligned(at + HEADER + member->name_size);
    member->next = aligned(member->next + data);
    return member->next <= aligned(file->size);
}

/* The first archive of the file reaches its end; what follows it is the kernel's affair. Ends,
 * because each member is at least a header long. */
static int is_complete(const struct image_file *file)
{
    struct member member = {.next = 0};

    while (member.next < file->size && read_member(file, member.next, &member))
        if (member.name_size == sizeof(last_name) &&
            memcmp(member.name, last_name, sizeof(last_name)) == 0)
            return 1;
    return 0;
}

const char *image_initrd_fault(const struct image_file *initrd)
{
    if (initrd->size == 0)
        return "an empty file";
    if (is_compressed(initrd))
        return NULL;
    if (initrd->size < HEADER || !is_cpio(initrd->bytes))
        return "no initial RAM disk (a cpio archive in format newc, compressed or not)";
    return is_complete(initrd) ? NULL : "truncated or damaged";
}
