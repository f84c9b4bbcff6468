/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Floating-point registers to and from a save area: FPC in its first word, FPR0-15 from the third.
 * Belongs to: kernel.
 */
        .text
        .globl  fp_save, fp_load
        .balign 8
fp_save:
        stfpc   4(%r2)
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        std     %f\n, 16+8*\n(%r2)
        .endr
        br      %r14

        .balign 8
fp_load:
        lfpc    4(%r2)
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        ld      %f\n, 16+8*\n(%r2)
        .endr
        br      %r14
        .section .note.GNU-stack, "", @progbits
