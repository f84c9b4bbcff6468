/* SPDX-License-Identifier: BSD-2-Clause */
/* The ELF reader: what it accepts, and each thing it refuses. Belongs to: test. */
#include "tests/lib/test.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "libs/abi/abi.h"
#include "libs/sysdesc/init/elf.h"
#include "libs/zformats/bytes.h"
#include "tests/unit/init/program.h"

#define TEXT AT_PROGRAM(0)
#define RODATA AT_PROGRAM(1)
#define DATA AT_PROGRAM(2)

static uint8_t file[PROGRAM_BYTES];
static struct elf_image image;
static struct elf_room room;

static int start(void **state)
{
    (void)state;
    program_write(file);
    room = (struct elf_room){.base = PROGRAM_BASE, .size = 0x4000};
    return 0;
}

/* A copy of exactly this many bytes, so that the sanitizer sees one byte too far. */
static enum elf_result parse_first(uint64_t length)
{
    uint8_t *copy = malloc(length > 0 ? length : 1);

    assert_non_null(copy);
    memcpy(copy, file, length);
    enum elf_result result = elf_parse(copy, length, &room, &image);
    free(copy);
    return result;
}

static void expect(enum elf_result result)
{
    assert_int_equal(parse_first(sizeof(file)), result);
}

static void expect_segment(uint32_t i, uint64_t page, uint64_t size, uint32_t rights)
{
    assert_int_equal(image.segment[i].address, PROGRAM_BASE + page * 0x1000);
    assert_int_equal(image.segment[i].offset, 0x1000 + page * 0x1000);
    assert_int_equal(image.segment[i].file_size, 0x1000);
    assert_int_equal(image.segment[i].size, size);
    assert_int_equal(image.segment[i].rights, rights);
}

static void test_accepts(void **state)
{
    (void)state;
    expect(ELF_OK);
    assert_int_equal(image.entry, PROGRAM_ENTRY);
    assert_int_equal(image.segments, 3);
    expect_segment(0, 0, 0x1000, BH_R_REGION_READ | BH_R_REGION_EXECUTE);
    expect_segment(1, 1, 0x1000, BH_R_REGION_READ);
    expect_segment(2, 2, 0x2000, BH_R_REGION_READ | BH_R_REGION_WRITE);
}

static void test_ignores_empty_and_other_headers(void **state)
{
    (void)state;
    be32_put(file + RODATA + IN_TYPE, 0x6474e551); /* GNU_STACK */
    be64_put(file + DATA + IN_SIZE, 0);
    be64_put(file + DATA + IN_FILE_SIZE, 0);
    expect(ELF_OK);
    assert_int_equal(image.segments, 1);
}

static void test_truncated(void **state)
{
    (void)state;
    for (uint64_t length = 0; length < 0x4000; length += length < AT_PROGRAM(4) ? 1 : 0x7f)
        assert_int_equal(parse_first(length), ELF_TRUNCATED);
    assert_int_equal(parse_first(0x3fff), ELF_TRUNCATED);
}

static void test_damage_is_survived(void **state)
{
    (void)state;
    for (uint32_t at = 0; at < AT_PROGRAM(3); at++) {
        uint8_t good = file[at];
        for (uint32_t value = 0; value < 256; value += 5) {
            file[at] = (uint8_t)value;
            (void)elf_parse(file, sizeof(file), &room, &image);
        }
        file[at] = good;
    }
    expect(ELF_OK);
}

static void test_identity(void **state)
{
    (void)state;
    for (uint32_t at = 0; at < 7; at++) {
        file[at]++;
        expect(ELF_FORMAT); /* includes 32 bits (byte 4) and little-endian (byte 5) */
        file[at]--;
    }
}

static void test_header_sizes(void **state)
{
    (void)state;
    be16_put(file + AT_HEADER_SIZE, 52);
    expect(ELF_FORMAT);
    be16_put(file + AT_HEADER_SIZE, 64);
    be16_put(file + AT_PROGRAM_SIZE, 57);
    expect(ELF_FORMAT);
    be16_put(file + AT_PROGRAM_SIZE, 56);
    be32_put(file + AT_VERSION, 2);
    expect(ELF_FORMAT);
}

static void test_machine(void **state)
{
    (void)state;
    be16_put(file + AT_MACHINE, 62);
    expect(ELF_MACHINE);
}

static void test_not_static(void **state)
{
    (void)state;
    be16_put(file + AT_TYPE, 3); /* shared object, also a position-independent program */
    expect(ELF_TYPE);
    be16_put(file + AT_TYPE, 2);
    be32_put(file + RODATA + IN_TYPE, 2); /* dynamic section */
    expect(ELF_TYPE);
    be32_put(file + RODATA + IN_TYPE, 3); /* interpreter */
    expect(ELF_TYPE);
}

static void test_program_headers_outside(void **state)
{
    (void)state;
    be64_put(file + AT_PROGRAM_OFFSET, sizeof(file) - 3 * 56 + 1);
    expect(ELF_TRUNCATED);
    be64_put(file + AT_PROGRAM_OFFSET, UINT64_MAX - 55);
    expect(ELF_TRUNCATED);
    be64_put(file + AT_PROGRAM_OFFSET, AT_PROGRAM(0));
    be16_put(file + AT_PROGRAM_COUNT, 0xffff);
    expect(ELF_TRUNCATED);
}

static void test_segment_outside_the_file(void **state)
{
    (void)state;
    be64_put(file + DATA + IN_OFFSET, sizeof(file) - 0xfff);
    expect(ELF_TRUNCATED);
    be64_put(file + DATA + IN_OFFSET, UINT64_MAX - 0xfff);
    expect(ELF_TRUNCATED);
}

static void test_more_file_than_memory(void **state)
{
    (void)state;
    be64_put(file + TEXT + IN_SIZE, 0xfff);
    expect(ELF_SEGMENT);
}

static void test_no_segments(void **state)
{
    (void)state;
    be16_put(file + AT_PROGRAM_COUNT, 0);
    expect(ELF_SEGMENT);
}

static void test_too_many_segments(void **state)
{
    (void)state;
    be16_put(file + AT_PROGRAM_COUNT, ELF_SEGMENTS + 1);
    room.size = 0x100000;
    for (uint32_t i = 0; i <= ELF_SEGMENTS; i++) {
        memcpy(file + AT_PROGRAM(i), file + TEXT, 56);
        be64_put(file + AT_PROGRAM(i) + IN_ADDRESS, PROGRAM_BASE + i * 0x1000);
    }
    expect(ELF_SEGMENT);
    be16_put(file + AT_PROGRAM_COUNT, ELF_SEGMENTS);
    expect(ELF_OK);
}

static void test_alignment(void **state)
{
    (void)state;
    be64_put(file + RODATA + IN_ADDRESS, PROGRAM_BASE + 0x1008);
    expect(ELF_ALIGNMENT);
}

static void test_overlap(void **state)
{
    (void)state;
    be64_put(file + TEXT + IN_SIZE, 0x1001); /* its last byte is in the page of the next */
    expect(ELF_OVERLAP);
    be64_put(file + TEXT + IN_SIZE, 0x1000);
    be64_put(file + DATA + IN_ADDRESS, PROGRAM_BASE); /* not ascending */
    expect(ELF_OVERLAP);
}

static void test_write_and_execute(void **state)
{
    (void)state;
    be32_put(file + TEXT + IN_FLAGS, 7);
    expect(ELF_RIGHTS);
    be32_put(file + TEXT + IN_FLAGS, 1);
    expect(ELF_RIGHTS);
}

static void test_room(void **state)
{
    (void)state;
    room.size = 0x3fff;
    expect(ELF_ROOM);
    room = (struct elf_room){.base = PROGRAM_BASE + 0x1000, .size = 0x4000};
    expect(ELF_ROOM);
}

static void test_address_at_the_end_of_64_bits(void **state)
{
    (void)state;
    be64_put(file + DATA + IN_ADDRESS, UINT64_MAX - 0xfff);
    expect(ELF_ROOM);
    be64_put(file + DATA + IN_ADDRESS, PROGRAM_BASE + 0x2000);
    be64_put(file + DATA + IN_SIZE, UINT64_MAX);
    expect(ELF_ROOM);
}

static void expect_entry(uint64_t entry, enum elf_result result)
{
    be64_put(file + AT_ENTRY, entry);
    expect(result);
}

static void test_entry(void **state)
{
    (void)state;
    expect_entry(PROGRAM_BASE, ELF_OK);
    expect_entry(PROGRAM_BASE + 0xffe, ELF_OK);
    expect_entry(PROGRAM_BASE + 1, ELF_ENTRY);
    expect_entry(PROGRAM_BASE + 0x1000, ELF_ENTRY);
    expect_entry(PROGRAM_BASE - 2, ELF_ENTRY);
    expect_entry(0, ELF_ENTRY);
}

static void test_entry_in_the_second_executable_segment(void **state)
{
    (void)state;
    be32_put(file + RODATA + IN_FLAGS, 5);
    expect_entry(PROGRAM_BASE + 0x1ffe, ELF_OK);
    expect_entry(PROGRAM_BASE + 0x2000, ELF_ENTRY);
}

static void test_every_result_has_a_text(void **state)
{
    (void)state;
    for (int i = ELF_OK; i < ELF_RESULTS; i++)
        assert_true(strlen(elf_text((enum elf_result)i)) > 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_accepts, start),
        cmocka_unit_test_setup(test_ignores_empty_and_other_headers, start),
        cmocka_unit_test_setup(test_truncated, start),
        cmocka_unit_test_setup(test_damage_is_survived, start),
        cmocka_unit_test_setup(test_identity, start),
        cmocka_unit_test_setup(test_header_sizes, start),
        cmocka_unit_test_setup(test_machine, start),
        cmocka_unit_test_setup(test_not_static, start),
        cmocka_unit_test_setup(test_program_headers_outside, start),
        cmocka_unit_test_setup(test_segment_outside_the_file, start),
        cmocka_unit_test_setup(test_more_file_than_memory, start),
        cmocka_unit_test_setup(test_no_segments, start),
        cmocka_unit_test_setup(test_too_many_segments, start),
        cmocka_unit_test_setup(test_alignment, start),
        cmocka_unit_test_setup(test_overlap, start),
        cmocka_unit_test_setup(test_write_and_execute, start),
        cmocka_unit_test_setup(test_room, start),
        cmocka_unit_test_setup(test_address_at_the_end_of_64_bits, start),
        cmocka_unit_test_setup(test_entry, start),
        cmocka_unit_test_setup(test_entry_in_the_second_executable_segment, start),
        cmocka_unit_test_setup(test_every_result_has_a_text, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
