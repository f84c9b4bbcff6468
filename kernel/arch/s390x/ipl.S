/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is loaded at absolute address 0 where a system is loaded as flat files (Hercules). The
 * machine starts with the PSW there, in ESA/390 mode; the system starts at 1 MiB in z/Architecture.
 * Belongs to: kernel.
 */
#define IMAGE_START 0x100000 /* kernel.ld */
#define SET_ARCHITECTURE 0x12
#define Z_ARCHITECTURE 1

        .text
        .globl  ipl_start
ipl_start:
        .long   0x00080000, 0x80000000 + go /* disabled, 31 bit */
        .org    0x200                       /* behind the PSWs of interruptions */
go:     lhi     %r0, 0
        lhi     %r1, Z_ARCHITECTURE
        sigp    %r1, %r0, SET_ARCHITECTURE
        sam64
        lgfi    %r1, IMAGE_START
        br      %r1
        .section .note.GNU-stack, "", @progbits
