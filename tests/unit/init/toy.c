/* SPDX-License-Identifier: BSD-2-Clause */
/* The toy kernel: dispatch, capabilities, console. Belongs to: test. */
#include "tests/lib/test.h"

#include <stdlib.h>
#include <string.h>

#include "libs/rt/output.h"
#include "libs/rt/rt.h"
#include "libs/sysdesc/init/scratch.h"
#include "tests/unit/init/toy.h"

#define ALL_RIGHTS 0xffu
#define TRACE_STEP 256u
#define CLOCK_STEP (10000u * BH_TOD_PER_US)

struct toy toy;
uint8_t toy_memory[TOY_MEMORY];
struct fake_zpci machine;

struct method {
    uint64_t number, right;
};

static const struct method methods[] = {
#define METHOD(object, name, number, right, arguments, text)                                       \
    {BH_M_##object##_##name, BH_R_##object##_##right},
#define ERR(error, when)
#include "libs/abi/methods.def"
#undef METHOD
#undef ERR
};

static const struct method *find_method(uint64_t number)
{
    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
        if (methods[i].number == number)
            return &methods[i];
    }
    return NULL;
}

uint64_t toy_own(uint64_t slot, enum bh_object type, uint64_t rights, uint64_t *object)
{
    if (slot >= BH_SLOTS || toy.cap[0][slot].type == BH_NONE)
        return BH_E_CAP;
    if (toy.cap[0][slot].type != type)
        return BH_E_TYPE;
    *object = toy.cap[0][slot].object;
    return (toy.cap[0][slot].rights & rights) == rights ? BH_E_OK : BH_E_RIGHT;
}

static uint64_t grant(struct toy_cap *table, const uint64_t *a)
{
    if (toy.sealed)
        return BH_E_SEALED;
    if (a[0] >= BH_SLOTS)
        return BH_E_ARG;
    if (table[a[0]].type != BH_NONE)
        return BH_E_EXISTS;
    if (a[1] >= BH_SLOTS || toy.cap[0][a[1]].type == BH_NONE)
        return BH_E_CAP;
    table[a[0]] = toy.cap[0][a[1]];
    if (!toy.grants_extra)
        table[a[0]].rights &= a[2];
    table[a[0]].badge = a[3];
    return BH_E_OK;
}

static uint64_t captable_invoke(uint64_t object, uint64_t method, const uint64_t *a,
                                struct bh_results *r)
{
    struct toy_cap *table = toy.cap[object];

    if (method == BH_M_CAPTABLE_GRANT)
        return grant(table, a);
    if (method == BH_M_CAPTABLE_OWNER) {
        r->gr3 = toy.table_owner[object];
        return BH_E_OK;
    }
    if (a[0] >= BH_SLOTS)
        return BH_E_ARG;
    if (method == BH_M_CAPTABLE_DROP) {
        table[a[0]] = (struct toy_cap){0};
        return BH_E_OK;
    }
    assert_int_equal(method, BH_M_CAPTABLE_INSPECT);
    r->gr3 = table[a[0]].type;
    r->gr4 = table[a[0]].object;
    r->gr5 = table[a[0]].rights;
    r->gr6 = table[a[0]].badge;
    return BH_E_OK;
}

static uint64_t partition_invoke(uint64_t object, uint64_t method, const uint64_t *a,
                                 struct bh_results *r)
{
    switch (method) {
    case BH_M_PARTITION_INSPECT:
        r->gr3 = object;
        r->gr4 = object == toy.stopped_partition ? 1 : 0;
        return BH_E_OK;
    case BH_M_PARTITION_CLP:
        return toy.sealed ? BH_E_SEALED : toy_clp(a[0], &r->gr3);
    case BH_M_PARTITION_SEAL:
        if (toy.sealed)
            return BH_E_SEALED;
        toy.sealed = true;
        return BH_E_OK;
    default:
        return toy.sealed ? BH_E_SEALED : toy_create(object, method, a);
    }
}

static uint64_t region_inspect(uint64_t object, struct bh_results *r)
{
    r->gr3 = toy.region[object].first;
    r->gr4 = toy.region[object].frames;
    r->gr5 = toy.region[object].owner;
    return BH_E_OK;
}

static uint64_t notification_inspect(uint64_t object, struct bh_results *r)
{
    r->gr3 = toy.notification_owner[object];
    r->gr4 = toy.notification_thread[object];
    return BH_E_OK;
}

static uint64_t console_bind(const uint64_t *a)
{
    uint64_t notification;
    uint64_t error = toy_own(a[0], BH_NOTIFICATION, BH_R_NOTIFICATION_EVENT, &notification);

    if (error == BH_E_OK)
        toy.console = (struct toy_signal){notification, toy.cap[0][a[0]].badge};
    return error;
}

static uint64_t console_invoke(uint64_t method, const uint64_t *a, struct bh_results *r)
{
    if (method == BH_M_CONSOLE_BIND)
        return console_bind(a);
    r->gr3 = toy.console.notification == TOY_NONE ? 0 : toy.console.notification + 1;
    r->gr4 = toy.console.badge;
    return BH_E_OK;
}

static uint64_t schedule_invoke(uint64_t method, const uint64_t *a, struct bh_results *r)
{
    if (method == BH_M_SCHEDULE_SET_SLICE)
        toy.slice = a[0];
    r->gr3 = toy.slice;
    r->gr4 = 1;
    return BH_E_OK;
}

static uint64_t dispatch(const struct toy_cap *cap, uint64_t method, const uint64_t *a,
                         struct bh_results *r)
{
    switch (cap->type) {
    case BH_PARTITION:
        return partition_invoke(cap->object, method, a, r);
    case BH_REGION:
        return region_inspect(cap->object, r);
    case BH_SPACE:
        return toy_space_invoke(cap->object, method, a, r);
    case BH_IOSPACE:
        return toy_iospace_invoke(cap->object, method, a, r);
    case BH_CAPTABLE:
        return captable_invoke(cap->object, method, a, r);
    case BH_THREAD:
        return toy_thread_invoke(cap->object, method, a, r);
    case BH_PCI:
        return toy_pci_invoke(cap->object, method, a, r);
    case BH_IRQ:
        return toy_irq_invoke(cap->object, method, a, r);
    case BH_VCPU:
        return toy_vcpu_invoke(cap->object, method, a, r);
    case BH_ENDPOINT:
        r->gr3 = toy.endpoint_owner[cap->object];
        return BH_E_OK;
    case BH_NOTIFICATION:
        return notification_inspect(cap->object, r);
    case BH_CONSOLE:
        return console_invoke(method, a, r);
    case BH_SCHEDULE:
        return schedule_invoke(method, a, r);
    default:
        fail_msg("init never invokes this type: %u", (unsigned)cap->type);
        return BH_E_METHOD;
    }
}

uint64_t bh_svc_invoke(uint64_t cap, uint64_t method, const uint64_t arguments[BH_ARGUMENTS],
                       struct bh_results *results)
{
    const struct method *known = find_method(method);
    const struct toy_cap *own = &toy.cap[0][cap % BH_SLOTS];

    memset(results, 0, sizeof(*results));
    assert_true(toy.calls < TOY_LOG);
    toy.log[toy.calls++] = method;
    if (toy.calls == toy.fail_at)
        return toy.fail_error;
    if (cap >= BH_SLOTS || own->type == BH_NONE)
        return BH_E_CAP;
    if (own->type != method / 256)
        return BH_E_TYPE;
    if (!known)
        return BH_E_METHOD;
    if ((own->rights & known->right) != known->right)
        return BH_E_RIGHT;
    return dispatch(own, method, arguments, results);
}

void *bh_message_buffer(void)
{
    return toy.message;
}

/* As on the machine, printing uses the message buffer. */
void bh_output(const char *text, size_t length)
{
    size_t used = strlen(toy.text);

    assert_true(length <= BH_CONSOLE_BYTES && length < TOY_TEXT - used);
    memcpy(toy.message, text, length);
    memcpy(toy.text + used, text, length);
    toy.text[used + length] = '\0';
}

uint64_t bh_tod(void)
{
    return toy.clock += CLOCK_STEP;
}

uint64_t bh_deadline(uint64_t us)
{
    return bh_tod() + us * BH_TOD_PER_US;
}

uint8_t *scratch_memory(void)
{
    return toy_memory + toy.scratch * BH_PAGE_SIZE;
}

bool toy_printed(const char *text)
{
    return strstr(toy.text, text) != NULL;
}

static void give_init(uint64_t slot, enum bh_object type)
{
    toy.cap[0][slot] = (struct toy_cap){type, 0, ALL_RIGHTS, 0};
}

/* Memory as somebody has left it behind. */
static void leave_traces(void)
{
    for (uint32_t at = 0; at < TOY_MEMORY; at += TRACE_STEP)
        toy_memory[at] = 0xaa;
}

void toy_boot(void)
{
    static const struct fake_memory storage = {toy_memory, 0, TOY_MEMORY};

    memset(&toy, 0, sizeof(toy));
    leave_traces();
    toy.partitions = toy.tables = toy.threads = toy.spaces = 1;
    toy.space[0] = (struct toy_space){.pages = TOY_INIT_PAGES, .function = TOY_NONE};
    toy.space[0].leaf = calloc(TOY_INIT_PAGES, sizeof(struct toy_leaf));
    toy.space[0].window[0] = (struct toy_window){TOY_NONE, 0x10, 0x100, 7};
    toy.space[0].window[1] = (struct toy_window){TOY_NONE, 0x110, 0x100, 1};
    toy.stopped_partition = toy.console.notification = TOY_NONE;
    toy.execute_protection = true;
    for (uint64_t isc = 0; isc < BH_POOL_IRQ; isc++)
        toy.irq[isc] = (struct toy_irq){TOY_NONE, {TOY_NONE, 0}};
    give_init(BH_INIT_PARTITION, BH_PARTITION);
    give_init(BH_INIT_CAPTABLE, BH_CAPTABLE);
    give_init(BH_INIT_SPACE, BH_SPACE);
    give_init(BH_INIT_THREAD, BH_THREAD);
    give_init(BH_INIT_CONSOLE, BH_CONSOLE);
    give_init(BH_INIT_SCHEDULE, BH_SCHEDULE);
    give_init(BH_INIT_AUDIT, BH_AUDIT);
    fake_zpci_init(&machine, &storage);
    fake_zpci_install(&machine);
}

void toy_end(void)
{
    for (uint64_t i = 0; i < toy.spaces; i++)
        free(toy.space[i].leaf);
    toy.spaces = 0;
}
