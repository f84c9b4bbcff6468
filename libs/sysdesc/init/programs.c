/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs and the files of guests out of the bundle, checked. Belongs to: init. */
#include "libs/sysdesc/init/files.h"
#include "libs/sysdesc/init/init.h"
#include "libs/sysdesc/init/parts.h"
#include "libs/sysdesc/init/say.h"

static bool read_program(struct init *init, uint16_t i)
{
    const struct sysdesc_process *process = &init->sys.process[i];
    struct elf_room room = {.base = SYSDESC_PROCESS_BASE,
                            .size = process->image_room - process->heap};
    struct cpio_file file;

    if (!files_find(init, process->program, &file))
        return false;
    enum elf_result result = elf_parse(file.data, file.size, &room, &init->image[i]);
    return result == ELF_OK ||
           refuse("process %s: program %s: %s", process->name, process->program, elf_text(result));
}

/* What is in the files is the VMM's affair, as the guest is. */
static bool read_guest(struct init *init, uint16_t i)
{
    const struct sysdesc_guest *guest = &init->sys.guest[i];
    const struct sysdesc_process *vmm = &init->sys.process[guest->vmm];

    if (!files_find(init, guest->kernel, &init->guest[i].kernel))
        return false;
    if (guest->initrd[0] != '\0' && !files_find(init, guest->initrd, &init->guest[i].initrd))
        return false;
    return parts_end(init, guest->vmm) <= vmm->image_room ||
           refuse("guest %s: its files need %lu KiB with program and heap of process %s, which has "
                  "room for %lu",
                  guest->name, (unsigned long)parts_end(init, guest->vmm) / 1024, vmm->name,
                  (unsigned long)vmm->image_room / 1024);
}

bool read_programs(struct init *init)
{
    for (uint16_t i = 0; i < init->sys.processes; i++) {
        if (!read_program(init, i))
            return false;
    }
    for (uint16_t i = 0; i < init->sys.guests; i++) {
        if (!read_guest(init, i))
            return false;
    }
    return true;
}
