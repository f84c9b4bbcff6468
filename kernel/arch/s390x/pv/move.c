/* SPDX-License-Identifier: BSD-2-Clause */
/* MVCOS. Belongs to: kernel. */
#include "kernel/arch/s390x/pv/move.h"

#include "kernel/arch/s390x/pv/form.h"
#include "kernel/arch/s390x/pv/translate.h"

#define LIMIT 4096u
#define CC_ALL 0u
#define CC_MORE 3u
#define PIECES 3u /* each operand may cross one page boundary */

/* Operand-access control: half of general register 0. Keys do not matter to a guest's supervisor
 * state: its storage keys are virtual. */
#define OAC_AS_VALID 0x1u
#define OAC_AS_MASK 0xc0u
#define OAC_AS_SECONDARY 0x80u

struct operand {
    uint64_t address;
    uint64_t asce;
};

struct piece {
    uint64_t to, from, n; /* absolute addresses, bytes */
};

/* The space of an operand: that of the PSW, which is in CR1 whatever the guest calls it, or the
 * secondary one if it says so; 0: any other. */
static inline uint64_t space_of(uint64_t oac, uint64_t primary, uint64_t secondary)
{
    if (oac % 2u != OAC_AS_VALID) {
        return primary;
    }
    return (oac & OAC_AS_MASK) == OAC_AS_SECONDARY ? secondary : 0;
}

static inline uint64_t to_page_end(uint64_t address)
{
    return BH_PAGE_SIZE - address % BH_PAGE_SIZE;
}

static inline uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* Where n bytes of the operands are: pieces that lie on one page each. Returns how many, or 0 if a
 * page is not to be had: the exception, and which one, is the VMM's affair. */
static uint32_t locate(struct operand to, struct operand from, uint64_t n, struct piece *piece)
{
    uint32_t i;

    for (i = 0; i < PIECES && n != 0; i++) {
        piece[i].n = least(n, least(to_page_end(to.address), to_page_end(from.address)));
        piece[i].to = translate_store(to.asce, to.address);
        piece[i].from = translate_fetch(from.asce, from.address);
        if (to.address < FORM_LOW_ADDRESSES || piece[i].to == 0 || piece[i].from == 0) {
            return 0;
        }
        to.address += piece[i].n;
        from.address += piece[i].n;
        n -= piece[i].n;
    }
    return i;
}

uint32_t move_execute(const struct bh_vcpu *page, uint64_t text, uint64_t primary,
                      uint64_t secondary)
{
    struct operand to = {form_address(page, text / 0x100000000u),
                         space_of(page->gr[0] / 0x10000u, primary, secondary)};
    struct operand from = {form_address(page, text / 0x10000u),
                           space_of(page->gr[0], primary, secondary)};
    uint64_t length = page->gr[text / 0x10000000000000u % 16u];
    struct piece piece[PIECES];
    uint32_t pieces, i;

    if ((page->served & BH_SERVED_MOVE) == 0 || form_is_plain(page) == 0 || length == 0 ||
        (page->mask & BH_MASK_DAT) == 0 || to.asce == 0 || from.asce == 0) {
        return MOVE_REFUSED;
    }
    pieces = locate(to, from, least(length, LIMIT), piece);
    if (pieces == 0) {
        return MOVE_REFUSED;
    }
    for (i = 0; i < pieces; i++) {
        hw_move(piece[i].to, piece[i].from, piece[i].n); /* in any order, if they overlap */
    }
    return length > LIMIT ? CC_MORE : CC_ALL;
}
