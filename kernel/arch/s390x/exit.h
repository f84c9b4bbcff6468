/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an exit is, in the same words for both back ends (libs/abi/reasons.def). Belongs to: kernel.
 * The registers of the guest are in its state page, its PSW behind the instruction where the
 * architecture says so.
 */
#ifndef KERNEL_EXIT_H
#define KERNEL_EXIT_H

#include <stdint.h>

#define EXIT_CODE_PRIVILEGED 0x02u

struct exit {
    uint64_t text;        /* first bytes of the instruction, left-aligned; 0 not known */
    uint32_t length;      /* of the instruction, bytes */
    uint32_t code;        /* program interruption, or what else the reason needs */
    uint64_t translation; /* translation-exception identification */
};

/* The reason by which a program interruption with this code (0 to 0x7f) is delivered. */
uint32_t exit_reason(uint32_t code);

void exit_send(uint32_t t, uint32_t reason, const struct exit *exit);

/* An instruction that the guest may not execute itself: RPCIT from supervisor state with an even
 * second register goes to its own portal, anything else to that of instructions. problem: the guest
 * is in problem state, in its own eyes. */
void exit_instruction(uint32_t t, const struct exit *exit, uint32_t problem);

#endif
