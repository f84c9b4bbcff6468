/* SPDX-License-Identifier: BSD-2-Clause */
/* Answers of TRANSLATOR_EVENT and TRANSLATOR_QUERY (protocol.h). Belongs to: translator (pure). */
#ifndef BULKHEAD_TRANSLATOR_QUERY_H
#define BULKHEAD_TRANSLATOR_QUERY_H

#include <stdint.h>

#include "libs/abi/abi.h"

/* The words of the call become those of the reply. */
void query_event(uint64_t word[BH_MESSAGE_WORDS], uint32_t f);
void query_item(uint64_t word[BH_MESSAGE_WORDS], uint32_t f);

#endif
