/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules about files. Belongs to: host tool. */
#include "libs/sysdesc/tool/image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libs/sysdesc/init/elf.h"
#include "libs/sysdesc/layout.h"
#include "libs/sysdesc/report.h"
#include "vmm/loader/image.h"

#define PATH_ROOM 4096

static uint64_t pages(uint64_t bytes)
{
    return (bytes + BH_PAGE_SIZE - 1) / BH_PAGE_SIZE * BH_PAGE_SIZE;
}

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

/* The file's bytes, which are the caller's to free; NULL after a finding. */
static uint8_t *read_file(const struct image_path *path, int32_t node, const char *property,
                          const char *name, uint64_t *size, struct sysdesc_report *report)
{
    FILE *file = open_image(path, name);
    uint8_t *bytes;

    *size = 0;
    if (file == NULL) {
        sysdesc_found(report, SYSDESC_RULE_IMAGE_MISSING, node, property,
                      "there is no file \"%s\" in the folders for images", name);
        return NULL;
    }
    bytes = read_whole(file, size);
    fclose(file);
    return bytes != NULL ? bytes : calloc(1, 1);
}

/* Bytes from the start of the private region that program and heap take; 0 after a finding. */
static uint64_t check_program(const struct sysdesc_process *process, const uint8_t *bytes,
                              uint64_t size, struct sysdesc_report *report)
{
    struct elf_room room = {SYSDESC_PROCESS_BASE, process->image_room - process->heap};
    struct elf_image image;
    enum elf_result result = elf_parse(bytes, size, &room, &image);

    if (result == ELF_OK)
        return pages(image.segment[image.segments - 1].address - SYSDESC_PROCESS_BASE +
                     image.segment[image.segments - 1].size) +
               process->heap;
    if (result == ELF_ROOM)
        sysdesc_found(report, SYSDESC_RULE_IMAGE_ROOM, process->node, "program",
                      "program \"%s\" leaves [0x%lx, 0x%lx): a larger region or a smaller heap "
                      "makes room",
                      process->program, room.base, room.base + room.size);
    else
        sysdesc_found(report, SYSDESC_RULE_IMAGE_FORMAT, process->node, "program",
                      "program \"%s\" cannot be loaded: %s", process->program, elf_text(result));
    return 0;
}

static uint64_t check_process(const struct sysdesc_process *process, const struct image_path *path,
                              struct sysdesc_report *report)
{
    uint64_t size, end;
    uint8_t *bytes = read_file(path, process->node, "program", process->program, &size, report);

    end = bytes != NULL ? check_program(process, bytes, size, report) : 0;
    free(bytes);
    return end;
}

/* The files lie behind program and heap of the VMM, which end at `end`, each from a new page. */
static void check_room(const struct sysdesc *sys, const struct sysdesc_guest *guest, uint64_t end,
                       const struct image_set *set, struct sysdesc_report *report)
{
    const struct sysdesc_process *vmm = &sys->process[guest->vmm];
    const char *fault = image_set_fault(set, sys->region[guest->region].size);
    uint64_t need =
        end + pages(set->kernel.size) + pages(set->initrd.size) + pages(set->command_line.size);

    if (fault != NULL)
        sysdesc_found(report, SYSDESC_RULE_IMAGE_ROOM, guest->node, "memory",
                      "guest \"%s\" cannot be loaded: %s", guest->name, fault);
    else if (need > vmm->image_room)
        sysdesc_found(report, SYSDESC_RULE_IMAGE_ROOM, guest->node, "vmm",
                      "program and heap of process \"%s\" and the files of guest \"%s\" need 0x%lx "
                      "bytes; there is room for 0x%lx",
                      vmm->name, guest->name, need, vmm->image_room);
}

static bool check_content(const struct sysdesc_guest *guest, const struct image_set *set,
                          struct sysdesc_report *report)
{
    const char *kernel = image_kernel_fault(&set->kernel);
    const char *initrd = guest->initrd[0] != '\0' ? image_initrd_fault(&set->initrd) : NULL;

    if (kernel != NULL)
        sysdesc_found(report, SYSDESC_RULE_IMAGE_FORMAT, guest->node, "kernel",
                      "kernel \"%s\" is %s", guest->kernel, kernel);
    if (initrd != NULL)
        sysdesc_found(report, SYSDESC_RULE_IMAGE_FORMAT, guest->node, "initrd",
                      "RAM disk \"%s\" is %s", guest->initrd, initrd);
    return kernel == NULL && initrd == NULL;
}

static void check_guest(const struct sysdesc *sys, const struct sysdesc_guest *guest,
                        const struct image_path *path, uint64_t vmm_end,
                        struct sysdesc_report *report)
{
    struct image_set set = {
        .command_line = {(const uint8_t *)guest->command_line, strlen(guest->command_line)}};
    uint8_t *kernel =
        read_file(path, guest->node, "kernel", guest->kernel, &set.kernel.size, report);
    uint8_t *initrd = NULL;

    if (guest->initrd[0] != '\0')
        initrd = read_file(path, guest->node, "initrd", guest->initrd, &set.initrd.size, report);
    set.kernel.bytes = kernel;
    set.initrd.bytes = initrd;
    if (kernel != NULL && (initrd != NULL || guest->initrd[0] == '\0') &&
        check_content(guest, &set, report) && vmm_end != 0)
        check_room(sys, guest, vmm_end, &set, report);
    free(kernel);
    free(initrd);
}

void image_check(const struct sysdesc *sys, const struct image_path *path,
                 struct sysdesc_report *report)
{
    for (uint16_t p = 0; p < sys->processes; p++) {
        uint64_t end = check_process(&sys->process[p], path, report);
        uint16_t guest = layout_guest(sys, p);

        if (guest != SYSDESC_NONE)
            check_guest(sys, &sys->guest[guest], path, end, report);
    }
}
