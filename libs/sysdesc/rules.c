/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs every rule about meaning. Belongs to: init and host tool. */
#include "libs/sysdesc/rules.h"

bool rules_is_pages(uint64_t offset, uint64_t size)
{
    return offset % BH_PAGE_SIZE == 0 && size % BH_PAGE_SIZE == 0 && size != 0;
}

bool rules_overlap(uint64_t base, uint64_t size, uint64_t other_base, uint64_t other_size)
{
    return base <= other_base ? other_base - base < size && other_size > 0
                              : base - other_base < other_size && size > 0;
}

bool rules_inside(uint64_t offset, uint64_t size, uint64_t total)
{
    return offset <= total && size <= total - offset;
}

bool rules_has_right(const struct sysdesc *sys, uint16_t process, enum bh_object type,
                     uint16_t index, uint32_t right)
{
    for (uint16_t c = 0; c < sys->caps; c++) {
        const struct sysdesc_cap *cap = &sys->cap[c];

        if (cap->process == process && cap->object.type == type && cap->object.index == index &&
            (cap->rights & right) != 0)
            return true;
    }
    return false;
}

bool sysdesc_check(const struct sysdesc *sys, struct sysdesc_report *report)
{
    static void (*const rules[])(const struct sysdesc *, struct sysdesc_report *) = {
        rules_limit, rules_memory, rules_process, rules_window, rules_cap,     rules_endpoint,
        rules_pci,   rules_signal, rules_channel, rules_guest,  rules_schedule};
    unsigned before = report->count;

    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
        rules[i](sys, report);
    return report->count == before;
}
