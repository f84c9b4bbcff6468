/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program `methods`: its parts. Belongs to: test. NAME_before runs before seal, NAME_after
 * after it, NAME_both twice. Requires for all: objects_create (objects.h).
 */
#ifndef METHODS_GROUPS_H
#define METHODS_GROUPS_H

void every_both(void);

/* The methods that create, and their pools: full_before uses up what is left. */
void create_before(void);
void create_after(void);
void full_before(void);

void partition_before(void);
void partition_both(void);
void partition_after(void);
void space_before(void);
void space_both(void);
void space_after(void);
void iospace_before(void);
void iospace_both(void);
void iospace_after(void);
void captable_before(void);
void captable_both(void);
void captable_after(void);
void thread_before(void);
void thread_both(void);
void thread_after(void);
void vcpu_before(void);
void vcpu_both(void);
void vcpu_after(void);

/* Functions: what is bound to them; a working one with its disk; one that is gone. */
void pci_before(void);
void pci_both(void);
void pci_after(void);
void gone_before(void);
void gone_both(void);

/* Console, schedule, audit trail, interruption subclass, region. */
void machine_before(void);
void machine_both(void);
void machine_after(void);

/* The system calls. */
void ipc_both(void);

#endif
