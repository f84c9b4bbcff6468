/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: each typed wrapper issues the method of its name, with its arguments in the order of
 * libs/abi/methods.def, and hands back error and results; no method is without a wrapper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "libs/stubs/stubs.h"

#define CAP 7u
#define SOME_ERROR 99u
#define OBJECTS 16
#define METHODS 32
#define NUMBER(method) ((method) % 256) /* without the object type in it */

static uint64_t seen_cap, seen_method, seen[BH_ARGUMENTS];
static bool has_wrapper[OBJECTS][METHODS];

/* Stand-ins for the system call. */
uint64_t bh_svc_invoke(uint64_t cap, uint64_t method, const uint64_t arguments[BH_ARGUMENTS],
                       struct bh_results *results)
{
    seen_cap = cap;
    seen_method = method;
    memcpy(seen, arguments, sizeof(seen));
    *results = (struct bh_results){.gr3 = 33, .gr4 = 44, .gr5 = 55, .gr6 = 66, .gr7 = 77};
    return SOME_ERROR;
}

/* Of the short forms. */
uint64_t bh_svc_short(uint64_t cap, uint64_t method, uint64_t a0, uint64_t a1, uint64_t a2,
                      uint64_t *value)
{
    seen_cap = cap;
    seen_method = method;
    memcpy(seen, (const uint64_t[BH_ARGUMENTS]){a0, a1, a2}, sizeof(seen));
    *value = 33;
    return SOME_ERROR;
}

uint64_t bh_svc_bare(uint64_t cap, uint64_t method)
{
    uint64_t unused;

    return bh_svc_short(cap, method, 0, 0, 0, &unused);
}

static unsigned words_in(const char *text)
{
    unsigned words = 0;

    for (; *text; text++)
        words += *text != ' ' && (text[1] == ' ' || text[1] == 0);
    return words;
}

/* How many arguments the table gives to a method. */
static unsigned arguments_of(unsigned method)
{
#define METHOD(o, name, number, right, arguments, text)                                            \
    if (method == BH_M_##o##_##name)                                                               \
        return words_in(arguments);
#define ERR(error, when)
#include "libs/abi/methods.def"
#undef METHOD
#undef ERR
    fail_msg("no such method: %u", method);
    return 0;
}

/* The call was issued with arguments 11, 12, ... and nothing else. */
static void check(unsigned object, unsigned method, uint64_t result)
{
    unsigned count = arguments_of(method);

    assert_int_equal(result, SOME_ERROR);
    assert_int_equal(seen_cap, CAP);
    assert_int_equal(seen_method, method);
    for (unsigned i = 0; i < BH_ARGUMENTS; i++)
        assert_int_equal(seen[i], i < count ? 11 + i : 0);
    has_wrapper[object][NUMBER(method)] = true;
}

/* Wrappers without, with one, and with all results. */
#define CHECK(object, name, call) check(BH_##object, BH_M_##object##_##name, call)
#define CHECK_VALUE(object, name, call)                                                            \
    do {                                                                                           \
        uint64_t value = 0;                                                                        \
        CHECK(object, name, call);                                                                 \
        assert_int_equal(value, 33);                                                               \
    } while (0)
#define CHECK_RESULTS(object, name, call)                                                          \
    do {                                                                                           \
        struct bh_results r = {0};                                                                 \
        CHECK(object, name, call);                                                                 \
        assert_true(r.gr3 == 33 && r.gr4 == 44 && r.gr5 == 55 && r.gr6 == 66 && r.gr7 == 77);      \
    } while (0)

static void test_partition(void **state)
{
    (void)state;
    CHECK(PARTITION, CREATE_PARTITION, bh_create_partition(CAP, 11));
    CHECK(PARTITION, CREATE_REGION, bh_create_region(CAP, 11, 12, 13));
    CHECK(PARTITION, CREATE_SPACE, bh_create_space(CAP, 11, 12));
    CHECK(PARTITION, CREATE_IOSPACE, bh_create_iospace(CAP, 11, 12, 13));
    CHECK(PARTITION, CREATE_CAPTABLE, bh_create_captable(CAP, 11));
    CHECK(PARTITION, CREATE_THREAD, bh_create_thread(CAP, 11, 12, 13, 14, 15));
    CHECK(PARTITION, CREATE_ENDPOINT, bh_create_endpoint(CAP, 11));
    CHECK(PARTITION, CREATE_NOTIFICATION, bh_create_notification(CAP, 11));
    CHECK(PARTITION, CREATE_PCI, bh_create_pci(CAP, 11, 12, 13, 14));
    CHECK(PARTITION, CREATE_IRQ, bh_create_irq(CAP, 11, 12));
    CHECK(PARTITION, CREATE_VCPU, bh_create_vcpu(CAP, 11, 12, 13, 14, 15));
    CHECK(PARTITION, STOP, bh_partition_stop(CAP));
    CHECK_RESULTS(PARTITION, INSPECT, bh_partition_inspect(CAP, &r));
    CHECK_VALUE(PARTITION, CLP, bh_partition_clp(CAP, 11, &value));
    CHECK(PARTITION, SEAL, bh_partition_seal(CAP));
    CHECK(CAPTABLE, GRANT, bh_captable_grant(CAP, 11, 12, 13, 14));
    CHECK(CAPTABLE, DROP, bh_captable_drop(CAP, 11));
    CHECK(CAPTABLE, REDUCE, bh_captable_reduce(CAP, 11, 12));
    CHECK_RESULTS(CAPTABLE, INSPECT, bh_captable_inspect(CAP, 11, &r));
    CHECK_VALUE(CAPTABLE, OWNER, bh_captable_owner(CAP, &value));
}

static void test_space(void **state)
{
    (void)state;
    CHECK_RESULTS(REGION, INSPECT, bh_region_inspect(CAP, &r));
    CHECK_VALUE(SPACE, ADD_WINDOW, bh_space_add_window(CAP, 11, 12, 13, 14, &value));
    CHECK(SPACE, DROP_WINDOW, bh_space_drop_window(CAP, 11));
    CHECK(SPACE, MAP, bh_space_map(CAP, 11, 12, 13, 14, 15));
    CHECK(SPACE, UNMAP, bh_space_unmap(CAP, 11, 12));
    CHECK_RESULTS(SPACE, INSPECT, bh_space_inspect(CAP, 11, &r));
    CHECK_RESULTS(SPACE, ENTRY, bh_space_entry(CAP, 11, &r));
    CHECK_VALUE(IOSPACE, ADD_WINDOW, bh_iospace_add_window(CAP, 11, 12, 13, 14, &value));
    CHECK(IOSPACE, DROP_WINDOW, bh_iospace_drop_window(CAP, 11));
    CHECK_VALUE(IOSPACE, UPDATE, bh_iospace_update(CAP, 11, 12, 13, &value));
    CHECK(IOSPACE, FLUSH, bh_iospace_flush(CAP));
    CHECK(IOSPACE, CLEAR, bh_iospace_clear(CAP));
    CHECK_RESULTS(IOSPACE, INSPECT, bh_iospace_inspect(CAP, 11, &r));
    CHECK_RESULTS(IOSPACE, ENTRY, bh_iospace_entry(CAP, 11, &r));
}

static void test_thread(void **state)
{
    (void)state;
    CHECK(THREAD, CONFIGURE, bh_thread_configure(CAP, 11, 12, 13, 14));
    CHECK(THREAD, BIND, bh_thread_bind(CAP, 11));
    CHECK(THREAD, PORTAL, bh_thread_portal(CAP, 11, 12, 13));
    CHECK(THREAD, START, bh_thread_start(CAP));
    CHECK(THREAD, STOP, bh_thread_stop(CAP));
    CHECK_RESULTS(THREAD, INSPECT, bh_thread_inspect(CAP, &r));
    CHECK_RESULTS(THREAD, PORTAL_INSPECT, bh_thread_portal_inspect(CAP, 11, &r));
    CHECK_RESULTS(THREAD, START_INSPECT, bh_thread_start_inspect(CAP, &r));
    CHECK_VALUE(ENDPOINT, INSPECT, bh_endpoint_inspect(CAP, &value));
    CHECK_RESULTS(NOTIFICATION, INSPECT, bh_notification_inspect(CAP, &r));
}

static void test_vcpu(void **state)
{
    (void)state;
    CHECK_RESULTS(VCPU, INSPECT, bh_vcpu_inspect(CAP, 11, &r));
    CHECK_RESULTS(VCPU, PORTAL_INSPECT, bh_vcpu_portal_inspect(CAP, 11, &r));
    CHECK(VCPU, PORTAL, bh_vcpu_portal(CAP, 11, 12, 13));
    CHECK_VALUE(VCPU, ADD_WINDOW, bh_vcpu_add_window(CAP, 11, 12, 13, 14, &value));
    CHECK_VALUE(VCPU, BIND_FUNCTION, bh_vcpu_bind_function(CAP, 11, &value));
    CHECK(VCPU, START, bh_vcpu_start(CAP));
    CHECK_VALUE(VCPU, KICK, bh_vcpu_kick(CAP, &value));
    CHECK(VCPU, SPACE_RESET, bh_vcpu_space_reset(CAP, 11, 12));
    CHECK_VALUE(VCPU, SPACE_MAP, bh_vcpu_space_map(CAP, 11, 12, 13, 14, &value));
    CHECK(VCPU, SPACE_INVALIDATE, bh_vcpu_space_invalidate(CAP, 11, 12, 13));
}

static void test_pci(void **state)
{
    (void)state;
    CHECK_RESULTS(PCI, ENABLE, bh_pci_enable(CAP, &r));
    CHECK_RESULTS(PCI, DISABLE, bh_pci_disable(CAP, &r));
    CHECK_RESULTS(PCI, RESET_ERROR, bh_pci_reset_error(CAP, &r));
    CHECK_RESULTS(PCI, UNBLOCK, bh_pci_unblock(CAP, &r));
    CHECK_RESULTS(PCI, STATE, bh_pci_state(CAP, &r));
    CHECK_VALUE(PCI, LOAD, bh_pci_load(CAP, 11, 12, 13, &value));
    CHECK_RESULTS(PCI, STORE, bh_pci_store(CAP, 11, 12, 13, 14, &r));
    CHECK_RESULTS(PCI, STORE_BLOCK, bh_pci_store_block(CAP, 11, 12, 13, 14, 15, &r));
    CHECK_RESULTS(PCI, CONFIG_STORE, bh_pci_config_store(CAP, 11, 12, 13, &r));
    CHECK_RESULTS(PCI, DMA_REGISTER, bh_pci_dma_register(CAP, &r));
    CHECK_RESULTS(PCI, DMA_DROP, bh_pci_dma_drop(CAP, &r));
    CHECK_RESULTS(PCI, IRQ_REGISTER, bh_pci_irq_register(CAP, 11, 12, 13, 14, 15, 16, &r));
    CHECK_RESULTS(PCI, IRQ_DROP, bh_pci_irq_drop(CAP, &r));
    CHECK_RESULTS(PCI, EVENT, bh_pci_event(CAP, &r));
    CHECK_VALUE(PCI, QUERY, bh_pci_query(CAP, 11, &value));
    CHECK_RESULTS(PCI, INSPECT, bh_pci_inspect(CAP, 11, &r));
    CHECK(PCI, BIND_MEMORY, bh_pci_bind_memory(CAP, 11, 12, 13));
    CHECK(PCI, BIND_EVENT, bh_pci_bind_event(CAP, 11));
    CHECK_RESULTS(PCI, MEASURE, bh_pci_measure(CAP, 11, 12, &r));
    CHECK(IRQ, BIND, bh_irq_bind(CAP, 11));
    CHECK(IRQ, MODE, bh_irq_mode(CAP, 11));
    CHECK_RESULTS(IRQ, INSPECT, bh_irq_inspect(CAP, &r));
}

static void test_system(void **state)
{
    (void)state;
    CHECK(CONSOLE, WRITE, bh_console_write(CAP, 11));
    CHECK_VALUE(CONSOLE, READ, bh_console_read(CAP, &value));
    CHECK(CONSOLE, BIND, bh_console_bind(CAP, 11));
    CHECK_RESULTS(CONSOLE, INSPECT, bh_console_inspect(CAP, &r));
    CHECK(SCHEDULE, SET_SLICE, bh_schedule_set_slice(CAP, 11));
    CHECK_RESULTS(SCHEDULE, INSPECT, bh_schedule_inspect(CAP, &r));
    CHECK_RESULTS(AUDIT, READ, bh_audit_read(CAP, 11, &r));
}

/* Runs last: the tests above have called every wrapper. */
static void test_every_method_has_a_wrapper(void **state)
{
    (void)state;
#define METHOD(object, name, number, right, arguments, text)                                       \
    if (!has_wrapper[BH_##object][number])                                                         \
        fail_msg("no wrapper for %s", #object " " #name);
#define ERR(error, when)
#include "libs/abi/methods.def"
#undef METHOD
#undef ERR
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_partition),
        cmocka_unit_test(test_space),
        cmocka_unit_test(test_thread),
        cmocka_unit_test(test_vcpu),
        cmocka_unit_test(test_pci),
        cmocka_unit_test(test_system),
        cmocka_unit_test(test_every_method_has_a_wrapper),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
