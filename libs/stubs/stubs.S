/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The system calls as C functions: the only SVC instructions that a process may contain.
 * Belongs to: everything that runs as a process. libs/stubs/stubs.h says what each one does.
 *
 * The kernel keeps every register but GR0 and GR2 to GR7, so a pointer may wait in GR1 and only the
 * call-saved GR6 to GR9 need saving, in the caller's register save area (48(15) is GR6's place).
 */
#define CALL(name, number, registers, text) .equ BH_CALL_##name, number
#include "libs/abi/calls.def"
#undef CALL

        .macro function name
        .section .text.\name, "ax", @progbits
        .balign 8
        .globl \name
        .type \name, @function
\name:
        .endm

        .macro done name
        br      %r14
        .size   \name, . - \name
        .endm

function bh_svc_null
        svc     BH_CALL_NULL
done bh_svc_null

function bh_svc_invoke          /* cap, method, arguments, results */
        stmg    %r6, %r9, 48(%r15)
        lgr     %r1, %r5
        lmg     %r4, %r9, 0(%r4)
        svc     BH_CALL_INVOKE
        stmg    %r3, %r7, 0(%r1)
        lmg     %r6, %r9, 48(%r15)
done bh_svc_invoke

function bh_svc_short           /* cap, method, three arguments, value: all where the kernel looks */
        lg      %r1, 160(%r15)
        svc     BH_CALL_INVOKE
        stg     %r3, 0(%r1)
done bh_svc_short

function bh_svc_bare            /* cap, method */
        svc     BH_CALL_INVOKE
done bh_svc_bare

function bh_svc_call            /* cap, words; GR3 has no part in this call and stays as it is */
        stmg    %r6, %r7, 48(%r15)
        lmg     %r4, %r7, 0(%r3)
        svc     BH_CALL_CALL
        stmg    %r4, %r7, 0(%r3)
        lmg     %r6, %r7, 48(%r15)
done bh_svc_call

function bh_svc_recv            /* cap, deadline, message */
        stmg    %r6, %r7, 48(%r15)
        lgr     %r1, %r4
        lgr     %r4, %r3
        svc     BH_CALL_RECV
        stmg    %r3, %r7, 0(%r1)
        lmg     %r6, %r7, 48(%r15)
done bh_svc_recv

function bh_svc_reply           /* words */
        stmg    %r6, %r7, 48(%r15)
        lmg     %r4, %r7, 0(%r2)
        svc     BH_CALL_REPLY
        lmg     %r6, %r7, 48(%r15)
done bh_svc_reply

function bh_svc_reply_recv      /* cap, deadline, message */
        stmg    %r6, %r7, 48(%r15)
        lgr     %r1, %r4
        lmg     %r4, %r7, 8(%r4)
        svc     BH_CALL_REPLY_RECV
        stmg    %r3, %r7, 0(%r1)
        lmg     %r6, %r7, 48(%r15)
done bh_svc_reply_recv

function bh_svc_signal          /* cap */
        svc     BH_CALL_SIGNAL
done bh_svc_signal

function bh_svc_wait            /* cap, deadline, bits */
        stmg    %r6, %r7, 48(%r15)
        lgr     %r1, %r4
        lgr     %r4, %r3
        svc     BH_CALL_WAIT
        stg     %r3, 0(%r1)
        lmg     %r6, %r7, 48(%r15)
done bh_svc_wait

function bh_svc_yield
        svc     BH_CALL_YIELD
done bh_svc_yield

function bh_svc_exit            /* code */
        lgr     %r4, %r2
        svc     BH_CALL_EXIT
        j       .               /* the call does not return */
        .size   bh_svc_exit, . - bh_svc_exit

        .section .note.GNU-stack, "", @progbits
