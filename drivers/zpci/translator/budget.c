/* SPDX-License-Identifier: BSD-2-Clause */
/* Counts of mappings by function and by frame. Belongs to: translator (pure). */
#include "drivers/zpci/translator/budget.h"

#include "drivers/zpci/translator/mirror.h"

uint32_t budget_limit[TRANSLATOR_FUNCTIONS];
uint32_t budget_live[TRANSLATOR_FUNCTIONS];
uint64_t budget_mapped[TRANSLATOR_FUNCTIONS];
uint64_t budget_unmapped[TRANSLATOR_FUNCTIONS];
uint64_t budget_refused[TRANSLATOR_FUNCTIONS];
uint32_t budget_frame[TRANSLATOR_FRAMES];

void budget_drop_all(uint32_t f)
{
    uint32_t slot = mirror_base[f];
    uint32_t end = slot + (uint32_t)mirror_pages[f];

    for (; slot < end; slot++) {
        if (iot_pte_valid(mirror_get(slot)))
            budget_frame_drop(mirror_get(slot));
    }
    budget_account(f, 0, budget_live[f]);
}

static uint32_t function_mappings(uint32_t f)
{
    uint64_t page = mirror_first[f];
    uint32_t sum = 0;

    for (; page < mirror_first[f] + mirror_pages[f]; page += IOT_PAGE_ENTRIES)
        sum += mirror_segment_valid(f, page);
    return sum;
}

int budget_ok(void)
{
    uint64_t by_frame = 0;
    uint64_t by_function = 0;
    uint32_t i;
    int ok = 1;

    for (i = 0; i < TRANSLATOR_FRAMES; i++)
        by_frame += budget_frame[i];
    for (i = 0; i < TRANSLATOR_FUNCTIONS; i++) {
        by_function += budget_live[i];
        ok = ok && budget_live[i] == function_mappings(i) && budget_live[i] <= budget_limit[i];
    }
    return ok && by_frame == by_function;
}
