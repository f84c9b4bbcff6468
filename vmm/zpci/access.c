/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI load, store and store block. What the guest may store into the configuration space is decided
 * by the kernel's allow-list; base address registers are the guest's own here, so that it can size
 * them without moving anything. Belongs to: VMM.
 */
#include "drivers/zpci/config.h"
#include "libs/stubs/stubs.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"
#include "vmm/handlers.h"
#include "vmm/memory.h"
#include "vmm/zpci/function.h"
#include "vmm/zpci/result.h"

#define FIRST_BAR 0x10u
#define BARS_END 0x28u
#define BAR_FLAGS 0xfu
#define BLOCK_MAX 4096u

/* A register keeps its flags, and the bits below the size are zero: how a guest finds the size out.
 * The upper half of a 64-bit register follows the one below it. */
static uint32_t sized(const struct guest_function *function, unsigned i, uint32_t value)
{
    uint64_t size = UINT64_C(1) << function->bar_log2[i] % 64u;

    if (function->bar_log2[i] != 0) {
        return (value & ~(uint32_t)(size - 1u)) | (function->bar[i] & BAR_FLAGS);
    }
    return i != 0 && function->bar_log2[i - 1u] != 0 ? value : 0;
}

static void store_bar(struct guest_function *function, uint32_t offset, uint32_t value)
{
    unsigned i = (offset - FIRST_BAR) / 4u;

    function->bar[i] = sized(function, i, value);
}

static int is_bar(uint32_t offset, uint8_t length)
{
    return offset >= FIRST_BAR && offset < BARS_END && length == 4;
}

/* 0, or condition code and status of a refusal. */
static uint32_t check(const struct guest_function *function)
{
    return function->blocked ? RESULT(1, ZPCI_ST_BLOCKED) : 0;
}

/* The function has no such BAR, or there is no such address space at all. */
static int is_absent(const struct guest_function *function, uint8_t space)
{
    return space != ZPCI_AS_CONFIG &&
           (space >= ZPCI_AS_BARS || function->bar_log2[space % CLP_BARS] == 0);
}

/* Requires: the space is not absent, and BARs are smaller than 2^63. */
static int is_inside(const struct guest_function *function, uint8_t space, uint64_t offset,
                     uint32_t length)
{
    uint64_t size = UINT64_C(1) << function->bar_log2[space % CLP_BARS] % 64u;

    return length <= size && offset <= size - length;
}

static program_code check_operands(const struct guest_function *function, uint8_t space,
                                   uint64_t offset, uint8_t length)
{
    if (space == ZPCI_AS_CONFIG) {
        return offset < 4096u && config_access_ok((uint32_t)offset, length) ? PGM_NONE
                                                                            : PGM_OPERAND;
    }
    return length >= 1 && length <= 8u - offset % 8u && is_inside(function, space, offset, length)
               ? PGM_NONE
               : PGM_OPERAND;
}

/* Without a status the real instruction was a program interruption: the device has no register of
 * this length there. */
static program_code finish(struct cpu *cpu, uint32_t r, uint32_t result)
{
    return result == RESULT(1, 0) ? PGM_OPERAND : result_set(cpu, r, result);
}

static uint32_t do_load(struct guest_function *function, uint8_t space, uint64_t offset,
                        uint8_t length, uint64_t *value)
{
    if (space == ZPCI_AS_CONFIG && is_bar((uint32_t)offset, length)) {
        *value = function->bar[(offset - FIRST_BAR) / 4u];
        return 0;
    }
    return result_of(bh_pci_load(function->cap, space, offset, length, value), value);
}

program_code emulate_pcilg(struct cpu *cpu, const struct instruction *in)
{
    uint64_t request = cpu->page->gr[in->r2 % 16u];
    uint64_t offset = cpu->page->gr[(in->r2 + 1u) % 16u];
    uint8_t space = request >> 16 & 0xff;
    uint8_t length = request & 0xf;
    struct guest_function *function = function_enabled((uint32_t)(request >> 32));
    uint64_t value = 0;
    uint32_t result;

    if (in->r2 % 2u != 0) {
        return PGM_SPECIFICATION;
    }
    if (function == 0) {
        return result_set(cpu, in->r2, RESULT(3, 0));
    }
    if (is_absent(function, space)) {
        return result_set(cpu, in->r2, RESULT(1, ZPCI_ST_ADDRESS_SPACE));
    }
    if (check_operands(function, space, offset, length) != PGM_NONE) {
        return PGM_OPERAND;
    }
    result = check(function);
    if (result == 0) {
        result = do_load(function, space, offset, length, &value);
    }
    if (result == 0) {
        cpu->page->gr[in->r1 % 16u] = pci_swap(value, length);
    }
    return finish(cpu, in->r2, result);
}

static uint32_t do_store(struct guest_function *function, uint8_t space, uint64_t offset,
                         uint8_t length, uint64_t value)
{
    struct bh_results results = {0};
    uint64_t error;

    if (space != ZPCI_AS_CONFIG) {
        error = bh_pci_store(function->cap, space, offset, length, value, &results);
        return result_of(error, &results.gr3);
    }
    if (is_bar((uint32_t)offset, length)) {
        store_bar(function, (uint32_t)offset, (uint32_t)value);
        return 0;
    }
    error = bh_pci_config_store(function->cap, offset, length, value, &results);
    return error == BH_E_REFUSED ? 0 : result_of(error, &results.gr3); /* read-only to the guest */
}

program_code emulate_pcistg(struct cpu *cpu, const struct instruction *in)
{
    uint64_t request = cpu->page->gr[in->r2 % 16u];
    uint64_t offset = cpu->page->gr[(in->r2 + 1u) % 16u];
    uint8_t space = request >> 16 & 0xff;
    uint8_t length = request & 0xf;
    struct guest_function *function = function_enabled((uint32_t)(request >> 32));
    uint32_t result;

    if (in->r2 % 2u != 0) {
        return PGM_SPECIFICATION;
    }
    if (function == 0) {
        return result_set(cpu, in->r2, RESULT(3, 0));
    }
    if (is_absent(function, space)) {
        return result_set(cpu, in->r2, RESULT(1, ZPCI_ST_ADDRESS_SPACE));
    }
    if (check_operands(function, space, offset, length) != PGM_NONE) {
        return PGM_OPERAND;
    }
    result = check(function);
    if (result == 0) {
        result = do_store(function, space, offset, length,
                          pci_swap(cpu->page->gr[in->r1 % 16u], length));
    }
    return finish(cpu, in->r2, result);
}

static program_code check_block(const struct guest_function *function, uint64_t offset,
                                uint32_t length, uint64_t source)
{
    if (length <= 8u || length % 8u != 0 || length > function->max_store_block ||
        offset % 8u != 0 || offset % BLOCK_MAX + length > BLOCK_MAX || source % 8u != 0) {
        return PGM_SPECIFICATION;
    }
    return PGM_NONE;
}

/* In doublewords: the order that a device may see, without lending it guest addresses. */
static uint32_t store_block(struct guest_function *function, uint8_t space, uint64_t offset,
                            const uint8_t *data, uint32_t length)
{
    uint32_t result = 0;

    for (uint32_t i = 0; i < length && result == 0; i += 8u) {
        result = do_store(function, space, offset + i, 8, pci_swap(be64_get(data + i), 8));
    }
    return result;
}

program_code emulate_pcistb(struct cpu *cpu, const struct instruction *in)
{
    static uint8_t data[BLOCK_MAX];
    uint64_t request = cpu->page->gr[in->r1 % 16u];
    uint64_t offset = cpu->page->gr[in->r3 % 16u];
    uint8_t space = request >> 16 & 0xff;
    uint32_t length = request & 0x1fff;
    struct guest_function *function = function_enabled((uint32_t)(request >> 32));
    program_code code;

    if (function == 0) {
        return result_set(cpu, in->r1, RESULT(3, 0));
    }
    if (space == ZPCI_AS_CONFIG || is_absent(function, space)) {
        return result_set(cpu, in->r1, RESULT(1, ZPCI_ST_ADDRESS_SPACE));
    }
    code = check_block(function, offset, length, in->address);
    if (code == PGM_NONE && !is_inside(function, space, offset, length)) {
        code = PGM_OPERAND;
    }
    if (code == PGM_NONE) {
        code = guest_read(cpu, in->address, data, length);
    }
    if (code != PGM_NONE) {
        return code;
    }
    if (check(function) != 0) {
        return result_set(cpu, in->r1, check(function));
    }
    return finish(cpu, in->r1, store_block(function, space, offset, data, length));
}
