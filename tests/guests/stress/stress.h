/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test guest: what the only program of a Linux guest tries of its kernel and CPU. Belongs to: test.
 *
 * It prints nothing that depends on time, addresses or chance, so a guest and a bare machine with
 * the same kernel must print the same.
 */
#ifndef TESTS_GUESTS_STRESS_H
#define TESTS_GUESTS_STRESS_H

#include <stddef.h>
#include <stdint.h>

#define PAGE 4096u

/* A line of output. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What ended `what`: the signal * 256 + si_code, or 0 if nothing did. attempt_address is the
 * signal's si_addr. */
uint32_t attempt(void (*what)(void));
extern void *attempt_address;

/* Fresh anonymous memory, readable and writable. */
uint8_t *fresh(size_t bytes);

/* The exit status of a child, or 256 + the signal that ended it. */
int status_of(int child);

void try_processes(void);
void try_copies(void);
void try_signals(void);
void try_memory(void);
void try_threads(void);
void try_timers(void);
void try_steps(void);
void try_privileged(void);
void try_sensitive(void);

#endif
