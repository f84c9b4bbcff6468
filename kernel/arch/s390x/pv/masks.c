/* SPDX-License-Identifier: BSD-2-Clause */
/* STNSM and STOSM. Belongs to: kernel. */
#include "kernel/arch/s390x/pv/masks.h"

#include "kernel/arch/s390x/pv/form.h"
#include "kernel/arch/s390x/pv/translate.h"

#define STNSM 0xacu

static inline uint32_t is_allowed(const struct bh_vcpu *page, uint64_t old, uint64_t new)
{
    uint64_t change = old ^ new;

    return page->served != 0 && (change & ~page->served) == 0 &&
           (change & new & page->pending) == 0;
}

uint32_t masks_execute(struct bh_vcpu *page, uint64_t text, uint64_t asce)
{
    uint64_t old = page->mask;
    uint64_t operand = text / 0x1000000000000u % 256u;
    uint64_t new = text >> 56 == STNSM ? old &operand : old | operand;
    uint64_t address = form_address(page, text / 0x100000000u);
    uint64_t at;

    if (is_allowed(page, old, new) == 0 || form_is_plain(page) == 0 ||
        address < FORM_LOW_ADDRESSES) {
        return 0;
    }
    at = translate_store(asce, address);
    if (at == 0) {
        return 0;
    }
    hw_store_byte(at, (uint8_t)old);
    page->mask = new;
    page->executed++;
    return 1;
}
