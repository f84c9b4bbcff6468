/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test guest: sends its VMM away and goes on with RPCITs. At the end it needs its VMM once more,
 * which nobody answers. Belongs to: test.
 */
#include "tests/guests/alone/alone.h"
#include "tests/guests/contract/contract.h"

#define REHEARSAL 300u /* with a VMM: everything that is touched later has its place then */
#define WHOLE 64u      /* each so many rounds the whole segment is refreshed */

static volatile uint64_t *const box = (volatile uint64_t *)ALONE_AT;

static uint32_t issue(uint64_t offset, uint64_t length)
{
    register uint64_t at asm("4") = fn.sdma + offset;
    register uint64_t bytes asm("5") = length;
    uint64_t handle = (uint64_t)fn.handle << 32;
    uint32_t ipm;

    asm volatile(".insn rre,0xb9d30000,%0,%1\n\tipm %2"
                 : "+d"(handle), "+d"(at), "=d"(ipm), "+d"(bytes)
                 :
                 : "cc", "memory");
    return ipm >> 28 & 3u;
}

/* One page comes, goes or gets another frame. */
static void round(uint32_t i)
{
    uint32_t page = i * 37u % ALONE_PAGES;
    uint64_t at = i % 5u == 4u ? ALONE_NONE : (uint64_t)frame[i % FRAMES];
    uint32_t cc;

    page_table[1][page] = at == ALONE_NONE ? IOT_PTE_EMPTY : at;
    box[ALONE_FRAMES + page] = at;
    cc = i % WHOLE == 0 ? issue(0, MIB) : issue(page * PAGE, PAGE);
    box[ALONE_ROUNDS] = box[ALONE_ROUNDS] + 1u;
    box[ALONE_ERRORS] = box[ALONE_ERRORS] + (cc != 0);
}

static void rounds(uint32_t n)
{
    uint32_t i;

    box[ALONE_ROUNDS] = 0;
    box[ALONE_ERRORS] = 0;
    for (i = 0; i < n; i++)
        round(i);
}

/* It traps to the VMM. */
static void need_vmm(void)
{
    uint16_t number;

    asm volatile("stap %0" : "=Q"(number) : : "memory");
}

static void look_on(uint32_t ms)
{
    uint64_t end = tod_now() + ms * TOD_PER_MS;

    while (tod_now() < end)
        ;
}

_Noreturn void guest_main(void)
{
    uint32_t i;

    SET_CONTROL(0, CR0_RESET);
    trap_start();
    function_find(0);
    function_enable();
    tables_clear();
    *segment_entry(0) = (uint64_t)page_table[1]; /* the first MiB is what the witness looks at */
    function_register(MPCIFC_REGISTER_IOAT, fn.sdma, fn.sdma + APERTURE - 1u, tables_iota());
    for (i = 0; i < ALONE_PAGES; i++)
        box[ALONE_FRAMES + i] = ALONE_NONE;
    rounds(REHEARSAL);
    print("alone: the VMM may go\n");
    box[ALONE_LEAVE] = 1;
    need_vmm();
    rounds(ALONE_WANTED);
    box[ALONE_DONE] = 1;
    look_on(500);
    need_vmm();
    for (;;)
        ;
}
