/* SPDX-License-Identifier: BSD-2-Clause */
/* Every x_ok() predicate, in one sweep. Belongs to: kernel. */
#include "kernel/debug/debug.h"
#include "kernel/object/captable.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/iospace.h"
#include "kernel/object/notification.h"
#include "kernel/object/thread.h"

/* Leaves are many: space_ok() is for fuzzers, and for debug_check.c one space at a time. */
#define CHECK(type, count, ok)                                                                     \
    for (i = 0; i < (count); i++) {                                                                \
        if (ok(i) == 0) {                                                                          \
            return (type)*65536u + i + 1u;                                                         \
        }                                                                                          \
    }

uint32_t debug_broken(void)
{
    uint32_t i;

    CHECK(BH_THREAD, thread_count, thread_ok)
    CHECK(BH_ENDPOINT, endpoint_count, endpoint_ok)
    CHECK(BH_NOTIFICATION, notification_count, notification_ok)
    CHECK(BH_CAPTABLE, captable_count, captable_ok)
    CHECK(BH_IOSPACE, space_count, iospace_ok)
    return 0;
}
