/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: SERVICE CALL: where blocks may lie, what the machine says of itself, unknown commands. */
#include <string.h>

#include "libs/zformats/bytes.h"
#include "libs/zformats/sclp.h"
#include "tests/lib/test.h"
#include "tests/unit/vmm-devices/machine.h"
#include "vmm/handlers.h"

#define SERVICE_SIGNAL 0x2401u
#define BLOCK 0x10000u

static program_code service_call(uint32_t command, uint64_t address)
{
    cpu.page->gr[1] = UINT64_C(0xffffffff00000000) | command; /* only the low half counts */
    cpu.page->gr[2] = address;
    return machine_rre(emulate_servc, 1, 2);
}

static void assert_response(uint64_t address, uint32_t command, uint32_t code)
{
    uint32_t parameter = 0;

    assert_int_equal(service_call(command, address), PGM_NONE);
    assert_int_equal(machine_cc(), 0);
    assert_int_equal(sccb_response(machine_memory + address), code);
    assert_int_equal(machine_external(&parameter), SERVICE_SIGNAL);
    assert_int_equal(parameter, address);
    assert_int_equal(machine_external(NULL), 0);
}

static void test_info_says_one_cpu_and_the_memory(void **state)
{
    static const uint32_t commands[] = {SCLP_READ_INFO, SCLP_READ_INFO_FORCED,
                                        SCLP_READ_INFO | 0x4200u};
    struct sclp_info info;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        memset(machine_memory + BLOCK, 0xff, SCCB_SIZE_MAX);
        be16_put(machine_memory + BLOCK, SCCB_SIZE_MAX);
        assert_response(BLOCK, commands[i], SCLP_RC_READ_OK);
        assert_int_equal(sclp_info_parse(machine_memory + BLOCK, SCCB_SIZE_MAX, &info), 0);
        assert_int_equal(sclp_info_storage(&info), MACHINE_BYTES);
        assert_int_equal(info.cpus, 1);
        assert_int_equal(info.max_cpu_address, 0);
        assert_int_equal(info.facilities, 0);
    }
}

/* Whatever was in the block: what is not said is zero. */
static void test_info_is_built_from_nothing(void **state)
{
    uint32_t set = 0;

    (void)state;
    memset(machine_memory + BLOCK, 0xff, SCCB_SIZE_MAX);
    be16_put(machine_memory + BLOCK, SCCB_SIZE_MAX);
    assert_response(BLOCK, SCLP_READ_INFO, SCLP_RC_READ_OK);
    for (uint32_t i = SCLP_INFO_LOADPARM + 8; i < SCCB_SIZE_MAX; i++)
        set += machine_memory[BLOCK + i] != 0;
    assert_int_equal(set, 0);
}

static void test_short_block_for_info(void **state)
{
    (void)state;
    be16_put(machine_memory + BLOCK, 100);
    machine_memory[BLOCK + 100] = 0x5a;
    assert_response(BLOCK, SCLP_READ_INFO, SCLP_RC_SHORT_SCCB);
    assert_int_equal(machine_memory[BLOCK + 100], 0x5a);
}

static void test_unknown_command(void **state)
{
    (void)state;
    be16_put(machine_memory + BLOCK, 16);
    assert_response(BLOCK, 0x00010001, SCLP_RC_COMMAND);
    assert_response(BLOCK, SCLP_CONFIGURE_PCI, SCLP_RC_COMMAND);
}

static void test_block_across_pages(void **state)
{
    (void)state;
    be16_put(machine_memory + BLOCK + 0xff0, 0x18);
    machine_memory[BLOCK + 0x1000] = 0x5a;
    assert_response(BLOCK + 0xff0, SCLP_READ_INFO, SCLP_RC_BOUNDARY);
    assert_int_equal(machine_memory[BLOCK + 0x1000], 0x5a);
    be16_put(machine_memory + BLOCK + 0xff0, 0x10);
    assert_response(BLOCK + 0xff0, 0x00010001, SCLP_RC_COMMAND);
    be16_put(machine_memory + BLOCK, 0xffff);
    assert_response(BLOCK, SCLP_READ_INFO, SCLP_RC_BOUNDARY);
}

static void assert_refused(uint64_t address, program_code code)
{
    cpu.psw_mask |= UINT64_C(3) << 44;
    assert_int_equal(service_call(SCLP_READ_INFO, address), code);
    assert_int_equal(machine_cc(), 3);
    assert_int_equal(machine_external(NULL), 0);
}

static void test_bad_addresses(void **state)
{
    (void)state;
    for (uint64_t at = 0; at < MACHINE_BYTES; at += 0x1000)
        be16_put(machine_memory + at, 0x100);
    assert_refused(BLOCK + 4, PGM_SPECIFICATION);
    assert_refused(BLOCK + UINT64_C(0x80000000), PGM_SPECIFICATION);
    assert_refused(BLOCK + UINT64_C(0x100000000), PGM_SPECIFICATION);
    assert_refused(0, PGM_SPECIFICATION);
    assert_refused(0x1ff8, PGM_SPECIFICATION);
    assert_refused(MACHINE_PREFIX, PGM_SPECIFICATION);
    assert_refused(MACHINE_PREFIX + 0x1ff8, PGM_SPECIFICATION);
    assert_refused(MACHINE_BYTES, PGM_ADDRESSING);
    assert_refused(0x7ffffff8, PGM_ADDRESSING);
    be16_put(machine_memory + BLOCK, 7);
    assert_refused(BLOCK, PGM_SPECIFICATION);
}

static void test_last_page_of_memory(void **state)
{
    uint64_t last = MACHINE_BYTES - 0x1000;

    (void)state;
    be16_put(machine_memory + last, SCCB_SIZE_MAX);
    assert_response(last, SCLP_READ_INFO, SCLP_RC_READ_OK);
}

/* Any length and content: nothing outside the block changes, and the length field stays honest. */
static void test_any_content(void **state)
{
    static const uint32_t commands[] = {SCLP_READ_INFO, SCLP_WRITE_EVENT_MASK,
                                        SCLP_WRITE_EVENT_DATA, SCLP_READ_EVENT_DATA};
    uint32_t random = 12345;

    (void)state;
    for (uint32_t round = 0; round < 4000; round++) {
        uint32_t length = 8 + round % 600;

        for (uint32_t i = 0; i < 700; i++) {
            random = random * 1664525u + 1013904223u;
            machine_memory[BLOCK + i] = (uint8_t)(random >> 24) % 40u;
        }
        be16_put(machine_memory + BLOCK, (uint16_t)length);
        machine_memory[BLOCK + length] = 0xa7;
        assert_int_equal(service_call(commands[round % 4], BLOCK), PGM_NONE);
        assert_int_equal(machine_memory[BLOCK + length], 0xa7);
        assert_true(be16_get(machine_memory + BLOCK) <= length);
        assert_int_not_equal(sccb_response(machine_memory + BLOCK), 0);
        machine_external(NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_info_says_one_cpu_and_the_memory, machine_start),
        cmocka_unit_test_setup(test_info_is_built_from_nothing, machine_start),
        cmocka_unit_test_setup(test_short_block_for_info, machine_start),
        cmocka_unit_test_setup(test_unknown_command, machine_start),
        cmocka_unit_test_setup(test_block_across_pages, machine_start),
        cmocka_unit_test_setup(test_bad_addresses, machine_start),
        cmocka_unit_test_setup(test_last_page_of_memory, machine_start),
        cmocka_unit_test_setup(test_any_content, machine_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
