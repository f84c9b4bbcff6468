/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The virtual CPU as the guest sees it. The VMM owns it; registers that run natively live in the
 * state page (libs/abi/vcpu.h). Every handler of an intercepted instruction works on this, whatever
 * the back end. Belongs to: VMM.
 */
#ifndef VMM_CPU_H
#define VMM_CPU_H

#include <stdint.h>

#include "libs/abi/vcpu.h"

struct cpu {
    struct bh_vcpu *page; /* general, floating-point and access registers */
    uint64_t psw_mask;    /* the guest's own PSW, complete and current while an exit is served */
    uint64_t psw_address; /* already behind the instruction, as for any interception */
    uint64_t cr[16];
    uint32_t prefix;           /* 8 KiB aligned, below guest memory */
    uint16_t address;          /* CPU address, 0 */
    uint8_t stopped;           /* SIGP stop: the guest has finished */
    uint8_t waiting;           /* enabled wait: no entry until an interruption is pending */
    uint8_t psw_invalid;       /* a PSW with an impossible mask was loaded: an early specification
                                  exception is due before anything else (vmm/psw.h) */
    uint64_t clock_comparator; /* TOD; all ones: never */
    uint64_t cpu_timer_zero;   /* TOD at which the CPU timer reaches zero */
    int64_t epoch;             /* guest TOD minus real TOD (SCK); 0 normally */
    uint32_t tod_programmable; /* SCKPF */
    uint64_t teid;             /* with a translation exception: its identification */
    uint8_t exception_access;  /* with one: exception access identification */
};

/* What a handler returns: 0, or the program interruption code to deliver. The instruction has then
 * had no effect (nullified or suppressed as the code requires; the deliverer sets PSW and ILC). */
typedef uint32_t program_code;

#define PGM_NONE 0x00u
#define PGM_OPERATION 0x01u
#define PGM_PRIVILEGED 0x02u
#define PGM_EXECUTE 0x03u
#define PGM_PROTECTION 0x04u
#define PGM_ADDRESSING 0x05u
#define PGM_SPECIFICATION 0x06u
#define PGM_DATA 0x07u
#define PGM_SEGMENT 0x10u
#define PGM_PAGE 0x11u
#define PGM_TRANSLATION_SPECIFICATION 0x12u
#define PGM_SPECIAL_OPERATION 0x13u
#define PGM_OPERAND 0x15u
#define PGM_ASCE_TYPE 0x38u
#define PGM_REGION_FIRST 0x39u
#define PGM_REGION_SECOND 0x3au
#define PGM_REGION_THIRD 0x3bu

/* An intercepted instruction, decoded. Fields that its format lacks are 0. */
struct instruction {
    uint8_t length;     /* 2, 4, 6; of the instruction itself */
    uint8_t executed;   /* 1: the modified target of an EXECUTE */
    uint16_t opcode;    /* first byte * 256, + second byte (B2xx, B9xx, 01xx, E5xx), or + low four
                           bits of the second (C0-CFxx), or + last byte (E3..xx, EB..xx, EC..xx) */
    uint8_t r1, r2, r3; /* RRE: r1, r2; RS, RSY: r1, r3; RRF: r1, r2, r3 */
    uint8_t i2;         /* SI and S formats' immediate, or m-fields of RRF (m3 * 16 + m4) */
    uint64_t address;   /* effective address of the storage operand (first one), wrapped to the
                           addressing mode */
    uint64_t address2;  /* second operand of SS and SSE formats */
};

typedef program_code (*instruction_handler)(struct cpu *cpu, const struct instruction *in);

static inline void cpu_set_cc(struct cpu *cpu, uint32_t cc)
{
    cpu->psw_mask = (cpu->psw_mask & ~UINT64_C(0x0000300000000000)) | (uint64_t)(cc % 4u) << 44;
}

/* General register n for 64-bit or low 32-bit results. */
static inline void cpu_set_low(struct cpu *cpu, uint32_t n, uint32_t value)
{
    cpu->page->gr[n % 16u] = (cpu->page->gr[n % 16u] & ~UINT64_C(0xffffffff)) | value;
}

#endif
