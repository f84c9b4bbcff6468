/* SPDX-License-Identifier: BSD-2-Clause */
/* Adapter interruptions: function information block, vectors and summary bits. */
#include "drivers/zpci/irq.h"

#include "libs/zformats/bits.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"

#define TOP_BIT UINT64_C(0x8000000000000000)

static int address_ok(uint64_t address)
{
    return address != 0 && address % 8 == 0;
}

static int fields_ok(const struct irq_registration *irq)
{
    return irq->count >= 1 && irq->count <= FIB_INT_NOI_MAX && irq->isc <= FIB_INT_ISC_MAX &&
           irq->vector_bit <= FIB_INT_BIT_MAX && irq->summary_bit <= FIB_INT_BIT_MAX;
}

enum zpci_error irq_fib_register(uint8_t *fib, const struct irq_registration *irq)
{
    if (!fields_ok(irq) || !address_ok(irq->vector) || !address_ok(irq->summary))
        return ZPCI_E_RANGE;
    bytes_zero(fib, FIB_SIZE);
    be32_put(fib + FIB_INT, (uint32_t)irq->isc << FIB_INT_ISC_SHIFT |
                                (uint32_t)irq->count << FIB_INT_NOI_SHIFT |
                                (uint32_t)irq->vector_bit << FIB_INT_AIBVO_SHIFT | FIB_INT_SUMMARY |
                                irq->summary_bit);
    be64_put(fib + FIB_AIBV, irq->vector);
    be64_put(fib + FIB_AISB, irq->summary);
    return ZPCI_OK;
}

int irq_fib_parse(const uint8_t *fib, struct irq_registration *irq)
{
    uint32_t word = be32_get(fib + FIB_INT);

    irq->isc = (uint8_t)(word >> FIB_INT_ISC_SHIFT & FIB_INT_ISC_MAX);
    irq->count = (uint16_t)(word >> FIB_INT_NOI_SHIFT & FIB_INT_NOI_MAX);
    irq->vector_bit = (uint8_t)(word >> FIB_INT_AIBVO_SHIFT & FIB_INT_BIT_MAX);
    irq->summary_bit = (uint8_t)(word & FIB_INT_BIT_MAX);
    irq->vector = be64_get(fib + FIB_AIBV);
    irq->summary = be64_get(fib + FIB_AISB);
    return (word & FIB_INT_SUMMARY) != 0;
}

int irq_extent_ok(uint64_t address, uint64_t bytes, uint64_t base, uint64_t size)
{
    return address >= base && bytes <= size && address - base <= size - bytes;
}

int irq_registration_inside(const struct irq_registration *irq, uint64_t base, uint64_t size)
{
    return irq_extent_ok(irq->vector, IRQ_VECTOR_BYTES, base, size) &&
           irq_extent_ok(irq->summary, IRQ_SUMMARY_BYTES, base, size);
}

uint64_t irq_take(uint64_t *doubleword)
{
    uint64_t taken = __atomic_exchange_n(doubleword, 0, __ATOMIC_SEQ_CST);
    uint8_t bytes[8];

    __builtin_memcpy(bytes, &taken, sizeof(bytes));
    return be64_get(bytes);
}

int irq_set(uint8_t *vector, uint32_t bit)
{
    uint8_t mask = IBM_BIT8(bit % 8);

    return (__atomic_fetch_or(&vector[bit / 8], mask, __ATOMIC_SEQ_CST) & mask) != 0;
}

uint32_t irq_first(uint64_t bits)
{
    return bits == 0 ? IRQ_DOUBLEWORD_BITS : (uint32_t)__builtin_clzll(bits);
}

void irq_scan_start(struct irq_scan *scan, uint64_t *vector, uint8_t vector_bit, uint16_t count)
{
    scan->vector = vector;
    scan->vector_bit = vector_bit & FIB_INT_BIT_MAX;
    scan->count = count < IRQ_VECTORS ? count : IRQ_VECTORS;
    scan->doubleword = 0;
    scan->bits = 0;
}

/* Take doublewords until one has bits; each is taken once per scan. */
static void scan_refill(struct irq_scan *scan)
{
    uint32_t bits = scan->vector_bit + scan->count;
    uint32_t end = (bits + IRQ_DOUBLEWORD_BITS - 1) / IRQ_DOUBLEWORD_BITS;

    while (scan->bits == 0 && scan->doubleword < end)
        scan->bits = irq_take(&scan->vector[scan->doubleword++]);
}

int irq_scan_next(struct irq_scan *scan, uint32_t *number)
{
    for (scan_refill(scan); scan->bits != 0; scan_refill(scan)) {
        uint32_t first = irq_first(scan->bits);
        uint32_t bit = (scan->doubleword - 1) * IRQ_DOUBLEWORD_BITS + first;

        scan->bits &= ~(TOP_BIT >> first);
        if (bit >= scan->vector_bit && bit - scan->vector_bit < scan->count) {
            *number = bit - scan->vector_bit;
            return 1;
        }
    }
    return 0;
}
