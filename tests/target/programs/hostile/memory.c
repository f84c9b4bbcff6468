/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `hostile`: memory that is not its own, or not writable. Belongs to: test. */
#include "libs/abi/abi.h"
#include "libs/rt/info.h"
#include "tests/target/programs/hostile/execute.h"
#include "tests/target/programs/hostile/hostile.h"
#include "tests/target/programs/hostile/instructions.h"
#include "tests/target/programs/hostile/report.h"

/* Processes are linked at 1 MiB, and their spaces end below 2 GiB. */
#define PROCESS_BASE UINT64_C(0x100000)
#define SPACE_LIMIT UINT64_C(0x80000000)

static void reach(struct hostile_shared *shared, uint64_t address)
{
    attempt(hostile_try(shared, hostile_load, address) != HOSTILE_RAN, "load from %#lx", address);
    attempt(hostile_try(shared, hostile_store, address) != HOSTILE_RAN, "store to %#lx", address);
    if (address % 2 == 0)
        attempt(hostile_try(shared, hostile_fetch, address) != HOSTILE_RAN, "branch to %#lx",
                address);
}

static void write_to(struct hostile_shared *shared, const void *address, const char *what)
{
    attempt(hostile_try(shared, hostile_store, (uint64_t)address) != HOSTILE_RAN, "store to %s",
            what);
}

/* The page of a channel that belongs to the other end. */
static void write_to_peers(struct hostile_shared *shared)
{
    const struct bh_info_entry *entry;
    unsigned position = 0;

    while ((entry = bh_info_next(BH_INFO_CHANNEL, &position))) {
        uint64_t tail = entry->value + BH_PAGE_SIZE + entry->size;
        uint64_t peer = entry->page == BH_CHANNEL_PRODUCER ? tail : entry->value;

        attempt(hostile_try(shared, hostile_store, peer) != HOSTILE_RAN,
                "store to the other end of channel %s", entry->name);
    }
}

void hostile_memory(struct hostile_shared *shared)
{
    static const char constant[64] __attribute__((aligned(8))) = "constant";

    reach(shared, 0);
    reach(shared, PROCESS_BASE - 8);
    reach(shared, PROCESS_BASE - BH_PAGE_SIZE);
    for (uint64_t address = 8; address < PROCESS_BASE; address *= 2)
        reach(shared, address);
    for (uint64_t address = SPACE_LIMIT; address != 0; address *= 2) {
        reach(shared, address);
        reach(shared, address + PROCESS_BASE);
    }
    reach(shared, UINT64_MAX - 7);
    write_to(shared, hostile_execute, "code");
    write_to(shared, constant, "constants");
    write_to_peers(shared);
}
