/* SPDX-License-Identifier: BSD-2-Clause */
/* Which windows the kernel itself reads and writes through. Belongs to: kernel. */
#include "kernel/object/space.h"
#include "kernel/object/thread.h"
#include "kernel/object/vcpu.h"
#include "kernel/object/window.h"

/* Whether the page at an absolute address, 0 for none, is one of window w. */
static uint32_t shows(uint32_t w, uint64_t address)
{
    uint64_t frame = address / BH_PAGE_SIZE;

    return address != 0 && frame >= window_first[w] && frame - window_first[w] < window_pages[w];
}

uint32_t window_in_use(uint32_t s, uint32_t w)
{
    uint32_t i;

    for (i = 0; i < thread_count; i++) {
        if (thread_space(i) == s && shows(w, thread_message(i)) != 0) {
            return 1;
        }
    }
    for (i = 0; i < vcpu_count; i++) {
        if (vcpu_vmm[i] == s && shows(w, vcpu_page[i]) != 0) {
            return 1;
        }
    }
    return 0;
}
