/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel of a Linux guest, and the places of everything. Belongs to: VMM, host tool. */
#include "vmm/loader/image.h"

#include <string.h>

#include "libs/zformats/bytes.h"

#define MIB UINT64_C(0x100000)

/* In the image, which is also guest memory from address 0 on. */
#define MAGIC 0x10008u
#define PARAMETER_INITRD 0x10408u
#define PARAMETER_INITRD_SIZE 0x10410u
#define PARAMETER_VERSION 0x10428u    /* offset of the version's text */
#define PARAMETER_LINE_LIMIT 0x10430u /* 0: the limit of older kernels */
#define PARAMETER_LINE 0x10480u
#define LINE_LIMIT_OLD 896u
#define PARAMETER_END (PARAMETER_LINE + LINE_LIMIT_OLD)

#define INITRD_FIRST (8u * MIB)

/* The last bytes of an image that was not cut off: the boot loader's trailer, or the text that ends
 * a signature behind it. */
static const uint8_t trailer[] = {0, 0, 0, 0x20, 'z', 'I', 'P', 'L'};
static const char signature[] = "~Module signature appended~\n";

static int begins(const struct image_file *file, uint64_t at, const void *bytes, uint64_t size)
{
    return file->size >= size && at <= file->size - size &&
           memcmp(file->bytes + at, bytes, size) == 0;
}

static int ends(const struct image_file *file, const void *bytes, uint64_t size)
{
    return file->size >= size && begins(file, file->size - size, bytes, size);
}

/* What a file without the magic is, where that helps. */
static const char *foreign(const struct image_file *kernel)
{
    if (begins(kernel, 0,
               "\x7f"
               "ELF",
               4))
        return "an ELF file, not a boot image (arch/s390/boot/bzImage, installed as vmlinuz)";
    if (begins(kernel, 0x202, "HdrS", 4))
        return "a Linux kernel for x86, not for s390x";
    if (begins(kernel, 0x38, "ARM\x64", 4))
        return "a Linux kernel for arm64, not for s390x";
    if (begins(kernel, 0, "\x1f\x8b", 2))
        return "a gzip file, not a boot image: unpack it first";
    return "no Linux kernel for s390x";
}

uint64_t image_command_line_limit(const struct image_file *kernel)
{
    uint64_t limit = be64_get(kernel->bytes + PARAMETER_LINE_LIMIT);

    return limit == 0 ? LINE_LIMIT_OLD : limit;
}

static int is_whole(const struct image_file *kernel)
{
    uint64_t room = kernel->size - PARAMETER_LINE;

    return image_command_line_limit(kernel) <= room &&
           be64_get(kernel->bytes + PARAMETER_VERSION) < kernel->size &&
           (ends(kernel, trailer, sizeof(trailer)) ||
            ends(kernel, signature, sizeof(signature) - 1));
}

const char *image_kernel_fault(const struct image_file *kernel)
{
    if (kernel->size == 0)
        return "an empty file";
    if (!begins(kernel, MAGIC, "S390EP", 6))
        return foreign(kernel);
    if (kernel->size < PARAMETER_END || !is_whole(kernel))
        return "truncated";
    return NULL;
}

/* The kernel's decompressor wants some room behind its own image. */
uint64_t image_initrd_address(const struct image_set *set)
{
    uint64_t behind = (set->kernel.size + 2 * MIB - 1) / MIB * MIB;

    return behind < INITRD_FIRST ? INITRD_FIRST : behind;
}

const char *image_set_fault(const struct image_set *set, uint64_t memory_size)
{
    uint64_t initrd = image_initrd_address(set);

    if (set->kernel.size > memory_size)
        return "the kernel is larger than the guest's memory";
    if (set->initrd.size > 0 && (initrd > memory_size || set->initrd.size > memory_size - initrd))
        return "the RAM disk does not fit into the guest's memory behind the kernel";
    if (set->command_line.size >= image_command_line_limit(&set->kernel))
        return "the command line is longer than the kernel takes";
    return NULL;
}

void image_place(const struct image_set *set, uint8_t *memory)
{
    uint64_t initrd = image_initrd_address(set);

    memcpy(memory, set->kernel.bytes, set->kernel.size);
    be64_put(memory + PARAMETER_INITRD, set->initrd.size > 0 ? initrd : 0);
    be64_put(memory + PARAMETER_INITRD_SIZE, set->initrd.size);
    if (set->initrd.size > 0)
        memcpy(memory + initrd, set->initrd.bytes, set->initrd.size);
    if (set->command_line.size > 0)
        memcpy(memory + PARAMETER_LINE, set->command_line.bytes, set->command_line.size);
    memory[PARAMETER_LINE + set->command_line.size] = 0;
}
