/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's PCI functions: found, enabled, disabled. Belongs to: VMM. */
#include "vmm/zpci/function.h"
#include "libs/rt/info.h"
#include "libs/stubs/stubs.h"
#include "libs/zformats/fib.h"
#include "libs/zformats/pciconf.h"
#include "vmm/zpci/translator.h"

#define SIZE_FIELD 8u /* of PCI_QUERY */
#define IDENTITY_FIELD 14u
#define VALUE_FIELD 16u
#define BAR_FLAGS 0xfu
#define SHM 0x00020000u /* the software owns the handle: never interpreted by hardware */

struct guest_function guest_function[BH_VCPU_FUNCTIONS];
unsigned guest_functions;

static uint64_t query(const struct guest_function *function, uint64_t field)
{
    uint64_t value = 0;

    (void)bh_pci_query(function->cap, field, &value);
    return value;
}

static void describe(struct guest_function *function, unsigned index)
{
    function->fid = (uint32_t)query(function, 0);
    function->interrupts = (uint16_t)query(function, 1);
    function->max_store_block = (uint16_t)query(function, 2);
    function->msia = query(function, 3);
    function->sdma = query(function, 5) * BH_PAGE_SIZE;
    function->edma = function->sdma + query(function, 6) * BH_PAGE_SIZE - 1u;
    for (unsigned i = 0; i < CLP_BARS; i++) {
        function->bar_log2[i] = (uint8_t)query(function, SIZE_FIELD + i);
        function->bar_listed[i] = (uint32_t)query(function, VALUE_FIELD + i);
    }
    function->vendor = (uint16_t)(query(function, IDENTITY_FIELD) >> 16);
    function->device = (uint16_t)query(function, IDENTITY_FIELD);
    function->handle = SHM | index;
}

void function_start(void)
{
    char name[] = "function0";
    int cap;

    for (unsigned i = 0; i < BH_VCPU_FUNCTIONS; i++) {
        name[8] = (char)('0' + i);
        cap = bh_cap(name);
        if (cap < 0) {
            return;
        }
        guest_function[i].cap = (unsigned)cap;
        describe(&guest_function[i], i);
        guest_functions = i + 1u;
    }
}

struct guest_function *function_find(uint32_t handle)
{
    uint32_t index = handle & ZPCI_FH_INDEX_MASK;

    if (index >= guest_functions || guest_function[index].handle != handle) {
        return 0;
    }
    return &guest_function[index];
}

struct guest_function *function_enabled(uint32_t handle)
{
    struct guest_function *function = function_find(handle);

    return function != 0 && function->enabled ? function : 0;
}

/* A new instance number with each change, so that old handles are told from new ones. */
static void change_handle(struct guest_function *function, uint8_t enabled)
{
    uint32_t instance = (function->handle & ZPCI_FH_INSTANCE_MASK) + 0x01000000u;

    function->enabled = enabled;
    function->error = 0;
    function->blocked = 0;
    function->has_ioat = 0;
    function->has_irq = 0;
    function->handle = (function->handle & (ZPCI_FH_SHM_MASK | ZPCI_FH_INDEX_MASK)) |
                       (instance & ZPCI_FH_INSTANCE_MASK) | (enabled ? ZPCI_FH_ENABLED : 0);
    function_state_changed(function);
}

/* As after a reset: the kinds of the registers, and no addresses. */
static void reset_bars(struct guest_function *function)
{
    uint64_t value;

    for (unsigned i = 0; i < CLP_BARS; i++) {
        value = 0;
        (void)bh_pci_load(function->cap, ZPCI_AS_CONFIG, PCICONF_BAR + 4u * i, 4, &value);
        function->bar[i] = function->bar_log2[i] != 0 ? (uint32_t)value & BAR_FLAGS : 0;
    }
}

uint16_t function_enable(struct guest_function *function)
{
    struct bh_results results;

    if (function->enabled) {
        return CLP_RC_ALREADY;
    }
    if (bh_pci_enable(function->cap, &results) != BH_E_OK) {
        return CLP_RC_RESOURCES;
    }
    change_handle(function, 1);
    reset_bars(function);
    return CLP_RC_OK;
}

uint16_t function_disable(struct guest_function *function)
{
    struct bh_results results;

    if (!function->enabled) {
        return CLP_RC_ALREADY;
    }
    if (bh_pci_disable(function->cap, &results) != BH_E_OK) {
        return CLP_RC_RECOVERY;
    }
    change_handle(function, 0);
    return CLP_RC_OK;
}

void function_state_changed(struct guest_function *function)
{
    struct bh_results results = {0};
    uint64_t controls = function->enabled ? FIB_FC_ENABLED : 0;

    controls |= function->error ? FIB_FC_ERROR : 0;
    controls |= function->blocked ? FIB_FC_BLOCKED : 0;
    (void)bh_pci_state(function->cap, &results);
    translator_state((unsigned)(function - guest_function), function->handle, controls,
                     results.gr4);
}
