/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * All 32 vector registers to and from an area of 512 bytes. Belongs to: kernel. Machines with the
 * vector facility only, while CR0 enables it.
 */
        .text
        .machine "z13"
        .globl  vector_save, vector_load
        .balign 8
vector_save:
        vstm    %v0, %v15, 0(%r2)
        vstm    %v16, %v31, 256(%r2)
        br      %r14

        .balign 8
vector_load:
        vlm     %v0, %v15, 0(%r2)
        vlm     %v16, %v31, 256(%r2)
        br      %r14
        .section .note.GNU-stack, "", @progbits
