/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest for SIE: single instructions (probe.h). Belongs to: test. */
#include "tests/guests/sie-smoke/protocol.h"

        .macro  rpcit r1, r2
        .insn   rre, 0xb9d30000, %r\r1, %r\r2
        .endm

        .text
        .globl  refresh, refresh_executed, refresh_odd, refresh_user
refresh:
        lgr     %r5, %r4
        lgr     %r4, %r3
        lg      %r3, 0(%r2)
        rpcit   3, 4
        j       1f
refresh_executed:
        lgr     %r5, %r4
        lgr     %r4, %r3
        lg      %r3, 0(%r2)
        lghi    %r0, 0
        larl    %r1, target
        ex      %r0, 0(%r1)
1:      stg     %r3, 0(%r2)             /* the instruction behind it runs */
        ipm     %r2
        srlg    %r2, %r2, 28
        nill    %r2, 3
        br      %r14

refresh_odd:
        larl    %r1, forbidden
        lg      %r3, 0(%r1)
        rpcit   3, 5
        br      %r14

refresh_user:
        larl    %r1, forbidden
        lg      %r3, 0(%r1)
        lghi    %r4, 0
        lghi    %r5, 0
        rpcit   3, 4
        svc     1                       /* if nothing else interrupts */

        .globl  spin
spin:
        stmg    %r6, %r15, 48(%r15)
        stg     %r3, 16(%r15)
        stg     %r4, 24(%r15)
        lam     %a1, %a14, 0(%r4)
        lmg     %r3, %r14, 0(%r3)
2:      lg      %r0, 0(%r2)
        ltgr    %r0, %r0
        jz      2b
        lg      %r1, 16(%r15)
        stmg    %r3, %r14, 0(%r1)
        lg      %r1, 24(%r15)
        stam    %a1, %a14, 0(%r1)
        lmg     %r6, %r15, 48(%r15)
        br      %r14

        .globl  diagnose_say, diagnose_spin, diagnose_count
diagnose_say:
        diag    %r2, %r0, DIAG_SAY
        br      %r14
diagnose_spin:
        diag    %r2, %r0, DIAG_SPIN
        br      %r14
diagnose_count:
        diag    %r2, %r0, DIAG_COUNT
        br      %r14

        .section .rodata
        .balign 8
forbidden:
        .long   FORBIDDEN, 0
target: rpcit   3, 4
        .section .note.GNU-stack, "", @progbits
