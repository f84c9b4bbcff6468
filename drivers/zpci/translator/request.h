/* SPDX-License-Identifier: BSD-2-Clause */
/* Byte ranges as guests name them, made into a request. Belongs to: translator (pure). */
#ifndef BULKHEAD_TRANSLATOR_REQUEST_H
#define BULKHEAD_TRANSLATOR_REQUEST_H

#include <stdint.h>

/* What has been added since the last request_begin. */
void request_begin(void);

/* Adds the pages of function f that [start, start + length) touches, as far as they lie in the
 * aperture. Returns 0 if the range wraps around or lies outside altogether; an empty one adds
 * nothing. Requires: an anchor is registered; at most TRANSLATOR_RANGES are added. */
int request_add(uint32_t f, uint64_t start, uint64_t length);

/* Serves what was added; the result of protocol.h. */
uint32_t request_run(uint32_t f);

#endif
