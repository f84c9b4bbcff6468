/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How guest instructions execute: one of two back ends, chosen once at boot by what the machine can
 * do. `pv` (pv/) runs the guest deprivileged, `sie` (sie/) by interpretive execution. Nobody else
 * knows which one it is. Belongs to: kernel.
 */
#ifndef KERNEL_BACK_END_H
#define KERNEL_BACK_END_H

#include <stdint.h>

/* What both folders provide; the functions below say what each entry does. */
struct back_end {
    uint32_t number;           /* enum bh_back_end */
    uint32_t page_table_words; /* hw_guest_page_table_words() */
    const uint64_t *(*enter)(uint32_t v);
    uint64_t *areas; /* addresses: guest_area() */
    uint32_t (*leave_for)(uint64_t space);
    uint32_t (*program)(uint32_t t);
    void (*supervisor)(uint32_t t);
    uint32_t (*interrupt)(uint32_t v);
    void (*forget)(uint64_t asce);
    void (*purge)(void);
};

extern const struct back_end pv_back_end, sie_back_end;
extern const struct back_end *back_end; /* the one of this machine */

/* Probes the machine. Requires: control registers are loaded, interruptions off. */
void back_end_choose(void);

/* Make the processor ready to run vCPU v, whatever its state page says. Returns the PSW that the
 * way out loads. */
static inline const uint64_t *guest_enter(uint32_t v)
{
    return back_end->enter(v);
}

/* Where the next trap puts the registers while vCPU v runs, laid out as kernel/object/thread.h
 * says; the way out loads them from there. Valid after guest_enter(v). */
static inline uint64_t *guest_area(uint32_t v)
{
    return (uint64_t *)back_end->areas[v];
}

/* A process of this space runs next: unless it is the VMM of the guest whose spaces are loaded,
 * nothing of a guest stays in the control registers. Returns 1 if something does. */
uint32_t guest_leave_for(uint64_t space);

/* A program interruption while thread t, a vCPU, ran: an exit, or nothing. Returns what
 * trap_program() does. */
uint32_t guest_program(uint32_t t);

/* A supervisor call of it: an exit. */
void guest_supervisor(uint32_t t);

/* The machine has just forgotten all translations of the guests' spaces. */
void guest_purge(void);

#endif
