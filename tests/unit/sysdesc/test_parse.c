/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: what the reader makes of a description, and of blobs that the compiler would not make. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/sysdesc/build_blob.h"
#include "tests/unit/sysdesc/support.h"

static struct sysdesc sys;
static struct findings findings;
static struct build build;

/* The process of this name; there is one. */
static uint16_t process(const char *name)
{
    for (uint16_t p = 0; p < sys.processes; p++)
        if (strcmp(sys.process[p].name, name) == 0)
            return p;
    fail_msg("no process %s", name);
    return 0;
}

static const struct sysdesc_cap *cap(const char *of, const char *name)
{
    for (uint16_t c = 0; c < sys.caps; c++)
        if (sys.cap[c].process == process(of) && strcmp(sys.cap[c].name, name) == 0)
            return &sys.cap[c];
    fail_msg("no capability %s", name);
    return NULL;
}

static void machine_and_memory(void **state)
{
    (void)state;
    load_checked(&sys, "everything");
    assert_int_equal(sys.machine.memory, 512 << 20);
    assert_int_equal(sys.machine.boot_area, 64 << 20);
    assert_int_equal(sys.partitions, 2);
    assert_string_equal(sys.partition[0].name, "one");
    assert_string_equal(sys.partition[1].name, "two");
    assert_int_equal(sys.regions, 5);
    assert_string_equal(sys.region[2].name, "dma");
    assert_int_equal(sys.region[2].partition, 0);
    assert_int_equal(sys.region[2].base, 0x4200000);
    assert_int_equal(sys.region[2].size, 0x100000);
    assert_int_equal(sys.region[4].partition, 1);
}

static void processes(void **state)
{
    const struct sysdesc_process *client, *server;

    (void)state;
    load_checked(&sys, "everything");
    assert_int_equal(sys.processes, 3);
    client = &sys.process[process("client")];
    server = &sys.process[process("server")];
    assert_string_equal(client->program, "client");
    assert_string_equal(sys.region[client->region].name, "client");
    assert_int_equal(client->stack, 16384);
    assert_int_equal(client->heap, 65536);
    assert_int_equal(client->priority, 10);
    assert_true(client->floating_point);
    assert_int_equal(client->bound_notification, SYSDESC_NONE);
    assert_int_equal(server->heap, 0);
    assert_false(server->floating_point);
    assert_string_equal(sys.notification[server->bound_notification].name, "server-events");
    assert_int_equal(sys.values, 1);
    assert_string_equal(sys.value[0].name, "blocks");
    assert_int_equal(sys.value[0].value, 100);
    assert_int_equal(sys.value[0].process, process("client"));
}

static void pci(void **state)
{
    const struct sysdesc_function *disk;

    (void)state;
    load_checked(&sys, "everything");
    assert_int_equal(sys.functions, 1);
    disk = &sys.function[0];
    assert_int_equal(disk->fid, 1);
    assert_int_equal(disk->interrupt, 0);
    assert_int_equal(sys.space[disk->space].iova, 0x100000000);
    assert_int_equal(sys.space[disk->space].size, 16 << 20);
    assert_string_equal(sys.region[disk->bound.region].name, "dma");
    assert_int_equal(disk->bound.offset, 0);
    assert_int_equal(disk->bound.size, 4096);
    assert_int_equal(disk->events.badge, 2);
    assert_int_equal(sys.interrupt[0].isc, 3);
    assert_int_equal(sys.interrupt[0].signal.badge, 1);
    assert_string_equal(sys.notification[sys.interrupt[0].signal.notification].name,
                        "client-events");
    assert_int_equal(sys.console_input.badge, 1);
    assert_string_equal(sys.notification[sys.console_input.notification].name, "other-events");
}

static void authority(void **state)
{
    (void)state;
    load_checked(&sys, "everything");
    assert_int_equal(sys.caps, 16);
    assert_int_equal(cap("server", "space")->object.type, BH_SPACE);
    assert_int_equal(cap("server", "space")->object.index, sys.process[process("client")].space);
    assert_int_equal(cap("server", "table")->object.type, BH_CAPTABLE);
    assert_int_equal(cap("server", "table")->object.index, process("client"));
    assert_int_equal(cap("server", "irq")->object.type, BH_IRQ);
    assert_int_equal(cap("server", "memory")->object.index, 2);
    assert_int_equal(cap("client", "disk")->object.type, BH_PCI);
    assert_int_equal(cap("client", "disk")->rights, BH_R_PCI_LOAD | BH_R_PCI_STORE);
    assert_int_equal(cap("client", "map")->object.type, BH_IOSPACE);
    assert_int_equal(cap("client", "map")->object.index, sys.function[0].space);
    assert_int_equal(cap("client", "service")->badge, 9);
    assert_int_equal(cap("server", "client")->object.type, BH_THREAD);
    assert_int_equal(cap("server", "client")->object.index, process("client"));
    assert_int_equal(cap("other", "one")->object.type, BH_PARTITION);
    assert_int_equal(cap("other", "one")->object.index, 0);
    assert_int_equal(cap("other", "console")->object.type, BH_CONSOLE);
    assert_int_equal(cap("other", "audit")->object.type, BH_AUDIT);
    assert_int_equal(sys.windows, 2);
    assert_int_equal(sys.window[1].space, sys.process[process("client")].space);
    assert_int_equal(sys.window[1].rights, BH_R_REGION_READ | BH_R_REGION_WRITE);
}

static void messages(void **state)
{
    const struct sysdesc_channel *text = &sys.channel[0];

    (void)state;
    load_checked(&sys, "everything");
    assert_int_equal(sys.endpoints, 1);
    assert_int_equal(sys.endpoint[0].servers, 1);
    assert_int_equal(sys.endpoint[0].server[0], process("server"));
    assert_int_equal(sys.portals, 3);
    assert_false(sys.portal[0].guest);
    assert_int_equal(sys.portal[0].of, process("client"));
    assert_int_equal(sys.portal[0].reason, BH_REASON_FAULT);
    assert_int_equal(sys.portal[0].badge, 7);
    assert_int_equal(sys.portal[0].deadline, 10000);
    assert_true(sys.portal[1].guest);
    assert_int_equal(sys.portal[1].reason, BH_REASON_DEFAULT);
    assert_int_equal(sys.portal[1].badge, 0x100);
    assert_true(sys.portal[2].guest);
    assert_int_equal(sys.portal[2].reason, BH_REASON_RPCIT);
    assert_int_equal(text->size, 4096);
    assert_int_equal(text->end[SYSDESC_PRODUCER].process, process("client"));
    assert_int_equal(text->end[SYSDESC_PRODUCER].badge, 4);
    assert_int_equal(text->end[SYSDESC_CONSUMER].process, process("other"));
    assert_int_equal(text->end[SYSDESC_CONSUMER].badge, 2);
}

static void guests_and_time(void **state)
{
    (void)state;
    load_checked(&sys, "everything");
    assert_int_equal(sys.guests, 1);
    assert_string_equal(sys.guest[0].kernel, "vmlinuz");
    assert_string_equal(sys.guest[0].initrd, "initrd.img");
    assert_string_equal(sys.guest[0].command_line, "console=ttyS0");
    assert_int_equal(sys.guest[0].priority, 9);
    assert_int_equal(sys.guest[0].tables, 64);
    assert_int_equal(sys.guest[0].functions, 1);
    assert_int_equal(sys.guest[0].function[0], 0);
    assert_int_equal(sys.guest[0].vmm, process("server"));
    assert_int_equal(sys.schedule.slice, 5000);
    assert_int_equal(sys.schedule.period, 20000);
    assert_int_equal(sys.time_windows, 1);
    assert_int_equal(sys.time_window[0].partitions, 3);
    load_checked(&sys, "minimal");
    assert_int_equal(sys.schedule.slice, SYSDESC_SLICE);
    assert_true(sys.schedule.node < 0);
}

static void parse_built(void)
{
    size_t size = build_finish(&build);

    findings_start(&findings);
    sysdesc_parse(&sys, build.blob, size, &findings.report);
}

static void expect_finding(enum sysdesc_rule rule, const char *message)
{
    for (unsigned i = 0; i < findings.report.count && i < FINDINGS; i++)
        if (findings.rule[i] == rule && strcmp(findings.message[i], message) == 0)
            return;
    fail_msg("no finding [%s] %s", sysdesc_rule_name(rule), message);
}

/* A root with a machine, up to its partitions, which the caller ends. */
static void start_system(void)
{
    build_start(&build);
    build_node(&build, "");
    build_text(&build, "compatible", "bulkhead,system-1");
    build_node(&build, "machine");
    build_text(&build, "memory", "128M");
    build_text(&build, "boot-area", "64M");
    build_end(&build);
    build_node(&build, "partitions");
}

/* The compiler refuses these; a blob from elsewhere may have them. */
static void duplicates(void **state)
{
    (void)state;
    start_system();
    build_node(&build, "one");
    build_end(&build);
    build_node(&build, "one");
    build_end(&build);
    build_end(&build);
    build_node(&build, "machine");
    build_end(&build);
    build_end(&build);
    parse_built();
    expect_finding(SYSDESC_RULE_DUPLICATE, "there is another node \"one\" beside this one");
    expect_finding(SYSDESC_RULE_DUPLICATE, "there is another node \"machine\" beside this one");

    start_system();
    build_node(&build, "one");
    build_node(&build, "memory");
    build_node(&build, "ram");
    build_cell(&build, "base", 0x4000000);
    build_text(&build, "size", "1M");
    build_cell(&build, "base", 0x5000000);
    build_end(&build);
    build_end(&build);
    build_end(&build);
    build_end(&build);
    build_end(&build);
    parse_built();
    assert_int_equal(findings.report.count, 1);
    expect_finding(SYSDESC_RULE_DUPLICATE, "the property \"base\" is there twice");
}

static void no_compatible(void **state)
{
    (void)state;
    build_start(&build);
    build_node(&build, "");
    build_end(&build);
    parse_built();
    assert_int_equal(findings.report.count, 3);
    expect_finding(SYSDESC_RULE_MISSING_NODE, "this root needs a node \"machine\"");
    expect_finding(SYSDESC_RULE_MISSING_NODE, "this root needs a node \"partitions\"");
    expect_finding(SYSDESC_RULE_COMPATIBLE,
                   "the root must say: compatible = \"bulkhead,system-1\"");
}

/* Everything below a refused node is left out without a word. */
static void refused_subtrees(void **state)
{
    (void)state;
    start_system();
    build_node(&build, "one");
    build_node(&build, "extras");
    build_node(&build, "memory");
    build_node(&build, "Bad Name");
    build_end(&build);
    build_end(&build);
    build_end(&build);
    build_end(&build);
    build_end(&build);
    build_end(&build);
    parse_built();
    assert_int_equal(findings.report.count, 1);
    expect_finding(SYSDESC_RULE_UNKNOWN_NODE, "a partition has no node \"extras\"");
    assert_int_equal(sys.regions, 0);
}

/* A name that would not fit a message, with bytes that cannot be printed. */
static void hostile_names(void **state)
{
    char name[1000];

    (void)state;
    memset(name, '\033', sizeof(name));
    name[sizeof(name) - 1] = '\0';
    start_system();
    build_node(&build, name);
    build_end(&build);
    build_end(&build);
    build_end(&build);
    parse_built();
    assert_true(findings.report.count >= 1);
    assert_int_equal(findings.rule[0], SYSDESC_RULE_NAME);
    assert_int_equal(strlen(findings.message[0]), SYSDESC_LINE - 1);
    assert_null(strchr(findings.message[0], '\033'));
}

static void too_many_values(void **state)
{
    char name[8] = "v---";

    (void)state;
    start_system();
    build_node(&build, "one");
    build_node(&build, "processes");
    build_node(&build, "much");
    build_node(&build, "values");
    for (unsigned i = 0; i <= SYSDESC_VALUES; i++) {
        name[1] = (char)('a' + i / 26);
        name[2] = (char)('a' + i % 26);
        build_cell(&build, name, i);
    }
    build_end(&build);
    build_end(&build);
    build_end(&build);
    build_end(&build);
    build_end(&build);
    build_end(&build);
    parse_built();
    expect_finding(SYSDESC_RULE_LIMIT, "too many values: at most 128");
    assert_int_equal(sys.values, SYSDESC_VALUES);
}

/* `count` nodes named after their numbers, each with one property. */
static void build_many(const char *list, unsigned count)
{
    char name[] = "n---";

    build_node(&build, list);
    for (unsigned i = 0; i < count; i++) {
        name[1] = (char)('a' + i / 676);
        name[2] = (char)('a' + i / 26 % 26);
        name[3] = (char)('a' + i % 26);
        build_node(&build, name);
        build_cell(&build, "badge", 0x77777777);
        build_end(&build);
    }
    build_end(&build);
}

static void too_many_elements(void **state)
{

    (void)state;
    start_system();
    build_node(&build, "one");
    build_node(&build, "processes");
    build_node(&build, "much");
    build_many("caps", 1100);
    for (unsigned i = 0; i < 5; i++)
        build_end(&build);
    parse_built();
    assert_int_equal(sys.caps, SYSDESC_CAPS);
    assert_int_equal(sys.cap[SYSDESC_CAPS - 1].badge, 0x77777777);
    /* The others are written nowhere. */
    assert_int_equal(sys.machine.memory, 128 << 20);
    assert_int_equal(sys.schedule.period, 0);
    assert_int_equal(sys.schedule.slice, SYSDESC_SLICE);
    expect_finding(SYSDESC_RULE_LIMIT, "too many nodes of the kind capability: at most 1024");
}

/* No list is full, but the table of all nodes is. */
static void too_many_nodes(void **state)
{
    (void)state;
    start_system();
    build_node(&build, "one");
    build_many("memory", SYSDESC_REGIONS);
    build_many("notifications", SYSDESC_NOTIFICATIONS);
    build_many("endpoints", SYSDESC_ENDPOINTS);
    build_node(&build, "processes");
    build_node(&build, "much");
    build_many("caps", SYSDESC_CAPS);
    build_many("windows", SYSDESC_WINDOWS);
    for (unsigned i = 0; i < 5; i++)
        build_end(&build);
    /* The findings about its properties come behind those about nodes. */
    parse_built();
    assert_int_equal(findings.rule[0], SYSDESC_RULE_LIMIT);
    assert_string_equal(findings.message[0], "too many nodes: at most 1408");
}

static void rule_names(void **state)
{
    (void)state;
    assert_string_equal(sysdesc_rule_name(SYSDESC_RULE_DEVICETREE), "devicetree");
    assert_string_equal(sysdesc_rule_name(SYSDESC_RULE_IMAGE_ROOM), "image-room");
    assert_string_equal(sysdesc_rule_name(SYSDESC_RULES), "?");
    for (unsigned i = 0; i < SYSDESC_RULES; i++)
        for (unsigned j = 0; j < i; j++)
            assert_string_not_equal(sysdesc_rule_name(i), sysdesc_rule_name(j));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(machine_and_memory),
        cmocka_unit_test(processes),
        cmocka_unit_test(pci),
        cmocka_unit_test(authority),
        cmocka_unit_test(messages),
        cmocka_unit_test(guests_and_time),
        cmocka_unit_test(duplicates),
        cmocka_unit_test(no_compatible),
        cmocka_unit_test(refused_subtrees),
        cmocka_unit_test(hostile_names),
        cmocka_unit_test(too_many_values),
        cmocka_unit_test(too_many_nodes),
        cmocka_unit_test(too_many_elements),
        cmocka_unit_test(rule_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
