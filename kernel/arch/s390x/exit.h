/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an exit is, in the same words for both back ends (libs/abi/reasons.def). Belongs to: kernel.
 * The registers of the guest are in its state page, its PSW behind the instruction where the
 * architecture says so.
 */
#ifndef KERNEL_EXIT_H
#define KERNEL_EXIT_H

#include <stdint.h>

#include "kernel/object/portal.h"
#include "kernel/object/vcpu.h"

#define EXIT_OPCODE_RPCIT 0xb9d3u
#define EXIT_REASON_UNIT UINT64_C(0x100000000)
#define EXIT_LENGTH_UNIT UINT64_C(0x10000)
#define EXIT_CODE_PRIVILEGED 0x02u

struct exit {
    uint64_t text;        /* first bytes of the instruction, left-aligned; 0 not known */
    uint32_t length;      /* of the instruction, bytes */
    uint32_t code;        /* program interruption, or what else the reason needs */
    uint64_t translation; /* translation-exception identification */
};

/* The reason by which a program interruption with this code (0 to 0x7f) is delivered. */
uint32_t exit_reason(uint32_t code);

/* Inline, for it is on the way of every exit. */
static inline void exit_send(uint32_t t, uint32_t reason, const struct exit *exit)
{
    const struct bh_vcpu *page = (const struct bh_vcpu *)vcpu_page[thread_vcpu(t)];

    portal_send(t, reason, reason * EXIT_REASON_UNIT + exit->length * EXIT_LENGTH_UNIT + exit->code,
                exit->text, exit->translation, page->psw_address);
}

/* An instruction that the guest may not execute itself: RPCIT from supervisor state with an even
 * second register goes to its own portal, anything else to that of instructions. problem: the guest
 * is in problem state, in its own eyes. */
static inline void exit_instruction(uint32_t t, const struct exit *exit, uint32_t problem)
{
    uint32_t r1 = (uint32_t)(exit->text / 0x1000000000u % 16u);
    uint32_t r2 = (uint32_t)(exit->text / 0x100000000u % 16u);

    if (exit->text / 0x1000000000000u == EXIT_OPCODE_RPCIT && r2 % 2u == 0 && problem == 0) {
        vcpu_rpcit(t, r1, r2);
    } else {
        exit_send(t, BH_REASON_INSTRUCTION, exit);
    }
}

#endif
