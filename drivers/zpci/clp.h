/* SPDX-License-Identifier: BSD-2-Clause */
/* CLP blocks for PCI: build requests, parse and validate responses (pure functions).
 * Linked by kernel, init (discovery), VMM and tests. Layout and source: libs/zformats/clp.h.
 *
 * block is always CLP_BLOCK_SIZE bytes, CLP_BLOCK_ALIGN aligned. A request builder rewrites header
 * and body of the request and the header of the response. A parser returns ZPCI_OK and fills its
 * result, or the meaning of the response code, or ZPCI_E_MALFORMED; then the result is untouched.
 */
#ifndef BULKHEAD_ZPCI_CLP_H
#define BULKHEAD_ZPCI_CLP_H

#include <stdint.h>

#include "drivers/zpci/error.h"
#include "libs/zformats/clp.h"

struct clp_list {
    uint64_t token; /* to continue with; 0 = complete */
    uint32_t mdd;   /* mask of the software-handle field */
    uint16_t max_functions;
    uint8_t uid_checking;
    uint16_t count; /* entries in this block */
};

struct clp_entry {
    uint32_t fid; /* the stable name */
    uint32_t fh;
    uint16_t device, vendor; /* vendor 0 = unused entry */
    uint8_t configured;
};

struct clp_bar {
    uint32_t value;    /* as in configuration space */
    uint8_t size_log2; /* 0 = no BAR, or upper half of a 64-bit one */
};

struct clp_function {
    uint64_t sdma, edma; /* DMA addresses, edma inclusive */
    uint32_t fid, uid;
    struct clp_bar bar[CLP_BARS];
    uint16_t vfn, pchid;
    uint8_t pfip[4];
    uint8_t group, flags, type, port;
    uint8_t fmb_words; /* length of the measurement block, in words */
};

struct clp_group {
    uint64_t dasm, msia;
    uint16_t interrupts;      /* per function */
    uint16_t max_store_block; /* bytes */
    uint16_t measurement_ms;
    uint8_t version;
    uint8_t flags;        /* CLP_QGRP_* */
    uint8_t designations; /* CLP_DTSM_* */
};

/* Meaning of a response code. */
enum zpci_error clp_code_error(uint16_t code);

/* List: start with token 0, continue with the token of the response until it is 0. A response
 * without entries but with a token is malformed, so the loop makes progress; max_functions bounds
 * it. */
void clp_list_request(uint8_t *block, uint64_t token);
enum zpci_error clp_list_parse(const uint8_t *block, struct clp_list *list);
/* Entry of a block that clp_list_parse accepted. Requires: index < list.count. */
void clp_list_entry(const uint8_t *block, uint16_t index, struct clp_entry *entry);

void clp_function_request(uint8_t *block, uint32_t fh);
enum zpci_error clp_function_parse(const uint8_t *block, struct clp_function *function);

void clp_group_request(uint8_t *block, uint8_t group);
enum zpci_error clp_group_parse(const uint8_t *block, struct clp_group *group);

/* Set: operation CLP_SET_ENABLE or CLP_SET_DISABLE. The new handle has the enabled bit exactly
 * after enabling; anything else is malformed. */
void clp_set_request(uint8_t *block, uint32_t fh, uint8_t operation);
enum zpci_error clp_set_parse(const uint8_t *block, uint8_t operation, uint32_t *fh);

#endif
