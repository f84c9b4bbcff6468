/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process `vectors`: what its guest executes, copied into its memory. GR1 points to what all vector
 * registers are loaded with, GR2 to where they are stored GR3 steps later. Belongs to: test.
 */
        .section .rodata.vectors_code, "a", @progbits
        .machine "z13"
        .balign 8
        .globl  vectors_code, vectors_code_end
vectors_code:
        vlm     %v0, %v15, 0(%r1)
        vlm     %v16, %v31, 256(%r1)
1:      brctg   %r3, 1b
        vstm    %v0, %v15, 0(%r2)
        vstm    %v16, %v31, 256(%r2)
        svc     77
vectors_code_end:
        .section .note.GNU-stack, "", @progbits
