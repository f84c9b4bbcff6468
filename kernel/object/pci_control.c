/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI functions: enable, disable, registrations. Belongs to: kernel. */
#include "kernel/object/pci_control.h"
#include "drivers/zpci/ioat.h"
#include "drivers/zpci/irq.h"
#include "kernel/object/iospace.h"
#include "kernel/object/partition.h"
#include "kernel/object/pci_function.h"
#include "kernel/object/thread.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"

#define MEASUREMENT_BYTES 64u

static uint8_t fib[FIB_SIZE] __attribute__((aligned(8)));

uint32_t pci_set(uint32_t f, uint8_t operation)
{
    uint32_t code;

    clp_set_request(pci_block, pci_handle[f], operation);
    if (zpci_clp(pci_block).cc != 0) {
        return 0;
    }
    if (clp_set_parse(pci_block, operation, &pci_handle[f]) != ZPCI_OK) {
        code = be16_get(pci_block + CLP_REQUEST_LENGTH + CLP_COMMAND);
        return code == CLP_RC_OK ? 0 : code; /* "done" without a proper handle is not done */
    }
    pci_enabled[f] = operation == CLP_SET_ENABLE ? 1u : 0u;
    pci_registered[f] = 0;
    pci_generation[f]++;
    if (operation == CLP_SET_DISABLE) {
        iospace_settled(pci_space[f]);
    }
    return CLP_RC_OK;
}

static uint32_t set(uint32_t t, uint32_t f, uint8_t operation)
{
    uint32_t code;

    if (pci_enabled[f] == (operation == CLP_SET_ENABLE ? 1u : 0u) ||
        (operation == CLP_SET_ENABLE && partition_stopped[pci_partition[f]] != 0)) {
        return BH_E_STATE;
    }
    code = pci_set(f, operation);
    if (code == CLP_RC_OK) {
        return BH_E_OK;
    }
    thread_result(t, 0, code);
    return code == 0 ? BH_E_GONE : BH_E_PCI;
}

/* Operations without operands. */
static uint32_t modify_empty(uint32_t t, uint32_t f, uint8_t operation)
{
    fib_empty(fib);
    return pci_result(t, zpci_mpcifc(pci_handle[f], operation, fib));
}

static uint32_t register_dma(uint32_t t, uint32_t f)
{
    uint32_t s = pci_space[f];
    struct ioat ioat = {
        .start = space_base[s] * BH_PAGE_SIZE,
        .end = (space_base[s] + space_pages[s]) * BH_PAGE_SIZE - 1u,
        .iota = space_root[s],
    };
    uint32_t error;

    if (ioat_fib_register(fib, &ioat) != ZPCI_OK) {
        return BH_E_STATE;
    }
    error = pci_result(t, zpci_mpcifc(pci_handle[f], MPCIFC_REGISTER_IOAT, fib));
    if (error == BH_E_OK) {
        pci_registered[f] = 1;
    }
    return error;
}

static uint32_t drop_dma(uint32_t t, uint32_t f)
{
    uint32_t error = modify_empty(t, f, MPCIFC_DEREGISTER_IOAT);

    if (error == BH_E_OK) {
        pci_registered[f] = 0;
        iospace_settled(pci_space[f]);
    }
    return error;
}

/* Absolute address of n bytes at this byte of a page of the bound memory; 0 if they leave it. */
static uint64_t locate(uint32_t f, uint64_t page, uint64_t byte, uint64_t n)
{
    uint64_t room;

    if (page >= pci_memory_pages[f] || byte >= BH_PAGE_SIZE) {
        return 0;
    }
    room = (pci_memory_pages[f] - page) * BH_PAGE_SIZE - byte;
    return n <= room ? (pci_memory_first[f] + page) * BH_PAGE_SIZE + byte : 0;
}

static uint32_t register_irq(uint32_t t, uint32_t f)
{
    uint64_t summary = thread_argument(t, 4);
    uint64_t bits = thread_argument(t, 3) | thread_argument(t, 5);
    struct irq_registration irq = {
        .vector = locate(f, thread_argument(t, 1), thread_argument(t, 2), IRQ_VECTOR_BYTES),
        .summary = locate(f, summary / BH_PAGE_SIZE, summary % BH_PAGE_SIZE, IRQ_SUMMARY_BYTES),
        .count = (uint16_t)(thread_argument(t, 0) % 0x10000u),
        .vector_bit = (uint8_t)(thread_argument(t, 3) % 64u),
        .summary_bit = (uint8_t)(thread_argument(t, 5) % 64u),
        .isc = (uint8_t)(pci_isc[f] % 8u),
    };

    if (thread_argument(t, 0) > pci_group[f].interrupts || bits >= 64u) {
        return BH_E_ARG;
    }
    if (irq.vector == 0 || irq.summary == 0) {
        return BH_E_BOUND;
    }
    if (irq_fib_register(fib, &irq) != ZPCI_OK) {
        return BH_E_ARG;
    }
    return pci_result(t, zpci_mpcifc(pci_handle[f], MPCIFC_REGISTER_INT, fib));
}

static uint32_t measure(uint32_t t, uint32_t f)
{
    uint64_t page = thread_argument(t, 0);
    uint64_t byte = thread_argument(t, 1);
    uint64_t address = 0;

    if (page != UINT64_MAX) {
        address = locate(f, page, byte, MEASUREMENT_BYTES);
        if (address == 0) {
            return BH_E_BOUND;
        }
    }
    if (measurement_fib(fib, address) != ZPCI_OK) {
        return BH_E_ARG;
    }
    return pci_result(t, zpci_mpcifc(pci_handle[f], MPCIFC_SET_MEASUREMENT, fib));
}

static uint32_t state(uint32_t t, uint32_t f)
{
    uint32_t error = pci_result(t, zpci_stpcifc(pci_handle[f], fib));

    if (error == BH_E_OK) {
        thread_result(t, 0, fib[FIB_CONTROLS]);
        thread_result(t, 1, pci_generation[f]);
    }
    return error;
}

uint32_t pci_control(uint32_t t, uint32_t f, uint32_t method)
{
    switch (method) {
    case BH_M_PCI_ENABLE:
        return set(t, f, CLP_SET_ENABLE);
    case BH_M_PCI_DISABLE:
        return set(t, f, CLP_SET_DISABLE);
    case BH_M_PCI_RESET_ERROR:
        return modify_empty(t, f, MPCIFC_RESET_ERROR);
    case BH_M_PCI_UNBLOCK:
        return modify_empty(t, f, MPCIFC_RESET_BLOCK);
    case BH_M_PCI_STATE:
        return state(t, f);
    case BH_M_PCI_DMA_REGISTER:
        return register_dma(t, f);
    case BH_M_PCI_DMA_DROP:
        return drop_dma(t, f);
    case BH_M_PCI_IRQ_REGISTER:
        return register_irq(t, f);
    case BH_M_PCI_IRQ_DROP:
        return modify_empty(t, f, MPCIFC_DEREGISTER_INT);
    case BH_M_PCI_MEASURE:
        return measure(t, f);
    default:
        return BH_E_METHOD;
    }
}
