/* SPDX-License-Identifier: BSD-2-Clause */
/* What init builds out of a description. Belongs to: test. */
#include "tests/lib/test.h"

#include <string.h>

#include "libs/abi/init_image.h"
#include "libs/rt/info.h"
#include "libs/sysdesc/init/load.h"
#include "libs/zformats/bytes.h"
#include "tests/unit/init/fixture.h"
#include "tests/unit/init/program.h"

#define PAGE ((uint64_t)BH_PAGE_SIZE)
#define R ((uint64_t)BH_R_REGION_READ)
#define W ((uint64_t)BH_R_REGION_WRITE)
#define X ((uint64_t)BH_R_REGION_EXECUTE)
#define BASE ((uint64_t)SYSDESC_PROCESS_BASE)

static const struct toy_thread *thread_of(const char *name)
{
    return &toy.thread[fixture_object(BH_THREAD, fixture_process(name))];
}

static const struct toy_leaf *leaf_at(const char *process, uint64_t address)
{
    return &toy.space[thread_of(process)->space].leaf[address / PAGE];
}

/* What a process reads at a virtual address. */
static const uint8_t *memory_at(const char *process, uint64_t address)
{
    const struct toy_leaf *leaf = leaf_at(process, address);

    assert_int_not_equal(leaf->rights, 0);
    return toy_memory + leaf->frame * PAGE + address % PAGE;
}

static void expect_bytes(const char *process, uint64_t address, uint64_t size, uint8_t value)
{
    for (uint64_t i = 0; i < size; i++)
        assert_int_equal(*memory_at(process, address + i), value);
}

static void test_builds_and_seals(void **state)
{
    (void)state;
    assert_true(build_system(&init));
    assert_true(toy.sealed);
    assert_string_equal(strstr(toy.text, "init: sealed"),
                        "init: sealed, 19 capabilities, 26 objects\n");
    assert_null(strstr(toy.text, "refused"));
    assert_null(strstr(toy.text, "mismatch"));
}

static void test_everything_started(void **state)
{
    (void)state;
    assert_true(build_system(&init));
    assert_int_equal(toy.threads, 4);
    for (uint64_t i = 1; i < toy.threads; i++)
        assert_int_equal(toy.thread[i].state, TOY_STARTED);
}

static void test_init_keeps_nothing(void **state)
{
    (void)state;
    assert_true(build_system(&init));
    for (uint32_t slot = 0; slot < BH_SLOTS; slot++)
        assert_int_equal(toy.cap[0][slot].type, BH_NONE);
    for (uint32_t i = 2; i < BH_WINDOWS; i++)
        assert_int_equal(toy.space[0].window[i].pages, 0);
    for (uint64_t page = 0; page < TOY_INIT_PAGES; page++)
        assert_int_equal(toy.space[0].leaf[page].rights, 0);
}

static void test_programs_in_memory(void **state)
{
    (void)state;
    fixture_must_build();
    expect_bytes("driver", BASE, PAGE, 't');
    expect_bytes("driver", BASE + PAGE, PAGE, 'r');
    expect_bytes("driver", BASE + 2 * PAGE, PAGE, 'd');
    expect_bytes("driver", BASE + 3 * PAGE, PAGE, 0);
    expect_bytes("text", BASE, PAGE, 't');
}

/* Larger than what is mapped at a time, and not whole pages. */
static void test_large_program(void **state)
{
    static uint8_t program[0x110000];
    const uint32_t size = 0x10a345;

    (void)state;
    memset(program, 0xee, sizeof(program)); /* what must not be copied */
    program_write(program);
    be64_put(program + AT_PROGRAM(2) + IN_FILE_SIZE, size);
    be64_put(program + AT_PROGRAM(2) + IN_SIZE, size + 0x1000);
    for (uint32_t i = 0; i < size; i++)
        program[0x3000 + i] = (uint8_t)(i * 7 + i / 4096 + 1);
    fixture_replace("driver", program, sizeof(program));
    assert_true(describe(&init));
    memcpy(init.sys.process[fixture_process("text")].program, "keeper", 7);
    assert_true(fixture_build_described());
    for (uint32_t i = 0; i < size; i++)
        assert_int_equal(*memory_at("driver", BASE + 2 * PAGE + i),
                         (uint8_t)(i * 7 + i / 4096 + 1));
    expect_bytes("driver", BASE + 2 * PAGE + size, 0x1000, 0);
}

static void test_regions_are_cleared(void **state)
{
    (void)state;
    fixture_must_build();
    const struct sysdesc_region *dma = &init.sys.region[fixture_region("dma")];
    for (uint64_t i = 0; i < dma->size; i++)
        assert_int_equal(toy_memory[dma->base + i], 0);
    assert_int_equal(toy_memory[dma->base + dma->size], 0xaa); /* nobody's */
}

static void test_rights_of_pages(void **state)
{
    (void)state;
    fixture_must_build();
    const struct sysdesc_process *driver = &init.sys.process[fixture_process("driver")];
    assert_int_equal(leaf_at("driver", BASE)->rights, R | X);
    assert_int_equal(leaf_at("driver", BASE + PAGE)->rights, R);
    assert_int_equal(leaf_at("driver", BASE + 2 * PAGE)->rights, R | W);
    assert_int_equal(leaf_at("driver", BASE + driver->message)->rights, R | W);
    assert_int_equal(leaf_at("driver", BASE + driver->info)->rights, R);
    assert_int_equal(leaf_at("driver", BASE + driver->guard)->rights, 0);
    assert_int_equal(leaf_at("driver", BASE + driver->stack_base)->rights, R | W);
    assert_int_equal(leaf_at("driver", BASE + driver->stack_base + driver->stack - 1)->rights,
                     R | W);
    assert_int_equal(leaf_at("driver", 0)->rights, 0);
}

static void test_heap_follows_the_image(void **state)
{
    (void)state;
    fixture_must_build();
    uint64_t heap = BASE + 4 * PAGE;
    for (uint64_t at = heap; at < heap + 0x10000; at += PAGE)
        assert_int_equal(leaf_at("driver", at)->rights, R | W);
    assert_int_equal(leaf_at("driver", heap + 0x10000)->rights, 0);
    assert_int_equal(leaf_at("keeper", heap)->rights, 0);
}

static void test_thread_starts_right(void **state)
{
    (void)state;
    fixture_must_build();
    const struct sysdesc_process *driver = &init.sys.process[fixture_process("driver")];
    const struct toy_thread *thread = thread_of("driver");
    assert_int_equal(thread->entry, PROGRAM_ENTRY);
    assert_int_equal(thread->stack, BASE + driver->stack_base + driver->stack);
    assert_int_equal(thread->argument, BASE + driver->info);
    assert_int_equal(thread->message, (BASE + driver->message) / PAGE);
    assert_int_equal(thread->flags, BH_THREAD_FP);
    assert_int_equal(thread_of("keeper")->flags, 0);
}

static void read_info(const char *process)
{
    bh_info_set((const struct bh_info *)memory_at(process, thread_of(process)->argument));
}

static void test_info_of_the_driver(void **state)
{
    struct bh_window window;
    struct bh_dma dma;
    uint64_t depth;

    (void)state;
    fixture_must_build();
    read_info("driver");
    assert_int_equal(bh_info_get()->magic, BH_INFO_MAGIC);
    assert_int_equal(bh_info_get()->heap, BASE + 4 * PAGE);
    assert_int_equal(bh_info_get()->heap_size, 0x10000);
    assert_int_equal(bh_info_get()->message, thread_of("driver")->message * PAGE);
    assert_true(bh_window("dma", &window) && window.size == 0x140000 && window.page == 2);
    assert_true(bh_dma("disk", &dma) && dma.iova == 0x100000000 && dma.size == 0x200000);
    assert_true(bh_value("depth", &depth) && depth == 0x123);
    assert_false(bh_window("driver", &window)); /* the private region is no declared window */
}

/* Who may use a function or its I/O space learns its DMA window; others do not. */
static void test_dma_windows(void **state)
{
    struct bh_dma dma;

    (void)state;
    fixture_must_build();
    read_info("keeper");
    assert_true(bh_dma("disk", &dma) && dma.iova == 0x100000000);
    assert_false(bh_dma("second", &dma));
    read_info("text");
    assert_true(bh_dma("second", &dma) && dma.iova == 0x200000000 && dma.size == 0x100000);
    assert_false(bh_dma("disk", &dma));
    read_info("driver");
    assert_false(bh_dma("second", &dma));
}

static void test_info_names_capabilities(void **state)
{
    (void)state;
    fixture_must_build();
    read_info("driver");
    const struct toy_cap *table = toy.cap[thread_of("driver")->table];
    assert_int_equal(table[bh_cap("disk")].type, BH_PCI);
    assert_int_equal(table[bh_cap("disk-dma")].type, BH_IOSPACE);
    assert_int_equal(table[bh_cap("interruption")].type, BH_IRQ);
    assert_int_equal(table[bh_cap("ask")].type, BH_ENDPOINT);
    assert_int_equal(table[bh_cap("ask")].badge, 0x55);
    assert_int_equal(table[bh_cap("ask")].rights, BH_R_ENDPOINT_CALL);
    assert_int_equal(bh_cap("requests"), -1);
}

static void test_info_has_an_end(void **state)
{
    static struct bh_info info;

    (void)state;
    fixture_must_build();
    uint16_t driver = fixture_process("driver");
    uint32_t others = 12; /* capabilities, window, channel, I/O addresses */
    init.sys.values = (uint16_t)(BH_INFO_ENTRIES - 1 - others);
    for (uint32_t i = 0; i < init.sys.values; i++)
        init.sys.value[i].process = driver;
    assert_true(info_make(&init, driver, &info));
    assert_int_equal(info.entry[BH_INFO_ENTRIES - 2].kind, BH_INFO_VALUE);
    assert_int_equal(info.entry[BH_INFO_ENTRIES - 1].kind, BH_INFO_END);
    init.sys.values++;
    init.sys.value[init.sys.values - 1].process = driver;
    assert_false(info_make(&init, driver, &info));
}

/* Both ends see the same memory, and each can write only what is its own. */
static void check_channel(const char *name, const char *from, const char *to, uint64_t size)
{
    struct bh_channel producer, consumer;

    read_info(from);
    assert_true(bh_channel(name, &producer) && !producer.consumer && producer.size == size);
    read_info(to);
    assert_true(bh_channel(name, &consumer) && consumer.consumer && consumer.size == size);
    for (uint64_t at = 0; at < size + 2 * PAGE; at += PAGE) {
        const struct toy_leaf *one = leaf_at(from, (uint64_t)(uintptr_t)producer.address + at);
        const struct toy_leaf *two = leaf_at(to, (uint64_t)(uintptr_t)consumer.address + at);
        assert_int_equal(one->frame, two->frame);
        assert_int_equal(one->rights, at < size + PAGE ? R | W : R);
        assert_int_equal(two->rights, at < size + PAGE ? R : R | W);
    }
}

static void test_channels(void **state)
{
    (void)state;
    fixture_must_build();
    check_channel("driver-text", "driver", "text", 0x2000);
    check_channel("text-driver", "text", "driver", 0x1000);
}

static void test_windows_of_the_function(void **state)
{
    (void)state;
    fixture_must_build();
    const struct toy_pci *pci = &toy.pci[fixture_object(BH_PCI, 0)];
    const struct toy_space *space = &toy.space[pci->space];
    uint64_t first = init.sys.region[fixture_region("dma")].base / PAGE;
    assert_int_equal(space->base, 0x100000);
    assert_int_equal(space->window[0].first, first);
    assert_int_equal(space->window[0].pages, 0x100);
    assert_int_equal(space->window[0].rights, R | W);
    assert_int_equal(space->window[1].first, first + 0x100);
    assert_int_equal(space->window[1].pages, 1);
    assert_int_equal(space->window[1].rights, R);
    assert_int_equal(pci->memory_region, fixture_object(BH_REGION, fixture_region("dma")));
    assert_int_equal(pci->memory_page, 0xff);
    assert_int_equal(pci->memory_pages, 1);
}

static void expect_signal(const struct toy_signal *signal, const char *owner, uint64_t badge)
{
    for (uint32_t i = 0; i < init.sys.notifications; i++) {
        if (strcmp(init.sys.notification[i].name, owner) == 0)
            assert_int_equal(signal->notification, fixture_object(BH_NOTIFICATION, i));
    }
    assert_int_equal(signal->badge, badge);
}

static void test_signals_and_portals(void **state)
{
    (void)state;
    fixture_must_build();
    expect_signal(&toy.irq[3].signal, "driver-events", 1);
    expect_signal(&toy.pci[0].events, "driver-events", 2);
    expect_signal(&toy.pci[1].events, "text-events", 0x80);
    expect_signal(&toy.console, "text-events", 8);
    const struct toy_portal *portal = &thread_of("driver")->portal[BH_REASON_FAULT];
    assert_int_equal(portal->endpoint, fixture_object(BH_ENDPOINT, 0));
    assert_int_equal(portal->badge, 0x77);
    assert_int_equal(portal->microseconds, 5000);
    portal = &thread_of("keeper")->portal[BH_REASON_DEFAULT];
    assert_int_equal(portal->endpoint, fixture_object(BH_ENDPOINT, 1));
    assert_int_equal(portal->badge, 0);
    expect_signal(&toy.irq[5].signal, "text-events", 0x10);
    assert_int_not_equal(thread_of("keeper")->bound, TOY_NONE);
    assert_int_equal(thread_of("driver")->bound, TOY_NONE);
    assert_int_equal(toy.slice, 5000);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_end)
    const struct CMUnitTest tests[] = {
        TEST(test_builds_and_seals),
        TEST(test_everything_started),
        TEST(test_init_keeps_nothing),
        TEST(test_programs_in_memory),
        TEST(test_regions_are_cleared),
        TEST(test_rights_of_pages),
        TEST(test_heap_follows_the_image),
        TEST(test_thread_starts_right),
        TEST(test_info_of_the_driver),
        TEST(test_info_names_capabilities),
        TEST(test_dma_windows),
        TEST(test_large_program),
        TEST(test_info_has_an_end),
        TEST(test_channels),
        TEST(test_windows_of_the_function),
        TEST(test_signals_and_portals),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
