/* SPDX-License-Identifier: BSD-2-Clause */
/* Handlers of devices for tests that do not link any. Belongs to: test. */
#include "tests/unit/vmm/handlers.h"

uint16_t device_opcode;
uint32_t device_calls;
program_code device_answer;

static program_code device(const struct instruction *in)
{
    device_opcode = in->opcode;
    device_calls++;
    return device_answer;
}

#define DEVICE(name)                                                                               \
    program_code name(struct cpu *unused, const struct instruction *in);                           \
    program_code name(struct cpu *unused, const struct instruction *in)                            \
    {                                                                                              \
        (void)unused;                                                                              \
        return device(in);                                                                         \
    }
DEVICE(emulate_diag)
DEVICE(emulate_sigp)
DEVICE(emulate_stidp)
DEVICE(emulate_stap)
DEVICE(emulate_servc)
DEVICE(emulate_channel)
DEVICE(emulate_tpi)
DEVICE(emulate_sal)
DEVICE(emulate_stcrw)
DEVICE(emulate_stcps)
DEVICE(emulate_schm)
DEVICE(emulate_chsc)
DEVICE(emulate_siga)
DEVICE(emulate_stsi)
DEVICE(emulate_stfl)
DEVICE(emulate_clp)
DEVICE(emulate_ptf)
DEVICE(emulate_pcistg)
DEVICE(emulate_pcilg)
DEVICE(emulate_rpcit)
DEVICE(emulate_mpcifc)
DEVICE(emulate_stpcifc)
DEVICE(emulate_pcistb)
DEVICE(emulate_sic)
