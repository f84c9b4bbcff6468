/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The schedule: how long a thread runs before others of its priority. It has one time window, the
 * whole; a list of windows (partition, length) takes its place here. Belongs to: kernel.
 */
#ifndef KERNEL_SCHEDULE_H
#define KERNEL_SCHEDULE_H

#include <stdint.h>

uint32_t schedule_invoke(uint32_t t, uint32_t object, uint32_t method);

#endif
