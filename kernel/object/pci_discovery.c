/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI discovery by init. Belongs to: kernel. */
#include "kernel/object/pci_discovery.h"
#include "drivers/zpci/insn/insn.h"
#include "kernel/machine.h"
#include "kernel/object/partition.h"
#include "kernel/object/pci_function.h"
#include "kernel/object/thread.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/clp.h"

#define CC_NOT_OPERATIONAL 3u /* also: the machine has no such instruction */

static void copy_in(uint64_t from, uint32_t bytes)
{
    uint32_t i;

    for (i = 0; i < bytes; i += 8u) {
        be64_put(pci_block + i, hw_load(from + i));
    }
}

static void copy_out(uint64_t to, uint32_t bytes)
{
    uint32_t i;

    for (i = 0; i < bytes; i += 8u) {
        hw_store(to + i, be64_get(pci_block + i));
    }
}

/* Only what finds out and what switches off; lengths that the machine would interrupt for are
 * refused here. */
static uint32_t allowed(uint32_t bytes)
{
    uint32_t request = be16_get(pci_block + CLP_LENGTH);
    uint32_t command = be16_get(pci_block + CLP_COMMAND);
    uint32_t response = be16_get(pci_block + CLP_REQUEST_LENGTH + CLP_LENGTH);

    if (request != CLP_REQUEST_LENGTH || response < CLP_HDR_SIZE || response % 8u != 0 ||
        request + response > bytes) {
        return 0;
    }
    if (command == CLP_SET_FUNCTION) {
        return pci_block[CLP_SET_REQ_OC] == CLP_SET_DISABLE ? 1u : 0u;
    }
    return command == CLP_LIST || command == CLP_QUERY_FUNCTION || command == CLP_QUERY_GROUP ? 1u
                                                                                              : 0u;
}

uint32_t pci_discover(uint32_t t)
{
    uint64_t bytes = thread_argument(t, 0);

    if (partition_sealed != 0) {
        return BH_E_SEALED;
    }
    if (thread_message(t) == 0) {
        return BH_E_STATE;
    }
    if (bytes < 2u * CLP_REQUEST_LENGTH || bytes > CLP_BLOCK_SIZE || bytes % 8u != 0) {
        return BH_E_ARG;
    }
    copy_in(thread_message(t), (uint32_t)bytes);
    if (allowed((uint32_t)bytes) == 0) {
        return BH_E_ARG;
    }
    thread_result(t, 0, hw_pci() != 0 ? zpci_clp(pci_block).cc : CC_NOT_OPERATIONAL);
    copy_out(thread_message(t), (uint32_t)bytes);
    return BH_E_OK;
}
