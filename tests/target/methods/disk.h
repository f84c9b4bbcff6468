/* SPDX-License-Identifier: BSD-2-Clause */
/* Test program `methods`: the first function's disk at work, and in error. Belongs to: test. */
#ifndef METHODS_DISK_H
#define METHODS_DISK_H

/* Requires: PCI_1 is disabled. Ensures: it is again. */
void disk_both(void);

#endif
