/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Repair of PSWs that a guest built from EXTRACT PSW. Belongs to: VMM, back end pv.
 *
 * EPSW is unprivileged and shows the real PSW: problem state, DAT on, every interruption enabled,
 * primary instead of home space. Guest supervisor state therefore runs with the real key 8, which
 * EPSW shows as well: a PSW in problem state with key 8 was made from it, and what the guest would
 * have seen is put back. docs/porting-guests.md says what that asks of a guest. The problem state
 * runs with key 0, so nothing that the problem state extracts is ever repaired.
 */
#ifndef VMM_PV_REPAIR_H
#define VMM_PV_REPAIR_H

#include <stdint.h>

/* The mask to load instead of `mask`, which LPSW or LPSWE loads while `current` is the virtual PSW.
 * DAT stays if the guest chose home space: it is switching DAT on. External interruptions stay
 * enabled with the wait bit: the guest asked for them. */
uint64_t repair_loaded(uint64_t current, uint64_t mask);

/* The same for a new PSW of the lowcore, which a guest extracts while it runs disabled. */
uint64_t repair_new(uint64_t current, uint64_t mask);

/* With a back end that runs the guest's own PSW there is nothing to repair: 0 switches it off. */
void repair_enable(int enabled);

#endif
