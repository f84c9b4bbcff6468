/* SPDX-License-Identifier: BSD-2-Clause */
/* Maps memory of regions into init's own space for a moment. Belongs to: init. */
#include "libs/sysdesc/init/scratch.h"
#include "libs/stubs/stubs.h"

#define SCRATCH_PAGE (SCRATCH_ADDRESS / BH_PAGE_SIZE)
#define SCRATCH_RIGHTS ((uint64_t)BH_R_REGION_READ | BH_R_REGION_WRITE)

static uint64_t use_piece(uint64_t window, uint64_t wpage, uint64_t pages, scratch_use *use,
                          void *context)
{
    uint64_t error =
        bh_space_map(BH_INIT_SPACE, SCRATCH_PAGE, window, wpage, pages, SCRATCH_RIGHTS);

    if (error != BH_E_OK)
        return error;
    use(context, scratch_memory(), wpage * BH_PAGE_SIZE, pages * BH_PAGE_SIZE);
    return bh_space_unmap(BH_INIT_SPACE, SCRATCH_PAGE, pages);
}

static uint64_t use_window(uint64_t window, uint64_t pages, scratch_use *use, void *context)
{
    uint64_t error = BH_E_OK;

    for (uint64_t wpage = 0; wpage < pages && error == BH_E_OK; wpage += BH_BATCH) {
        uint64_t rest = pages - wpage;
        error = use_piece(window, wpage, rest < BH_BATCH ? rest : BH_BATCH, use, context);
    }
    return error;
}

static uint64_t drop_window(uint64_t window)
{
    uint64_t error;

    do {
        error = bh_space_drop_window(BH_INIT_SPACE, window);
    } while (error == BH_E_AGAIN);
    return error;
}

uint64_t scratch_each(uint32_t region_slot, uint64_t page, uint64_t pages, scratch_use *use,
                      void *context)
{
    uint64_t window;
    uint64_t error =
        bh_space_add_window(BH_INIT_SPACE, region_slot, page, pages, SCRATCH_RIGHTS, &window);

    if (error != BH_E_OK)
        return error;
    error = use_window(window, pages, use, context);
    if (error != BH_E_OK)
        return error;
    return drop_window(window);
}
