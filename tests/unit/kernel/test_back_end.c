/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: what the objects ask of the back end: room for the status of pages behind each page table
 * of a guest space, and its name. Belongs to: test. */
#include "tests/unit/kernel/isolate.h"

#include "kernel/machine.h"
#include "kernel/object/guestspace.h"
#include "kernel/object/vcpu.h"
#include "tests/unit/kernel/devices.h"

#define TABLES 5u /* the last one does not fit the first block */
#define WORDS UINT64_C(512)

static uint64_t word_at(uint64_t address)
{
    uint64_t word = 0;

    assert_int_equal(host_table_word(address, &word), 0);
    return word;
}

static void map_page(const struct process *process, uint32_t vcpu, uint64_t page, uint64_t word)
{
    put_word(process->t, 0, word * BH_PAGE_SIZE);
    assert_invoke(OK, process->t, vcpu, VCPU_SPACE_MAP, 0, page, 1, 0);
}

/* Nobody's table lies where the status is, and there is none at first. */
static void test_room_for_page_status(void **state)
{
    struct process one;
    uint64_t top, table, i;
    uint32_t vcpu;

    (void)state;
    host.page_table_words = WORDS;
    new_process(&one, 1);
    vcpu = new_vcpu(&one, 1, 4);
    assert_invoke(OK, INIT, vcpu, VCPU_ADD_WINDOW, one.region, 0, PROCESS_PAGES,
                  BH_R_REGION_READ | BH_R_REGION_WRITE | BH_R_REGION_EXECUTE);
    grant(&one, vcpu, EVERYTHING, 0);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, 0, 0);
    for (i = 0; i < TABLES; i++) {
        map_page(&one, vcpu, i * BH_BATCH, i);
    }
    top = guest_asce[object_of(vcpu) * BH_VCPU_SPACES] / BH_PAGE_SIZE * BH_PAGE_SIZE;
    table = word_at(top);
    for (i = 0; i < TABLES - 1u; i++) {
        assert_int_equal(word_at(top + i * 8u), table + i * WORDS * 8u);
    }
    for (i = BH_BATCH; i < WORDS; i++) {
        assert_int_equal(word_at(table + i * 8u), 0);
    }
    for (i = 0; i < TABLES; i++) {
        assert_int_equal(
            host_guest_access(object_of(vcpu), 0, i * BH_BATCH * BH_PAGE_SIZE, HOST_WRITE),
            host_frame(one.page + i) * BH_PAGE_SIZE);
    }
}

static void test_a_vcpu_tells_its_back_end(void **state)
{
    struct process one;
    uint32_t vcpu;

    (void)state;
    new_process(&one, 1);
    vcpu = new_vcpu(&one, 1, 4);
    assert_invoke(OK, INIT, vcpu, VCPU_INSPECT, 1);
    assert_int_equal(result(INIT, 2), BH_BACK_END_PV);
    host.back_end = BH_BACK_END_SIE;
    assert_invoke(OK, INIT, vcpu, VCPU_INSPECT, 1);
    assert_int_equal(result(INIT, 2), BH_BACK_END_SIE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kernel_test(test_room_for_page_status),
        kernel_test(test_a_vcpu_tells_its_back_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
