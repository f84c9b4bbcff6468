/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: guest memory of the VMM for SIE. Belongs to: test. */
#include "tests/guests/sie-smoke/memory.h"

#include <string.h>

#include "libs/abi/abi.h"
#include "libs/abi/vcpu.h"
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/vcpu.h"
#include "tests/guests/sie-smoke/protocol.h"

#define SPACE 0u
#define SEGMENT_TYPE 0u
#define WINDOW 0u
#define TEXT_MAX 80u

uint64_t memory_mapped;
static uint64_t cap;
static uint8_t *memory;

static uint8_t *at(uint64_t address, uint64_t bytes)
{
    if (address > MEMORY - bytes)
        bh_fatal("the guest names address %lx", address);
    return memory + address;
}

void memory_start(uint64_t vcpu)
{
    struct bh_window guest = bh_need_window("guest");
    struct bh_window image = bh_need_window("kernel");
    uint64_t page;

    cap = vcpu;
    memory = guest.address;
    if (guest.size != MEMORY || image.size > MEMORY / 2u)
        bh_fatal("guest memory of %lu bytes, image of %lu", guest.size, image.size);
    for (page = MEMORY / 2u; page < MEMORY; page += BH_PAGE_SIZE)
        memory_store(page, page);
    memcpy(memory, image.address, image.size);
    if (bh_vcpu_space_reset(cap, SPACE, SEGMENT_TYPE) != BH_E_OK)
        bh_fatal("no guest space");
}

uint64_t memory_map(uint64_t page)
{
    uint64_t *word = bh_message_buffer();
    uint64_t stored;
    uint64_t error;

    *word = page * BH_PAGE_SIZE;
    error = bh_vcpu_space_map(cap, SPACE, page, 1, WINDOW, &stored);
    memory_mapped += error == BH_E_OK ? 1u : 0u;
    return error;
}

uint64_t memory_load(uint64_t address)
{
    uint64_t value;

    memcpy(&value, at(address, sizeof(value)), sizeof(value));
    return value;
}

void memory_store(uint64_t address, uint64_t value)
{
    memcpy(at(address, sizeof(value)), &value, sizeof(value));
}

void memory_store_half(uint64_t address, uint16_t value)
{
    memcpy(at(address, sizeof(value)), &value, sizeof(value));
}

const char *memory_text(uint64_t address)
{
    static char text[TEXT_MAX + 1u];

    memcpy(text, at(address, TEXT_MAX), TEXT_MAX);
    return text;
}
