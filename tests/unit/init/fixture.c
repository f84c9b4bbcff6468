/* SPDX-License-Identifier: BSD-2-Clause */
/* The system of system.dts on the toy kernel. Belongs to: test. */
#include "tests/lib/test.h"

#include <stdio.h>
#include <string.h>

#include "libs/sysdesc/init/slots.h"
#include "tests/unit/init/fixture.h"
#include "tests/unit/init/program.h"

#define REGULAR 0100644u
#define BLOB_BYTES 16384u

struct init init;
struct bundle bundle;
struct toy_virtio disk, second, other;

static uint8_t blob[BLOB_BYTES];
static uint8_t program[PROGRAM_BYTES];

static uint32_t read_blob(const char *path)
{
    FILE *file = fopen(path, "rb");

    assert_non_null(file);
    size_t size = fread(blob, 1, sizeof(blob), file);
    assert_true(size > 0 && size < sizeof(blob));
    assert_int_equal(fclose(file), 0);
    return (uint32_t)size;
}

static void add_file(const char *name, const void *bytes, uint32_t size, const char *replaced,
                     const void *by, uint32_t by_size)
{
    if (strcmp(name, replaced) != 0)
        bundle_add(&bundle, REGULAR, name, bytes, size);
    else if (by)
        bundle_add(&bundle, REGULAR, name, by, by_size);
}

void fixture_replace(const char *name, const void *bytes, uint32_t size)
{
    uint32_t blob_size = read_blob(BH_INIT_TEST_FOLDER "/system.dtb");

    program_write(program);
    bundle_begin(&bundle);
    add_file("system.dtb", blob, blob_size, name, bytes, size);
    add_file("driver", program, sizeof(program), name, bytes, size);
    add_file("keeper", program, sizeof(program), name, bytes, size);
    bundle_end(&bundle);
    init.bundle.length = bundle.length;
}

void fixture_guest(const char *left_out)
{
    static uint8_t image[FIXTURE_IMAGE], ram[FIXTURE_RAM];
    uint32_t blob_size = read_blob(BH_INIT_TEST_FOLDER "/guest.dtb");

    memset(image, 'k', sizeof(image));
    memset(ram, 'i', sizeof(ram));
    program_write(program);
    bundle_begin(&bundle);
    add_file("system.dtb", blob, blob_size, left_out, NULL, 0);
    add_file("driver", program, sizeof(program), left_out, NULL, 0);
    add_file("keeper", program, sizeof(program), left_out, NULL, 0);
    add_file("image", image, sizeof(image), left_out, NULL, 0);
    add_file("ram", ram, sizeof(ram), left_out, NULL, 0);
    bundle_end(&bundle);
    init.bundle.length = bundle.length;
}

void fixture_boot(void)
{
    toy_end();
    toy_boot();
    memset(&init, 0, sizeof(init));
    fixture_replace("", NULL, 0);
    init.bundle.bytes = bundle.bytes;
    init.memory = TOY_MEMORY;
    init.first_frame = TOY_FIRST_FRAME;
}

void fixture_add_function(struct toy_virtio *virtio, uint32_t fid)
{
    memset(virtio, 0, sizeof(*virtio));
    virtio->access_platform = true;
    toy_add_virtio(virtio, fid, FAKE_ENABLED);
}

int fixture_start(void **state)
{
    (void)state;
    fixture_boot();
    fixture_add_function(&disk, 7);
    fixture_add_function(&second, 11);
    fixture_add_function(&other, 9);
    return 0;
}

int fixture_end(void **state)
{
    (void)state;
    toy_end();
    return 0;
}

bool fixture_build_described(void)
{
    const struct sysdesc *sys = &init.sys;

    return read_programs(&init) && discover(&init) && create_objects(sys) &&
           check_features(&init) && clear_regions(sys) && add_windows(sys) &&
           load_processes(&init) && create_guests(sys) && bind_all(sys) && grant_all(sys);
}

bool fixture_build(void)
{
    return describe(&init) && fixture_build_described();
}

void fixture_must_build(void)
{
    if (!fixture_build())
        fail_msg("%s", toy.text);
}

uint16_t fixture_process(const char *name)
{
    uint16_t i = 0;

    while (i < init.sys.processes && strcmp(init.sys.process[i].name, name) != 0)
        i++;
    assert_true(i < init.sys.processes);
    return i;
}

uint16_t fixture_region(const char *name)
{
    uint16_t i = 0;

    while (i < init.sys.regions && strcmp(init.sys.region[i].name, name) != 0)
        i++;
    assert_true(i < init.sys.regions);
    return i;
}

uint64_t fixture_object(enum bh_object type, uint32_t index)
{
    const struct toy_cap *cap = &toy.cap[0][slot_of(&init.sys, type, index)];

    assert_int_equal(cap->type, type);
    return cap->object;
}
