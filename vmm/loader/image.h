/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A Linux guest's files: what they must be, and where they go in its memory. Pure functions, shared
 * with the host tool, which checks the files before anything boots. Belongs to: VMM, host tool.
 *
 * Source: Documentation/arch/s390 of Linux names the parameter area; offsets as QEMU uses them when
 * it starts a kernel itself. All numbers are big-endian, all sizes in bytes.
 */
#ifndef VMM_LOADER_IMAGE_H
#define VMM_LOADER_IMAGE_H

#include <stdint.h>

#define IMAGE_ENTRY 0x10000u /* first instruction; the image itself is loaded at address 0 */

struct image_file {
    const uint8_t *bytes;
    uint64_t size;
};

struct image_set {
    struct image_file kernel;
    struct image_file initrd;       /* size 0: none */
    struct image_file command_line; /* text without a final NUL; size 0: none */
};

/* The next two return a null pointer if all is well, else what is wrong, as the end of the sentence
 * "the kernel is ...", without a period. */

/* The file is a whole, uncompressed-at-the-front boot image for s390x ("vmlinuz", "bzImage"). */
const char *image_kernel_fault(const struct image_file *kernel);

/* The file begins like an initial RAM disk; an uncompressed one must be complete. */
const char *image_initrd_fault(const struct image_file *initrd);

/* The longest command line that the kernel takes. Requires: image_kernel_fault found nothing. */
uint64_t image_command_line_limit(const struct image_file *kernel);

/* Where the RAM disk goes: behind the kernel, at 8 MiB or above, a multiple of 1 MiB. */
uint64_t image_initrd_address(const struct image_set *set);

/* A null pointer, or what is wrong with the whole in so much memory, as a sentence's end: "the
 * guest cannot be loaded: ...". Requires: no single file has a fault. */
const char *image_set_fault(const struct image_set *set, uint64_t memory_size);

/* Writes everything into the guest's memory. Requires: no faults. */
void image_place(const struct image_set *set, uint8_t *memory);

#endif
