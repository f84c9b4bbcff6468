/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: threads and futexes. Belongs to: test. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "tests/guests/stress/stress.h"

#define THREADS 8
#define ADDITIONS 3000
#define TURNS 200

/* Documentation: futex(2). Operation of FUTEX_WAKE_OP: add 5, then wake the second if it was 1. */
#define FUTEX_WAIT 0
#define FUTEX_WAKE_OP 5
#define ADD_5_WAKE_IF_1 (1u << 28 | 5u << 12 | 1u)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t barrier;
static uint64_t guarded, atomic;
static int turn;
static __thread uint64_t own; /* found through access registers 0 and 1 */

static void *add(void *argument)
{
    pthread_barrier_wait(&barrier);
    for (int i = 0; i < ADDITIONS; i++) {
        pthread_mutex_lock(&lock);
        guarded++;
        pthread_mutex_unlock(&lock);
        __atomic_fetch_add(&atomic, 1, __ATOMIC_SEQ_CST);
        own += (uintptr_t)argument;
        if (i % 500 == 0)
            sched_yield();
    }
    return (void *)own;
}

static void additions(void)
{
    pthread_t thread[THREADS];
    uint64_t total = 0;

    pthread_barrier_init(&barrier, NULL, THREADS);
    for (uintptr_t i = 0; i < THREADS; i++)
        pthread_create(&thread[i], NULL, add, (void *)i);
    for (int i = 0; i < THREADS; i++) {
        void *result;

        pthread_join(thread[i], &result);
        total += (uintptr_t)result;
    }
    say("threads: %lu under a lock, %lu atomically, %lu in their own variables", guarded, atomic,
        total);
}

static void *take_turns(void *argument)
{
    int mine = (int)(uintptr_t)argument;

    for (int i = 0; i < TURNS; i++) {
        pthread_mutex_lock(&lock);
        while (turn % 3 != mine)
            pthread_cond_wait(&changed, &lock);
        turn++;
        pthread_cond_broadcast(&changed);
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

static void turns(void)
{
    pthread_t thread[3];

    for (uintptr_t i = 0; i < 3; i++)
        pthread_create(&thread[i], NULL, take_turns, (void *)i);
    for (int i = 0; i < 3; i++)
        pthread_join(thread[i], NULL);
    say("threads: %d turns", turn);
}

static void futex(void)
{
    static uint32_t word = 1;
    struct timespec soon = {.tv_nsec = 20000000};
    long other = syscall(SYS_futex, &word, FUTEX_WAIT, 0, &soon, NULL, 0);
    long late = syscall(SYS_futex, &word, FUTEX_WAIT, 1, &soon, NULL, 0);

    say("threads: futex with another value %ld, without anybody %ld", other, late);
    syscall(SYS_futex, &word, FUTEX_WAKE_OP, 1, 1, &word, ADD_5_WAKE_IF_1);
    say("threads: futex operation in memory leaves %u", word);
    other = syscall(SYS_futex, &word, FUTEX_WAKE_OP, 1, 1, (void *)0x10, ADD_5_WAKE_IF_1);
    say("threads: futex operation in page 0 %ld, error %d", other, errno);
}

void try_threads(void)
{
    additions();
    turns();
    futex();
}
