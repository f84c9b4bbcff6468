/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memcpy and its kin. musl's keep general registers in floating-point registers, which a process
 * as a rule does not own. Belongs to: everything that runs as a process.
 */
        .macro function name
        .section .text.\name, "ax", @progbits
        .balign 8
        .globl \name
        .type \name, @function
\name:
        .endm

        .macro done name
        .size   \name, . - \name
        .endm

/* void *memcpy(void *to, const void *from, size_t bytes) */
function memcpy
        aghi    %r4, -1
        bmr     %r14                    /* nothing to do */
        lgr     %r1, %r2
        srlg    %r5, %r4, 8
        ltgr    %r5, %r5
        jz      2f
1:      mvc     0(256,%r1), 0(%r3)
        la      %r1, 256(%r1)
        la      %r3, 256(%r3)
        brctg   %r5, 1b
2:      exrl    %r4, 3f                 /* the low byte of GR4 is the length of the rest, less 1 */
        br      %r14
3:      mvc     0(1,%r1), 0(%r3)
done memcpy

/* void *memset(void *to, int c, size_t bytes)
 * MVC onto the byte behind its source repeats it, which machines and QEMU do in one go: whole guests
 * are cleared with this. */
function memset
        aghi    %r4, -1
        bmr     %r14                    /* nothing to do */
        lgr     %r1, %r2
        stc     %r3, 0(%r1)
        srlg    %r5, %r4, 8
        ltgr    %r5, %r5
        jz      2f
1:      mvc     1(256,%r1), 0(%r1)
        la      %r1, 256(%r1)
        brctg   %r5, 1b
2:      llgcr   %r4, %r4                /* of the rest */
        aghi    %r4, -1
        bmr     %r14
        exrl    %r4, 3f
        br      %r14
3:      mvc     1(1,%r1), 0(%r1)
done memset

/* void *memmove(void *to, const void *from, size_t bytes)
 * MVC works byte by byte from left to right, so only a target inside the source needs care. */
function memmove
        lgr     %r1, %r2
        sgr     %r1, %r3
        clgr    %r1, %r4
        jnl     memcpy
1:      icy     %r0, -1(%r4,%r3)
        stcy    %r0, -1(%r4,%r2)
        brctg   %r4, 1b
        br      %r14
done memmove

/* void *memchr(const void *bytes, int c, size_t count) */
function memchr
        agr     %r4, %r2
        llgcr   %r0, %r3
1:      srst    %r4, %r2
        jo      1b
        lgr     %r2, %r4
        blr     %r14                    /* found */
        lghi    %r2, 0
        br      %r14
done memchr

/* char *stpcpy(char *to, const char *from), under the name that musl's strcpy uses too */
function __stpcpy
        lghi    %r0, 0
1:      mvst    %r2, %r3
        jo      1b
        br      %r14
done __stpcpy
        .weak   stpcpy
        .set    stpcpy, __stpcpy

        .section .note.GNU-stack, "", @progbits
