/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test: a virtual CPU with DAT off and a little memory, the real interruptions behind it, and
 * stand-ins for what is not on the development host.
 */
#ifndef BH_TEST_DEVICES_MACHINE_H
#define BH_TEST_DEVICES_MACHINE_H

#include <stdint.h>

#include "vmm/cpu.h"

#define MACHINE_BYTES 0x200000u
#define MACHINE_PREFIX 0x20000u

extern uint8_t machine_memory[MACHINE_BYTES];
extern struct cpu cpu;

/* What the stand-ins answer and what they have seen. */
extern uint64_t machine_facilities;
extern int machine_event;       /* answer of zpci_next_event */
extern unsigned machine_events; /* how often it was asked */
extern unsigned machine_loads;  /* loader_start */
extern unsigned machine_resets; /* zpci_reset */
extern unsigned machine_loads_before_reset;

/* A cmocka setup function: everything as after a clear reset, interruptions enabled in the control
 * registers but not in the PSW. */
int machine_start(void **state);

/* Execute a handler as an RRE, S or RS instruction. */
program_code machine_rre(instruction_handler handler, uint32_t r1, uint32_t r2);
program_code machine_s(instruction_handler handler, uint64_t address);
program_code machine_rs(instruction_handler handler, uint32_t r1, uint32_t r3, uint64_t address);

uint32_t machine_cc(void);

/* Delivers one external interruption: its code, and 0 if none was pending. The parameter goes to
 * *parameter if that is not a null pointer. */
uint32_t machine_external(uint32_t *parameter);

/* The same for machine checks: 1 if one was delivered. */
int machine_check_delivered(void);

#endif
