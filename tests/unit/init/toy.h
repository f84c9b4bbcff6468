/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A toy kernel behind the one function that issues system calls: every object that init creates, as
 * plain structures that a test can look at and spoil. PCI functions are those of the zPCI fake.
 * It checks what the kernel checks: types, rights, ownership, seal. Belongs to: test.
 */
#ifndef TESTS_INIT_TOY_H
#define TESTS_INIT_TOY_H

#include <stdbool.h>
#include <stdint.h>

#include "drivers/zpci/insn/fake.h"
#include "libs/abi/vcpu.h"
#include "libs/stubs/svc.h"

#define TOY_MEMORY 0x1000000u /* bytes */
#define TOY_FIRST_FRAME 0x200u
#define TOY_TEXT 65536u
#define TOY_NONE UINT64_MAX
#define TOY_LOG 16384u
#define TOY_INIT_PAGES 0x20000u /* of init's own space */

struct toy_cap {
    uint64_t type, object, rights, badge;
};

struct toy_region {
    uint64_t first, frames, owner;
};

struct toy_window {
    uint64_t region, first, pages, rights; /* pages 0: free */
};

struct toy_leaf {
    uint64_t frame, rights; /* rights 0: invalid */
};

struct toy_space {
    bool io;
    uint64_t owner, base, pages, owed, function; /* function: TOY_NONE if none */
    struct toy_window window[BH_WINDOWS];
    struct toy_leaf *leaf;
};

struct toy_portal {
    uint64_t endpoint, badge, microseconds; /* endpoint TOY_NONE: none */
};

enum toy_state {
    TOY_NEW = BH_STATE_NEW,
    TOY_SET = BH_STATE_SET,
    TOY_STARTED = BH_STATE_READY,
    TOY_STOPPED = BH_STATE_ENDED
};

struct toy_thread {
    uint64_t owner, table, space, priority, flags, bound;
    uint64_t entry, stack, argument, message;
    enum toy_state state;
    struct toy_portal portal[BH_REASONS];
};

/* What hardware signals. */
struct toy_signal {
    uint64_t notification, badge; /* TOY_NONE: nothing */
};

struct toy_pci {
    uint64_t fid, owner, space, isc, memory_region, memory_page, memory_pages;
    struct toy_signal events;
};

struct toy_vcpu {
    uint64_t owner, priority, space, address, tables;
    struct toy_window window[BH_WINDOWS]; /* only the first is used */
    uint64_t functions, function[BH_VCPU_FUNCTIONS];
    struct toy_portal portal[BH_REASONS];
};

struct toy_irq {
    uint64_t owner; /* TOY_NONE: not created */
    struct toy_signal signal;
};

struct toy {
    struct toy_cap cap[BH_POOL_CAPTABLE][BH_SLOTS]; /* table 0 is init's */
    uint64_t table_owner[BH_POOL_CAPTABLE];
    struct toy_region region[BH_POOL_REGION];
    struct toy_space space[BH_POOL_SPACE + BH_POOL_IOSPACE]; /* 0 is init's */
    struct toy_thread thread[BH_POOL_THREAD];                /* 0 is init */
    uint64_t endpoint_owner[BH_POOL_ENDPOINT];
    uint64_t notification_owner[BH_POOL_NOTIFICATION];
    uint64_t notification_thread[BH_POOL_NOTIFICATION]; /* that it is bound to + 1; 0: none */
    struct toy_pci pci[BH_POOL_PCI];
    struct toy_vcpu vcpu[BH_POOL_VCPU];
    struct toy_irq irq[BH_POOL_IRQ];
    struct toy_signal console;
    uint64_t partitions, regions, spaces, tables, threads, endpoints, notifications, functions,
        vcpus;
    uint64_t stopped_partition; /* TOY_NONE: none */
    uint64_t slice;
    bool sealed;
    bool grants_extra;       /* a kernel that forgets to reduce rights */
    bool execute_protection; /* entries tell pages that may be executed */

    uint64_t calls;        /* so far */
    uint64_t log[TOY_LOG]; /* method of each */
    uint64_t fail_at;      /* this call fails, counted from 1; 0 none */
    uint64_t fail_error;   /* with this result */
    uint64_t busy;         /* so many of the next commands to disable find the function busy */
    uint64_t clock;        /* TOD units */
    char text[TOY_TEXT];   /* what was printed */
    uint8_t message[BH_PAGE_SIZE] __attribute__((aligned(8)));
    uint64_t scratch; /* frame that the first scratch page shows */
};

extern struct toy toy;
extern uint8_t toy_memory[TOY_MEMORY]; /* absolute storage */
extern struct fake_zpci machine;

/* A new machine without functions, and init with its capabilities. */
void toy_boot(void);
void toy_end(void);

/* Adds a virtio function with a modern interface whose device offers ACCESS_PLATFORM or not. */
struct toy_virtio {
    struct fake_function function;
    struct fake_translation cache[4];
    uint8_t bar[0x1000];
    bool access_platform;
};

void toy_add_virtio(struct toy_virtio *virtio, uint32_t fid, enum fake_state state);

/* True if the console has printed this. */
bool toy_printed(const char *text);

/* ---- between the toy's own files ---- */

uint64_t toy_own(uint64_t slot, enum bh_object type, uint64_t rights, uint64_t *object);
uint64_t toy_create(uint64_t partition, uint64_t method, const uint64_t *a);
uint64_t toy_space_invoke(uint64_t object, uint64_t method, const uint64_t *a,
                          struct bh_results *r);
uint64_t toy_iospace_invoke(uint64_t object, uint64_t method, const uint64_t *a,
                            struct bh_results *r);
uint64_t toy_thread_invoke(uint64_t object, uint64_t method, const uint64_t *a,
                           struct bh_results *r);
uint64_t toy_pci_invoke(uint64_t object, uint64_t method, const uint64_t *a, struct bh_results *r);
uint64_t toy_irq_invoke(uint64_t object, uint64_t method, const uint64_t *a, struct bh_results *r);
uint64_t toy_vcpu_create(uint64_t partition, const uint64_t *a);
uint64_t toy_vcpu_invoke(uint64_t object, uint64_t method, const uint64_t *a, struct bh_results *r);
uint64_t toy_set_portal(struct toy_portal *portal, uint64_t owner, const uint64_t *a);
uint64_t toy_inspect_portal(const struct toy_portal *portals, uint64_t reason,
                            struct bh_results *r);
uint64_t toy_clp(uint64_t length, uint64_t *cc);
uint64_t toy_pci_create(uint64_t partition, const uint64_t *a);
uint64_t toy_irq_create(uint64_t partition, const uint64_t *a);

#endif
