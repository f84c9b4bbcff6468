/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Thread switch. Belongs to: kernel.
 *
 * Access registers change with every switch, the home space when it must. Floating-point registers
 * change when they must: a thread that keeps them gets its own back, and no other partition ever
 * sees what a partition left in them. A guest's vector registers go with them. Between threads of
 * one partition that do not keep them, or while such a thread runs for one that does, they stay
 * where they are.
 */
#include "kernel/arch/s390x/switch.h"
#include "kernel/arch/s390x/back_end.h"
#include "kernel/arch/s390x/control.h"
#include "kernel/arch/s390x/lowcore.h"
#include "kernel/arch/s390x/vector.h"
#include "kernel/debug/debug.h"
#include "kernel/object/thread.h"
#include "kernel/object/vcpu.h"
#include "kernel/sched/ready.h"
#include "libs/zformats/psw.h"

extern uint64_t *entry_save; /* entry.S */

#define KEY_NONE (UINT64_MAX - 1u)

void fp_save(uint64_t *area); /* fp.S: FPC and FPR0-15 */
void fp_load(const uint64_t *area);

static uint64_t idle_save[THREAD_WORDS];
static const uint64_t fp_zero[THREAD_WORDS];
static uint32_t fp_owner = NOBODY;     /* whose registers are loaded, if they must be kept */
static uint64_t fp_partition = NOBODY; /* whose traces they hold */

/* What the next switch compares with: together, so that one address leads to all. */
static struct {
    uint64_t home; /* what CR13 names */

    /* The key of threads for which floating point and guest spaces may stay as they are: processes
     * of the partition in fp_partition that do not keep registers, while no guest is loaded. */
    uint64_t plain_key;

    /* The same while a guest is loaded: those of this space, its VMM's. */
    uint64_t vmm_key, vmm_space;

    /* The thread of that guest, if its floating-point registers are loaded as well. */
    uint64_t guest;
} near = {.plain_key = KEY_NONE, .vmm_key = KEY_NONE, .guest = NOBODY};

void switch_start(void)
{
    idle_save[SAVE_PSW_MASK] = PSW_IO | PSW_EXTERNAL | PSW_MACHINE_CHECK | PSW_WAIT | PSW_64;
    entry_save = idle_save;
}

/* Where thread t's floating-point registers are kept: a vCPU's in the page shared with its VMM. */
static uint64_t *area_of(uint32_t t)
{
    uint64_t v = thread_vcpu(t);

    return v == NOBODY ? thread_save[t] : (uint64_t *)vcpu_page[v];
}

static void save_fp(uint32_t t)
{
    fp_save(area_of(t) + SAVE_FPC);
    if (thread_vcpu(t) != NOBODY) {
        vector_keep((uint32_t)thread_vcpu(t));
    }
}

static void load_fp(uint32_t t, const uint64_t *area)
{
    fp_load(area);
    if (thread_vcpu(t) != NOBODY) {
        vector_give((uint32_t)thread_vcpu(t), area + SAVE_FPR - SAVE_FPC);
    }
}

static void switch_fp(uint32_t to)
{
    uint64_t keeps = thread_flags(to) & BH_THREAD_FP;

    if (to == fp_owner || (keeps == 0 && thread_partition(to) == fp_partition)) {
        return;
    }
    if (fp_owner != NOBODY) {
        save_fp(fp_owner);
    }
    load_fp(to, keeps != 0 ? area_of(to) + SAVE_FPC : fp_zero);
    fp_owner = keeps != 0 ? to : NOBODY;
    fp_partition = thread_partition(to);
}

static inline void save_access_registers(void)
{
    asm volatile("stam 0,15,%0" : "=Q"(*(uint64_t(*)[8])(entry_save + SAVE_AR)));
}

/* Run what this save area holds, from this PSW on. The next trap fills the area again. */
static _Noreturn inline __attribute__((always_inline)) void go(const uint64_t *save,
                                                               const uint64_t *psw)
{
    entry_save = (uint64_t *)save;
    lowcore_set_return(psw);
    asm volatile("lam 0,15,%[access]\n\t"
                 "lmg 0,15,%[registers]\n\t"
                 "lpswe %[back](0)"
                 :
                 : [access] "Q"(*(const uint64_t(*)[8])(save + SAVE_AR)),
                   [registers] "Q"(*(const uint64_t(*)[16])save), [back] "i"(LC_RETURN)
                 : "memory");
    __builtin_unreachable();
}

static _Noreturn inline __attribute__((always_inline)) void go_process(const uint64_t *row)
{
    if (row[THREAD_ROOT] != near.home) {
        near.home = row[THREAD_ROOT];
        control_set_home(row + THREAD_ROOT);
    }
#ifdef BH_DEBUG
    debug_leave_for(row[THREAD_SPACE]);
#endif
    go(row, row + SAVE_PSW_MASK);
}

/* This and go_far() do not return. To let the compiler know would cost their caller a stack frame
 * on the way of every call, hence noipa. */
static __attribute__((noipa)) void go_guest(uint32_t v)
{
    const uint64_t *psw = guest_enter(v);

    go(guest_area(v), psw);
}

/* Floating point or guest spaces may have to change. */
static __attribute__((noipa)) void go_far(uint32_t to)
{
    uint64_t v = thread_vcpu(to);

    switch_fp(to);
    near.plain_key = KEY_NONE;
    near.vmm_key = KEY_NONE;
    near.guest = NOBODY;
    if (v != NOBODY) {
        near.guest = to;
        near.vmm_key = fp_partition * 4u;
        near.vmm_space = vcpu_vmm[v];
        go_guest((uint32_t)v);
        return;
    }
    if (guest_leave_for(thread_space(to)) == 0) {
        near.plain_key = fp_partition * 4u;
    } else {
        near.vmm_key = fp_partition * 4u;
    }
    go_process(thread_save[to]);
}

void switch_to_current(void)
{
    const uint64_t *row = thread_save[current];

    asm("" : "+a"(row)); /* one address, and displacements from it */
    save_access_registers();
    if (row[THREAD_KEY] == near.plain_key ||
        (row[THREAD_KEY] == near.vmm_key && row[THREAD_SPACE] == near.vmm_space)) {
        go_process(row);
    }
    if (current == near.guest) {
        go_guest((uint32_t)row[THREAD_VCPU]);
        return;
    }
    go_far(current);
}

void switch_leave(void)
{
    if (ready_choice_owed() != 0) {
        current = ready_next();
    }
    if (current == NOBODY) {
        save_access_registers();
        go(idle_save, idle_save + SAVE_PSW_MASK);
    }
    switch_to_current();
}
