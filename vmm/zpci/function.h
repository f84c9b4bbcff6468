/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest's PCI functions as the guest sees them. Function i of the guest is the capability
 * "function<i>"; its handle has i in the low 16 bits, which is also how the kernel finds it at an
 * RPCIT. Belongs to: VMM.
 */
#ifndef VMM_ZPCI_FUNCTION_H
#define VMM_ZPCI_FUNCTION_H

#include <stdint.h>

#include "drivers/zpci/clp.h"
#include "drivers/zpci/insn/insn.h"
#include "drivers/zpci/ioat.h"
#include "drivers/zpci/irq.h"
#include "libs/abi/vcpu.h"

/* Bits of the VMM's notification, by badges in the system description. */
#define PCI_BIT_INTERRUPTION 0x1u
#define PCI_BIT_EVENT 0x2u   /* the translator, and events of function 0; */
#define PCI_BITS_EVENT 0xe2u /* those of functions 1 to 3: 0x20, 0x40, 0x80 */

struct guest_function {
    unsigned cap;
    uint32_t fid;
    uint32_t handle;
    uint8_t enabled;
    uint8_t error;   /* 1: in error state */
    uint8_t blocked; /* 1: and loads and stores are blocked */
    uint8_t has_ioat, has_irq;
    uint64_t sdma, edma;
    uint64_t msia;
    uint16_t interrupts, max_store_block;
    uint16_t vendor, device;
    uint8_t bar_log2[CLP_BARS];
    uint32_t bar_listed[CLP_BARS]; /* as CLP lists them */
    uint32_t bar[CLP_BARS]; /* the base address registers as the guest sees them, while enabled */
    struct ioat ioat;       /* as the guest registered it */
    struct irq_registration irq;
};

extern struct guest_function guest_function[BH_VCPU_FUNCTIONS];
extern unsigned guest_functions;

/* Finds the functions by their capabilities' names. */
void function_start(void);

/* The function with exactly this handle; a null pointer if there is none: condition code 3. */
struct guest_function *function_find(uint32_t handle);

/* The enabled one, or a null pointer. */
struct guest_function *function_enabled(uint32_t handle);

/* Set PCI function: CLP response code. */
uint16_t function_enable(struct guest_function *function);
uint16_t function_disable(struct guest_function *function);

/* The function left or entered the error state: tells the translator. */
void function_state_changed(struct guest_function *function);

#endif
