/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program `methods`: a function that is gone. Before seal its holder can disable it by CLP
 * behind the kernel's back: the handle that the kernel has is then that of nothing. Belongs to:
 * test.
 */
#include "drivers/zpci/clp.h"
#include "libs/rt/rt.h"
#include "libs/zformats/pciconf.h"
#include "tests/target/methods/check.h"
#include "tests/target/methods/groups.h"
#include "tests/target/methods/slots.h"

#define BAR 1u
#define TRIES 100u
#define CC_3 (3u * 256u)

static uint32_t find_handle(uint32_t fid)
{
    uint8_t *block = bh_message_buffer();
    struct clp_list list = {0};
    struct clp_entry entry;

    clp_list_request(block, 0);
    EXPECT(OK, BH_INIT_PARTITION, PARTITION_CLP, CLP_BLOCK_SIZE);
    SAME(clp_list_parse(block, &list), ZPCI_OK);
    for (uint16_t i = 0; i < list.count; i++) {
        clp_list_entry(block, i, &entry);
        if (entry.fid == fid)
            return entry.fh;
    }
    return 0;
}

static void disable_behind_the_kernel(void)
{
    uint8_t *block = bh_message_buffer();
    uint32_t handle = find_handle(FID_2);
    uint32_t disabled = 0;

    clp_set_request(block, handle, CLP_SET_DISABLE);
    EXPECT(OK, BH_INIT_PARTITION, PARTITION_CLP, CLP_BLOCK_SIZE);
    SAME(got.gr3, 0);
    SAME(clp_set_parse(block, CLP_SET_DISABLE, &disabled), ZPCI_OK);
}

void gone_before(void)
{
    EXPECT(OK, PCI_2, PCI_ENABLE);
    EXPECT(OK, PCI_2, PCI_DMA_REGISTER);
    EXPECT(OK, PCI_2, PCI_CONFIG_STORE, PCICONF_COMMAND, 2, PCI_COMMAND_MEMORY);
    disable_behind_the_kernel();
}

static void use(void)
{
    EXPECT(GONE, PCI_2, PCI_RESET_ERROR);
    SAME(got.gr3, CC_3);
    EXPECT(GONE, PCI_2, PCI_UNBLOCK);
    EXPECT(GONE, PCI_2, PCI_STATE);
    EXPECT(GONE, PCI_2, PCI_LOAD, BH_PCI_CONFIG, 0, 4);
    EXPECT(GONE, PCI_2, PCI_STORE, BAR, 0, 4, 0);
    EXPECT(GONE, PCI_2, PCI_STORE_BLOCK, BAR, 0, 0, 0, 16);
    EXPECT(GONE, PCI_2, PCI_CONFIG_STORE, PCICONF_COMMAND, 2, 0);
    EXPECT(GONE, PCI_2, PCI_DMA_REGISTER);
    EXPECT(GONE, PCI_2, PCI_DMA_DROP);
    EXPECT(GONE, PCI_2, PCI_IRQ_REGISTER, 1, 0, 0, 0, 2048, 0);
    EXPECT(GONE, PCI_2, PCI_IRQ_DROP);
    EXPECT(GONE, PCI_2, PCI_MEASURE, 0, 0);
}

/* What the kernel cannot tell the hardware stays owed. */
static void flush(void)
{
    uint64_t error = BH_E_AGAIN;

    put_word(0, 0);
    EXPECT(OK, IOSPACE_2, IOSPACE_UPDATE, IO_PAGE, 1, 0);
    EXPECT(GONE, IOSPACE_2, IOSPACE_FLUSH);
    for (unsigned i = 0; i < TRIES && error == BH_E_AGAIN; i++)
        error = bh_svc_invoke(IOSPACE_2, BH_M_IOSPACE_CLEAR, BH_ARGUMENT_LIST(0), &got);
    judge_result(__FILE__, __LINE__, BH_M_IOSPACE_CLEAR, error, BH_E_GONE);
    EXPECT(OK, IOSPACE_2, IOSPACE_INSPECT, BH_WINDOWS);
    SAME(got.gr5 != 0, true);
}

void gone_both(void)
{
    use();
    flush();
    EXPECT(STATE, PCI_2, PCI_ENABLE);
    EXPECT(PCI, PCI_2, PCI_DISABLE);
    SAME(got.gr3, CLP_RC_HANDLE);
}
