/* SPDX-License-Identifier: BSD-2-Clause */
/* Counts of mappings by function and by frame. Belongs to: translator (pure). */
#include "drivers/zpci/translator/budget.h"

#include "drivers/zpci/translator/mirror.h"

uint32_t budget_limit[TRANSLATOR_FUNCTIONS];
uint32_t budget_live[TRANSLATOR_FUNCTIONS];
uint64_t budget_mapped[TRANSLATOR_FUNCTIONS];
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
