/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `hostile-vmm`: what it makes its vCPU do. Belongs to: test. */
#ifndef ISOLATION_GUEST_H
#define ISOLATION_GUEST_H

/* Every instruction of tests/target/programs/hostile/probes.S as guest code, in states that a VMM
 * should not choose: each must come out as an exit. */
void guest_instructions(void);

/* Any state page and any code, again and again. After every exit the PSW is one that a guest may
 * have. */
void guest_garbage(unsigned rounds);

/* Starts the vCPU; before the others. */
void guest_start(void);

#endif
