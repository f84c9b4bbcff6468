/* SPDX-License-Identifier: BSD-2-Clause */
/* Files of the bundle that must be there. Belongs to: init. */
#include "libs/sysdesc/init/files.h"

#include "libs/sysdesc/init/say.h"

bool files_find(const struct init *init, const char *name, struct cpio_file *file)
{
    switch (cpio_find(&init->bundle, name, file)) {
    case CPIO_FOUND:
        return true;
    case CPIO_END:
        return refuse("the bundle has no file %s", name);
    case CPIO_TWICE:
        return refuse("the bundle has two files %s", name);
    default:
        return refuse("the bundle is damaged");
    }
}
