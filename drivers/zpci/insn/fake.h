/* SPDX-License-Identifier: BSD-2-Clause */
/* Software fake of the zPCI instructions: functions with configuration space, BARs, I/O translation
 * and interruptions (zPCI instruction layer, fake). For host tests, the kernel's host build and a
 * software function on machines without zPCI.
 *
 * It is stricter than the emulators, so that mistakes show:
 *   - a cached translation lives until exactly its purge (RPCIT, deregistration, disable);
 *   - with the group's refresh bit, RPCIT is the only way into the cache: a new entry that was not
 *     announced faults; without it, a miss walks the tables;
 *   - every handle dies with each change of state;
 *   - every byte of configuration space can be written, so a store that the filter lets slip is
 * seen;
 *   - an interruption is presented only if the whole byte of its summary bit was zero;
 *   - what would be a program interruption is counted, not hidden behind a condition code.
 * Like the machine, it sets interruption bits over 2048 vectors, whatever was registered.
 * Not modelled: identity translation, directed interruptions, measurement blocks being filled. */
#ifndef BULKHEAD_ZPCI_FAKE_H
#define BULKHEAD_ZPCI_FAKE_H

#include <stdint.h>

#include "drivers/zpci/clp.h"
#include "drivers/zpci/event.h"
#include "drivers/zpci/insn/fake_memory.h"
#include "drivers/zpci/insn/insn.h"
#include "drivers/zpci/ioat.h"
#include "drivers/zpci/irq.h"
#include "libs/zformats/pciconf.h"

#define FAKE_FUNCTIONS 4u
#define FAKE_EVENTS 40u
#define FAKE_SUBCLASSES 8u
#define FAKE_MDD UINT32_C(0x00ff0000)
#define FAKE_MSIA UINT64_C(0xfe00000000000000)

/* Program interruption codes */
#define FAKE_PGM_SPECIFICATION 0x06u
#define FAKE_PGM_OPERAND 0x15u

enum fake_instruction {
    FAKE_CLP,
    FAKE_PCILG,
    FAKE_PCISTG,
    FAKE_PCISTB,
    FAKE_MPCIFC,
    FAKE_STPCIFC,
    FAKE_RPCIT,
    FAKE_SIC,
    FAKE_CHSC,
    FAKE_STCRW,
    FAKE_SCLP,
    FAKE_INSTRUCTIONS
};

enum fake_state {
    FAKE_RESERVED, /* not listed */
    FAKE_STANDBY,
    FAKE_DISABLED,
    FAKE_ENABLED,
    FAKE_UNBLOCKED, /* in error, loads and stores possible */
    FAKE_ERROR,
    FAKE_PERMANENT
};

struct fake_translation {
    uint64_t page;  /* iova / 4096; a slot keeps its page for good */
    uint64_t frame; /* absolute address / 4096 */
    uint8_t used, valid, protect;
};

struct fake_function;

/* A device model behind the BARs, which are plain storage otherwise; every hook may be a null
 * pointer. */
struct fake_device {
    void *context;
    void (*after_store)(void *context, uint8_t bar, uint64_t offset, uint8_t length);
    void (*reset)(void *context);
};

struct fake_function {
    /* Set up by the user before fake_zpci_add, constant afterwards */
    struct clp_function query; /* fid, sdma, edma, sizes of BARs … */
    uint8_t *bar[CLP_BARS];    /* storage, 1 << size_log2 bytes */
    struct fake_device device;
    struct fake_translation *cache;
    uint32_t cache_size;                  /* slots; each page that is ever touched takes one */
    uint8_t config_initial[PCICONF_SIZE]; /* built with fake_config_* … */
    uint16_t config_end, config_link;     /* … which continue here */
    uint16_t extended_end, extended_link;

    /* State */
    enum fake_state state;
    uint32_t fh;
    uint8_t config[PCICONF_SIZE];
    uint8_t ioat_registered, irq_registered, irq_summary;
    struct ioat ioat;
    struct irq_registration irq;
    uint64_t measurement; /* 0 = off */

    /* What happened */
    uint32_t dma_faults;      /* refused accesses */
    uint32_t dma_outside;     /* translated to a frame outside storage: never legal */
    uint32_t cache_overflows; /* the cache was too small: the test is void */
    uint32_t stray_messages;  /* sent while no interruption was registered: damage at address 0 */
    uint32_t config_stores;
};

struct fake_fault {
    uint8_t cc, status;
    uint32_t count; /* so many of the next instructions have this result */
};

struct fake_subclass {
    uint8_t single;     /* as set by SIC */
    uint8_t suppressed; /* one was presented since */
    uint8_t pending;
};

struct fake_zpci {
    struct fake_memory memory;
    struct clp_group group;
    uint8_t group_id;
    uint16_t list_limit; /* entries in one list block, to exercise resume tokens */
    uint64_t list_token; /* if not 0: every list block ends with this one */
    struct fake_function *function[FAKE_FUNCTIONS];
    uint32_t functions;

    struct pci_event event[FAKE_EVENTS];
    uint32_t event_first, event_count;
    uint8_t report_pending, events_lost;
    struct fake_subclass subclass[FAKE_SUBCLASSES];

    struct fake_fault fault[FAKE_INSTRUCTIONS];
    uint16_t clp_code;       /* next CLP commands answer with this … */
    uint32_t clp_code_count; /* … so many times */

    uint32_t issued[FAKE_INSTRUCTIONS];
    uint32_t program_checks; /* program interruptions that the machine would have taken */
    uint8_t program_code;    /* the last one */
};

/* Group defaults: refresh, 128 interruptions, store blocks of 128, RTTO, MSI address. */
void fake_zpci_init(struct fake_zpci *fake, const struct fake_memory *memory);

/* Add a function, disabled (configured) or in standby. 0, or -1 if there are FAKE_FUNCTIONS. */
int fake_zpci_add(struct fake_zpci *fake, struct fake_function *function, enum fake_state state);

/* The zpci_* instructions of insn.h act on this fake from now on (fake_insn.c). */
void fake_zpci_install(struct fake_zpci *fake);

/* The next count instructions of this kind have this result and do nothing. */
void fake_inject(struct fake_zpci *fake, enum fake_instruction instruction, uint8_t cc,
                 uint8_t status, uint32_t count);
void fake_inject_clp(struct fake_zpci *fake, uint16_t code, uint32_t count);

/* The operator takes a function away or brings it (availability event included). */
void fake_zpci_set_state(struct fake_zpci *fake, struct fake_function *function,
                         enum fake_state state);

/* ---- configuration space of a function, before fake_zpci_add (fake_config.c) ---- */

void fake_config_init(struct fake_function *function, uint16_t vendor, uint16_t device);
/* Append a capability of length bytes; the body is behind the two header bytes. Returns its offset,
 * 0 if there is no room. */
uint16_t fake_config_add(struct fake_function *function, uint8_t id, const uint8_t *body,
                         uint8_t length);
/* Append an extended capability with an empty body; needs PCI Express among the others. */
uint16_t fake_config_add_extended(struct fake_function *function, uint16_t id, uint16_t length);

/* ---- what the device does ---- */

/* DMA by the device, through the cached translations: 0, or -1 and an error event. */
int fake_dma_read(struct fake_zpci *fake, struct fake_function *function, uint64_t iova,
                  uint8_t *to, uint32_t length);
int fake_dma_write(struct fake_zpci *fake, struct fake_function *function, uint64_t iova,
                   const uint8_t *from, uint32_t length);

/* Message-signalled interruption with this data. */
void fake_message(struct fake_zpci *fake, struct fake_function *function, uint32_t data);

/* An error of the device: event, and the function goes into error. */
void fake_error(struct fake_zpci *fake, struct fake_function *function, uint16_t code,
                uint64_t address, int write);

/* ---- what the processor sees ---- */

/* Take the pending adapter interruption of a subclass: 1, or 0 if there is none. */
int fake_take_interruption(struct fake_zpci *fake, uint8_t isc);

/* ---- the instructions, by name (used by fake_insn.c) ---- */

struct zpci_result fake_clp(struct fake_zpci *fake, uint8_t *block);
struct zpci_result fake_pcilg(struct fake_zpci *fake, uint32_t fh, uint8_t space, uint64_t offset,
                              uint8_t length, uint64_t *data);
struct zpci_result fake_pcistg(struct fake_zpci *fake, uint32_t fh, uint8_t space, uint64_t offset,
                               uint8_t length, uint64_t data);
struct zpci_result fake_pcistb(struct fake_zpci *fake, uint32_t fh, uint8_t space, uint64_t offset,
                               uint16_t length, const uint8_t *source);
struct zpci_result fake_mpcifc(struct fake_zpci *fake, uint32_t fh, uint8_t operation,
                               const uint8_t *fib);
struct zpci_result fake_stpcifc(struct fake_zpci *fake, uint32_t fh, uint8_t *fib);
struct zpci_result fake_rpcit(struct fake_zpci *fake, uint32_t fh, uint64_t start, uint64_t length);
void fake_sic(struct fake_zpci *fake, uint16_t operation, uint8_t isc);
struct zpci_result fake_chsc(struct fake_zpci *fake, uint8_t *block);
struct zpci_result fake_stcrw(struct fake_zpci *fake, uint32_t *crw);
struct zpci_result fake_sclp(struct fake_zpci *fake, uint32_t command, uint8_t *sccb);

#endif
