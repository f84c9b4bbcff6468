/* SPDX-License-Identifier: BSD-2-Clause */
/* Control of functions (kernel, above the zPCI instruction layer). */
#include "drivers/zpci/control.h"

#include "drivers/zpci/insn/insn.h"

/* A CLP response replaces the header of the response area, so each attempt builds its request anew.
 */
static enum zpci_error clp_issue(struct zpci_scratch *scratch)
{
    return zpci_error_of(zpci_clp(scratch->clp));
}

enum zpci_error zpci_list(struct zpci_scratch *scratch, uint64_t token, struct clp_list *list)
{
    enum zpci_error error = ZPCI_E_BUSY;

    for (uint32_t i = 0; i < ZPCI_ATTEMPTS && error == ZPCI_E_BUSY; i++) {
        clp_list_request(scratch->clp, token);
        error = clp_issue(scratch);
        if (!error)
            error = clp_list_parse(scratch->clp, list);
    }
    return error;
}

enum zpci_error zpci_query_function(struct zpci_scratch *scratch, uint32_t fh,
                                    struct clp_function *function)
{
    enum zpci_error error = ZPCI_E_BUSY;

    for (uint32_t i = 0; i < ZPCI_ATTEMPTS && error == ZPCI_E_BUSY; i++) {
        clp_function_request(scratch->clp, fh);
        error = clp_issue(scratch);
        if (!error)
            error = clp_function_parse(scratch->clp, function);
    }
    return error;
}

enum zpci_error zpci_query_group(struct zpci_scratch *scratch, uint8_t group,
                                 struct clp_group *result)
{
    enum zpci_error error = ZPCI_E_BUSY;

    for (uint32_t i = 0; i < ZPCI_ATTEMPTS && error == ZPCI_E_BUSY; i++) {
        clp_group_request(scratch->clp, group);
        error = clp_issue(scratch);
        if (!error)
            error = clp_group_parse(scratch->clp, result);
    }
    return error;
}

enum zpci_error zpci_set_function(struct zpci_scratch *scratch, uint32_t *fh, uint8_t operation)
{
    enum zpci_error error = ZPCI_E_BUSY;

    for (uint32_t i = 0; i < ZPCI_ATTEMPTS && error == ZPCI_E_BUSY; i++) {
        clp_set_request(scratch->clp, *fh, operation);
        error = clp_issue(scratch);
        if (!error)
            error = clp_set_parse(scratch->clp, operation, fh);
    }
    return error;
}

static int find_in_block(const uint8_t *block, uint16_t count, uint32_t fid,
                         struct clp_entry *entry)
{
    for (uint16_t i = 0; i < count; i++) {
        clp_list_entry(block, i, entry);
        if (entry->vendor != 0 && entry->fid == fid)
            return 1;
    }
    return 0;
}

enum zpci_error zpci_find(struct zpci_scratch *scratch, uint32_t fid, struct clp_entry *entry)
{
    struct clp_list list = {.token = 0};

    for (uint32_t i = 0; i < ZPCI_LIST_BLOCKS; i++) {
        enum zpci_error error = zpci_list(scratch, list.token, &list);

        if (error)
            return error;
        if (find_in_block(scratch->clp, list.count, fid, entry))
            return ZPCI_OK;
        if (list.token == 0)
            return ZPCI_E_GONE;
    }
    return ZPCI_E_MALFORMED;
}

enum zpci_error zpci_modify(struct zpci_scratch *scratch, uint32_t fh, uint8_t operation)
{
    struct zpci_result result = {2, 0};

    for (uint32_t i = 0; i < ZPCI_ATTEMPTS && result.cc == 2; i++)
        result = zpci_mpcifc(fh, operation, scratch->fib);
    return zpci_error_of(result);
}

enum zpci_error zpci_query_controls(struct zpci_scratch *scratch, uint32_t fh)
{
    struct zpci_result result = {2, 0};

    for (uint32_t i = 0; i < ZPCI_ATTEMPTS && result.cc == 2; i++)
        result = zpci_stpcifc(fh, scratch->fib);
    return zpci_error_of(result);
}

enum zpci_error zpci_refresh(uint32_t fh, uint64_t start, uint64_t length)
{
    struct zpci_result result = {2, 0};

    for (uint32_t i = 0; i < ZPCI_ATTEMPTS && result.cc == 2; i++)
        result = zpci_rpcit(fh, start, length);
    return zpci_error_of(result);
}

int zpci_next_event(uint8_t *block, struct pci_event *event, int *more)
{
    sei_request(block);
    *more = 0;
    if (zpci_chsc(block).cc != 0)
        return 0;
    return sei_parse(block, event, more);
}
