/* SPDX-License-Identifier: BSD-2-Clause */
/* Control registers and processor facilities. Belongs to: kernel. */
#ifndef KERNEL_CONTROL_H
#define KERNEL_CONTROL_H

#include <stdint.h>

#include "kernel/object/table.h"

/* Load all sixteen from the one table. */
void control_start(void);

/* The home space: the process that runs next. */
static inline void control_set_home(const uint64_t *asce)
{
    asm volatile("lctlg 13,13,%0" : : "Q"(*asce) : "memory");
}

/* The table: what the registers hold, or are to hold from the next load on. */
extern uint64_t control[16];

/* CR0 as the kernel has it, without what a guest may choose. */
extern uint64_t control_cr0;

/* CR0 to CR11, in which a guest has its say, to the processor: by one instruction, for QEMU forgets
 * every translation at each. What they are to hold is set before. */
static inline void control_load(void)
{
    asm volatile("lctlg 0,11,%0" : : "Q"(*(const uint64_t(*)[12])control) : "memory");
}

/* Guest spaces: CR1 and CR7. */
static inline void control_set_guest(uint64_t primary, uint64_t secondary)
{
    control[1] = primary;
    control[7] = secondary;
}

static inline void control_get_guest(uint64_t *primary, uint64_t *secondary)
{
    uint64_t cr[7];

    asm volatile("stctg 1,7,%0" : "=Q"(cr));
    *primary = cr[0];
    *secondary = cr[6];
}

/* Bits of CR0 that a guest may choose, beside the kernel's own. Low-address protection is the
 * guest's while one is loaded; without a guest it is on, for the kernel's sake. */
#define CONTROL_KERNEL_CHOICE UINT64_C(0x10000000)
static inline void control_set_choice(uint64_t bits)
{
    control[0] = control_cr0 | bits;
}

/* CR8: monitor masks of a guest. */
static inline void control_set_monitor(uint64_t masks)
{
    control[8] = masks;
}

/* CR9 to CR11: program-event recording of a guest. */
static inline void control_set_per(uint64_t events, uint64_t start, uint64_t end)
{
    control[9] = events;
    control[10] = start;
    control[11] = end;
}

/* Vector instructions for the kernel's own use: on, and back to what they were. */
uint64_t control_vector_on(void);
void control_vector_back(uint64_t cr0);

/* An address-space control element without any page: a translation that ends at its first table. */
extern uint64_t control_empty[TABLE_ENTRIES];
static inline uint64_t control_empty_space(void)
{
    return (uint64_t)control_empty + 3u;
}

/* 1 if the facility bit is set in the machine's list. */
uint32_t control_facility(uint32_t bit);

#endif
