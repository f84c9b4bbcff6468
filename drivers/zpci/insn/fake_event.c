/* SPDX-License-Identifier: BSD-2-Clause */
/* zPCI software fake: interruptions, events, and the service call that configures functions. */
#include "drivers/zpci/insn/fake_internal.h"

#include "libs/zformats/bytes.h"
#include "libs/zformats/sclp.h"

#define MESSAGE_VECTOR_MASK 0x7ffu

/* A subclass in single mode presents one, and loses the others until the next SIC. */
static void present(struct fake_zpci *fake, uint8_t isc)
{
    struct fake_subclass *subclass = &fake->subclass[isc];

    if (subclass->suppressed)
        return;
    subclass->pending = 1;
    subclass->suppressed = subclass->single;
}

static void set_bit(struct fake_zpci *fake, uint64_t vector, uint32_t bit)
{
    uint8_t *at = fake_memory_at(&fake->memory, vector + bit / 8, 1);

    if (at)
        irq_set(at, bit % 8);
}

/* Emulators look at the whole byte of the summary before they present an interruption, the
 * architecture at the bit: what works here works with both. */
static int summary_byte_is_zero(const struct fake_zpci *fake, const struct irq_registration *irq)
{
    const uint8_t *at = fake_memory_at(&fake->memory, irq->summary + irq->summary_bit / 8, 1);

    return at && *at == 0;
}

void fake_message(struct fake_zpci *fake, struct fake_function *function, uint32_t data)
{
    const struct irq_registration *irq = &function->irq;
    int due;

    if (function->state != FAKE_ENABLED ||
        !(function->config[PCICONF_COMMAND] & PCI_COMMAND_MASTER))
        return;
    if (!function->irq_registered)
        function->stray_messages++;
    set_bit(fake, irq->vector, irq->vector_bit + (data & MESSAGE_VECTOR_MASK));
    due = summary_byte_is_zero(fake, irq);
    set_bit(fake, irq->summary, irq->summary_bit);
    if (due)
        present(fake, irq->isc);
}

int fake_take_interruption(struct fake_zpci *fake, uint8_t isc)
{
    struct fake_subclass *subclass = &fake->subclass[isc % FAKE_SUBCLASSES];
    int pending = subclass->pending;

    subclass->pending = 0;
    return pending;
}

void fake_sic(struct fake_zpci *fake, uint16_t operation, uint8_t isc)
{
    struct fake_subclass *subclass = &fake->subclass[isc % FAKE_SUBCLASSES];
    struct zpci_result result;

    if (fake_begin(fake, FAKE_SIC, &result))
        return;
    if (operation > SIC_SINGLE || isc >= FAKE_SUBCLASSES) {
        fake_program_check(fake, FAKE_PGM_OPERAND);
        return;
    }
    subclass->single = operation == SIC_SINGLE;
    subclass->suppressed = 0;
}

void fake_event(struct fake_zpci *fake, const struct pci_event *event)
{
    fake->report_pending = 1;
    if (fake->event_count == FAKE_EVENTS) {
        fake->events_lost = 1;
        return;
    }
    fake->event[(fake->event_first + fake->event_count) % FAKE_EVENTS] = *event;
    fake->event_count++;
}

struct zpci_result fake_stcrw(struct fake_zpci *fake, uint32_t *crw)
{
    struct zpci_result result;

    if (fake_begin(fake, FAKE_STCRW, &result))
        return result;
    *crw = 0;
    if (!fake->report_pending)
        return fake_result(1, 0);
    *crw = CRW_RSC_CSS << CRW_RSC_SHIFT;
    if (fake->events_lost)
        *crw |= CRW_OVERFLOW;
    fake->report_pending = 0;
    fake->events_lost = 0;
    return fake_result(0, 0);
}

static int request_ok(const uint8_t *block)
{
    return be16_get(block + SEI_REQ_LENGTH) == SEI_REQUEST_LENGTH &&
           be16_get(block + SEI_REQ_COMMAND) == SEI_COMMAND &&
           (be64_get(block + SEI_REQ_TYPES) & SEI_TYPE_PCI) != 0;
}

struct zpci_result fake_chsc(struct fake_zpci *fake, uint8_t *block)
{
    struct pci_event *event = &fake->event[fake->event_first];
    struct zpci_result result;

    if (fake_begin(fake, FAKE_CHSC, &result))
        return result;
    if ((uintptr_t)block % SEI_ALIGN != 0)
        return fake_program_check(fake, FAKE_PGM_SPECIFICATION);
    if (!request_ok(block))
        return fake_program_check(fake, FAKE_PGM_OPERAND);
    if (fake->event_count == 0) {
        sei_answer(block, 0, 0);
        return fake_result(0, 0);
    }
    fake->event_count--;
    fake->event_first = (fake->event_first + 1) % FAKE_EVENTS;
    sei_answer(block, event, fake->event_count != 0);
    return fake_result(0, 0);
}

static struct fake_function *find_id(struct fake_zpci *fake, uint32_t fid)
{
    for (uint32_t i = 0; i < fake->functions; i++)
        if (fake->function[i]->query.fid == fid)
            return fake->function[i];
    return 0;
}

static uint16_t configure(struct fake_zpci *fake, const uint8_t *sccb, enum fake_state target)
{
    struct fake_function *function = find_id(fake, be32_get(sccb + SCLP_ADAPTER_ID));

    if (sccb[SCLP_ADAPTER_TYPE] != SCLP_ADAPTER_TYPE_PCI)
        return SCLP_RC_ADAPTER_TYPE;
    if (!function)
        return SCLP_RC_ADAPTER_ID;
    if (function->state == FAKE_RESERVED)
        return SCLP_RC_RESERVED_STATE;
    if ((function->state == FAKE_STANDBY) == (target == FAKE_STANDBY))
        return SCLP_RC_NO_ACTION;
    fake_enter(function, target);
    return SCLP_RC_OK;
}

struct zpci_result fake_sclp(struct fake_zpci *fake, uint32_t command, uint8_t *sccb)
{
    struct zpci_result result;

    if (fake_begin(fake, FAKE_SCLP, &result))
        return result;
    if (command != SCLP_CONFIGURE_PCI && command != SCLP_DECONFIGURE_PCI)
        sccb_set_response(sccb, SCLP_RC_COMMAND);
    else if (sccb_checked_length(sccb, SCCB_SIZE_MAX) < SCLP_ADAPTER_SIZE)
        sccb_set_response(sccb, SCLP_RC_SHORT_SCCB);
    else if (command == SCLP_CONFIGURE_PCI)
        sccb_set_response(sccb, configure(fake, sccb, FAKE_DISABLED));
    else
        sccb_set_response(sccb, configure(fake, sccb, FAKE_STANDBY));
    return fake_result(0, 0);
}
