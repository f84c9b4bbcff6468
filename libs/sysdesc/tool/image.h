/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rules about files (third group of rules.def). Belongs to: host tool.
 */
#ifndef BH_SYSDESC_IMAGE_H
#define BH_SYSDESC_IMAGE_H

#include "libs/sysdesc/sysdesc.h"

#define IMAGE_FOLDERS 8u

struct image_path {
    const char *folder[IMAGE_FOLDERS];
    unsigned folders;
};

/* Looks every named file up, and reads every program's headers. Requires: assigned. */
void image_check(const struct sysdesc *sys, const struct image_path *path,
                 struct sysdesc_report *report);

#endif
