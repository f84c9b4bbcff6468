/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * First instructions of a process: GR2 address of the start-up information page, GR15 end of the
 * stack. Belongs to: everything that runs as a process.
 */
#include "libs/rt/start_frame.S"

        .section .text.start, "ax", @progbits
        .globl  _start
        .type   _start, @function
_start: start_frame
        brasl   %r14, bh_start_process
        j       .                       /* not reached */
        .size   _start, . - _start

        .section .note.GNU-stack, "", @progbits
