/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Thread switch. Belongs to: kernel.
 *
 * Access registers change with every switch, the home space when it must. Floating-point registers
 * change when they must: a thread that keeps them gets its own back, and no other partition ever
 * sees what a partition left in them. Between threads of one partition that do not keep them, or
 * while such a thread runs for one that does, they stay where they are.
 */
#include "kernel/arch/s390x/switch.h"
#include "kernel/arch/s390x/control.h"
#include "kernel/arch/s390x/lowcore.h"
#include "kernel/arch/s390x/pv/pv.h"
#include "kernel/object/thread.h"
#include "kernel/object/vcpu.h"
#include "kernel/sched/ready.h"
#include "libs/zformats/psw.h"

#define KEY_NONE (UINT64_MAX - 1u)

void fp_save(uint64_t *area); /* fp.S: FPC and FPR0-15 */
void fp_load(const uint64_t *area);

static uint64_t idle_save[THREAD_WORDS];
static const uint64_t fp_zero[THREAD_WORDS];
static uint64_t home;                  /* what CR13 names */
static uint32_t fp_owner = NOBODY;     /* whose registers are loaded, if they must be kept */
static uint64_t fp_partition = NOBODY; /* whose traces they hold */

/* The key of threads for which floating point and guest spaces may stay as they are: processes of
 * the partition in fp_partition that do not keep registers, while no guest is loaded. */
static uint64_t plain_key = KEY_NONE;

static void load_idle(void)
{
    lowcore_set(LC_SAVE, (uint64_t)idle_save);
    lowcore_set(LC_PSW, (uint64_t)(idle_save + SAVE_PSW_MASK));
}

void switch_start(void)
{
    idle_save[SAVE_PSW_MASK] = PSW_IO | PSW_EXTERNAL | PSW_MACHINE_CHECK | PSW_WAIT | PSW_64;
    load_idle();
}

/* Where thread t's registers go at its next trap: a vCPU's are in the page shared with its VMM. */
static uint64_t *area_of(uint32_t t)
{
    uint64_t v = thread_vcpu(t);

    return v == NOBODY ? thread_save[t] : (uint64_t *)vcpu_page[v];
}

static void switch_fp(uint32_t to)
{
    uint64_t keeps = thread_flags(to) & BH_THREAD_FP;

    if (to == fp_owner || (keeps == 0 && thread_partition(to) == fp_partition)) {
        return;
    }
    if (fp_owner != NOBODY) {
        fp_save(area_of(fp_owner) + SAVE_FPC);
    }
    fp_load(keeps != 0 ? area_of(to) + SAVE_FPC : fp_zero);
    fp_owner = keeps != 0 ? to : NOBODY;
    fp_partition = thread_partition(to);
}

static inline void load_area(uint64_t *save, uint64_t psw)
{
    asm volatile("lam 0,15,%0" : : "Q"(*(uint64_t(*)[8])(save + SAVE_AR)));
    lowcore_set(LC_SAVE, (uint64_t)save);
    lowcore_set(LC_PSW, psw);
}

static inline void load_process(uint32_t to)
{
    uint64_t *save = thread_save[to];

    if (thread_root(to) != home) {
        home = thread_root(to);
        control_set_home(home);
    }
    load_area(save, (uint64_t)(save + SAVE_PSW_MASK));
}

/* Floating point or guest spaces may have to change. */
static __attribute__((noinline)) void switch_far(uint32_t to)
{
    uint64_t v = thread_vcpu(to);

    switch_fp(to);
    if (v != NOBODY) {
        plain_key = KEY_NONE;
        load_area((uint64_t *)vcpu_page[v], pv_enter((uint32_t)v));
        return;
    }
    plain_key = pv_leave_for(thread_space(to)) == 0 ? fp_partition * 4u : KEY_NONE;
    load_process(to);
}

void switch_choose(void)
{
    uint32_t from = current;
    uint32_t to = ready_next();

    reschedule = 0;
    if (to == from) {
        return;
    }
    if (from != NOBODY) {
        uint64_t *save = (uint64_t *)lowcore_u64(LC_SAVE);

        asm volatile("stam 0,15,%0" : "=Q"(*(uint64_t(*)[8])(save + SAVE_AR)));
    }
    current = to;
    if (to == NOBODY) {
        load_idle();
    } else if (thread_key(to) == plain_key) {
        load_process(to);
    } else {
        switch_far(to);
    }
}
