/* SPDX-License-Identifier: BSD-2-Clause */
/* The facilities that the guest sees. Belongs to: VMM. */
#ifndef VMM_DEVICES_FACILITY_H
#define VMM_DEVICES_FACILITY_H

#include <stdint.h>

#define FACILITY_TOPOLOGY 11u

/* The first doubleword of STORE FACILITY LIST EXTENDED as the guest executes it, natively: STFL has
 * to agree with it. */
uint64_t facility_list(void);

#endif
