/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: I/O address translation and measurement blocks, MSI-X stores, events. */
#include "tests/unit/zpci/machine.h"

#include "drivers/zpci/msix.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"
#include "libs/zformats/iotable.h"

static uint8_t fib[FIB_SIZE];
static uint8_t block[SEI_SIZE];

static int clear(void **state)
{
    (void)state;
    memset(fib, 0xee, sizeof(fib));
    memset(block, 0xee, sizeof(block));
    return 0;
}

static void ioat_has_the_known_bytes(void **state)
{
    struct ioat ioat = {WINDOW, WINDOW_END, 0x10804}, parsed;
    uint8_t expected[FIB_SIZE] = {0};

    (void)state;
    be64_put(expected + 16, WINDOW);
    be64_put(expected + 24, WINDOW_END);
    be64_put(expected + 32, 0x10804);
    assert_int_equal(ioat_fib_register(fib, &ioat), ZPCI_OK);
    assert_memory_equal(fib, expected, sizeof(fib));
    be64_put(fib + 16, WINDOW + 0x123);
    be64_put(fib + 24, WINDOW + 0x1000);
    ioat_fib_parse(fib, &parsed);
    assert_true(parsed.start == WINDOW && parsed.end == WINDOW + 0x1fff);
    assert_true(parsed.iota == 0x10804);
}

static void ranges_and_anchors_that_alias_are_refused(void **state)
{
    static const struct ioat bad[] = {
        {WINDOW_END + 1, WINDOW_END, 0x10804}, {WINDOW + 1, WINDOW_END, 0x10804},
        {WINDOW, WINDOW_END - 1, 0x10804},     {WINDOW, IOT_SPACE_SIZE + 0xfff, 0x10804},
        {WINDOW, UINT64_MAX, 0x10804},         {WINDOW, WINDOW_END, 0x10004},
        {WINDOW, WINDOW_END, 0x11804},         {WINDOW, WINDOW_END, 0x10808},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(ioat_fib_register(fib, &bad[i]), ZPCI_E_RANGE);
    assert_int_equal(fib[0], 0xee);
    assert_int_equal(ioat_fib_register(fib, &(struct ioat){0, IOT_SPACE_SIZE - 1, 0x10804}),
                     ZPCI_OK);
}

static void measurement_address_carries_no_key(void **state)
{
    (void)state;
    assert_int_equal(measurement_fib(fib, 0x12348), ZPCI_E_RANGE);
    assert_int_equal(fib[0], 0xee);
    assert_int_equal(measurement_fib(fib, 0x12340), ZPCI_OK);
    assert_true(be64_get(fib + 64) == 0x12340);
    assert_int_equal(measurement_fib(fib, 0), ZPCI_OK);
    assert_true(be64_get(fib + 64) == 0);
}

static void msix_table_must_lie_in_its_bar(void **state)
{
    const uint8_t bars[6] = {0, 12, 0, 0, 14, 64};
    struct msix_table table;

    (void)state;
    assert_int_equal(msix_parse((const uint32_t[]){0x000f0011, 0x801, 0}, bars, &table), ZPCI_OK);
    assert_int_equal(table.bar, 1);
    assert_int_equal(table.offset, 0x800);
    assert_int_equal(table.entries, 16);
    assert_int_equal(msix_parse((const uint32_t[]){0x007f0011, 0x801, 0}, bars, &table), ZPCI_OK);
    /* 129 entries do not fit behind 0x800. */
    assert_int_equal(msix_parse((const uint32_t[]){0x00800011, 0x801, 0}, bars, &table),
                     ZPCI_E_MALFORMED);
    assert_int_equal(msix_parse((const uint32_t[]){0x00000011, 0xfffffff9, 0}, bars, &table),
                     ZPCI_E_MALFORMED);
    assert_int_equal(msix_parse((const uint32_t[]){0x00000011, 0x0, 0}, bars, &table),
                     ZPCI_E_MALFORMED);
    assert_int_equal(msix_parse((const uint32_t[]){0x00000011, 0x6, 0}, bars, &table),
                     ZPCI_E_MALFORMED);
    assert_int_equal(msix_parse((const uint32_t[]){0x00000011, 0x5, 0}, bars, &table),
                     ZPCI_E_MALFORMED);
}

static void msix_message_is_masked_while_it_changes(void **state)
{
    const struct msix_table table = {.bar = 1, .offset = 0x800, .entries = 16};
    static const struct msix_store expected[MSIX_STORES] = {
        {0x83c, 1}, {0x830, 0x00001000}, {0x834, 0xfe000000}, {0x838, 7}, {0x83c, 0}};
    struct msix_store stores[MSIX_STORES], mask;

    (void)state;
    assert_int_equal(msix_message(&table, 3, UINT64_C(0xfe00000000001000), 7, 8, stores), ZPCI_OK);
    assert_memory_equal(stores, expected, sizeof(stores));
    assert_int_equal(msix_message(&table, 16, 1, 7, 8, stores), ZPCI_E_RANGE);
    assert_int_equal(msix_message(&table, 3, 1, 8, 8, stores), ZPCI_E_RANGE);
    assert_int_equal(msix_message(&table, 3, 1, 2048, 4095, stores), ZPCI_E_RANGE);
    assert_int_equal(msix_mask(&table, 15, 1, &mask), ZPCI_OK);
    assert_int_equal(mask.offset, 0x8fc);
    assert_int_equal(mask.value, 1);
    assert_int_equal(msix_mask(&table, 15, 0, &mask), ZPCI_OK);
    assert_int_equal(mask.value, 0);
    assert_int_equal(msix_mask(&table, 16, 0, &mask), ZPCI_E_RANGE);
}

static void reports_that_want_events(void **state)
{
    (void)state;
    assert_true(crw_wants_events(0x0b000000));
    assert_true(crw_wants_events(0x24000000));  /* reports were lost: look */
    assert_false(crw_wants_events(0x04010001)); /* a channel path */
    assert_false(crw_wants_events(0x03000001)); /* a subchannel */
}

static void event_request_has_the_known_bytes(void **state)
{
    const uint8_t expected[20] = {0, 16, 0, 14, 0, 0, 0, 0, 0x20};

    (void)state;
    sei_request(block);
    assert_memory_equal(block, expected, sizeof(expected));
    assert_int_equal(block[SEI_SIZE - 1], 0);
}

/* A response of the machine, by hand from the documented layout. */
static void respond_error(void)
{
    memset(block, 0, sizeof(block));
    be16_put(block + 16, 4080);
    be16_put(block + 18, 1);
    block[23] = 2;
    block[24] = 0x80;
    block[27] = 1;
    be32_put(block + 84, 0x81020003);
    be32_put(block + 88, 0x17);
    be32_put(block + 92, 0x00050001);
    be64_put(block + 96, UINT64_C(0x100005000));
    be16_put(block + 110, 0x0004);
}

static void error_event_is_parsed(void **state)
{
    struct pci_event event;
    int more;

    (void)state;
    respond_error();
    assert_int_equal(sei_parse(block, &event, &more), 1);
    assert_int_equal(more, 1);
    assert_int_equal(event.kind, PCI_EVENT_ERROR);
    assert_true(event.fh == 0x81020003);
    assert_int_equal(event.fid, 0x17);
    assert_int_equal(event.vector, 5);
    assert_int_equal(event.write, 1);
    assert_true(event.address == UINT64_C(0x100005000));
    assert_int_equal(event.code, PEC_TRANSLATION);
    block[24] = 0;
    block[95] = 0;
    assert_int_equal(sei_parse(block, &event, &more), 1);
    assert_int_equal(more, 0);
    assert_int_equal(event.write, 0);
}

static void availability_event_is_parsed(void **state)
{
    struct pci_event event;
    int more;

    (void)state;
    respond_error();
    block[27] = 2;
    be16_put(block + 110, 0x0304);
    assert_int_equal(sei_parse(block, &event, &more), 1);
    assert_int_equal(event.kind, PCI_EVENT_AVAILABILITY);
    assert_true(event.address == 0);
    assert_int_equal(event.code, PEC_SURPRISE_REMOVAL);
}

static void damaged_events_are_refused(void **state)
{
    struct pci_event event;
    int more;

    (void)state;
    respond_error();
    be16_put(block + 18, 5);
    assert_int_equal(sei_parse(block, &event, &more), 0);
    respond_error();
    be16_put(block + 18, 3);
    assert_int_equal(sei_parse(block, &event, &more), -1);
    respond_error();
    be16_put(block + 16, 95); /* the content would not be there as a whole */
    assert_int_equal(sei_parse(block, &event, &more), -1);
    respond_error();
    be16_put(block + 16, 96);
    assert_int_equal(sei_parse(block, &event, &more), 1);
    be16_put(block + 16, 4081);
    assert_int_equal(sei_parse(block, &event, &more), -1);
    respond_error();
    block[23] = 0;
    assert_int_equal(sei_parse(block, &event, &more), -1);
    assert_int_equal(more, 1); /* it is consumed, the next one is due */
    respond_error();
    block[27] = 3;
    assert_int_equal(sei_parse(block, &event, &more), -1);
}

static void answers_are_what_the_parser_reads(void **state)
{
    struct pci_event in = {.kind = PCI_EVENT_ERROR,
                           .fid = 1,
                           .fh = 2,
                           .address = 3,
                           .code = 4,
                           .vector = 5,
                           .write = 1};
    struct pci_event out;
    int more;

    (void)state;
    sei_request(block);
    sei_answer(block, &in, 1);
    assert_int_equal(sei_parse(block, &out, &more), 1);
    assert_int_equal(more, 1);
    assert_true(out.fid == 1 && out.fh == 2 && out.address == 3 && out.code == 4 &&
                out.vector == 5 && out.write == 1 && out.kind == PCI_EVENT_ERROR);
    in.kind = PCI_EVENT_AVAILABILITY;
    sei_answer(block, &in, 0);
    assert_int_equal(sei_parse(block, &out, &more), 1);
    assert_int_equal(more, 0);
    assert_true(out.kind == PCI_EVENT_AVAILABILITY && out.address == 0);
    sei_answer(block, NULL, 0);
    assert_int_equal(sei_parse(block, &out, &more), 0);
}

static void events_lead_to_actions(void **state)
{
    static const struct {
        enum pci_event_kind kind;
        uint16_t code;
        enum pci_event_action action;
    } cases[] = {
        {PCI_EVENT_ERROR, PEC_TRANSLATION, PCI_EVENT_RECOVER},
        {PCI_EVENT_ERROR, PEC_SERVICE_ACTION, PCI_EVENT_RECOVER},
        {PCI_EVENT_ERROR, PEC_FMB_ADDRESS, PCI_EVENT_IGNORE},
        {PCI_EVENT_ERROR, PEC_FMB_PROTECTION, PCI_EVENT_IGNORE},
        {PCI_EVENT_ERROR, PEC_PERMANENT, PCI_EVENT_LOST},
        {PCI_EVENT_ERROR, PEC_RECOVERY_FAILED, PCI_EVENT_LOST},
        {PCI_EVENT_AVAILABILITY, PEC_TO_CONFIGURED, PCI_EVENT_RELIST},
        {PCI_EVENT_AVAILABILITY, PEC_RESCAN, PCI_EVENT_RELIST},
        {PCI_EVENT_AVAILABILITY, PEC_SURPRISE_REMOVAL, PCI_EVENT_LOST},
        {PCI_EVENT_AVAILABILITY, PEC_DECONFIGURE_REQUEST, PCI_EVENT_LOST},
        {PCI_EVENT_AVAILABILITY, 0x0399, PCI_EVENT_IGNORE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct pci_event event = {.kind = cases[i].kind, .code = cases[i].code};

        assert_int_equal(pci_event_action(&event), cases[i].action);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(ioat_has_the_known_bytes, clear),
        cmocka_unit_test_setup(ranges_and_anchors_that_alias_are_refused, clear),
        cmocka_unit_test_setup(measurement_address_carries_no_key, clear),
        cmocka_unit_test_setup(msix_table_must_lie_in_its_bar, clear),
        cmocka_unit_test_setup(msix_message_is_masked_while_it_changes, clear),
        cmocka_unit_test_setup(reports_that_want_events, clear),
        cmocka_unit_test_setup(event_request_has_the_known_bytes, clear),
        cmocka_unit_test_setup(error_event_is_parsed, clear),
        cmocka_unit_test_setup(availability_event_is_parsed, clear),
        cmocka_unit_test_setup(damaged_events_are_refused, clear),
        cmocka_unit_test_setup(answers_are_what_the_parser_reads, clear),
        cmocka_unit_test_setup(events_lead_to_actions, clear),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
