/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules about files. Belongs to: host tool. */
#include "libs/sysdesc/tool/image.h"

#include <stdio.h>
#include <stdlib.h>

#include "libs/sysdesc/init/elf.h"
#include "libs/sysdesc/report.h"

#define PATH_ROOM 4096

static FILE *open_image(const struct image_path *path, const char *name)
{
    char full[PATH_ROOM];
    FILE *file = NULL;

    for (unsigned i = 0; file == NULL && i < path->folders; i++) {
        snprintf(full, sizeof(full), "%s/%s", path->folder[i], name);
        file = fopen(full, "rb");
    }
    return file;
}

static uint8_t *read_whole(FILE *file, uint64_t *size)
{
    uint8_t *bytes = NULL;
    long length;

    if (fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) > 0) {
        rewind(file);
        bytes = malloc((size_t)length);
        *size = bytes != NULL ? fread(bytes, 1, (size_t)length, file) : 0;
    }
    return bytes;
}

static void check_file(const struct image_path *path, int32_t node, const char *property,
                       const char *name, struct sysdesc_report *report)
{
    FILE *file = open_image(path, name);

    if (file != NULL)
        fclose(file);
    else
        sysdesc_found(report, SYSDESC_RULE_IMAGE_MISSING, node, property,
                      "there is no file \"%s\" in the folders for images", name);
}

static void check_program(const struct sysdesc_process *process, const uint8_t *bytes,
                          uint64_t size, struct sysdesc_report *report)
{
    struct elf_room room = {SYSDESC_PROCESS_BASE, process->image_room - process->heap};
    struct elf_image image;
    enum elf_result result = elf_parse(bytes, size, &room, &image);

    if (result == ELF_ROOM)
        sysdesc_found(report, SYSDESC_RULE_IMAGE_ROOM, process->node, "program",
                      "program \"%s\" leaves [0x%lx, 0x%lx): a larger region or a smaller heap "
                      "makes room",
                      process->program, room.base, room.base + room.size);
    else if (result != ELF_OK)
        sysdesc_found(report, SYSDESC_RULE_IMAGE_FORMAT, process->node, "program",
                      "program \"%s\" cannot be loaded: %s", process->program, elf_text(result));
}

static void check_process(const struct sysdesc_process *process, const struct image_path *path,
                          struct sysdesc_report *report)
{
    FILE *file = open_image(path, process->program);
    uint64_t size = 0;
    uint8_t *bytes;

    check_file(path, process->node, "program", process->program, report);
    if (file == NULL)
        return;
    bytes = read_whole(file, &size);
    check_program(process, bytes, size, report);
    free(bytes);
    fclose(file);
}

void image_check(const struct sysdesc *sys, const struct image_path *path,
                 struct sysdesc_report *report)
{
    for (uint16_t p = 0; p < sys->processes; p++)
        check_process(&sys->process[p], path, report);
    for (uint16_t g = 0; g < sys->guests; g++) {
        const struct sysdesc_guest *guest = &sys->guest[g];

        check_file(path, guest->node, "kernel", guest->kernel, report);
        if (guest->initrd[0] != '\0')
            check_file(path, guest->node, "initrd", guest->initrd, report);
    }
}
