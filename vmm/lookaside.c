/* SPDX-License-Identifier: BSD-2-Clause */
/* The VMM's own translation lookaside buffer. Belongs to: VMM. */
#include "vmm/lookaside.h"

#include "libs/zformats/dat.h"
#include "vmm/asce.h"
#include "vmm/memory.h"
#include "vmm/walk.h"

#define ENTRIES 256u
#define TEID_STORE UINT64_C(0x400)
#define TEID_FETCH UINT64_C(0x800)
#define TEID_DAT_PROTECTION UINT64_C(0x4)
/* Zero for the addresses 0 to 511 and 4096 to 4607, and for no others. */
#define NOT_LOW (~UINT64_C(0x11ff))

struct entry {
    uint64_t page, asce; /* of what */
    uint64_t real;       /* real address of the frame */
    uint8_t *frame;      /* its bytes */
    uint32_t generation; /* valid if it is the current one */
    uint8_t protect;
};

static struct entry entries[ENTRIES];
static uint32_t generation = 1;

void lookaside_purge(void)
{
    uint32_t i;

    generation++;
    if (generation != 0)
        return;
    for (i = 0; i < ENTRIES; i++)
        entries[i].generation = 0;
    generation = 1;
}

static struct entry *slot(uint64_t asce, uint64_t page)
{
    return &entries[(page ^ asce >> 12 ^ asce >> 16) % ENTRIES];
}

/* A new entry from the guest's tables; *at as for translate_real(). */
static program_code enter(const struct cpu *cpu, uint64_t asce, uint64_t address, uint64_t *at)
{
    uint64_t page = address / DAT_PAGE_SIZE;
    struct walk result;
    program_code code = walk(cpu, asce, address, &result);

    *at = result.entry;
    if (code == PGM_NONE)
        *slot(asce, page) = (struct entry){
            page, asce, result.real, guest_memory + result.absolute, generation, result.protect};
    return code;
}

/* Changes of CR0 that matter to walk() purge, so the key needs no more than these two. */
static program_code look_up(const struct cpu *cpu, uint64_t asce, uint64_t address,
                            struct entry **found, uint64_t *at)
{
    uint64_t page = address / DAT_PAGE_SIZE;
    struct entry *entry = slot(asce, page);

    *found = entry;
    if (entry->page == page && entry->asce == asce && entry->generation == generation)
        return PGM_NONE;
    return enter(cpu, asce, address, at);
}

/* The same for a store. Protection that was lifted without a purge is found lifted: a machine that
 * drops entries at times would let the guest go on some day, this buffer might never. */
static program_code look_up_store(const struct cpu *cpu, uint64_t asce, uint64_t address,
                                  struct entry **found)
{
    uint64_t at;
    program_code code = look_up(cpu, asce, address, found, &at);

    if (code != PGM_NONE || (*found)->protect == 0)
        return code;
    code = enter(cpu, asce, address, &at);
    return code == PGM_NONE && (*found)->protect != 0 ? PGM_PROTECTION : code;
}

static int is_low_protected(const struct cpu *cpu, uint64_t address, uint32_t as)
{
    if ((address & NOT_LOW) != 0 || (cpu->cr[0] & CR0_LOW_ADDRESS_PROTECTION) == 0)
        return 0;
    return (cpu->psw_mask & PSW_DAT) == 0 || (cpu_asce(cpu, as) & ASCE_PRIVATE) == 0;
}

static program_code translate_off(const struct cpu *cpu, uint64_t address, uint8_t **bytes)
{
    uint64_t absolute = guest_real_to_absolute(cpu, address);

    if (absolute >= guest_size)
        return PGM_ADDRESSING;
    *bytes = guest_memory + absolute;
    return PGM_NONE;
}

program_code translate(struct cpu *cpu, uint64_t address, uint32_t as, uint32_t access,
                       uint8_t **bytes)
{
    struct entry *entry;
    uint64_t at;
    program_code code;

    address &= address_mask(cpu->psw_mask);
    cpu->teid =
        (address & ~(DAT_PAGE_SIZE - 1u)) | as | (access == ACCESS_STORE ? TEID_STORE : TEID_FETCH);
    cpu->exception_access = 0;
    if (access == ACCESS_STORE && is_low_protected(cpu, address, as))
        return PGM_PROTECTION;
    if ((cpu->psw_mask & PSW_DAT) == 0)
        return translate_off(cpu, address, bytes);
    code = access == ACCESS_STORE ? look_up_store(cpu, cpu_asce(cpu, as), address, &entry)
                                  : look_up(cpu, cpu_asce(cpu, as), address, &entry, &at);
    if (code == PGM_PROTECTION)
        cpu->teid |= TEID_DAT_PROTECTION;
    if (code == PGM_NONE)
        *bytes = entry->frame + address % DAT_PAGE_SIZE;
    return code;
}

program_code translate_real(const struct cpu *cpu, uint64_t asce, uint64_t address, uint64_t *real,
                            uint64_t *at)
{
    struct entry *entry;
    program_code code = look_up(cpu, asce, address, &entry, at);

    if (code == PGM_NONE)
        *real = entry->real + address % DAT_PAGE_SIZE;
    return code;
}
