/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the guest has cost: exits by instruction and class, what its translator has served, time.
 * Belongs to: VMM.
 */
#ifndef VMM_DEVICES_STATISTICS_H
#define VMM_DEVICES_STATISTICS_H

#include <stdint.h>

#include "libs/abi/vcpu.h"

/* From now on; the page stays: what the kernel counts is there. */
void statistics_start(const struct bh_vcpu *page);

/* Count an exit; the words are those of the kernel's message (libs/abi/reasons.def). */
void statistics_exit(const uint64_t word[4]);

/* Calls `line` with one line of text for each number: "exits NAME COUNT" of what happened, "kernel
 * NAME COUNT" of what needed no exit, "translator NAME COUNT" if the guest has PCI functions, and
 * at last "guest ms MILLISECONDS". */
void statistics_lines(void (*line)(const char *text));

/* The same as standard output, each line behind "statistics: ". */
void statistics_print(void);

#endif
