/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads before they start: registers, bound notification, portals. Belongs to: kernel. */
#ifndef KERNEL_THREAD_SETUP_H
#define KERNEL_THREAD_SETUP_H

#include <stdint.h>

#include "libs/zformats/psw.h"

/* Every process runs so: problem state, home space, all real interruptions enabled, key 0 (storage
 * keys are not used), 64-bit addressing. */
#define PSW_PROCESS                                                                                \
    (PSW_DAT | PSW_IO | PSW_EXTERNAL | PSW_MACHINE_CHECK | PSW_PROBLEM | PSW_AS_HOME | PSW_64)

/* A new thread of partition p. Requires: thread_count < THREADS. */
uint32_t thread_create(uint32_t p, uint32_t captable, uint32_t space, uint32_t priority,
                       uint32_t flags);

/* Where its execution begins. Requires: state NEW or SET. */
void thread_set_start(uint32_t object, uint64_t entry, uint64_t stack, uint64_t argument,
                      uint64_t message);

uint32_t thread_configure(uint32_t t, uint32_t object);
uint32_t thread_inspect_start(uint32_t t, uint32_t object);
uint32_t thread_bind(uint32_t t, uint32_t object);
uint32_t thread_set_portal(uint32_t t, uint32_t object);
uint32_t thread_inspect_portal(uint32_t t, uint32_t object);

#endif
