/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: what a device reaches: every translation that it may still have is owed a flush until the
 * hardware has confirmed. Belongs to: test. */
#include "tests/unit/kernel/isolate.h"

#include "kernel/object/pci_stop.h"
#include "libs/zformats/fib.h"
#include "tests/unit/kernel/dma.h"

#define R BH_R_REGION_READ
#define W BH_R_REGION_WRITE

static void prepare(void)
{
    install_devices();
    new_process(&one, 1);
    new_pci(&pci, &one, 0, ISC);
    start_dma(&pci);
}

/* ---- what an entry allows ---- */

static void test_a_device_reaches_what_is_mapped(void **state)
{
    (void)state;
    prepare();
    map_io(one.t, &pci, 0, PAGE(3));
    flush_io(one.t, &pci);
    assert_int_equal(writes(0), 1);
    assert_int_equal(storage_word(&one, 3), PROBE_WORD);
    assert_int_equal(reads(0), 1);
    assert_blocked(reads(1));
}

static void test_a_device_cannot_write_what_is_read_only(void **state)
{
    (void)state;
    prepare();
    map_io(one.t, &pci, 0, PAGE(3) | BH_WORD_READ_ONLY);
    flush_io(one.t, &pci);
    assert_int_equal(reads(0), 1);
    assert_blocked(writes(0));
    assert_int_equal(storage_word(&one, 3), 0);
}

static void test_a_device_reaches_the_ends_of_its_space(void **state)
{
    (void)state;
    prepare();
    map_io(one.t, &pci, 0, PAGE(0));
    map_io(one.t, &pci, IO_PAGES - 1, PAGE(PROCESS_PAGES - 1));
    flush_io(one.t, &pci);
    assert_int_equal(writes(0), 1);
    assert_int_equal(writes(IO_PAGES - 1), 1);
    assert_blocked(reads(IO_PAGES));
    assert_blocked(reads(UINT64_MAX - IO_BASE));
}

/* A space that begins before and ends behind a boundary of 2 GiB has two segment tables. */
static void test_a_space_across_two_segment_tables(void **state)
{
    uint64_t base = (UINT64_C(0x180000000) - 0x100000) / BH_PAGE_SIZE;
    uint32_t slot = 50, space;
    struct pci wide;

    (void)state;
    prepare();
    space = new_iospace(one.partition, base, 512);
    assert_invoke(OK, INIT, one.partition, PARTITION_CREATE_PCI, slot, DEVICE_FID(1), space, ISC);
    assert_invoke(OK, INIT, space, IOSPACE_ADD_WINDOW, one.region, 0, PROCESS_PAGES, R | W);
    grant(&one, space, EVERYTHING, 0);
    wide = (struct pci){.slot = slot, .iospace = space, .device = &device[1]};
    start_dma(&wide);
    put_word(one.t, 0, PAGE(1));
    put_word(one.t, 1, PAGE(2));
    assert_invoke(OK, one.t, space, IOSPACE_UPDATE, base + 255, 1, 0);
    put_word(one.t, 0, PAGE(2));
    assert_invoke(OK, one.t, space, IOSPACE_UPDATE, base + 256, 1, 0);
    assert_invoke(OK, one.t, space, IOSPACE_FLUSH);
    assert_int_equal(dma_writes(&wide, base + 255 - IO_BASE, 5), 1);
    assert_int_equal(dma_writes(&wide, base + 256 - IO_BASE, 6), 1);
    assert_int_equal(storage_word(&one, 1), 5);
    assert_int_equal(storage_word(&one, 2), 6);
}

/* ---- owed until confirmed ---- */

static void test_an_unmapped_page_is_owed_until_flushed(void **state)
{
    (void)state;
    prepare();
    map_io(one.t, &pci, 5, PAGE(3));
    flush_io(one.t, &pci);
    assert_int_equal(writes(5), 1);
    unmap_io(5);
    assert_int_equal(owed(), 1);
    assert_int_equal(writes(5), 1);
    flush_io(one.t, &pci);
    assert_int_equal(owed(), 0);
    assert_blocked(writes(5));
}

/* Other frame, other rights: one store and a flush. */
static void test_a_changed_page_is_owed_until_flushed(void **state)
{
    (void)state;
    prepare();
    map_io(one.t, &pci, 5, PAGE(3));
    flush_io(one.t, &pci);
    map_io(one.t, &pci, 5, PAGE(4));
    assert_int_equal(owed(), 1);
    flush_io(one.t, &pci);
    assert_int_equal(writes(5), 1);
    assert_int_equal(storage_word(&one, 3), 0);
    assert_int_equal(storage_word(&one, 4), PROBE_WORD);
    map_io(one.t, &pci, 5, PAGE(4) | BH_WORD_READ_ONLY);
    assert_int_equal(owed(), 1);
    flush_io(one.t, &pci);
    assert_blocked(writes(5));
}

static void test_a_flush_covers_everything_between(void **state)
{
    (void)state;
    prepare();
    map_io(one.t, &pci, 300, PAGE(1));
    map_io(one.t, &pci, 10, PAGE(2));
    map_io(one.t, &pci, 20, PAGE(3));
    assert_int_equal(iospace_owed_from[pci.s], 10);
    assert_int_equal(iospace_owed_to[pci.s], 301);
    flush_io(one.t, &pci);
    assert_int_equal(zpci.issued[FAKE_RPCIT], 1);
    assert_int_equal(reads(300) + reads(10) + reads(20), 3);
    map_io(one.t, &pci, 7, PAGE(1));
    assert_int_equal(owed(), 1);
}

/* A batch that stops at a bad word has changed entries: those are owed. */
static void test_a_failed_update_owes_what_it_stored(void **state)
{
    (void)state;
    prepare();
    map_io(one.t, &pci, 0, PAGE(3));
    flush_io(one.t, &pci);
    assert_int_equal(reads(0), 1);
    put_word(one.t, 0, BH_WORD_INVALID);
    put_word(one.t, 1, PAGE(PROCESS_PAGES));
    assert_invoke(BOUND, one.t, pci.iospace, IOSPACE_UPDATE, IO_BASE, 2, 0);
    assert_int_equal(owed(), 1);
    flush_io(one.t, &pci);
    assert_blocked(reads(0));
}

static void test_what_the_hardware_refuses_stays_owed(void **state)
{
    static const uint8_t cc[] = {1, 2, 3};
    uint32_t i;

    (void)state;
    prepare();
    map_io(one.t, &pci, 0, PAGE(3));
    flush_io(one.t, &pci);
    assert_int_equal(reads(0), 1);
    unmap_io(0);
    for (i = 0; i < sizeof(cc); i++) {
        fake_inject(&zpci, FAKE_RPCIT, cc[i], ZPCI_ST_RESOURCES, 1);
        (void)invoke_as(one.t, pci.iospace, BH_M_IOSPACE_FLUSH, ARGUMENTS(0));
        assert_int_not_equal(error_of(one.t), BH_E_OK);
        assert_int_equal(owed(), 1);
    }
    flush_io(one.t, &pci);
    assert_int_equal(owed(), 0);
    assert_blocked(reads(0));
}

/* In error a function refuses RPCIT; what is owed then waits for the recovery. */
static void test_a_function_in_error_owes_until_it_recovers(void **state)
{
    (void)state;
    prepare();
    map_io(one.t, &pci, 0, PAGE(3));
    flush_io(one.t, &pci);
    assert_int_equal(reads(0), 1);
    unmap_io(0);
    assert_int_equal(reads(9), 0);
    assert_invoke(PCI, one.t, pci.iospace, IOSPACE_FLUSH);
    assert_int_equal(owed(), 1);
    recover();
    flush_io(one.t, &pci);
    assert_blocked(reads(0));
}

/* A clear that met a refusal is not done: repeated, it ends with everything flushed. */
static void test_clear_that_was_refused_can_be_repeated(void **state)
{
    uint32_t calls;

    (void)state;
    prepare();
    map_io(one.t, &pci, 0, PAGE(3));
    flush_io(one.t, &pci);
    assert_int_equal(reads(0), 1);
    assert_invoke(AGAIN, one.t, pci.iospace, IOSPACE_CLEAR);
    fake_inject(&zpci, FAKE_RPCIT, 2, 0, 1);
    assert_invoke(AGAIN, one.t, pci.iospace, IOSPACE_CLEAR);
    assert_int_equal(owed(), IO_PAGES);
    for (calls = 0; calls < 5; calls++) {
        if (invoke_as(one.t, pci.iospace, BH_M_IOSPACE_CLEAR, ARGUMENTS(0)) == BH_E_OK) {
            break;
        }
    }
    assert_int_equal(owed(), 0);
    assert_blocked(reads(0));
}

/* ---- registration ---- */

/* Before registration there is no hardware to tell; once it knows the space, it must hear of all
 * that was stored before. */
static void test_what_was_stored_before_registration_stays_owed(void **state)
{
    (void)state;
    install_devices();
    new_process(&one, 1);
    new_pci(&pci, &one, 0, ISC);
    map_io(one.t, &pci, 0, PAGE(3));
    flush_io(one.t, &pci);
    assert_int_equal(zpci.issued[FAKE_RPCIT], 0);
    assert_int_equal(owed(), 1);
    start_dma(&pci);
    assert_blocked(reads(0));
    flush_io(one.t, &pci);
    assert_int_equal(owed(), 0);
    assert_int_equal(reads(0), 1);
}

static void test_deregistration_settles_what_is_owed(void **state)
{
    (void)state;
    prepare();
    map_io(one.t, &pci, 0, PAGE(3));
    flush_io(one.t, &pci);
    assert_int_equal(reads(0), 1);
    unmap_io(0);
    assert_invoke(OK, one.t, pci.slot, PCI_DMA_DROP);
    assert_int_equal(owed(), 0);
    assert_blocked(reads(0));
    assert_invoke(OK, one.t, pci.slot, PCI_DMA_REGISTER);
    assert_blocked(reads(0));
}

static void test_disabling_settles_what_is_owed(void **state)
{
    (void)state;
    prepare();
    map_io(one.t, &pci, 0, PAGE(3));
    flush_io(one.t, &pci);
    unmap_io(0);
    assert_invoke(OK, INIT, pci.slot, PCI_DISABLE);
    assert_int_equal(owed(), 0);
    assert_int_equal(reads(0), 0);
}

static void test_a_failed_disable_settles_nothing(void **state)
{
    (void)state;
    prepare();
    map_io(one.t, &pci, 0, PAGE(3));
    flush_io(one.t, &pci);
    assert_int_equal(reads(0), 1);
    unmap_io(0);
    fake_inject_clp(&zpci, CLP_RC_BUSY, 1);
    assert_invoke(PCI, INIT, pci.slot, PCI_DISABLE);
    assert_int_equal(owed(), 1);
    fake_inject(&zpci, FAKE_MPCIFC, 1, ZPCI_ST_RECOVERY, 1);
    assert_invoke(PCI, one.t, pci.slot, PCI_DMA_DROP);
    assert_int_equal(owed(), 1);
    flush_io(one.t, &pci);
    assert_blocked(reads(0));
}

/* ---- containment ---- */

static void test_a_stopped_partition_does_no_dma(void **state)
{
    (void)state;
    prepare();
    map_io(one.t, &pci, 0, PAGE(3));
    flush_io(one.t, &pci);
    assert_int_equal(writes(0), 1);
    assert_invoke(OK, INIT, one.partition, PARTITION_STOP);
    assert_int_equal(pci.device->state, FAKE_ENABLED);
    assert_invoke(OK, INIT, one.partition, PARTITION_INSPECT);
    assert_int_equal(result(INIT, 2), 1);
    pass(MICROSECONDS(1));
    assert_int_equal(pci.device->state, FAKE_DISABLED);
    assert_int_equal(writes(0), 0);
    assert_invoke(OK, INIT, one.partition, PARTITION_INSPECT);
    assert_int_equal(result(INIT, 2), 0);
}

/* Until it is confirmed, the device reaches what it reached before, which is its own partition's.
 */
static void test_a_stopped_partition_that_is_not_confirmed_reaches_no_other(void **state)
{
    (void)state;
    prepare();
    map_io(one.t, &pci, 0, PAGE(3));
    flush_io(one.t, &pci);
    fake_inject_clp(&zpci, CLP_RC_BUSY, UINT32_MAX);
    assert_invoke(OK, INIT, one.partition, PARTITION_STOP);
    pass(MICROSECONDS(5000));
    assert_int_equal(writes(0), 1);
    assert_int_equal(writes(1), 0);
}

/* Law 3: the thread that stops a partition does not pay for its devices, and nobody pays for more
 * than one command in a step. */
static void test_functions_are_disabled_one_command_a_step(void **state)
{
    struct pci second;
    uint32_t issued;

    (void)state;
    prepare();
    new_pci(&second, &one, 1, ISC + 1);
    start_dma(&second);
    issued = zpci.issued[FAKE_CLP];
    assert_invoke(OK, INIT, one.partition, PARTITION_STOP);
    assert_int_equal(zpci.issued[FAKE_CLP], issued);
    pass(MICROSECONDS(500));
    assert_int_equal(zpci.issued[FAKE_CLP], issued + 1u);
    pass(MICROSECONDS(1000));
    assert_int_equal(zpci.issued[FAKE_CLP], issued + 2u);
    assert_int_equal(pci.device->state, FAKE_DISABLED);
    assert_int_equal(second.device->state, FAKE_DISABLED);
    pass(MICROSECONDS(5000));
    assert_int_equal(zpci.issued[FAKE_CLP], issued + 2u);
}

static void test_a_busy_function_is_disabled_in_the_end(void **state)
{
    (void)state;
    prepare();
    fake_inject_clp(&zpci, CLP_RC_BUSY, 3);
    assert_invoke(OK, INIT, one.partition, PARTITION_STOP);
    pass(MICROSECONDS(2500));
    assert_int_equal(pci.device->state, FAKE_ENABLED);
    assert_audit(PCI_STUCK, OF_PARTITION(one.p), DEVICE_FID(0), CLP_RC_BUSY);
    pass(MICROSECONDS(1000));
    assert_int_equal(pci.device->state, FAKE_DISABLED);
    assert_audit_back(1, BH_AUDIT_PARTITION_STOP, INIT, BH_AUDIT_PARTITION_STOP, one.p);
}

static void test_a_function_that_cannot_be_disabled_is_recorded(void **state)
{
    uint32_t issued;

    (void)state;
    prepare();
    fake_inject_clp(&zpci, CLP_RC_BUSY, UINT32_MAX);
    assert_invoke(OK, INIT, one.partition, PARTITION_STOP);
    assert_state(one.t, ENDED);
    issued = zpci.issued[FAKE_CLP];
    pass(MICROSECONDS(1000000));
    assert_audit(PCI_STUCK, OF_PARTITION(one.p), DEVICE_FID(0), CLP_RC_BUSY);
    assert_audit_back(1, BH_AUDIT_PARTITION_STOP, INIT, BH_AUDIT_PARTITION_STOP, one.p);
    assert_int_equal(zpci.issued[FAKE_CLP], issued + PCI_STOP_TRIES);
    assert_invoke(OK, INIT, one.partition, PARTITION_INSPECT);
    assert_int_equal(result(INIT, 2), 1);
}

/* Two functions never share a frame by accident: each is bound by the windows of its own space. */
static void test_a_device_cannot_reach_another_partition(void **state)
{
    struct process two;
    struct pci second;
    uint64_t word;

    (void)state;
    prepare();
    new_process(&two, 1);
    new_pci(&second, &two, 1, ISC + 1);
    start_dma(&second);
    for (word = 0; word < 64; word++) {
        put_word(one.t, 0, PAGE(word));
        (void)invoke_as(one.t, pci.iospace, BH_M_IOSPACE_UPDATE, ARGUMENTS(IO_BASE + word, 1, 0));
        assert_errors(error_of(one.t), word < PROCESS_PAGES ? BH_E_OK : BH_E_BOUND);
    }
    flush_io(one.t, &pci);
    for (word = 0; word < PROCESS_PAGES; word++) {
        assert_int_equal(writes(word), 1);
        assert_int_equal(storage_word(&two, word), 0);
    }
    assert_invoke(CAP, one.t, second.iospace, IOSPACE_UPDATE, IO_BASE, 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kernel_test(test_a_device_reaches_what_is_mapped),
        kernel_test(test_a_device_cannot_write_what_is_read_only),
        kernel_test(test_a_device_reaches_the_ends_of_its_space),
        kernel_test(test_a_space_across_two_segment_tables),
        kernel_test(test_an_unmapped_page_is_owed_until_flushed),
        kernel_test(test_a_changed_page_is_owed_until_flushed),
        kernel_test(test_a_flush_covers_everything_between),
        kernel_test(test_a_failed_update_owes_what_it_stored),
        kernel_test(test_what_the_hardware_refuses_stays_owed),
        kernel_test(test_a_function_in_error_owes_until_it_recovers),
        kernel_test(test_clear_that_was_refused_can_be_repeated),
        kernel_test(test_what_was_stored_before_registration_stays_owed),
        kernel_test(test_deregistration_settles_what_is_owed),
        kernel_test(test_disabling_settles_what_is_owed),
        kernel_test(test_a_failed_disable_settles_nothing),
        kernel_test(test_a_stopped_partition_does_no_dma),
        kernel_test(test_a_stopped_partition_that_is_not_confirmed_reaches_no_other),
        kernel_test(test_functions_are_disabled_one_command_a_step),
        kernel_test(test_a_busy_function_is_disabled_in_the_end),
        kernel_test(test_a_function_that_cannot_be_disabled_is_recorded),
        kernel_test(test_a_device_cannot_reach_another_partition),
    };

    return cmocka_run_group_tests_name("kernel I/O spaces", tests, NULL, NULL);
}
