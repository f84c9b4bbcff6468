/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which threads may serve an endpoint: after seal this set only shrinks, so when its last thread
 * ends nobody will ever take a call there, and callers must not wait. Belongs to: kernel.
 */
#ifndef KERNEL_SERVERS_H
#define KERNEL_SERVERS_H

#include "kernel/object/endpoint.h"

extern uint32_t endpoint_dead[ENDPOINTS]; /* 1: the last of its servers has ended */

/* At seal: who has a capability with the right RECV. */
void servers_seal(void);

/* Thread t has ended. Callers that wait at an endpoint without servers get STOPPED; events of the
 * kernel have deadlines of their own. */
void servers_lose(uint32_t t);

#endif
