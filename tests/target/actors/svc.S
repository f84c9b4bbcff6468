/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process `actor`: a system call by number, with the clock read just before it. GR2: number,
 * GR3: struct record (record.h): time, GR2 to GR9, then GR2 to GR7 as they came back. Belongs to:
 * test.
 */
        .section .text.bh_svc_recorded, "ax", @progbits
        .balign 8
        .globl  bh_svc_recorded
        .type   bh_svc_recorded, @function
bh_svc_recorded:
        stmg    %r6, %r15, 48(%r15)
        lgr     %r1, %r3
        lgr     %r10, %r2
        lmg     %r2, %r9, 8(%r1)
        stckf   0(%r1)
        exrl    %r10, 1f
        stmg    %r2, %r7, 72(%r1)
        lmg     %r6, %r15, 48(%r15)
        br      %r14
1:      svc     0
        .size   bh_svc_recorded, . - bh_svc_recorded

        .section .note.GNU-stack, "", @progbits
