/* SPDX-License-Identifier: BSD-2-Clause */
/* The time, for handlers: the real TOD clock, or a test's. Belongs to: VMM. */
#ifndef VMM_CLOCK_H
#define VMM_CLOCK_H

#include <stdint.h>

/* As STORE CLOCK FAST; bit 51 is a microsecond. */
uint64_t clock_now(void);

#endif
