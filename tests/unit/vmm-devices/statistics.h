/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: no statistics, but whose they would be. */
#ifndef TESTS_VMM_DEVICES_STATISTICS_H
#define TESTS_VMM_DEVICES_STATISTICS_H

#include "vmm/devices/statistics.h"

extern const struct bh_vcpu *statistics_of; /* the page of statistics_start() */

#endif
