/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: life cycle of a function, discovery, events, all on the fake. */
#include "tests/unit/zpci/machine.h"

#include "libs/zformats/fib.h"

static struct zpci_function function;
static struct fake_function others[3];

static int find(void **state)
{
    struct clp_entry entry;

    machine_setup(state);
    assert_int_equal(zpci_find(&machine.scratch, FID, &entry), ZPCI_OK);
    zpci_function_init(&function, &entry);
    return 0;
}

static int find_and_enable(void **state)
{
    find(state);
    assert_int_equal(zpci_function_enable(&function, &machine.scratch), ZPCI_OK);
    return 0;
}

static void functions_are_found_by_their_id(void **state)
{
    struct clp_entry entry;

    (void)state;
    for (uint32_t i = 0; i < 3; i++) {
        machine_prepare_function(&others[i], 0x100 + i);
        fake_config_init(&others[i], (uint16_t)(i == 0 ? 0 : 0x1af4), 1);
        assert_int_equal(fake_zpci_add(&machine.fake, &others[i], FAKE_STANDBY), 0);
    }
    assert_int_equal(fake_zpci_add(&machine.fake, &others[0], FAKE_STANDBY), -1);
    machine.fake.list_limit = 1; /* one entry in a block: resume tokens */
    assert_int_equal(zpci_find(&machine.scratch, 0x102, &entry), ZPCI_OK);
    assert_int_equal(entry.fid, 0x102);
    assert_int_equal(entry.configured, 0);
    assert_int_equal(machine.fake.issued[FAKE_CLP], 1 + 4);
    /* Vendor 0 is an unused entry, whatever else it says. */
    assert_int_equal(zpci_find(&machine.scratch, 0x100, &entry), ZPCI_E_GONE);
    assert_int_equal(zpci_find(&machine.scratch, 0x999, &entry), ZPCI_E_GONE);
}

static void query_of_function_and_group(void **state)
{
    struct clp_function info;
    struct clp_group group;

    (void)state;
    assert_int_equal(zpci_query_function(&machine.scratch, function.fh, &info), ZPCI_OK);
    assert_int_equal(info.fid, FID);
    assert_true(info.sdma == WINDOW);
    assert_int_equal(zpci_query_group(&machine.scratch, info.group, &group), ZPCI_OK);
    assert_int_equal(group.interrupts, 128);
    assert_true(group.msia == FAKE_MSIA);
    assert_int_equal(zpci_query_group(&machine.scratch, 1, &group), ZPCI_E_REFUSED);
    assert_int_equal(zpci_query_function(&machine.scratch, 0x99, &info), ZPCI_E_GONE);
}

static void enable_and_disable_change_the_handle(void **state)
{
    uint32_t disabled = function.fh, generation = function.generation, enabled;

    (void)state;
    assert_int_equal(zpci_function_poll(&function, &machine.scratch), ZPCI_OK);
    assert_int_equal(function.state, ZPCI_DISABLED);
    assert_true(zpci_function_is_quiet(&function));
    assert_int_equal(zpci_function_enable(&function, &machine.scratch), ZPCI_OK);
    enabled = function.fh;
    assert_int_not_equal(enabled, disabled);
    assert_true((enabled & ZPCI_FH_ENABLED) != 0);
    assert_int_not_equal(function.generation, generation);
    assert_false(zpci_function_is_quiet(&function));
    assert_int_equal(zpci_function_enable(&function, &machine.scratch), ZPCI_E_STATE);
    generation = function.generation;
    assert_int_equal(zpci_function_disable(&function, &machine.scratch), ZPCI_OK);
    assert_true(zpci_function_is_quiet(&function));
    assert_int_not_equal(function.fh, enabled);
    assert_int_not_equal(function.generation, generation);
    assert_int_equal(zpci_function_disable(&function, &machine.scratch), ZPCI_OK);
}

/* A firmware that left the function enabled, with translations: it must be quiet before use. */
static void function_found_enabled_is_disabled(void **state)
{
    struct clp_entry entry;
    uint32_t fh = machine_enable();

    (void)state;
    machine_register_ioat(fh);
    assert_int_equal(zpci_find(&machine.scratch, FID, &entry), ZPCI_OK);
    zpci_function_init(&function, &entry);
    assert_false(zpci_function_is_quiet(&function));
    assert_int_equal(zpci_function_disable(&function, &machine.scratch), ZPCI_OK);
    assert_int_equal(machine.function.state, FAKE_DISABLED);
    assert_int_equal(machine.function.ioat_registered, 0);
}

static void disable_that_stays_busy_is_not_quiet(void **state)
{
    (void)state;
    fake_inject_clp(&machine.fake, CLP_RC_BUSY, ZPCI_ATTEMPTS);
    assert_int_equal(zpci_function_disable(&function, &machine.scratch), ZPCI_E_BUSY);
    assert_false(zpci_function_is_quiet(&function));
    assert_int_equal(zpci_function_disable(&function, &machine.scratch), ZPCI_OK);
}

static void busy_for_a_short_time_is_not_seen(void **state)
{
    (void)state;
    fake_inject_clp(&machine.fake, CLP_RC_BUSY, ZPCI_ATTEMPTS - 1);
    assert_int_equal(zpci_function_reset(&function, &machine.scratch), ZPCI_OK);
    assert_int_equal(function.state, ZPCI_ENABLED);
    assert_true(function.fh == machine.function.fh);
}

/* The machine refuses: only the list may say that the function is quiet. */
static void refused_disable_is_checked_against_the_list(void **state)
{
    uint32_t generation = function.generation;

    (void)state;
    fake_inject_clp(&machine.fake, CLP_RC_PERMANENT, 1);
    assert_int_equal(zpci_function_disable(&function, &machine.scratch), ZPCI_E_GONE);
    assert_false(zpci_function_is_quiet(&function));
    assert_int_equal(function.generation, generation); /* nothing was lost yet */
    fake_zpci_set_state(&machine.fake, &machine.function, FAKE_STANDBY);
    assert_int_equal(zpci_function_disable(&function, &machine.scratch), ZPCI_OK);
    assert_int_equal(function.state, ZPCI_STANDBY);
}

static void vanished_function_is_gone(void **state)
{
    (void)state;
    assert_int_equal(zpci_function_poll(&function, &machine.scratch), ZPCI_OK);
    assert_int_equal(function.state, ZPCI_ENABLED);
    fake_zpci_set_state(&machine.fake, &machine.function, FAKE_RESERVED);
    assert_int_equal(zpci_function_poll(&function, &machine.scratch), ZPCI_OK);
    assert_int_equal(function.state, ZPCI_GONE);
    assert_int_equal(zpci_function_disable(&function, &machine.scratch), ZPCI_OK);
    assert_int_equal(function.state, ZPCI_GONE);
    assert_int_equal(zpci_function_enable(&function, &machine.scratch), ZPCI_E_STATE);
}

static void handle_that_changed_behind_our_back_is_found(void **state)
{
    uint32_t fh = function.fh;

    (void)state;
    fake_zpci_set_state(&machine.fake, &machine.function, FAKE_ENABLED);
    assert_int_not_equal(machine.function.fh, fh);
    /* The old handle fails, the list has the new one, the second call succeeds. */
    assert_int_equal(zpci_function_disable(&function, &machine.scratch), ZPCI_E_GONE);
    assert_int_equal(function.fh, machine.function.fh);
    assert_int_equal(zpci_function_disable(&function, &machine.scratch), ZPCI_OK);
}

static void error_is_polled_and_recovered(void **state)
{
    uint32_t fh = function.fh, generation = function.generation;

    (void)state;
    machine_register_ioat(fh);
    fake_error(&machine.fake, &machine.function, PEC_TRANSLATION, WINDOW, 0);
    assert_int_equal(zpci_function_poll(&function, &machine.scratch), ZPCI_OK);
    assert_int_equal(function.state, ZPCI_ERROR);
    assert_int_equal(machine.scratch.fib[FIB_CONTROLS], 0xf0);
    assert_int_equal(zpci_function_unblock(&function, &machine.scratch), ZPCI_OK);
    assert_int_equal(zpci_function_unblock(&function, &machine.scratch), ZPCI_E_STATE);
    assert_int_equal(zpci_function_poll(&function, &machine.scratch), ZPCI_OK);
    assert_int_equal(function.state, ZPCI_UNBLOCKED);
    assert_int_equal(machine.scratch.fib[FIB_CONTROLS], 0xd0);
    assert_int_equal(zpci_function_recover(&function, &machine.scratch), ZPCI_OK);
    assert_int_equal(function.state, ZPCI_ENABLED);
    /* Registrations were kept, and so the generation. */
    assert_int_equal(function.generation, generation);
    assert_int_equal(machine.function.ioat_registered, 1);
    assert_int_equal(zpci_function_recover(&function, &machine.scratch), ZPCI_E_STATE);
}

static void recovery_that_is_refused_becomes_a_reset(void **state)
{
    uint32_t generation = function.generation;

    (void)state;
    fake_error(&machine.fake, &machine.function, PEC_TRANSLATION, WINDOW, 0);
    assert_int_equal(zpci_function_poll(&function, &machine.scratch), ZPCI_OK);
    fake_inject(&machine.fake, FAKE_MPCIFC, 1, ZPCI_ST_SEQUENCE, 1);
    assert_int_equal(zpci_function_recover(&function, &machine.scratch), ZPCI_OK);
    assert_int_equal(function.state, ZPCI_ENABLED);
    assert_int_not_equal(function.generation, generation);
}

static void recovery_that_is_busy_is_reported(void **state)
{
    (void)state;
    fake_error(&machine.fake, &machine.function, PEC_TRANSLATION, WINDOW, 0);
    assert_int_equal(zpci_function_poll(&function, &machine.scratch), ZPCI_OK);
    fake_inject(&machine.fake, FAKE_MPCIFC, 2, 0, ZPCI_ATTEMPTS);
    assert_int_equal(zpci_function_recover(&function, &machine.scratch), ZPCI_E_BUSY);
    assert_int_equal(function.state, ZPCI_ERROR);
    fake_inject(&machine.fake, FAKE_STPCIFC, 2, 0, ZPCI_ATTEMPTS);
    assert_int_equal(zpci_function_poll(&function, &machine.scratch), ZPCI_E_BUSY);
    fake_inject(&machine.fake, FAKE_MPCIFC, 2, 0, ZPCI_ATTEMPTS);
    assert_int_equal(zpci_function_unblock(&function, &machine.scratch), ZPCI_E_BUSY);
}

static void permanent_error_is_not_quiet(void **state)
{
    (void)state;
    fake_zpci_set_state(&machine.fake, &machine.function, FAKE_PERMANENT);
    assert_int_equal(zpci_function_poll(&function, &machine.scratch), ZPCI_OK);
    assert_int_equal(zpci_function_disable(&function, &machine.scratch), ZPCI_E_GONE);
    assert_false(zpci_function_is_quiet(&function));
}

static void events_for_old_handles_are_ignored(void **state)
{
    struct pci_event event = {
        .kind = PCI_EVENT_ERROR, .fid = FID, .fh = function.fh - 1, .code = PEC_TRANSLATION};

    (void)state;
    assert_int_equal(zpci_function_event(&function, &event), PCI_EVENT_IGNORE);
    assert_int_equal(function.state, ZPCI_ENABLED);
    event.fh = function.fh;
    event.code = PEC_FMB_UPDATE;
    assert_int_equal(zpci_function_event(&function, &event), PCI_EVENT_IGNORE);
    assert_int_equal(function.state, ZPCI_ENABLED);
    event.code = PEC_TRANSLATION;
    assert_int_equal(zpci_function_event(&function, &event), PCI_EVENT_RECOVER);
    assert_int_equal(function.state, ZPCI_ERROR);
    event.kind = PCI_EVENT_AVAILABILITY;
    event.code = PEC_SURPRISE_REMOVAL;
    event.fh = 0;
    assert_int_equal(zpci_function_event(&function, &event), PCI_EVENT_LOST);
    assert_false(zpci_function_is_quiet(&function)); /* not before the list says so */
}

static void circular_resume_tokens_end(void **state)
{
    struct clp_entry entry;

    (void)state;
    machine.fake.list_limit = 0; /* no entry, but a token: no progress */
    machine.fake.list_token = 1;
    assert_int_equal(zpci_find(&machine.scratch, FID, &entry), ZPCI_E_MALFORMED);
    machine_prepare_function(&others[0], 0x100);
    assert_int_equal(fake_zpci_add(&machine.fake, &others[0], FAKE_STANDBY), 0);
    machine.fake.list_limit = 1; /* the same entry for ever */
    machine.fake.issued[FAKE_CLP] = 0;
    assert_int_equal(zpci_find(&machine.scratch, 0x999, &entry), ZPCI_E_MALFORMED);
    assert_int_equal(machine.fake.issued[FAKE_CLP], ZPCI_LIST_BLOCKS);
    fake_inject(&machine.fake, FAKE_CLP, 3, 0, 1);
    assert_int_equal(zpci_find(&machine.scratch, FID, &entry), ZPCI_E_GONE);
}

static void commands_are_bounded(void **state)
{
    struct clp_function info;
    struct clp_group group;
    struct clp_list list;

    (void)state;
    machine.fake.issued[FAKE_CLP] = 0;
    assert_int_equal(zpci_list(&machine.scratch, 0, &list), ZPCI_OK);
    assert_int_equal(zpci_query_function(&machine.scratch, function.fh, &info), ZPCI_OK);
    assert_int_equal(zpci_query_group(&machine.scratch, info.group, &group), ZPCI_OK);
    assert_int_equal(machine.fake.issued[FAKE_CLP], 3);
    fake_inject_clp(&machine.fake, CLP_RC_BUSY, 3 * ZPCI_ATTEMPTS);
    assert_int_equal(zpci_list(&machine.scratch, 0, &list), ZPCI_E_BUSY);
    assert_int_equal(zpci_query_function(&machine.scratch, function.fh, &info), ZPCI_E_BUSY);
    assert_int_equal(zpci_query_group(&machine.scratch, info.group, &group), ZPCI_E_BUSY);
    assert_int_equal(machine.fake.issued[FAKE_CLP], 3 + 3 * ZPCI_ATTEMPTS);
}

static void refresh_and_modify_are_bounded(void **state)
{
    (void)state;
    machine_register_ioat(function.fh);
    assert_int_equal(zpci_refresh(function.fh, WINDOW, 4096), ZPCI_OK);
    fake_inject(&machine.fake, FAKE_RPCIT, 2, 0, ZPCI_ATTEMPTS);
    assert_int_equal(zpci_refresh(function.fh, WINDOW, 4096), ZPCI_E_BUSY);
    fake_inject(&machine.fake, FAKE_RPCIT, 1, ZPCI_ST_RESOURCES, 1);
    assert_int_equal(zpci_refresh(function.fh, WINDOW, 4096), ZPCI_E_RESOURCES);
    fake_error(&machine.fake, &machine.function, PEC_SYSTEM, 0, 0);
    fake_inject(&machine.fake, FAKE_CHSC, 3, 0, 1);
    assert_int_equal(machine_event_code(), 0);
    assert_int_equal(machine_event_code(), PEC_SYSTEM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(functions_are_found_by_their_id, find),
        cmocka_unit_test_setup(query_of_function_and_group, find),
        cmocka_unit_test_setup(enable_and_disable_change_the_handle, find),
        cmocka_unit_test_setup(function_found_enabled_is_disabled, find),
        cmocka_unit_test_setup(disable_that_stays_busy_is_not_quiet, find_and_enable),
        cmocka_unit_test_setup(busy_for_a_short_time_is_not_seen, find_and_enable),
        cmocka_unit_test_setup(refused_disable_is_checked_against_the_list, find_and_enable),
        cmocka_unit_test_setup(vanished_function_is_gone, find_and_enable),
        cmocka_unit_test_setup(handle_that_changed_behind_our_back_is_found, find_and_enable),
        cmocka_unit_test_setup(error_is_polled_and_recovered, find_and_enable),
        cmocka_unit_test_setup(recovery_that_is_refused_becomes_a_reset, find_and_enable),
        cmocka_unit_test_setup(recovery_that_is_busy_is_reported, find_and_enable),
        cmocka_unit_test_setup(permanent_error_is_not_quiet, find_and_enable),
        cmocka_unit_test_setup(events_for_old_handles_are_ignored, find_and_enable),
        cmocka_unit_test_setup(circular_resume_tokens_end, find),
        cmocka_unit_test_setup(commands_are_bounded, find),
        cmocka_unit_test_setup(refresh_and_modify_are_bounded, find_and_enable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
