/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program `methods`: the code of a victim, copied into its memory: takes one call through
 * capability 1, then waits at capability 2 for ever. Belongs to: test.
 */
#define CALL(name, number, registers, text) .equ BH_CALL_##name, number
#include "libs/abi/calls.def"
#undef CALL

        .section .rodata.bh_svc_victim, "a", @progbits
        .balign 8
        .globl  bh_svc_victim, bh_svc_victim_end
bh_svc_victim:
        lghi    %r2, 1
        lghi    %r4, -1                 /* no deadline */
        svc     BH_CALL_RECV
        lghi    %r2, 2
        lghi    %r4, -1
        svc     BH_CALL_WAIT
        j       .
bh_svc_victim_end:
        .section .note.GNU-stack, "", @progbits
