/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: channel I/O that is not operational, channel reports, and CHANNEL SUBSYSTEM CALL. */
#include <string.h>

#include "libs/zformats/bytes.h"
#include "libs/zformats/ccdf.h"
#include "tests/lib/test.h"
#include "tests/unit/vmm-devices/machine.h"
#include "vmm/devices/channel.h"
#include "vmm/handlers.h"
#include "vmm/zpci/events.h"

#define AT 0x8000u
#define LOW_ADDRESS_PROTECTION UINT64_C(0x10000000)

static uint8_t *const block = machine_memory + AT;

static void test_not_operational(void **state)
{
    (void)state;
    assert_int_equal(machine_s(emulate_channel, AT), PGM_NONE);
    assert_int_equal(machine_cc(), 3);
    cpu.psw_mask = 0;
    assert_int_equal(machine_s(emulate_siga, AT), PGM_NONE);
    assert_int_equal(machine_cc(), 3);
}

static void test_no_interruption_pending(void **state)
{
    (void)state;
    memset(block, 0x5a, 16);
    assert_int_equal(machine_s(emulate_tpi, AT), PGM_NONE);
    assert_int_equal(machine_cc(), 0);
    assert_int_equal(block[0], 0x5a);
    assert_int_equal(machine_s(emulate_tpi, AT + 2), PGM_SPECIFICATION);
}

static void test_limits_and_measurement(void **state)
{
    struct cpu before = cpu;

    (void)state;
    assert_int_equal(machine_s(emulate_sal, 0), PGM_NONE);
    assert_int_equal(machine_s(emulate_schm, 0), PGM_NONE);
    assert_memory_equal(&before, &cpu, sizeof(cpu));
}

static void test_path_status(void **state)
{
    (void)state;
    memset(block, 0xff, 64);
    assert_int_equal(machine_s(emulate_stcps, AT), PGM_NONE);
    for (int i = 0; i < 32; i++)
        assert_int_equal(block[i], 0);
    assert_int_equal(block[32], 0xff);
    assert_int_equal(machine_s(emulate_stcps, AT + 8), PGM_SPECIFICATION);
    assert_int_equal(machine_s(emulate_stcps, MACHINE_BYTES), PGM_ADDRESSING);
}

static void assert_report(uint32_t cc, uint32_t word)
{
    be32_put(block, 0x5a5a5a5a);
    assert_int_equal(machine_s(emulate_stcrw, AT), PGM_NONE);
    assert_int_equal(machine_cc(), cc);
    assert_int_equal(be32_get(block), word);
}

static void test_report(void **state)
{
    (void)state;
    assert_report(1, 0);
    channel_report();
    channel_report();
    assert_int_equal(machine_check_delivered(), 1);
    assert_int_equal(machine_s(emulate_stcrw, AT + 2), PGM_SPECIFICATION);
    assert_int_equal(machine_s(emulate_stcrw, MACHINE_BYTES), PGM_ADDRESSING);
    assert_report(0, 0x0b000000); /* it was not lost by the failures */
    assert_report(1, 0);
    channel_report();
    channel_reset();
    assert_report(1, 0);
}

static program_code call(uint16_t length, uint16_t command)
{
    memset(block, 0xa5, 4096);
    memset(block, 0, 16);
    be16_put(block, length);
    be16_put(block + 2, command);
    be64_put(block + SEI_REQ_TYPES, SEI_TYPE_PCI | SEI_TYPE_CHANNEL);
    cpu.page->gr[3] = AT;
    return machine_rre(emulate_chsc, 3, 0);
}

static void assert_answer(uint16_t length, uint16_t command, uint32_t answer, uint32_t code)
{
    assert_int_equal(call(length, command), PGM_NONE);
    assert_int_equal(machine_cc(), 0);
    assert_int_equal(be16_get(block + length), answer);
    assert_int_equal(be16_get(block + length + 2), code);
}

static void test_event(void **state)
{
    (void)state;
    machine_event = ZPCI_EVENT_LAST;
    assert_answer(16, SEI_COMMAND, 4080, SEI_CODE_OK);
    assert_int_equal(block[SEI_RSP_TYPE], SEI_NT_PCI);
    assert_int_equal(block[SEI_RSP_FLAGS], 0);
    assert_int_equal(block[SEI_RSP_CONTENT], SEI_CONTENT_ERROR);
    assert_int_equal(be32_get(block + SEI_RSP_CCDF + CCDF_FID), 0x77);
    assert_int_equal(block[4095], 0);
    machine_event = ZPCI_EVENT_MORE;
    assert_answer(16, SEI_COMMAND, 4080, SEI_CODE_OK);
    assert_int_equal(block[SEI_RSP_FLAGS], SEI_FLAG_PENDING);
}

static void test_no_event(void **state)
{
    (void)state;
    assert_answer(16, SEI_COMMAND, 8, SEI_CODE_NONE);
    assert_int_equal(machine_events, 1);
    for (uint32_t i = 20; i < 4096; i++)
        assert_int_equal(block[i], 0);
}

static void test_only_other_events_wanted(void **state)
{
    (void)state;
    machine_event = ZPCI_EVENT_LAST;
    assert_int_equal(call(16, SEI_COMMAND), PGM_NONE);
    be64_put(block + SEI_REQ_TYPES, SEI_TYPE_CHANNEL);
    assert_int_equal(machine_rre(emulate_chsc, 3, 0), PGM_NONE);
    assert_int_equal(be16_get(block + SEI_RSP_CODE), SEI_CODE_NONE);
    assert_int_equal(machine_events, 1);
}

/* An event is not taken for a block that cannot be written. */
static void test_event_is_not_lost(void **state)
{
    (void)state;
    assert_int_equal(call(16, SEI_COMMAND), PGM_NONE);
    machine_event = ZPCI_EVENT_LAST;
    machine_events = 0;
    cpu.page->gr[3] = MACHINE_BYTES;
    assert_int_equal(machine_rre(emulate_chsc, 3, 0), PGM_ADDRESSING);
    memcpy(machine_memory + MACHINE_PREFIX, block, 16);
    cpu.cr[0] |= LOW_ADDRESS_PROTECTION; /* the lowcore can be read, but not written */
    cpu.page->gr[3] = 0;
    assert_int_equal(machine_rre(emulate_chsc, 3, 0), PGM_PROTECTION);
    assert_int_equal(machine_events, 0);
}

static void test_characteristics_promise_nothing(void **state)
{
    (void)state;
    assert_answer(16, 0x0010, 4080, 1);
    for (uint32_t i = 20; i < 4096; i++)
        assert_int_equal(block[i], 0);
}

static void test_other_commands(void **state)
{
    (void)state;
    assert_answer(16, 0x0002, 8, 4);
    assert_answer(0x400, 0x0031, 8, 4);
    assert_answer(4088, 0xffff, 8, 4);
    assert_answer(24, SEI_COMMAND, 8, 3);
    assert_answer(24, 0x0010, 8, 3);
    assert_int_equal(machine_events, 0);
}

static void test_bad_blocks(void **state)
{
    (void)state;
    assert_int_equal(call(8, SEI_COMMAND), PGM_OPERAND);
    assert_int_equal(call(0, SEI_COMMAND), PGM_OPERAND);
    assert_int_equal(call(20, SEI_COMMAND), PGM_OPERAND);
    assert_int_equal(call(4096, SEI_COMMAND), PGM_OPERAND);
    assert_int_equal(call(0xfff8, SEI_COMMAND), PGM_OPERAND);
    cpu.page->gr[3] = AT + 8;
    assert_int_equal(machine_rre(emulate_chsc, 3, 0), PGM_SPECIFICATION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_not_operational, machine_start),
        cmocka_unit_test_setup(test_no_interruption_pending, machine_start),
        cmocka_unit_test_setup(test_limits_and_measurement, machine_start),
        cmocka_unit_test_setup(test_path_status, machine_start),
        cmocka_unit_test_setup(test_report, machine_start),
        cmocka_unit_test_setup(test_event, machine_start),
        cmocka_unit_test_setup(test_no_event, machine_start),
        cmocka_unit_test_setup(test_only_other_events_wanted, machine_start),
        cmocka_unit_test_setup(test_event_is_not_lost, machine_start),
        cmocka_unit_test_setup(test_characteristics_promise_nothing, machine_start),
        cmocka_unit_test_setup(test_other_commands, machine_start),
        cmocka_unit_test_setup(test_bad_blocks, machine_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
