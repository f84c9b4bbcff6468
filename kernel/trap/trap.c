/* SPDX-License-Identifier: BSD-2-Clause */
/* Interruptions: from the machine's codes to objects and events. Belongs to: kernel. */
#include "kernel/trap/trap.h"
#include "kernel/arch/s390x/back_end.h"
#include "kernel/arch/s390x/lowcore.h"
#include "kernel/arch/s390x/sclp.h"
#include "kernel/object/adapter_interrupt.h"
#include "kernel/object/audit.h"
#include "kernel/object/call.h"
#include "kernel/object/pci_event.h"
#include "kernel/object/portal.h"
#include "kernel/sched/ready.h"
#include "kernel/sched/timer.h"
#include "libs/zformats/bits.h"

#define EXTERNAL_CLOCK_COMPARATOR 0x1004u
#define EXTERNAL_SERVICE_SIGNAL 0x2401u
#define IO_ADAPTER UINT32_C(0x80000000)
#define MACHINE_CHECK_CHANNEL_REPORT IBM_BIT64(9)
#define PROGRAM_CODE_MASK 0xffu /* without the bit of a concurrent PER event */

/* Every program interruption of a process is an event of its thread; of a guest, an exit, or
 * nothing that others need to know. */
uint32_t trap_program(void)
{
    uint64_t code = lowcore_u16(LC_PROGRAM_CODE) & PROGRAM_CODE_MASK;

    if (thread_vcpu(current) != NOBODY) {
        return guest_program(current);
    }
    portal_send(current, BH_REASON_FAULT, BH_REASON_FAULT, code, lowcore_identification(code),
                THREAD_WORD(current, SAVE_PSW_ADDRESS));
    return TRAP_EVENT;
}

void trap_other_svc(uint32_t t, uint32_t number)
{
    if (thread_vcpu(t) != NOBODY) {
        guest_supervisor(t);
    } else {
        call_serve(t, number);
    }
}

void trap_external(void)
{
    switch (lowcore_u16(LC_EXTERNAL_CODE)) {
    case EXTERNAL_CLOCK_COMPARATOR:
        timer_interrupt();
        break;
    case EXTERNAL_SERVICE_SIGNAL:
        sclp_service_signal(lowcore_u32(LC_EXTERNAL_PARAMETER));
        break;
    default:
        break;
    }
}

void trap_io(void)
{
    uint32_t identification = lowcore_u32(LC_IO_IDENTIFICATION);

    if ((identification & IO_ADAPTER) != 0) {
        adapter_interrupt(identification / 0x8000000u % ADAPTER_INTERRUPTS);
    }
}

void trap_machine_check(void)
{
    uint64_t code = lowcore_u64(LC_MACHINE_CHECK_CODE);

    if ((code & MACHINE_CHECK_CHANNEL_REPORT) == 0) {
        audit_add(BH_AUDIT_MACHINE_CHECK, NOBODY, code, 0);
        panic("machine check", code);
    }
    pci_events_take();
}

void trap_restart(void)
{
    panic("restart interruption", 0);
}
