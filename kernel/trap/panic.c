/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's own end: say why, then a disabled wait. Belongs to: kernel. */
#include "kernel/arch/s390x/lowcore.h"
#include "kernel/arch/s390x/sclp.h"
#include "kernel/machine.h"
#include "kernel/trap/trap.h"
#include "libs/zformats/psw.h"

#define PROGRAM_EVENT 0x80u

extern const char entry_svc[];

/* Instructions that may interrupt (drivers/zpci/insn, fp.S): the address behind, and where to go
 * on. */
struct fixup {
    uint64_t behind, resume;
};
extern const struct fixup fixup_start[], fixup_end[];

static char line[256];
static uint32_t used;

static void put_text(const char *text)
{
    while (*text != 0 && used < sizeof(line) - 2u) {
        line[used++] = *text++;
    }
}

static void put_hex(uint64_t value)
{
    uint32_t digit;

    for (digit = 0; digit < 16u && used < sizeof(line) - 2u; digit++) {
        line[used++] = "0123456789abcdef"[value / (UINT64_C(1) << (60u - 4u * digit)) % 16u];
    }
}

static _Noreturn void disabled_wait(uint64_t code)
{
    uint64_t psw[2] = {PSW_WAIT | PSW_64, code};

    asm volatile("lpswe %0" : : "Q"(psw));
    __builtin_unreachable();
}

void panic(const char *why, uint64_t code)
{
    used = 0;
    put_text("\r\nkernel: stopped: ");
    put_text(why);
    put_text(", code ");
    put_hex(code);
    put_text("\r\n");
    line[used] = 0;
    sclp_print(line);
    disabled_wait(WAIT_KERNEL);
}

void hw_not_built(void)
{
    sclp_print("\r\nkernel: stopped: init has not built a system\r\n");
    disabled_wait(WAIT_NOT_BUILT);
}

static _Noreturn void report_fault(void)
{
    used = 0;
    put_text("\r\nkernel: program interruption ");
    put_hex(lowcore_u16(LC_PROGRAM_CODE));
    put_text(" at ");
    put_hex(lowcore_u64(LC_OLD_PROGRAM + 8));
    put_text(" r14 ");
    put_hex(lowcore_u64(LC_PANIC_GR + 8 * 14));
    put_text(" address ");
    put_hex(lowcore_u64(LC_TRANSLATION_EXCEPTION));
    put_text("\r\n");
    line[used] = 0;
    sclp_print(line);
    disabled_wait(WAIT_KERNEL);
}

uint64_t trap_kernel_fault(uint64_t address)
{
    const struct fixup *entry;

    /* A guest has program-event recording on and made a supervisor call: its event comes when this
     * kernel has just been entered. The VMM tells the guest of it. The address is not to be
     * trusted: QEMU adds the length of the SVC to it. */
    if (lowcore_u16(LC_PROGRAM_CODE) == PROGRAM_EVENT) {
        return (uint64_t)entry_svc;
    }
    for (entry = fixup_start; entry < fixup_end; entry++) {
        if (entry->behind == address) {
            return entry->resume;
        }
    }
    report_fault();
}
