/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SIE and what comes behind it (sie.h). Belongs to: kernel. GR14 has the address of the state
 * description, where the guest's own GR14 is.
 */
#include "kernel/arch/s390x/sie/sie.h"

        .text
        .globl  sie_start, sie_ended, sie_try
        .balign 8
sie_start:
        .insn   s, 0xb2140000, 0(%r14)
sie_ended:
        svc     SIE_SVC_ENDED
sie_faulted:
        svc     SIE_SVC_FAULTED

sie_try:
        lgr     %r1, %r2
        lghi    %r2, 1
        .insn   s, 0xb2140000, 0(%r1)
1:      br      %r14
2:      lghi    %r2, 0
        br      %r14

        .section .fixup, "a"
        .quad   sie_start, sie_faulted
        .quad   sie_ended, sie_faulted
        .quad   1b, 2b
        .section .note.GNU-stack, "", @progbits
