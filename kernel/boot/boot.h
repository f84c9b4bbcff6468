/* SPDX-License-Identifier: BSD-2-Clause */
/* Start of the system. Belongs to: kernel. */
#ifndef KERNEL_BOOT_H
#define KERNEL_BOOT_H

#include <stdint.h>

/* Memory image of the first process and its bundle, as the linker placed them. */
struct boot_image {
    uint64_t init;   /* address of struct bh_init_image */
    uint64_t bundle; /* address, page-aligned */
    uint64_t bundle_bytes;
    uint64_t end;    /* first byte behind everything, page-aligned */
    uint64_t memory; /* bytes that the machine has */
};

/* The root partition, init's thread and its capabilities. Returns 0 if the image is unusable. */
uint32_t boot_objects(const struct boot_image *image);

/* First C function (arch): finds the machine, creates init. */
void boot_main(void);

#endif
