/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: what vmm/zpci stands between. */
#include "tests/unit/vmm-zpci/fake.h"

#include <string.h>

#include "drivers/zpci/translator/protocol.h"
#include "libs/rt/info.h"
#include "libs/stubs/svc.h"
#include "libs/zformats/bits.h"
#include "libs/zformats/fib.h"
#include "libs/zformats/psw.h"
#include "tests/lib/test.h"
#include "vmm/clock.h"
#include "vmm/devices/channel.h"
#include "vmm/hooks.h"
#include "vmm/interrupt.h"
#include "vmm/memory.h"
#include "vmm/zpci/events.h"

#define CAP_FUNCTION 10u
#define CAP_INTERRUPTION 5u
#define CAP_TRANSLATOR 6u
#define PREFIX 0x20000u

uint8_t fake_memory[FAKE_BYTES] __attribute__((aligned(4096)));
struct cpu cpu;
static struct bh_vcpu page;
unsigned fake_count;
struct fake_function fake_function[FAKE_FUNCTIONS];
unsigned fake_calls[FAKE_METHODS];
uint64_t fake_argument[FAKE_METHODS][6];
unsigned fake_object;
uint64_t fake_fail_method, fake_fail_error, fake_fail_value, fake_loaded, fake_mode;
unsigned fake_labels[16];
uint64_t fake_words[16][4];
uint64_t fake_result[16];
uint64_t fake_event_handle, fake_event_address, fake_translator_error;
unsigned fake_reports;

void channel_report(void)
{
    fake_reports++;
}

int bh_cap(const char *name)
{
    if (strncmp(name, "function", 8) == 0 && (unsigned)(name[8] - '0') < fake_count)
        return (int)CAP_FUNCTION + name[8] - '0';
    return -1;
}

unsigned bh_need_cap(const char *name)
{
    if (strcmp(name, "translator") == 0)
        return CAP_TRANSLATOR;
    assert_string_equal(name, "interruption");
    return CAP_INTERRUPTION;
}

static uint64_t query(unsigned f, uint64_t field)
{
    switch (field) {
    case 0:
        return 0x11u + f;
    case 1:
        return 128;
    case 2:
        return 128;
    case 3:
        return FAKE_MSIA;
    case 5:
        return FAKE_SDMA / BH_PAGE_SIZE;
    case 6:
        return 0x4000;
    case 8 + FAKE_BAR:
        return FAKE_BAR_LOG2;
    case 14:
        return 0x1af41042;
    case 16 + FAKE_BAR:
        return 0x0c000000u;
    default:
        return 0;
    }
}

static void take_event(struct fake_function *f, struct bh_results *results)
{
    *results = (struct bh_results){.gr3 = f->kind, .gr4 = f->code, .gr5 = f->address};
    f->kind = 0;
}

static uint64_t invoke(struct fake_function *f, uint64_t method, const uint64_t *argument,
                       struct bh_results *results)
{
    switch (method) {
    case BH_M_PCI_ENABLE:
    case BH_M_PCI_DISABLE:
        f->enabled = method == BH_M_PCI_ENABLE;
        f->generation++;
        return BH_E_OK;
    case BH_M_PCI_DMA_REGISTER:
    case BH_M_PCI_DMA_DROP:
        f->dma = method == BH_M_PCI_DMA_REGISTER;
        return BH_E_OK;
    case BH_M_PCI_IRQ_REGISTER:
    case BH_M_PCI_IRQ_DROP:
        f->irq = method == BH_M_PCI_IRQ_REGISTER;
        return BH_E_OK;
    case BH_M_PCI_STATE:
        results->gr4 = f->generation;
        return BH_E_OK;
    case BH_M_PCI_QUERY:
        results->gr3 = query((unsigned)(f - fake_function), argument[0]);
        return BH_E_OK;
    case BH_M_PCI_EVENT:
        take_event(f, results);
        return BH_E_OK;
    case BH_M_PCI_LOAD:
        results->gr3 = fake_loaded;
        return BH_E_OK;
    default:
        return BH_E_OK;
    }
}

uint64_t bh_svc_invoke(uint64_t cap, uint64_t method, const uint64_t arguments[BH_ARGUMENTS],
                       struct bh_results *results)
{
    if (cap == CAP_INTERRUPTION) {
        assert_int_equal(method, BH_M_IRQ_MODE);
        fake_mode = arguments[0];
        return BH_E_OK;
    }
    assert_in_range(cap, CAP_FUNCTION, CAP_FUNCTION + fake_count - 1);
    assert_int_equal(method / 256u, BH_PCI);
    assert_in_range(FAKE_NUMBER(method), 0, FAKE_METHODS - 1);
    fake_object = (unsigned)cap - CAP_FUNCTION;
    fake_calls[FAKE_NUMBER(method)]++;
    memcpy(fake_argument[FAKE_NUMBER(method)], arguments, sizeof(fake_argument[0]));
    if (method == fake_fail_method) {
        results->gr3 = fake_fail_value;
        return fake_fail_error;
    }
    return invoke(&fake_function[fake_object], method, arguments, results);
}

uint64_t bh_svc_call(uint64_t cap, uint64_t words[BH_MESSAGE_WORDS])
{
    uint64_t label = words[0] % 256u;

    assert_int_equal(cap, CAP_TRANSLATOR);
    assert_in_range(label, TRANSLATOR_REGISTER, 15);
    fake_labels[label]++;
    memcpy(fake_words[label], words, sizeof(fake_words[label]));
    words[0] = fake_translator_error;
    words[1] = fake_result[label];
    if (label == TRANSLATOR_EVENT) {
        fake_result[label] = 0; /* it is taken */
        words[2] = fake_event_handle;
        words[3] = fake_event_address;
    }
    return BH_E_OK;
}

void fake_forget(void)
{
    memset(fake_calls, 0, sizeof(fake_calls));
    memset(fake_argument, 0, sizeof(fake_argument));
    memset(fake_labels, 0, sizeof(fake_labels));
    memset(fake_words, 0, sizeof(fake_words));
    fake_reports = 0;
}

static void start_functions(unsigned count)
{
    fake_count = count;
    memset(fake_function, 0, sizeof(fake_function));
    memset(guest_function, 0, sizeof(guest_function));
    memset(fake_result, 0, sizeof(fake_result));
    guest_functions = 0;
    fake_fail_method = FAKE_NO_METHOD;
    fake_fail_error = fake_fail_value = fake_translator_error = 0;
    fake_mode = 77;
    fake_loaded = 0;
    pci_start(&cpu);
    fake_forget();
}

int fake_start(void **state)
{
    unsigned count = *state ? *(const unsigned *)*state : 1u;

    memset(fake_memory, 0, sizeof(fake_memory));
    memset(&page, 0, sizeof(page));
    guest_memory = fake_memory;
    guest_size = FAKE_BYTES;
    cpu = (struct cpu){.page = &page, .prefix = PREFIX, .psw_mask = PSW_64};
    cpu.clock_comparator = UINT64_MAX;
    cpu.cpu_timer_zero = UINT64_MAX >> 1;
    interrupt_reset();
    start_functions(count);
    zpci_reset();
    fake_forget();
    return 0;
}

int fake_start_enabled(void **state)
{
    fake_start(state);
    assert_int_equal(function_enable(&guest_function[0]), CLP_RC_OK);
    fake_forget();
    return 0;
}

uint64_t fake_request(uint32_t handle, uint64_t space, uint64_t low)
{
    return (uint64_t)handle << 32 | UINT64_C(0xa5000000) | space << 16 | low;
}

program_code fake_rre(instruction_handler handler, uint32_t r1, uint32_t r2)
{
    struct instruction in = {.length = 4, .r1 = (uint8_t)r1, .r2 = (uint8_t)r2, .i2 = 2};

    return handler(&cpu, &in);
}

program_code fake_rs(instruction_handler handler, uint32_t r1, uint32_t r3, uint64_t address)
{
    struct instruction in = {.length = 6, .r1 = (uint8_t)r1, .r3 = (uint8_t)r3, .address = address};

    return handler(&cpu, &in);
}

uint32_t fake_outcome(uint32_t r)
{
    uint32_t cc = psw_cc_get(cpu.psw_mask);
    uint32_t status = (uint32_t)(cpu.page->gr[r] >> 24) & 0xffu;

    if (cc != 1)
        assert_int_equal(status, 0xa5); /* it stays as it was */
    return cc == 1 ? 0x100u + status : cc * 256u;
}

int fake_interruption(uint32_t isc)
{
    struct cpu before = cpu;
    int pending;

    cpu.psw_mask |= PSW_IO;
    cpu.cr[6] = UINT64_C(0x80000000) >> isc;
    pending = interrupt_deliverable(&cpu, clock_now());
    if (pending)
        interrupt_deliver(&cpu, clock_now());
    cpu = before;
    return pending;
}
