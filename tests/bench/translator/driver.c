/* SPDX-License-Identifier: BSD-2-Clause */
/* Benchmark: the whole translator, with this program as kernel, guest and runtime. Each request is
 * measured from the message's arrival to the reply. Belongs to: test.
 *
 * Prints "phase NAME REQUESTS PAGES CALLS" for each phase that lies between bench_begin and
 * bench_end; CALLS are system calls inside, of which only the entry is executed here. */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/zpci/translator/process.h"
#include "drivers/zpci/translator/protocol.h"
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/svc.h"
#include "tests/bench/translator/guest.h"
#include "tests/bench/translator/workloads.h"
#include "tests/lib/short_call.h"

#define PAGES (BENCH_BYTES / BH_PAGE_SIZE)
#define HANDLE 0x80000001u
#define ENABLED 0x80u

enum { REQUESTS_CAP = 1, SPACE_CAP = 2 };

void bench_begin(void);
void bench_end(void);

static uint64_t message_page[512];
static uint64_t table[PAGES];
static uint64_t system_calls;

/* Where the measured part begins and ends; what counts instructions looks for these addresses. */
__attribute__((noinline)) void bench_begin(void)
{
    __asm__ volatile("" ::: "memory");
}

__attribute__((noinline)) void bench_end(void)
{
    __asm__ volatile("" ::: "memory");
}

/* ---- the runtime ---- */

struct bh_window bh_need_window(const char *name)
{
    (void)name;
    return (struct bh_window){.address = (void *)(uintptr_t)bench_memory(), .size = BENCH_MEMORY};
}

bool bh_window(const char *name, struct bh_window *window)
{
    (void)name;
    (void)window;
    return false;
}

unsigned bh_need_cap(const char *name)
{
    return strcmp(name, "requests") == 0 ? REQUESTS_CAP : SPACE_CAP;
}

int bh_cap(const char *name)
{
    (void)name;
    return -1;
}

bool bh_value(const char *name, uint64_t *value)
{
    (void)name;
    (void)value;
    return false;
}

const struct bh_info_entry *bh_info_next(enum bh_info_kind kind, unsigned *position)
{
    static const struct bh_info_entry dma = {"disk", BH_INFO_DMA, 0, BENCH_IOVA, BENCH_BYTES};

    return kind == BH_INFO_DMA && (*position)++ == 0 ? &dma : NULL;
}

void *bh_message_buffer(void)
{
    return message_page;
}

void bh_fatal(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    exit(2);
}

const char *bh_error_text(uint64_t error)
{
    (void)error;
    return "error";
}

/* ---- the kernel ---- */

static void update(uint64_t page, uint64_t n)
{
    for (uint64_t i = 0; i < n; i++)
        table[page - BENCH_IOVA / BH_PAGE_SIZE + i] = message_page[i];
}

uint64_t bh_svc_invoke(uint64_t cap, uint64_t method, const uint64_t arguments[BH_ARGUMENTS],
                       struct bh_results *results)
{
    (void)cap;
    system_calls++;
    if (method == BH_M_IOSPACE_UPDATE) {
        update(arguments[0], arguments[1]);
        results->gr3 = arguments[1];
    }
    return BH_E_OK;
}

uint64_t bh_svc_signal(uint64_t cap)
{
    (void)cap;
    return BH_E_OK;
}

/* ---- the guest ---- */

static unsigned phase;
static uint32_t request;
static uint64_t calls_before;

static uint32_t requests_of(const struct phase *p)
{
    return p->n == 0 ? 1 : workload_pages() / p->n;
}

static void put(struct bh_message *m, uint64_t badge, uint64_t w0, uint64_t w1, uint64_t w2,
                uint64_t w3)
{
    *m = (struct bh_message){badge, {w0, w1, w2, w3}};
}

/* The device sees exactly what the guest's tables say. */
static void check_table(void)
{
    uint64_t mapped = 0;

    for (uint64_t i = 0; i < PAGES; i++)
        mapped += table[i] != 0 && (table[i] & BH_WORD_INVALID) == 0;
    for (uint32_t i = 0; i < workload_pages(); i++) {
        uint64_t want = bench_load(bench_entry(workload_iova(i)));
        uint64_t have = table[(workload_iova(i) - BENCH_IOVA) / BH_PAGE_SIZE];

        if (have != want)
            bh_fatal("page %u: %lx instead of %lx\n", i, (unsigned long)have, (unsigned long)want);
        mapped -= (want & BH_WORD_INVALID) == 0;
    }
    if (mapped != 0)
        bh_fatal("%lu pages too many are mapped\n", (unsigned long)mapped);
}

static void end_phase(void)
{
    const struct phase *p = &workload[phase];

    check_table();
    if (p->name)
        printf("phase %s %u %u %lu\n", p->name, requests_of(p), workload_pages(),
               (unsigned long)(system_calls - calls_before));
    phase++;
    request = 0;
}

static void put_rpcit(struct bh_message *m, const struct phase *p)
{
    uint64_t start = p->n == 0 ? BENCH_IOVA : workload_iova(request * p->n);
    uint64_t length = p->n == 0 ? BENCH_BYTES : (uint64_t)p->n * BH_PAGE_SIZE;

    put(m, TRANSLATOR_BADGE_EVENT | 1u, HANDLE, start, length, ENABLED);
    request++;
}

/* The next message, 1 if it is measured. A new layout is registered before its pages are mapped. */
static int next(struct bh_message *m)
{
    const struct phase *p;

    if (request != 0 && request == requests_of(&workload[phase]))
        end_phase();
    if (phase == workload_phases) {
        printf("done\n");
        exit(0);
    }
    p = &workload[phase];
    if (request == 0)
        workload_prepare(p);
    calls_before = request == 0 ? system_calls : calls_before;
    put_rpcit(m, p);
    return p->name != NULL;
}

/* Enable, register; then the phases. */
static int script(struct bh_message *m)
{
    static unsigned step;
    uint64_t vmm = TRANSLATOR_BADGE_VMM | 1u;

    switch (step++) {
    case 0:
        put(m, vmm, TRANSLATOR_STATE, HANDLE, ENABLED, 0);
        return 0;
    case 1:
        bench_tables();
        put(m, vmm, TRANSLATOR_REGISTER, BENCH_IOTA, BENCH_IOVA, BENCH_IOVA + BENCH_BYTES - 1);
        return 0;
    default:
        return next(m);
    }
}

static int measuring;

uint64_t bh_svc_recv(uint64_t cap, uint64_t deadline, struct bh_message *message)
{
    (void)cap;
    (void)deadline;
    script(message);
    return BH_E_OK;
}

uint64_t bh_svc_reply_recv(uint64_t cap, uint64_t deadline, struct bh_message *message)
{
    (void)cap;
    (void)deadline;
    if (measuring)
        bench_end();
    if (message->word[0] != 0 || message->word[1] != 0)
        bh_fatal("reply %lx %lx\n", (unsigned long)message->word[0],
                 (unsigned long)message->word[1]);
    measuring = script(message);
    if (measuring)
        bench_begin();
    return BH_E_OK;
}

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0);
    translator_run();
}
