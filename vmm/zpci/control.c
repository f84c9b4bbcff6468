/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Modify and store function controls, set interruption controls, and the refreshes that do not go
 * straight to the translator. Belongs to: VMM. Results as QEMU gives them, see docs.
 */
#include "vmm/zpci/control.h"
#include "drivers/zpci/ioat.h"
#include "drivers/zpci/irq.h"
#include "drivers/zpci/translator/protocol.h"
#include "libs/rt/info.h"
#include "libs/stubs/stubs.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"
#include "vmm/handlers.h"
#include "vmm/memory.h"
#include "vmm/zpci/events.h"
#include "vmm/zpci/function.h"
#include "vmm/zpci/result.h"
#include "vmm/zpci/translator.h"

#define SEQUENCE RESULT(1, ZPCI_ST_SEQUENCE)
#define SUBCLASSES 8u

static unsigned interruption; /* capability of the partition's subclass */

void control_start(void)
{
    interruption = bh_need_cap("interruption");
}

static unsigned number_of(const struct guest_function *function)
{
    return (unsigned)(function - guest_function);
}

/* Result for the guest, or the operand exception that a refused anchor is. */
static program_code outcome(struct cpu *cpu, const struct instruction *in, uint64_t result)
{
    if (result == TRANSLATOR_OPERAND) {
        return PGM_OPERAND;
    }
    return result_set(cpu, in->r1, (uint32_t)result % 0x400u);
}

static uint64_t anchor(struct guest_function *function, const uint8_t *fib, int again)
{
    struct ioat ioat;
    uint64_t result;

    ioat_fib_parse(fib, &ioat);
    result = translator_register(number_of(function), &ioat, again);
    if (result == 0) {
        function->ioat = ioat;
        function->has_ioat = 1;
    }
    return result;
}

/* The device first learns of an I/O space in which nothing is mapped: so the translator can tell it
 * of every entry that it makes. */
static uint64_t register_ioat(struct guest_function *function, const uint8_t *fib)
{
    struct bh_results results = {0};
    uint64_t result;

    if (function->has_ioat) {
        return SEQUENCE;
    }
    result = result_of(bh_pci_dma_register(function->cap, &results), &results.gr3);
    if (result != 0) {
        return result;
    }
    result = anchor(function, fib, 0);
    if (result != 0) {
        (void)bh_pci_dma_drop(function->cap, &results);
    }
    return result;
}

static uint64_t drop_ioat(struct guest_function *function)
{
    struct bh_results results = {0};
    uint64_t result;

    if (!function->has_ioat) {
        return SEQUENCE;
    }
    (void)bh_pci_dma_drop(function->cap, &results); /* again, if the guest tries again */
    result = translator_deregister(number_of(function));
    function->has_ioat = result != 0;
    return result;
}

static uint64_t register_irq(struct guest_function *function, const uint8_t *fib)
{
    struct bh_results results = {0};
    struct irq_registration irq;
    uint64_t error;

    if (function->has_irq) {
        return SEQUENCE;
    }
    (void)irq_fib_parse(fib, &irq);
    error = bh_pci_irq_register(function->cap, irq.count, irq.vector / BH_PAGE_SIZE,
                                irq.vector % BH_PAGE_SIZE, irq.vector_bit, irq.summary,
                                irq.summary_bit, &results);
    if (error == BH_E_ARG || error == BH_E_BOUND) {
        return TRANSLATOR_OPERAND;
    }
    if (error == BH_E_OK) {
        function->irq = irq;
        function->has_irq = 1;
    }
    return result_of(error, &results.gr3);
}

static uint64_t drop_irq(struct guest_function *function)
{
    struct bh_results results = {0};

    if (!function->has_irq) {
        return SEQUENCE;
    }
    function->has_irq = 0;
    return result_of(bh_pci_irq_drop(function->cap, &results), &results.gr3);
}

static uint64_t reset_error(struct guest_function *function)
{
    struct bh_results results = {0};

    if (!function->error) {
        return SEQUENCE;
    }
    (void)bh_pci_reset_error(function->cap, &results); /* the real one may not be in error */
    function->error = 0;
    function->blocked = 0;
    function_state_changed(function);
    return 0;
}

static uint64_t unblock(struct guest_function *function)
{
    struct bh_results results = {0};

    if (!function->error) {
        return SEQUENCE;
    }
    (void)bh_pci_unblock(function->cap, &results);
    function->blocked = 0;
    function_state_changed(function);
    return 0;
}

static uint64_t modify(struct guest_function *function, uint8_t operation, const uint8_t *fib)
{
    switch (operation) {
    case MPCIFC_REGISTER_INT:
        return register_irq(function, fib);
    case MPCIFC_DEREGISTER_INT:
        return drop_irq(function);
    case MPCIFC_REGISTER_IOAT:
        return register_ioat(function, fib);
    case MPCIFC_DEREGISTER_IOAT:
        return drop_ioat(function);
    case MPCIFC_REREGISTER_IOAT:
        return function->has_ioat ? anchor(function, fib, 1) : SEQUENCE;
    case MPCIFC_RESET_ERROR:
        return reset_error(function);
    case MPCIFC_RESET_BLOCK:
        return unblock(function);
    case MPCIFC_SET_MEASUREMENT:
        return 0; /* none is announced; Linux 6.1 asks for it all the same */
    default:
        return TRANSLATOR_OPERAND;
    }
}

program_code emulate_mpcifc(struct cpu *cpu, const struct instruction *in)
{
    uint64_t request = cpu->page->gr[in->r1 % 16u];
    uint8_t operation = request & 0xff;
    struct guest_function *function = function_enabled((uint32_t)(request >> 32));
    uint8_t fib[FIB_SIZE];
    program_code code;

    if (in->address % FIB_ALIGN != 0) {
        return PGM_SPECIFICATION;
    }
    code = guest_read(cpu, in->address, fib, FIB_SIZE);
    if (code != PGM_NONE) {
        return code;
    }
    if (fib[FIB_FORMAT] != 0) {
        return PGM_OPERAND;
    }
    if (function == 0) {
        return result_set(cpu, in->r1, RESULT(3, 0));
    }
    if ((request >> 16 & 0xff) != 0) {
        return result_set(cpu, in->r1, RESULT(1, ZPCI_ST_DMA_SPACE));
    }
    return outcome(cpu, in, modify(function, operation, fib));
}

static uint8_t controls_of(const struct guest_function *function)
{
    uint32_t controls = function->enabled ? FIB_FC_ENABLED : 0;

    controls |= function->error ? FIB_FC_ERROR : 0;
    controls |= function->blocked ? FIB_FC_BLOCKED : 0;
    return (uint8_t)(controls | (function->has_ioat ? FIB_FC_IOAT : 0));
}

static void build_fib(const struct guest_function *function, uint8_t *fib)
{
    bytes_zero(fib, FIB_SIZE);
    if (function->has_irq) {
        (void)irq_fib_register(fib, &function->irq);
    }
    fib[FIB_CONTROLS] = controls_of(function);
    if (function->has_ioat) {
        be64_put(fib + FIB_PBA, function->ioat.start);
        be64_put(fib + FIB_PAL, function->ioat.end);
        be64_put(fib + FIB_IOTA, function->ioat.iota);
    }
}

program_code emulate_stpcifc(struct cpu *cpu, const struct instruction *in)
{
    uint64_t request = cpu->page->gr[in->r1 % 16u];
    struct guest_function *function = function_find((uint32_t)(request >> 32));
    uint8_t fib[FIB_SIZE];
    program_code code;

    if (in->address % FIB_ALIGN != 0) {
        return PGM_SPECIFICATION;
    }
    if (function == 0) {
        return result_set(cpu, in->r1, RESULT(3, 0));
    }
    if ((request >> 16 & 0xff) != 0) {
        return result_set(cpu, in->r1, RESULT(1, ZPCI_ST_DMA_SPACE));
    }
    build_fib(function, fib);
    code = guest_write(cpu, in->address, fib, FIB_SIZE);
    return code != PGM_NONE ? code : result_set(cpu, in->r1, 0);
}

/* All and single are what guests use; the other operations need facilities that are not shown. */
program_code emulate_sic(struct cpu *cpu, const struct instruction *in)
{
    uint64_t operation = cpu->page->gr[in->r1 % 16u] % 0x10000u;

    if (operation > SIC_SINGLE) {
        return PGM_OPERAND;
    }
    (void)bh_irq_mode(interruption, operation);
    return PGM_NONE;
}

/* Only what the kernel did not deliver to the translator comes here: an odd register pair. */
program_code emulate_rpcit(struct cpu *cpu, const struct instruction *in)
{
    if (in->r2 % 2u != 0) {
        return PGM_SPECIFICATION;
    }
    return result_set(cpu, in->r1, RESULT(3, 0));
}

/* Guest subclass of the adapter interruption: all functions share the partition's real one. */
uint32_t control_guest_subclass(void)
{
    for (unsigned i = 0; i < guest_functions; i++) {
        if (guest_function[i].has_irq) {
            return guest_function[i].irq.isc % SUBCLASSES;
        }
    }
    return SUBCLASSES;
}
