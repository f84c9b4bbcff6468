/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Program images: static ELF files for s390x (System V ABI, chapters 4 and 5; machine EM_S390 =
 * 22). Belongs to: init. Every field of a file is checked before anything uses it. An image is only
 * described here; who loads it copies the bytes and clears the rest.
 */
#ifndef BH_INIT_ELF_H
#define BH_INIT_ELF_H

#include <stdint.h>

#define ELF_SEGMENTS 8u

enum elf_result {
    ELF_OK,
    ELF_TRUNCATED, /* a header or the bytes of a segment lie outside the file */
    ELF_FORMAT,    /* not ELF, 64 bits, big-endian, version 1, with headers of known size */
    ELF_MACHINE,   /* not for s390x */
    ELF_TYPE,      /* not a static executable: another type, an interpreter or a dynamic section */
    ELF_SEGMENT,   /* more than ELF_SEGMENTS, none, more file than memory, or past the end */
    ELF_ALIGNMENT, /* a segment does not begin at a page */
    ELF_OVERLAP,   /* segments not in ascending order, or two in one page */
    ELF_RIGHTS,    /* a segment is unreadable, or both writable and executable */
    ELF_ROOM,      /* a segment lies outside the addresses that the process has for its image */
    ELF_ENTRY,     /* the entry point is odd or not in an executable segment */
    ELF_RESULTS
};

struct elf_segment {
    uint64_t address;   /* virtual, a multiple of 4096 */
    uint64_t offset;    /* of its first byte in the file */
    uint64_t file_size; /* bytes from the file, then zeroes up to */
    uint64_t size;      /* bytes in memory, more than 0 */
    uint32_t rights;    /* BH_R_REGION_READ, with WRITE or EXECUTE or neither */
};

struct elf_image {
    const uint8_t *bytes;
    uint64_t entry; /* virtual address of the first instruction */
    uint32_t segments;
    struct elf_segment segment[ELF_SEGMENTS]; /* ascending, no page belongs to two */
};

/* The virtual addresses that an image may use: [base, base + size). */
struct elf_room {
    uint64_t base;
    uint64_t size;
};

/* Reads the headers of a file of `length` bytes; *image is valid only with ELF_OK. */
enum elf_result elf_parse(const uint8_t *bytes, uint64_t length, const struct elf_room *room,
                          struct elf_image *image);

/* What a result means, for messages. */
const char *elf_text(enum elf_result result);

#endif
