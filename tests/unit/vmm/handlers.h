/* SPDX-License-Identifier: BSD-2-Clause */
/* Handlers of devices for tests that do not link any: all of them do the same. Belongs to: test. */
#ifndef TESTS_VMM_HANDLERS_H
#define TESTS_VMM_HANDLERS_H

#include "vmm/cpu.h"

extern uint16_t device_opcode;     /* of the last call */
extern uint32_t device_calls;      /* how many there were */
extern program_code device_answer; /* what they return */

#endif
