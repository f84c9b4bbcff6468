/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: one server and three clients, each in a partition of its own. Belongs to: test. */
#ifndef TESTS_KERNEL_IPC_H
#define TESTS_KERNEL_IPC_H

#include "tests/unit/kernel/machine.h"

#define BADGE(n) (1000u + (n)) /* of client n at the endpoint; its notification badge is bit n */
#define CLIENTS 3u
#define FOREVER BH_NO_DEADLINE

extern struct process server, client[CLIENTS];
extern uint32_t endpoint, notification; /* slots; the server's */

void prepare_ipc(void);

/* Client n calls with the words 10 + n, 20 + n, 30 + n, 40 + n. */
void calls(uint32_t n);

/* Client n signals. */
void signals(uint32_t n);

/* The server receives; it answers what it holds with the words 1, 2, 3, 4. */
void serves(uint64_t deadline);
void replies(void);

void assert_took_call_of(uint32_t n);
void assert_answered(uint32_t n);

#endif
