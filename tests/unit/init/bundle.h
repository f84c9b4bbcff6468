/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes cpio archives of format newc for tests. Belongs to: test. */
#ifndef TESTS_INIT_BUNDLE_H
#define TESTS_INIT_BUNDLE_H

#include <stdint.h>

#define BUNDLE_BYTES 0x200000u
#define BUNDLE_MODE_FIELD 14u /* offset of the mode in a header */
#define BUNDLE_SIZE_FIELD 54u /* offset of the file size in a header */
#define BUNDLE_NAME_FIELD 94u /* offset of the name's length in a header */

struct bundle {
    uint8_t bytes[BUNDLE_BYTES];
    uint64_t length;
};

void bundle_begin(struct bundle *bundle);
void bundle_add(struct bundle *bundle, uint32_t mode, const char *name, const void *data,
                uint32_t size);
void bundle_end(struct bundle *bundle);

#endif
