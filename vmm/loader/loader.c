/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Starts the guest from its files, at first and after each of its own restarts. Belongs to: VMM.
 *
 * By name from the start-up information: the windows "kernel", "initrd" and "command-line", the
 * last two optional.
 */
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/zformats/psw.h"
#include "vmm/hooks.h"
#include "vmm/loader/image.h"
#include "vmm/memory.h"

static struct image_file find(const char *name)
{
    struct bh_window window = {0};

    bh_window(name, &window);
    return (struct image_file){window.address, window.size};
}

static void check(const struct image_set *set)
{
    const char *fault = image_kernel_fault(&set->kernel);

    if (fault)
        bh_fatal("the guest's kernel is %s", fault);
    fault = set->initrd.size > 0 ? image_initrd_fault(&set->initrd) : NULL;
    if (fault)
        bh_fatal("the guest's RAM disk is %s", fault);
    fault = image_set_fault(set, guest_size);
    if (fault)
        bh_fatal("the guest cannot be loaded: %s", fault);
}

void loader_start(struct cpu *cpu)
{
    struct image_set set = {find("kernel"), find("initrd"), find("command-line")};

    check(&set);
    image_place(&set, guest_memory);
    cpu->psw_mask = PSW_64;
    cpu->psw_address = IMAGE_ENTRY;
}
