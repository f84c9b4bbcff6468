/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `hostile`: program interruption codes as bits, for assembler and C. Belongs to:
 * test. */
#ifndef HOSTILE_CODES_H
#define HOSTILE_CODES_H

#define CODE(n) (1 << (n))

#endif
