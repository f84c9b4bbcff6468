/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: what every invocation has: capability, type, right, method. Belongs to: test. */
#include "tests/unit/kernel/methods.h"

#include "kernel/object/captable.h"
#include "kernel/object/partition.h"
#include "tests/unit/kernel/devices.h"

#define PROBE 60u /* slot of init's table */
#define EMPTY 61u
#define TYPES 16u

static const struct {
    uint32_t type, method, right;
} methods[] = {
#define METHOD(object, name, number, right, arguments, text)                                       \
    {BH_##object, BH_M_##object##_##name, BH_R_##object##_##right},
#define ERR(error, when)
#include "libs/abi/methods.def"
#undef METHOD
#undef ERR
};

#define METHODS (sizeof(methods) / sizeof(methods[0]))
#define for_each_method(i) for ((i) = 0; (i) < METHODS; (i)++)

static uint32_t probe(uint32_t type, uint32_t rights, uint64_t method)
{
    cap_drop(cap_slot(0, PROBE));
    cap_put(cap_slot(0, PROBE), type, 0, rights, 0);
    return invoke_as(INIT, PROBE, method, ARGUMENTS(0));
}

static void test_an_empty_or_absent_slot_is_no_capability(void **state)
{
    static const uint64_t absent[] = {EMPTY,
                                      BH_SLOTS,
                                      BH_SLOTS + PROBE,
                                      UINT64_C(0x100000000) + PROBE,
                                      UINT64_MAX - BH_SLOTS + PROBE + 1u,
                                      UINT64_MAX};
    uint32_t i, k;

    (void)state;
    for_each_method(i)
    {
        cap_drop(cap_slot(0, PROBE));
        cap_put(cap_slot(0, PROBE), methods[i].type, 0, EVERYTHING, 0);
        for (k = 0; k < sizeof(absent) / sizeof(absent[0]); k++) {
            assert_errors(invoke_as(INIT, absent[k], methods[i].method, ARGUMENTS(0)), BH_E_CAP);
        }
        cap_drop(cap_slot(0, PROBE));
    }
}

static void test_a_capability_of_another_type_is_refused(void **state)
{
    uint32_t i, type;

    (void)state;
    for_each_method(i)
    {
        for (type = BH_PARTITION; type <= BH_AUDIT; type++) {
            if (type != methods[i].type && type != BH_PCI && type != BH_IRQ && type != BH_ENDPOINT &&
                type != BH_NOTIFICATION && type != BH_IOSPACE) {
                assert_errors(probe(type, EVERYTHING, methods[i].method), BH_E_TYPE);
            }
        }
    }
}

static void test_every_method_needs_its_right(void **state)
{
    struct process process;
    struct pci pci;
    uint32_t i;

    (void)state;
    install_devices();
    new_process(&process, 1);
    new_pci(&pci, &process, 0, 0);
    assert_int_equal(pci.f, 0);
    for_each_method(i)
    {
        uint32_t object = methods[i].type == BH_IOSPACE ? pci.s : 0;

        cap_drop(cap_slot(0, PROBE));
        cap_put(cap_slot(0, PROBE), methods[i].type, object, EVERYTHING & ~methods[i].right, 0);
        assert_errors(invoke_as(INIT, PROBE, methods[i].method, ARGUMENTS(0)), BH_E_RIGHT);
    }
}

/* All arguments zero: most fail, none for want of a right. */
static void test_every_method_needs_no_other_right(void **state)
{
    struct process process;
    struct pci pci;
    uint32_t i;

    (void)state;
    install_devices();
    new_process(&process, 1);
    new_pci(&pci, &process, 0, 0);
    for_each_method(i)
    {
        uint32_t object = methods[i].type == BH_IOSPACE ? pci.s : 0;

        if (methods[i].method == BH_M_THREAD_STOP) {
            object = process.t;
        }
        cap_drop(cap_slot(0, PROBE));
        cap_put(cap_slot(0, PROBE), methods[i].type, object, methods[i].right, 0);
        invoke_as(INIT, PROBE, methods[i].method, ARGUMENTS(0));
        assert_int_not_equal(error_of(INIT), BH_E_RIGHT);
        assert_int_not_equal(error_of(INIT), BH_E_TYPE);
    }
    assert_state(INIT, READY);
}

static uint32_t is_method(uint64_t number)
{
    uint32_t i;

    for_each_method(i)
    {
        if (methods[i].method == number) {
            return 1;
        }
    }
    return 0;
}

/* Numbers around and far beyond those that exist, and such as a mask would turn into one. */
static void test_other_numbers_are_no_methods(void **state)
{
    struct process process;
    struct pci pci;
    uint32_t type, number;

    (void)state;
    install_devices();
    new_process(&process, 1);
    new_pci(&pci, &process, 0, 0);
    for (type = BH_PARTITION; type <= BH_AUDIT; type++) {
        uint32_t object = type == BH_IOSPACE ? pci.s : 0;

        cap_drop(cap_slot(0, PROBE));
        cap_put(cap_slot(0, PROBE), type, object, EVERYTHING, 0);
        for (number = 0; number < 256u; number++) {
            if (is_method(type * 256u + number) == 0) {
                assert_errors(invoke_as(INIT, PROBE, type * 256u + number, ARGUMENTS(0)),
                              BH_E_METHOD);
            }
            assert_errors(invoke_as(INIT, PROBE, (TYPES + type) * 256u + number, ARGUMENTS(0)),
                          BH_E_METHOD);
        }
        assert_errors(invoke_as(INIT, PROBE, UINT64_C(0x100000000) + type * 256u + 1u, ARGUMENTS(0)),
                      BH_E_METHOD);
    }
    assert_int_equal(partition_sealed, 0);
}

/* The second capability, that an argument names, is checked like the first. */
static void test_capabilities_in_arguments_are_checked(void **state)
{
    struct process process;
    uint32_t slot = 40;

    (void)state;
    new_process(&process, 1);
    cap_put(cap_slot(0, PROBE), BH_NOTIFICATION, 0, 0, 0);
    assert_invoke(CAP, INIT, process.space, SPACE_ADD_WINDOW, EMPTY, 0, 1, 1);
    assert_invoke(TYPE, INIT, process.space, SPACE_ADD_WINDOW, process.space, 0, 1, 1);
    assert_invoke(CAP, INIT, process.partition, PARTITION_CREATE_THREAD, slot, EMPTY,
                  process.space, 1, 0);
    assert_invoke(CAP, INIT, process.partition, PARTITION_CREATE_THREAD, slot, process.captable,
                  BH_SLOTS + process.space, 1, 0);
    assert_invoke(TYPE, INIT, process.partition, PARTITION_CREATE_THREAD, slot, process.space,
                  process.space, 1, 0);
    assert_invoke(TYPE, INIT, process.partition, PARTITION_CREATE_THREAD, slot, process.captable,
                  process.captable, 1, 0);
    assert_invoke(CAP, INIT, process.thread, THREAD_BIND, EMPTY);
    assert_invoke(TYPE, INIT, process.thread, THREAD_BIND, process.space);
    assert_invoke(RIGHT, INIT, process.thread, THREAD_BIND, PROBE);
    assert_invoke(CAP, INIT, process.thread, THREAD_PORTAL, 1, EMPTY, 1);
    assert_invoke(TYPE, INIT, process.thread, THREAD_PORTAL, 1, PROBE, 1);
    assert_invoke(TYPE, INIT, process.partition, PARTITION_CREATE_PCI, slot, 1, process.space, 1);
    assert_invoke(CAP, INIT, process.captable, CAPTABLE_GRANT, 1, EMPTY, 1, 0);
    assert_invoke(CAP, INIT, process.captable, CAPTABLE_GRANT, 1, BH_SLOTS + BH_INIT_AUDIT, 1, 0);
    assert_invoke(RIGHT, INIT, BH_INIT_CONSOLE, CONSOLE_BIND, PROBE);
}

const struct CMUnitTest methods_every[] = {
    kernel_test(test_an_empty_or_absent_slot_is_no_capability),
    kernel_test(test_a_capability_of_another_type_is_refused),
    kernel_test(test_every_method_needs_its_right),
    kernel_test(test_every_method_needs_no_other_right),
    kernel_test(test_other_numbers_are_no_methods),
    kernel_test(test_capabilities_in_arguments_are_checked),
    kernel_tests_end,
};
