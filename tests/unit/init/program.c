/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes small ELF images for tests. Belongs to: test. */
#include <string.h>

#include "libs/zformats/bytes.h"
#include "tests/unit/init/program.h"

#define SEGMENTS 3u
#define PAGE 0x1000u

static void write_header(uint8_t *bytes)
{
    static const uint8_t identity[] = {0x7f, 'E', 'L', 'F', 2, 2, 1};

    memcpy(bytes, identity, sizeof(identity));
    be16_put(bytes + AT_TYPE, 2);
    be16_put(bytes + AT_MACHINE, 22);
    be32_put(bytes + AT_VERSION, 1);
    be64_put(bytes + AT_ENTRY, PROGRAM_ENTRY);
    be64_put(bytes + AT_PROGRAM_OFFSET, AT_PROGRAM(0));
    be16_put(bytes + AT_HEADER_SIZE, 64);
    be16_put(bytes + AT_PROGRAM_SIZE, 56);
    be16_put(bytes + AT_PROGRAM_COUNT, SEGMENTS);
}

static void write_segment(uint8_t *bytes, uint32_t i, uint32_t flags, uint64_t size)
{
    uint8_t *program = bytes + AT_PROGRAM(i);
    uint64_t offset = PAGE + (uint64_t)i * PAGE;

    be32_put(program + IN_TYPE, 1);
    be32_put(program + IN_FLAGS, flags);
    be64_put(program + IN_OFFSET, offset);
    be64_put(program + IN_ADDRESS, PROGRAM_BASE + (uint64_t)i * PAGE);
    be64_put(program + IN_FILE_SIZE, PAGE);
    be64_put(program + IN_SIZE, size);
    memset(bytes + offset, "trd"[i], PAGE);
}

void program_write(uint8_t bytes[PROGRAM_BYTES])
{
    memset(bytes, 0, PROGRAM_BYTES);
    write_header(bytes);
    write_segment(bytes, 0, 5, PAGE);
    write_segment(bytes, 1, 4, PAGE);
    write_segment(bytes, 2, 6, 2 * PAGE);
}
