/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading back: which object is bound to which, and where. Belongs to: kernel. */
#include "kernel/object/inspect.h"
#include "kernel/machine.h"
#include "kernel/object/endpoint.h"
#include "kernel/object/guestspace.h"
#include "kernel/object/notification.h"
#include "kernel/object/pci_event.h"
#include "kernel/object/pci_function.h"
#include "kernel/object/space.h"
#include "kernel/object/thread.h"
#include "kernel/object/vcpu.h"

/* Parts of VCPU_INSPECT. */
#define PART_FUNCTION 2u
#define PART_WINDOW (PART_FUNCTION + BH_VCPU_FUNCTIONS)
#define PARTS (PART_WINDOW + BH_WINDOWS)

/* An object that may be none: its number + 1, or 0. */
static uint64_t named(uint32_t object)
{
    return object == NOBODY ? 0 : object + UINT64_C(1);
}

uint32_t endpoint_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    if (method != BH_M_ENDPOINT_INSPECT) {
        return BH_E_METHOD;
    }
    thread_result(t, 0, endpoint_partition[object]);
    return BH_E_OK;
}

uint32_t notification_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    if (method != BH_M_NOTIFICATION_INSPECT) {
        return BH_E_METHOD;
    }
    thread_result(t, 0, notification_partition[object]);
    thread_result(t, 1, named(notification_bound[object]));
    return BH_E_OK;
}

static void tell_memory(uint32_t t, uint32_t f)
{
    thread_result(t, 0, pci_memory_pages[f] == 0 ? 0 : pci_memory_first[f]);
    thread_result(t, 1, pci_memory_pages[f]);
}

static void tell_events(uint32_t t, uint32_t f)
{
    uint32_t bound = pci_event_notification[f] == NOBODY ? 0 : 1u;

    thread_result(t, 0, named(pci_event_notification[f]));
    thread_result(t, 1, bound == 0 ? 0 : pci_event_badge[f]);
}

uint32_t pci_inspect(uint32_t t, uint32_t f)
{
    switch (thread_argument(t, 0)) {
    case 0:
        thread_result(t, 0, pci_partition[f]);
        thread_result(t, 1, pci_space[f]);
        thread_result(t, 2, pci_isc[f]);
        return BH_E_OK;
    case 1:
        tell_memory(t, f);
        return BH_E_OK;
    case 2:
        tell_events(t, f);
        return BH_E_OK;
    default:
        return BH_E_ARG;
    }
}

static void tell_vcpu(uint32_t t, uint32_t v)
{
    thread_result(t, 0, vcpu_thread[v]);
    thread_result(t, 1, vcpu_partition[v]);
    thread_result(t, 2, vcpu_vmm[v]);
    thread_result(t, 3, vcpu_functions[v]);
    thread_result(t, 4, thread_priority(vcpu_thread[v]));
}

static void tell_state(uint32_t t, uint32_t v)
{
    thread_result(t, 0, vcpu_page[v] / BH_PAGE_SIZE);
    thread_result(t, 1, guestspace_reserved(v));
    thread_result(t, 2, hw_back_end());
}

static void tell_function(uint32_t t, uint32_t v, uint32_t k)
{
    thread_result(
        t, 0, k < vcpu_functions[v] ? vcpu_function[v * BH_VCPU_FUNCTIONS + k] + UINT64_C(1) : 0);
}

static void tell_window(uint32_t t, uint32_t v, uint32_t k)
{
    uint32_t w = vcpu_space[v] * BH_WINDOWS + k;

    thread_result(t, 0, window_region[w]);
    thread_result(t, 1, window_first[w]);
    thread_result(t, 2, window_pages[w]);
    thread_result(t, 3, window_rights[w]);
}

uint32_t vcpu_inspect(uint32_t t, uint32_t v)
{
    uint64_t part = thread_argument(t, 0);

    if (part >= PARTS) {
        return BH_E_ARG;
    }
    if (part == 0) {
        tell_vcpu(t, v);
    } else if (part < PART_FUNCTION) {
        tell_state(t, v);
    } else if (part < PART_WINDOW) {
        tell_function(t, v, (uint32_t)((part - PART_FUNCTION) % BH_VCPU_FUNCTIONS));
    } else {
        tell_window(t, v, (uint32_t)((part - PART_WINDOW) % BH_WINDOWS));
    }
    return BH_E_OK;
}
