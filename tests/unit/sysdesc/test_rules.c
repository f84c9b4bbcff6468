/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the exact limits of the rules: the last value that is good, the first that isn't. Messages
 * and lines are the subject of tests/neg/sysdesc. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "libs/abi/init_image.h"
#include "libs/sysdesc/layout.h"
#include "libs/sysdesc/rules.h"
#include "tests/unit/sysdesc/support.h"

#define GOOD SYSDESC_RULES
#define MIB UINT64_C(0x100000)
#define GIB UINT64_C(0x40000000)

/* Indexes of the description "everything". */
enum { SERVER, CLIENT, OTHER };
enum { SERVER_MEMORY, CLIENT_MEMORY, DMA_MEMORY, GUEST_MEMORY, OTHER_MEMORY };
enum { DISK_SPACE };
enum { DISK_WINDOW, CLIENT_WINDOW };

static struct sysdesc sys;
static struct findings findings;

static int load(void **state)
{
    (void)state;
    load_checked(&sys, "everything");
    return 0;
}

/* The model breaks exactly this rule, or none. */
static void expect_rule(enum sysdesc_rule rule)
{
    findings_start(&findings);
    assert_int_equal(sysdesc_check(&sys, &findings.report), rule == GOOD);
    for (unsigned i = 0; i < findings.report.count; i++)
        if (findings.rule[i] != rule)
            fail_msg("[%s] %s", sysdesc_rule_name(findings.rule[i]), findings.message[i]);
    assert_int_equal(findings.report.count > 0, rule != GOOD);
}

static void region_limits(void **state)
{
    struct sysdesc_region *other = &sys.region[OTHER_MEMORY];

    (void)state;
    other->base = sys.machine.memory - other->size;
    expect_rule(GOOD);
    other->base += BH_PAGE_SIZE;
    expect_rule(SYSDESC_RULE_MEMORY_MACHINE);
    other->base = sys.region[SERVER_MEMORY].base - other->size;
    sys.machine.boot_area = other->base;
    expect_rule(GOOD);
    sys.machine.boot_area += BH_PAGE_SIZE;
    expect_rule(SYSDESC_RULE_MEMORY_BOOT);
    sys.machine.boot_area -= BH_PAGE_SIZE;
    other->base += BH_PAGE_SIZE;
    expect_rule(SYSDESC_RULE_MEMORY_OVERLAP);
    other->base = sys.region[DMA_MEMORY].base + sys.region[DMA_MEMORY].size;
    expect_rule(GOOD);
    other->base -= BH_PAGE_SIZE;
    expect_rule(SYSDESC_RULE_MEMORY_OVERLAP);
}

static void process_room(void **state)
{
    struct sysdesc_process *client = &sys.process[CLIENT];

    (void)state;
    /* One page is left for the program. */
    client->heap = MIB - 2 * BH_PAGE_SIZE - 3 * BH_PAGE_SIZE - client->stack - BH_PAGE_SIZE;
    expect_rule(GOOD);
    client->heap += BH_PAGE_SIZE;
    expect_rule(SYSDESC_RULE_PROCESS_ROOM);
}

static void priorities(void **state)
{
    (void)state;
    sys.process[CLIENT].priority = 31;
    expect_rule(GOOD);
    sys.process[CLIENT].priority = 0;
    expect_rule(GOOD);
    sys.process[CLIENT].priority = UINT32_MAX;
    expect_rule(SYSDESC_RULE_PRIORITY);
}

static void space_size(void **state)
{
    (void)state;
    sys.machine.memory = 8 * GIB;
    sys.region[OTHER_MEMORY].base = 4 * GIB;
    /* [0, 1 MiB) is empty, one MiB at the end is for the channel. */
    sys.region[OTHER_MEMORY].size = 2 * GIB - 2 * MIB;
    expect_rule(GOOD);
    sys.region[OTHER_MEMORY].size += BH_PAGE_SIZE;
    expect_rule(SYSDESC_RULE_SPACE_SIZE);
}

static void add_window(uint16_t space, uint64_t offset)
{
    struct sysdesc_window *window = &sys.window[sys.windows++];

    *window = sys.window[CLIENT_WINDOW];
    window->space = space;
    window->offset = offset;
    window->size = BH_PAGE_SIZE;
}

static void window_counts(void **state)
{
    (void)state;
    sys.window[CLIENT_WINDOW].size = BH_PAGE_SIZE;
    sys.window[DISK_WINDOW].size = BH_PAGE_SIZE;
    add_window(sys.process[CLIENT].space, BH_PAGE_SIZE);
    for (unsigned i = 1; i < 4; i++)
        add_window(DISK_SPACE, i * BH_PAGE_SIZE);
    expect_rule(GOOD);
    add_window(sys.process[CLIENT].space, 2 * BH_PAGE_SIZE);
    expect_rule(SYSDESC_RULE_WINDOW_COUNT);
    sys.windows--;
    add_window(DISK_SPACE, 4 * BH_PAGE_SIZE);
    expect_rule(SYSDESC_RULE_WINDOW_COUNT);
}

static void window_ranges(void **state)
{
    struct sysdesc_window *window = &sys.window[CLIENT_WINDOW];

    (void)state;
    window->offset = MIB - BH_PAGE_SIZE;
    window->size = BH_PAGE_SIZE;
    expect_rule(GOOD);
    window->offset = MIB;
    expect_rule(SYSDESC_RULE_WINDOW_RANGE);
    window->offset = UINT64_MAX - BH_PAGE_SIZE + 1;
    expect_rule(SYSDESC_RULE_WINDOW_RANGE);
}

static void add_caps(uint16_t process, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        struct sysdesc_cap *cap = &sys.cap[sys.caps++];

        memset(cap, 0, sizeof(*cap));
        strcpy(cap->name, "more");
        cap->process = process;
        cap->channel = SYSDESC_NONE;
        cap->object.type = BH_AUDIT;
        cap->rights = BH_R_AUDIT_READ;
    }
}

static void cap_counts(void **state)
{
    (void)state;
    /* The client has 4 declared ones and one of its channel. */
    add_caps(CLIENT, 58);
    expect_rule(GOOD);
    add_caps(CLIENT, 1);
    expect_rule(SYSDESC_RULE_CAP_COUNT);
}

static void info_counts(void **state)
{
    (void)state;
    /* 63 capabilities, 1 window, 1 channel, 1 DMA window, then values. */
    add_caps(CLIENT, 58);
    sys.window[DISK_WINDOW].size = BH_PAGE_SIZE;
    add_window(DISK_SPACE, BH_PAGE_SIZE);
    add_window(DISK_SPACE, 2 * BH_PAGE_SIZE);
    while (sys.values < BH_INFO_ENTRIES - 1 - 66)
        sys.value[sys.values++].process = CLIENT;
    expect_rule(GOOD);
    sys.value[sys.values++].process = CLIENT;
    expect_rule(SYSDESC_RULE_INFO_COUNT);
}

static void add_channels(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        struct sysdesc_channel *channel = &sys.channel[sys.channels++];

        *channel = sys.channel[0];
        channel->end[SYSDESC_PRODUCER].badge = UINT64_C(0x1000) << i;
        channel->end[SYSDESC_CONSUMER].badge = UINT64_C(0x1000) << i;
    }
}

/* Declared and implied capabilities together have to fit their array. */
static void all_caps(void **state)
{
    (void)state;
    add_channels(1);
    for (unsigned i = 0; sys.caps < SYSDESC_CAPS - 4; i++)
        add_caps((uint16_t)(i % 3), 1);
    findings_start(&findings);
    rules_limit(&sys, &findings.report);
    assert_int_equal(findings.report.count, 0);
    add_caps(SERVER, 1);
    rules_limit(&sys, &findings.report);
    assert_int_equal(findings.report.count, 1);
    assert_int_equal(findings.rule[0], SYSDESC_RULE_LIMIT);
}

static void deadlines(void **state)
{
    (void)state;
    sys.portal[0].deadline = 10000000;
    expect_rule(GOOD);
    sys.portal[0].deadline++;
    expect_rule(SYSDESC_RULE_PORTAL_DEADLINE);
    sys.portal[0].deadline = 1;
    expect_rule(GOOD);
    sys.portal[0].deadline = 0;
    expect_rule(SYSDESC_RULE_PORTAL_DEADLINE);
}

static void dma_limits(void **state)
{
    struct sysdesc_space *space = &sys.space[DISK_SPACE];

    (void)state;
    space->iova = SYSDESC_IOVA_END - space->size;
    expect_rule(GOOD);
    space->iova += MIB;
    expect_rule(SYSDESC_RULE_DMA_RANGE);
    space->iova = SYSDESC_IOVA_FIRST - MIB;
    expect_rule(SYSDESC_RULE_DMA_RANGE);
    space->iova = SYSDESC_IOVA_FIRST;
    space->size = 0;
    expect_rule(SYSDESC_RULE_DMA_ALIGN);
}

/* The three processes of the description have 2, 4 and 3 page tables and a segment table each. */
static void table_budget(void **state)
{
    struct sysdesc_space *space = &sys.space[DISK_SPACE];

    (void)state;
    space->size = (SYSDESC_PAGE_TABLES - 9) * MIB;
    expect_rule(GOOD);
    space->size += MIB;
    expect_rule(SYSDESC_RULE_TABLE_BUDGET);
}

static void isc_limits(void **state)
{
    (void)state;
    sys.interrupt[0].isc = 7;
    expect_rule(GOOD);
    sys.interrupt[0].isc = 0;
    expect_rule(GOOD);
    sys.interrupt[0].isc = UINT32_MAX;
    expect_rule(SYSDESC_RULE_ISC_RANGE);
}

static void channel_sizes(void **state)
{
    (void)state;
    for (uint64_t pages = 1; pages <= 64; pages *= 2) {
        sys.channel[0].size = pages * BH_PAGE_SIZE;
        expect_rule(GOOD);
    }
    sys.channel[0].size = 96 * BH_PAGE_SIZE;
    expect_rule(SYSDESC_RULE_CHANNEL_SIZE);
    sys.channel[0].size = 0;
    expect_rule(SYSDESC_RULE_CHANNEL_SIZE);
    sys.region[CLIENT_MEMORY].base = 0x10000000;
    sys.region[CLIENT_MEMORY].size = 16 * MIB;
    sys.channel[0].size = MIB;
    expect_rule(GOOD);
    sys.channel[0].size = 2 * MIB;
    expect_rule(SYSDESC_RULE_CHANNEL_SIZE);
}

/* The bound notification of a process wakes it as well as a capability to wait does. */
static void channel_wakes(void **state)
{
    (void)state;
    for (uint16_t c = 0; c < sys.caps; c++)
        if (sys.cap[c].process == OTHER && sys.cap[c].object.type == BH_NOTIFICATION)
            sys.cap[c].rights = 0;
    expect_rule(SYSDESC_RULE_CHANNEL_WAKE);
    sys.process[OTHER].bound_notification = sys.channel[0].end[SYSDESC_CONSUMER].wake;
    expect_rule(GOOD);
}

static void guest_limits(void **state)
{
    (void)state;
    sys.guest[0].tables = SYSDESC_GUEST_TABLES;
    expect_rule(GOOD);
    sys.guest[0].tables++;
    expect_rule(SYSDESC_RULE_GUEST_TABLES);
    sys.guest[0].tables = SYSDESC_GUEST_TABLES_MIN;
    expect_rule(GOOD);
    sys.guest[0].tables--;
    expect_rule(SYSDESC_RULE_GUEST_TABLES);
    sys.guest[0].tables = SYSDESC_GUEST_TABLES_MIN;
    sys.guest[0].priority = BH_PRIORITIES - 1;
    expect_rule(GOOD);
    sys.guest[0].priority++;
    expect_rule(SYSDESC_RULE_PRIORITY);
    sys.guest[0].priority = 0;
    sys.region[GUEST_MEMORY].base += BH_PAGE_SIZE;
    expect_rule(SYSDESC_RULE_GUEST_MEMORY);
}

/* A VMM's room is a page less, for the state of the vCPU. */
static void vmm_room(void **state)
{
    struct sysdesc_process *server = &sys.process[SERVER];

    (void)state;
    server->heap = sys.region[SERVER_MEMORY].size - 4 * BH_PAGE_SIZE - server->stack - BH_PAGE_SIZE;
    expect_rule(GOOD);
    server->heap += BH_PAGE_SIZE;
    expect_rule(SYSDESC_RULE_PROCESS_ROOM);
}

static void slices(void **state)
{
    (void)state;
    sys.schedule.slice = 100;
    expect_rule(GOOD);
    sys.schedule.slice = 99;
    expect_rule(SYSDESC_RULE_SLICE);
    sys.schedule.slice = 1000000;
    expect_rule(GOOD);
    sys.schedule.slice = 1000001;
    expect_rule(SYSDESC_RULE_SLICE);
    sys.schedule.slice = 0;
    expect_rule(SYSDESC_RULE_SLICE);
}

static void schedules(void **state)
{
    (void)state;
    sys.time_window[0].start = 1;
    expect_rule(SYSDESC_RULE_SCHEDULE);
    sys.time_windows = 0;
    expect_rule(SYSDESC_RULE_SCHEDULE);
    sys.schedule.period = 0;
    expect_rule(GOOD);
}

static void overlaps(void **state)
{
    (void)state;
    assert_true(rules_overlap(0, 2, 1, 2));
    assert_true(rules_overlap(1, 2, 0, 2));
    assert_true(rules_overlap(0, 4, 1, 1));
    assert_true(rules_overlap(1, 1, 0, 4));
    assert_false(rules_overlap(0, 1, 1, 1));
    assert_false(rules_overlap(1, 1, 0, 1));
    assert_false(rules_overlap(1, 0, 0, 4));
    assert_false(rules_overlap(0, 4, 1, 0));
    assert_false(rules_overlap(UINT64_MAX, 1, 0, 1));
    assert_true(rules_overlap(UINT64_MAX - 1, 2, UINT64_MAX, 1));
}

static void inside(void **state)
{
    (void)state;
    assert_true(rules_inside(0, 4, 4));
    assert_true(rules_inside(4, 0, 4));
    assert_true(rules_inside(3, 1, 4));
    assert_false(rules_inside(0, 5, 4));
    assert_false(rules_inside(4, 1, 4));
    assert_false(rules_inside(5, 0, 4));
    assert_false(rules_inside(2, UINT64_MAX, 4));
    assert_false(rules_inside(UINT64_MAX, 2, 4));
}

static void sums(void **state)
{
    (void)state;
    assert_int_equal(layout_sum(1, 2), 3);
    assert_true(layout_sum(UINT64_MAX, 1) == UINT64_MAX);
    assert_int_equal(layout_segments(0), 0);
    assert_int_equal(layout_segments(1), MIB);
    assert_int_equal(layout_segments(MIB), MIB);
    assert_true(layout_segments(UINT64_MAX - 1) == UINT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(region_limits, load),
        cmocka_unit_test_setup(process_room, load),
        cmocka_unit_test_setup(priorities, load),
        cmocka_unit_test_setup(space_size, load),
        cmocka_unit_test_setup(window_counts, load),
        cmocka_unit_test_setup(window_ranges, load),
        cmocka_unit_test_setup(cap_counts, load),
        cmocka_unit_test_setup(info_counts, load),
        cmocka_unit_test_setup(all_caps, load),
        cmocka_unit_test_setup(deadlines, load),
        cmocka_unit_test_setup(dma_limits, load),
        cmocka_unit_test_setup(table_budget, load),
        cmocka_unit_test_setup(isc_limits, load),
        cmocka_unit_test_setup(channel_sizes, load),
        cmocka_unit_test_setup(channel_wakes, load),
        cmocka_unit_test_setup(guest_limits, load),
        cmocka_unit_test_setup(vmm_room, load),
        cmocka_unit_test_setup(slices, load),
        cmocka_unit_test_setup(schedules, load),
        cmocka_unit_test(overlaps),
        cmocka_unit_test(inside),
        cmocka_unit_test(sums),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
