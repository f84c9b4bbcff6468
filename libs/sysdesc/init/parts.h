/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a guest's VMM finds in its private region behind its heap: the guest's files, read-only,
 * each from a page of its own. So the guest can be started again without anybody's help. Belongs
 * to: init.
 */
#ifndef BH_INIT_PARTS_H
#define BH_INIT_PARTS_H

#include "libs/sysdesc/init/init.h"

enum part_kind { PART_KERNEL, PART_INITRD, PART_COMMAND_LINE, PARTS };

struct part {
    const char *name; /* that the VMM looks up */
    const uint8_t *bytes;
    uint64_t size;   /* 0: this process has no such part */
    uint64_t offset; /* from the start of the private region, a page boundary */
};

/* Requires: read_programs. */
struct part part_of(const struct init *init, uint16_t process, enum part_kind kind);

/* Bytes from the start of the private region that program, heap and parts take. */
uint64_t parts_end(const struct init *init, uint16_t process);

#endif
