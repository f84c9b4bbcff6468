/* SPDX-License-Identifier: BSD-2-Clause */
/* The one place where a number becomes an address of init; tests have their own. Belongs to: init.
 */
#include "libs/sysdesc/init/scratch.h"

uint8_t *scratch_memory(void)
{
    return (uint8_t *)(uintptr_t)SCRATCH_ADDRESS;
}
