/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which page of a process shows which page of which window, with which rights: what is mapped and
 * what is later compared with the kernel's entries. Belongs to: init.
 */
#ifndef BH_INIT_PLAN_H
#define BH_INIT_PLAN_H

#include "libs/sysdesc/init/init.h"

/* Segments, heap, stack, message, information and state page, three files of a guest, channel
 * parts, declared windows. */
#define PLAN_PIECES (ELF_SEGMENTS + 8u + SYSDESC_CHANNELS + BH_WINDOWS)

struct plan_piece {
    uint64_t page;   /* first virtual page */
    uint64_t pages;  /* more than 0 */
    uint64_t window; /* number of the window in the space */
    uint64_t wpage;  /* first page in that window */
    uint32_t rights; /* BH_R_REGION_* */
};

struct plan {
    uint32_t pieces;
    struct plan_piece piece[PLAN_PIECES]; /* ascending by page, none overlaps another */
};

/* Pages that bytes need. */
uint64_t plan_pages(uint64_t bytes);

/* The heap follows the image: bytes from the start of the private region. */
uint64_t plan_heap(const struct elf_image *image);

/* The plan of a process. Returns false if pieces overlap or are too many, which the description's
 * rules exclude. */
bool plan_make(const struct init *init, uint16_t process, struct plan *plan);

#endif
