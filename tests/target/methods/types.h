/* SPDX-License-Identifier: BSD-2-Clause */
/* Test program `methods`: a capability of each type. Belongs to: test. */
#ifndef METHODS_TYPES_H
#define METHODS_TYPES_H

#include <stdint.h>

#include "tests/target/methods/slots.h"

/* The slot of a capability with every right for an object of this type; EMPTY for a Reply, of which
 * there is no capability. */
static inline uint64_t sample_of(uint32_t type)
{
    static const uint8_t slot[] = {
        [BH_PARTITION] = BH_INIT_PARTITION,
        [BH_REGION] = REGION,
        [BH_SPACE] = SPACE,
        [BH_IOSPACE] = IOSPACE_3,
        [BH_CAPTABLE] = BH_INIT_CAPTABLE,
        [BH_THREAD] = WORKER_A,
        [BH_ENDPOINT] = ENDPOINT,
        [BH_NOTIFICATION] = NOTIFICATION,
        [BH_VCPU] = VCPU_1,
        [BH_PCI] = PCI_1,
        [BH_IRQ] = IRQ,
        [BH_CONSOLE] = BH_INIT_CONSOLE,
        [BH_SCHEDULE] = BH_INIT_SCHEDULE,
        [BH_AUDIT] = BH_INIT_AUDIT,
    };

    return type < sizeof(slot) ? slot[type] : EMPTY;
}

#endif
