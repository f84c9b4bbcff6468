/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The header in front of the flat image of the first process, and the start-up information page
 * of every other process. Belongs to: everybody; includes nobody.
 */
#ifndef BH_INIT_IMAGE_H
#define BH_INIT_IMAGE_H

#include <stdint.h>

#define BH_INIT_MAGIC 0x424849004e495400u /* "BHI" 0 "NIT" 0 */
#define BH_INIT_BASE 0x100000u            /* virtual address of the header */
#define BH_BUNDLE_BASE 0x10000000u        /* virtual address of the bundle in init's space */

/* All offsets in bytes from the header; sizes are multiples of 4096. */
struct bh_init_image {
    uint64_t magic;
    uint64_t entry;       /* virtual address of the first instruction */
    uint64_t text_size;   /* header and text: mapped read-only and executable */
    uint64_t rodata_size; /* constants behind it: mapped read-only */
    uint64_t total_size;  /* everything; the rest is mapped read-write */
    uint64_t stack_top;   /* virtual address */
    uint64_t message;     /* virtual address of the message buffer page, in the rest */
    uint64_t reserved;
};

/* Start-up information of a process: GR2 at its entry points to it. */
#define BH_INFO_MAGIC 0x4248494e464f3031u /* "BHINFO01" */
#define BH_INFO_ENTRIES 84u               /* the structure fits into one page */

enum bh_info_kind {
    BH_INFO_END = 0,
    BH_INFO_CAP = 1,     /* value: slot, size: rights */
    BH_INFO_WINDOW = 2,  /* value: virtual address, size: bytes; page: its page in the window */
    BH_INFO_CHANNEL = 3, /* value: virtual address, size: bytes; page: 0 producer, 1 consumer */
    BH_INFO_DMA = 4,     /* value: first I/O address, size: bytes */
    BH_INFO_VALUE = 5    /* value: a number from the description */
};

struct bh_info_entry {
    char name[24]; /* NUL-terminated */
    uint32_t kind; /* enum bh_info_kind */
    uint32_t page; /* see kind */
    uint64_t value;
    uint64_t size;
};

struct bh_info {
    uint64_t magic;
    uint64_t message; /* virtual address of the message buffer page */
    uint64_t heap;    /* virtual address of the heap */
    uint64_t heap_size;
    struct bh_info_entry entry[BH_INFO_ENTRIES];
};

#endif
