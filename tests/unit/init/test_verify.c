/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading back: an untouched system passes, and each kind of difference is found. Belongs to: test.
 */
#include "tests/lib/test.h"

#include <string.h>

#include "libs/sysdesc/init/slots.h"
#include "tests/unit/init/fixture.h"

#define BASE_PAGE (SYSDESC_PROCESS_BASE / BH_PAGE_SIZE)

static struct toy_thread *thread_of(const char *name)
{
    return &toy.thread[fixture_object(BH_THREAD, fixture_process(name))];
}

static struct toy_cap *table_of(const char *name)
{
    return toy.cap[thread_of(name)->table];
}

static struct toy_space *space_of(const char *name)
{
    return &toy.space[thread_of(name)->space];
}

static struct toy_space *io_space(void)
{
    return &toy.space[toy.pci[0].space];
}

static struct toy_region *region_of(const char *name)
{
    return &toy.region[fixture_object(BH_REGION, fixture_region(name))];
}

/* The page of the private region that a layout field of the driver names. */
static struct toy_leaf *driver_leaf(uint64_t offset)
{
    return &space_of("driver")->leaf[BASE_PAGE + offset / BH_PAGE_SIZE];
}

static const struct sysdesc_process *driver(void)
{
    return &init.sys.process[fixture_process("driver")];
}

static struct toy_cap *own(enum bh_object type, uint32_t index)
{
    return &toy.cap[0][slot_of(&init.sys, type, index)];
}

/* The disk is given another space of the same place and size. */
static void twin_space(void)
{
    toy.space[toy.spaces] = *io_space();
    toy.pci[0].space = toy.spaces;
}

/* SEED(name, line that must be printed, what is spoilt) */
#define SEEDS(SEED)                                                                                \
    SEED(cap_added, "process driver: slot 63 holds a capability that is not described",            \
         table_of("driver")[63] = *own(BH_REGION, 0))                                              \
    SEED(cap_lost, "capability disk: its type is 0x0, described is 0xb",                           \
         table_of("driver")[1] = (struct toy_cap){0})                                              \
    SEED(cap_type, "capability disk: its type is 0x4, described is 0xb",                           \
         table_of("driver")[1].type = BH_IOSPACE)                                                  \
    SEED(cap_object, "capability disk: its object is 0x1, described is 0x0",                       \
         table_of("driver")[1].object = 1)                                                         \
    SEED(cap_more_rights, "capability disk: its rights is 0x2b, described is 0x23",                \
         table_of("driver")[1].rights |= BH_R_PCI_DMA)                                             \
    SEED(cap_fewer_rights, "capability disk: its rights is 0x22, described is 0x23",               \
         table_of("driver")[1].rights &= ~(uint64_t)BH_R_PCI_LOAD)                                 \
    SEED(cap_badge, "capability ask: its badge is 0x54, described is 0x55",                        \
         table_of("driver")[5].badge = 0x54)                                                       \
    SEED(cap_where, "that was slot 5 of process driver", table_of("driver")[5].badge = 0x54)       \
    SEED(own_type, "object requests: its type is 0x8, described is 0x7",                           \
         own(BH_ENDPOINT, 0)->type = BH_NOTIFICATION)                                              \
    SEED(own_twice, "two described objects of type 8 are one object",                              \
         own(BH_NOTIFICATION, 1)->object = own(BH_NOTIFICATION, 0)->object)                        \
    SEED(own_left_over, "object spare: its type is 0x2, described is 0x0",                         \
         toy.cap[0][SLOT_SPARE] = *own(BH_REGION, 0))                                              \
    SEED(own_root, "partition storage is init's own", own(BH_PARTITION, 0)->object = 0)            \
    SEED(partition_stopped, "partition system: stopped is 0x1, described is 0x0",                  \
         toy.stopped_partition = own(BH_PARTITION, 1)->object)                                     \
    SEED(region_place, "region dma: first frame is 0x601, described is 0x600",                     \
         region_of("dma")->first++)                                                                \
    SEED(region_size, "region dma: frames is 0x203, described is 0x202",                           \
         region_of("dma")->frames++)                                                               \
    SEED(region_owner, "region dma: owner is 0x2, described is 0x1", region_of("dma")->owner = 2)  \
    SEED(space_size, "space keeper: pages is ", space_of("keeper")->pages -= BH_BATCH)             \
    SEED(window_region, "window of driver: its region is ",                                        \
         space_of("driver")->window[1].region = region_of("keeper") - toy.region)                  \
    SEED(window_place, "window of driver: first frame is 0x600, described is 0x602",               \
         space_of("driver")->window[1].first -= 2)                                                 \
    SEED(window_pages, "window of driver: pages is 0x141, described is 0x140",                     \
         space_of("driver")->window[1].pages++)                                                    \
    SEED(window_rights, "window of driver: rights is 0x7, described is 0x3",                       \
         space_of("driver")->window[1].rights |= BH_R_REGION_EXECUTE)                              \
    SEED(window_added, "unused window of keeper: its size is 0x1, described is 0x0",               \
         space_of("keeper")->window[1] = (struct toy_window){0, 0x300, 1, 1})                      \
    SEED(space_owner, "space keeper: owner is 0x2, described is 0x1",                              \
         space_of("keeper")->owner = 2)                                                            \
    SEED(table_owner, "capability table of keeper: owner is 0x2, described is 0x1",                \
         toy.table_owner[thread_of("keeper")->table] = 2)                                          \
    SEED(endpoint_owner, "endpoint care: owner is 0x2, described is 0x1",                          \
         toy.endpoint_owner[fixture_object(BH_ENDPOINT, 1)] = 2)                                   \
    SEED(notification_owner, "notification text-events: owner is 0x1, described is 0x2",           \
         toy.notification_owner[fixture_object(BH_NOTIFICATION, 2)] = 1)                           \
    SEED(notification_thread, "notification driver-events: its thread is 0x1, described is 0x0",   \
         toy.notification_thread[0] = 1)                                                           \
    SEED(page_frame,                                                                               \
         "space driver: page 0x101 shows frame 0x200 with rights 1, described are "                \
         "0x201 and 1",                                                                            \
         driver_leaf(0x1000)->frame--)                                                             \
    SEED(page_writable_text, "space driver: page 0x100 shows frame 0x200 with rights 7",           \
         driver_leaf(0)->rights |= BH_R_REGION_WRITE)                                              \
    SEED(page_executable_data, "space driver: page 0x102 shows frame 0x202 with rights 7",         \
         driver_leaf(0x2000)->rights |= BH_R_REGION_EXECUTE)                                       \
    SEED(page_writable_constants, "space driver: page 0x101 shows frame 0x201 with rights 3",      \
         driver_leaf(0x1000)->rights |= BH_R_REGION_WRITE)                                         \
    SEED(page_guard, "with rights 3, described are 0x0 and 0",                                     \
         *driver_leaf(driver()->guard) = *driver_leaf(driver()->stack_base))                       \
    SEED(page_unmapped, "with rights 0, described are ",                                           \
         driver_leaf(driver()->message)->rights = 0)                                               \
    SEED(page_last, "with rights 1, described are 0x0 and 0",                                      \
         space_of("keeper")->leaf[space_of("keeper")->pages - 1].rights = 1)                       \
    SEED(page_not_executable, "1 of 3 executable pages cannot be executed",                        \
         driver_leaf(0)->rights = BH_R_REGION_READ)                                                \
    SEED(io_place, "I/O space disk: first page is 0x100100, described is 0x100000",                \
         io_space()->base += BH_BATCH)                                                             \
    SEED(io_size, "I/O space disk: pages is 0x100, described is 0x200",                            \
         io_space()->pages -= BH_BATCH)                                                            \
    SEED(io_owed, "I/O space disk: owed pages is 0x1, described is 0x0", io_space()->owed = 1)     \
    SEED(io_function, "I/O space disk: its function is 0x2, described is 0x1",                     \
         io_space()->function = 1)                                                                 \
    SEED(io_owner, "I/O space disk: owner is 0x2, described is 0x1", io_space()->owner = 2)        \
    SEED(io_window, "window of disk: rights is 0x3, described is 0x1",                             \
         io_space()->window[1].rights |= BH_R_REGION_WRITE)                                        \
    SEED(io_window_added, "unused window of disk: its size is 0x1, described is 0x0",              \
         io_space()->window[2] = (struct toy_window){0, 0x200, 1, 1})                              \
    SEED(io_mapped, "I/O space disk: page 0x1001ff is mapped",                                     \
         io_space()->leaf[0x1ff] = (struct toy_leaf){0x400, 1})                                    \
    SEED(thread_state, "thread driver: state is 0x1, described is 0x2",                            \
         thread_of("driver")->state = TOY_NEW)                                                     \
    SEED(start_address, "start of driver: its address is 0x100014, described is 0x100010",         \
         thread_of("driver")->entry += 4)                                                          \
    SEED(start_stack, "start of driver: end of the stack is ", thread_of("driver")->stack -= 8)    \
    SEED(start_argument, "start of driver: its argument is ", thread_of("driver")->argument = 0)   \
    SEED(start_message, "start of driver: frame of the message buffer is ",                        \
         thread_of("driver")->message--)                                                           \
    SEED(start_flags, "start of driver: its flags is 0x0, described is 0x1",                       \
         thread_of("driver")->flags = 0)                                                           \
    SEED(thread_priority, "thread driver: priority is 0x15, described is 0x14",                    \
         thread_of("driver")->priority++)                                                          \
    SEED(thread_owner, "thread driver: partition is 0x2, described is 0x1",                        \
         thread_of("driver")->owner = 2)                                                           \
    SEED(thread_table, "thread driver: capability table and space is ",                            \
         thread_of("driver")->table = thread_of("keeper")->table)                                  \
    SEED(thread_space, "thread driver: capability table and space is ",                            \
         thread_of("driver")->space = thread_of("keeper")->space)                                  \
    SEED(thread_bound, "thread keeper: bound notification is 0x0, described is 0x2",               \
         thread_of("keeper")->bound = TOY_NONE)                                                    \
    SEED(portal_lost, "portal of driver: endpoint is 0x0, described is 0x1",                       \
         thread_of("driver")->portal[BH_REASON_FAULT].endpoint = TOY_NONE)                         \
    SEED(portal_badge, "portal of driver: badge is 0x78, described is 0x77",                       \
         thread_of("driver")->portal[BH_REASON_FAULT].badge++)                                     \
    SEED(portal_deadline, "portal of driver: deadline is 0x1389, described is 0x1388",             \
         thread_of("driver")->portal[BH_REASON_FAULT].microseconds++)                              \
    SEED(portal_added, "undescribed portal of text: endpoint is 0x1, described is 0x0",            \
         thread_of("text")->portal[BH_REASON_DEFAULT].endpoint = 0)                                \
    SEED(function_id, "function disk: its id is 0x9, described is 0x7", toy.pci[0].fid = 9)        \
    SEED(function_space, "function disk: first I/O page is 0x0, described is 0x100000",            \
         toy.pci[0].space = thread_of("keeper")->space)                                            \
    SEED(function_owner, "function disk: owner is 0x2, described is 0x1", toy.pci[0].owner = 2)    \
    SEED(function_io, "function disk: I/O space is ", twin_space())                                \
    SEED(function_subclass, "function disk: subclass is 0x5, described is 0x3",                    \
         toy.pci[0].isc = 5)                                                                       \
    SEED(function_memory, "bound memory of disk: first frame is 0x700, described is 0x6ff",        \
         toy.pci[0].memory_page++)                                                                 \
    SEED(function_memory_size, "bound memory of disk: pages is 0x2, described is 0x1",             \
         toy.pci[0].memory_pages++)                                                                \
    SEED(function_memory_added, "bound memory of second: first frame is ",                         \
         toy.pci[1].memory_pages = 1)                                                              \
    SEED(function_events, "events of disk: notification is 0x2, described is 0x1",                 \
         toy.pci[0].events.notification = 1)                                                       \
    SEED(function_events_badge, "events of disk: badge is 0x3, described is 0x2",                  \
         toy.pci[0].events.badge = 3)                                                              \
    SEED(console_signal, "input of the console: notification is 0x1, described is 0x3",            \
         toy.console.notification = 0)                                                             \
    SEED(console_lost, "input of the console: notification is 0x0, described is 0x3",              \
         toy.console.notification = TOY_NONE)                                                      \
    SEED(console_badge, "input of the console: badge is 0x9, described is 0x8",                    \
         toy.console.badge++)                                                                      \
    SEED(interrupt_owner, "interruption subclass interruption: owner is 0x2, described is 0x1",    \
         toy.irq[3].owner = 2)                                                                     \
    SEED(function_enabled, "function fid 9 is enabled", other.function.fh |= 0x80000000)           \
    SEED(interrupt_signal,                                                                         \
         "interruption subclass interruption: notification is 0x2, described "                     \
         "is 0x1",                                                                                 \
         toy.irq[3].signal.notification = 1)                                                       \
    SEED(interrupt_badge, "interruption subclass interruption: badge is 0x3, described is 0x1",    \
         toy.irq[3].signal.badge = 3)                                                              \
    SEED(interrupt_number,                                                                         \
         "interruption subclass interruption: its number is 0x4, described is "                    \
         "0x3",                                                                                    \
         (own(BH_IRQ, 0)->object = 4, table_of("driver")[3].object = 4, toy.irq[4] = toy.irq[3]))  \
    SEED(second_cap, "capability storage: its rights is 0x6, described is 0x2",                    \
         table_of("text")[4].rights |= BH_R_PARTITION_INSPECT)                                     \
    SEED(second_function, "function second: its id is 0x9, described is 0xb", toy.pci[1].fid = 9)  \
    SEED(second_interrupt, "badge is 0x11, described is 0x10", toy.irq[5].signal.badge++)          \
    SEED(second_io, "I/O space second: page 0x200000 is mapped",                                   \
         toy.space[toy.pci[1].space].leaf[0] = (struct toy_leaf){0x400, 1})                        \
    SEED(second_twice, "two described objects of type 8 are one object",                           \
         own(BH_NOTIFICATION, 2)->object = own(BH_NOTIFICATION, 1)->object)                        \
    SEED(slice, "the schedule: its slice is 0x1389, described is 0x1388", toy.slice++)

struct seed {
    const char *line;
    void (*spoil)(void);
};

#define SEED(name, text, ...)                                                                      \
    static void spoil_##name(void)                                                                 \
    {                                                                                              \
        __VA_ARGS__;                                                                               \
    }                                                                                              \
    static struct seed seed_##name = {text, spoil_##name};
SEEDS(SEED)
#undef SEED

static void test_seed(void **state)
{
    const struct seed *seed = *state;

    assert_int_equal(fixture_start(NULL), 0);
    fixture_must_build();
    seed->spoil();
    assert_false(verify(&init));
    if (!toy_printed("init: mismatch: ") || !toy_printed(seed->line))
        fail_msg("expected %s, printed %s", seed->line, toy.text);
}

static void test_untouched(void **state)
{
    (void)state;
    assert_int_equal(fixture_start(NULL), 0);
    fixture_must_build();
    if (!verify(&init))
        fail_msg("%s", toy.text);
}

/* Older machines cannot forbid execution: then no page is called executable. */
static void test_without_execute_protection(void **state)
{
    (void)state;
    assert_int_equal(fixture_start(NULL), 0);
    toy.execute_protection = false;
    fixture_must_build();
    if (!verify(&init))
        fail_msg("%s", toy.text);
}

/* A difference is the end: no seal. */
static void test_difference_prevents_seal(void **state)
{
    (void)state;
    assert_int_equal(fixture_start(NULL), 0);
    toy.grants_extra = true;
    assert_false(build_system(&init));
    assert_true(toy_printed("init: mismatch: capability "));
    assert_false(toy.sealed);
}

int main(void)
{
#define SEED(name, text, ...) {"seed_" #name, test_seed, NULL, fixture_end, &seed_##name},
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_untouched, fixture_end),
        cmocka_unit_test_teardown(test_without_execute_protection, fixture_end),
        cmocka_unit_test_teardown(test_difference_prevents_seal, fixture_end), SEEDS(SEED)};
#undef SEED

    return cmocka_run_group_tests(tests, NULL, NULL);
}
