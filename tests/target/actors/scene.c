/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `actor`: what it has. Belongs to: test. */
#include "tests/target/actors/scene.h"

#include <stdio.h>

#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"

static void must(uint64_t error, const char *what)
{
    if (error != BH_E_OK)
        bh_fatal("%s: %s", what, bh_error_text(error));
}

static uint64_t number(const char *name)
{
    uint64_t value = 0;

    if (!bh_value(name, &value))
        bh_fatal("no value named %s", name);
    return value;
}

void scene_find(struct scene *scene)
{
    struct bh_window play = bh_need_window("play");
    struct bh_results results;

    scene->actor = number("number");
    scene->seed = number("seed");
    scene->table = bh_need_cap("table");
    scene->free_page = ((uintptr_t)play.address + play.size) / BH_PAGE_SIZE;
    must(bh_space_inspect(bh_need_cap("space0"), BH_WINDOWS, &results), "size of a space");
    scene->space_pages = results.gr3;
    scene->finished = bh_need_window("board").address;
}

static void print_caps(const struct scene *scene)
{
    struct bh_results results;

    for (uint64_t slot = 0; slot < BH_SLOTS; slot++) {
        must(bh_captable_inspect(scene->table, slot, &results), "inspect a slot");
        if (results.gr3 != BH_NONE)
            printf("cap %lu %lx %lx %lx %lx %lx\n", scene->actor, slot, results.gr3, results.gr4,
                   results.gr5, results.gr6);
    }
}

static uint64_t object_of(const struct scene *scene, const char *name)
{
    struct bh_results results;

    must(bh_captable_inspect(scene->table, bh_need_cap(name), &results), "inspect a slot");
    return results.gr4;
}

static void print_window(uint64_t object, uint64_t window, const struct bh_results *results)
{
    if (results->gr5 != 0)
        printf("window %lx %lx %lx %lx %lx %lx\n", object, window, results->gr3, results->gr4,
               results->gr5, results->gr6);
}

static void print_space(const struct scene *scene, const char *name)
{
    uint64_t object = object_of(scene, name);
    struct bh_results results;

    must(bh_space_inspect(bh_need_cap(name), BH_WINDOWS, &results), "inspect a space");
    printf("space %lx 0 0 %lx\n", object, results.gr3);
    for (uint64_t window = 0; window < BH_WINDOWS; window++) {
        must(bh_space_inspect(bh_need_cap(name), window, &results), "inspect a window");
        print_window(object, window, &results);
    }
}

static void print_iospace(const struct scene *scene, const char *name)
{
    uint64_t object = object_of(scene, name);
    struct bh_results results;

    must(bh_iospace_inspect(bh_need_cap(name), BH_WINDOWS, &results), "inspect an I/O space");
    printf("space %lx 1 %lx %lx\n", object, results.gr3, results.gr4);
    for (uint64_t window = 0; window < BH_WINDOWS; window++) {
        must(bh_iospace_inspect(bh_need_cap(name), window, &results), "inspect a window");
        print_window(object, window, &results);
    }
}

void scene_print(const struct scene *scene)
{
    struct bh_results results;

    must(bh_thread_inspect(bh_need_cap("thread"), &results), "inspect the thread");
    printf("thread %lu %lx %lx\n", scene->actor, results.gr6 / 256, results.gr7);
    print_caps(scene);
    if (scene->actor != SERVER)
        return;
    print_space(scene, "space0");
    print_space(scene, "space1");
    print_iospace(scene, "disk-dma");
}
