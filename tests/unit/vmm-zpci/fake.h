/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test: a virtual CPU with DAT off and a little memory in front of vmm/zpci; behind it the kernel's
 * PCI methods and the translator, which do as they are told and remember what they were asked.
 */
#ifndef BH_TEST_VMM_ZPCI_FAKE_H
#define BH_TEST_VMM_ZPCI_FAKE_H

#include <stdint.h>

#include "libs/abi/abi.h"
#include "vmm/cpu.h"
#include "vmm/zpci/function.h"

#define FAKE_BYTES 0x200000u
#define FAKE_FUNCTIONS 2u
#define FAKE_METHODS 32u
#define FAKE_NUMBER(method) ((method) % 256u) /* of a method among those of its object */
#define FAKE_NO_METHOD 0u
#define FAKE_SDMA UINT64_C(0x100000000)
#define FAKE_MSIA UINT64_C(0xfe00000000000000)
#define FAKE_BAR 4u /* 16 KiB, 64 bits, prefetchable */
#define FAKE_BAR_LOG2 14u

struct fake_function {
    uint32_t enabled, dma, irq;
    uint32_t generation;
    uint64_t kind, code, address; /* of the event that waits; kind 0: none */
};

extern uint8_t fake_memory[FAKE_BYTES];
extern struct cpu cpu;
extern unsigned fake_count; /* functions that the VMM has capabilities for */
extern struct fake_function fake_function[FAKE_FUNCTIONS];

/* How often a PCI method was invoked, and the last arguments and object of it, by number. */
extern unsigned fake_calls[FAKE_METHODS];
extern uint64_t fake_argument[FAKE_METHODS][6];
extern unsigned fake_object;

/* This method fails with this error; GR3 as given. */
extern uint64_t fake_fail_method, fake_fail_error, fake_fail_value;
extern uint64_t fake_loaded; /* what loads find */
extern uint64_t fake_mode;   /* IRQ_MODE */

/* The translator: how often each label came, the last words of it, and its answer. */
extern unsigned fake_labels[16];
extern uint64_t fake_words[16][4];
extern uint64_t fake_result[16]; /* w1 by label */
extern uint64_t fake_event_handle, fake_event_address;
extern uint64_t fake_translator_error;

extern unsigned fake_reports; /* channel_report */

/* cmocka set-up: the VMM has just started with fake_count = 1. */
int fake_start(void **state);
/* The same with function 0 enabled, and all counts zero. */
int fake_start_enabled(void **state);
void fake_forget(void);

/* Execute a handler; handle, space and low bits as the register has them. */
uint64_t fake_request(uint32_t handle, uint64_t space, uint64_t low);
program_code fake_rre(instruction_handler handler, uint32_t r1, uint32_t r2);
program_code fake_rs(instruction_handler handler, uint32_t r1, uint32_t r3, uint64_t address);

/* Condition code, with 1 also the status of general register r: cc * 256 + status. */
uint32_t fake_outcome(uint32_t r);

/* 1 if an adapter interruption on this subclass was pending; it is taken. */
int fake_interruption(uint32_t isc);

#endif
