/* SPDX-License-Identifier: BSD-2-Clause */
/* CLP blocks for PCI, from the machine's side: parse requests, build responses (pure functions).
 * Linked by the VMM (virtual CLP), the zPCI software fake and tests. Layout: libs/zformats/clp.h.
 *
 * Contract as QEMU has it: lengths that contradict each other are an operand exception, everything
 * else is a response code. */
#ifndef BULKHEAD_ZPCI_CLP_ANSWER_H
#define BULKHEAD_ZPCI_CLP_ANSWER_H

#include <stdint.h>

#include "drivers/zpci/clp.h"

struct clp_request {
    const uint8_t *body;      /* CLP_REQUEST_LENGTH bytes, from the header on */
    uint8_t *response;        /* inside the block */
    uint16_t response_length; /* room for the response */
    uint16_t command;
    uint16_t code; /* CLP_RC_OK, or what to answer whatever the command is */
};

/* Look at a block of which size bytes may be used. 0, or -1: operand exception (length of request
 * or response not a multiple of 8, below 16 or 8, or both together beyond size). */
int clp_request_parse(uint8_t *block, uint32_t size, struct clp_request *request);

/* Answer with a response code only. */
void clp_answer_code(const struct clp_request *request, uint16_t code);

/* List: start, add as many entries as fit, then finish with the resume token (0 = complete). start
 * returns the number of entries that fit, 0 after it answered with an error itself. */
uint16_t clp_answer_list(const struct clp_request *request, const struct clp_list *list);
void clp_answer_entry(const struct clp_request *request, uint16_t index,
                      const struct clp_entry *entry);
void clp_answer_list_end(const struct clp_request *request, uint16_t count, uint64_t token);

void clp_answer_function(const struct clp_request *request, const struct clp_function *function);
void clp_answer_group(const struct clp_request *request, const struct clp_group *group);
void clp_answer_set(const struct clp_request *request, uint32_t fh);

#endif
