/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI functions: state, loads, stores and queries. Belongs to: kernel. */
#include "kernel/object/pci_function.h"
#include "drivers/zpci/config.h"
#include "kernel/object/inspect.h"
#include "kernel/object/iospace.h"
#include "kernel/object/pci_config.h"
#include "kernel/object/pci_control.h"
#include "kernel/object/pci_create.h"
#include "kernel/object/pci_event.h"
#include "kernel/object/thread.h"
#include "libs/zformats/fib.h"

#define CC_GONE 3u

uint8_t pci_block[PCI_BLOCK_SIZE] __attribute__((aligned(4096)));
uint32_t pci_fid[PCI_FUNCTIONS];
uint32_t pci_handle[PCI_FUNCTIONS];
uint32_t pci_identity[PCI_FUNCTIONS];
uint32_t pci_enabled[PCI_FUNCTIONS];
uint32_t pci_absent[PCI_FUNCTIONS];
uint32_t pci_registered[PCI_FUNCTIONS];
uint32_t pci_partition[PCI_FUNCTIONS];
uint32_t pci_space[PCI_FUNCTIONS];
uint32_t pci_isc[PCI_FUNCTIONS];
uint64_t pci_generation[PCI_FUNCTIONS];
uint64_t pci_memory_first[PCI_FUNCTIONS];
uint64_t pci_memory_pages[PCI_FUNCTIONS];
struct clp_function pci_info[PCI_FUNCTIONS];
struct clp_group pci_group[PCI_FUNCTIONS];
uint32_t pci_count;

uint32_t pci_result(uint32_t t, struct zpci_result result)
{
    if (result.cc == 0) {
        return BH_E_OK;
    }
    if (result.cc == 2) {
        return BH_E_AGAIN;
    }
    thread_result(t, 0, result.cc * 256u + result.status);
    return result.cc == CC_GONE ? BH_E_GONE : BH_E_PCI;
}

/* A BAR access stays inside the BAR and inside a doubleword: else the machine would interrupt. */
static uint32_t check_bar(uint32_t f, uint64_t bar, uint64_t offset, uint64_t length)
{
    uint64_t size;

    if (bar >= CLP_BARS || length == 0 || length > 8u || offset % 8u + length > 8u) {
        return BH_E_ARG;
    }
    if (pci_info[f].bar[bar % CLP_BARS].size_log2 == 0) {
        return BH_E_ARG;
    }
    size = UINT64_C(1) << (pci_info[f].bar[bar % CLP_BARS].size_log2 % 64u);
    return offset < size && length <= size - offset ? BH_E_OK : BH_E_ARG;
}

static uint32_t check_load(uint32_t f, uint64_t bar, uint64_t offset, uint64_t length)
{
    if (bar == BH_PCI_CONFIG) {
        return pci_config_check(offset, length);
    }
    return check_bar(f, bar, offset, length);
}

static uint32_t load(uint32_t t, uint32_t f)
{
    uint64_t bar = thread_argument(t, 0);
    uint64_t offset = thread_argument(t, 1);
    uint64_t length = thread_argument(t, 2);
    uint32_t error = check_load(f, bar, offset, length);
    uint64_t data = 0;

    if (error != BH_E_OK) {
        return error;
    }
    error = pci_result(
        t, zpci_pcilg(pci_handle[f], (uint8_t)(bar % 16u), offset, (uint8_t)(length % 16u), &data));
    if (error == BH_E_OK) {
        thread_result(t, 0, pci_swap(data, (uint8_t)(length % 16u)));
    }
    return error;
}

static uint32_t store(uint32_t t, uint32_t f)
{
    uint64_t bar = thread_argument(t, 0);
    uint64_t offset = thread_argument(t, 1);
    uint64_t length = thread_argument(t, 2);
    uint8_t bytes = (uint8_t)(length % 16u);
    uint32_t error = check_bar(f, bar, offset, length);

    if (error != BH_E_OK) {
        return error;
    }
    return pci_result(t, zpci_pcistg(pci_handle[f], (uint8_t)(bar % 16u), offset, bytes,
                                     pci_swap(thread_argument(t, 3), bytes)));
}

/* The block lies in one page of the function's memory and goes to one 4 KiB of the BAR. */
static uint32_t check_block(uint32_t t, uint32_t f)
{
    uint64_t offset = thread_argument(t, 1);
    uint64_t page = thread_argument(t, 2);
    uint64_t byte = thread_argument(t, 3);
    uint64_t length = thread_argument(t, 4);

    if (length <= 8u || length % 8u != 0 || length > pci_group[f].max_store_block ||
        offset % 8u != 0 || offset % BH_PAGE_SIZE + length > BH_PAGE_SIZE || byte % 8u != 0) {
        return BH_E_ARG;
    }
    if (page >= pci_memory_pages[f] || byte >= BH_PAGE_SIZE || length > BH_PAGE_SIZE - byte) {
        return BH_E_BOUND;
    }
    if (check_bar(f, thread_argument(t, 0), offset, 8) != BH_E_OK) {
        return BH_E_ARG;
    }
    return check_bar(f, thread_argument(t, 0), offset + length - 8u, 8);
}

static uint32_t store_block(uint32_t t, uint32_t f)
{
    uint32_t error = check_block(t, f);
    uint64_t source;

    if (error != BH_E_OK) {
        return error;
    }
    source = (pci_memory_first[f] + thread_argument(t, 2)) * BH_PAGE_SIZE + thread_argument(t, 3);
    return pci_result(
        t, zpci_pcistb(pci_handle[f], (uint8_t)(thread_argument(t, 0) % 16u), thread_argument(t, 1),
                       (uint16_t)(thread_argument(t, 4) % 0x10000u), (const uint8_t *)source));
}

static uint64_t field(uint32_t f, uint64_t number)
{
    switch (number) {
    case 0:
        return pci_fid[f];
    case 1:
        return pci_group[f].interrupts;
    case 2:
        return pci_group[f].max_store_block;
    case 3:
        return pci_group[f].msia;
    case 4:
        return pci_group[f].flags & CLP_QGRP_REFRESH;
    case 5:
        return space_base[pci_space[f]];
    case 6:
        return space_pages[pci_space[f]];
    case 14:
        return pci_identity[f];
    default:
        return number < 16u ? pci_info[f].bar[number % 8u % CLP_BARS].size_log2
                            : pci_info[f].bar[number % 8u % CLP_BARS].value;
    }
}

static uint32_t query(uint32_t t, uint32_t f)
{
    uint64_t number = thread_argument(t, 0);

    if (number > 21u || number == 7u || number == 15u) {
        return BH_E_ARG;
    }
    thread_result(t, 0, field(f, number));
    return BH_E_OK;
}

/* What the kernel knows by itself. */
static uint32_t invoke_known(uint32_t t, uint32_t object, uint32_t method)
{
    switch (method) {
    case BH_M_PCI_QUERY:
        return query(t, object);
    case BH_M_PCI_INSPECT:
        return pci_inspect(t, object);
    case BH_M_PCI_EVENT:
        return pci_event_take(t, object);
    case BH_M_PCI_BIND_MEMORY:
    case BH_M_PCI_BIND_EVENT:
        return pci_bind(t, object, method);
    default:
        thread_result(t, 0, CC_GONE * 256u);
        return BH_E_GONE;
    }
}

uint32_t pci_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    if (pci_absent[object] != 0) {
        return invoke_known(t, object, method);
    }
    switch (method) {
    case BH_M_PCI_LOAD:
        return load(t, object);
    case BH_M_PCI_STORE:
        return store(t, object);
    case BH_M_PCI_STORE_BLOCK:
        return store_block(t, object);
    case BH_M_PCI_CONFIG_STORE:
        return pci_config_store(t, object);
    case BH_M_PCI_QUERY:
    case BH_M_PCI_INSPECT:
    case BH_M_PCI_EVENT:
    case BH_M_PCI_BIND_MEMORY:
    case BH_M_PCI_BIND_EVENT:
        return invoke_known(t, object, method);
    default:
        return pci_control(t, object, method);
    }
}
