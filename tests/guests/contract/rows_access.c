/* SPDX-License-Identifier: BSD-2-Clause */
/* Contract guest: PCI load, store and store block. Belongs to: test. */
#include "tests/guests/contract/contract.h"

#define BAR 4u    /* the registers of a virtio function */
#define NO_BAR 3u /* one that it does not have */
#define COMMAND 4u
#define IDENTITY 0u
#define DRIVER_FEATURE 12u /* a register that keeps what is stored */
#define SELECT 8u

static uint8_t block[8192] __attribute__((aligned(4096)));

static void loaded(const char *name, struct outcome o)
{
    row(name);
    row_outcome(o);
    if (o.program == 0 && o.cc == 0)
        row_number("value", o.value, 16);
    row_end();
}

static void plain(const char *name, struct outcome o)
{
    row(name);
    row_outcome(o);
    row_end();
}

/* A function without this BAR: the bare emulator ends at such an access. */
static void absent_bar(void)
{
    plain("pcilg-no-bar", do_pcilg(fn.handle, NO_BAR, 4, 0));
    plain("pcistg-no-bar", do_pcistg(fn.handle, NO_BAR, 4, 0, 0));
    plain("pcistb-no-bar", do_pcistb(fn.handle, NO_BAR, 16, 0, block));
}

static void not_asked(void)
{
    row("pcilg-no-bar");
    row_text("not-asked\n");
    row("pcistg-no-bar");
    row_text("not-asked\n");
    row("pcistb-no-bar");
    row_text("not-asked\n");
}

static void config_loads(void)
{
    loaded("pcilg-config-4", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 4, IDENTITY));
    loaded("pcilg-config-2", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 2, IDENTITY + 2u));
    loaded("pcilg-config-1", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 1, IDENTITY + 1u));
    plain("pcilg-config-0", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 0, IDENTITY));
    plain("pcilg-config-3", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 3, IDENTITY));
    plain("pcilg-config-8", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 8, IDENTITY));
    plain("pcilg-config-crossing", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 2, 3));
    plain("pcilg-config-crossing-4", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 4, 2));
    plain("pcilg-config-end", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 4, 4096));
    plain("pcilg-config-far", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 4, UINT64_C(0x100000000)));
}

static void bar_loads(void)
{
    do_pcistg(fn.handle, BAR, 4, SELECT, UINT64_C(0x01000000));
    plain("pcistg-bar-4", do_pcistg(fn.handle, BAR, 4, DRIVER_FEATURE, 1));
    loaded("pcilg-bar-4", do_pcilg(fn.handle, BAR, 4, SELECT));
    loaded("pcilg-bar-1", do_pcilg(fn.handle, BAR, 1, SELECT));
    loaded("pcilg-bar-2", do_pcilg(fn.handle, BAR, 2, SELECT));
    plain("pcilg-bar-8", do_pcilg(fn.handle, BAR, 8, SELECT));
    plain("pcilg-bar-3", do_pcilg(fn.handle, BAR, 3, SELECT));
    plain("pcilg-bar-0", do_pcilg(fn.handle, BAR, 0, 0));
    plain("pcilg-bar-9", do_pcilg(fn.handle, BAR, 9, 0));
    plain("pcilg-bar-crossing", do_pcilg(fn.handle, BAR, 4, 6));
    plain("pcilg-bar-crossing-8", do_pcilg(fn.handle, BAR, 8, 4));
    plain("pcilg-bar-beyond", do_pcilg(fn.handle, BAR, 4, UINT64_C(1) << 32));
    plain("pcilg-space-6", do_pcilg(fn.handle, 6, 4, 0));
    plain("pcilg-space-14", do_pcilg(fn.handle, 14, 4, 0));
    plain("pcilg-space-8-length-0", do_pcilg(fn.handle, 8, 0, 0));
}

static void stores(void)
{
    plain("pcistg-config-2", do_pcistg(fn.handle, ZPCI_AS_CONFIG, 2, COMMAND, UINT64_C(0x0204)));
    loaded("pcistg-config-2-then", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 2, COMMAND));
    plain("pcistg-config-0", do_pcistg(fn.handle, ZPCI_AS_CONFIG, 0, COMMAND, 0));
    plain("pcistg-config-3", do_pcistg(fn.handle, ZPCI_AS_CONFIG, 3, COMMAND, 0));
    plain("pcistg-config-8", do_pcistg(fn.handle, ZPCI_AS_CONFIG, 8, 0, 0));
    plain("pcistg-config-crossing", do_pcistg(fn.handle, ZPCI_AS_CONFIG, 2, 3, 0));
    plain("pcistg-identity", do_pcistg(fn.handle, ZPCI_AS_CONFIG, 4, IDENTITY, 0));
    loaded("pcistg-identity-then", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 4, IDENTITY));
    plain("pcistg-bar-8", do_pcistg(fn.handle, BAR, 8, SELECT, 0));
    plain("pcistg-bar-crossing", do_pcistg(fn.handle, BAR, 4, 6, 0));
    plain("pcistg-bar-0", do_pcistg(fn.handle, BAR, 0, 0, 0));
    plain("pcistg-bar-9", do_pcistg(fn.handle, BAR, 9, 0, 0));
    plain("pcistg-bar-beyond", do_pcistg(fn.handle, BAR, 4, UINT64_C(1) << 32, 0));
    plain("pcistg-space-6", do_pcistg(fn.handle, 6, 4, 0, 0));
    plain("pcistg-space-14", do_pcistg(fn.handle, 14, 4, 0, 0));
}

/* How a guest finds out how large a base address register is. */
static void sizing(void)
{
    struct outcome old;

    function_fresh();
    old = do_pcilg(fn.handle, ZPCI_AS_CONFIG, 4, 0x20);
    loaded("bar-at-start", old);
    plain("bar-sizing", do_pcistg(fn.handle, ZPCI_AS_CONFIG, 4, 0x20, UINT64_C(0xffffffff)));
    loaded("bar-sizing-then", do_pcilg(fn.handle, ZPCI_AS_CONFIG, 4, 0x20));
    do_pcistg(fn.handle, ZPCI_AS_CONFIG, 4, 0x20, old.value);
}

static void blocks(void)
{
    plain("pcistb-16", do_pcistb(fn.handle, BAR, 16, 0, block));
    plain("pcistb-beyond", do_pcistb(fn.handle, BAR, 16, UINT64_C(1) << 32, block));
    plain("pcistb-8", do_pcistb(fn.handle, BAR, 8, 0, block));
    plain("pcistb-0", do_pcistb(fn.handle, BAR, 0, 0, block));
    plain("pcistb-12", do_pcistb(fn.handle, BAR, 12, 0, block));
    plain("pcistb-above-maximum", do_pcistb(fn.handle, BAR, 136, 0, block));
    plain("pcistb-offset-unaligned", do_pcistb(fn.handle, BAR, 16, 4, block));
    plain("pcistb-crossing", do_pcistb(fn.handle, BAR, 16, 4088, block));
    plain("pcistb-source-unaligned", do_pcistb(fn.handle, BAR, 16, 0, block + 4));
    plain("pcistb-source-outside", do_pcistb(fn.handle, BAR, 16, 0, (uint8_t *)OUTSIDE));
    plain("pcistb-space-6", do_pcistb(fn.handle, 6, 16, 0, block));
    plain("pcistb-config", do_pcistb(fn.handle, ZPCI_AS_CONFIG, 16, 0, block));
}

void rows_access(void)
{
    function_fresh();
    config_loads();
    bar_loads();
    stores();
    sizing();
    blocks();
    if (fn.edma < IOT_SPACE_SIZE)
        absent_bar();
    else
        not_asked();
    function_fresh();
}
