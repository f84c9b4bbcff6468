/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Waiting for one service signal without the trap code: at boot and in a panic.
 * Belongs to: kernel.
 */
#include "kernel/arch/s390x/lowcore.h"

        .text
        .globl  sclp_wait
        .balign 8
sclp_wait:
        aghi    %r15, -40
        mvc     0(16,%r15), LC_NEW_EXTERNAL
        stctg   %c0, %c0, 16(%r15)
        larl    %r1, signal_cr0
        lctlg   %c0, %c0, 0(%r1)
        larl    %r1, go_on_psw
        mvc     LC_NEW_EXTERNAL(16), 0(%r1)
        larl    %r1, wait_psw
        lpswe   0(%r1)
go_on:                                  /* before low-address protection is back */
        mvc     LC_NEW_EXTERNAL(16), 0(%r15)
        lctlg   %c0, %c0, 16(%r15)
        aghi    %r15, 40
        br      %r14

        .section .rodata
        .balign 8
signal_cr0:
        .quad   0x200
wait_psw:
        .quad   0x0102000180000000, 0
go_on_psw:
        .quad   0x0000000180000000, go_on
        .section .note.GNU-stack, "", @progbits
