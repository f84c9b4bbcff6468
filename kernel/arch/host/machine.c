/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine as arrays: clock, storage, console, tables. Belongs to: kernel, host implementation.
 */
#include "kernel/machine.h"
#include "kernel/arch/host/host.h"
#include "kernel/object/guestspace.h"
#include "kernel/object/table.h"
#include "libs/zformats/bytes.h"

#define WORD UINT64_C(8)

struct host host;
uint8_t host_memory[HOST_MEMORY_MAX] __attribute__((aligned(1048576)));

_Noreturn void host_violation(const char *what, uint64_t value)
{
    if (host.violation != 0) {
        host.violation(what, value);
    }
    __builtin_trap();
}

void host_reset(uint64_t memory_bytes)
{
    host = (struct host){.memory_bytes = memory_bytes, .execute_protection = 1};
    bytes_zero(host_memory, HOST_MEMORY_MAX);
    hw_purge_cpu();
}

/* ---- clock ---- */

uint64_t hw_time(void)
{
    return host.clock;
}

void hw_timer(uint64_t time)
{
    host.timer = time;
}

void hw_not_built(void)
{
    host.not_built++;
}

/* ---- storage ---- */

uint64_t host_frame(uint64_t n)
{
    return (uint64_t)(uintptr_t)host_memory / BH_PAGE_SIZE + n;
}

static uint8_t *storage(uint64_t address, uint64_t bytes)
{
    uint64_t offset = address - (uint64_t)(uintptr_t)host_memory;

    if (bytes > host.memory_bytes || offset > host.memory_bytes - bytes) {
        host_violation("an access leaves the storage", address);
    }
    return host_memory + offset;
}

static uint8_t *storage_word(uint64_t address)
{
    if (address % WORD != 0) {
        host_violation("an access is not on a doubleword boundary", address);
    }
    return storage(address, WORD);
}

/* Of the tables, those of guest spaces alone are ever read by their absolute address. */
uint64_t hw_load(uint64_t address)
{
    uint64_t offset = address - hw_guest_address(0);

    if (offset < sizeof(guest_table) && offset % WORD == 0) {
        return guest_table[offset / WORD];
    }
    return be64_get(storage_word(address));
}

uint64_t hw_load_text(uint64_t address)
{
    return be64_get(storage(address, WORD));
}

void hw_store(uint64_t address, uint64_t value)
{
    be64_put(storage_word(address), value);
}

void hw_store_byte(uint64_t address, uint8_t value)
{
    *storage(address, 1) = value;
}

void hw_move(uint64_t to, uint64_t from, uint64_t bytes)
{
    uint8_t *target = storage(to, bytes);

    bytes_copy(target, storage(from, bytes), (uint32_t)bytes);
}

/* ---- console ---- */

uint32_t hw_console_write(uint64_t address, uint32_t bytes)
{
    const uint8_t *text = storage(address, bytes);

    if (host.console_busy != 0) {
        host.console_busy--;
        return 1;
    }
    if (bytes > HOST_CONSOLE_MAX - host.console_used) {
        host_violation("more console output than is kept", bytes);
    }
    bytes_copy((uint8_t *)host.console_output + host.console_used, text, bytes);
    host.console_used += bytes;
    return 0;
}

uint32_t hw_console_read(uint64_t address, uint32_t bytes)
{
    uint8_t *text = storage(address, bytes);
    uint32_t n;

    if (host.console_input == 0) {
        return 0;
    }
    for (n = 0; n < bytes && host.console_input[n] != 0; n++) {
        text[n] = (uint8_t)host.console_input[n];
    }
    host.console_input = 0;
    return n;
}

/* ---- tables ---- */

static const struct {
    const uint64_t *words;
    uint64_t count;
} tables[] = {
    {table_leaf, LEAVES},
    {table_segment, SEGMENT_TABLES *TABLE_ENTRIES},
    {table_region, REGION_TABLES *TABLE_ENTRIES},
    {guest_table, GUEST_BLOCKS *TABLE_ENTRIES},
};

#define TABLES (sizeof(tables) / sizeof(tables[0]))

static uint64_t address_of(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

uint64_t hw_leaf_address(uint32_t leaf)
{
    return address_of(table_leaf) + leaf * WORD;
}

uint64_t hw_segment_address(uint32_t entry)
{
    return address_of(table_segment) + entry * WORD;
}

uint64_t hw_region_address(uint32_t entry)
{
    return address_of(table_region) + entry * WORD;
}

uint64_t hw_guest_address(uint32_t entry)
{
    return address_of(guest_table) + entry * WORD;
}

int host_table_word(uint64_t absolute, uint64_t *word)
{
    uint32_t i;

    for (i = 0; i < TABLES; i++) {
        uint64_t offset = absolute - address_of(tables[i].words);

        if (offset / WORD < tables[i].count && offset % WORD == 0) {
            *word = tables[i].words[offset / WORD];
            return 0;
        }
    }
    return -1;
}

void host_span(uint64_t *start, uint64_t *size)
{
    uint64_t first = address_of(host_memory);
    uint64_t end = first + HOST_MEMORY_MAX;
    uint32_t i;

    for (i = 0; i < TABLES; i++) {
        uint64_t table = address_of(tables[i].words);

        first = table < first ? table : first;
        end = table + tables[i].count * WORD > end ? table + tables[i].count * WORD : end;
    }
    *start = first;
    *size = end - first;
}

uint32_t hw_execute_protection(void)
{
    return host.execute_protection;
}

uint32_t hw_pci(void)
{
    return host.no_pci == 0 ? 1u : 0u;
}

/* ---- back end ---- */

uint32_t hw_guest_page_table_words(void)
{
    return host.page_table_words != 0 ? host.page_table_words : BH_BATCH;
}

uint32_t hw_guest_interrupt(uint32_t v)
{
    (void)v;
    return host.exit_under_way == 0 ? 1u : 0u;
}

uint32_t hw_back_end(void)
{
    return host.back_end;
}
