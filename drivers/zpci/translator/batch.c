/* SPDX-License-Identifier: BSD-2-Clause */
/* Updates and flushes. Belongs to: translator (pure). */
#include "drivers/zpci/translator/batch.h"

#include "drivers/zpci/translator/budget.h"
#include "drivers/zpci/translator/kernel.h"
#include "drivers/zpci/translator/mirror.h"
#include "drivers/zpci/translator/refresh.h"
#include "libs/zformats/ccdf.h"

/* The kernel keeps one range that it owes and flushes it in pieces of this many pages. A change
 * further away than that is flushed apart: the pages in between are not worth it. */
#define FLUSH_REACH 4096u

uint32_t batch_refresh[TRANSLATOR_FUNCTIONS];
uint64_t batch_owed[TRANSLATOR_FUNCTIONS];
uint32_t batch_broken[TRANSLATOR_FUNCTIONS];

/* Slots [slot, end) were not stored: what the mirror says there is not so. */
static void withdraw(uint32_t f, uint32_t slot, uint32_t end)
{
    uint32_t lost = 0;
    uint32_t i;

    for (i = slot; i < end; i++) {
        if (iot_pte_valid(mirror_get(i))) {
            budget_frame_drop(mirror_get(i));
            lost++;
        }
        mirror_put(i, IOT_PTE_EMPTY);
        kernel_words[i - slot] = BH_WORD_INVALID;
    }
    mirror_count(slot, 0, lost);
    budget_account(f, 0, lost);
}

/* Neither the refused word nor those behind it may stay as they were: invalid words are never
 * refused. */
void batch_repair(uint32_t f, uint64_t page, uint32_t slot, uint32_t n, uint64_t error)
{
    uint32_t stored = kernel_stored;

    withdraw(f, slot + stored, slot + n);
    if (error == BH_E_BOUND)
        error = kernel_update(f, page + stored, n - stored);
    if (error != BH_E_OK)
        batch_broken[f] = 1;
    refresh_note(batch_broken[f] != 0 ? PEC_SYSTEM : PEC_PROTECTION, page + stored);
}

void batch_part(uint32_t f, uint64_t page)
{
    uint64_t owed = batch_owed[f];

    if ((page > owed ? page - owed : owed - page) > FLUSH_REACH)
        batch_flush(f);
}

void batch_send(uint32_t f, uint32_t slot, uint32_t n, uint32_t changed, uint32_t unmapped)
{
    uint32_t first = slot - n;

    batch_send_at(f, mirror_first[f] + (first - mirror_base[f]), first, n, n - unmapped,
                  changed + unmapped);
}
