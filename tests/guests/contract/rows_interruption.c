/* SPDX-License-Identifier: BSD-2-Clause */
/* Contract guest: adapter interruptions, SIC, channel reports. Belongs to: test. */
#include "drivers/zpci/insn/insn.h"
#include "drivers/zpci/irq.h"
#include "libs/zformats/bytes.h"
#include "tests/guests/contract/contract.h"

#define ISC 3u
#define VECTOR 5u
#define ENTRY 1u
#define SUBCLASS_MASKS UINT64_C(0xff000000)
#define CHANNEL_REPORTS UINT64_C(0x10000000) /* of CR14 */
#define CR14_RESET UINT64_C(0xc2000000)
#define REPORT_PENDING UINT64_C(0x0040000000000000)
#define ADAPTER 0x80000000u
#define LONG 5000u /* milliseconds until something comes, */
#define SHORT 100u /* and in which nothing does */

static uint8_t fib[FIB_SIZE] __attribute__((aligned(8)));
static uint64_t vector[64] __attribute__((aligned(512)));
static uint64_t summary __attribute__((aligned(8)));
static uint64_t waiting;

static void wait_here(void)
{
    uint64_t psw[2] = {kernel_mask | PSW_WAIT | PSW_EXTERNAL | waiting, 0};

    go(psw);
}

/* What comes within a while, of these kinds: TRAP(), external if nothing. */
static uint32_t await(uint64_t mask, uint32_t ms)
{
    uint64_t at = tod_now() + ms * TOD_PER_MS;
    uint32_t taken;

    waiting = mask;
    asm volatile("sckc %0" : : "Q"(at) : "memory");
    SET_CONTROL(0, CR0_RESET | CR0_CLOCK_COMPARATOR);
    taken = attempt(wait_here);
    SET_CONTROL(0, CR0_RESET);
    return taken;
}

static struct outcome do_register(uint32_t isc, uint64_t at, uint32_t count)
{
    struct irq_registration irq = {
        .vector = at, .summary = (uint64_t)&summary, .count = (uint16_t)count, .isc = (uint8_t)isc};

    bytes_zero(fib, FIB_SIZE);
    irq_fib_register(fib, &irq);
    return do_mpcifc(fn.handle, 0, MPCIFC_REGISTER_INT, fib);
}

static void registrations(void)
{
    row_all("irq-deregister-none", do_mpcifc(fn.handle, 0, MPCIFC_DEREGISTER_INT, fib));
    row_all("irq-register", do_register(ISC, (uint64_t)vector, 16));
    row_all("irq-register-twice", do_register(ISC, (uint64_t)vector, 16));
    row("irq-stored");
    row_outcome(do_stpcifc(fn.handle, 0, fib));
    row_number("int", be32_get(fib + FIB_INT), 8);
    row_text(be64_get(fib + FIB_AIBV) == (uint64_t)vector ? "vector" : "no-vector");
    row_text(be64_get(fib + FIB_AISB) == (uint64_t)&summary ? "summary" : "no-summary");
    row_end();
    row_all("irq-deregister", do_mpcifc(fn.handle, 0, MPCIFC_DEREGISTER_INT, fib));
    row_all("irq-deregister-again", do_mpcifc(fn.handle, 0, MPCIFC_DEREGISTER_INT, fib));
    row_all("irq-vector-outside", do_register(ISC, OUTSIDE, 16));
    function_fresh();
}

static void say_interruption(const char *name, uint32_t taken)
{
    row(name);
    if (taken >> 16 == TRAP_IO) {
        row_text("io");
        row_number("isc", trap.io[1] >> 59 & 7u, 1);
        row_text((trap.io[1] >> 32 & ADAPTER) != 0 ? "adapter" : "no-adapter");
    } else {
        row_text(taken >> 16 == TRAP_EXTERNAL ? "none" : "other");
    }
    row_text((((uint8_t *)vector)[VECTOR / 8u] & 0x80u >> VECTOR % 8u) != 0 ? "vector" : "-");
    row_text((*(uint8_t *)&summary & 0x80u) != 0 ? "summary" : "-");
    row_end();
}

static void arm(void)
{
    bytes_zero((uint8_t *)vector, sizeof(vector));
    summary = 0;
}

/* A completion of the disk is one message. */
static void delivery(void)
{
    do_register(ISC, (uint64_t)vector, 16);
    SET_CONTROL(6, SUBCLASS_MASKS);
    do_sic(SIC_ALL, ISC);
    arm();
    map(MIB, 1, 0);
    refresh(MIB, PAGE);
    if (!disk_start(ENTRY) || !disk_message(ENTRY, VECTOR))
        row_all("irq-no-disk", do_sic(0, 0));
    disk_writes(MIB, frame[1]);
    say_interruption("irq-all", await(PSW_IO, LONG));
    say_interruption("irq-all-once", await(PSW_IO, SHORT));
    disk_writes(MIB, frame[1]);
    say_interruption("irq-summary-still-set", await(PSW_IO, SHORT));
    arm();
    disk_writes(MIB, frame[1]);
    say_interruption("irq-all-again", await(PSW_IO, LONG));
}

static void single(void)
{
    do_sic(SIC_SINGLE, ISC);
    arm();
    disk_writes(MIB, frame[1]);
    say_interruption("irq-single", await(PSW_IO, LONG));
    arm();
    disk_writes(MIB, frame[1]);
    say_interruption("irq-single-suppressed", await(PSW_IO, SHORT));
    do_sic(SIC_SINGLE, ISC);
    arm();
    disk_writes(MIB, frame[1]);
    say_interruption("irq-single-rearmed", await(PSW_IO, LONG));
    do_sic(SIC_ALL, ISC);
    SET_CONTROL(6, 0);
    function_fresh();
}

static void sic_operands(void)
{
    row_all("sic-all", do_sic(SIC_ALL, ISC));
    row_all("sic-single", do_sic(SIC_SINGLE, ISC));
    row_all("sic-all-again", do_sic(SIC_ALL, ISC));
    row_all("sic-3", do_sic(3, ISC));
    row_all("sic-5", do_sic(5, ISC));
    row_all("sic-ffff", do_sic(0xffff, ISC));
}

/* The way of events: machine check, channel report word, CHSC. */
static void channel_report(void)
{
    struct pci_event event;
    uint32_t taken, crw = 0, code;

    while (zpci_stcrw(&crw).cc == 0)
        ;
    function_enable();
    while (zpci_stcrw(&crw).cc == 0)
        ;
    refresh(0, PAGE);
    SET_CONTROL(14, CR14_RESET | CHANNEL_REPORTS);
    taken = await(PSW_MACHINE_CHECK, LONG);
    SET_CONTROL(14, CR14_RESET & ~CHANNEL_REPORTS);
    row("event-machine-check");
    row_text(taken >> 16 == TRAP_MACHINE_CHECK && (trap.machine_check & REPORT_PENDING) != 0
                 ? "channel-report"
                 : "none");
    row_number("cc", zpci_stcrw(&crw).cc, 1);
    row_number("crw", crw, 8);
    row_number("then", zpci_stcrw(&crw).cc, 1);
    code = function_event(0, &event);
    row_number("ev", code, 2);
    row_text(event.kind == PCI_EVENT_ERROR && event.fh == fn.handle && event.fid == fn.fid
                 ? "mine"
                 : "other");
    row_number("next", function_event(0, &event), 2);
    row_end();
    function_fresh();
}

void rows_interruption(void)
{
    function_fresh();
    registrations();
    delivery();
    single();
    sic_operands();
    channel_report();
}
