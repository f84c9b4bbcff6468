/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process: one of eight that make random system calls, mostly valid ones, and record each with
 * the time of its entry. When it has made its share it prints what was before, then the records.
 * The host puts the records of all in order of time and compares them with the model, call by call
 * (tests/target/actors/replay). Belongs to: test.
 *
 * All have different priorities and no deadline ever runs, so nobody is interrupted between reading
 * the clock and the call: the order of the times is that of the calls.
 *
 * Needs what tests/target/actors/caps.dtsi says, and: values "number", "seed"; capabilities
 * "serve0" to "serve3" (as many as it serves), "own" (its bound notification), "table" and "thread"
 * (its own); windows "play" and "board" (shared by all).
 */
#include <stdio.h>

#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"
#include "tests/target/actors/choose.h"
#include "tests/target/actors/record.h"
#include "tests/target/actors/scene.h"

#define CALLS 2500u

static struct scene scene;

static bool others_finished(void)
{
    for (unsigned i = 0; i < ACTORS; i++)
        if (i != SERVER && scene.finished[i] == 0)
            return false;
    return true;
}

/* The server goes on as long as somebody may wait. */
static bool goes_on(void)
{
    return record_count() < CALLS || (scene.actor == SERVER && !others_finished());
}

/* All others have printed: they are more urgent. */
static void tell_total(void)
{
    uint64_t total = 0;

    for (unsigned i = 0; i < ACTORS; i++)
        total += scene.finished[i];
    printf("actors: %lu calls of %u processes\n", total, ACTORS);
}

int main(void)
{
    scene_find(&scene);
    scene_print(&scene);
    while (goes_on())
        choose_call(&scene);
    choose_finish();
    scene.finished[scene.actor] = record_count();
    record_print(scene.actor);
    if (scene.actor == SERVER) {
        tell_total();
        return 0;
    }
    for (;;) /* ending would change what the others see */
        bh_svc_wait(bh_need_cap("own"), BH_NO_DEADLINE, &(uint64_t){0});
}
