/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The bundle: a cpio archive in the "newc" format (man 5 cpio, "New ASCII Format"). Belongs to:
 * init. An entry is a header of 110 bytes (magic 070701, thirteen numbers of eight hexadecimal
 * digits), the NUL-terminated name and the data, both padded to a multiple of four bytes from the
 * start of the archive; the entry TRAILER!!! ends it. Nothing in the archive is trusted.
 */
#ifndef BH_INIT_CPIO_H
#define BH_INIT_CPIO_H

#include <stdint.h>

struct cpio {
    const uint8_t *bytes;
    uint64_t length; /* bytes that may be read */
};

struct cpio_file {
    const char *name; /* NUL-terminated, inside the archive */
    const uint8_t *data;
    uint64_t size; /* bytes */
};

enum cpio_result {
    CPIO_FOUND,
    CPIO_END,     /* the trailer was met */
    CPIO_CORRUPT, /* truncated, no header where one must be, or a number that isn't one */
    CPIO_TWICE    /* two entries have the name that was searched for */
};

/* The entry at *offset (0 at first); moves *offset to the next one only when it was found. */
enum cpio_result cpio_next(const struct cpio *archive, uint64_t *offset, struct cpio_file *file);

/* The only regular file of this name, with or without "./" in front. The archive is read up to
 * its trailer, so CPIO_FOUND also says that all of it is well formed. */
enum cpio_result cpio_find(const struct cpio *archive, const char *name, struct cpio_file *file);

#endif
