/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SIGNAL PROCESSOR on a machine with one CPU: every order is to itself. Belongs to: VMM.
 * Source: z/Architecture Principles of Operation, "Signal-Processor Orders".
 */
#include "vmm/deliver.h"
#include "vmm/devices/statistics.h"
#include "vmm/handlers.h"
#include "vmm/interrupt.h"
#include "vmm/lowcore.h"

#define CC_STATUS_STORED 1u
#define CC_NOT_OPERATIONAL 3u

#define STATUS_INVALID_ORDER 0x002u
#define STATUS_INVALID_PARAMETER 0x100u
#define STATUS_INCORRECT_STATE 0x200u

#define LC_OLD_RESTART 0x120u
#define LC_NEW_RESTART 0x1a0u

enum order {
    ORDER_SENSE = 0x01,
    ORDER_EXTERNAL_CALL = 0x02,
    ORDER_EMERGENCY_SIGNAL = 0x03,
    ORDER_START = 0x04,
    ORDER_STOP = 0x05,
    ORDER_RESTART = 0x06,
    ORDER_STOP_AND_STORE = 0x09,
    ORDER_INITIAL_RESET = 0x0b,
    ORDER_RESET = 0x0c,
    ORDER_SET_PREFIX = 0x0d,
    ORDER_STORE_STATUS = 0x0e,
    ORDER_SET_ARCHITECTURE = 0x12,
    ORDER_CONDITIONAL_EMERGENCY = 0x13,
    ORDER_SENSE_RUNNING = 0x15,
};

static program_code status(struct cpu *cpu, const struct instruction *in, uint32_t value)
{
    cpu_set_low(cpu, in->r1, value);
    cpu_set_cc(cpu, CC_STATUS_STORED);
    return PGM_NONE;
}

/* A CPU that stops itself, and be it by a reset, is never started again: the guest has finished. */
static void stop(struct cpu *cpu)
{
    cpu->stopped = 1;
    statistics_print();
}

/* The instruction is complete before the PSW is swapped. */
static program_code swap_psw(struct cpu *cpu)
{
    uint8_t *low = lowcore(cpu);

    if (!low)
        return PGM_ADDRESSING;
    deliver(cpu, low, LC_OLD_RESTART, LC_NEW_RESTART);
    return PGM_NONE;
}

/* Orders that are accepted. They leave condition code 0, which is in the PSW that a restart saves.
 */
static program_code accept(struct cpu *cpu, uint32_t order)
{
    cpu_set_cc(cpu, 0);
    switch (order) {
    case ORDER_EXTERNAL_CALL:
        interrupt_external_call(cpu->address);
        return PGM_NONE;
    case ORDER_EMERGENCY_SIGNAL:
    case ORDER_CONDITIONAL_EMERGENCY:
        interrupt_emergency(cpu->address);
        return PGM_NONE;
    case ORDER_RESTART:
        return swap_psw(cpu);
    case ORDER_STOP:
    case ORDER_STOP_AND_STORE:
    case ORDER_INITIAL_RESET:
    case ORDER_RESET:
        stop(cpu);
        return PGM_NONE;
    default: /* sense, sense running, start: running, and there is no status */
        return PGM_NONE;
    }
}

program_code emulate_sigp(struct cpu *cpu, const struct instruction *in)
{
    uint32_t order = (uint32_t)in->address & 0xffu;

    if ((uint16_t)cpu->page->gr[in->r3] != cpu->address) {
        cpu_set_cc(cpu, CC_NOT_OPERATIONAL);
        return PGM_NONE;
    }
    switch (order) {
    case ORDER_SENSE ... ORDER_RESTART:
    case ORDER_STOP_AND_STORE:
    case ORDER_INITIAL_RESET:
    case ORDER_RESET:
    case ORDER_CONDITIONAL_EMERGENCY:
    case ORDER_SENSE_RUNNING:
        return accept(cpu, order);
    case ORDER_SET_PREFIX: /* of a stopped CPU only */
    case ORDER_STORE_STATUS:
        return status(cpu, in, STATUS_INCORRECT_STATE);
    case ORDER_SET_ARCHITECTURE: /* it is in z/Architecture mode from the start, for good */
        return status(cpu, in, STATUS_INVALID_PARAMETER);
    default:
        return status(cpu, in, STATUS_INVALID_ORDER);
    }
}
