/* SPDX-License-Identifier: BSD-2-Clause */
/* vCPUs. Belongs to: kernel. */
#include "kernel/object/vcpu.h"
#include "kernel/machine.h"
#include "kernel/object/captable.h"
#include "kernel/object/guestspace.h"
#include "kernel/object/inspect.h"
#include "kernel/object/partition.h"
#include "kernel/object/pci_function.h"
#include "kernel/object/portal.h"
#include "kernel/object/space.h"
#include "kernel/object/thread_setup.h"
#include "kernel/object/window.h"
#include "kernel/sched/ready.h"

#define FUNCTION_ENABLED 0x80u      /* as STPCIFC says it */
#define PAGE_PSW_MASK 0x80u         /* offsets in struct bh_vcpu */
#define PSW_CC_UNIT 0x100000000000u /* PSW bits 18 and 19 */

uint32_t vcpu_thread[VCPUS];
uint32_t vcpu_partition[VCPUS];
uint32_t vcpu_vmm[VCPUS];
uint32_t vcpu_space[VCPUS];
uint64_t vcpu_page[VCPUS];
uint32_t vcpu_status[VCPUS];
uint32_t vcpu_function[VCPUS * BH_VCPU_FUNCTIONS];
uint32_t vcpu_functions[VCPUS];
uint32_t vcpu_count;

static void fill(uint32_t v, uint32_t p, uint32_t vmm, uint64_t page, uint32_t priority)
{
    uint32_t thread = thread_create(p, CAPTABLE_EMPTY, vmm, priority, BH_THREAD_FP);

    vcpu_thread[v] = thread;
    vcpu_partition[v] = p;
    vcpu_vmm[v] = vmm;
    vcpu_page[v] = page;
    vcpu_space[v] = space_take(p, 0, 0);
    vcpu_functions[v] = 0;
    thread_vcpu(thread) = v;
    thread_key(thread) = UINT64_MAX; /* never like a process's */
    thread_state(thread) = THREAD_SET;
}

uint32_t vcpu_create(uint32_t t, uint32_t p, uint32_t *vcpu)
{
    uint64_t priority = thread_argument(t, 1);
    uint64_t index = thread_argument(t, 2);
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_SPACE, BH_R_SPACE_WINDOW);
    uint32_t vmm = cap_object[slot];
    uint64_t frame;

    if (error != BH_E_OK) {
        return error;
    }
    if (priority >= BH_PRIORITIES) {
        return BH_E_ARG;
    }
    if (vcpu_count >= VCPUS || thread_count >= THREADS || space_count >= SPACES) {
        return BH_E_FULL;
    }
    frame = space_writable_frame(vmm, thread_argument(t, 3));
    if (space_partition[vmm] != p || frame == 0) {
        return BH_E_BOUND;
    }
    error = guestspace_reserve(vcpu_count, thread_argument(t, 4));
    if (error != BH_E_OK) {
        return error;
    }
    *vcpu = vcpu_count;
    fill(vcpu_count, p, vmm, frame * BH_PAGE_SIZE, (uint32_t)priority);
    vcpu_count++;
    return BH_E_OK;
}

uint32_t vcpu_find_function(uint32_t v, uint64_t handle)
{
    uint64_t index = handle % 0x10000u;

    return index < vcpu_functions[v] ? vcpu_function[v * BH_VCPU_FUNCTIONS + (uint32_t)index]
                                     : NOBODY;
}

void vcpu_rpcit(uint32_t t, uint32_t r1, uint32_t r2)
{
    uint32_t v = thread_vcpu(t);
    uint64_t handle = hw_load(vcpu_page[v] + r1 * 8u) / 0x100000000u;
    uint32_t f = vcpu_find_function(v, handle);
    uint64_t state = f == NOBODY ? 0 : pci_generation[f] * 256u + pci_enabled[f] * FUNCTION_ENABLED;

    vcpu_status[v] = r1;
    portal_send(t, BH_REASON_RPCIT, handle, hw_load(vcpu_page[v] + r2 * 8u),
                hw_load(vcpu_page[v] + r2 * 8u + 8u), state);
}

/* Condition code into the PSW; with 1, the status into bits 32 to 39 of the register. */
static void set_result(uint32_t v, uint64_t cc, uint64_t status)
{
    uint64_t psw = hw_load(vcpu_page[v] + PAGE_PSW_MASK);
    uint64_t address = vcpu_page[v] + vcpu_status[v] * 8u;
    uint64_t value = hw_load(address);

    hw_store(vcpu_page[v] + PAGE_PSW_MASK,
             psw - psw / PSW_CC_UNIT % 4u * PSW_CC_UNIT + cc * PSW_CC_UNIT);
    if (cc == 1u) {
        hw_store(address, value - value / 0x1000000u % 256u * 0x1000000u + status * 0x1000000u);
    }
}

void vcpu_rpcit_answered(uint32_t t, uint32_t server)
{
    uint64_t result = thread_argument(server, 1);

    set_result(thread_vcpu(t), result / 256u % 4u, result % 256u);
}

static uint32_t bind_function(uint32_t t, uint32_t v)
{
    uint64_t index = thread_argument(t, 0);
    uint32_t slot = cap_slot(thread_captable(t), index);
    uint32_t error = cap_check(slot, index, BH_PCI, BH_R_PCI_BIND);

    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    if (error != BH_E_OK) {
        return error;
    }
    if (pci_partition[cap_object[slot]] != vcpu_partition[v]) {
        return BH_E_BOUND;
    }
    if (vcpu_functions[v] >= BH_VCPU_FUNCTIONS) {
        return BH_E_FULL;
    }
    vcpu_function[v * BH_VCPU_FUNCTIONS + vcpu_functions[v]] = cap_object[slot];
    thread_result(t, 0, vcpu_functions[v]);
    vcpu_functions[v]++;
    return BH_E_OK;
}

static uint32_t start(uint32_t v)
{
    uint32_t thread = vcpu_thread[v];

    if (thread_state(thread) != THREAD_SET || partition_stopped[vcpu_partition[v]] != 0) {
        return BH_E_STATE;
    }
    ready_wake(thread);
    return BH_E_OK;
}

static uint32_t kick(uint32_t t, uint32_t v)
{
    uint32_t thread = vcpu_thread[v];
    uint64_t address;

    thread_result(t, 0, 0);
    if (thread_state(thread) == THREAD_READY && hw_guest_interrupt(v) != 0) {
        address = hw_load(vcpu_page[v] + PAGE_PSW_MASK + 8u);
        portal_send(thread, BH_REASON_INTERRUPT, BH_REASON_INTERRUPT * 0x100000000u, 0, 0, address);
        thread_result(t, 0, 1);
    }
    return BH_E_OK;
}

uint32_t vcpu_invoke(uint32_t t, uint32_t object, uint32_t method)
{
    switch (method) {
    case BH_M_VCPU_INSPECT:
        return vcpu_inspect(t, object);
    case BH_M_VCPU_PORTAL:
        return thread_set_portal(t, vcpu_thread[object]);
    case BH_M_VCPU_PORTAL_INSPECT:
        return thread_inspect_portal(t, vcpu_thread[object]);
    case BH_M_VCPU_ADD_WINDOW:
        return window_add(t, vcpu_space[object]);
    case BH_M_VCPU_BIND_FUNCTION:
        return bind_function(t, object);
    case BH_M_VCPU_START:
        return start(object);
    case BH_M_VCPU_KICK:
        return kick(t, object);
    default:
        return guestspace_invoke(t, object, method);
    }
}
