/* SPDX-License-Identifier: BSD-2-Clause */
/* Entry and exit of a deprivileged guest. Belongs to: kernel. */
#include "kernel/arch/s390x/back_end.h"
#include "kernel/arch/s390x/control.h"
#include "kernel/arch/s390x/exit.h"
#include "kernel/arch/s390x/lowcore.h"
#include "kernel/arch/s390x/pv/masks.h"
#include "kernel/arch/s390x/pv/move.h"
#include "kernel/arch/s390x/pv/translate.h"
#include "kernel/machine.h"
#include "kernel/object/guestspace.h"
#include "kernel/object/table.h"
#include "kernel/object/vcpu.h"
#include "kernel/trap/trap.h"
#include "libs/zformats/psw.h"

#define CODE_ADDRESSING 0x05u
#define CODE_DATA 0x07u
#define CODE_SPECIAL_OPERATION 0x13u
#define CODE_VECTOR 0x1bu
#define CODE_MONITOR 0x40u
#define CODE_UNIT 0x80u /* above it: a concurrent program event */
#define MONITOR_MASKS 0xffffu
#define EVENTS_OF_BRANCHES UINT64_C(0x80800000)  /* in CR9, and whether its range counts */
#define PAGE_PROGRAM 0x160u                      /* program[] in struct bh_vcpu */
#define DETAIL_DATA UINT64_C(0xffffffff00000000) /* of the doubleword at LC_DATA_EXCEPTION */
#define DETAIL_MONITOR UINT64_C(0x00000000ffff0000)
#define DETAIL_EVENT UINT64_C(0x000000000000ffff)
#define DETAIL_EVENT_ACCESS UINT64_C(0x00ff000000000000) /* of that at 0xa0 */

/* What a guest may have in its real PSW; the rest is forced. */
#define PSW_GUEST_CHOICE (PSW_PER | PSW_CC_MASK | PSW_PROGRAM_MASK | PSW_64 | PSW_AS_SECONDARY)
#define PSW_GUEST_FORCED (PSW_DAT | PSW_IO | PSW_EXTERNAL | PSW_MACHINE_CHECK | PSW_PROBLEM)
#define PSW_KEY_8 UINT64_C(0x0080000000000000)

_Static_assert(PSW_EA / 2u == PSW_BA, "bits 31 and 32");

static uint64_t entry_psw[2];

/* What the control registers have of a guest. */
static uint32_t loaded = NOBODY; /* whose: a vCPU, or nobody's, and then the rest has no meaning */
static uint64_t loaded_primary, loaded_secondary; /* control elements in CR1 and CR7 */
static uint32_t known_primary, known_secondary;   /* their numbers, if these last */
static uint64_t loaded_cr0, loaded_monitor;       /* its choice of control bits, its CR8 */

static struct bh_vcpu *page_of(uint32_t v)
{
    return (struct bh_vcpu *)vcpu_page[v];
}

static uint64_t asce_of(uint32_t v, uint32_t number)
{
    uint64_t asce;

    if (number >= BH_VCPU_SPACES) {
        return control_empty_space();
    }
    asce = guest_asce[v * BH_VCPU_SPACES + number % BH_VCPU_SPACES];
    return asce != 0 ? asce : control_empty_space();
}

/* The number, if it names the same tables until somebody is told. A space that has no tables yet
 * may get some unnoticed. */
static uint32_t if_lasting(uint32_t number, uint64_t asce)
{
    return number >= BH_VCPU_SPACES || asce != control_empty_space() ? number : NOBODY;
}

/* Events of branches alone. At an event that comes with an EXECUTE, of fetching or of what its
 * target stores, QEMU goes on with that target, of the guest's choice, as the first instruction of
 * the interruption's handler: in this kernel. */
static void set_per(const struct bh_vcpu *page)
{
    if ((page->psw_mask & PSW_PER) != 0) {
        control_set_per(page->per[0] & EVENTS_OF_BRANCHES, page->per[1], page->per[2]);
    } else {
        control_set_per(0, 0, 0);
    }
}

static uint64_t choice_of(const struct bh_vcpu *page)
{
    return page->cr0 & BH_VCPU_CR0_MASK;
}

static uint64_t monitor_of(const struct bh_vcpu *page)
{
    return page->monitor & MONITOR_MASKS;
}

static __attribute__((noinline)) void load(uint32_t v, const struct bh_vcpu *page)
{
    loaded = v;
    loaded_primary = asce_of(v, page->primary);
    loaded_secondary = asce_of(v, page->secondary);
    known_primary = if_lasting(page->primary, loaded_primary);
    known_secondary = if_lasting(page->secondary, loaded_secondary);
    loaded_cr0 = choice_of(page);
    loaded_monitor = monitor_of(page);
    control_set_guest(loaded_primary, loaded_secondary);
    control_set_choice(loaded_cr0);
    control_set_monitor(loaded_monitor);
    set_per(page);
    control_load();
}

static inline uint32_t is_loaded(uint32_t v, const struct bh_vcpu *page)
{
    return loaded == v && page->primary == known_primary && page->secondary == known_secondary &&
           choice_of(page) == loaded_cr0 && monitor_of(page) == loaded_monitor &&
           (page->psw_mask & PSW_PER) == 0;
}

/* Extended without basic addressing mode is no PSW that the machine would load, and QEMU ends when
 * it runs with one. */
static uint64_t chosen_mask(const struct bh_vcpu *page)
{
    uint64_t choice = page->psw_mask & PSW_GUEST_CHOICE;

    return choice | (choice & PSW_EA) / 2u;
}

static const uint64_t *pv_enter(uint32_t v)
{
    const struct bh_vcpu *page = page_of(v);

    if (is_loaded(v, page) == 0) {
        load(v, page);
    }
    entry_psw[0] = chosen_mask(page) | PSW_GUEST_FORCED | (page->key != 0 ? PSW_KEY_8 : 0);
    entry_psw[1] = page->psw_address;
    return entry_psw;
}

static void unload(void)
{
    loaded = NOBODY;
    control_set_guest(control_empty_space(), control_empty_space());
    control_set_choice(CONTROL_KERNEL_CHOICE);
    control_set_monitor(0);
    control_set_per(0, 0, 0);
    control_load();
}

static uint32_t pv_leave_for(uint64_t space)
{
    if (loaded != NOBODY && vcpu_vmm[loaded] != space) {
        unload();
    }
    return loaded != NOBODY ? 1u : 0u;
}

static void pv_forget(uint64_t asce)
{
    if (loaded != NOBODY && (asce == loaded_primary || asce == loaded_secondary)) {
        unload();
    }
}

static uint64_t if_stored(uint32_t stored, uint64_t value)
{
    return stored != 0 ? value : 0;
}

/* What the machine stored beside the code, for exceptions that the guest is to see. What it did not
 * store now is from an older interruption, and perhaps another partition's. */
static void store_details(uint32_t v, uint64_t code)
{
    uint64_t at = vcpu_page[v] + PAGE_PROGRAM;
    uint64_t first = lowcore_u64(LC_DATA_EXCEPTION);
    uint64_t access = lowcore_u64(LC_ACCESS_IDENTIFICATIONS);
    uint32_t event = code >= CODE_UNIT ? 1u : 0u;
    uint32_t monitor = code % CODE_UNIT == CODE_MONITOR ? 1u : 0u;
    uint32_t data = code % CODE_UNIT == CODE_DATA || code % CODE_UNIT == CODE_VECTOR ? 1u : 0u;
    uint32_t translation =
        exit_reason((uint32_t)code % CODE_UNIT) == BH_REASON_TRANSLATION ? 1u : 0u;

    hw_store(at, if_stored(data, first & DETAIL_DATA) | if_stored(monitor, first & DETAIL_MONITOR) |
                     if_stored(event, first & DETAIL_EVENT));
    hw_store(at + 8u, if_stored(event, lowcore_u64(LC_PER_ADDRESS)));
    hw_store(at + 16u, if_stored(translation, access & ~DETAIL_EVENT_ACCESS) |
                           if_stored(event, access & DETAIL_EVENT_ACCESS));
    hw_store(at + 24u, if_stored(monitor, lowcore_u64(LC_MONITOR_CODE)));
}

/* Behind the instruction, with this condition code: the rest of the PSW is what the machine itself
 * stored, and nobody but the kernel has seen since. */
static uint32_t go_on(uint32_t cc)
{
    uint64_t mask = lowcore_u64(LC_OLD_PROGRAM);

    if (psw_cc_get(mask) == cc) {
        return TRAP_STAYS;
    }
    entry_psw[0] = psw_cc_set(mask, (uint8_t)cc);
    entry_psw[1] = lowcore_u64(LC_OLD_PROGRAM + 8);
    lowcore_set_return(entry_psw);
    return TRAP_GOES_ON;
}

/* Most exits: an instruction that the VMM emulates, or the translator serves. */
static inline uint32_t privileged(uint32_t t, struct bh_vcpu *page, uint32_t length)
{
    uint64_t at = page->psw_address - length;
    uint64_t text = translate_text(loaded_primary, at);
    struct exit exit = {.text = text, .length = length, .code = lowcore_u16(LC_PROGRAM_CODE)};

    if (masks_are_meant(text) != 0 && translate_is_whole(at) != 0 &&
        masks_execute(page, text, loaded_primary) != 0) {
        return TRAP_STAYS;
    }
    exit_instruction(t, &exit, page->problem != 0);
    return TRAP_EVENT;
}

/* Any other exception. text: of the instruction, if somebody may want it. */
static __attribute__((noinline)) void other(uint32_t t, uint32_t code, uint32_t length,
                                            uint64_t text)
{
    struct exit exit = {.text = text,
                        .length = length,
                        .code = lowcore_u16(LC_PROGRAM_CODE),
                        .translation = lowcore_identification(code)};

    store_details((uint32_t)thread_vcpu(t), lowcore_u16(LC_PROGRAM_CODE) % 0x100u);
    exit_send(t, exit_reason(code), &exit);
}

/* What the machine says of an MVCOS in real problem state, whatever its operands. */
static uint32_t maybe_move(uint32_t t, struct bh_vcpu *page, uint32_t code, uint32_t length)
{
    uint64_t at = page->psw_address - length;
    uint64_t text = translate_text(loaded_primary, at);
    uint32_t cc = MOVE_REFUSED;

    if (move_is_meant(text) != 0 && translate_is_whole(at) != 0) {
        cc = move_execute(page, text, loaded_primary, loaded_secondary);
    }
    if (cc == MOVE_REFUSED) {
        other(t, code, length, text);
        return TRAP_EVENT;
    }
    page->executed++;
    return go_on(cc);
}

static uint32_t pv_program(uint32_t t)
{
    struct bh_vcpu *page = page_of((uint32_t)thread_vcpu(t));
    uint32_t code = lowcore_u16(LC_PROGRAM_CODE) % CODE_UNIT;
    uint32_t length = lowcore_u16(LC_PROGRAM_ILC) % 8u;

    if (code == EXIT_CODE_PRIVILEGED) {
        return privileged(t, page, length);
    }
    if (code == CODE_ADDRESSING || code == CODE_SPECIAL_OPERATION) {
        return maybe_move(t, page, code, length);
    }
    other(t, code, length, 0);
    return TRAP_EVENT;
}

static void pv_supervisor(uint32_t t)
{
    struct exit exit = {.length = lowcore_u16(LC_SVC_ILC) % 8u,
                        .code = lowcore_u16(LC_SVC_CODE) % 0x100u};

    exit_send(t, BH_REASON_SUPERVISOR, &exit);
}

static uint32_t pv_interrupt(uint32_t v)
{
    (void)v;
    return 1;
}

const struct back_end pv_back_end = {
    .number = BH_BACK_END_PV,
    .page_table_words = BH_BATCH,
    .enter = pv_enter,
    .areas = vcpu_page, /* traps put the registers right into it */
    .leave_for = pv_leave_for,
    .program = pv_program,
    .supervisor = pv_supervisor,
    .interrupt = pv_interrupt,
    .forget = pv_forget,
    .purge = translate_purge,
};
