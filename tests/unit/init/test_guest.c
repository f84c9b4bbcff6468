/* SPDX-License-Identifier: BSD-2-Clause */
/* What init builds for a guest, what it refuses, and what it reads back. Belongs to: test. */
#include "tests/lib/test.h"

#include <string.h>

#include "libs/abi/init_image.h"
#include "libs/rt/info.h"
#include "tests/unit/init/fixture.h"

#define PAGE ((uint64_t)BH_PAGE_SIZE)
#define R ((uint64_t)BH_R_REGION_READ)
#define W ((uint64_t)BH_R_REGION_WRITE)
#define X ((uint64_t)BH_R_REGION_EXECUTE)
#define BASE ((uint64_t)SYSDESC_PROCESS_BASE)
#define LINE "quiet job=disk"

static int start(void **state)
{
    int result = fixture_start(state);

    fixture_guest("");
    return result;
}

static const struct toy_thread *vmm(void)
{
    return &toy.thread[fixture_object(BH_THREAD, fixture_process("driver"))];
}

static const struct toy_leaf *leaf_at(uint64_t address)
{
    return &toy.space[vmm()->space].leaf[address / PAGE];
}

static uint8_t byte_at(uint64_t address)
{
    return toy_memory[leaf_at(address)->frame * PAGE + address % PAGE];
}

/* The VMM's own view of what it was given. */
static struct bh_window window_of(const char *name)
{
    const struct toy_leaf *leaf = leaf_at(vmm()->argument);
    struct bh_window window = {0};

    bh_info_set((const struct bh_info *)(toy_memory + leaf->frame * PAGE));
    bh_window(name, &window);
    return window;
}

static void test_vcpu(void **state)
{
    const struct toy_vcpu *vcpu = &toy.vcpu[0];

    (void)state;
    fixture_must_build();
    assert_int_equal(toy.vcpus, 1);
    assert_int_equal(vcpu->owner, fixture_object(BH_PARTITION, 0));
    assert_int_equal(vcpu->priority, 7);
    assert_int_equal(vcpu->tables, 20);
    assert_int_equal(vcpu->space, vmm()->space);
    assert_int_equal(vcpu->window[0].region, fixture_object(BH_REGION, fixture_region("guest")));
    assert_int_equal(vcpu->window[0].pages, 256);
    assert_int_equal(vcpu->window[0].rights, R | W | X);
    assert_int_equal(vcpu->functions, 1);
    assert_int_equal(vcpu->function[0], fixture_object(BH_PCI, 0));
}

static void expect_portal(uint32_t reason, uint32_t endpoint, uint64_t badge, uint64_t deadline)
{
    const struct toy_portal *portal = &toy.vcpu[0].portal[reason];

    assert_int_equal(portal->endpoint, fixture_object(BH_ENDPOINT, endpoint));
    assert_int_equal(portal->badge, badge);
    assert_int_equal(portal->microseconds, deadline);
}

static void test_portals(void **state)
{
    (void)state;
    fixture_must_build();
    expect_portal(BH_REASON_DEFAULT, 1, 0x300, 2000000);
    expect_portal(BH_REASON_RPCIT, 0, 0x101, 50000);
    assert_int_equal(toy.vcpu[0].portal[BH_REASON_INSTRUCTION].endpoint, TOY_NONE);
    /* Those of the process with the same index are its own. */
    assert_int_equal(toy.thread[fixture_object(BH_THREAD, 0)].portal[BH_REASON_RPCIT].endpoint,
                     TOY_NONE);
}

static void test_state_page(void **state)
{
    struct bh_window page;

    (void)state;
    fixture_must_build();
    page = window_of("state");
    assert_int_equal(page.size, PAGE);
    assert_int_equal((uintptr_t)page.address, toy.vcpu[0].address);
    assert_int_equal(leaf_at(toy.vcpu[0].address)->rights, R | W);
}

/* Exactly these bytes, read-only, and zeros up to the end of the page. */
static void expect_part(const char *name, const char *bytes, uint64_t size)
{
    struct bh_window part = window_of(name);
    uint64_t address = (uintptr_t)part.address;

    assert_int_equal(part.size, size);
    assert_int_equal(address % PAGE, 0);
    for (uint64_t i = 0; i < (size + PAGE - 1) / PAGE * PAGE; i++)
        assert_int_equal(byte_at(address + i),
                         i >= size ? 0 : (uint8_t)(bytes[1] == '\0' ? bytes[0] : bytes[i]));
    for (uint64_t i = 0; i < size; i += PAGE)
        assert_int_equal(leaf_at(address + i)->rights, R);
}

static void test_files(void **state)
{
    (void)state;
    fixture_must_build();
    expect_part("kernel", "k", FIXTURE_IMAGE);
    expect_part("initrd", "i", FIXTURE_RAM);
    expect_part("command-line", LINE, strlen(LINE));
    /* Behind the heap, one after the other. */
    assert_int_equal((uintptr_t)window_of("kernel").address, BASE + 4 * PAGE + 0x10000);
    assert_int_equal((uintptr_t)window_of("initrd").address, BASE + 6 * PAGE + 0x10000);
    assert_int_equal((uintptr_t)window_of("command-line").address, BASE + 7 * PAGE + 0x10000);
    assert_int_equal(leaf_at(BASE + 8 * PAGE + 0x10000)->rights, 0);
}

static void test_without_initrd(void **state)
{
    (void)state;
    assert_true(describe(&init));
    init.sys.guest[0].initrd[0] = '\0';
    init.sys.guest[0].command_line[0] = '\0';
    assert_true(fixture_build_described());
    expect_part("kernel", "k", FIXTURE_IMAGE);
    assert_null(window_of("initrd").address);
    assert_null(window_of("command-line").address);
    assert_true(verify(&init));
}

static void test_capability(void **state)
{
    const struct toy_cap *table;

    (void)state;
    fixture_must_build();
    window_of("state");
    table = toy.cap[vmm()->table];
    assert_int_equal(table[bh_cap("vcpu")].type, BH_VCPU);
    assert_int_equal(table[bh_cap("vcpu")].object, 0);
    assert_int_equal(table[bh_cap("vcpu")].rights, BH_R_VCPU_CONTROL);
}

static void test_other_processes_get_nothing(void **state)
{
    (void)state;
    fixture_must_build();
    for (uint16_t p = 0; p < init.sys.processes; p++)
        assert_int_equal(init.sys.process[p].state != 0, p == fixture_process("driver"));
}

static void test_builds_and_seals(void **state)
{
    (void)state;
    if (!build_system(&init))
        fail_msg("%s", toy.text);
    assert_true(toy.sealed);
    assert_true(toy_printed("init: sealed, 20 capabilities, 28 objects\n"));
    assert_true(toy_printed("2 channels, 1 guests\n"));
    for (uint32_t slot = 0; slot < BH_SLOTS; slot++)
        assert_int_equal(toy.cap[0][slot].type, BH_NONE);
}

static void expect_refused(const char *line)
{
    assert_false(build_system(&init));
    if (!toy_printed(line))
        fail_msg("expected %s, printed %s", line, toy.text);
    assert_false(toy.sealed);
}

static void test_missing_files(void **state)
{
    (void)state;
    fixture_guest("image");
    expect_refused("init: refused: the bundle has no file image\n");
    assert_int_equal(start(NULL), 0);
    fixture_guest("ram");
    expect_refused("init: refused: the bundle has no file ram\n");
}

/* One page more than there is room for. */
static void test_no_room(void **state)
{
    struct sysdesc_process *process;

    (void)state;
    assert_true(describe(&init));
    process = &init.sys.process[fixture_process("driver")];
    process->image_room = 8 * PAGE + process->heap;
    assert_true(read_programs(&init));
    process->image_room -= PAGE;
    assert_false(read_programs(&init));
    assert_true(toy_printed("init: refused: guest linux: its files need 96 KiB with program and "
                            "heap of process driver, which has room for 92\n"));
}

static bool verified(void)
{
    toy.calls = 0; /* there is room for the log of one */
    return verify(&init);
}

/* DIFFERENCE(field of the toy's vCPU, wrong value, line that must be printed) */
#define DIFFERENCES(DIFFERENCE)                                                                    \
    DIFFERENCE(functions, 0, "guest linux: PCI functions is 0x0, described is 0x1")                \
    DIFFERENCE(space, 0, "guest linux: space of its VMM is 0x0, described is ")                    \
    DIFFERENCE(owner, 2, "guest linux: partition is 0x2, described is 0x1")                        \
    DIFFERENCE(priority, 8, "guest linux: priority is 0x8, described is 0x7")                      \
    DIFFERENCE(tables, 21, "guest linux: its tables is 0x15, described is 0x14")                   \
    DIFFERENCE(address, vcpu->address - PAGE, "guest linux: frame of its state is ")               \
    DIFFERENCE(function[0], 1, "PCI function of guest linux: its number is 0x2, described is 0x1") \
    DIFFERENCE(window[0].region, 0, "memory of guest linux: its region is 0x0, described is ")     \
    DIFFERENCE(window[0].first, 0xa01,                                                             \
               "memory of guest linux: first frame is 0xa01, described is 0xa00")                  \
    DIFFERENCE(window[0].pages, 255, "memory of guest linux: pages is 0xff, described is 0x100")   \
    DIFFERENCE(window[0].rights, R, "memory of guest linux: rights is 0x1, described is 0x7")      \
    DIFFERENCE(window[3].pages, 1,                                                                 \
               "unused window of guest linux: its size is 0x1, described is 0x0")                  \
    DIFFERENCE(portal[BH_REASON_RPCIT].badge, 1, "portal of linux: badge is 0x1, described is ")   \
    DIFFERENCE(portal[BH_REASON_DEFAULT].endpoint, TOY_NONE,                                       \
               "portal of linux: endpoint is 0x0, described is 0x2")                               \
    DIFFERENCE(portal[BH_REASON_RPCIT].microseconds, 1, "portal of linux: deadline is 0x1, ")      \
    DIFFERENCE(portal[BH_REASON_WAIT].endpoint, 0,                                                 \
               "undescribed portal of linux: endpoint is 0x1, described is 0x0")

static void expect_difference(const char *line)
{
    memset(toy.text, 0, sizeof(toy.text));
    assert_false(verified());
    if (!toy_printed("init: mismatch: ") || !toy_printed(line))
        fail_msg("expected %s, printed %s", line, toy.text);
}

static void test_differences_are_found(void **state)
{
    struct toy_vcpu *vcpu = &toy.vcpu[0];

    (void)state;
    fixture_must_build();
    assert_true(verified());
#define DIFFERENCE(field, value, line)                                                             \
    {                                                                                              \
        uint64_t right = vcpu->field;                                                              \
        vcpu->field = (value);                                                                     \
        expect_difference(line);                                                                   \
        vcpu->field = right;                                                                       \
    }
    DIFFERENCES(DIFFERENCE)
#undef DIFFERENCE
    assert_true(verified());
}

/* A file that was changed on its way into memory would be noticed by the guest only; its place and
 * its rights are compared like every page. */
static void test_writable_file_is_found(void **state)
{
    struct toy_leaf *leaf;

    (void)state;
    fixture_must_build();
    leaf = &toy.space[vmm()->space].leaf[(uintptr_t)window_of("kernel").address / PAGE];
    leaf->rights |= W;
    assert_false(verify(&init));
    assert_true(toy_printed("init: mismatch: space driver: page "));
}

/* Whatever call about the guest fails, the system is not built. */
static void test_every_call_matters(void **state)
{
    uint64_t number = 0, found = 0;

    (void)state;
    assert_true(build_system(&init));
    while (number < toy.calls) {
        uint64_t method = toy.log[number++];

        if (method / 256 != BH_VCPU && method != BH_M_PARTITION_CREATE_VCPU)
            continue;
        found++;
        assert_int_equal(start(NULL), 0);
        toy.fail_at = number;
        toy.fail_error = BH_E_BOUND;
        assert_false(build_system(&init));
        assert_false(toy.sealed);
        assert_true(toy_printed("init: refused: ") || toy_printed("init: mismatch: "));
        assert_int_equal(start(NULL), 0);
        assert_true(build_system(&init));
    }
    /* create, window, function, two portals; every part and every portal is read back */
    assert_int_equal(found, 5 + 10 + BH_REASONS);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, fixture_end)
    const struct CMUnitTest tests[] = {
        TEST(test_vcpu),
        TEST(test_portals),
        TEST(test_state_page),
        TEST(test_files),
        TEST(test_without_initrd),
        TEST(test_capability),
        TEST(test_other_processes_get_nothing),
        TEST(test_builds_and_seals),
        TEST(test_missing_files),
        TEST(test_no_room),
        TEST(test_differences_are_found),
        TEST(test_writable_file_is_found),
        TEST(test_every_call_matters),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
