/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The console process: prints what other processes write into their channels, and the audit trail.
 * Belongs to: console.
 *
 * Channels: those named "NAME-text" that it consumes; each line is printed as "NAME: text".
 * Capabilities: "console" (write), "events" (wait; the channels signal it), "audit" (read; without
 * it there is no audit output). Its priority should be above that of the processes it serves: they
 * lose output if their channel stays full for a second.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "libs/rt/info.h"
#include "libs/rt/ring.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"
#include "vmm/console/audit.h"
#include "vmm/console/lines.h"

/* A process space has few windows, and each channel takes one. */
#define SOURCES (BH_WINDOWS - 1)
#define POLL_US 100000u
#define PIECE 256u

struct source {
    struct bh_ring ring;
    struct console_lines lines;
    char name[sizeof(((struct bh_info_entry *)NULL)->name)];
};

static struct source source[SOURCES];
static unsigned sources;

static int audit_cap;
static uint64_t audit_next, audit_start;

static void print_line(const char *name, const char *text)
{
    printf("%s: %s\n", name, text);
}

static void add_source(const struct bh_info_entry *channel)
{
    struct source *to = &source[sources++];

    bh_ring_consumer(&to->ring, (void *)(uintptr_t)channel->value, channel->size);
    snprintf(to->name, sizeof(to->name), "%.*s",
             (int)(strlen(channel->name) - strlen(BH_TEXT_SUFFIX)), channel->name);
    to->lines.name = to->name;
    to->lines.print = print_line;
}

static void find_sources(void)
{
    const struct bh_info_entry *entry;
    unsigned position = 0;

    while (sources < SOURCES && (entry = bh_info_next_text(BH_CHANNEL_CONSUMER, &position)))
        add_source(entry);
}

/* A piece from each source, so that none can keep the others waiting. */
static bool serve_sources(void)
{
    bool any = false;

    for (unsigned i = 0; i < sources; i++) {
        char bytes[PIECE];
        uint64_t count = bh_ring_read(&source[i].ring, bytes, sizeof(bytes));

        console_lines_add(&source[i].lines, bytes, count);
        any = any || count > 0;
    }
    return any;
}

static void print_record(const struct audit_record *record)
{
    char text[CONSOLE_LINE];

    if (audit_start == 0)
        audit_start = record->time;
    audit_text(text, sizeof(text), record, audit_start);
    puts(text);
}

/* One record, if there is a new one. */
static bool serve_audit(void)
{
    struct bh_results r;
    struct audit_record record;

    if (audit_cap < 0 || bh_audit_read((uint64_t)audit_cap, audit_next, &r) != BH_E_OK)
        return false;
    if (r.gr3 - 1 != audit_next)
        printf("audit: %lu records lost\n", r.gr3 - 1 - audit_next);
    audit_next = r.gr3;
    record = (struct audit_record){.time = r.gr4, .who = r.gr5, .first = r.gr6, .second = r.gr7};
    print_record(&record);
    return true;
}

int main(void)
{
    unsigned events = bh_need_cap("events");
    uint64_t bits;

    audit_cap = bh_cap("audit");
    find_sources();
    for (;;) {
        bool lines = serve_sources();
        bool records = serve_audit();

        if (!lines && !records)
            bh_svc_wait(events, bh_deadline(POLL_US), &bits);
    }
}
