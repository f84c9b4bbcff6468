/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test: a machine with a booted kernel, and calls as processes make them. After every call the
 * kernel's own predicates and those of sound.h must hold. Belongs to: test.
 */
#ifndef TESTS_KERNEL_MACHINE_H
#define TESTS_KERNEL_MACHINE_H

#include "kernel/arch/host/host.h"
#include "libs/abi/abi.h"
#include "tests/lib/test.h"
#include "tests/unit/kernel/peek.h"

#define INIT 0u         /* init's thread */
#define BOOT_PAGES 256u /* of the storage: image and bundle; regions may begin behind them */
#define ALL_PAGES 4096u /* of the storage */
#define IMAGE_PAGE 16u  /* where init's image is: 2 pages text, 1 constants, 5 the rest */
#define BUNDLE_PAGE 64u
#define BUNDLE_BYTES 9000u /* 3 pages */
#define INIT_MESSAGE (BH_INIT_BASE + 4u * BH_PAGE_SIZE)
#define EVERYTHING UINT32_MAX /* all rights of a capability */
#define MICROSECONDS(n) ((uint64_t)(n)*BH_TOD_PER_US)

/* A fresh machine: init is ready and runs. */
void boot(void);

/* A further check after every call: a null pointer, or what is wrong. Null if there is none. */
extern const char *(*machine_check)(void);

/* ---- calls ---- */

/* Thread t, which must be ready, makes a system call: GR2, GR3 and up to six arguments. */
void call_as(uint32_t t, uint32_t number, uint64_t gr2, uint64_t gr3, const uint64_t *argument);

/* The same as an invocation; the result in GR2. A result that methods.def does not give to the
 * method fails the test; the pair is noted as tested. */
uint32_t invoke_as(uint32_t t, uint64_t cap, uint64_t method, const uint64_t *argument);

#define ARGUMENTS(...) ((const uint64_t[6]){__VA_ARGS__})
#define make_call(t, name, cap, ...) call_as(t, BH_CALL_##name, cap, 0, ARGUMENTS(__VA_ARGS__))

/* REPLY_RECV until a deadline, with up to four words. */
#define make_reply_recv(t, cap, deadline, ...)                                                     \
    call_as(t, BH_CALL_REPLY_RECV, cap, deadline, ARGUMENTS(__VA_ARGS__))

/* A system call that returns at once, with this error. */
#define assert_call(error, t, name, cap, ...)                                                      \
    do {                                                                                           \
        uint32_t caller = (t);                                                                     \
        make_call(caller, name, cap, __VA_ARGS__);                                                 \
        assert_errors(error_of(caller), BH_E_##error);                                             \
    } while (0)

/* An invocation with this error: assert_invoke(OK, INIT, slot, REGION_INSPECT, arguments...). */
#define assert_invoke(error, t, cap, method, ...)                                                  \
    assert_errors(invoke_as(t, cap, BH_M_##method, ARGUMENTS(__VA_ARGS__)), BH_E_##error)

#define assert_errors(left, right)                                                                 \
    assert_string_equal(error_name((uint32_t)(left)), error_name((uint32_t)(right)))

const char *error_name(uint32_t error);

/* ---- registers ---- */

static inline uint32_t error_of(uint32_t t)
{
    return (uint32_t)gr(t, 2);
}

/* Result k: 0 is GR3. */
static inline uint64_t result(uint32_t t, uint32_t k)
{
    return gr(t, 3 + k);
}

/* The message words of a thread are these four. */
#define assert_words(t, w0, w1, w2, w3)                                                            \
    do {                                                                                           \
        assert_int_equal(gr(t, 4), w0);                                                            \
        assert_int_equal(gr(t, 5), w1);                                                            \
        assert_int_equal(gr(t, 6), w2);                                                            \
        assert_int_equal(gr(t, 7), w3);                                                            \
    } while (0)

#define assert_state(t, name) assert_int_equal(thread_state(t), THREAD_##name)

/* ---- time ---- */

/* The clock goes on; interruptions of the comparator come when they are due. */
void pass(uint64_t tod_units);

/* The scheduler chooses: current is who runs now. */
void choose(void);

/* What the way out of the kernel does: check, then choose if need be. Tests that act in the name of
 * an interruption call it afterwards. */
void leave(void);

/* Thread t, which must be ready, runs, whatever the scheduler would say. */
void run(uint32_t t);

/* ---- objects, made by init; slots of init's table ---- */

/* The next empty slot of init's table. */
uint32_t free_slot(void);

/* Empty a slot, so that it can be used again. */
void drop_slot(uint32_t slot);

/* The object behind a slot of init's table. */
uint32_t object_of(uint32_t slot);

/* A new object, in a new slot. */
uint32_t new_partition(void);
uint32_t new_region(uint32_t partition, uint64_t page, uint64_t pages); /* page of the storage */
uint32_t new_endpoint(uint32_t partition);
uint32_t new_notification(uint32_t partition);
uint32_t new_space(uint32_t partition, uint64_t pages);
uint32_t new_iospace(uint32_t partition, uint64_t page, uint64_t pages);

/* A partition with one process: 16 pages of memory at pages 0x10 on, the first the message buffer.
 */
struct process {
    uint32_t partition, region, captable, space, thread; /* slots of init's table */
    uint32_t p, t;                                       /* numbers */
    uint64_t page;                                       /* first page of its storage */
};

#define PROCESS_PAGES 16u
#define PROCESS_PAGE 0x10u
#define PROCESS_BASE (PROCESS_PAGE * BH_PAGE_SIZE)
#define VCPU_PAGE 1u /* page of a process that is the state page of a vCPU */

/* In a partition of its own, started. */
void new_process(struct process *process, uint32_t priority);

/* Another thread of its partition, table and space, started: its number. */
uint32_t new_thread(const struct process *process, uint32_t priority);

/* A vCPU of the process, priority as given, with tables for its guest spaces: its slot. */
uint32_t new_vcpu(const struct process *process, uint32_t priority, uint32_t blocks);

/* Copy a capability of init into a table: the slot there is the same number. */
void grant(const struct process *process, uint32_t slot, uint32_t rights, uint64_t badge);

/* End creation. */
void seal(void);

/* Doubleword k of a thread's message buffer. */
void put_word(uint32_t t, uint32_t k, uint64_t word);
uint64_t get_word(uint32_t t, uint32_t k);

/* Instead of a thread: the record is about a partition, but none of its threads. */
#define OF_PARTITION(p) (0x10000u + (p))

/* The newest record of the audit trail has this code, thread and values. */
#define assert_audit(name, t, first, second) assert_audit_back(0, BH_AUDIT_##name, t, first, second)

/* The record so many before the newest. */
void assert_audit_back(uint32_t back, uint32_t code, uint32_t t, uint64_t first, uint64_t second);

#endif
