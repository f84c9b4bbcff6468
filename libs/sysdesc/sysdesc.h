/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The system description as a static model: what the compiled devicetree declares, checked by named
 * rules, with every slot, window and address assigned. Belongs to: init and host tool.
 *
 * The order of use is parse, check, assign; each step needs the one before without a finding.
 * Nothing here allocates memory, recurses, uses stdio or trusts the blob: a damaged blob is a
 * finding. The checker on the development host and init on the machine run the same code.
 *
 * Source of the format: docs/manual/system-description.md; of the blob: the devicetree
 * specification, chapter 5. Objects, rights, reasons and pools: libs/abi.
 *
 * References are indexes into the arrays of struct sysdesc; SYSDESC_NONE means "none".
 * Every `node` is the byte offset of the node in the blob's structure block.
 */
#ifndef BH_SYSDESC_H
#define BH_SYSDESC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libs/abi/abi.h"
#include "libs/abi/vcpu.h"

#define SYSDESC_NONE UINT16_MAX

/* Characters of a name, with the final NUL. */
#define SYSDESC_NAME 24
/* Bytes of a file name in the bundle and of a guest's command line, with the final NUL. */
#define SYSDESC_FILE 64
#define SYSDESC_COMMAND_LINE 512
/* Bytes of a path in the description and of a line of the report, with the final NUL. */
#define SYSDESC_PATH 192
#define SYSDESC_LINE 384

/* Objects of all kinds that init can create: one slot of its own table each, one is spare. */
#define SYSDESC_OBJECTS (BH_SLOTS - BH_INIT_FREE - 1u)

/* How many of each kind a description may hold. Init itself uses one partition, space, capability
 * table and thread of the kernel's pools. */
#define SYSDESC_PARTITIONS (BH_POOL_PARTITION - 1)
#define SYSDESC_REGIONS ((unsigned)BH_POOL_REGION)
#define SYSDESC_PROCESSES (BH_POOL_CAPTABLE - 1)
#define SYSDESC_FUNCTIONS ((unsigned)BH_POOL_PCI)
#define SYSDESC_SPACES (SYSDESC_PROCESSES + SYSDESC_FUNCTIONS)
#define SYSDESC_WINDOWS (SYSDESC_SPACES * BH_WINDOWS)
#define SYSDESC_ENDPOINTS ((unsigned)BH_POOL_ENDPOINT)
#define SYSDESC_SERVERS 4u /* processes that may serve one endpoint */
#define SYSDESC_NOTIFICATIONS ((unsigned)BH_POOL_NOTIFICATION)
#define SYSDESC_INTERRUPTS ((unsigned)BH_POOL_IRQ)
#define SYSDESC_PORTALS 128u
#define SYSDESC_CHANNELS 32u
#define SYSDESC_CAPS 1024u
#define SYSDESC_VALUES 128u
#define SYSDESC_GUESTS 8u
#define SYSDESC_GUEST_FUNCTIONS BH_VCPU_FUNCTIONS /* of one guest */
#define SYSDESC_TIME_WINDOWS 32u
#define SYSDESC_NODES 1408u

/* Microseconds a thread runs before others of its priority, if the description doesn't say. */
#define SYSDESC_SLICE 10000u

/* Slot 0 of a capability table stays empty, so a forgotten number names nothing. A process has no
 * more capabilities than it can look up: its start-up information is one page. */
#define SYSDESC_FIRST_SLOT 1u
#define SYSDESC_SLOTS 63u

/* Where byte 0 of a process's private region is mapped; programs are linked here. */
#define SYSDESC_PROCESS_BASE 0x100000u
/* Windows, the channels and the size of a process space are multiples of this (one page table). */
#define SYSDESC_SEGMENT 0x100000u
/* Bytes of virtual memory that a process space may have (one segment table). */
#define SYSDESC_SPACE_LIMIT 0x80000000u
/* What the kernel's pools of translation tables leave to the description: page tables, each for one
 * SYSDESC_SEGMENT of a process space or DMA window, and segment tables, one for each process space
 * and each 2 GiB range that a DMA window touches. Init's own space needs the rest. */
#define SYSDESC_PAGE_TABLES 5120u
#define SYSDESC_SEGMENT_TABLES 78u
/* Blocks of 16 KiB for the translation tables of guests, in all; each is one region or segment
 * table, or eight page tables. A guest that is to run at all needs the fewest: two levels for each
 * of the three spaces that are in use at once. */
#define SYSDESC_GUEST_TABLES 1536u
#define SYSDESC_GUEST_TABLES_MIN 16u
/* DMA windows lie in [4 GiB, 4 TiB): below are addresses that no function announces, above is what
 * a region-third table cannot translate. Base and size are multiples of 1 MiB. */
#define SYSDESC_IOVA_FIRST 0x100000000u
#define SYSDESC_IOVA_END 0x40000000000u

struct sysdesc_machine {
    uint64_t memory;    /* bytes that the machine must have at least */
    uint64_t boot_area; /* bytes from 0 that kernel, pools and bundle use */
    int32_t node;
};

struct sysdesc_partition {
    char name[SYSDESC_NAME];
    int32_t node;
};

struct sysdesc_region {
    char name[SYSDESC_NAME];
    int32_t node;
    uint16_t partition; /* its owner */
    uint64_t base;      /* physical address */
    uint64_t size;      /* bytes */
};

/* A process: one capability table, one space and one thread. The index of the process is the index
 * of its capability table and thread; `space` that of its space. */
struct sysdesc_process {
    char name[SYSDESC_NAME];
    int32_t node;
    uint16_t partition;
    uint16_t region;             /* private region: image, heap, stack, pages below */
    uint16_t space;              /* index into spaces */
    uint16_t bound_notification; /* its signals also end a receive */
    uint32_t priority;           /* 0 to 31, higher is more urgent */
    bool floating_point;
    char program[SYSDESC_FILE]; /* file in the bundle */
    uint64_t stack, heap;       /* bytes */
    /* Assigned. Offsets in bytes from the start of the private region, which is mapped whole and
     * in order at SYSDESC_PROCESS_BASE up to `shared`. From 0: image, then heap. */
    uint64_t image_room; /* bytes from 0 for image and heap together */
    uint64_t guard;      /* one page that stays unmapped below the stack */
    uint64_t stack_base; /* lowest byte of the stack; it ends at stack_base + stack */
    uint64_t message;    /* message buffer page */
    uint64_t info;       /* start-up information page (struct bh_info) */
    uint64_t state;      /* of a guest's VMM: state page of the vCPU (struct bh_vcpu); else 0 */
    uint64_t shared;     /* from here to the end: this process's parts of its channels */
    uint64_t pages;      /* virtual pages of the space, a multiple of 256 */
};

enum sysdesc_space_kind {
    SYSDESC_SPACE_PROCESS, /* owner: index into processes; object BH_SPACE */
    SYSDESC_SPACE_IO       /* owner: index into functions; object BH_IOSPACE */
};

struct sysdesc_space {
    char name[SYSDESC_NAME]; /* the process's, or the I/O space node's */
    int32_t node;
    enum sysdesc_space_kind kind;
    uint16_t partition;
    uint16_t owner;
    uint64_t iova; /* I/O space: first I/O address and bytes of the DMA window */
    uint64_t size;
    uint16_t windows; /* assigned: how many windows the space has */
};

/* A window. In a process space window 0 is the private region, then come the declared windows in
 * their order, then those onto channel parts of others. In an I/O space: as declared. */
struct sysdesc_window {
    char name[SYSDESC_NAME];
    int32_t node;
    uint16_t space;
    uint16_t region;
    uint16_t number;  /* assigned: its number in the space, 0 to 3 */
    uint16_t channel; /* the channel whose part of the other end it shows, or none */
    uint64_t offset;  /* bytes from the start of the region */
    uint64_t size;    /* bytes */
    uint32_t rights;  /* BH_R_REGION_READ, WRITE, EXECUTE */
    uint64_t address; /* assigned, process space: virtual address of its first byte */
};

/* Where the kernel delivers one exit reason of one thread or of one guest's vCPUs. */
struct sysdesc_portal {
    char name[SYSDESC_NAME]; /* the reason's, in small letters */
    int32_t node;
    bool guest; /* of: index into guests instead of processes */
    uint16_t of;
    uint32_t reason; /* enum bh_reason */
    uint16_t endpoint;
    uint64_t badge;
    uint64_t deadline; /* microseconds */
};

struct sysdesc_endpoint {
    char name[SYSDESC_NAME];
    int32_t node;
    uint16_t partition;
    uint16_t servers;
    uint16_t server[SYSDESC_SERVERS]; /* processes with the right to receive */
};

struct sysdesc_notification {
    char name[SYSDESC_NAME];
    int32_t node;
    uint16_t partition;
};

/* Whom an event of hardware signals, and with which bits. */
struct sysdesc_signal {
    int32_t node; /* negative: not declared */
    uint16_t notification;
    uint64_t badge;
};

/* The interruption subclass of a partition. */
struct sysdesc_interrupt {
    char name[SYSDESC_NAME];
    int32_t node;
    uint16_t partition;
    uint32_t isc;
    struct sysdesc_signal signal;
};

/* Memory named by a function: adapter vectors, measurements and store-block sources lie in it. */
struct sysdesc_bound {
    int32_t node; /* negative: not declared */
    uint16_t region;
    uint64_t offset, size; /* bytes */
};

struct sysdesc_function {
    char name[SYSDESC_NAME];
    int32_t node;
    uint16_t partition;
    uint16_t space;     /* its I/O space */
    uint16_t interrupt; /* its partition's subclass */
    uint32_t fid;
    struct sysdesc_bound bound;
    struct sysdesc_signal events; /* error and availability events of the function */
};

/* One end of a channel. The ring is [head page][data][tail page] in the virtual memory of both; the
 * producer owns head and data, the consumer the tail: each end sees its own part through its
 * private region and the other's through a read-only window. */
struct sysdesc_channel_end {
    int32_t node;
    uint16_t process;
    uint16_t wake;  /* notification that the *other* end signals */
    uint64_t badge; /* bits that such a signal sets */
    /* Assigned. */
    uint64_t offset;  /* of this end's part in its process's private region */
    uint64_t length;  /* bytes of this end's part */
    uint64_t address; /* virtual address of the head page in this process */
    uint16_t window;  /* index of the read-only window onto the other end's part */
    uint16_t cap;     /* index of the capability that signals the other end */
};

enum sysdesc_end { SYSDESC_PRODUCER, SYSDESC_CONSUMER, SYSDESC_ENDS };

struct sysdesc_channel {
    char name[SYSDESC_NAME];
    int32_t node;
    uint64_t size; /* bytes of data; head and tail take a page each besides */
    struct sysdesc_channel_end end[SYSDESC_ENDS];
};

/* What a capability names. Index: partition, region, process (capability table, thread), space
 * (process and I/O space), endpoint, notification, function, interrupt, guest (its vCPU); 0 for the
 * single ones. */
struct sysdesc_object {
    enum bh_object type;
    uint16_t index;
};

struct sysdesc_cap {
    char name[SYSDESC_NAME];
    int32_t node; /* of the capability, or of the channel end that implies it */
    uint16_t process;
    uint16_t slot;    /* assigned */
    uint16_t channel; /* the channel that implies it, or none */
    struct sysdesc_object object;
    uint32_t rights; /* of libs/abi/rights.def, for the object's type */
    uint64_t badge;
};

/* A named number for a process, which finds it in its start-up information. */
struct sysdesc_value {
    char name[SYSDESC_NAME];
    int32_t node;
    uint16_t process;
    uint64_t value;
};

struct sysdesc_guest {
    char name[SYSDESC_NAME];
    int32_t node;
    uint16_t partition;
    uint16_t region;   /* guest memory */
    uint16_t vmm;      /* process that serves its exits */
    uint32_t priority; /* of its one vCPU: 0 to 31, higher is more urgent */
    uint32_t tables;   /* blocks of 16 KiB for its translation tables */
    uint16_t functions;
    uint16_t function[SYSDESC_GUEST_FUNCTIONS]; /* PCI functions, in the order of their handles */
    char kernel[SYSDESC_FILE];
    char initrd[SYSDESC_FILE]; /* "" for none */
    char command_line[SYSDESC_COMMAND_LINE];
};

struct sysdesc_time_window {
    char name[SYSDESC_NAME];
    int32_t node;
    uint64_t start, length; /* microseconds from the start of the period */
    uint32_t partitions;    /* bit i: partition i runs in it */
};

struct sysdesc_schedule {
    int32_t node;    /* negative: not declared */
    uint64_t period; /* microseconds */
    uint64_t slice;  /* microseconds a thread runs before others of its priority */
};

struct sysdesc {
    struct sysdesc_machine machine;
    struct sysdesc_signal console_input;
    struct sysdesc_schedule schedule;
    uint16_t partitions, regions, processes, spaces, windows, portals, endpoints, notifications,
        interrupts, functions, channels, caps, values, guests, time_windows;
    struct sysdesc_partition partition[SYSDESC_PARTITIONS];
    struct sysdesc_region region[SYSDESC_REGIONS];
    struct sysdesc_process process[SYSDESC_PROCESSES];
    struct sysdesc_space space[SYSDESC_SPACES];
    struct sysdesc_window window[SYSDESC_WINDOWS];
    struct sysdesc_portal portal[SYSDESC_PORTALS];
    struct sysdesc_endpoint endpoint[SYSDESC_ENDPOINTS];
    struct sysdesc_notification notification[SYSDESC_NOTIFICATIONS];
    struct sysdesc_interrupt interrupt[SYSDESC_INTERRUPTS];
    struct sysdesc_function function[SYSDESC_FUNCTIONS];
    struct sysdesc_channel channel[SYSDESC_CHANNELS];
    struct sysdesc_cap cap[SYSDESC_CAPS];
    struct sysdesc_value value[SYSDESC_VALUES];
    struct sysdesc_guest guest[SYSDESC_GUESTS];
    struct sysdesc_time_window time_window[SYSDESC_TIME_WINDOWS];
};

#define RULE(id, name, text) SYSDESC_RULE_##id,
enum sysdesc_rule {
#include "libs/sysdesc/rules.def"
    SYSDESC_RULES
};
#undef RULE

/* One violation of one rule. */
struct sysdesc_finding {
    enum sysdesc_rule rule;
    int32_t node;         /* negative: the blob as a whole */
    const char *property; /* NULL: the node as a whole */
    const char *message;  /* valid during the call */
};

/* Where findings go; `count` is the number of findings so far. */
struct sysdesc_report {
    void (*found)(void *context, const struct sysdesc_finding *finding);
    void *context;
    unsigned count;
};

/* The name of a rule as users see it, for example "memory-overlap"; "?" for no rule. */
const char *sysdesc_rule_name(enum sysdesc_rule rule);

/* Reads a compiled devicetree of `size` bytes into `*sys`, which is cleared first. Returns true if
 * every node, property, value and reference was understood; else findings were reported. The blob
 * lies at a multiple of eight, or is taken for damaged, and is only read. Not reentrant. */
bool sysdesc_parse(struct sysdesc *sys, const void *blob, size_t size,
                   struct sysdesc_report *report);

/* Runs every rule. Requires: parsed without findings. Returns true if no rule was violated. */
bool sysdesc_check(const struct sysdesc *sys, struct sysdesc_report *report);

/* Fills in everything marked "assigned" and adds the windows and capabilities that private regions
 * and channels imply. Requires: checked without findings; so it cannot fail. The result depends on
 * the description alone. */
void sysdesc_assign(struct sysdesc *sys);

/* The path of a node ("/partitions/storage") of a blob that parsed; "/" if it is negative. */
void sysdesc_path(const void *blob, int32_t node, char path[SYSDESC_PATH]);

/* Every object and capability that will exist, one canonical line each (see the manual), in an
 * order fixed by the description. Requires: assigned. */
void sysdesc_lines(const struct sysdesc *sys, void (*line)(void *context, const char *text),
                   void *context);

#endif
