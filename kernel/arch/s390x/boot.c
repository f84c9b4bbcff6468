/* SPDX-License-Identifier: BSD-2-Clause */
/* First C code on the machine. Belongs to: kernel. */
#include "kernel/boot/boot.h"
#include "kernel/arch/s390x/back_end.h"
#include "kernel/arch/s390x/control.h"
#include "kernel/arch/s390x/sclp.h"
#include "kernel/arch/s390x/switch.h"
#include "kernel/object/audit.h"
#include "kernel/object/bits.h"
#include "kernel/sched/timer.h"
#include "kernel/trap/trap.h"

extern char init_start[], bundle_start[], bundle_end[], image_end[];

void boot_main(void)
{
    struct boot_image image = {
        .init = (uint64_t)init_start,
        .bundle = (uint64_t)bundle_start,
        .bundle_bytes = (uint64_t)(bundle_end - bundle_start),
        .end = (uint64_t)image_end,
    };

    control_start();
    back_end_choose();
    image.memory = sclp_start();
    sclp_print("Bulkhead\r\n");
    audit_add(BH_AUDIT_BOOT, NOBODY, image.memory >> 20, 0);
    if (boot_objects(&image) == 0) {
        panic("the image has no usable first process", image.memory);
    }
    timer_start();
    switch_start();
}
