/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel hands to the first process. Belongs to: init.
 *
 * The program is linked with libs/rt/init.ld; `int main(void)` finds here what GR2 to GR5 held. Its
 * standard output goes through BH_INIT_CONSOLE, its heap is a static array.
 */
#ifndef BH_RT_INIT_H
#define BH_RT_INIT_H

#include <stdint.h>

struct bh_init_arguments {
    uint64_t bundle;      /* address of its first byte */
    uint64_t bundle_size; /* bytes */
    uint64_t memory;      /* bytes of the machine's memory */
    uint64_t first_frame; /* first frame behind the boot area, usable for regions */
};

extern struct bh_init_arguments bh_init_arguments;

#endif
