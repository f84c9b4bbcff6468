/* SPDX-License-Identifier: BSD-2-Clause */
/* Storage-key instructions. Belongs to: VMM. */
#include "vmm/emulate/key.h"

#include <string.h>

#include "vmm/asce.h"
#include "vmm/handlers.h"
#include "vmm/memory.h"

#define PAGE 4096u
#define PAGES_IN_SEGMENT 256u
#define KEY_ACCESS 0xf8u /* access-control bits and fetch protection */
#define KEY_REFERENCE_CHANGE 0x6u

/* Bits of m3 of SET STORAGE KEY EXTENDED. */
#define M3_MULTIPLE_BLOCK 0x1u
#define M3_CONDITIONAL 0x6u /* reference or change bit may be left as it is */

#define CC_NOT_SET 0u
#define CC_SET 1u
#define CC_BOTH 3u /* RRBE: referenced and changed */

static uint8_t *key_of_page;

void key_start(uint8_t *keys)
{
    key_of_page = keys;
}

void key_reset(void)
{
    memset(key_of_page, 0, guest_size / PAGE);
}

/* The key of the frame at this absolute address; a null pointer outside guest memory. */
static uint8_t *key_at(uint64_t absolute)
{
    return absolute < guest_size ? &key_of_page[absolute / PAGE] : 0;
}

static uint64_t address_of(const struct cpu *cpu, uint32_t r)
{
    return cpu->page->gr[r] & address_mask(cpu->psw_mask);
}

program_code emulate_iske(struct cpu *cpu, const struct instruction *in)
{
    const uint8_t *key = key_at(guest_real_to_absolute(cpu, address_of(cpu, in->r2)));

    if (!key)
        return PGM_ADDRESSING;
    cpu->page->gr[in->r1] = (cpu->page->gr[in->r1] & ~UINT64_C(0xff)) | *key | KEY_REFERENCE_CHANGE;
    return PGM_NONE;
}

program_code emulate_rrbe(struct cpu *cpu, const struct instruction *in)
{
    if (!key_at(guest_real_to_absolute(cpu, address_of(cpu, in->r2))))
        return PGM_ADDRESSING;
    cpu_set_cc(cpu, CC_BOTH);
    return PGM_NONE;
}

/* With the conditional form the old key goes into the register, and cc says what was done. */
static void set_key(struct cpu *cpu, const struct instruction *in, uint8_t *key)
{
    uint8_t new = (uint8_t)cpu->page->gr[in->r1] & KEY_ACCESS;
    uint8_t old = *key;

    *key = new;
    if ((in->i2 >> 4 & M3_CONDITIONAL) == 0)
        return;
    cpu->page->gr[in->r1] =
        (cpu->page->gr[in->r1] & ~UINT64_C(0xff00)) | (uint64_t)(old | KEY_REFERENCE_CHANGE) << 8;
    cpu_set_cc(cpu, old == new ? CC_NOT_SET : CC_SET);
}

/* From this block to the end of its megabyte: the addresses are absolute, and the register moves
 * on behind the last one. */
static program_code set_blocks(struct cpu *cpu, const struct instruction *in)
{
    uint64_t address = address_of(cpu, in->r2) & ~(uint64_t)(PAGE - 1u);
    uint32_t i;

    for (i = (uint32_t)(address / PAGE % PAGES_IN_SEGMENT); i < PAGES_IN_SEGMENT; i++) {
        uint8_t *key = key_at(address);

        if (!key)
            return PGM_ADDRESSING;
        *key = (uint8_t)cpu->page->gr[in->r1] & KEY_ACCESS;
        address += PAGE;
    }
    cpu->page->gr[in->r2] = address;
    return PGM_NONE;
}

program_code emulate_sske(struct cpu *cpu, const struct instruction *in)
{
    uint8_t *key;

    if ((in->i2 >> 4 & M3_MULTIPLE_BLOCK) != 0)
        return set_blocks(cpu, in);
    key = key_at(guest_real_to_absolute(cpu, address_of(cpu, in->r2)));
    if (!key)
        return PGM_ADDRESSING;
    set_key(cpu, in, key);
    return PGM_NONE;
}
