/* SPDX-License-Identifier: BSD-2-Clause */
/* Control of functions above the raw instructions: CLP commands, function controls, refresh,
 * events, each with a bounded number of attempts while busy. Linked by the kernel and tests. */
#ifndef BULKHEAD_ZPCI_CONTROL_H
#define BULKHEAD_ZPCI_CONTROL_H

#include <stdint.h>

#include "drivers/zpci/access.h"
#include "drivers/zpci/clp.h"
#include "drivers/zpci/event.h"
#include "libs/zformats/fib.h"

/* Storage that the instructions look at: static in the kernel, one for each processor. */
struct zpci_scratch {
    uint8_t clp[CLP_BLOCK_SIZE] __attribute__((aligned(CLP_BLOCK_ALIGN)));
    uint8_t fib[FIB_SIZE] __attribute__((aligned(FIB_ALIGN)));
};

/* One CLP command each. List: token 0 to start; entries with clp_list_entry(scratch->clp, ...). */
enum zpci_error zpci_list(struct zpci_scratch *scratch, uint64_t token, struct clp_list *list);
enum zpci_error zpci_query_function(struct zpci_scratch *scratch, uint32_t fh,
                                    struct clp_function *function);
enum zpci_error zpci_query_group(struct zpci_scratch *scratch, uint8_t group,
                                 struct clp_group *result);
enum zpci_error zpci_set_function(struct zpci_scratch *scratch, uint32_t *fh, uint8_t operation);

/* The list entry of a function id. ZPCI_E_GONE: not listed. At most ZPCI_LIST_BLOCKS blocks are
 * read, beyond that ZPCI_E_MALFORMED (resume tokens in a circle). */
#define ZPCI_LIST_BLOCKS 32u
enum zpci_error zpci_find(struct zpci_scratch *scratch, uint32_t fid, struct clp_entry *entry);

/* MPCIFC with scratch->fib as the caller built it; STPCIFC into scratch->fib. */
enum zpci_error zpci_modify(struct zpci_scratch *scratch, uint32_t fh, uint8_t operation);
enum zpci_error zpci_query_controls(struct zpci_scratch *scratch, uint32_t fh);

/* RPCIT. ZPCI_E_BUSY leaves the range owed: the caller issues it again. */
enum zpci_error zpci_refresh(uint32_t fh, uint64_t start, uint64_t length);

/* The next PCI event, through CHSC. block: SEI_SIZE bytes, SEI_ALIGN aligned. Return value and
 * *more as sei_parse. */
int zpci_next_event(uint8_t *block, struct pci_event *event, int *more);

#endif
