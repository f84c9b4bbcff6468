/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process `actor`: what the actor has, and how the state is before the first call. Belongs to:
 * test.
 */
#ifndef ACTOR_SCENE_H
#define ACTOR_SCENE_H

#include <stdint.h>

#define ACTORS 8u
#define SERVER 7u /* the actor that never blocks */

/* Virtual pages of an actor that nothing uses but its random mappings: behind the window "play". */
struct scene {
    uint64_t actor; /* its number */
    uint64_t seed;
    unsigned table;     /* slot of its own capability table */
    uint64_t free_page; /* first of the unused virtual pages; to the end of the space */
    uint64_t space_pages;
    volatile uint64_t *finished; /* one word for each actor, shared */
};

void scene_find(struct scene *scene);

/*
 * Prints the state before the first call, as lines of numbers in hexadecimal but for ACTOR:
 *   thread ACTOR TABLE BOUND          number of its capability table; bound notification + 1 or 0
 *   cap ACTOR SLOT TYPE OBJECT RIGHTS BADGE
 * and, by the server alone, the spaces that capabilities name:
 *   space OBJECT IO BASE PAGES        IO: 1 for an I/O space
 *   window OBJECT NUMBER REGION FIRST PAGES RIGHTS
 */
void scene_print(const struct scene *scene);

#endif
