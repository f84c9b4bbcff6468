/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pending external, I/O and machine-check interruptions of the guest. Belongs to: VMM.
 * Source: z/Architecture Principles of Operation, "Interruptions".
 */
#include "vmm/interrupt.h"

#include "libs/zformats/bits.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/psw.h"
#include "vmm/deliver.h"
#include "vmm/lowcore.h"

#define CR0_EMERGENCY IBM_BIT64(49)
#define CR0_EXTERNAL_CALL IBM_BIT64(50)
#define CR0_CLOCK_COMPARATOR IBM_BIT64(52)
#define CR0_CPU_TIMER IBM_BIT64(53)
#define CR0_SERVICE_SIGNAL IBM_BIT64(54)
#define CR0_TIMERS (CR0_CLOCK_COMPARATOR | CR0_CPU_TIMER)
#define CR6_SUBCLASS(isc) (IBM_BIT64(32) >> (isc))
#define CR14_CHANNEL_REPORT IBM_BIT64(35)

#define EXTERNAL_EMERGENCY 0x1201u
#define EXTERNAL_CALL 0x1202u
#define EXTERNAL_CLOCK_COMPARATOR 0x1004u
#define EXTERNAL_CPU_TIMER 0x1005u
#define EXTERNAL_SERVICE_SIGNAL 0x2401u

#define IO_ADAPTER UINT32_C(0x80000000)
#define SUBCLASSES 8u

/* Machine-check interruption code: channel report pending, and everything that is valid: PSW, the
 * registers in the save areas, storage, clocks. */
#define MACHINE_CHECK_CHANNEL_REPORT IBM_BIT64(9)
#define MACHINE_CHECK_VALID                                                                        \
    (IBM_BIT64(20) | IBM_BIT64(21) | IBM_BIT64(22) | IBM_BIT64(23) | IBM_BIT64(24) |               \
     IBM_BIT64(27) | IBM_BIT64(28) | IBM_BIT64(29) | IBM_BIT64(31) | IBM_BIT64(33) |               \
     IBM_BIT64(42) | IBM_BIT64(43) | IBM_BIT64(46) | IBM_BIT64(47))

/* What is pending, in the terms of CR0 and CR6, so that one AND finds out what is enabled. */
static uint64_t pending_external;
static uint64_t pending_io;
static uint8_t pending_channel_report;
static uint32_t service_parameter;
static uint16_t emergency_from, call_from;

void interrupt_service_signal(uint32_t parameter)
{
    service_parameter |= parameter;
    pending_external |= CR0_SERVICE_SIGNAL;
}

void interrupt_adapter(uint32_t isc)
{
    pending_io |= CR6_SUBCLASS(isc % SUBCLASSES);
}

void interrupt_channel_report(void)
{
    pending_channel_report = 1;
}

void interrupt_external_call(uint16_t from)
{
    call_from = from;
    pending_external |= CR0_EXTERNAL_CALL;
}

void interrupt_emergency(uint16_t from)
{
    emergency_from = from;
    pending_external |= CR0_EMERGENCY;
}

void interrupt_reset(void)
{
    pending_external = 0;
    pending_io = 0;
    pending_channel_report = 0;
    service_parameter = 0;
}

static uint64_t timers_due(const struct cpu *cpu, uint64_t now)
{
    uint64_t due = 0;

    if (now > cpu->clock_comparator)
        due = CR0_CLOCK_COMPARATOR;
    if ((int64_t)(cpu->cpu_timer_zero - now) < 0)
        due |= CR0_CPU_TIMER;
    return due;
}

/* The subclasses of external interruptions that only the PSW may hold back. */
static uint64_t external_waiting(const struct cpu *cpu, uint64_t now)
{
    uint64_t pending = pending_external;

    if ((cpu->cr[0] & CR0_TIMERS) != 0)
        pending |= timers_due(cpu, now);
    return pending & cpu->cr[0];
}

static uint64_t external_now(const struct cpu *cpu, uint64_t now)
{
    return (cpu->psw_mask & PSW_EXTERNAL) != 0 ? external_waiting(cpu, now) : 0;
}

static uint64_t io_now(const struct cpu *cpu)
{
    return (cpu->psw_mask & PSW_IO) != 0 ? pending_io & cpu->cr[6] : 0;
}

uint64_t interrupt_waiting(const struct cpu *cpu, uint64_t now)
{
    return (external_waiting(cpu, now) != 0 ? PSW_EXTERNAL : 0) |
           ((pending_io & cpu->cr[6]) != 0 ? PSW_IO : 0);
}

static int machine_check_now(const struct cpu *cpu)
{
    return pending_channel_report != 0 && (cpu->psw_mask & PSW_MACHINE_CHECK) != 0 &&
           (cpu->cr[14] & CR14_CHANNEL_REPORT) != 0;
}

int interrupt_deliverable(const struct cpu *cpu, uint64_t now)
{
    return external_now(cpu, now) != 0 || io_now(cpu) != 0 || machine_check_now(cpu);
}

static void deliver_machine_check(struct cpu *cpu, uint8_t *low, uint64_t now)
{
    pending_channel_report = 0;
    deliver_save_registers(cpu, low, now);
    be64_put(low + LC_MACHINE_CHECK_CODE, MACHINE_CHECK_CHANNEL_REPORT | MACHINE_CHECK_VALID);
    deliver(cpu, low, LC_OLD_MACHINE_CHECK, LC_NEW_MACHINE_CHECK);
}

/* Most urgent first: the order of the architecture. The two timers stay pending as long as their
 * condition lasts. */
static void deliver_external(struct cpu *cpu, uint8_t *low, uint64_t which)
{
    uint16_t code = EXTERNAL_SERVICE_SIGNAL, from = 0;
    uint32_t parameter = 0;

    if ((which & CR0_EMERGENCY) != 0) {
        code = EXTERNAL_EMERGENCY;
        from = emergency_from;
        pending_external &= ~CR0_EMERGENCY;
    } else if ((which & CR0_EXTERNAL_CALL) != 0) {
        code = EXTERNAL_CALL;
        from = call_from;
        pending_external &= ~CR0_EXTERNAL_CALL;
    } else if ((which & CR0_CLOCK_COMPARATOR) != 0) {
        code = EXTERNAL_CLOCK_COMPARATOR;
    } else if ((which & CR0_CPU_TIMER) != 0) {
        code = EXTERNAL_CPU_TIMER;
    } else {
        parameter = service_parameter;
        service_parameter = 0;
        pending_external &= ~CR0_SERVICE_SIGNAL;
    }
    be32_put(low + LC_EXTERNAL_PARAMETER, parameter);
    be16_put(low + LC_EXTERNAL_CPU, from);
    be16_put(low + LC_EXTERNAL_CODE, code);
    deliver(cpu, low, LC_OLD_EXTERNAL, LC_NEW_EXTERNAL);
}

static void deliver_io(struct cpu *cpu, uint8_t *low, uint64_t which)
{
    uint32_t isc = 0;

    while (isc < SUBCLASSES - 1u && (which & CR6_SUBCLASS(isc)) == 0)
        isc++;
    pending_io &= ~CR6_SUBCLASS(isc);
    be32_put(low + LC_SUBCHANNEL, 0);
    be32_put(low + LC_IO_PARAMETER, 0);
    be32_put(low + LC_IO_WORD, IO_ADAPTER | isc << 27);
    deliver(cpu, low, LC_OLD_IO, LC_NEW_IO);
}

program_code interrupt_deliver(struct cpu *cpu, uint64_t now)
{
    uint8_t *low = lowcore(cpu);
    uint64_t external = external_now(cpu, now);

    if (!low)
        return PGM_ADDRESSING;
    if (machine_check_now(cpu))
        deliver_machine_check(cpu, low, now);
    else if (external != 0)
        deliver_external(cpu, low, external);
    else if (io_now(cpu) != 0)
        deliver_io(cpu, low, io_now(cpu));
    return PGM_NONE;
}

/* The CPU timer counts modulo 2^64, so its zero may look earlier than now. */
uint64_t interrupt_next(const struct cpu *cpu, uint64_t now)
{
    uint64_t next = UINT64_MAX;
    uint64_t left = cpu->cpu_timer_zero - now;

    if (external_now(cpu, now) != 0)
        return now;
    if ((cpu->cr[0] & CR0_CLOCK_COMPARATOR) != 0 && cpu->clock_comparator >= now)
        next = cpu->clock_comparator;
    if ((cpu->cr[0] & CR0_CPU_TIMER) != 0 && (int64_t)left >= 0 && left < UINT64_MAX - now &&
        now + left < next)
        next = now + left;
    return next;
}
