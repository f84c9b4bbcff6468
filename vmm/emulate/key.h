/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Storage keys of the guest. They are virtual: they can be set and read back, and protect nothing
 * (docs/caveats.md). Reference and change always read as one, which no guest can be misled by into
 * losing data. Belongs to: VMM.
 */
#ifndef VMM_EMULATE_KEY_H
#define VMM_EMULATE_KEY_H

#include <stdint.h>

/* Where keys are kept: a byte, zero at first, for each page of guest memory. */
void key_start(uint8_t *keys);

/* The guest is reset: all keys are zero. */
void key_reset(void);

#endif
