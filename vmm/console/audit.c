/* SPDX-License-Identifier: BSD-2-Clause */
/* Audit records as text. Belongs to: console. */
#include "vmm/console/audit.h"

#include <stdio.h>

#include "libs/abi/abi.h"

#define US_PER_SECOND 1000000u
#define NOBODY 255u

static const char *code_name(uint64_t code)
{
    switch (code) {
#define AUDIT(name, number, first, second)                                                         \
    case number:                                                                                   \
        return #name;
#include "libs/abi/audit.def"
#undef AUDIT
    default:
        return "UNKNOWN";
    }
}

/* Number of a partition or thread; NOBODY where the record concerns none. */
static void number(char to[4], uint64_t value)
{
    snprintf(to, 4, value == NOBODY ? "-" : "%u", (unsigned)value);
}

void audit_text(char *to, size_t size, const struct audit_record *record, uint64_t start)
{
    uint64_t us = (record->time - start) / BH_TOD_PER_US;
    char partition[4], thread[4];

    number(partition, record->who / 256 % 256);
    number(thread, record->who % 256);
    snprintf(to, size, "audit: %s partition %s thread %s 0x%llx 0x%llx %llu.%06u",
             code_name(record->who / 65536), partition, thread, (unsigned long long)record->first,
             (unsigned long long)record->second, (unsigned long long)(us / US_PER_SECOND),
             (unsigned)(us % US_PER_SECOND));
}
