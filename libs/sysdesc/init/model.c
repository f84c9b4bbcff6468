/* SPDX-License-Identifier: BSD-2-Clause */
/* Look-ups in the description. Belongs to: init. */
#include "libs/sysdesc/init/model.h"

const struct sysdesc_window *model_window(const struct sysdesc *sys, uint16_t space,
                                          uint32_t number)
{
    for (uint16_t i = 0; i < sys->windows; i++) {
        if (sys->window[i].space == space && sys->window[i].number == number)
            return &sys->window[i];
    }
    return NULL;
}

const struct sysdesc_cap *model_cap(const struct sysdesc *sys, uint16_t process, uint32_t slot)
{
    for (uint16_t i = 0; i < sys->caps; i++) {
        if (sys->cap[i].process == process && sys->cap[i].slot == slot)
            return &sys->cap[i];
    }
    return NULL;
}

const struct sysdesc_portal *model_portal(const struct sysdesc *sys, bool guest, uint16_t of,
                                          uint32_t reason)
{
    for (uint16_t i = 0; i < sys->portals; i++) {
        const struct sysdesc_portal *portal = &sys->portal[i];
        if (portal->guest == guest && portal->of == of && portal->reason == reason)
            return portal;
    }
    return NULL;
}
