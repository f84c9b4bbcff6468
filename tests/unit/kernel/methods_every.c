/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: what every invocation has: capability, type, right, method. Belongs to: test. */
#include "tests/unit/kernel/methods.h"

#include "kernel/object/captable.h"
#include "kernel/object/partition.h"
#include "tests/unit/kernel/devices.h"

#define PROBE 60u /* slot of init's table */
#define EMPTY 61u
#define WEAK_TABLE 62u /* copies that lack one right */
#define WEAK_SPACE 63u
#define WEAK_IOSPACE 64u
#define WEAK_PCI 65u
#define TYPES 16u
#define BLOCKS 8u

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

static struct process process;
static struct pci pci;
static uint32_t vcpu;

/* At least one object of every type. */
static void prepare(void)
{
    install_devices();
    new_process(&process, 1);
    new_pci(&pci, &process, 0, 0);
    vcpu = new_vcpu(&process, 1, BLOCKS);
    (void)new_endpoint(process.partition);
}

/* An object of this type that a test may spoil. */
static uint32_t some(uint32_t type)
{
    switch (type) {
    case BH_PARTITION:
        return PARTITION_ROOT;
    case BH_SPACE:
        return object_of(process.space);
    case BH_IOSPACE:
        return pci.s;
    case BH_CAPTABLE:
        return object_of(process.captable);
    case BH_THREAD:
    case BH_REPLY:
        return process.t;
    case BH_VCPU:
        return object_of(vcpu);
    default:
        return 0;
    }
}

/* A method on an object of some type, with these rights. */
static uint32_t probe(uint32_t type, uint32_t rights, uint64_t method)
{
    cap_drop(cap_slot(0, PROBE));
    cap_put(cap_slot(0, PROBE), type, some(type), rights, 0);
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
    prepare();
    for (i = 0; i < METHODS; i++) {
        cap_drop(cap_slot(0, PROBE));
        cap_put(cap_slot(0, PROBE), methods[i].type, some(methods[i].type), EVERYTHING, 0);
        for (k = 0; k < sizeof(absent) / sizeof(absent[0]); k++) {
            assert_errors(invoke_as(INIT, absent[k], methods[i].method, ARGUMENTS(0)), BH_E_CAP);
        }
    }
}

static void test_a_capability_of_another_type_is_refused(void **state)
{
    uint32_t i, type;

    (void)state;
    prepare();
    for (i = 0; i < METHODS; i++) {
        for (type = BH_PARTITION; type <= BH_AUDIT; type++) {
            if (type != methods[i].type) {
                assert_errors(probe(type, EVERYTHING, methods[i].method), BH_E_TYPE);
            }
        }
    }
}

static void test_every_method_needs_its_right(void **state)
{
    uint32_t i;

    (void)state;
    prepare();
    for (i = 0; i < METHODS; i++) {
        assert_errors(probe(methods[i].type, EVERYTHING & ~methods[i].right, methods[i].method),
                      BH_E_RIGHT);
    }
}

/* All arguments zero: most fail, none for want of a right. */
static void test_every_method_needs_no_other_right(void **state)
{
    uint32_t i;

    (void)state;
    prepare();
    for (i = 0; i < METHODS; i++) {
        cap_drop(cap_slot(0, 0)); /* what a creation has put there */
        (void)probe(methods[i].type, methods[i].right, methods[i].method);
        assert_int_not_equal(error_of(INIT), BH_E_RIGHT);
        assert_int_not_equal(error_of(INIT), BH_E_TYPE);
        assert_int_not_equal(error_of(INIT), BH_E_METHOD);
    }
    assert_state(INIT, READY);
}

static uint32_t is_method(uint64_t number)
{
    uint32_t i;

    for (i = 0; i < METHODS; i++) {
        if (methods[i].method == number) {
            return 1;
        }
    }
    return 0;
}

/* Numbers around and far beyond those that exist, and such as a mask would turn into one. */
static void test_other_numbers_are_no_methods(void **state)
{
    uint32_t type, number;

    (void)state;
    prepare();
    for (type = BH_PARTITION; type <= BH_AUDIT; type++) {
        for (number = 0; number < 256u; number++) {
            if (is_method(type * 256u + number) == 0) {
                assert_errors(probe(type, EVERYTHING, type * 256u + number), BH_E_METHOD);
            }
            assert_errors(probe(type, EVERYTHING, (TYPES + type) * 256u + number), BH_E_METHOD);
        }
        assert_errors(probe(type, EVERYTHING, UINT64_C(0x100000000) + type * 256u + 1u),
                      BH_E_METHOD);
    }
    assert_int_equal(partition_sealed, 0);
}

static void weaken(uint32_t to, uint32_t from, uint32_t rights)
{
    assert_invoke(OK, INIT, BH_INIT_CAPTABLE, CAPTABLE_GRANT, to, from, rights, 0);
}

/* The second capability, that an argument names, is checked like the first. */
static void test_capabilities_in_arguments_are_checked(void **state)
{
    uint32_t slot = 50;

    (void)state;
    prepare();
    cap_put(cap_slot(0, PROBE), BH_NOTIFICATION, 0, 0, 0);
    weaken(WEAK_TABLE, process.captable, ~(uint32_t)BH_R_CAPTABLE_GRANT);
    weaken(WEAK_SPACE, process.space, ~(uint32_t)BH_R_SPACE_WINDOW);
    weaken(WEAK_IOSPACE, pci.iospace, ~(uint32_t)BH_R_IOSPACE_WINDOW);
    weaken(WEAK_PCI, pci.slot, ~(uint32_t)BH_R_PCI_BIND);
    assert_invoke(CAP, INIT, process.space, SPACE_ADD_WINDOW, EMPTY, 0, 1, 1);
    assert_invoke(TYPE, INIT, process.space, SPACE_ADD_WINDOW, process.space, 0, 1, 1);
    assert_invoke(CAP, INIT, process.partition, PARTITION_CREATE_THREAD, slot, EMPTY, process.space,
                  1, 0);
    assert_invoke(CAP, INIT, process.partition, PARTITION_CREATE_THREAD, slot, process.captable,
                  BH_SLOTS + process.space, 1, 0);
    assert_invoke(TYPE, INIT, process.partition, PARTITION_CREATE_THREAD, slot, process.space,
                  process.space, 1, 0);
    assert_invoke(TYPE, INIT, process.partition, PARTITION_CREATE_THREAD, slot, process.captable,
                  process.captable, 1, 0);
    assert_invoke(TYPE, INIT, process.partition, PARTITION_CREATE_VCPU, slot, 1, process.thread,
                  PROCESS_BASE, 1);
    assert_invoke(TYPE, INIT, process.partition, PARTITION_CREATE_PCI, slot, 1, process.space, 1);
    assert_invoke(RIGHT, INIT, process.partition, PARTITION_CREATE_THREAD, slot, WEAK_TABLE,
                  process.space, 1, 0);
    assert_invoke(RIGHT, INIT, process.partition, PARTITION_CREATE_THREAD, slot, process.captable,
                  WEAK_SPACE, 1, 0);
    assert_invoke(RIGHT, INIT, process.partition, PARTITION_CREATE_VCPU, slot, 1, WEAK_SPACE,
                  PROCESS_BASE, 1);
    assert_invoke(RIGHT, INIT, process.partition, PARTITION_CREATE_PCI, slot, 1, WEAK_IOSPACE, 1);
    assert_invoke(RIGHT, INIT, vcpu, VCPU_BIND_FUNCTION, WEAK_PCI);
    assert_invoke(CAP, INIT, process.thread, THREAD_BIND, EMPTY);
    assert_invoke(TYPE, INIT, process.thread, THREAD_BIND, process.space);
    assert_invoke(RIGHT, INIT, process.thread, THREAD_BIND, PROBE);
    assert_invoke(CAP, INIT, process.thread, THREAD_PORTAL, 1, EMPTY, 1);
    assert_invoke(TYPE, INIT, process.thread, THREAD_PORTAL, 1, PROBE, 1);
    assert_invoke(CAP, INIT, process.captable, CAPTABLE_GRANT, 1, EMPTY, 1, 0);
    assert_invoke(CAP, INIT, process.captable, CAPTABLE_GRANT, 1, BH_SLOTS + BH_INIT_AUDIT, 1, 0);
    assert_invoke(TYPE, INIT, vcpu, VCPU_BIND_FUNCTION, PROBE);
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
