/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages in, results out: protocol.h. Belongs to: translator (pure). */
#ifndef BULKHEAD_TRANSLATOR_SERVE_H
#define BULKHEAD_TRANSLATOR_SERVE_H

#include <stdint.h>

#include "libs/stubs/svc.h"

/* The page that the callers of TRANSLATOR_INVALIDATE share with the translator; they may change it
 * at any time. bytes 0: there is none. */
void serve_ranges(const volatile uint64_t *ranges, uint64_t bytes);

/* Replaces the words of a message that was received by those of the reply. Returns 1 if an error
 * event waits for the VMM that did not wait before. */
int serve(struct bh_message *message);

#endif
