/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine as arrays: clock, storage, console, tables. Belongs to: kernel, host implementation.
 */
#include "kernel/machine.h"
#include "kernel/arch/host/host.h"
#include "kernel/object/guestspace.h"
#include "kernel/object/table.h"
#include "libs/zformats/bytes.h"

#define WORD 8u

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

uint64_t hw_load(uint64_t address)
{
    return be64_get(storage_word(address));
}

void hw_store(uint64_t address, uint64_t value)
{
    be64_put(storage_word(address), value);
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

uint64_t hw_leaf_address(uint32_t leaf)
{
    return HOST_LEAF_BASE + (uint64_t)leaf * WORD;
}

uint64_t hw_segment_address(uint32_t entry)
{
    return HOST_SEGMENT_BASE + (uint64_t)entry * WORD;
}

uint64_t hw_region_address(uint32_t entry)
{
    return HOST_REGION_BASE + (uint64_t)entry * WORD;
}

uint64_t hw_guest_address(uint32_t entry)
{
    return HOST_GUEST_BASE + (uint64_t)entry * WORD;
}

int host_table_word(uint64_t absolute, uint64_t *word)
{
    static const struct {
        const uint64_t *table;
        uint64_t base, entries;
    } kind[] = {
        {table_leaf, HOST_LEAF_BASE, LEAVES},
        {table_segment, HOST_SEGMENT_BASE, SEGMENT_TABLES * TABLE_ENTRIES},
        {table_region, HOST_REGION_BASE, REGION_TABLES * TABLE_ENTRIES},
        {guest_table, HOST_GUEST_BASE, GUEST_BLOCKS * TABLE_ENTRIES},
    };
    uint32_t i;

    for (i = 0; i < sizeof(kind) / sizeof(kind[0]); i++) {
        uint64_t offset = absolute - kind[i].base;

        if (offset / WORD < kind[i].entries && offset % WORD == 0) {
            *word = kind[i].table[offset / WORD];
            return 0;
        }
    }
    return -1;
}

uint32_t hw_execute_protection(void)
{
    return host.execute_protection;
}
