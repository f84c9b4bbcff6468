/* SPDX-License-Identifier: BSD-2-Clause */
/* The names of things in canonical lines. Belongs to: init and host tool. */
#include "libs/sysdesc/line_names.h"

void line_add_name(const struct sysdesc *sys, struct sysdesc_text *text, uint16_t partition,
                   const char *name)
{
    sysdesc_add(text, " %s/%s", sys->partition[partition].name, name);
}

void line_add_process(const struct sysdesc *sys, struct sysdesc_text *text, uint16_t p)
{
    line_add_name(sys, text, sys->process[p].partition, sys->process[p].name);
}

void line_add_region(const struct sysdesc *sys, struct sysdesc_text *text, uint16_t r)
{
    line_add_name(sys, text, sys->region[r].partition, sys->region[r].name);
}

void line_add_space(const struct sysdesc *sys, struct sysdesc_text *text, uint16_t s)
{
    line_add_name(sys, text, sys->space[s].partition, sys->space[s].name);
}

void line_add_notification(const struct sysdesc *sys, struct sysdesc_text *text, uint16_t n)
{
    line_add_name(sys, text, sys->notification[n].partition, sys->notification[n].name);
}

void line_add_endpoint(const struct sysdesc *sys, struct sysdesc_text *text, uint16_t e)
{
    line_add_name(sys, text, sys->endpoint[e].partition, sys->endpoint[e].name);
}

void line_add_signal(const struct sysdesc *sys, struct sysdesc_text *text,
                     const struct sysdesc_signal *signal)
{
    if (signal->node < 0)
        return;
    sysdesc_add(text, " notification");
    line_add_notification(sys, text, signal->notification);
    sysdesc_add(text, " badge 0x%lx", signal->badge);
}

/* The owner and name of the object, as its own line has them. */
void line_add_object(const struct sysdesc *sys, struct sysdesc_text *text,
                     struct sysdesc_object object)
{
    switch (object.type) {
    case BH_PARTITION:
        sysdesc_add(text, " %s", sys->partition[object.index].name);
        break;
    case BH_REGION:
        line_add_region(sys, text, object.index);
        break;
    case BH_SPACE:
    case BH_IOSPACE:
        line_add_space(sys, text, object.index);
        break;
    case BH_CAPTABLE:
    case BH_THREAD:
        line_add_process(sys, text, object.index);
        break;
    case BH_ENDPOINT:
        line_add_endpoint(sys, text, object.index);
        break;
    case BH_NOTIFICATION:
        line_add_notification(sys, text, object.index);
        break;
    case BH_PCI:
        line_add_name(sys, text, sys->function[object.index].partition,
                      sys->function[object.index].name);
        break;
    case BH_VCPU:
        line_add_name(sys, text, sys->guest[object.index].partition, sys->guest[object.index].name);
        break;
    case BH_IRQ:
        sysdesc_add(text, " %s", sys->partition[sys->interrupt[object.index].partition].name);
        break;
    default: /* the machine's single objects need no name */
        sysdesc_add(text, " -");
        break;
    }
}
