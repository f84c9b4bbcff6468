/* SPDX-License-Identifier: BSD-2-Clause */
/* zPCI software fake: MPCIFC and STPCIFC. */
#include "drivers/zpci/insn/fake_internal.h"

#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"
#include "libs/zformats/iotable.h"

#define MEASUREMENT_KEY UINT64_C(0xf)

static struct zpci_result sequence_error(void)
{
    return fake_result(1, ZPCI_ST_SEQUENCE);
}

static struct zpci_result register_interruptions(struct fake_function *function, const uint8_t *fib)
{
    if (function->irq_registered)
        return sequence_error();
    function->irq_summary = (uint8_t)irq_fib_parse(fib, &function->irq);
    function->irq_registered = 1;
    return fake_result(0, 0);
}

static struct zpci_result deregister_interruptions(struct fake_function *function)
{
    if (!function->irq_registered)
        return sequence_error();
    function->irq_registered = 0;
    function->irq_summary = 0;
    function->irq = (struct irq_registration){.vector = 0};
    return fake_result(0, 0);
}

static int ioat_acceptable(const struct fake_function *function, const struct ioat *ioat)
{
    return ioat->start <= ioat->end && ioat->start >= function->query.sdma &&
           ioat->end <= function->query.edma && iota_translates(ioat->iota) &&
           iota_designation(ioat->iota) == 1;
}

/* Also for registering anew: the old one is dropped first, so a bad one leaves none. */
static struct zpci_result register_ioat(struct fake_zpci *fake, struct fake_function *function,
                                        const uint8_t *fib, int again)
{
    struct ioat ioat;

    if (function->ioat_registered != again)
        return sequence_error();
    function->ioat_registered = 0;
    fake_cache_clear(function);
    ioat_fib_parse(fib, &ioat);
    if (!ioat_acceptable(function, &ioat))
        return fake_program_check(fake, FAKE_PGM_OPERAND);
    function->ioat = ioat;
    function->ioat_registered = 1;
    return fake_result(0, 0);
}

static struct zpci_result deregister_ioat(struct fake_function *function)
{
    if (!function->ioat_registered)
        return sequence_error();
    function->ioat_registered = 0;
    function->ioat = (struct ioat){.start = 0};
    fake_cache_clear(function);
    return fake_result(0, 0);
}

static struct zpci_result reset_error(struct fake_function *function)
{
    if (function->state != FAKE_ERROR && function->state != FAKE_UNBLOCKED)
        return sequence_error();
    function->state = FAKE_ENABLED;
    return fake_result(0, 0);
}

static struct zpci_result reset_block(struct fake_function *function)
{
    if (function->state != FAKE_ERROR)
        return sequence_error();
    function->state = FAKE_UNBLOCKED;
    return fake_result(0, 0);
}

static struct zpci_result set_measurement(struct fake_zpci *fake, struct fake_function *function,
                                          const uint8_t *fib)
{
    uint64_t address = be64_get(fib + FIB_FMB);

    if (address & MEASUREMENT_KEY) {
        fake_event(fake, &(struct pci_event){.kind = PCI_EVENT_ERROR,
                                             .fid = function->query.fid,
                                             .fh = function->fh,
                                             .address = address,
                                             .code = PEC_FMB_PROTECTION});
        return fake_result(1, 0);
    }
    function->measurement = address;
    return fake_result(0, 0);
}

static struct zpci_result modify(struct fake_zpci *fake, struct fake_function *function,
                                 uint8_t operation, const uint8_t *fib)
{
    switch (operation) {
    case MPCIFC_REGISTER_INT:
        return register_interruptions(function, fib);
    case MPCIFC_DEREGISTER_INT:
        return deregister_interruptions(function);
    case MPCIFC_REGISTER_IOAT:
        return register_ioat(fake, function, fib, 0);
    case MPCIFC_REREGISTER_IOAT:
        return register_ioat(fake, function, fib, 1);
    case MPCIFC_DEREGISTER_IOAT:
        return deregister_ioat(function);
    case MPCIFC_RESET_ERROR:
        return reset_error(function);
    case MPCIFC_RESET_BLOCK:
        return reset_block(function);
    case MPCIFC_SET_MEASUREMENT:
        return set_measurement(fake, function, fib);
    default:
        return fake_program_check(fake, FAKE_PGM_OPERAND);
    }
}

static int is_operational(const struct fake_function *function)
{
    return function && function->state > FAKE_DISABLED && function->state != FAKE_PERMANENT;
}

struct zpci_result fake_mpcifc(struct fake_zpci *fake, uint32_t fh, uint8_t operation,
                               const uint8_t *fib)
{
    struct fake_function *function = fake_find(fake, fh);
    struct zpci_result result;

    if (fake_begin(fake, FAKE_MPCIFC, &result))
        return result;
    if ((uintptr_t)fib % FIB_ALIGN != 0)
        return fake_program_check(fake, FAKE_PGM_SPECIFICATION);
    if (!is_operational(function))
        return fake_result(3, 0);
    if (fib[FIB_FORMAT] != 0)
        return fake_program_check(fake, FAKE_PGM_OPERAND);
    return modify(fake, function, operation, fib);
}

static uint8_t controls(const struct fake_function *function)
{
    uint32_t bits = FIB_FC_ENABLED;

    if (function->state != FAKE_ENABLED)
        bits |= FIB_FC_ERROR;
    if (function->state == FAKE_ERROR)
        bits |= FIB_FC_BLOCKED;
    if (function->ioat_registered)
        bits |= FIB_FC_IOAT;
    return (uint8_t)bits;
}

static void controls_store(const struct fake_function *function, uint8_t *fib)
{
    bytes_zero(fib, FIB_SIZE);
    if (function->state == FAKE_DISABLED)
        return;
    if (function->irq_registered)
        irq_fib_register(fib, &function->irq);
    fib[FIB_CONTROLS] = controls(function);
    be64_put(fib + FIB_PBA, function->ioat.start);
    be64_put(fib + FIB_PAL, function->ioat.end);
    be64_put(fib + FIB_IOTA, function->ioat.iota);
    be64_put(fib + FIB_FMB, function->measurement);
}

/* Looked up by the index in the handle alone. */
static struct fake_function *find_index(struct fake_zpci *fake, uint32_t fh)
{
    uint32_t index = fh & ZPCI_FH_INDEX_MASK;

    return index < fake->functions ? fake->function[index] : 0;
}

struct zpci_result fake_stpcifc(struct fake_zpci *fake, uint32_t fh, uint8_t *fib)
{
    struct fake_function *function = find_index(fake, fh);
    struct zpci_result result;

    if (fake_begin(fake, FAKE_STPCIFC, &result))
        return result;
    if ((uintptr_t)fib % FIB_ALIGN != 0)
        return fake_program_check(fake, FAKE_PGM_SPECIFICATION);
    if (!function || function->state < FAKE_DISABLED)
        return fake_result(3, 0);
    if (function->state == FAKE_DISABLED && (fh & ZPCI_FH_ENABLED))
        return fake_result(3, 0);
    if (function->state == FAKE_PERMANENT)
        return fake_result(1, ZPCI_ST_IN_ERROR);
    controls_store(function, fib);
    return fake_result(0, 0);
}
