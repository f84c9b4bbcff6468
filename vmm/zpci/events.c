/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI events for the guest, and what starts and drives this folder. Belongs to: VMM. */
#include "vmm/zpci/events.h"
#include "drivers/zpci/event.h"
#include "libs/stubs/stubs.h"
#include "vmm/devices/channel.h"
#include "vmm/hooks.h"
#include "vmm/interrupt.h"
#include "vmm/zpci/control.h"
#include "vmm/zpci/function.h"
#include "vmm/zpci/translator.h"

#define QUEUE 16u

static struct pci_event queue[QUEUE];
static unsigned head, tail; /* free-running */

/* A full queue drops the newest: the guest learns of the function's state by STPCIFC anyway. */
static void push(const struct pci_event *event)
{
    if (head - tail < QUEUE) {
        queue[head % QUEUE] = *event;
        head++;
        channel_report();
    }
}

static void enter_error(struct guest_function *function)
{
    function->error = 1;
    function->blocked = 1;
    function_state_changed(function);
}

static void push_error(struct guest_function *function, uint16_t code, uint64_t address)
{
    struct pci_event event = {.kind = PCI_EVENT_ERROR,
                              .fid = function->fid,
                              .fh = function->handle,
                              .address = address,
                              .code = code};

    if (!function->enabled) {
        return; /* of a state that it has left */
    }
    enter_error(function);
    push(&event);
}

static void push_availability(struct guest_function *function, uint16_t code)
{
    struct pci_event event = {
        .kind = PCI_EVENT_AVAILABILITY, .fid = function->fid, .fh = function->handle, .code = code};

    push(&event);
}

static void collect_real(struct guest_function *function)
{
    struct bh_results results;

    for (unsigned i = 0; i < QUEUE; i++) {
        if (bh_pci_event(function->cap, &results) != BH_E_OK || results.gr3 == 0) {
            return;
        }
        if (results.gr3 == 1u) {
            push_error(function, (uint16_t)results.gr4, results.gr5);
        } else {
            push_availability(function, (uint16_t)results.gr4);
        }
    }
}

static void collect_translated(struct guest_function *function)
{
    uint32_t handle;
    uint16_t code;
    uint64_t address;

    if (translator_event((unsigned)(function - guest_function), &code, &handle, &address)) {
        push_error(function, code, address);
    }
}

void events_collect(void)
{
    for (unsigned i = 0; i < guest_functions; i++) {
        collect_real(&guest_function[i]);
        collect_translated(&guest_function[i]);
    }
}

int zpci_next_event(uint8_t *block)
{
    int more = head - tail > 1u;

    if (head == tail) {
        return ZPCI_EVENT_NONE;
    }
    sei_answer(block, &queue[tail % QUEUE], more);
    tail++;
    return more ? ZPCI_EVENT_MORE : ZPCI_EVENT_LAST;
}

void zpci_reset(void)
{
    for (unsigned i = 0; i < guest_functions; i++) {
        (void)function_disable(&guest_function[i]);
    }
    head = 0;
    tail = 0;
}

void pci_start(struct cpu *cpu)
{
    (void)cpu;
    function_start();
    if (guest_functions != 0) {
        translator_start();
        control_start();
    }
}

void pci_event(struct cpu *cpu, uint64_t bits)
{
    uint32_t subclass = control_guest_subclass();

    (void)cpu;
    if ((bits & PCI_BIT_INTERRUPTION) != 0 && subclass < 8u) {
        interrupt_adapter(subclass);
    }
    if ((bits & PCI_BITS_EVENT) != 0) {
        events_collect();
    }
}
