/* SPDX-License-Identifier: BSD-2-Clause */
/* The objects that exist before the first process runs. Belongs to: kernel. */
#include "kernel/boot/boot.h"
#include "kernel/object/adapter_interrupt.h"
#include "kernel/object/captable.h"
#include "kernel/object/console.h"
#include "kernel/object/create.h"
#include "kernel/object/partition.h"
#include "kernel/object/region.h"
#include "kernel/object/space.h"
#include "kernel/object/thread.h"
#include "kernel/object/thread_setup.h"
#include "kernel/object/window.h"
#include "kernel/sched/ready.h"
#include "libs/abi/init_image.h"

#define INIT_SPACE_PAGES 131072u           /* 512 MiB of addresses */
#define INIT_PRIORITY (BH_PRIORITIES - 1u) /* what it starts must not hinder its end */
#define READ BH_R_REGION_READ
#define WRITE BH_R_REGION_WRITE
#define EXECUTE BH_R_REGION_EXECUTE

/* Every right, for the capabilities that init begins with: it gives out less. */
static void put_root(uint32_t index, uint32_t type, uint32_t object)
{
    cap_put(cap_slot(0, index), type, object, create_rights(type), 0);
}

/* Consecutive pages of a window, in pieces that the map method allows as well. */
static void map_all(uint32_t window, uint64_t page, uint64_t wpage, uint64_t pages, uint64_t rights)
{
    uint64_t done;
    uint64_t n;

    for (done = 0; done < pages; done += n) {
        n = pages - done < BH_BATCH ? pages - done : BH_BATCH;
        space_map_commit(0, page + done, window, wpage + done, n, rights);
    }
}

static void map_init(const struct bh_init_image *header, uint64_t address)
{
    uint64_t base = BH_INIT_BASE / BH_PAGE_SIZE;
    uint64_t text = header->text_size / BH_PAGE_SIZE;
    uint64_t rodata = header->rodata_size / BH_PAGE_SIZE;
    uint64_t total = header->total_size / BH_PAGE_SIZE;
    uint32_t region = region_create(PARTITION_ROOT, address / BH_PAGE_SIZE, total);
    uint32_t window = window_put(0, region, 0, total, READ | WRITE | EXECUTE);

    map_all(window, base, 0, text, READ | EXECUTE);
    map_all(window, base + text, text, rodata, READ);
    map_all(window, base + text + rodata, text + rodata, total - text - rodata, READ | WRITE);
}

static void map_bundle(const struct boot_image *image)
{
    uint64_t pages = (image->bundle_bytes + BH_PAGE_SIZE - 1u) / BH_PAGE_SIZE;
    uint32_t region = region_create(PARTITION_ROOT, image->bundle / BH_PAGE_SIZE, pages);
    uint32_t window = window_put(0, region, 0, pages, READ);

    map_all(window, BH_BUNDLE_BASE / BH_PAGE_SIZE, 0, pages, READ);
}

static uint32_t create_init(const struct boot_image *image, const struct bh_init_image *header)
{
    uint32_t t;

    captable_partition[0] = PARTITION_ROOT;
    captable_count = 1;
    (void)space_create(PARTITION_ROOT, INIT_SPACE_PAGES);
    map_init(header, image->init);
    map_bundle(image);
    t = thread_create(PARTITION_ROOT, 0, 0, INIT_PRIORITY, BH_THREAD_FP);
    thread_set_start(t, header->entry, header->stack_top, BH_BUNDLE_BASE,
                     space_writable_frame(0, header->message) * BH_PAGE_SIZE);
    thread_result(t, 0, image->bundle_bytes);
    thread_result(t, 1, image->memory);
    thread_result(t, 2, image->end / BH_PAGE_SIZE);
    ready_wake(t);
    return t;
}

static void put_roots(uint32_t t)
{
    put_root(BH_INIT_PARTITION, BH_PARTITION, PARTITION_ROOT);
    put_root(BH_INIT_CAPTABLE, BH_CAPTABLE, 0);
    put_root(BH_INIT_SPACE, BH_SPACE, 0);
    put_root(BH_INIT_THREAD, BH_THREAD, t);
    put_root(BH_INIT_CONSOLE, BH_CONSOLE, 0);
    put_root(BH_INIT_SCHEDULE, BH_SCHEDULE, 0);
    put_root(BH_INIT_AUDIT, BH_AUDIT, 0);
}

/* Whether the sections fit into each other, and both parts into their places in init's space. */
static uint32_t sizes_ok(const struct bh_init_image *header, uint64_t bundle_bytes)
{
    uint64_t total = header->total_size;

    return header->text_size % BH_PAGE_SIZE == 0 && header->rodata_size % BH_PAGE_SIZE == 0 &&
                   total % BH_PAGE_SIZE == 0 && total <= BH_BUNDLE_BASE - BH_INIT_BASE &&
                   header->text_size <= total && header->rodata_size <= total - header->text_size &&
                   bundle_bytes <= INIT_SPACE_PAGES * (uint64_t)BH_PAGE_SIZE - BH_BUNDLE_BASE
               ? 1u
               : 0u;
}

uint32_t boot_objects(const struct boot_image *image)
{
    const struct bh_init_image *header = (const struct bh_init_image *)image->init;

    if (header->magic != BH_INIT_MAGIC || image->memory <= image->end ||
        sizes_ok(header, image->bundle_bytes) == 0) {
        return 0;
    }
    partition_count = 1;
    region_lowest = image->end / BH_PAGE_SIZE;
    region_limit = image->memory / BH_PAGE_SIZE;
    adapter_start();
    console_start();
    put_roots(create_init(image, header));
    return 1;
}
