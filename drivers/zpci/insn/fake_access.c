/* SPDX-License-Identifier: BSD-2-Clause */
/* zPCI software fake: PCI load, store and store block. */
#include "drivers/zpci/insn/fake_internal.h"

#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"

#define DOUBLEWORD 8u
#define WORD 4u
#define BOUNDARY 4096u

/* The checks that all three share: handle, then state. 1 = *result is the answer. */
static int refused(struct fake_zpci *fake, uint32_t fh, struct fake_function **function,
                   struct zpci_result *result)
{
    *function = fh & ZPCI_FH_ENABLED ? fake_find(fake, fh) : 0;
    if (!*function) {
        *result = fake_result(3, 0);
        return 1;
    }
    if ((*function)->state >= FAKE_ERROR) {
        *result = fake_result(1, ZPCI_ST_BLOCKED);
        return 1;
    }
    return 0;
}

static int inside_bar(const struct fake_function *function, uint8_t bar, uint64_t offset,
                      uint32_t length)
{
    uint64_t size = UINT64_C(1) << function->query.bar[bar].size_log2;

    return length <= size && offset <= size - length;
}

/* Where the bytes are, or a null pointer with *result. */
static uint8_t *locate(struct fake_zpci *fake, struct fake_function *function, uint8_t space,
                       uint64_t offset, uint8_t length, struct zpci_result *result)
{
    if (space == ZPCI_AS_CONFIG) {
        if ((length == 1 || length == 2 || length == 4) && offset % WORD + length <= WORD &&
            offset < PCICONF_SIZE)
            return function->config + offset;
        *result = fake_program_check(fake, FAKE_PGM_OPERAND);
        return 0;
    }
    if (space >= CLP_BARS || !function->bar[space]) {
        *result = fake_result(1, ZPCI_ST_ADDRESS_SPACE);
        return 0;
    }
    if (length >= 1 && length <= DOUBLEWORD && offset % DOUBLEWORD + length <= DOUBLEWORD &&
        inside_bar(function, space, offset, length))
        return function->bar[space] + offset;
    *result = fake_program_check(fake, FAKE_PGM_OPERAND);
    return 0;
}

struct zpci_result fake_pcilg(struct fake_zpci *fake, uint32_t fh, uint8_t space, uint64_t offset,
                              uint8_t length, uint64_t *data)
{
    struct fake_function *function;
    struct zpci_result result;
    const uint8_t *at;

    if (fake_begin(fake, FAKE_PCILG, &result) || refused(fake, fh, &function, &result))
        return result;
    at = locate(fake, function, space, offset, length, &result);
    if (!at)
        return result;
    *data = 0;
    for (uint32_t i = 0; i < length; i++)
        *data = *data << 8 | at[i];
    return fake_result(0, 0);
}

struct zpci_result fake_pcistg(struct fake_zpci *fake, uint32_t fh, uint8_t space, uint64_t offset,
                               uint8_t length, uint64_t data)
{
    struct fake_function *function;
    struct zpci_result result;
    uint8_t *at;

    if (fake_begin(fake, FAKE_PCISTG, &result) || refused(fake, fh, &function, &result))
        return result;
    at = locate(fake, function, space, offset, length, &result);
    if (!at)
        return result;
    for (uint32_t i = 0; i < length; i++)
        at[i] = (uint8_t)(data >> 8 * (length - 1 - i));
    if (space == ZPCI_AS_CONFIG)
        function->config_stores++;
    else if (function->device.after_store)
        function->device.after_store(function->device.context, space, offset, length);
    return fake_result(0, 0);
}

static int block_ok(const struct fake_zpci *fake, uint64_t offset, uint16_t length)
{
    return length > DOUBLEWORD && length % DOUBLEWORD == 0 &&
           length <= fake->group.max_store_block && offset % DOUBLEWORD == 0 &&
           offset % BOUNDARY + length <= BOUNDARY;
}

struct zpci_result fake_pcistb(struct fake_zpci *fake, uint32_t fh, uint8_t space, uint64_t offset,
                               uint16_t length, const uint8_t *source)
{
    struct fake_function *function;
    struct zpci_result result;

    if (fake_begin(fake, FAKE_PCISTB, &result) || refused(fake, fh, &function, &result))
        return result;
    if (space >= CLP_BARS || !function->bar[space])
        return fake_result(1, ZPCI_ST_ADDRESS_SPACE);
    if (!block_ok(fake, offset, length) || (uintptr_t)source % DOUBLEWORD != 0)
        return fake_program_check(fake, FAKE_PGM_SPECIFICATION);
    if (!inside_bar(function, space, offset, length))
        return fake_program_check(fake, FAKE_PGM_OPERAND);
    for (uint32_t i = 0; i < length; i += DOUBLEWORD) {
        bytes_copy(function->bar[space] + offset + i, source + i, DOUBLEWORD);
        if (function->device.after_store)
            function->device.after_store(function->device.context, space, offset + i, DOUBLEWORD);
    }
    return fake_result(0, 0);
}
