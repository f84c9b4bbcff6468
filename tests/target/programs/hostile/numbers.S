/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `hostile`: system calls by number, through EXECUTE. Belongs to: test. */
        .section .text.bh_svc_number, "ax", @progbits
        .balign 8
        .globl  bh_svc_number
        .type   bh_svc_number, @function
bh_svc_number:
        stmg    %r6, %r15, 48(%r15)
        lgr     %r1, %r2
        exrl    %r1, 1f
        lmg     %r6, %r15, 48(%r15)
        br      %r14
1:      svc     0
        .size   bh_svc_number, . - bh_svc_number

        .section .note.GNU-stack, "", @progbits
