/* SPDX-License-Identifier: BSD-2-Clause */
/* Contract guest: its PCI function. Belongs to: test. */
#include "drivers/zpci/control.h"
#include "drivers/zpci/insn/insn.h"
#include "libs/zformats/bytes.h"
#include "tests/guests/contract/contract.h"

#define EVENT_PATIENCE (500u * TOD_PER_MS)

struct function fn;
static struct zpci_scratch scratch;
static uint8_t block[SEI_SIZE] __attribute__((aligned(SEI_ALIGN)));

static void must(enum zpci_error error, const char *what)
{
    if (error == ZPCI_OK)
        return;
    print("contract: fatal: ");
    print(what);
    print(" fails with ");
    print_decimal((uint64_t)error);
    print("\n");
    guest_stop();
}

void function_find(uint16_t number)
{
    struct clp_list list;
    struct clp_entry entry;
    struct clp_function query;
    struct clp_group group;
    uint32_t i;

    must(zpci_list(&scratch, 0, &list), "list");
    if (number >= list.count)
        must(ZPCI_E_GONE, "list");
    clp_list_entry(scratch.clp, number, &entry);
    must(zpci_query_function(&scratch, entry.fh, &query), "query");
    must(zpci_query_group(&scratch, query.group, &group), "group");
    fn = (struct function){.sdma = query.sdma,
                           .edma = query.edma,
                           .msia = group.msia,
                           .fid = entry.fid,
                           .handle = entry.fh,
                           .group = query.group};
    for (i = 0; i < 6u; i++)
        fn.bar_log2[i] = query.bar[i].size_log2;
}

static void drop_events(void)
{
    struct pci_event event;
    int more;

    while (zpci_next_event(block, &event, &more) != 0)
        ;
}

void function_disable(void)
{
    if ((fn.handle & ZPCI_FH_ENABLED) != 0)
        must(zpci_set_function(&scratch, &fn.handle, CLP_SET_DISABLE), "disable");
    disk_forget();
}

void function_enable(void)
{
    function_disable();
    must(zpci_set_function(&scratch, &fn.handle, CLP_SET_ENABLE), "enable");
    drop_events();
}

struct outcome function_register(uint32_t operation, uint64_t pba, uint64_t pal, uint64_t iota)
{
    static uint8_t fib[FIB_SIZE] __attribute__((aligned(8)));

    bytes_zero(fib, FIB_SIZE);
    be64_put(fib + FIB_PBA, pba);
    be64_put(fib + FIB_PAL, pal);
    be64_put(fib + FIB_IOTA, iota);
    return do_mpcifc(fn.handle, 0, operation, fib);
}

struct outcome refresh(uint64_t offset, uint64_t length)
{
    return do_rpcit(fn.handle, fn.sdma + offset, length);
}

void function_fresh(void)
{
    function_enable();
    tables_clear();
    function_register(MPCIFC_REGISTER_IOAT, fn.sdma, fn.sdma + APERTURE - 1u, tables_iota());
    refresh(0, APERTURE);
}

void function_recover(void)
{
    static const uint8_t fib[FIB_SIZE] __attribute__((aligned(8)));

    do_mpcifc(fn.handle, 0, MPCIFC_RESET_BLOCK, fib);
    do_mpcifc(fn.handle, 0, MPCIFC_RESET_ERROR, fib);
}

uint8_t function_controls(void)
{
    static uint8_t fib[FIB_SIZE] __attribute__((aligned(8)));
    struct outcome o = do_stpcifc(fn.handle, 0, fib);

    return o.program == 0 && o.cc == 0 ? fib[FIB_CONTROLS] : 0xff;
}

uint32_t function_event(int wait, struct pci_event *event)
{
    uint64_t end = tod_now() + EVENT_PATIENCE;
    uint32_t crw;
    int more;

    do {
        zpci_stcrw(&crw);
        if (zpci_next_event(block, event, &more) == 1)
            return event->code;
    } while (wait && tod_now() < end);
    return NO_EVENT;
}
