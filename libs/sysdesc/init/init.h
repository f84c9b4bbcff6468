/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What init knows while it builds a system, and its steps in their order. Each step says on the
 * console why it failed and then returns false; nothing later may follow. Belongs to: init.
 */
#ifndef BH_INIT_INIT_H
#define BH_INIT_INIT_H

#include <stdbool.h>
#include <stdint.h>

#include "libs/sysdesc/init/cpio.h"
#include "libs/sysdesc/init/elf.h"
#include "libs/sysdesc/sysdesc.h"

struct init_identity {
    uint16_t vendor, device;
};

/* The files of a guest; an initrd of size 0 is none. */
struct init_guest {
    struct cpio_file kernel, initrd;
};

struct init {
    /* From the kernel. */
    struct cpio bundle;
    uint64_t memory;      /* bytes of the machine's memory */
    uint64_t first_frame; /* first frame behind the boot area */
    /* From the bundle. */
    struct sysdesc sys;
    struct elf_image image[SYSDESC_PROCESSES]; /* of each process */
    struct init_guest guest[SYSDESC_GUESTS];
    /* From discovery: the PCI identity of each described function. */
    struct init_identity identity[SYSDESC_FUNCTIONS];
};

/* The description out of the bundle: found, parsed, checked, assigned, and fit for this machine. */
bool describe(struct init *init);

/* Every program and the files of guests out of the bundle, checked. */
bool read_programs(struct init *init);

/* PCI: lists the machine's functions, disables every enabled one and looks for each described one.
 */
bool discover(struct init *init);

/* Every object of the description, into the slots of slots.h. */
bool create_objects(const struct sysdesc *sys);

/* Refuses virtio functions whose DMA would not pass the I/O translation. */
bool check_features(const struct init *init);

/* Clears every region. */
bool clear_regions(const struct sysdesc *sys);

/* Windows of all spaces. */
bool add_windows(const struct sysdesc *sys);

/* Programs and start-up information into memory, page by page mapped; threads configured. */
bool load_processes(const struct init *init);

/* The vCPUs of guests. Needs the state pages of load_processes. */
bool create_guests(const struct sysdesc *sys);

/* Notifications, portals and memory bound to threads, interruptions, functions and the console. */
bool bind_all(const struct sysdesc *sys);

/* Capabilities of the processes. */
bool grant_all(const struct sysdesc *sys);

/* Reads back what the kernel holds and compares it with the description. */
bool verify(const struct init *init);

/* Seals, starts every thread and gives up init's own capabilities. */
bool seal_and_start(const struct sysdesc *sys);

/* All of it. False: the machine must not go on. */
bool build_system(struct init *init);

#endif
