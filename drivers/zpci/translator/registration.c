/* SPDX-License-Identifier: BSD-2-Clause */
/* Registration, re-registration and loss of anchors. Belongs to: translator (pure). */
#include "drivers/zpci/translator/registration.h"

#include "drivers/zpci/translator/batch.h"
#include "drivers/zpci/translator/budget.h"
#include "drivers/zpci/translator/kernel.h"
#include "drivers/zpci/translator/mirror.h"
#include "drivers/zpci/translator/protocol.h"
#include "drivers/zpci/translator/refresh.h"
#include "drivers/zpci/translator/state.h"
#include "libs/zformats/ccdf.h"
#include "libs/zformats/fib.h"

#define SEQUENCE TRANSLATOR_RESULT(1u, ZPCI_ST_SEQUENCE)
#define GONE TRANSLATOR_RESULT(3u, 0u)
#define BUSY TRANSLATOR_RESULT(2u, 0u)

uint64_t registration_iota[TRANSLATOR_FUNCTIONS];
uint64_t registration_first[TRANSLATOR_FUNCTIONS];
uint64_t registration_last[TRANSLATOR_FUNCTIONS];

uint32_t registration_unsettled(uint32_t f, uint64_t error)
{
    if (error == BH_E_AGAIN)
        return BUSY;
    if (error == BH_E_GONE)
        return GONE;
    return state_fail(f, PEC_SYSTEM, registration_first[f] * IOT_PAGE_SIZE);
}

/* The low 12 bits of both ends do not count. PAL below 2^42: beyond, addresses would alias. */
static int is_legal(uint32_t f, uint64_t iota, uint64_t first, uint64_t last)
{
    return iota_is_plain_rtto(iota) && first <= last && first >= mirror_first[f] &&
           last - mirror_first[f] < mirror_pages[f] && last < IOT_SPACE_SIZE / IOT_PAGE_SIZE;
}

/* The mirror is of no use: the kernel starts anew. */
static void start_anew(uint32_t f)
{
    if (kernel_clear(f) != BH_E_OK)
        return;
    budget_drop_all(f);
    mirror_reset(f);
    batch_broken[f] = 0;
}

/* Nothing is mapped, and the hardware has confirmed it, if the result is 0. */
static uint32_t tear_down(uint32_t f)
{
    if (batch_broken[f] == 0)
        refresh_unmap_all(f);
    if (batch_broken[f] != 0)
        start_anew(f);
    if (batch_broken[f] != 0)
        return state_fail(f, PEC_SYSTEM, registration_first[f] * IOT_PAGE_SIZE);
    return registration_settle(f);
}

/* Requires: legal. What was mapped goes first, and the hardware hears of it in any case: while it
 * did not know the I/O space, the kernel confirmed flushes and kept them owed. Entries that cannot
 * be accepted do not matter before the guest asks for them by RPCIT. */
static uint32_t install(uint32_t f, uint64_t iota, uint64_t first, uint64_t last)
{
    uint32_t result;

    batch_owed[f] = last + 1u;
    result = tear_down(f);
    if (result != 0)
        return result;
    registration_iota[f] = iota;
    registration_first[f] = first;
    registration_last[f] = last;
    refresh_begin();
    refresh_range(f, iota, first, last);
    if (batch_broken[f] != 0)
        return state_fail(f, PEC_SYSTEM, first * IOT_PAGE_SIZE);
    return registration_settle(f);
}

uint32_t registration_add(uint32_t f, uint64_t iota, uint64_t pba, uint64_t pal)
{
    if ((state_controls[f] & FIB_FC_ENABLED) == 0)
        return GONE;
    if (registration_iota[f] != 0)
        return SEQUENCE;
    if (!is_legal(f, iota, pba / IOT_PAGE_SIZE, pal / IOT_PAGE_SIZE))
        return TRANSLATOR_OPERAND;
    return install(f, iota, pba / IOT_PAGE_SIZE, pal / IOT_PAGE_SIZE);
}

uint32_t registration_replace(uint32_t f, uint64_t iota, uint64_t pba, uint64_t pal)
{
    if ((state_controls[f] & FIB_FC_ENABLED) == 0)
        return GONE;
    if (registration_iota[f] == 0)
        return SEQUENCE;
    if (!is_legal(f, iota, pba / IOT_PAGE_SIZE, pal / IOT_PAGE_SIZE))
        return TRANSLATOR_OPERAND;
    return install(f, iota, pba / IOT_PAGE_SIZE, pal / IOT_PAGE_SIZE);
}

uint32_t registration_drop(uint32_t f)
{
    uint32_t result;

    if ((state_controls[f] & FIB_FC_ENABLED) == 0)
        return GONE;
    if (registration_iota[f] == 0)
        return SEQUENCE;
    result = tear_down(f);
    if (result == 0)
        registration_iota[f] = 0;
    return result;
}

uint32_t registration_state(uint32_t f, uint64_t handle, uint64_t controls, uint64_t generation)
{
    int lost = (controls & FIB_FC_ENABLED) == 0 || generation != state_generation[f];

    state_handle[f] = handle;
    state_controls[f] = (uint32_t)controls & (FIB_FC_ENABLED | FIB_FC_ERROR | FIB_FC_BLOCKED);
    state_generation[f] = generation;
    if (!lost || registration_iota[f] == 0)
        return 0;
    registration_iota[f] = 0;
    return tear_down(f);
}
