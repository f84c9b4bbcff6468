/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What guests of our own share: entry, interruptions, text. They start like a Linux kernel, so the
 * VMM and bare QEMU run the same image. Belongs to: test.
 */
#ifndef TESTS_GUESTS_LIB_GUEST_H
#define TESTS_GUESTS_LIB_GUEST_H

#include <stdint.h>

#include "libs/zformats/psw.h"

/* The guest's program: start.S calls it with CR0 as after a reset. */
_Noreturn void guest_main(void);

/* The end of the guest: SIGP stop. */
_Noreturn void guest_stop(void);

/* ---- output ---- */

/* Text is printed with interruptions of its own, after which CR0 is as in console_control and the
 * PSW disabled: what a check changes of both, it changes back before it prints. */
void print(const char *text);
void print_hex(uint64_t value);
/* The last `digits` hexadecimal digits of a value, 1 to 16. */
void print_digits(uint64_t value, uint32_t digits);
void print_decimal(uint64_t value);
extern uint64_t console_control;

/* ---- interruptions ---- */

#define TRAP_EXTERNAL 1u
#define TRAP_SUPERVISOR 2u
#define TRAP_PROGRAM 3u
#define TRAP_MACHINE_CHECK 4u
#define TRAP_IO 5u
#define TRAP(kind, code) ((kind) << 16 | (code))
#define PROGRAM(code) TRAP(TRAP_PROGRAM, (code))

struct trap {
    uint64_t mask, address; /* old PSW */
    uint64_t teid;
    uint64_t per_address;
    uint64_t machine_check; /* interruption code */
    uint64_t io[2]; /* subsystem identification and parameter; interruption identification */
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

/* ---- time ---- */

#define TOD_PER_MS (UINT64_C(4096) * 1000u)

static inline uint64_t tod_now(void)
{
    uint64_t tod;

    asm volatile("stckf %0" : "=Q"(tod) : : "cc", "memory");
    return tod;
}

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
