/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: a guest with translation tables, a translator that serves it, and an oracle that walks the
 * tables page by page. */
#ifndef BULKHEAD_TEST_TRANSLATOR_FIXTURE_H
#define BULKHEAD_TEST_TRANSLATOR_FIXTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "drivers/zpci/translator/protocol.h"
#include "tests/lib/test.h"
#include "tests/unit/translator/fake_kernel.h"
#include "tests/unit/translator/invariants.h"

/* The guest: 32 MiB of memory. Tables in the upper half; frames below GUEST_FREE_FRAMES are free.
 */
#define GUEST_SIZE 0x2000000u
#define GUEST_FRAMES (GUEST_SIZE / 4096u)
#define GUEST_FREE_FRAMES 4096u
#define RT 0x1000000u                    /* region-third table */
#define ST(i) (0x1004000u + (i)*0x4000u) /* segment tables, 0 to 3 */
#define PT(i) (0x1020000u + (i)*0x800u)  /* page tables, 0 to 4095 */
#define IOTA (RT | 0x804u)

/* The DMA window of function 0: 64 MiB at 4 GiB. */
#define IOVA UINT64_C(0x100000000)
#define WINDOW_PAGES 0x4000u
#define WINDOW_BYTES (WINDOW_PAGES * 4096u)
#define FIRST (IOVA / 4096u)
#define PAGE 4096u
#define SEGMENT 0x100000u

#define HANDLE 0x80120001u
#define GENERATION 7u
#define ENABLED 0x80u

#define EVENT_BADGE(mask) (TRANSLATOR_BADGE_EVENT | (mask))
#define VMM_BADGE(mask) (TRANSLATOR_BADGE_VMM | (mask))

#define CC(cc, status) TRANSLATOR_RESULT((uint64_t)(cc), (status))

/* cmocka setup: everything as after the start, function 0 enabled with IOTA registered and every
 * table of its window present and empty. fixture_bare: the same without registration. */
int fixture(void **state);
int fixture_bare(void **state);

/* All tables of function 0's window, with nothing in them. */
void fixture_tables(void);

/* A translator with function f for the window [first, first + pages), not enabled. */
void fixture_function(unsigned f, uint64_t first, uint64_t pages);

/* The translator sees so much of the guest's memory (a multiple of 4 KiB), and the oracle too. */
void guest_resize(uint64_t bytes);

/* Doublewords of the guest's memory, big-endian. */
void poke(uint64_t at, uint64_t value);
uint64_t peek(uint64_t at);

/* Addresses of the entries for an IOVA, through the tables as fixture made them. */
uint64_t rte_at(uint64_t iova);
uint64_t ste_at(uint64_t iova);
uint64_t pte_at(uint64_t iova);

/* The guest's page tables: an entry for n pages from `iova` on; frames ascend. */
void map(uint64_t iova, uint64_t frame, unsigned n);
void unmap(uint64_t iova, unsigned n); /* as Linux: the stale address stays */

/* A call to the translator; the words are those of the reply. */
struct reply {
    uint64_t error, result, event, address;
    int notify;
};
struct reply message(uint64_t badge, uint64_t w0, uint64_t w1, uint64_t w2, uint64_t w3);

/* RPCIT of the enabled function 0; label of the VMM for function 0. */
struct reply rpcit(uint64_t start, uint64_t length);
struct reply vmm(uint64_t label, uint64_t w1, uint64_t w2, uint64_t w3);

/* What the tables say about one page. */
struct walked {
    uint32_t event; /* 0, else PEC_*; then entry is invalid */
    uint64_t entry; /* as fake_entry */
};
struct walked oracle(uint64_t iota, uint64_t page);

/* Every page of [first, last] is as the oracle says, nothing is stale, all invariants hold. */
void assert_as_walked(unsigned f, uint64_t iota, uint64_t first, uint64_t last);
void assert_whole_window(void); /* of function 0 */

/* splitmix64 */
uint64_t random64(void);
void random_seed(uint64_t seed);

/* Called before each load of the guest's memory; NULL for none. */
extern void (*on_guest_load)(uint64_t at);

/* Loads of the guest's memory below `to` and from `from` on, since the last reset. */
extern uint64_t guest_loads;

#endif
