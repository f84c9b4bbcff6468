/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The host's fake of the machine, as tests see it: kernel/machine.h over arrays, stricter than any
 * machine. Belongs to: kernel, host implementation (tests, fuzzers, model comparison).
 *
 *   - Absolute addresses are the program's own, because the kernel hands some of them to
 * instructions as pointers. Storage holds bytes in the machine's order, big-endian; tables are
 * arrays of words.
 *   - A CPU translation that was used once stays in use until exactly hw_purge_cpu(), which also
 *     empties what the kernel keeps itself (kernel/arch/s390x/pv/translate.h); a guest space that
 *     was used stays in its control register until hw_guest_forget().
 * An access outside of storage or tables ends the program, after a call of host.violation.
 */
#ifndef KERNEL_HOST_H
#define KERNEL_HOST_H

#include <stdint.h>

#define HOST_MEMORY_MAX 0x1000000u /* bytes that can be installed: 16 MiB */
#define HOST_CONSOLE_MAX 4096u     /* bytes of output that are kept */
#define HOST_TRANSLATIONS 1024u    /* that the fake MMU keeps */
#define HOST_FAULT UINT64_MAX      /* result of host_access: a program interruption */

enum host_how { HOST_READ, HOST_WRITE, HOST_EXECUTE };

struct host {
    uint64_t clock;              /* what hw_time() says; TOD units */
    uint64_t timer;              /* what hw_timer() was told last */
    uint64_t memory_bytes;       /* installed, a multiple of 4096 */
    uint64_t purges;             /* hw_purge_cpu() so far */
    uint64_t guest;              /* control element of the guest space that runs, or 0 */
    uint32_t execute_protection; /* the facility is there */
    uint32_t no_pci;             /* the zPCI instructions are not there */
    uint32_t page_table_words;   /* of guest spaces; 0: as many as are used */
    uint32_t back_end;           /* enum bh_back_end */
    uint32_t exit_under_way;     /* guests cannot be interrupted */

    uint32_t not_built; /* hw_not_built() so far */

    uint32_t console_busy; /* so many of the next writes find the console busy */
    uint32_t console_used; /* bytes in console_output */
    char console_output[HOST_CONSOLE_MAX];
    const char *console_input; /* what is typed next, or a null pointer; read once */

    void (*violation)(const char *what, uint64_t value); /* may be a null pointer */
};

extern struct host host;
extern uint8_t host_memory[HOST_MEMORY_MAX];

/* Nothing installed but memory of this size, nothing cached, time 0. */
void host_reset(uint64_t memory_bytes);

/* Absolute frame number of page n of the storage. */
uint64_t host_frame(uint64_t n);

/* Table word at an absolute address, in the program's byte order: 0, or -1 if no table is there. */
int host_table_word(uint64_t absolute, uint64_t *word);

/* The smallest range of addresses with the storage and every table in it, for fakes of hardware
 * that walk tables (struct fake_memory of the zPCI fake). */
void host_span(uint64_t *start, uint64_t *size);

/* ---- MMU (mmu.c) ---- */

/* What a CPU does with an access in a process space: the absolute address, or HOST_FAULT. Uses a
 * kept translation if there is one, else walks the tables and keeps what it found. */
uint64_t host_access(uint32_t space, uint64_t address, enum host_how how);

/* The same in a guest space of a vCPU, which is then the one that runs. */
uint64_t host_guest_access(uint32_t vcpu, uint32_t number, uint64_t address, enum host_how how);

/* How many kept translations, the kernel's own included, the tables do not allow any more: each is
 * a forgotten purge. A control register that names tables which are no guest space's counts as
 * well. */
uint32_t host_stale(void);

/* ---- between the files of this folder ---- */

/* Reports and ends the program. */
_Noreturn void host_violation(const char *what, uint64_t value);

#endif
