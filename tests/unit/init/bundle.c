/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes cpio archives of format newc for tests. Belongs to: test. */
#include "tests/lib/test.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/init/bundle.h"

#define FIELDS 13u

static void append(struct bundle *bundle, const void *data, uint64_t size)
{
    assert_true(size <= BUNDLE_BYTES - bundle->length - 4);
    memcpy(bundle->bytes + bundle->length, data, size);
    bundle->length += size;
}

static void pad(struct bundle *bundle)
{
    while (bundle->length % 4 != 0)
        bundle->bytes[bundle->length++] = 0;
}

void bundle_begin(struct bundle *bundle)
{
    bundle->length = 0;
}

void bundle_add(struct bundle *bundle, uint32_t mode, const char *name, const void *data,
                uint32_t size)
{
    uint32_t field[FIELDS] = {[1] = mode, [4] = 1, [6] = size, [11] = (uint32_t)strlen(name) + 1};
    char digits[9];

    append(bundle, "070701", 6);
    for (uint32_t i = 0; i < FIELDS; i++) {
        (void)snprintf(digits, sizeof(digits), "%08X", (unsigned)field[i]);
        append(bundle, digits, 8);
    }
    append(bundle, name, strlen(name) + 1);
    pad(bundle);
    append(bundle, data, size);
    pad(bundle);
}

void bundle_end(struct bundle *bundle)
{
    bundle_add(bundle, 0, "TRAILER!!!", "", 0);
}
