/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI events: channel report words and store-event-information blocks (pure functions). */
#include "drivers/zpci/event.h"

#include "libs/zformats/bytes.h"

#define RESPONSE_LENGTH_MAX (SEI_SIZE - SEI_RESPONSE)
#define RESPONSE_LENGTH_EVENT (SEI_RSP_CCDF - SEI_RESPONSE + CCDF_SIZE)
#define VECTOR_MASK 0x0fffu

int crw_wants_events(uint32_t crw)
{
    uint32_t source = crw >> CRW_RSC_SHIFT & CRW_RSC_MASK;

    return (crw & CRW_OVERFLOW) != 0 || source == CRW_RSC_CSS;
}

void sei_request(uint8_t *block)
{
    bytes_zero(block, SEI_SIZE);
    be16_put(block + SEI_REQ_LENGTH, SEI_REQUEST_LENGTH);
    be16_put(block + SEI_REQ_COMMAND, SEI_COMMAND);
    be64_put(block + SEI_REQ_TYPES, SEI_TYPE_PCI);
}

static void error_parse(const uint8_t *ccdf, struct pci_event *event)
{
    uint32_t info = be32_get(ccdf + CCDF_ERR_INFO);

    event->kind = PCI_EVENT_ERROR;
    event->address = be64_get(ccdf + CCDF_ERR_ADDRESS);
    event->vector = (uint16_t)(info >> CCDF_INFO_VECTOR_SHIFT & VECTOR_MASK);
    event->write = (info & CCDF_INFO_WRITE) != 0;
}

static int ccdf_parse(const uint8_t *block, struct pci_event *event)
{
    const uint8_t *ccdf = block + SEI_RSP_CCDF;
    uint8_t content = block[SEI_RSP_CONTENT];

    if (content != SEI_CONTENT_ERROR && content != SEI_CONTENT_AVAILABILITY)
        return -1;
    *event = (struct pci_event){.kind = PCI_EVENT_AVAILABILITY};
    if (content == SEI_CONTENT_ERROR)
        error_parse(ccdf, event);
    event->fid = be32_get(ccdf + CCDF_FID);
    event->fh = be32_get(ccdf + CCDF_FH);
    event->code = be16_get(ccdf + CCDF_PEC);
    return 1;
}

int sei_parse(const uint8_t *block, struct pci_event *event, int *more)
{
    uint32_t length = be16_get(block + SEI_RSP_LENGTH);
    uint16_t code = be16_get(block + SEI_RSP_CODE);

    *more = 0;
    if (code == SEI_CODE_NONE)
        return 0;
    if (code != SEI_CODE_OK || length < RESPONSE_LENGTH_EVENT || length > RESPONSE_LENGTH_MAX)
        return -1;
    *more = (block[SEI_RSP_FLAGS] & (SEI_FLAG_PENDING | SEI_FLAG_OVERFLOW)) != 0;
    if (block[SEI_RSP_TYPE] != SEI_NT_PCI)
        return -1;
    return ccdf_parse(block, event);
}

static void ccdf_answer(uint8_t *ccdf, const struct pci_event *event)
{
    be32_put(ccdf + CCDF_FH, event->fh);
    be32_put(ccdf + CCDF_FID, event->fid);
    be16_put(ccdf + CCDF_PEC, event->code);
    if (event->kind != PCI_EVENT_ERROR)
        return;
    be32_put(ccdf + CCDF_ERR_INFO, (uint32_t)(event->vector & VECTOR_MASK)
                                           << CCDF_INFO_VECTOR_SHIFT |
                                       (event->write ? CCDF_INFO_WRITE : 0));
    be64_put(ccdf + CCDF_ERR_ADDRESS, event->address);
}

void sei_answer(uint8_t *block, const struct pci_event *event, int more)
{
    bytes_zero(block + SEI_RESPONSE, RESPONSE_LENGTH_MAX);
    if (!event) {
        be16_put(block + SEI_RSP_LENGTH, SEI_RSP_LENGTH_MIN);
        be16_put(block + SEI_RSP_CODE, SEI_CODE_NONE);
        return;
    }
    be16_put(block + SEI_RSP_LENGTH, RESPONSE_LENGTH_MAX);
    be16_put(block + SEI_RSP_CODE, SEI_CODE_OK);
    block[SEI_RSP_TYPE] = SEI_NT_PCI;
    block[SEI_RSP_FLAGS] = more ? SEI_FLAG_PENDING : 0;
    block[SEI_RSP_CONTENT] =
        event->kind == PCI_EVENT_ERROR ? SEI_CONTENT_ERROR : SEI_CONTENT_AVAILABILITY;
    ccdf_answer(block + SEI_RSP_CCDF, event);
}

static enum pci_event_action error_action(uint16_t code)
{
    switch (code) {
    case PEC_FMB_ADDRESS:
    case PEC_FMB_UPDATE:
    case PEC_FMB_PROTECTION:
        return PCI_EVENT_IGNORE;
    case PEC_PERMANENT:
    case PEC_RECOVERY_FAILED:
        return PCI_EVENT_LOST;
    default:
        return PCI_EVENT_RECOVER;
    }
}

enum pci_event_action pci_event_action(const struct pci_event *event)
{
    if (event->kind == PCI_EVENT_ERROR)
        return error_action(event->code);
    switch (event->code) {
    case PEC_SURPRISE_REMOVAL:
    case PEC_TO_STANDBY:
    case PEC_TO_RESERVED:
    case PEC_DECONFIGURE_REQUEST:
        return PCI_EVENT_LOST;
    case PEC_TO_CONFIGURED:
    case PEC_RESCAN:
        return PCI_EVENT_RELIST;
    default:
        return PCI_EVENT_IGNORE;
    }
}
