/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process `neighbour`: waits with a known value in every register that C code does not use, and
 * stores what is in them afterwards. Belongs to: test.
 *
 * uint64_t bh_svc_wait_registers(uint64_t cap, uint64_t deadline, const struct registers *before,
 *                                struct registers *after): the error of the wait.
 */
#define CALL(name, number, registers, text) .equ BH_CALL_##name, number
#include "libs/abi/calls.def"
#undef CALL

        .text
        .balign 8
        .globl  bh_svc_wait_registers
        .type   bh_svc_wait_registers, @function
bh_svc_wait_registers:
        stmg    %r6, %r15, 48(%r15)
        lgr     %r1, %r5
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        ld      %f\n, 8*\n(%r4)
        .endr
        lam     %a2, %a15, 128(%r4)
        lmg     %r8, %r13, 192(%r4)
        lgr     %r4, %r3
        svc     BH_CALL_WAIT
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        std     %f\n, 8*\n(%r1)
        .endr
        stam    %a2, %a15, 128(%r1)
        stmg    %r8, %r13, 192(%r1)
        lmg     %r6, %r15, 48(%r15)
        br      %r14
        .size   bh_svc_wait_registers, . - bh_svc_wait_registers
        .section .note.GNU-stack, "", @progbits
