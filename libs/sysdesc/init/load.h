/* SPDX-License-Identifier: BSD-2-Clause */
/* The start-up information page of a process. Belongs to: init. */
#ifndef BH_INIT_LOAD_H
#define BH_INIT_LOAD_H

#include "libs/abi/init_image.h"
#include "libs/sysdesc/init/init.h"

/* Fills the page in for a process. Returns false if it has too many entries. */
bool info_make(const struct init *init, uint16_t process, struct bh_info *info);

#endif
