/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The state page of a vCPU: shared by the kernel and the guest's VMM, in the VMM's memory. The VMM
 * reads and writes it while it holds an exit of the vCPU; while the guest runs, the registers are
 * in the processor and the page is stale, but for `mask` and `pending`, which both sides keep
 * current whenever the guest does not execute. The kernel trusts nothing in it. With the back end
 * pv it forces a safe PSW at each entry and takes only the control bits of BH_VCPU_CR0_MASK; with
 * sie, PSW and control registers are the guest's own, and it copies them into a state description
 * that the VMM never sees. Belongs to: kernel and VMM; includes nobody.
 */
#ifndef BH_VCPU_H
#define BH_VCPU_H

#include <stdint.h>

#define BH_VCPU_SPACES 32u    /* guest spaces of a vCPU, numbered from 0 */
#define BH_VCPU_FUNCTIONS 4u  /* PCI functions that a vCPU may refresh */
#define BH_SPACE_NONE 0xffffu /* no guest space: every access is a translation exit */

/* Beside the type of a guest space, in SPACE_RESET: low-address protection does not cover it. */
#define BH_SPACE_PRIVATE 4u

/* How guest instructions execute (VCPU_INSPECT). */
enum bh_back_end {
    BH_BACK_END_PV = 0, /* deprivileged: privileged instructions are exits */
    BH_BACK_END_SIE = 1 /* interpretive execution */
};

/* What the VMM may choose in control register 0 (others are the kernel's): low-address protection,
 * vector facility, extraction authority, AFP, monitor and program masks do not matter to others. */
#define BH_VCPU_CR0_MASK 0x0000000010060000u

/* What the kernel may execute for a guest's supervisor state (back end pv), where it finds nothing
 * unusual: in 64-bit mode, with pages that are mapped. The low eight bits are those of the system
 * mask that STNSM and STOSM may change. */
#define BH_MASK_EXTERNAL 0x01u
#define BH_MASK_IO 0x02u
#define BH_MASK_DAT 0x04u
#define BH_SERVED_MASKS (BH_MASK_EXTERNAL | BH_MASK_IO)
#define BH_SERVED_MOVE 0x100u /* MVCOS */

/* Entries of SPACE_MAP: page-table bits beside the frame. */
#define BH_WORD_NO_EXECUTE 0x100u

struct bh_vcpu {
    uint64_t gr[16];   /* 0x000 */
    uint64_t psw_mask; /* 0x080 real PSW at the exit. At entry the kernel takes condition code, */
    uint64_t psw_address; /* 0x088 program mask, addressing mode, primary or secondary, PER bit;
                             sie: the guest's PSW, all of it */
    uint32_t pad0;        /* 0x090 */
    uint32_t fpc;         /* 0x094 */
    uint64_t pad1;        /* 0x098 */
    uint64_t fpr[16];     /* 0x0a0 kept by the kernel; stale while nothing else used them */
    uint32_t ar[16];      /* 0x120 */
    uint64_t program[4];  /* 0x160 doublewords 0x90, 0x98, 0xa0 and 0xb0 of the lowcore, with the
                             reasons PROGRAM and TRANSLATION */
    uint64_t key;         /* 0x180 pv: real PSW key: 0 or 8 (see docs/porting-guests.md) */
    uint64_t problem;     /* 0x188 pv: 1: the guest is in (virtual) problem state: no RPCIT exits */
    uint32_t primary;     /* 0x190 guest space that CR1 names, or BH_SPACE_NONE; sie: the one that
                             translates the guest's absolute addresses */
    uint32_t secondary;   /* 0x194 pv: guest space that CR7 names */
    uint64_t cr0;         /* 0x198 pv: BH_VCPU_CR0_MASK bits of the guest's CR0 */
    uint64_t per[3];      /* 0x1a0 pv: CR9 (of it, events of branches) to CR11, used if bit 1 of
                             psw_mask (PER) is one */
    uint64_t monitor;     /* 0x1b8 pv: CR8: monitor masks, in the low 16 bits */
    /* Only sie knows the following; times are TOD units. */
    uint64_t cr[16];           /* 0x1c0 */
    uint64_t prefix;           /* 0x240 its two pages must be mapped */
    uint64_t cpu_timer;        /* 0x248 */
    uint64_t clock_comparator; /* 0x250 */
    uint64_t epoch;            /* 0x258 the guest's TOD clock minus the machine's */
    /* Only pv knows the following: what the kernel executes itself instead of sending an exit. */
    uint64_t served;   /* 0x260 which instructions; 0: none */
    uint64_t mask;     /* 0x268 the guest's own system mask: bits 0 to 7 of its PSW */
    uint64_t pending;  /* 0x270 bits of it that the guest may not switch on without an exit */
    uint64_t executed; /* 0x278 instructions that were no exits: the kernel adds to it */
};

#endif
