/* SPDX-License-Identifier: BSD-2-Clause */
/* Byte ranges as guests name them, made into requests. Belongs to: translator (pure).
 *
 * A range covers every page that it touches, as far as that lies in the registered aperture; one
 * that is empty covers nothing; one that wraps around or lies outside altogether is an error. A
 * mapping is refused only if the unmappings of the whole request do not make room for it.
 * Results: protocol.h. Requires, for all: the state allows a request (state.h). */
#ifndef BULKHEAD_TRANSLATOR_REQUEST_H
#define BULKHEAD_TRANSLATOR_REQUEST_H

#include <stdint.h>

#include "drivers/zpci/translator/limits.h"

/* For the query: all, those for one range that is the whole aperture or more ("global refresh"),
 * and those with status 16. */
extern uint64_t request_count[TRANSLATOR_FUNCTIONS];
extern uint64_t request_global[TRANSLATOR_FUNCTIONS];
extern uint64_t request_exhausted[TRANSLATOR_FUNCTIONS];

uint32_t request_one(uint32_t f, uint64_t start, uint64_t length);

/* `count` pairs start, length, at most TRANSLATOR_RANGES; each is loaded once. All are checked
 * before anything is done. */
uint32_t request_many(uint32_t f, const volatile uint64_t *pairs, uint64_t count);

#endif
