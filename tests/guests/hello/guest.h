/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest that tries the virtual CPU: each check does something that a deprivileged guest cannot do
 * by itself, and says whether it came out as the architecture has it. On the bare machine all
 * checks pass as well. Belongs to: test.
 */
#ifndef TESTS_GUESTS_HELLO_H
#define TESTS_GUESTS_HELLO_H

#include <stdint.h>

#include "libs/zformats/psw.h"

/* ---- output ---- */

void print(const char *text);
void print_hex(uint64_t value);

/* Text is printed with interruptions of its own, after which CR0 is as in console_control and the
 * PSW disabled: what a check changes of both, it changes back before it prints. */
extern uint64_t console_control;

/* One line for each check: "hello: NAME ok", or "hello: NAME FAILED" and how. */
void check(const char *name, int good);
void check_equal(const char *name, uint64_t value, uint64_t expected);
uint32_t check_failures(void);

/* ---- interruptions ---- */

#define TRAP_EXTERNAL 1u
#define TRAP_SUPERVISOR 2u
#define TRAP_PROGRAM 3u
#define TRAP(kind, code) ((kind) << 16 | (code))
#define PROGRAM(code) TRAP(TRAP_PROGRAM, (code))

struct trap {
    uint64_t mask, address; /* old PSW */
    uint64_t teid;
    uint64_t per_address;
    uint32_t kind, code, length;
};

extern struct trap trap;     /* the last interruption */
extern uint64_t kernel_mask; /* PSW mask of this program; new PSWs have it too */

/* New PSWs; again after each change of kernel_mask. */
void trap_start(void);

/* Run `what` in this program's state: 0, or TRAP() of the interruption that ended it. */
uint32_t attempt(void (*what)(void));

/* Load a PSW. */
_Noreturn void go(const uint64_t psw[2]);

/* Wait, enabled for external interruptions, until one comes: its code. */
uint32_t wait_external(void);

/* ---- address spaces ---- */

#define WINDOW UINT64_C(0x300000) /* mapped to a frame of its own in each space */
#define SPACE_PRIMARY 0u
#define SPACE_SECONDARY 1u
#define SPACE_HOME 2u
#define SPACE_COUNT 3u

extern uint64_t frames[SPACE_COUNT + 1u][512]; /* the last is mapped nowhere at first */

/* Tables, CR1, CR7, CR13; then DAT on, in home space. Each frame begins with its space's number. */
void spaces_start(void);
void spaces_stop(void);

/* The page-table entry of WINDOW + page * 4096. */
uint64_t *space_entry(uint32_t space, uint32_t page);
uint64_t space_asce(uint32_t space);

/* ---- checks ---- */

void check_psw(void);
void check_state(void);
void check_clock(void);
void check_dat(void);
void check_user(void);
void check_per(void);

/* ---- control registers ---- */

#define CR0_RESET UINT64_C(0xe0)
#define CR0_LOW_ADDRESS_PROTECTION UINT64_C(0x10000000)
#define CR0_SECONDARY_SPACE UINT64_C(0x04000000)
#define CR0_CLOCK_COMPARATOR UINT64_C(0x800)
#define CR0_CPU_TIMER UINT64_C(0x400)
#define CR0_SERVICE_SIGNAL UINT64_C(0x200)

#define SET_CONTROL(n, value)                                                                      \
    do {                                                                                           \
        uint64_t control_value = (value);                                                          \
        asm volatile("lctlg " #n "," #n ",%0" : : "Q"(control_value) : "memory");                  \
    } while (0)

#endif
