/* SPDX-License-Identifier: BSD-2-Clause */
/* A vCPU's state between its page and its state description. Belongs to: kernel. */
#include "kernel/arch/s390x/sie/description.h"
#include "kernel/arch/s390x/sie/sie.h"
#include "kernel/machine.h"
#include "kernel/object/space.h"
#include "kernel/object/vcpu.h"
#include "libs/zformats/bytes.h"

#define WORD 8u
#define LIVE_GENERAL 14u /* GR0-13 stay in the processor */
#define LIVE_ACCESS 8u   /* words of AR0-15 */
#define PREFIX_MASK 0x7fffe000u
#define UNIT 0x100000u /* of the storage limit */

/* Offsets in struct bh_vcpu. */
#define PAGE_GR 0x000u
#define PAGE_GR14 0x070u
#define PAGE_PSW 0x080u
#define PAGE_AR 0x120u
#define PAGE_CR 0x1c0u
#define PAGE_PREFIX 0x240u
#define PAGE_CPU_TIMER 0x248u
#define PAGE_CLOCK_COMPARATOR 0x250u
#define PAGE_EPOCH 0x258u

/* What the VMM and the guest may both say: runs of doublewords, the same in both directions. */
static const struct field {
    uint16_t page, description, words;
} fields[] = {
    {PAGE_GR14, SD_GR14, 2},
    {PAGE_PSW, SD_PSW, 2},
    {PAGE_CR, SD_CR0, 16},
    {PAGE_CPU_TIMER, SD_CPU_TIMER, 1},
    {PAGE_CLOCK_COMPARATOR, SD_CLOCK_COMPARATOR, 1},
    {PAGE_EPOCH, SD_EPOCH, 1},
};

#define FIELDS (sizeof(fields) / sizeof(fields[0]))

static uint8_t description[VCPUS][SD_BYTES] __attribute__((aligned(SD_BYTES)));
static uint64_t registers[VCPUS][THREAD_WORDS];

uint8_t *sie_description(uint32_t v)
{
    return description[v];
}

uint64_t *sie_registers(uint32_t v)
{
    return registers[v];
}

/* The last byte that the guest's windows together could show, rounded up. Below it the tables
 * decide. */
static uint64_t storage_limit(uint32_t v)
{
    uint64_t pages = 0;
    uint32_t i;

    for (i = 0; i < BH_WINDOWS; i++) {
        pages += window_pages[vcpu_space[v] * BH_WINDOWS + i];
    }
    return (pages * BH_PAGE_SIZE + UNIT - 1u) / UNIT * UNIT - 1u;
}

/* What is ours. */
static void put_controls(uint32_t v)
{
    uint8_t *sd = description[v];

    bytes_zero(sd, SD_BYTES);
    sd[SD_ARCHITECTURE] = SD_ARCHITECTURE_Z;
    be32_put(sd + SD_INTERCEPTION_CONTROLS, SD_IC_OPERATION | SD_IC_STFLE | SD_IC_KEYS);
    be32_put(sd + SD_EXECUTION_CONTROLS, SD_EC_EXTERNAL);
    be64_put(sd + SD_STORAGE_LIMIT, storage_limit(v));
}

/* Registers that are live while the guest runs. */
static void copy_in(uint64_t *to, uint64_t from, uint32_t words)
{
    uint32_t i;

    for (i = 0; i < words; i++) {
        to[i] = hw_load(from + i * WORD);
    }
}

static void copy_out(uint64_t to, const uint64_t *from, uint32_t words)
{
    uint32_t i;

    for (i = 0; i < words; i++) {
        hw_store(to + i * WORD, from[i]);
    }
}

void sie_take_state(uint32_t v)
{
    uint64_t page = vcpu_page[v];
    uint8_t *sd = description[v];
    uint32_t f;
    uint32_t i;

    put_controls(v);
    for (f = 0; f < FIELDS; f++) {
        for (i = 0; i < fields[f].words; i++) {
            be64_put(sd + fields[f].description + i * WORD,
                     hw_load(page + fields[f].page + i * WORD));
        }
    }
    be32_put(sd + SD_PREFIX, (uint32_t)hw_load(page + PAGE_PREFIX) & PREFIX_MASK);
    copy_in(registers[v] + SAVE_GR, page + PAGE_GR, LIVE_GENERAL);
    copy_in(registers[v] + SAVE_AR, page + PAGE_AR, LIVE_ACCESS);
    registers[v][SAVE_GR + LIVE_GENERAL] = (uint64_t)sd;
}

void sie_give_state(uint32_t v)
{
    uint64_t page = vcpu_page[v];
    const uint8_t *sd = description[v];
    uint32_t f;
    uint32_t i;

    for (f = 0; f < FIELDS; f++) {
        for (i = 0; i < fields[f].words; i++) {
            hw_store(page + fields[f].page + i * WORD,
                     be64_get(sd + fields[f].description + i * WORD));
        }
    }
    hw_store(page + PAGE_PREFIX, be32_get(sd + SD_PREFIX));
    copy_out(page + PAGE_GR, registers[v] + SAVE_GR, LIVE_GENERAL);
    copy_out(page + PAGE_AR, registers[v] + SAVE_AR, LIVE_ACCESS);
}
