/* SPDX-License-Identifier: BSD-2-Clause */
/* Function information blocks for I/O address translation and measurement (pure functions). */
#include "drivers/zpci/ioat.h"

#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"
#include "libs/zformats/iotable.h"

#define PAGE_LAST (IOT_PAGE_SIZE - 1)
#define MEASUREMENT_ALIGN 16u

void fib_empty(uint8_t *fib)
{
    bytes_zero(fib, FIB_SIZE);
}

static int range_ok(const struct ioat *ioat)
{
    return ioat->start <= ioat->end && ioat->start % IOT_PAGE_SIZE == 0 &&
           ioat->end % IOT_PAGE_SIZE == PAGE_LAST && ioat->end < IOT_SPACE_SIZE;
}

enum zpci_error ioat_fib_register(uint8_t *fib, const struct ioat *ioat)
{
    if (!range_ok(ioat) || !iota_is_plain_rtto(ioat->iota))
        return ZPCI_E_RANGE;
    fib_empty(fib);
    be64_put(fib + FIB_PBA, ioat->start);
    be64_put(fib + FIB_PAL, ioat->end);
    be64_put(fib + FIB_IOTA, ioat->iota);
    return ZPCI_OK;
}

enum zpci_error measurement_fib(uint8_t *fib, uint64_t address)
{
    if (address % MEASUREMENT_ALIGN != 0)
        return ZPCI_E_RANGE;
    fib_empty(fib);
    be64_put(fib + FIB_FMB, address);
    return ZPCI_OK;
}

void ioat_fib_parse(const uint8_t *fib, struct ioat *ioat)
{
    ioat->start = be64_get(fib + FIB_PBA) & ~PAGE_LAST;
    ioat->end = be64_get(fib + FIB_PAL) | PAGE_LAST;
    ioat->iota = be64_get(fib + FIB_IOTA);
}
