/* SPDX-License-Identifier: BSD-2-Clause */
/* Exits of guests. Belongs to: kernel. */
#include "kernel/arch/s390x/exit.h"

#define CODE_PROTECTION 0x04u

uint32_t exit_reason(uint32_t code)
{
    switch (code) {
    case EXIT_CODE_PRIVILEGED:
        return BH_REASON_INSTRUCTION;
    case CODE_PROTECTION:
    case 0x10:
    case 0x11:
    case 0x38:
    case 0x39:
    case 0x3a:
    case 0x3b:
        return BH_REASON_TRANSLATION;
    default:
        return BH_REASON_PROGRAM;
    }
}
