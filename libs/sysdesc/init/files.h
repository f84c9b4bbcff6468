/* SPDX-License-Identifier: BSD-2-Clause */
/* Files of the bundle that must be there. Belongs to: init. */
#ifndef BH_INIT_FILES_H
#define BH_INIT_FILES_H

#include "libs/sysdesc/init/init.h"

/* False: refused, and the reason has been said. */
bool files_find(const struct init *init, const char *name, struct cpio_file *file);

#endif
