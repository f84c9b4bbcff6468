/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts of reading back. Each says what differs from the description and returns false.
 * Belongs to: init.
 *
 * The kernel names objects by numbers of its own. Init's own capability table ties them to the
 * description: number[slot_of(...)] is the kernel's number of a described object.
 */
#ifndef BH_INIT_VERIFY_H
#define BH_INIT_VERIFY_H

#include "libs/stubs/svc.h"
#include "libs/sysdesc/init/init.h"
#include "libs/sysdesc/init/slots.h"

struct readback {
    const struct init *init;
    uint64_t number[BH_SLOTS];
    /* Pages that the description makes executable, and how many of them the kernel calls so:
     * without the facility to forbid execution it calls none so. */
    uint64_t executable, called_executable;
};

/* The kernel's number of a described object. */
uint64_t readback_number(const struct readback *rb, enum bh_object type, uint32_t index);

/* True if equal; else "init: mismatch: KIND NAME: WHAT is GOT, described is WANTED". */
bool readback_same(const char *kind, const char *name, const char *what, uint64_t got,
                   uint64_t wanted);

/* True if the system call went well; else a mismatch: what can't be read can't be compared. */
bool readback_done(uint64_t error, const char *kind, const char *name);

/* Fills in number[]: which objects exist, and where regions and partitions are. Comes first. */
bool verify_objects(struct readback *rb);

/* Every slot of every capability table. */
bool verify_caps(const struct readback *rb);

/* Size, windows and every entry of process spaces. */
bool verify_spaces(struct readback *rb);

/* Place, windows, bound function and every entry of I/O spaces: all invalid, nothing owed. */
bool verify_iospaces(const struct readback *rb);

/* One window of a space; results are those of SPACE_INSPECT or IOSPACE_INSPECT. */
bool verify_window(const struct readback *rb, uint16_t space, uint32_t number,
                   const struct bh_results *results);

/* Threads, what they start with, and their portals. */
bool verify_threads(const struct readback *rb);

/* One portal of a process or guest; results are those of THREAD_ or VCPU_PORTAL_INSPECT. */
bool verify_portal(const struct readback *rb, bool guest, uint16_t of, uint32_t reason,
                   const struct bh_results *got);

/* vCPUs: owner, VMM, state page, tables, memory, PCI functions and portals. */
bool verify_guests(const struct readback *rb);

/* PCI functions, interruption subclasses, the console's binding and the schedule. */
bool verify_devices(const struct readback *rb);

#endif
