/* SPDX-License-Identifier: BSD-2-Clause */
/* Lists and disables PCI functions. Belongs to: init. */
#include "libs/sysdesc/init/functions.h"

#include <string.h>

#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/say.h"
#include "libs/zformats/fib.h"

#define CC_NOT_AVAILABLE 3u
#define BLOCKS_MAX 4096u /* the machine numbers at most 65,536 functions */
#define BUSY_US 2000000u /* Linux waits as long for a busy function */

/* A copy of its own, because every line that is printed overwrites the message buffer. */
static uint8_t block[CLP_BLOCK_SIZE] __attribute__((aligned(CLP_BLOCK_ALIGN)));

static uint64_t run(uint64_t *cc)
{
    uint8_t *message = bh_message_buffer();

    memcpy(message, block, sizeof(block));
    uint64_t error = bh_partition_clp(BH_INIT_PARTITION, sizeof(block), cc);
    memcpy(block, message, sizeof(block));
    return error;
}

/* Entries without a vendor are not in use. */
static bool use_block(const struct clp_list *list, functions_use *use, void *context)
{
    static uint8_t copy[CLP_BLOCK_SIZE] __attribute__((aligned(CLP_BLOCK_ALIGN)));

    memcpy(copy, block, sizeof(copy)); /* use may issue commands of its own */
    for (uint16_t i = 0; i < list->count; i++) {
        struct clp_entry entry;
        clp_list_entry(copy, i, &entry);
        if (entry.vendor != 0 && !use(context, &entry))
            return false;
    }
    return true;
}

bool functions_each(functions_use *use, void *context)
{
    struct clp_list list = {.token = 0};

    for (uint32_t i = 0; i < BLOCKS_MAX; i++) {
        uint64_t cc;
        clp_list_request(block, list.token);
        if (!done(run(&cc), "listing", "PCI functions"))
            return false;
        if (cc == CC_NOT_AVAILABLE && i == 0)
            return true;
        if (cc != 0 || clp_list_parse(block, &list) != ZPCI_OK)
            return refuse("the list of PCI functions is damaged");
        if (!use_block(&list, use, context))
            return false;
        if (list.token == 0)
            return true;
    }
    return refuse("the list of PCI functions has no end");
}

static enum zpci_error disable_once(uint32_t fh)
{
    uint64_t cc;
    uint32_t disabled;

    clp_set_request(block, fh, CLP_SET_DISABLE);
    if (run(&cc) != BH_E_OK || cc != 0)
        return ZPCI_E_GONE;
    return clp_set_parse(block, CLP_SET_DISABLE, &disabled);
}

enum zpci_error functions_disable(uint32_t fh)
{
    uint64_t deadline = bh_deadline(BUSY_US);
    enum zpci_error error;

    do {
        error = disable_once(fh);
    } while (error == ZPCI_E_BUSY && bh_tod() < deadline);
    return error;
}

bool functions_enabled(uint32_t fh)
{
    return (fh & ZPCI_FH_ENABLED) != 0;
}
