/* SPDX-License-Identifier: BSD-2-Clause */
/* The files of a guest in its VMM's memory. Belongs to: init. */
#include "libs/sysdesc/init/parts.h"

#include <string.h>

#include "libs/sysdesc/init/plan.h"
#include "libs/sysdesc/layout.h"

static struct part content(const struct init *init, uint16_t guest, enum part_kind kind)
{
    const struct sysdesc_guest *declared = &init->sys.guest[guest];
    const struct init_guest *files = &init->guest[guest];

    switch (kind) {
    case PART_KERNEL:
        return (struct part){"kernel", files->kernel.data, files->kernel.size, 0};
    case PART_INITRD:
        return (struct part){"initrd", files->initrd.data, files->initrd.size, 0};
    default:
        return (struct part){"command-line", (const uint8_t *)declared->command_line,
                             strlen(declared->command_line), 0};
    }
}

static uint64_t heap_end(const struct init *init, uint16_t process)
{
    return plan_heap(&init->image[process]) + init->sys.process[process].heap;
}

struct part part_of(const struct init *init, uint16_t process, enum part_kind kind)
{
    uint16_t guest = layout_guest(&init->sys, process);
    struct part part = {"", NULL, 0, 0};
    uint64_t offset = heap_end(init, process);

    if (guest == SYSDESC_NONE)
        return part;
    for (uint32_t i = PART_KERNEL; i <= kind; i++) {
        offset += plan_pages(part.size) * BH_PAGE_SIZE;
        part = content(init, guest, (enum part_kind)i);
    }
    part.offset = offset;
    return part;
}

uint64_t parts_end(const struct init *init, uint16_t process)
{
    struct part last = part_of(init, process, PARTS - 1);

    if (layout_guest(&init->sys, process) == SYSDESC_NONE)
        return heap_end(init, process);
    return last.offset + plan_pages(last.size) * BH_PAGE_SIZE;
}
