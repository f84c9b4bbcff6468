/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traps: registers into the running thread's save area, a C function, and the way out.
 * Belongs to: kernel. Every entry has all interruptions off, translation off.
 */
#include "kernel/arch/s390x/lowcore.h"

#define STACK_POINTER (kernel_stack_top - 160)

        .macro ENTER old
        stgrl   %r15, entry_scratch
        lgrl    %r15, entry_save
        stmg    %r0, %r14, 0(%r15)
        lgrl    %r14, entry_scratch
        stg     %r14, SAVE_GR15_BYTES(%r15)
        mvc     SAVE_PSW_BYTES(16,%r15), \old
        larl    %r15, STACK_POINTER
        .endm

        .bss
        .balign 8
        .globl  entry_save
entry_save:
        .space  8                       /* address of the save area that the next trap fills */
entry_scratch:
        .space  8                       /* GR15 for a moment */

        .text
        .globl entry_svc, entry_program, entry_external, entry_io, entry_machine_check
        .globl entry_restart

        .balign 8
entry_svc:
        tm      LC_OLD_SVC+2, 0xc0      /* home space? then it is a process */
        jno     guest_svc
        lgr     %r0, %r15               /* a process's GR0 is lost, by contract: libs/abi/calls.def */
        lgrl    %r15, entry_save
        stmg    %r0, %r14, 0(%r15)
        stg     %r0, SAVE_GR15_BYTES(%r15)
        mvc     SAVE_PSW_BYTES(16,%r15), LC_OLD_SVC
        larl    %r15, STACK_POINTER
        llgfrl  %r13, current
        lgr     %r2, %r13
        llgc    %r3, LC_SVC_CODE+1
        brasl   %r14, call_serve
#ifdef BH_DEBUG
        brasl   %r14, debug_check
#endif
        lgrl    %r1, ready_levels
        cgijl   %r1, 0, leave           /* READY_CHOICE */
        crl     %r13, current
        jne     hand_over
        lgrl    %r15, entry_save
        lmg     %r0, %r15, 0(%r15)
        lpswe   LC_OLD_SVC

hand_over:
        jg      switch_to_current

/* Behind every other trap: who runs may have changed, or where the guest goes on. */
after_trap:
#ifdef BH_DEBUG
        brasl   %r14, debug_check
#endif
leave:
        jg      switch_leave

guest_svc:
        ENTER   LC_OLD_SVC
        llgfrl  %r2, current
        llgc    %r3, LC_SVC_CODE+1
        brasl   %r14, trap_other_svc
        j       after_trap

        .balign 8
entry_program:
        tm      LC_OLD_PROGRAM+1, 0x01  /* problem state? */
        jz      kernel_fault
        ENTER   LC_OLD_PROGRAM
        brasl   %r14, trap_program
#ifdef BH_DEBUG
        lr      %r13, %r2
        brasl   %r14, debug_check
        lr      %r2, %r13
#endif
        cije    %r2, 1, stays           /* TRAP_STAYS */
        cijh    %r2, 1, goes_on         /* TRAP_GOES_ON */
        lgrl    %r1, ready_levels
        cgijl   %r1, 0, leave           /* READY_CHOICE */
        jg      switch_to_current       /* its handler */

stays:
        lgrl    %r15, entry_save
        lmg     %r0, %r15, 0(%r15)
        lpswe   LC_OLD_PROGRAM

goes_on:
        lgrl    %r15, entry_save
        lmg     %r0, %r15, 0(%r15)
        lpswe   LC_RETURN

        .balign 8
entry_external:
        ENTER   LC_OLD_EXTERNAL
        brasl   %r14, trap_external
        j       after_trap

        .balign 8
entry_io:
        ENTER   LC_OLD_IO
        brasl   %r14, trap_io
        j       after_trap

        .balign 8
entry_machine_check:
        ENTER   LC_OLD_MACHINE_CHECK
        brasl   %r14, trap_machine_check
        j       after_trap

        .balign 8
entry_restart:
        ENTER   LC_OLD_RESTART
        brasl   %r14, trap_restart
        j       after_trap

/* A program interruption of the kernel itself. An instruction that a device may make interrupt has
 * a place to go on at; for any other there is nothing to return to. */
kernel_fault:
        stmg    %r0, %r15, LC_PANIC_GR
        larl    %r15, panic_stack_top
        aghi    %r15, -160
        lg      %r2, LC_OLD_PROGRAM+8
        brasl   %r14, trap_kernel_fault
        mvc     LC_RETURN(8), LC_OLD_PROGRAM
        ni      LC_RETURN, 0xfc         /* SIE runs with interruptions on; what follows must not */
        ni      LC_RETURN+1, 0xfb
        stg     %r2, LC_RETURN+8
        lmg     %r0, %r15, LC_PANIC_GR
        lpswe   LC_RETURN

        .section .bss
        .balign 16
        .globl  kernel_stack_top
        .space  4096                    /* check.kernel-stack: at most 3072 are used */
kernel_stack_top:
        .space  4096
panic_stack_top:
        .section .note.GNU-stack, "", @progbits
