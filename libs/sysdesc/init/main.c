/* SPDX-License-Identifier: BSD-2-Clause */
/* Init, the first process: builds the system from its description, then is gone. Belongs to: init.
 */
#include "libs/rt/init.h"
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/init.h"

#define CODE_BUILT 0u
#define CODE_REFUSED 1u

static struct init init;

/* After a refusal nothing runs, and the kernel reports that and stops the machine. */
int main(void)
{
    init.bundle.bytes = (const uint8_t *)(uintptr_t)bh_init_arguments.bundle;
    init.bundle.length = bh_init_arguments.bundle_size;
    init.memory = bh_init_arguments.memory;
    init.first_frame = bh_init_arguments.first_frame;
    bh_svc_exit(build_system(&init) ? CODE_BUILT : CODE_REFUSED);
}
