/* SPDX-License-Identifier: BSD-2-Clause */
/* The back end of this machine. Belongs to: kernel. */
#include "kernel/arch/s390x/back_end.h"
#include "kernel/arch/s390x/sie/sie.h"
#include "kernel/machine.h"

const struct back_end *back_end = &pv_back_end;

void back_end_choose(void)
{
    if (sie_present() != 0) {
        back_end = &sie_back_end;
    }
}

uint32_t guest_leave_for(uint64_t space)
{
    return back_end->leave_for(space);
}

uint32_t guest_program(uint32_t t)
{
    return back_end->program(t);
}

void guest_supervisor(uint32_t t)
{
    back_end->supervisor(t);
}

void guest_purge(void)
{
    back_end->purge();
}

uint32_t hw_guest_interrupt(uint32_t v)
{
    return back_end->interrupt(v);
}

void hw_guest_forget(uint64_t asce)
{
    back_end->forget(asce);
}

uint32_t hw_guest_page_table_words(void)
{
    return back_end->page_table_words;
}

uint32_t hw_back_end(void)
{
    return back_end->number;
}
