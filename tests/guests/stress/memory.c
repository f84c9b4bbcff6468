/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: mappings and their protection. Belongs to: test. */
#define _GNU_SOURCE
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/guests/stress/stress.h"

#define MANY_PAGES 8192u /* 32 MiB */
#define TOGGLES 300u
#define RETURN_LENGTH 6u

static uint8_t *page;

static void load(void)
{
    (void)*(volatile uint8_t *)(page + 8);
}

static void store(void)
{
    *(volatile uint8_t *)(page + 8) = 1;
}

static void call(void)
{
    ((void (*)(void))(uintptr_t)page)();
}

/* The signals of load, store and call, as digits are free of addresses. */
static void accesses(const char *what, int protection)
{
    uint32_t seen[3];
    int same;

    mprotect(page, PAGE, protection);
    seen[0] = attempt(load);
    seen[1] = attempt(store);
    same = attempt_address == NULL || ((uintptr_t)attempt_address & ~4095ul) == (uintptr_t)page;
    seen[2] = attempt(call);
    say("memory: %s: load %04x, store %04x, call %04x, address %s", what, seen[0], seen[1], seen[2],
        same ? "right" : "wrong");
}

static void protection(void)
{
    page = fresh(PAGE);
    page[0] = 0x07; /* br %r14 */
    page[1] = 0xfe;
    accesses("read and write", PROT_READ | PROT_WRITE);
    accesses("read", PROT_READ);
    accesses("nothing", PROT_NONE);
    accesses("read and execute", PROT_READ | PROT_EXEC);
    accesses("all", PROT_READ | PROT_WRITE | PROT_EXEC);
    munmap(page, PAGE);
    say("memory: unmapped: load %04x", attempt(load));
}

static void toggles(void)
{
    uint32_t faults = 0;

    page = fresh(PAGE);
    for (uint32_t i = 0; i < TOGGLES; i++) {
        mprotect(page, PAGE, i % 2u ? PROT_READ : PROT_READ | PROT_WRITE);
        faults += attempt(store) != 0;
    }
    say("memory: %u of %u stores refused", faults, TOGGLES);
    munmap(page, PAGE);
}

/* lghi %r2,NUMBER; br %r14: written again and again at one place. */
static void changed_code(void)
{
    uint32_t total = 0;

    page = fresh(PAGE);
    mprotect(page, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC);
    for (uint32_t i = 0; i < 100; i++) {
        const uint8_t code[RETURN_LENGTH] = {0xa7, 0x29, 0, (uint8_t)i, 0x07, 0xfe};

        memcpy(page, code, sizeof(code));
        total += (uint32_t)((uint64_t(*)(void))(uintptr_t)page)();
    }
    say("memory: numbers from code that changes add up to %u", total);
    munmap(page, PAGE);
}

static void many(void)
{
    uint8_t *memory = fresh(MANY_PAGES * PAGE);
    uint64_t total = 0;

    for (uint32_t i = 0; i < MANY_PAGES; i++)
        memory[i * PAGE + i % PAGE] = (uint8_t)(i * 13u);
    for (uint32_t i = 0; i < MANY_PAGES; i++)
        total = total * 31u + memory[i * PAGE + i % PAGE];
    say("memory: %u pages hold %016lx", MANY_PAGES, total);
    madvise(memory, MANY_PAGES * PAGE, MADV_DONTNEED);
    say("memory: after MADV_DONTNEED %u", memory[5u * PAGE + 5u]);
    munmap(memory, MANY_PAGES * PAGE);
}

static void moved(void)
{
    uint8_t *memory = fresh(16 * PAGE), *other;

    for (uint32_t i = 0; i < 16; i++)
        memory[i * PAGE] = (uint8_t)(i + 1u);
    other = fresh(64 * PAGE);
    other = mremap(memory, 16 * PAGE, 64 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, other);
    page = memory;
    say("memory: moved, %u at the end, old place %04x", other[15 * PAGE], attempt(load));
    munmap(other, 64 * PAGE);
}

static void shared(void)
{
    volatile uint32_t *memory =
        mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int child = fork();

    if (child == 0) {
        *memory = 4711;
        _exit(0);
    }
    status_of(child);
    say("memory: shared with a child %u", *memory);
}

void try_memory(void)
{
    protection();
    toggles();
    changed_code();
    many();
    moved();
    shared();
}
