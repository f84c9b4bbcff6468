/* SPDX-License-Identifier: BSD-2-Clause */
/* Look-ups in the description. Belongs to: init. */
#ifndef BH_INIT_MODEL_H
#define BH_INIT_MODEL_H

#include "libs/sysdesc/sysdesc.h"

/* The window of this number in a space, or NULL. */
const struct sysdesc_window *model_window(const struct sysdesc *sys, uint16_t space,
                                          uint32_t number);

/* What slot `slot` of a process's capability table holds, or NULL if it is empty. */
const struct sysdesc_cap *model_cap(const struct sysdesc *sys, uint16_t process, uint32_t slot);

/* The portal of a process or guest for a reason, or NULL. */
const struct sysdesc_portal *model_portal(const struct sysdesc *sys, bool guest, uint16_t of,
                                          uint32_t reason);

#endif
