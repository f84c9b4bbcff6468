/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads and checks the headers of program images. Belongs to: init. */
#include <stdbool.h>
#include <string.h>

#include "libs/abi/abi.h"
#include "libs/sysdesc/init/elf.h"
#include "libs/zformats/bytes.h"

/* Offsets and values of the file header, Elf64_Ehdr. */
#define HEADER_BYTES 64u
#define HEADER_TYPE 16u
#define HEADER_MACHINE 18u
#define HEADER_VERSION 20u
#define HEADER_ENTRY 24u
#define HEADER_PROGRAM_OFFSET 32u
#define HEADER_SIZE 52u
#define HEADER_PROGRAM_SIZE 54u
#define HEADER_PROGRAM_COUNT 56u
#define TYPE_EXECUTABLE 2u
#define MACHINE_S390 22u

/* Offsets and values of a program header, Elf64_Phdr. */
#define PROGRAM_BYTES 56u
#define PROGRAM_TYPE 0u
#define PROGRAM_FLAGS 4u
#define PROGRAM_OFFSET 8u
#define PROGRAM_ADDRESS 16u
#define PROGRAM_FILE_SIZE 32u
#define PROGRAM_SIZE 40u
#define PROGRAM_LOAD 1u
#define PROGRAM_DYNAMIC 2u
#define PROGRAM_INTERPRETER 3u
#define FLAG_EXECUTE 1u
#define FLAG_WRITE 2u
#define FLAG_READ 4u

struct range {
    const uint8_t *bytes;
    uint64_t length;
};

static bool within(uint64_t offset, uint64_t size, uint64_t length)
{
    return offset <= length && size <= length - offset;
}

static enum elf_result check_identity(const struct range *file)
{
    /* Class 2 is 64 bits, data encoding 2 is big-endian, version 1 is the only one. */
    static const uint8_t identity[] = {0x7f, 'E', 'L', 'F', 2, 2, 1};
    const uint8_t *header = file->bytes;

    if (file->length < HEADER_BYTES)
        return ELF_TRUNCATED;
    if (memcmp(header, identity, sizeof(identity)) != 0 || be32_get(header + HEADER_VERSION) != 1 ||
        be16_get(header + HEADER_SIZE) != HEADER_BYTES ||
        be16_get(header + HEADER_PROGRAM_SIZE) != PROGRAM_BYTES)
        return ELF_FORMAT;
    if (be16_get(header + HEADER_MACHINE) != MACHINE_S390)
        return ELF_MACHINE;
    return be16_get(header + HEADER_TYPE) == TYPE_EXECUTABLE ? ELF_OK : ELF_TYPE;
}

static uint32_t rights_of(uint32_t flags)
{
    uint32_t rights = 0;

    if (flags & FLAG_READ)
        rights |= BH_R_REGION_READ;
    if (flags & FLAG_WRITE)
        rights |= BH_R_REGION_WRITE;
    if (flags & FLAG_EXECUTE)
        rights |= BH_R_REGION_EXECUTE;
    return rights;
}

static bool rights_ok(uint32_t rights)
{
    uint32_t both = BH_R_REGION_WRITE | BH_R_REGION_EXECUTE;

    return (rights & BH_R_REGION_READ) && (rights & both) != both;
}

static uint64_t end_page(const struct elf_segment *segment)
{
    return (segment->address + segment->size + BH_PAGE_SIZE - 1) / BH_PAGE_SIZE;
}

static enum elf_result check_segment(const struct elf_segment *segment, const struct range *file,
                                     const struct elf_room *room)
{
    if (segment->file_size > segment->size)
        return ELF_SEGMENT;
    if (!within(segment->offset, segment->file_size, file->length))
        return ELF_TRUNCATED;
    if (segment->address % BH_PAGE_SIZE != 0)
        return ELF_ALIGNMENT;
    if (!rights_ok(segment->rights))
        return ELF_RIGHTS;
    if (segment->address < room->base ||
        !within(segment->address - room->base, segment->size, room->size))
        return ELF_ROOM;
    return ELF_OK;
}

static enum elf_result append(struct elf_image *image, const struct elf_segment *segment)
{
    if (image->segments == ELF_SEGMENTS)
        return ELF_SEGMENT;
    if (image->segments > 0 &&
        segment->address / BH_PAGE_SIZE < end_page(&image->segment[image->segments - 1]))
        return ELF_OVERLAP;
    image->segment[image->segments++] = *segment;
    return ELF_OK;
}

static enum elf_result add_load(const uint8_t *program, const struct range *file,
                                const struct elf_room *room, struct elf_image *image)
{
    struct elf_segment segment = {
        .address = be64_get(program + PROGRAM_ADDRESS),
        .offset = be64_get(program + PROGRAM_OFFSET),
        .file_size = be64_get(program + PROGRAM_FILE_SIZE),
        .size = be64_get(program + PROGRAM_SIZE),
        .rights = rights_of(be32_get(program + PROGRAM_FLAGS)),
    };
    enum elf_result result = check_segment(&segment, file, room);

    if (result != ELF_OK || segment.size == 0)
        return result;
    return append(image, &segment);
}

static enum elf_result add_program(const uint8_t *program, const struct range *file,
                                   const struct elf_room *room, struct elf_image *image)
{
    switch (be32_get(program + PROGRAM_TYPE)) {
    case PROGRAM_LOAD:
        return add_load(program, file, room, image);
    case PROGRAM_DYNAMIC:
    case PROGRAM_INTERPRETER:
        return ELF_TYPE;
    default:
        return ELF_OK;
    }
}

static enum elf_result add_programs(const struct range *file, const struct elf_room *room,
                                    struct elf_image *image)
{
    uint64_t offset = be64_get(file->bytes + HEADER_PROGRAM_OFFSET);
    uint32_t count = be16_get(file->bytes + HEADER_PROGRAM_COUNT);
    enum elf_result result = ELF_OK;

    if (!within(offset, (uint64_t)count * PROGRAM_BYTES, file->length))
        return ELF_TRUNCATED;
    for (uint32_t i = 0; i < count && result == ELF_OK; i++)
        result = add_program(file->bytes + offset + (uint64_t)i * PROGRAM_BYTES, file, room, image);
    if (result == ELF_OK && image->segments == 0)
        return ELF_SEGMENT;
    return result;
}

static enum elf_result check_entry(const struct elf_image *image)
{
    uint64_t entry = image->entry;

    for (uint32_t i = 0; i < image->segments; i++) {
        const struct elf_segment *segment = &image->segment[i];
        if ((segment->rights & BH_R_REGION_EXECUTE) && entry >= segment->address &&
            entry - segment->address < segment->file_size)
            return entry % 2 == 0 ? ELF_OK : ELF_ENTRY;
    }
    return ELF_ENTRY;
}

enum elf_result elf_parse(const uint8_t *bytes, uint64_t length, const struct elf_room *room,
                          struct elf_image *image)
{
    struct range file = {.bytes = bytes, .length = length};
    enum elf_result result = check_identity(&file);

    if (result != ELF_OK)
        return result;
    memset(image, 0, sizeof(*image));
    image->bytes = bytes;
    image->entry = be64_get(bytes + HEADER_ENTRY);
    result = add_programs(&file, room, image);
    return result == ELF_OK ? check_entry(image) : result;
}

const char *elf_text(enum elf_result result)
{
    static const char *const text[ELF_RESULTS] = {
        [ELF_OK] = "well formed",
        [ELF_TRUNCATED] = "a part lies outside the file",
        [ELF_FORMAT] = "not a big-endian ELF file of 64 bits",
        [ELF_MACHINE] = "not for s390x",
        [ELF_TYPE] = "not a static executable",
        [ELF_SEGMENT] = "no, too many or impossible segments",
        [ELF_ALIGNMENT] = "a segment does not begin at a page",
        [ELF_OVERLAP] = "segments overlap or share a page",
        [ELF_RIGHTS] = "a segment is unreadable, or both writable and executable",
        [ELF_ROOM] = "a segment lies outside the room for the image",
        [ELF_ENTRY] = "the entry point is not in an executable segment",
    };

    return result < ELF_RESULTS ? text[result] : "unknown result";
}
