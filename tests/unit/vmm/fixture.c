/* SPDX-License-Identifier: BSD-2-Clause */
/* A guest for unit tests. Belongs to: test. */
#include "tests/unit/vmm/fixture.h"

#include <string.h>

#include "vmm/clock.h"
#include "vmm/decode.h"
#include "vmm/emulate/key.h"
#include "vmm/interrupt.h"
#include "vmm/purge.h"
#include "vmm/pv/kernel.h"
#include "vmm/pv/repair.h"

struct cpu cpu;
struct bh_vcpu page;
uint64_t test_clock;
uint32_t test_clock_reads;
uint64_t test_clock_step;

static uint8_t memory[GUEST_BYTES];
static uint8_t keys[GUEST_BYTES / 4096];
static uint64_t next_table;

uint64_t clock_now(void)
{
    test_clock_reads++;
    test_clock += test_clock_step;
    return test_clock;
}

/* ---- the kernel ---- */

#define WORDS 4096u

static struct {
    uint32_t number;
    uint64_t page, word;
} words[WORDS];
static uint32_t words_used;
static uint64_t message_buffer[BH_BATCH];

uint64_t *kernel_words = message_buffer;
uint32_t kernel_resets, kernel_maps, kernel_invalidations, kernel_last_n;
uint32_t kernel_tables, kernel_refusal;
uint32_t kernel_type[BH_VCPU_SPACES];
static uint32_t held[BH_VCPU_SPACES];

uint64_t kernel_word(uint32_t number, uint64_t page_number)
{
    uint32_t i;

    for (i = 0; i < words_used; i++)
        if (words[i].number == number && words[i].page == page_number)
            return words[i].word;
    return BH_WORD_INVALID;
}

static int has_segment(uint32_t number, uint64_t page_number)
{
    uint32_t i;

    for (i = 0; i < words_used; i++)
        if (words[i].number == number && words[i].page / BH_BATCH == page_number / BH_BATCH)
            return 1;
    return 0;
}

static void set_word(uint32_t number, uint64_t page_number, uint64_t word)
{
    uint32_t i;

    for (i = 0; i < words_used; i++)
        if (words[i].number == number && words[i].page == page_number)
            break;
    assert_true(i < WORDS);
    words[i].number = number;
    words[i].page = page_number;
    words[i].word = word;
    if (i == words_used)
        words_used++;
}

static void drop_words(uint32_t number)
{
    uint32_t i, kept = 0;

    for (i = 0; i < words_used; i++)
        if (words[i].number != number)
            words[kept++] = words[i];
    words_used = kept;
}

static uint32_t take_table(uint32_t number)
{
    if (kernel_tables == 0)
        return BH_E_FULL;
    kernel_tables--;
    held[number]++;
    return BH_E_OK;
}

uint32_t kernel_reset(uint32_t number, uint32_t type)
{
    assert_true(number < BH_VCPU_SPACES && type < 2u * BH_SPACE_PRIVATE);
    kernel_resets++;
    drop_words(number);
    kernel_tables += held[number];
    held[number] = 0;
    kernel_type[number] = type;
    return take_table(number);
}

uint32_t kernel_map(uint32_t number, uint64_t page_number, uint32_t n)
{
    uint32_t i, error;

    kernel_maps++;
    kernel_last_n = n;
    assert_true(held[number] != 0 && n != 0 && page_number % BH_BATCH + n <= BH_BATCH);
    if (kernel_refusal != BH_E_OK)
        return kernel_refusal;
    error = has_segment(number, page_number) ? BH_E_OK : take_table(number);
    if (error != BH_E_OK)
        return error;
    for (i = 0; i < n; i++)
        set_word(number, page_number + i, kernel_words[i]);
    return BH_E_OK;
}

uint32_t kernel_invalidate(uint32_t number, uint64_t page_number, uint32_t n)
{
    uint32_t i;

    kernel_invalidations++;
    for (i = 0; i < n; i++)
        if (kernel_word(number, page_number + i) != BH_WORD_INVALID)
            set_word(number, page_number + i, BH_WORD_INVALID);
    return BH_E_OK;
}

/* ---- the guest ---- */

int fixture_start(void **state)
{
    (void)state;
    memset(memory, 0, sizeof(memory));
    memset(keys, 0, sizeof(keys));
    memset(&page, 0, sizeof(page));
    guest_memory = memory;
    guest_size = GUEST_BYTES;
    key_start(keys);
    cpu = (struct cpu){.page = &page,
                       .psw_mask = PSW_64,
                       .psw_address = 0x1000,
                       .prefix = PREFIX,
                       .clock_comparator = UINT64_MAX,
                       .cpu_timer_zero = NOW + (UINT64_MAX >> 1)};
    test_clock = NOW;
    test_clock_reads = 0;
    test_clock_step = 0;
    next_table = TABLES;
    words_used = 0;
    memset(held, 0, sizeof(held));
    kernel_tables = 1000;
    kernel_refusal = BH_E_OK;
    interrupt_reset();
    repair_enable(1);
    purge_prefix();
    kernel_resets = kernel_maps = kernel_invalidations = 0;
    return 0;
}

static uint64_t new_table(uint64_t empty, uint32_t entries)
{
    uint64_t table = next_table;
    uint32_t i;

    for (i = 0; i < entries; i++)
        put(table + i * 8u, empty);
    next_table += 16384;
    assert_true(next_table <= GUEST_BYTES);
    return table;
}

uint64_t fixture_space(void)
{
    return new_table(DAT_REGION3_EMPTY, 2048) + ASCE_TYPE_REGION3 + ASCE_LENGTH_FULL;
}

uint64_t fixture_region_entry(uint64_t asce, uint64_t address)
{
    return asce_table(asce) * 4096u + dat_region3_index(address) * 8u;
}

uint64_t fixture_segment_entry(uint64_t asce, uint64_t address)
{
    uint64_t entry = get(fixture_region_entry(asce, address));

    return dat_region_table(entry) * 4096u + dat_segment_index(address) * 8u;
}

uint64_t fixture_map(uint64_t asce, uint64_t address, uint64_t real, uint64_t flags)
{
    uint64_t at = fixture_region_entry(asce, address);

    if (!dat_upper_valid(get(at)))
        put(at, dat_region_make(new_table(DAT_SEGMENT_EMPTY, 2048) / 4096u, DAT_TYPE_REGION3));
    at = fixture_segment_entry(asce, address);
    if (!dat_upper_valid(get(at)))
        put(at, dat_segment_make(new_table(DAT_PTE_EMPTY, 256) / 2048u));
    at = dat_segment_table(get(at)) * 2048u + dat_page_index(address) * 8u;
    put(at, real | flags);
    return at;
}

void fixture_dat_on(void)
{
    cpu.psw_mask |= PSW_DAT | PSW_AS_HOME;
    cpu.cr[0] |= CR0_SECONDARY_SPACE;
    cpu.cr[1] = fixture_space();
    cpu.cr[7] = fixture_space();
    cpu.cr[13] = fixture_space();
}

void put(uint64_t absolute, uint64_t value)
{
    be64_put(memory + absolute, value);
}

uint64_t get(uint64_t absolute)
{
    return be64_get(memory + absolute);
}

uint64_t low64(uint32_t offset)
{
    return get(cpu.prefix + offset);
}

uint32_t low32(uint32_t offset)
{
    return be32_get(memory + cpu.prefix + offset);
}

uint16_t low16(uint32_t offset)
{
    return be16_get(memory + cpu.prefix + offset);
}

void set_low64(uint32_t offset, uint64_t value)
{
    put(cpu.prefix + offset, value);
}

struct instruction instruction(uint64_t text)
{
    struct instruction in;

    decode(&cpu, text << 16, &in);
    return in;
}
