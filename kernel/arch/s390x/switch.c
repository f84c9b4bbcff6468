/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Thread switch. Belongs to: kernel.
 *
 * Access registers and the home space change with every switch. Floating-point registers change
 * when they must: a thread that keeps them gets its own back, and no other partition ever sees
 * what a partition left in them. Between threads of one partition that do not keep them, or while
 * such a thread runs for one that does, they stay where they are.
 */
#include "kernel/arch/s390x/switch.h"
#include "kernel/arch/s390x/control.h"
#include "kernel/arch/s390x/lowcore.h"
#include "kernel/arch/s390x/pv/pv.h"
#include "kernel/object/space.h"
#include "kernel/object/thread.h"
#include "kernel/object/vcpu.h"
#include "kernel/sched/ready.h"
#include "libs/zformats/psw.h"

void fp_save(uint64_t *area);       /* fp.S: FPC and FPR0-15 */
void fp_load(const uint64_t *area);

static uint64_t idle_save[SAVE_WORDS];
static const uint64_t fp_zero[SAVE_WORDS];
static uint64_t home;                  /* what CR13 names */
static uint32_t fp_owner = NOBODY;     /* whose registers are loaded, if they must be kept */
static uint32_t fp_partition = NOBODY; /* whose traces they hold */

static void load_idle(void)
{
    lowcore_set(LC_SAVE, (uint64_t)idle_save);
    lowcore_set(LC_PSW, (uint64_t)(idle_save + SAVE_PSW_MASK));
}

/* The idle PSW is loaded from its own place: a trap overwrites the one in the save area. */
void switch_start(void)
{
    idle_save[SAVE_PSW_MASK] = PSW_IO | PSW_EXTERNAL | PSW_MACHINE_CHECK | PSW_WAIT | PSW_64;
    load_idle();
}

/* Where thread t's registers go at its next trap: a vCPU's are in the page shared with its VMM. */
static uint64_t *area_of(uint32_t t)
{
    uint32_t v = thread_vcpu[t];

    return v == NOBODY ? &thread_save[t * SAVE_WORDS] : (uint64_t *)vcpu_page[v];
}

static void switch_fp(uint32_t to)
{
    uint32_t keeps = thread_flags[to] & BH_THREAD_FP;

    if (to == fp_owner || (keeps == 0 && thread_partition[to] == fp_partition)) {
        return;
    }
    if (fp_owner != NOBODY) {
        fp_save(area_of(fp_owner) + SAVE_FPC);
    }
    fp_load(keeps != 0 ? area_of(to) + SAVE_FPC : fp_zero);
    fp_owner = keeps != 0 ? to : NOBODY;
    fp_partition = thread_partition[to];
}

static void load_process(uint32_t t, const uint64_t *save)
{
    uint64_t root = space_root[thread_space[t]];

    pv_leave_for(thread_space[t]);
    if (root != home) {
        control_set_home(root);
        home = root;
    }
    lowcore_set(LC_PSW, (uint64_t)(save + SAVE_PSW_MASK));
}

static void switch_to(uint32_t to)
{
    uint64_t *save = area_of(to);

    switch_fp(to);
    if (thread_vcpu[to] == NOBODY) {
        load_process(to, save);
    } else {
        lowcore_set(LC_PSW, pv_enter(thread_vcpu[to]));
    }
    asm volatile("lam 0,15,%0" : : "Q"(*(uint64_t(*)[8])(save + SAVE_AR)));
    lowcore_set(LC_SAVE, (uint64_t)save);
}

void switch_choose(void)
{
    uint32_t from = current;
    uint32_t to = ready_choose();

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
        return;
    }
    switch_to(to);
}
