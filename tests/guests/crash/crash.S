/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test guest: leaves a mark in its memory and known values in its registers, and ends in a disabled
 * wait. Belongs to: test.
 */
        .text
        .globl  guest_main
guest_main:
        llilh   %r1, 0x20               /* 2 MiB */
        larl    %r2, mark
        mvc     0(8, %r1), 0(%r2)
        mvc     0x300(16), wait - mark(%r2)
        lmg     %r0, %r15, values - mark(%r2)
        lpswe   0x300

        .data
        .balign 8
mark:   .ascii  "bulkhead"
values:
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        .quad   0x1111111100000000 + \n
        .endr
wait:   .quad   0x0002000180000000, 0xdead
        .section .note.GNU-stack, "", @progbits
