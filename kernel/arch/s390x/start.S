/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * First instructions, and the prefix area that replaces absolute page 0. Belongs to: kernel.
 */
#include "kernel/arch/s390x/lowcore.h"

#define KERNEL_PSW_MASK 0x0000000180000000 /* supervisor, no translation, no interruption, 64 bit */

        .section .start, "ax"
        .globl  _start
_start:
        larl    %r1, prefix_address
        spx     0(%r1)
        larl    %r15, kernel_stack_top
        aghi    %r15, -160
        brasl   %r14, boot_main
        jg      switch_leave

        .balign 8
prefix_address:
        .long   lowcore_image

        .macro NEWPSW at handler
        .org    lowcore_image + \at
        .quad   KERNEL_PSW_MASK, \handler
        .endm

        .section .lowcore, "aw"
        .balign 8192
lowcore_image:
        NEWPSW  LC_NEW_RESTART entry_restart
        NEWPSW  LC_NEW_EXTERNAL entry_external
        NEWPSW  LC_NEW_SVC entry_svc
        NEWPSW  LC_NEW_PROGRAM entry_program
        NEWPSW  LC_NEW_MACHINE_CHECK entry_machine_check
        NEWPSW  LC_NEW_IO entry_io
        .org    lowcore_image + 8192
        .section .note.GNU-stack, "", @progbits
