/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * First instructions of the first process: GR2 to GR5 as libs/abi/abi.h says at BH_INIT_PARTITION,
 * GR15 end of the stack. Belongs to: init.
 */
#include "libs/rt/start_frame.S"

        .section .text.bh_init_start, "ax", @progbits
        .globl  bh_init_start
        .type   bh_init_start, @function
bh_init_start:
        start_frame
        brasl   %r14, bh_start_init
        j       .                       /* not reached */
        .size   bh_init_start, . - bh_init_start

        .section .note.GNU-stack, "", @progbits
