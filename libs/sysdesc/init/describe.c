/* SPDX-License-Identifier: BSD-2-Clause */
/* From the bundle to a checked description that fits this machine. Belongs to: init. */
#include <string.h>

#include "libs/sysdesc/init/files.h"
#include "libs/sysdesc/init/init.h"
#include "libs/sysdesc/init/say.h"
#include "libs/sysdesc/init/slots.h"

#define BLOB_NAME "system.dtb"
#define BLOB_BYTES 0x40000u

/* Files of the bundle lie at multiples of four; a devicetree wants eight. */
static uint8_t blob[BLOB_BYTES] __attribute__((aligned(8)));

static bool copy_blob(const struct init *init, size_t *size)
{
    struct cpio_file file;

    if (!files_find(init, BLOB_NAME, &file))
        return false;
    if (file.size > BLOB_BYTES)
        return refuse("%s is larger than %u bytes", BLOB_NAME, BLOB_BYTES);
    memcpy(blob, file.data, file.size);
    *size = file.size;
    return true;
}

static void print_finding(void *context, const struct sysdesc_finding *finding)
{
    char path[SYSDESC_PATH];

    (void)context;
    sysdesc_path(blob, finding->node, path);
    (void)refuse("%s: %s%s%s: %s", sysdesc_rule_name(finding->rule), path,
                 finding->property ? " " : "", finding->property ? finding->property : "",
                 finding->message);
}

static bool fits_machine(const struct init *init)
{
    const struct sysdesc_machine *machine = &init->sys.machine;

    if (machine->memory > init->memory)
        return refuse("the machine has %lu MiB of memory, the description wants %lu",
                      (unsigned long)(init->memory >> 20), (unsigned long)(machine->memory >> 20));
    if (machine->boot_area / BH_PAGE_SIZE < init->first_frame)
        return refuse("kernel and bundle need %lu KiB, the description's boot area has %lu",
                      (unsigned long)init->first_frame * (BH_PAGE_SIZE / 1024),
                      (unsigned long)(machine->boot_area / 1024));
    return true;
}

bool describe(struct init *init)
{
    struct sysdesc_report report = {.found = print_finding};
    struct sysdesc *sys = &init->sys;
    size_t size = 0;

    _Static_assert(SLOT_FIRST + SYSDESC_OBJECTS <= BH_SLOTS, "a slot for each object");
    if (!copy_blob(init, &size) || !sysdesc_parse(sys, blob, size, &report) ||
        !sysdesc_check(sys, &report))
        return false;
    sysdesc_assign(sys);
    say("system of %u partitions, %u regions, %u processes, %u PCI functions, %u channels, "
        "%u guests",
        sys->partitions, sys->regions, sys->processes, sys->functions, sys->channels, sys->guests);
    return fits_machine(init);
}
