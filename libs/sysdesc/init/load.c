/* SPDX-License-Identifier: BSD-2-Clause */
/* Puts programs and start-up information into memory and maps them. Belongs to: init. */
#include "libs/sysdesc/init/load.h"

#include <string.h>

#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/parts.h"
#include "libs/sysdesc/init/plan.h"
#include "libs/sysdesc/init/say.h"
#include "libs/sysdesc/init/scratch.h"
#include "libs/sysdesc/init/slots.h"

struct source {
    const uint8_t *bytes;
    uint64_t size;
};

static void clear_piece(void *context, uint8_t *memory, uint64_t offset, uint64_t bytes)
{
    (void)context;
    (void)offset;
    memset(memory, 0, bytes);
}

bool clear_regions(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->regions; i++) {
        uint64_t error = scratch_each(slot_of(sys, BH_REGION, i), 0,
                                      sys->region[i].size / BH_PAGE_SIZE, clear_piece, NULL);
        if (!done(error, "clearing region", sys->region[i].name))
            return false;
    }
    return true;
}

static void copy_piece(void *context, uint8_t *memory, uint64_t offset, uint64_t bytes)
{
    const struct source *source = context;
    uint64_t rest = source->size - offset;

    memcpy(memory, source->bytes + offset, rest < bytes ? rest : bytes);
}

/* Copies to a byte offset, a multiple of the page size, of a process's private region. */
static uint64_t copy(const struct sysdesc *sys, uint16_t process, uint64_t offset,
                     struct source source)
{
    if (source.size == 0)
        return BH_E_OK;
    return scratch_each(slot_of(sys, BH_REGION, sys->process[process].region),
                        offset / BH_PAGE_SIZE, plan_pages(source.size), copy_piece, &source);
}

/* The region has been cleared, so what follows a segment's bytes is zero. */
static bool copy_image(const struct init *init, uint16_t process)
{
    const struct elf_image *image = &init->image[process];
    uint64_t error = BH_E_OK;

    for (uint32_t i = 0; i < image->segments && error == BH_E_OK; i++) {
        const struct elf_segment *segment = &image->segment[i];
        struct source source = {image->bytes + segment->offset, segment->file_size};
        error = copy(&init->sys, process, segment->address - SYSDESC_PROCESS_BASE, source);
    }
    return done(error, "loading process", init->sys.process[process].name);
}

static bool copy_parts(const struct init *init, uint16_t process)
{
    uint64_t error = BH_E_OK;

    for (uint32_t kind = 0; kind < PARTS && error == BH_E_OK; kind++) {
        struct part part = part_of(init, process, (enum part_kind)kind);
        struct source source = {part.bytes, part.size};
        error = copy(&init->sys, process, part.offset, source);
    }
    return done(error, "loading the guest of process", init->sys.process[process].name);
}

static bool copy_info(const struct init *init, uint16_t process)
{
    static struct bh_info info;
    const struct sysdesc_process *declared = &init->sys.process[process];
    struct source source = {(const uint8_t *)&info, sizeof(info)};

    _Static_assert(sizeof(info) <= BH_PAGE_SIZE, "start-up information is one page");
    if (!info_make(init, process, &info))
        return refuse("process %s: too much start-up information", declared->name);
    return done(copy(&init->sys, process, declared->info, source), "informing process",
                declared->name);
}

static uint64_t map_piece(uint32_t space, const struct plan_piece *piece)
{
    uint64_t error = BH_E_OK;

    for (uint64_t at = 0; at < piece->pages && error == BH_E_OK; at += BH_BATCH) {
        uint64_t rest = piece->pages - at;
        error = bh_space_map(space, piece->page + at, piece->window, piece->wpage + at,
                             rest < BH_BATCH ? rest : BH_BATCH, piece->rights);
    }
    return error;
}

static bool map_process(const struct init *init, uint16_t process)
{
    static struct plan plan;
    const struct sysdesc_process *declared = &init->sys.process[process];
    uint32_t space = slot_of(&init->sys, BH_SPACE, declared->space);
    uint64_t error = BH_E_OK;

    if (!plan_make(init, process, &plan))
        return refuse("process %s: its memory overlaps", declared->name);
    for (uint32_t i = 0; i < plan.pieces && error == BH_E_OK; i++)
        error = map_piece(space, &plan.piece[i]);
    return done(error, "mapping process", declared->name);
}

static bool configure(const struct init *init, uint16_t process)
{
    const struct sysdesc_process *declared = &init->sys.process[process];
    uint64_t stack = SYSDESC_PROCESS_BASE + declared->stack_base + declared->stack;
    uint64_t message = (SYSDESC_PROCESS_BASE + declared->message) / BH_PAGE_SIZE;
    uint64_t error =
        bh_thread_configure(slot_of(&init->sys, BH_THREAD, process), init->image[process].entry,
                            stack, SYSDESC_PROCESS_BASE + declared->info, message);

    return done(error, "configuring process", declared->name);
}

bool load_processes(const struct init *init)
{
    for (uint16_t i = 0; i < init->sys.processes; i++) {
        if (!copy_image(init, i) || !copy_parts(init, i) || !copy_info(init, i) ||
            !map_process(init, i) || !configure(init, i))
            return false;
    }
    return true;
}
