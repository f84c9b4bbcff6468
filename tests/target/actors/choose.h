/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `actor`: the next random call. Belongs to: test. */
#ifndef ACTOR_CHOOSE_H
#define ACTOR_CHOOSE_H

#include "tests/target/actors/scene.h"

/* Makes one call, recorded. The server makes only calls that come back at once, and with them wakes
 * everybody who waits for something. */
void choose_call(const struct scene *scene);

/* Answers the call that is held, if there is one: it must not wait for somebody who has finished.
 */
void choose_finish(void);

#endif
