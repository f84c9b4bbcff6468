/* SPDX-License-Identifier: BSD-2-Clause */
/* Exits of guests. Belongs to: kernel. */
#include "kernel/arch/s390x/exit.h"
#include "kernel/object/portal.h"
#include "kernel/object/vcpu.h"

#define CODE_PROTECTION 0x04u
#define OPCODE_RPCIT 0xb9d3u
#define REASON_UNIT 0x100000000u
#define LENGTH_UNIT 0x10000u

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

void exit_send(uint32_t t, uint32_t reason, const struct exit *exit)
{
    const struct bh_vcpu *page = (const struct bh_vcpu *)vcpu_page[thread_vcpu(t)];

    portal_send(t, reason,
                reason * (uint64_t)REASON_UNIT + exit->length * (uint64_t)LENGTH_UNIT + exit->code,
                exit->text, exit->translation, page->psw_address);
}

void exit_instruction(uint32_t t, const struct exit *exit, uint32_t problem)
{
    uint32_t r1 = (uint32_t)(exit->text / 0x1000000000u % 16u);
    uint32_t r2 = (uint32_t)(exit->text / 0x100000000u % 16u);

    if (exit->text / 0x1000000000000u == OPCODE_RPCIT && r2 % 2u == 0 && problem == 0) {
        vcpu_rpcit(t, r1, r2);
    } else {
        exit_send(t, BH_REASON_INSTRUCTION, exit);
    }
}
