/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the fake's instructions answer as the machine does: condition codes, program interruptions,
 * service calls, events, interruptions. */
#include "tests/unit/zpci/machine.h"

#include "drivers/zpci/clp_answer.h"
#include "libs/zformats/bits.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"
#include "libs/zformats/iotable.h"
#include "libs/zformats/sclp.h"

static uint8_t fib[FIB_SIZE + 8] __attribute__((aligned(8)));
static uint8_t block[SEI_SIZE * 2] __attribute__((aligned(SEI_ALIGN)));

static void expect(struct zpci_result result, uint8_t cc, uint8_t status)
{
    assert_int_equal(result.cc, cc);
    assert_int_equal(result.status, status);
}

static void interrupted(uint8_t code)
{
    assert_int_equal(machine.fake.program_checks, 1);
    assert_int_equal(machine.fake.program_code, code);
    machine.fake.program_checks = 0;
}

static void old_handles_are_refused_everywhere(void **state)
{
    uint32_t old = machine.function.fh, fh = machine_enable();
    uint64_t data;

    (void)state;
    expect(zpci_pcilg(old, 0, 0, 4, &data), 3, 0);
    expect(zpci_pcistg(old, 0, 0, 4, 0), 3, 0);
    expect(zpci_pcistb(old, 0, 0, 16, fib), 3, 0);
    expect(zpci_mpcifc(old, MPCIFC_REGISTER_INT, fib), 3, 0);
    expect(zpci_rpcit(old, WINDOW, 4096), 3, 0);
    expect(zpci_pcilg(fh, 0, 0, 4, &data), 0, 0);
    /* STPCIFC looks at the index only. */
    expect(zpci_stpcifc(old, fib), 0, 0);
    expect(zpci_stpcifc(old + 1, fib), 3, 0);
}

static void loads_and_stores_check_their_fields(void **state)
{
    uint32_t fh = machine_enable();
    uint64_t data;

    (void)state;
    expect(zpci_pcilg(fh, 1, 0, 4, &data), 1, ZPCI_ST_ADDRESS_SPACE);
    expect(zpci_pcilg(fh, 7, 0, 4, &data), 1, ZPCI_ST_ADDRESS_SPACE);
    expect(zpci_pcistg(fh, 1, 0, 4, 0), 1, ZPCI_ST_ADDRESS_SPACE);
    expect(zpci_pcistb(fh, 1, 0, 16, fib), 1, ZPCI_ST_ADDRESS_SPACE);
    assert_int_equal(machine.fake.program_checks, 0);
    zpci_pcilg(fh, 0, 4, 8, &data);
    interrupted(FAKE_PGM_OPERAND);
    zpci_pcilg(fh, 0, 0x1000, 1, &data);
    interrupted(FAKE_PGM_OPERAND);
    zpci_pcilg(fh, ZPCI_AS_CONFIG, 0, 3, &data);
    interrupted(FAKE_PGM_OPERAND);
    zpci_pcistg(fh, ZPCI_AS_CONFIG, 3, 2, 0);
    interrupted(FAKE_PGM_OPERAND);
    zpci_pcistb(fh, 0, 4, 16, fib);
    interrupted(FAKE_PGM_SPECIFICATION);
    zpci_pcistb(fh, 0, 0, 8, fib);
    interrupted(FAKE_PGM_SPECIFICATION);
    zpci_pcistb(fh, 0, 0, 136, fib);
    interrupted(FAKE_PGM_SPECIFICATION);
    zpci_pcistb(fh, 0, 0xff8, 16, fib);
    interrupted(FAKE_PGM_SPECIFICATION);
    zpci_pcistb(fh, 0, 0, 16, fib + 4);
    interrupted(FAKE_PGM_SPECIFICATION);
    zpci_pcistb(fh, 0, 0x1000, 16, fib);
    interrupted(FAKE_PGM_OPERAND);
}

static void configuration_data_passes_in_bus_order(void **state)
{
    uint32_t fh = machine_enable();
    uint64_t data = 0;

    (void)state;
    expect(zpci_pcilg(fh, ZPCI_AS_CONFIG, PCICONF_VENDOR, 2, &data), 0, 0);
    assert_true(data == 0x1410); /* 0x1014, byte-swapped */
    expect(zpci_pcistg(fh, ZPCI_AS_CONFIG, PCICONF_COMMAND, 2, 0x0600), 0, 0);
    assert_int_equal(le16_get(machine.function.config + PCICONF_COMMAND), 6);
}

static void error_blocks_loads_until_it_is_lifted(void **state)
{
    uint32_t fh = machine_enable();
    uint64_t data;

    (void)state;
    fake_error(&machine.fake, &machine.function, PEC_SYSTEM, 0, 0);
    expect(zpci_pcilg(fh, 0, 0, 4, &data), 1, ZPCI_ST_BLOCKED);
    expect(zpci_pcistb(fh, 0, 0, 16, fib), 1, ZPCI_ST_BLOCKED);
    expect(zpci_mpcifc(fh, MPCIFC_RESET_BLOCK, fib), 0, 0);
    expect(zpci_pcilg(fh, 0, 0, 4, &data), 0, 0);
    expect(zpci_mpcifc(fh, MPCIFC_RESET_BLOCK, fib), 1, ZPCI_ST_SEQUENCE);
    expect(zpci_mpcifc(fh, MPCIFC_RESET_ERROR, fib), 0, 0);
    expect(zpci_mpcifc(fh, MPCIFC_RESET_ERROR, fib), 1, ZPCI_ST_SEQUENCE);
    assert_int_equal(machine_event_code(), PEC_SYSTEM);
}

static void registrations_have_an_order(void **state)
{
    struct irq_registration irq = {.vector = VECTOR, .summary = SUMMARY, .count = 4};
    uint32_t fh = machine_enable();

    (void)state;
    irq_fib_register(fib, &irq);
    expect(zpci_mpcifc(fh, MPCIFC_DEREGISTER_INT, fib), 1, ZPCI_ST_SEQUENCE);
    expect(zpci_mpcifc(fh, MPCIFC_REGISTER_INT, fib), 0, 0);
    expect(zpci_mpcifc(fh, MPCIFC_REGISTER_INT, fib), 1, ZPCI_ST_SEQUENCE);
    expect(zpci_stpcifc(fh, fib), 0, 0);
    assert_true(be64_get(fib + FIB_AISB) == SUMMARY);
    assert_true(be64_get(fib + FIB_IOTA) == 0);
    assert_int_equal(fib[FIB_CONTROLS], FIB_FC_ENABLED);
    expect(zpci_mpcifc(fh, MPCIFC_DEREGISTER_INT, fib), 0, 0);
    fib_empty(fib);
    expect(zpci_mpcifc(fh, MPCIFC_DEREGISTER_IOAT, fib), 1, ZPCI_ST_SEQUENCE);
    expect(zpci_mpcifc(fh, MPCIFC_REREGISTER_IOAT, fib), 1, ZPCI_ST_SEQUENCE);
    machine_register_ioat(fh);
    expect(zpci_mpcifc(fh, MPCIFC_REGISTER_IOAT, machine.scratch.fib), 1, ZPCI_ST_SEQUENCE);
    expect(zpci_mpcifc(fh, MPCIFC_REREGISTER_IOAT, machine.scratch.fib), 0, 0);
    expect(zpci_stpcifc(fh, fib), 0, 0);
    assert_int_equal(fib[FIB_CONTROLS], FIB_FC_ENABLED | FIB_FC_IOAT);
    assert_true(be64_get(fib + FIB_PBA) == WINDOW);
    assert_true(be64_get(fib + FIB_PAL) == WINDOW_END);
    assert_true(be64_get(fib + FIB_IOTA) == 0x10804);
    expect(zpci_mpcifc(fh, MPCIFC_DEREGISTER_IOAT, fib), 0, 0);
    assert_int_equal(machine.fake.program_checks, 0);
}

static void bad_controls_are_program_checks(void **state)
{
    uint32_t fh = machine_enable();

    (void)state;
    fib_empty(fib);
    zpci_mpcifc(fh, 1, fib);
    interrupted(FAKE_PGM_OPERAND);
    zpci_mpcifc(fh, MPCIFC_RESET_ERROR, fib + 4);
    interrupted(FAKE_PGM_SPECIFICATION);
    zpci_stpcifc(fh, fib + 4);
    interrupted(FAKE_PGM_SPECIFICATION);
    fib[FIB_FORMAT] = 1;
    zpci_mpcifc(fh, MPCIFC_RESET_ERROR, fib);
    interrupted(FAKE_PGM_OPERAND);
    zpci_sic(2, 0, 0);
    interrupted(FAKE_PGM_OPERAND);
    zpci_sic(SIC_ALL, 8, 0);
    interrupted(FAKE_PGM_OPERAND);
    memset(block, 0, sizeof(block));
    zpci_chsc(block);
    interrupted(FAKE_PGM_OPERAND);
    sei_request(block);
    be64_put(block + SEI_REQ_TYPES, SEI_TYPE_CHANNEL);
    zpci_chsc(block);
    interrupted(FAKE_PGM_OPERAND);
    zpci_chsc(block + 8);
    interrupted(FAKE_PGM_SPECIFICATION);
    zpci_clp(block);
    interrupted(FAKE_PGM_OPERAND);
}

/* A failing re-registration leaves the function without translation. */
static void bad_ranges_are_program_checks(void **state)
{
    static const struct ioat bad[] = {{WINDOW - 4096, WINDOW_END, 0x10804},
                                      {WINDOW_END + 1, WINDOW, 0x10804},
                                      {WINDOW, UINT64_MAX, 0x10804},
                                      {WINDOW, WINDOW_END, 0x10004},
                                      {WINDOW, WINDOW_END, 0x10800}};
    uint32_t fh = machine_enable();

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        machine_register_ioat(fh);
        fib_empty(fib);
        be64_put(fib + FIB_PBA, bad[i].start);
        be64_put(fib + FIB_PAL, bad[i].end);
        be64_put(fib + FIB_IOTA, bad[i].iota);
        zpci_mpcifc(fh, MPCIFC_REREGISTER_IOAT, fib);
        interrupted(FAKE_PGM_OPERAND);
        assert_int_equal(machine.function.ioat_registered, 0);
    }
}

static void measurement_with_a_key_is_an_event(void **state)
{
    uint32_t fh = machine_enable();

    (void)state;
    assert_int_equal(measurement_fib(fib, 0x30000), ZPCI_OK);
    expect(zpci_mpcifc(fh, MPCIFC_SET_MEASUREMENT, fib), 0, 0);
    assert_true(machine.function.measurement == 0x30000);
    fib[FIB_FMB + 7] = 3;
    expect(zpci_mpcifc(fh, MPCIFC_SET_MEASUREMENT, fib), 1, 0);
    assert_int_equal(machine_event_code(), PEC_FMB_PROTECTION);
    assert_int_equal(machine.function.state, FAKE_ENABLED);
}

static void controls_of_other_states(void **state)
{
    uint32_t fh = machine.function.fh;

    (void)state;
    memset(fib, 0xee, sizeof(fib));
    expect(zpci_stpcifc(fh, fib), 0, 0);
    assert_int_equal(fib[FIB_CONTROLS], 0);
    expect(zpci_stpcifc(fh | ZPCI_FH_ENABLED, fib), 3, 0);
    expect(zpci_rpcit(fh, WINDOW, 4096), 3, 0);
    expect(zpci_mpcifc(fh, MPCIFC_RESET_ERROR, fib), 3, 0);
    fake_zpci_set_state(&machine.fake, &machine.function, FAKE_STANDBY);
    expect(zpci_stpcifc(machine.function.fh, fib), 3, 0);
    fake_zpci_set_state(&machine.fake, &machine.function, FAKE_PERMANENT);
    expect(zpci_stpcifc(machine.function.fh, fib), 1, ZPCI_ST_IN_ERROR);
    expect(zpci_mpcifc(machine.function.fh, MPCIFC_RESET_ERROR, fib), 3, 0);
}

static uint16_t clp_code(void)
{
    expect(zpci_clp(machine.scratch.clp), 0, 0);
    return be16_get(machine.scratch.clp + 34);
}

static void clp_commands_answer_with_codes(void **state)
{
    uint8_t *clp = machine.scratch.clp;
    uint32_t fh = machine.function.fh;

    (void)state;
    clp_set_request(clp, fh, CLP_SET_DISABLE);
    assert_int_equal(clp_code(), CLP_RC_HANDLE_STATE);
    clp_set_request(clp, fh, CLP_SET_ENABLE);
    clp[CLP_SET_REQ_NDAS] = 0;
    assert_int_equal(clp_code(), CLP_RC_DMA_SPACES);
    clp_set_request(clp, fh, CLP_SET_ENABLE);
    clp[CLP_SET_REQ_NDAS] = 2;
    assert_int_equal(clp_code(), CLP_RC_RESOURCES);
    clp_set_request(clp, fh, 9);
    assert_int_equal(clp_code(), CLP_RC_FUNCTION);
    clp_set_request(clp, fh, CLP_SET_ENABLE);
    assert_int_equal(clp_code(), CLP_RC_OK);
    assert_int_equal(clp_code(), CLP_RC_HANDLE); /* the old handle */
    clp_set_request(clp, machine.function.fh, CLP_SET_ENABLE);
    assert_int_equal(clp_code(), CLP_RC_HANDLE_STATE);
    clp_list_request(clp, 99);
    assert_int_equal(clp_code(), CLP_RC_TOKEN);
    clp_list_request(clp, 0);
    be16_put(clp + 32, 40);
    assert_int_equal(clp_code(), CLP_RC_NEEDS_8K);
    clp[3] = 9;
    assert_int_equal(clp_code(), CLP_RC_COMMAND);
    clp_list_request(clp, 0);
    be16_put(clp, 40);
    be16_put(clp + 40, 64);
    expect(zpci_clp(clp), 0, 0);
    assert_int_equal(be16_get(clp + 42), CLP_RC_LENGTH);
    fake_zpci_set_state(&machine.fake, &machine.function, FAKE_STANDBY);
    clp_function_request(clp, machine.function.fh);
    assert_int_equal(clp_code(), CLP_RC_HANDLE_STATE);
}

static uint16_t configure(uint32_t command, uint32_t fid)
{
    sclp_adapter_request(block, fid);
    expect(zpci_sclp(command, block), 0, 0);
    return sccb_response(block);
}

static void service_calls_configure_functions(void **state)
{
    (void)state;
    assert_int_equal(configure(SCLP_DECONFIGURE_PCI, FID), SCLP_RC_OK);
    assert_int_equal(machine.function.state, FAKE_STANDBY);
    assert_int_equal(configure(SCLP_DECONFIGURE_PCI, FID), SCLP_RC_NO_ACTION);
    assert_int_equal(configure(SCLP_CONFIGURE_PCI, FID), SCLP_RC_OK);
    assert_int_equal(machine.function.state, FAKE_DISABLED);
    assert_int_equal(configure(SCLP_CONFIGURE_PCI, FID), SCLP_RC_NO_ACTION);
    assert_int_equal(configure(SCLP_CONFIGURE_PCI, FID + 1), SCLP_RC_ADAPTER_ID);
    assert_int_equal(configure(SCLP_READ_INFO, FID), SCLP_RC_COMMAND);
    sclp_adapter_request(block, FID);
    block[SCLP_ADAPTER_TYPE] = 3;
    expect(zpci_sclp(SCLP_CONFIGURE_PCI, block), 0, 0);
    assert_int_equal(sccb_response(block), SCLP_RC_ADAPTER_TYPE);
    sccb_init(block, 8);
    expect(zpci_sclp(SCLP_CONFIGURE_PCI, block), 0, 0);
    assert_int_equal(sccb_response(block), SCLP_RC_SHORT_SCCB);
    fake_zpci_set_state(&machine.fake, &machine.function, FAKE_RESERVED);
    assert_int_equal(configure(SCLP_CONFIGURE_PCI, FID), SCLP_RC_RESERVED_STATE);
    fake_inject(&machine.fake, FAKE_SCLP, 2, 0, 1);
    expect(zpci_sclp(SCLP_CONFIGURE_PCI, block), 2, 0);
}

static void events_are_reported_once(void **state)
{
    struct pci_event event;
    uint32_t crw = 1;
    int more;

    (void)state;
    expect(zpci_stcrw(&crw), 1, 0);
    assert_true(crw == 0);
    fake_zpci_set_state(&machine.fake, &machine.function, FAKE_STANDBY);
    fake_zpci_set_state(&machine.fake, &machine.function, FAKE_DISABLED);
    expect(zpci_stcrw(&crw), 0, 0);
    assert_true(crw_wants_events(crw));
    expect(zpci_stcrw(&crw), 1, 0);
    assert_int_equal(zpci_next_event(block, &event, &more), 1);
    assert_int_equal(event.code, PEC_SURPRISE_REMOVAL);
    assert_int_equal(more, 1);
    assert_int_equal(zpci_next_event(block, &event, &more), 1);
    assert_int_equal(event.code, PEC_TO_CONFIGURED);
    assert_int_equal(more, 0);
    assert_int_equal(zpci_next_event(block, &event, &more), 0);
}

static void lost_events_are_announced(void **state)
{
    uint32_t crw, seen = 0;

    (void)state;
    machine_enable();
    for (uint32_t i = 0; i < FAKE_EVENTS + 1; i++)
        fake_error(&machine.fake, &machine.function, PEC_SYSTEM, i, 0);
    expect(zpci_stcrw(&crw), 0, 0);
    assert_true((crw & CRW_OVERFLOW) != 0);
    while (machine_event_code() != 0)
        seen++;
    assert_int_equal(seen, FAKE_EVENTS);
    expect(zpci_stcrw(&crw), 1, 0);
}

static void register_interruptions(uint32_t fh)
{
    struct irq_registration irq = {.vector = VECTOR,
                                   .summary = SUMMARY,
                                   .count = 1,
                                   .vector_bit = 2,
                                   .summary_bit = 5,
                                   .isc = 3};

    assert_int_equal(irq_fib_register(machine.scratch.fib, &irq), ZPCI_OK);
    assert_int_equal(zpci_modify(&machine.scratch, fh, MPCIFC_REGISTER_INT), ZPCI_OK);
}

static void messages_set_bits_and_interrupt_once(void **state)
{
    uint8_t *storage = machine.storage;

    (void)state;
    register_interruptions(machine_enable());
    fake_message(&machine.fake, &machine.function, 0);
    assert_int_equal(storage[VECTOR], 0x20);
    assert_int_equal(storage[SUMMARY], 0x04);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 1);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 0);
    fake_message(&machine.fake, &machine.function, 1);
    assert_int_equal(storage[VECTOR], 0x30);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 0); /* summary was set */
    storage[SUMMARY] = 0;
    fake_message(&machine.fake, &machine.function, 1);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 1);
    storage[SUMMARY] = 0x80; /* another bit of the byte: emulators present nothing */
    fake_message(&machine.fake, &machine.function, 1);
    assert_int_equal(storage[SUMMARY], 0x84);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 0);
}

/* One interruption was registered, but the device may name any of 2048. */
static void messages_beyond_the_registered_number_are_written(void **state)
{
    (void)state;
    register_interruptions(machine_enable());
    fake_message(&machine.fake, &machine.function, 0xffffffff);
    assert_int_equal(machine.storage[VECTOR + (2047 + 2) / 8], IBM_BIT8((2047 + 2) % 8));
}

/* What QEMU does before registration: absolute address 0 is written. */
static void stray_messages_damage_address_zero(void **state)
{
    (void)state;
    fake_message(&machine.fake, &machine.function, 0);
    assert_int_equal(machine.storage[0], 0); /* disabled: nothing */
    machine_enable();
    machine.function.config[PCICONF_COMMAND] = PCI_COMMAND_MEMORY;
    fake_message(&machine.fake, &machine.function, 0);
    assert_int_equal(machine.storage[0], 0); /* not bus master: nothing */
    machine.function.config[PCICONF_COMMAND] = PCI_COMMAND_MASTER;
    fake_message(&machine.fake, &machine.function, 9);
    assert_int_equal(machine.storage[1], 0x40);
    assert_int_equal(machine.storage[0], 0x80);
    assert_int_equal(machine.function.stray_messages, 1);
}

static void single_mode_presents_one_until_the_next_sic(void **state)
{
    (void)state;
    register_interruptions(machine_enable());
    zpci_sic(SIC_SINGLE, 3, 0);
    fake_message(&machine.fake, &machine.function, 0);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 1);
    machine.storage[SUMMARY] = 0;
    fake_message(&machine.fake, &machine.function, 0);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 0); /* lost: scan after SIC */
    zpci_sic(SIC_SINGLE, 3, 0);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 0);
    machine.storage[SUMMARY] = 0;
    fake_message(&machine.fake, &machine.function, 0);
    assert_int_equal(fake_take_interruption(&machine.fake, 3), 1);
    zpci_sic(SIC_ALL, 3, 0);
    fake_inject(&machine.fake, FAKE_SIC, 0, 0, 1);
    zpci_sic(SIC_SINGLE, 3, 0);
    assert_int_equal(machine.fake.subclass[3].single, 0);
}

static void every_instruction_can_be_made_to_fail(void **state)
{
    uint32_t fh = machine_enable(), crw;
    uint64_t data;

    (void)state;
    for (uint32_t i = 0; i < FAKE_INSTRUCTIONS; i++)
        fake_inject(&machine.fake, (enum fake_instruction)i, 1, 99, 1);
    expect(zpci_clp(block), 1, 99);
    expect(zpci_pcilg(fh, 0, 0, 4, &data), 1, 99);
    expect(zpci_pcistg(fh, 0, 0, 4, 0), 1, 99);
    expect(zpci_pcistb(fh, 0, 0, 16, fib), 1, 99);
    expect(zpci_mpcifc(fh, MPCIFC_RESET_ERROR, fib), 1, 99);
    expect(zpci_stpcifc(fh, fib), 1, 99);
    expect(zpci_rpcit(fh, 0, 0), 1, 99);
    expect(zpci_chsc(block), 1, 99);
    expect(zpci_stcrw(&crw), 1, 99);
    expect(zpci_sclp(0, block), 1, 99);
    assert_int_equal(machine.fake.program_checks, 0);
}

static void configuration_space_without_room(void **state)
{
    static struct fake_function function;
    const uint8_t body[200] = {0};

    (void)state;
    fake_config_init(&function, 1, 2);
    assert_int_equal(fake_config_add(&function, PCI_CAP_VENDOR, body, 1), 0);
    assert_int_equal(fake_config_add(&function, PCI_CAP_VENDOR, body, 190), 0x40);
    assert_int_equal(fake_config_add(&function, PCI_CAP_VENDOR, body, 2), 0);
    assert_int_equal(fake_config_add_extended(&function, PCI_EXT_AER, 3), 0);
    assert_int_equal(fake_config_add_extended(&function, PCI_EXT_AER, 0xf00), 0x100);
    assert_int_equal(fake_config_add_extended(&function, PCI_EXT_ATS, 4), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(old_handles_are_refused_everywhere, machine_setup),
        cmocka_unit_test_setup(loads_and_stores_check_their_fields, machine_setup),
        cmocka_unit_test_setup(configuration_data_passes_in_bus_order, machine_setup),
        cmocka_unit_test_setup(error_blocks_loads_until_it_is_lifted, machine_setup),
        cmocka_unit_test_setup(registrations_have_an_order, machine_setup),
        cmocka_unit_test_setup(bad_controls_are_program_checks, machine_setup),
        cmocka_unit_test_setup(bad_ranges_are_program_checks, machine_setup),
        cmocka_unit_test_setup(measurement_with_a_key_is_an_event, machine_setup),
        cmocka_unit_test_setup(controls_of_other_states, machine_setup),
        cmocka_unit_test_setup(clp_commands_answer_with_codes, machine_setup),
        cmocka_unit_test_setup(service_calls_configure_functions, machine_setup),
        cmocka_unit_test_setup(events_are_reported_once, machine_setup),
        cmocka_unit_test_setup(lost_events_are_announced, machine_setup),
        cmocka_unit_test_setup(messages_set_bits_and_interrupt_once, machine_setup),
        cmocka_unit_test_setup(messages_beyond_the_registered_number_are_written, machine_setup),
        cmocka_unit_test_setup(stray_messages_damage_address_zero, machine_setup),
        cmocka_unit_test_setup(single_mode_presents_one_until_the_next_sic, machine_setup),
        cmocka_unit_test_setup(every_instruction_can_be_made_to_fail, machine_setup),
        cmocka_unit_test_setup(configuration_space_without_room, machine_setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
