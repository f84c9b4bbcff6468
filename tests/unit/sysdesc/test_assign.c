/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: windows, addresses, slots and canonical lines, by example. What holds of every description
 * is in sound.c and runs on damaged ones too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/sysdesc/sound.h"
#include "tests/unit/sysdesc/support.h"

static struct sysdesc sys, again;

/* The client: 1 MiB of private region, 16 KiB of stack, producer of one page. */
static void private_region(void **state)
{
    const struct sysdesc_process *client;

    (void)state;
    load_model(&sys, "everything");
    client = &sys.process[1];
    assert_string_equal(client->name, "client");
    assert_int_equal(client->shared, 0x100000 - 0x2000);
    assert_int_equal(client->info, 0xfd000);
    assert_int_equal(client->message, 0xfc000);
    assert_int_equal(client->stack_base, 0xf8000);
    assert_int_equal(client->guard, 0xf7000);
    assert_int_equal(client->image_room, 0xf7000);
    /* [1 MiB, 2 MiB) private, [2 MiB, 3 MiB) window, 3 pages of ring from 3 MiB. */
    assert_int_equal(client->pages, 4 * 256);
}

/* The VMM of a guest: a page more, between the information page and the channels. */
static void state_page(void **state)
{
    const struct sysdesc_process *server = &sys.process[0];

    (void)state;
    load_model(&sys, "everything");
    assert_string_equal(server->name, "server");
    assert_int_equal(server->shared, 0x100000);
    assert_int_equal(server->state, 0xff000);
    assert_int_equal(server->info, 0xfe000);
    assert_int_equal(server->message, 0xfd000);
    assert_int_equal(sys.process[1].state, 0);
}

static void channel(void **state)
{
    const struct sysdesc_channel_end *producer = &sys.channel[0].end[SYSDESC_PRODUCER];
    const struct sysdesc_channel_end *consumer = &sys.channel[0].end[SYSDESC_CONSUMER];

    (void)state;
    load_model(&sys, "everything");
    assert_int_equal(producer->address, 0x300000);
    assert_int_equal(producer->offset, 0xfe000);
    assert_int_equal(producer->length, 0x2000);
    assert_int_equal(sys.window[producer->window].address, 0x302000); /* the tail page */
    assert_int_equal(sys.window[producer->window].size, 0x1000);
    assert_int_equal(consumer->address, 0x200000);
    assert_int_equal(consumer->offset, 0xff000);
    assert_int_equal(consumer->length, 0x1000);
    assert_int_equal(sys.window[consumer->window].address, 0x200000); /* head and data */
    assert_int_equal(sys.window[consumer->window].size, 0x2000);
    assert_int_equal(sys.cap[producer->cap].slot, 5);
    assert_string_equal(sys.cap[producer->cap].name, "text");
}

static void systems_are_sound(void **state)
{
    static const char *const names[] = {"minimal", "native", "linux-pci", "linux-shell",
                                        "everything"};

    (void)state;
    for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        load_model(&sys, names[i]);
        sound_references(&sys);
        sound_assignment(&sys);
        sound_lines(&sys);
    }
}

static void same_every_time(void **state)
{
    (void)state;
    load_model(&sys, "native");
    load_model(&again, "everything");
    load_model(&again, "native");
    assert_memory_equal(&sys, &again, sizeof(sys));
}

struct listing {
    char text[16384];
    size_t used;
};

static void add_line(void *context, const char *text)
{
    struct listing *listing = context;

    listing->used += (size_t)snprintf(listing->text + listing->used,
                                      sizeof(listing->text) - listing->used, "%s\n", text);
    assert_true(listing->used < sizeof(listing->text));
}

static const char expected_lines[] =
    "partition one\n"
    "partition two\n"
    "region one/server base 0x4000000 size 0x100000\n"
    "region one/client base 0x4100000 size 0x100000\n"
    "region one/dma base 0x4200000 size 0x100000\n"
    "region one/guest base 0x8000000 size 0x4000000\n"
    "region two/other base 0x5000000 size 0x100000\n"
    "iospace one/disk iova 0x100000000 size 0x1000000\n"
    "space one/server pages 512\n"
    "space one/client pages 1024\n"
    "space two/other pages 768\n"
    "iowindow one/disk 0 region one/dma offset 0x0 size 0x100000 rights read,write\n"
    "window one/server 0 region one/server offset 0x0 size 0x100000 rights "
    "read,write,execute\n"
    "window one/client 0 region one/client offset 0x0 size 0x100000 rights "
    "read,write,execute\n"
    "window one/client 1 region one/dma offset 0x0 size 0x100000 rights read,write\n"
    "window one/client 2 region two/other offset 0xff000 size 0x1000 rights read\n"
    "window two/other 0 region two/other offset 0x0 size 0x100000 rights "
    "read,write,execute\n"
    "window two/other 1 region one/client offset 0xfe000 size 0x2000 rights read\n"
    "endpoint one/faults\n"
    "notification one/server-events\n"
    "notification one/client-events\n"
    "notification two/other-events\n"
    "thread one/server priority 20 bound one/server-events\n"
    "thread one/client priority 10 floating-point\n"
    "thread two/other priority 10\n"
    "portal one/client fault endpoint one/faults badge 0x7 deadline 10000\n"
    "guest-portal one/linux default endpoint one/faults badge 0x100 deadline 1000000\n"
    "guest-portal one/linux rpcit endpoint one/faults badge 0x0 deadline 50000\n"
    "irq one subclass 3 notification one/client-events badge 0x1\n"
    "pci one/disk fid 0x1 subclass 3 notification one/client-events badge 0x2 region one/dma "
    "offset 0x0 size 0x1000\n"
    "console notification two/other-events badge 0x1\n"
    "schedule slice 5000\n"
    "guest one/linux region one/guest vmm one/server priority 9 tables 64 functions disk\n"
    "cap one/server 1 endpoint one/faults recv 0x0\n"
    "cap one/server 2 vcpu one/linux control 0x0\n"
    "cap one/server 3 thread one/client inspect 0x0\n"
    "cap one/server 4 region one/dma inspect 0x0\n"
    "cap one/server 5 space one/client map,inspect 0x0\n"
    "cap one/server 6 captable one/client drop 0x0\n"
    "cap one/server 7 irq one control 0x0\n"
    "cap one/server 8 schedule - inspect 0x0\n"
    "cap one/client 1 pci one/disk load,store 0x0\n"
    "cap one/client 2 iospace one/disk map 0x0\n"
    "cap one/client 3 notification one/client-events wait 0x0\n"
    "cap one/client 4 endpoint one/faults call 0x9\n"
    "cap one/client 5 notification two/other-events signal 0x2\n"
    "cap two/other 1 notification two/other-events wait 0x0\n"
    "cap two/other 2 console - write,read 0x0\n"
    "cap two/other 3 audit - read 0x0\n"
    "cap two/other 4 partition one control 0x0\n"
    "cap two/other 5 notification one/client-events signal 0x4\n";

static void canonical_lines(void **state)
{
    static struct listing listing;

    (void)state;
    load_model(&sys, "everything");
    sysdesc_lines(&sys, add_line, &listing);
    assert_string_equal(listing.text, expected_lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(private_region),  cmocka_unit_test(state_page),
        cmocka_unit_test(channel),         cmocka_unit_test(systems_are_sound),
        cmocka_unit_test(same_every_time), cmocka_unit_test(canonical_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
