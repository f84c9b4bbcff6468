/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: exits of vCPUs: kicks, RPCIT, their answers, and a guest that has no handler.
 * Belongs to: test. */
#include "tests/unit/kernel/isolate.h"

#include "kernel/machine.h"
#include "kernel/object/portal.h"
#include "kernel/object/vcpu.h"
#include "kernel/sched/ready.h"
#include "libs/zformats/fib.h"
#include "tests/unit/kernel/devices.h"

#define WITHIN 1000u /* microseconds */
#define PSW_MASK 16u /* words of the state page */
#define PSW_ADDRESS 17u
#define HANDLE UINT64_C(0x80210000) /* of the guest's function 0 */

static struct process vmm, translator, other;
static uint32_t vcpu, v, guest;   /* slot, number, thread */
static uint32_t exits, refreshes; /* endpoints */

/* A VMM with a vCPU, and a translator that serves its RPCITs, both in one partition. */
static void prepare(void)
{
    new_process(&vmm, 5);
    new_process(&other, 5);
    translator = vmm;
    translator.t = new_thread(&vmm, 5);
    vcpu = new_vcpu(&vmm, 3, 4);
    v = object_of(vcpu);
    guest = vcpu_thread[v];
    exits = new_endpoint(vmm.partition);
    refreshes = new_endpoint(vmm.partition);
    assert_invoke(OK, INIT, vcpu, VCPU_PORTAL, BH_REASON_DEFAULT, exits, WITHIN);
    assert_invoke(OK, INIT, vcpu, VCPU_PORTAL, BH_REASON_RPCIT, refreshes, WITHIN);
    grant(&vmm, exits, EVERYTHING, 0);
    grant(&vmm, refreshes, EVERYTHING, 0);
    grant(&vmm, vcpu, EVERYTHING, 0);
    assert_invoke(OK, INIT, vcpu, VCPU_START);
}

static uint64_t page(uint32_t word)
{
    return hw_load(vcpu_page[v] + word * 8u);
}

static void set_page(uint32_t word, uint64_t value)
{
    hw_store(vcpu_page[v] + word * 8u, value);
}

/* The guest executes RPCIT r1,r2, as the trap entry reports it. */
static void rpcit(uint32_t r1, uint32_t r2)
{
    run(guest);
    vcpu_rpcit(guest, r1, r2);
    leave();
}

static void takes_refresh(void)
{
    assert_call(OK, translator.t, RECV, refreshes, 0);
}

/* ---- kicks ---- */

static void test_a_kick_ends_a_run(void **state)
{
    (void)state;
    prepare();
    set_page(PSW_ADDRESS, 0x8000);
    assert_invoke(OK, vmm.t, vcpu, VCPU_KICK);
    assert_int_equal(result(vmm.t, 0), 1);
    assert_state(guest, CALLING);
    assert_call(OK, vmm.t, RECV, exits, 0);
    assert_words(vmm.t, BH_REASON_INTERRUPT * UINT64_C(0x100000000), 0, 0, 0x8000);
    assert_call(OK, vmm.t, REPLY, 0, BH_RESUME, 0x1234);
    assert_state(guest, READY);
    assert_int_equal(page(PSW_ADDRESS), 0x8000);
}

static void test_a_second_kick_finds_nothing_that_runs(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, vmm.t, vcpu, VCPU_KICK);
    assert_invoke(OK, vmm.t, vcpu, VCPU_KICK);
    assert_int_equal(result(vmm.t, 0), 0);
    assert_call(OK, vmm.t, RECV, exits, 0);
    assert_invoke(OK, vmm.t, vcpu, VCPU_KICK);
    assert_int_equal(result(vmm.t, 0), 0);
}

/* An exit of its own is under way: the VMM gets that, and tries again. */
static void test_a_kick_waits_for_an_exit(void **state)
{
    (void)state;
    prepare();
    host.exit_under_way = 1;
    assert_invoke(OK, vmm.t, vcpu, VCPU_KICK);
    assert_int_equal(result(vmm.t, 0), 0);
    assert_state(guest, READY);
    host.exit_under_way = 0;
    assert_invoke(OK, vmm.t, vcpu, VCPU_KICK);
    assert_int_equal(result(vmm.t, 0), 1);
}

/* A vCPU may go on with no address of the handler's: its PSW is in the state page. */
static void test_an_answer_moves_no_guest(void **state)
{
    uint64_t address;

    (void)state;
    prepare();
    address = psw_address_of(guest);
    assert_invoke(OK, vmm.t, vcpu, VCPU_KICK);
    assert_call(OK, vmm.t, RECV, exits, 0);
    assert_call(OK, vmm.t, REPLY, 0, BH_RESUME, 0x4444);
    assert_int_equal(psw_address_of(guest), address);
}

/* ---- RPCIT ---- */

static void test_an_rpcit_reaches_the_translator(void **state)
{
    (void)state;
    prepare();
    set_page(2, HANDLE * UINT64_C(0x100000000) + 0x77);
    set_page(4, 0x123450000);
    set_page(5, 0x3000);
    rpcit(2, 4);
    assert_call(TIMEOUT, vmm.t, RECV, exits, 0);
    takes_refresh();
    assert_words(translator.t, HANDLE, 0x123450000, 0x3000, 0);
}

static void test_the_state_of_the_function_goes_along(void **state)
{
    struct pci pci;

    (void)state;
    install_devices();
    prepare();
    new_pci(&pci, &vmm, 0, ISC);
    assert_invoke(OK, INIT, vcpu, VCPU_BIND_FUNCTION, pci.slot);
    assert_invoke(OK, INIT, pci.slot, PCI_ENABLE);
    set_page(2, HANDLE * UINT64_C(0x100000000));
    rpcit(2, 4);
    takes_refresh();
    assert_int_equal(gr(translator.t, 7), 256 + FIB_FC_ENABLED);
    assert_invoke(OK, INIT, pci.slot, PCI_DISABLE);
    assert_call(OK, translator.t, REPLY, 0, BH_RESUME, 0);
    rpcit(2, 4);
    takes_refresh();
    assert_int_equal(gr(translator.t, 7), 2 * 256);
}

static void answers(uint64_t cc, uint64_t status)
{
    assert_call(OK, translator.t, REPLY, 0, BH_RESUME, cc * 256 + status);
    assert_state(guest, READY);
}

/* Condition code into the PSW; with 1, the status into its byte of the register: nothing else. */
static void test_the_answer_of_an_rpcit(void **state)
{
    static const uint64_t all = UINT64_MAX;
    uint64_t cc;

    (void)state;
    prepare();
    for (cc = 0; cc < 4; cc++) {
        set_page(PSW_MASK, cc % 2 == 0 ? all : 0);
        set_page(6, all);
        rpcit(6, 8);
        takes_refresh();
        answers(cc, 0x10);
        assert_int_equal(page(PSW_MASK), cc % 2 == 0 ? all - (UINT64_C(3) - cc) * 0x100000000000
                                                     : cc * 0x100000000000);
        assert_int_equal(page(6), cc == 1 ? all - UINT64_C(0xef000000) : all);
    }
}

/* The register that gets the status is the one of this instruction, also with the number 15. */
static void test_every_register_of_an_rpcit(void **state)
{
    uint32_t r1, r2;

    (void)state;
    prepare();
    for (r1 = 0; r1 < 16; r1++) {
        r2 = (r1 + 2) % 16 / 2 * 2;
        set_page(r1, UINT64_C(0xaa55) << 32);
        set_page(r2, 0x1000);
        set_page(r2 + 1, 0x2000);
        rpcit(r1, r2);
        takes_refresh();
        assert_words(translator.t, 0xaa55, 0x1000, 0x2000, 0);
        answers(1, 4);
        assert_int_equal(page(r1), (UINT64_C(0xaa55) << 32) + 0x04000000);
    }
}

/* Another exit leaves registers and condition code alone, whatever the answer says. */
static void test_the_answer_of_another_exit_changes_no_register(void **state)
{
    (void)state;
    prepare();
    set_page(PSW_MASK, 0);
    set_page(0, 0);
    assert_invoke(OK, vmm.t, vcpu, VCPU_KICK);
    assert_call(OK, vmm.t, RECV, exits, 0);
    assert_call(OK, vmm.t, REPLY, 0, BH_RESUME, 0x1ff);
    assert_int_equal(page(PSW_MASK), 0);
    assert_int_equal(page(0), 0);
}

/* ---- containment ---- */

static void test_a_translator_that_does_not_answer_stops_its_partition(void **state)
{
    (void)state;
    prepare();
    rpcit(2, 4);
    takes_refresh();
    pass(MICROSECONDS(WITHIN));
    assert_state(guest, ENDED);
    assert_state(vmm.t, ENDED);
    assert_state(translator.t, ENDED);
    assert_state(other.t, READY);
    assert_audit_back(1, BH_AUDIT_PORTAL_TIMEOUT, guest, BH_REASON_RPCIT, translator.t);
}

static void test_a_guest_without_portals_stops_its_partition(void **state)
{
    struct process lonely;
    uint32_t slot;

    (void)state;
    prepare();
    new_process(&lonely, 5);
    slot = new_vcpu(&lonely, 3, 1);
    assert_invoke(OK, INIT, slot, VCPU_START);
    assert_invoke(OK, INIT, slot, VCPU_KICK);
    assert_state(vcpu_thread[object_of(slot)], ENDED);
    assert_state(lonely.t, ENDED);
    assert_state(guest, READY);
}

/* A stopped guest stays stopped, and its VMM's state page is left alone. */
static void test_a_stopped_guest_is_not_kicked(void **state)
{
    (void)state;
    prepare();
    assert_invoke(OK, INIT, vmm.partition, PARTITION_STOP);
    assert_state(guest, ENDED);
    assert_invoke(OK, INIT, vcpu, VCPU_KICK);
    assert_int_equal(result(INIT, 0), 0);
    assert_invoke(STATE, INIT, vcpu, VCPU_START);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kernel_test(test_a_kick_ends_a_run),
        kernel_test(test_a_second_kick_finds_nothing_that_runs),
        kernel_test(test_a_kick_waits_for_an_exit),
        kernel_test(test_an_answer_moves_no_guest),
        kernel_test(test_an_rpcit_reaches_the_translator),
        kernel_test(test_the_state_of_the_function_goes_along),
        kernel_test(test_the_answer_of_an_rpcit),
        kernel_test(test_every_register_of_an_rpcit),
        kernel_test(test_the_answer_of_another_exit_changes_no_register),
        kernel_test(test_a_translator_that_does_not_answer_stops_its_partition),
        kernel_test(test_a_guest_without_portals_stops_its_partition),
        kernel_test(test_a_stopped_guest_is_not_kicked),
    };

    return cmocka_run_group_tests_name("kernel vCPU exits", tests, NULL, NULL);
}
