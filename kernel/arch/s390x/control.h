/* SPDX-License-Identifier: BSD-2-Clause */
/* Control registers and processor facilities. Belongs to: kernel. */
#ifndef KERNEL_CONTROL_H
#define KERNEL_CONTROL_H

#include <stdint.h>

/* Load all sixteen from the one table. */
void control_start(void);

/* The home space: the process that runs next. */
static inline void control_set_home(const uint64_t *asce)
{
    asm volatile("lctlg 13,13,%0" : : "Q"(*asce) : "memory");
}

/* What a guest has its say in. Each of these only notes the change, and control_load() takes them
 * all to the processor with one instruction: QEMU forgets every translation at each. */
extern uint32_t control_changed;
void control_load_changes(void);

static inline void control_load(void)
{
    if (control_changed != 0) {
        control_load_changes();
    }
}

/* Guest spaces: CR1 and CR7. */
void control_set_guest(uint64_t primary, uint64_t secondary);

/* Bits of CR0 that a guest may choose, beside the kernel's own. Low-address protection is the
 * guest's while one is loaded; without a guest it is on, for the kernel's sake. */
#define CONTROL_KERNEL_CHOICE UINT64_C(0x10000000)
void control_set_choice(uint64_t bits);

/* Vector instructions for the kernel's own use: on, and back to what they were. */
uint64_t control_vector_on(void);
void control_vector_back(uint64_t cr0);

/* CR8: monitor masks of a guest. */
void control_set_monitor(uint64_t masks);

/* CR9 to CR11: program-event recording of a guest. */
void control_set_per(uint64_t events, uint64_t start, uint64_t end);

/* An address-space control element without any page. */
uint64_t control_empty_space(void);

/* 1 if the facility bit is set in the machine's list. */
uint32_t control_facility(uint32_t bit);

#endif
