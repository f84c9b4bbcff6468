/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process `hostile`: wrong arguments for the methods of its own PCI function. Belongs to:
 * test. The ones that matter most would make the machine itself store outside the bound memory.
 */
#include "drivers/zpci/native/device.h"
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"
#include "tests/target/programs/hostile/hostile.h"
#include "tests/target/programs/hostile/report.h"

#define HIGH (UINT64_C(1) << 32)
#define LAST_PAGE ((UINT64_C(1) << 52) - 1)
/* What the machine may store at an interruption vector: 2,048 bits behind a first bit of up to 63,
 * in whole doublewords. */
#define VECTOR_BYTES 264u
#define MEASUREMENT_BYTES 64u

static uint64_t cap;
static uint64_t memory_pages; /* of the bound memory */

static void load_wrong(void)
{
    static const uint64_t bar[] = {6, 7, 14, 16, 31, HIGH, HIGH + BH_PCI_CONFIG, UINT64_MAX};
    static const uint64_t length[] = {0, 9, 16, 17, HIGH + 4, UINT64_MAX};
    static const uint64_t offset[] = {BH_PAGE_SIZE, HIGH, UINT64_C(1) << 63, UINT64_MAX - 3};
    uint64_t data;

    for (unsigned i = 0; i < sizeof(bar) / sizeof(bar[0]); i++)
        attempt_error(bh_pci_load(cap, bar[i], 0, 4, &data), BH_E_ARG, "load: BAR");
    for (unsigned i = 0; i < sizeof(length) / sizeof(length[0]); i++)
        attempt_error(bh_pci_load(cap, BH_PCI_CONFIG, 0, length[i], &data), BH_E_ARG,
                      "load: length");
    for (unsigned i = 0; i < sizeof(offset) / sizeof(offset[0]); i++)
        attempt_error(bh_pci_load(cap, BH_PCI_CONFIG, offset[i], 4, &data), BH_E_ARG,
                      "load: offset");
    attempt_error(bh_pci_load(cap, BH_PCI_CONFIG, 2, 4, &data), BH_E_ARG, "load: across a word");
    attempt_error(bh_pci_load(cap, BH_PCI_CONFIG, 0, 8, &data), BH_E_ARG, "load: 8 bytes");
}

/* Beyond the end of each BAR that the function has, and at those it has not. */
static void reach_beyond_bar(uint64_t bar)
{
    struct bh_results r;
    uint64_t size_log2, data, end;

    if (bh_pci_query(cap, 8 + bar, &size_log2) != BH_E_OK)
        return;
    end = size_log2 ? UINT64_C(1) << size_log2 : 0;
    attempt_error(bh_pci_load(cap, bar, end, 1, &data), BH_E_ARG, "load: behind a BAR");
    attempt_error(bh_pci_store(cap, bar, end, 1, 0, &r), BH_E_ARG, "store: behind a BAR");
    attempt_error(bh_pci_store(cap, bar, UINT64_MAX - 7, 8, 0, &r), BH_E_ARG,
                  "store: far behind a BAR");
    attempt_error(bh_pci_store(cap, bar, 4, 8, 0, &r), BH_E_ARG, "store: across a doubleword");
    attempt_error(bh_pci_store(cap, bar, 0, 0, 0, &r), BH_E_ARG, "store: nothing");
    attempt_error(bh_pci_store(cap, bar, 0, HIGH + 4, 0, &r), BH_E_ARG, "store: length");
}

static void store_wrong(void)
{
    struct bh_results r;

    for (uint64_t bar = 0; bar < 6; bar++)
        reach_beyond_bar(bar);
    attempt_error(bh_pci_store(cap, 6, 0, 4, 0, &r), BH_E_ARG, "store: BAR 6");
    attempt_error(bh_pci_store(cap, BH_PCI_CONFIG, 4, 2, 0, &r), BH_E_ARG,
                  "store: configuration space without its filter");
}

/* Identity, base addresses, ROM, capability pointer: none of them is the driver's. */
static void store_configuration(void)
{
    static const uint64_t refused[] = {0x00, 0x08, 0x10, 0x14, 0x18, 0x1c,  0x20,
                                       0x24, 0x28, 0x2c, 0x30, 0x34, 0x100, 0xffc};
    struct bh_results r;

    for (unsigned i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        attempt_error(bh_pci_config_store(cap, refused[i], 4, UINT32_MAX, &r), BH_E_REFUSED,
                      "store to the configuration space");
    attempt_error(bh_pci_config_store(cap, BH_PAGE_SIZE, 4, 0, &r), BH_E_ARG,
                  "configuration store: offset");
    attempt_error(bh_pci_config_store(cap, HIGH + 4, 2, 0, &r), BH_E_ARG,
                  "configuration store: high offset");
    attempt_error(bh_pci_config_store(cap, 3, 2, 0, &r), BH_E_ARG,
                  "configuration store: alignment");
    attempt_error(bh_pci_config_store(cap, 4, HIGH + 2, 0, &r), BH_E_ARG,
                  "configuration store: length");
}

/* Pages behind the bound memory, and some that wrap around to it when multiplied. */
static void pages_outside(uint64_t page[4])
{
    page[0] = memory_pages;
    page[1] = HIGH;
    page[2] = LAST_PAGE;
    page[3] = UINT64_C(1) << 52;
}

static void store_block_wrong(uint64_t bar)
{
    static const uint64_t length[] = {0, 8, 12, 20, HIGH + 16, UINT64_MAX - 7};
    struct bh_results r;
    uint64_t page[4];

    pages_outside(page);
    for (unsigned i = 0; i < 4; i++)
        attempt_error(bh_pci_store_block(cap, bar, 0, page[i], 0, 16, &r), BH_E_BOUND,
                      "store block: page");
    attempt_error(bh_pci_store_block(cap, bar, 0, 0, BH_PAGE_SIZE, 16, &r), BH_E_BOUND,
                  "store block: byte");
    attempt_error(bh_pci_store_block(cap, bar, 0, memory_pages - 1, BH_PAGE_SIZE - 8, 16, &r),
                  BH_E_BOUND, "store block: across the end");
    attempt_error(bh_pci_store_block(cap, bar, 0, 0, UINT64_MAX - 7, 16, &r), BH_E_BOUND,
                  "store block: byte that wraps");
    for (unsigned i = 0; i < sizeof(length) / sizeof(length[0]); i++)
        attempt_error(bh_pci_store_block(cap, bar, 0, 0, 0, length[i], &r), BH_E_ARG,
                      "store block: length");
}

static void register_vectors_outside(void)
{
    struct bh_results r;
    uint64_t page[4];

    pages_outside(page);
    for (unsigned i = 0; i < 4; i++) {
        attempt_error(bh_pci_irq_register(cap, 1, page[i], 0, 0, 0, 0, &r), BH_E_BOUND,
                      "interruptions: page");
        attempt_error(bh_pci_irq_register(cap, 1, 0, 0, 0, page[i] * BH_PAGE_SIZE, 0, &r),
                      page[i] * BH_PAGE_SIZE == 0 ? BH_E_OK : BH_E_BOUND, "interruptions: summary");
        bh_pci_irq_drop(cap, &r);
    }
    for (uint64_t room = 8; room < VECTOR_BYTES; room += 8)
        attempt_error(
            bh_pci_irq_register(cap, 1, memory_pages - 1, BH_PAGE_SIZE - room, 0, 0, 0, &r),
            BH_E_BOUND, "interruptions: less than 264 bytes for the vector");
    attempt_error(bh_pci_irq_register(cap, 1, 0, BH_PAGE_SIZE, 0, 0, 0, &r), BH_E_BOUND,
                  "interruptions: byte");
    attempt_error(bh_pci_irq_register(cap, 1, 0, UINT64_MAX - 7, 0, 0, 0, &r), BH_E_BOUND,
                  "interruptions: byte that wraps");
}

static void register_vectors_wrong(void)
{
    struct bh_results r;
    uint64_t vectors = 0;

    bh_pci_query(cap, 1, &vectors);
    attempt_error(bh_pci_irq_register(cap, vectors + 1, 0, 0, 0, 2048, 0, &r), BH_E_ARG,
                  "interruptions: more than the function has");
    attempt_error(bh_pci_irq_register(cap, HIGH + 1, 0, 0, 0, 2048, 0, &r), BH_E_ARG,
                  "interruptions: high number");
    attempt_error(bh_pci_irq_register(cap, 1, 0, 0, 64, 2048, 0, &r), BH_E_ARG,
                  "interruptions: first bit");
    attempt_error(bh_pci_irq_register(cap, 1, 0, 0, 0, 2048, 64, &r), BH_E_ARG,
                  "interruptions: summary bit");
    attempt_error(bh_pci_irq_register(cap, 1, 0, 4, 0, 2048, 0, &r), BH_E_ARG,
                  "interruptions: alignment of the vector");
    attempt_error(bh_pci_irq_register(cap, 1, 0, 0, 0, 2052, 0, &r), BH_E_ARG,
                  "interruptions: alignment of the summary");
}

static void measure_wrong(void)
{
    struct bh_results r;
    uint64_t page[4];

    pages_outside(page);
    for (unsigned i = 0; i < 4; i++)
        attempt_error(bh_pci_measure(cap, page[i], 0, &r), BH_E_BOUND, "measurement: page");
    attempt_error(bh_pci_measure(cap, memory_pages - 1, BH_PAGE_SIZE - MEASUREMENT_BYTES + 16, &r),
                  BH_E_BOUND, "measurement: across the end");
    attempt_error(bh_pci_measure(cap, 0, 8, &r), BH_E_ARG, "measurement: alignment");
}

static void query_wrong(void)
{
    static const uint64_t field[] = {7, 15, 22, HIGH, HIGH + 1, UINT64_MAX};
    uint64_t value;

    for (unsigned i = 0; i < sizeof(field) / sizeof(field[0]); i++)
        attempt_error(bh_pci_query(cap, field[i], &value), BH_E_ARG, "query: field");
}

/* A BAR that exists. */
static uint64_t some_bar(void)
{
    uint64_t size_log2;

    for (uint64_t bar = 0; bar < 6; bar++)
        if (bh_pci_query(cap, 8 + bar, &size_log2) == BH_E_OK && size_log2 >= 12)
            return bar;
    bh_fatal("the function has no BAR of a page");
}

void hostile_functions(void)
{
    struct bh_results r;

    cap = bh_need_cap("disk");
    memory_pages = NATIVE_BOUND_PAGES;
    if (bh_pci_enable(cap, &r) != BH_E_OK)
        bh_fatal("the function cannot be enabled");
    load_wrong();
    store_wrong();
    store_configuration();
    store_block_wrong(some_bar());
    register_vectors_outside();
    register_vectors_wrong();
    measure_wrong();
    query_wrong();
    bh_pci_disable(cap, &r);
}
