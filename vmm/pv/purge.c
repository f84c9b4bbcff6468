/* SPDX-License-Identifier: BSD-2-Clause */
/* Purges: everything that caches translations of the guest. Belongs to: VMM, back end pv. */
#include "vmm/purge.h"

#include "libs/zformats/dat.h"
#include "vmm/lookaside.h"
#include "vmm/pv/shadow.h"

void purge_all(void)
{
    lookaside_purge();
    shadow_purge_virtual();
}

void purge_space(uint64_t asce)
{
    lookaside_purge();
    shadow_purge_origin(asce);
}

void purge_pages(uint64_t address, uint32_t n)
{
    uint32_t i;

    lookaside_purge();
    for (i = 0; i < n; i++)
        shadow_purge_page(address / DAT_PAGE_SIZE + i);
}

void purge_prefix(void)
{
    lookaside_purge();
    shadow_reset();
}
