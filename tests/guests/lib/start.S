/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test guest: entry, interruptions, and the way back from an expected one. Belongs to: test.
 * All of the lowcore that is used here lies behind what low-address protection covers.
 */
#define SAVE 0xc00  /* registers at an interruption */
#define RETURN 0xb00 /* PSW to go on with */

        .section .head, "ax"
        .globl  guest_start
guest_start:
        j       start
        .org    0x8
        .ascii  "S390EP"
        .org    0x400                   /* parameters of the loader */
        .org    0x900
start:  larl    %r15, stack_end - 160
        brasl   %r14, guest_main
        j       .                       /* it does not return */
        .org    0x1000                  /* the loader wants a version's text inside of the file */

        .text
        .macro  entry name, kind
        .globl  \name
\name:  stmg    %r0, %r15, SAVE
        lghi    %r2, \kind
        j       interrupted
        .endm

        entry   entry_external, 1
        entry   entry_supervisor, 2
        entry   entry_program, 3
        entry   entry_machine_check, 4
        entry   entry_io, 5

interrupted:
        larl    %r15, trap_stack_end - 160
        brasl   %r14, trap_handle
        lmg     %r0, %r15, SAVE
        lpswe   RETURN

/* uint32_t attempt(void (*what)(void)): 0, or the interruption that ended it (trap.h). */
        .globl  attempt, attempt_ended, attempt_stack
attempt:
        stmg    %r6, %r15, 48(%r15)
        stgrl   %r15, attempt_stack
        aghi    %r15, -160
        basr    %r14, %r2
        lghi    %r2, 0
        j       1f
attempt_ended:                          /* registers are those of the interruption */
        lgrl    %r15, attempt_stack
        aghi    %r15, -160
        brasl   %r14, trap_taken
1:      lgrl    %r15, attempt_stack
        lghi    %r0, 0
        stgrl   %r0, attempt_stack
        lmg     %r6, %r15, 48(%r15)
        br      %r14

/* void go(const uint64_t psw[2]) */
        .globl  go
go:     lpswe   0(%r2)

        .bss
        .balign 16
attempt_stack:
        .space  16
        .space  32768
stack_end:
        .space  4096
trap_stack_end:
        .section .note.GNU-stack, "", @progbits
