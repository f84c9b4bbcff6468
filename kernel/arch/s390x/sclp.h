/* SPDX-License-Identifier: BSD-2-Clause */
/* The service-call logical processor: memory size and console. Belongs to: kernel. */
#ifndef KERNEL_SCLP_H
#define KERNEL_SCLP_H

#include <stdint.h>

/* Bytes of memory that the machine has; opens the console. Waits for the answers. */
uint64_t sclp_start(void);

/* Text, waiting for the end; only while nothing else runs (boot, panic). */
void sclp_print(const char *text);

/* A service-signal external interruption came with this parameter. */
void sclp_service_signal(uint32_t parameter);

#endif
