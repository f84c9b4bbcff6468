/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `hostile`: system calls by number, through EXECUTE. Belongs to: test. */
#ifndef HOSTILE_NUMBERS_H
#define HOSTILE_NUMBERS_H

#include <stdint.h>

/* System call 0 to 255 with arbitrary registers; what GR2 held afterwards. */
uint64_t bh_svc_number(uint64_t number);

#endif
