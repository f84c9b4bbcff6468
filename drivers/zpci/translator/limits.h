/* SPDX-License-Identifier: BSD-2-Clause */
/* Sizes of the translator's static tables. Belongs to: translator.
 *
 * All functions share one pool of mirror pages: each takes as many as its DMA window has when the
 * translator starts. Windows at multiples of 32 MiB leave no gaps. A window that finds no room, or
 * one function too many, ends the start. */
#ifndef BULKHEAD_TRANSLATOR_LIMITS_H
#define BULKHEAD_TRANSLATOR_LIMITS_H

#define TRANSLATOR_FUNCTIONS 4u
#define TRANSLATOR_PAGES                                                                           \
    524288u /* I/O pages of all DMA windows together: 2 GiB, 4 MiB of mirror                       \
             */
#define TRANSLATOR_FRAMES                                                                          \
    524288u                    /* guest frames: 2 GiB, which is all that a process space holds     \
                                */
#define TRANSLATOR_RANGES 256u /* ranges in one request */

#endif
