/* SPDX-License-Identifier: BSD-2-Clause */
/* Characters of the line-mode console and of load parameters: code page 037, printable part.
 * Linked by kernel (console), VMM (virtual SCLP) and tests. */
#ifndef BULKHEAD_ZFORMATS_EBCDIC_H
#define BULKHEAD_ZFORMATS_EBCDIC_H

#include <stdint.h>

/* Characters outside 0x20 to 0x7e become a space. */
uint8_t ebcdic_from_ascii(uint8_t c);

/* Characters without a printable counterpart become a dot. */
uint8_t ascii_from_ebcdic(uint8_t c);

#endif
