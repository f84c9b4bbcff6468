/* SPDX-License-Identifier: BSD-2-Clause */
/* Functions of musl that would bring in system calls of Linux. Belongs to: everything that runs as
 * a process. */
#include <sched.h>

#include "libs/stubs/svc.h"

int sched_yield(void)
{
    return (int)bh_svc_yield();
}
