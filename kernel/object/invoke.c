/* SPDX-License-Identifier: BSD-2-Clause */
/* Invocation: decode, check the right, hand over. Belongs to: kernel. */
#include "kernel/object/invoke.h"
#include "kernel/object/adapter_interrupt.h"
#include "kernel/object/audit.h"
#include "kernel/object/captable.h"
#include "kernel/object/console.h"
#include "kernel/object/inspect.h"
#include "kernel/object/iospace.h"
#include "kernel/object/partition.h"
#include "kernel/object/pci_function.h"
#include "kernel/object/region.h"
#include "kernel/object/schedule.h"
#include "kernel/object/thread.h"
#include "kernel/object/vcpu.h"

#define METHOD_TYPES 16u
#define METHOD_NUMBERS 32u

/* The right that each method needs; 0 where there is no method. */
#define METHOD(object, name, number, right, arguments, text)                                       \
    [BH_##object * METHOD_NUMBERS + (number)] = BH_R_##object##_##right,
#define ERR(error, when)
static const uint8_t right_of[METHOD_TYPES * METHOD_NUMBERS] = {
#include "libs/abi/methods.def"
};
#undef METHOD
#undef ERR

static uint32_t dispatch(uint32_t t, uint32_t type, uint32_t object, uint32_t method)
{
    switch (type) {
    case BH_IOSPACE:
        return iospace_invoke(t, object, method);
    case BH_PCI:
        return pci_invoke(t, object, method);
    case BH_SPACE:
        return space_invoke(t, object, method);
    case BH_CONSOLE:
        return console_invoke(t, object, method);
    case BH_IRQ:
        return adapter_invoke(t, object, method);
    case BH_AUDIT:
        return audit_invoke(t, object, method);
    case BH_PARTITION:
        return partition_invoke(t, object, method);
    case BH_REGION:
        return region_invoke(t, object, method);
    case BH_CAPTABLE:
        return captable_invoke(t, object, method);
    case BH_THREAD:
        return thread_invoke(t, object, method);
    case BH_VCPU:
        return vcpu_invoke(t, object, method);
    case BH_ENDPOINT:
        return endpoint_invoke(t, object, method);
    case BH_NOTIFICATION:
        return notification_invoke(t, object, method);
    case BH_SCHEDULE:
        return schedule_invoke(t, object, method);
    default:
        return BH_E_METHOD;
    }
}

/* GR3 names the type that the caller expects and the method's number in it. */
static inline uint32_t check(uint32_t slot, uint64_t index, uint64_t method)
{
    uint32_t type = cap_type[slot];
    uint64_t number = method - type * UINT64_C(256);
    uint32_t right;

    if (index >= BH_SLOTS || type == BH_NONE) {
        return BH_E_CAP;
    }
    if (method / 256u % METHOD_TYPES != type) {
        return BH_E_TYPE;
    }
    right = right_of[type % METHOD_TYPES * METHOD_NUMBERS + number % METHOD_NUMBERS];
    if (number >= METHOD_NUMBERS || right == 0) {
        return BH_E_METHOD;
    }
    return (cap_rights[slot] & right) != 0 ? BH_E_OK : BH_E_RIGHT;
}

void invoke_any(uint32_t t, uint64_t method)
{
    uint64_t index = thread_index(t);
    uint32_t slot = cap_slot((uint32_t)thread_captable(t), index);
    uint32_t error = check(slot, index, method);

    if (error == BH_E_OK) {
        error = dispatch(t, cap_type[slot], cap_object[slot], (uint32_t)method);
    }
    thread_error(t, error);
}
