/* SPDX-License-Identifier: BSD-2-Clause */
/* Service-call logical processor (SCLP) blocks: commands, response codes, event buffers; building
 * and parsing over byte buffers. Linked by kernel (console), VMM (virtual SCLP) and tests.
 *
 * Source: the layouts that Linux and QEMU share; there is no public manual. Big-endian.
 * A control block (SCCB) is at most 4096 bytes and lies inside one page below 2 GiB. */
#ifndef BULKHEAD_ZFORMATS_SCLP_H
#define BULKHEAD_ZFORMATS_SCLP_H

#include <stdint.h>

/* Command words */
#define SCLP_READ_INFO UINT32_C(0x00020001)
#define SCLP_READ_INFO_FORCED UINT32_C(0x00120001)
#define SCLP_WRITE_EVENT_MASK UINT32_C(0x00780005)
#define SCLP_WRITE_EVENT_DATA UINT32_C(0x00760005)
#define SCLP_READ_EVENT_DATA UINT32_C(0x00770005)
#define SCLP_CONFIGURE_PCI UINT32_C(0x001a0001)
#define SCLP_DECONFIGURE_PCI UINT32_C(0x001b0001)

/* Response codes */
#define SCLP_RC_READ_OK 0x0010u
#define SCLP_RC_OK 0x0020u
#define SCLP_RC_BOUNDARY 0x0100u
#define SCLP_RC_NO_ACTION 0x0120u /* already in the requested state */
#define SCLP_RC_COMMAND 0x01f0u
#define SCLP_RC_SHORT_SCCB 0x0300u
#define SCLP_RC_EQUIPMENT 0x0340u
#define SCLP_RC_RESERVED_STATE 0x05f0u
#define SCLP_RC_ADAPTER_TYPE 0x06f0u
#define SCLP_RC_ADAPTER_ID 0x09f0u
#define SCLP_RC_FUNCTION 0x40f0u
#define SCLP_RC_NO_EVENTS 0x60f0u
#define SCLP_RC_SELECTION_MASK 0x70f0u
#define SCLP_RC_LENGTHS 0x72f0u
#define SCLP_RC_EVENT_SYNTAX 0x73f0u /* also: event type not accepted */
#define SCLP_RC_MASK_LENGTH 0x74f0u

/* SCCB header */
#define SCCB_SIZE_MAX 4096u
#define SCCB_HDR_SIZE 8u
#define SCCB_LENGTH 0   /* u16 */
#define SCCB_FUNCTION 2 /* u8: 0x80 = response may be longer (read event data: see below) */
#define SCCB_CONTROL 3  /* u8[3] */
#define SCCB_RESPONSE 6 /* u16 */
#define SCCB_DATA 8

/* Read SCP information */
#define SCLP_INFO_SIZE 144u           /* as far as we look */
#define SCLP_INFO_RNMAX 8             /* u16: number of storage increments */
#define SCLP_INFO_RNSIZE 10           /* u8: increment size in MiB */
#define SCLP_INFO_CPUS 16             /* u16: CPU entries */
#define SCLP_INFO_CPU_OFFSET 18       /* u16: of the first entry, from the start of the SCCB */
#define SCLP_INFO_LOADPARM 24         /* u8[8] */
#define SCLP_INFO_FACILITIES 48       /* u64 */
#define SCLP_INFO_RNSIZE2 100         /* u32: used when RNSIZE is 0 */
#define SCLP_INFO_RNMAX2 104          /* u64: used when RNMAX is 0 */
#define SCLP_INFO_MAX_CPU_ADDRESS 120 /* u16 */
#define SCLP_FACILITY_PCI_CONFIGURE UINT64_C(0x0000000040000000)
#define SCLP_CPU_ENTRY_SIZE 16u
#define SCLP_CPU_ADDRESS 0 /* u8, of an entry */

/* Configure and deconfigure an I/O adapter */
#define SCLP_ADAPTER_SIZE 16u
#define SCLP_ADAPTER_TYPE 8 /* u8 */
#define SCLP_ADAPTER_ID 12  /* u32: fid of the function */
#define SCLP_ADAPTER_TYPE_PCI 2u

/* Write event mask: two lengths are in use, 4 bytes and longer ones */
#define SCLP_MASK_LENGTH 10u /* u16: bytes of each mask */
#define SCLP_MASKS 12u       /* receive, send (program); receive, send (machine) */
#define SCLP_MASK_BYTES 4u
#define SCLP_MASK_SCCB_SIZE 28u

/* Event buffer */
#define SCLP_EVENT_HDR_SIZE 6u
#define SCLP_EVENT_LENGTH 0 /* u16 */
#define SCLP_EVENT_TYPE 2   /* u8 */
#define SCLP_EVENT_FLAGS 3  /* u8 */
#define SCLP_EVENT_ACCEPTED 0x80u
#define SCLP_TYPE_OPERATOR_COMMAND 0x01u /* line-mode input */
#define SCLP_TYPE_MESSAGE 0x02u          /* line-mode output */
#define SCLP_TYPE_PRIORITY_COMMAND 0x09u
#define SCLP_TYPE_ASCII 0x1au /* ASCII console, both directions */
#define SCLP_TYPE_QUIESCE 0x1du

/* Bit of an event type in a 32-bit mask: type 1 is the most significant bit. Types above 32 have
 * no bit; 0 and those give 0. */
static inline uint32_t sclp_type_bit(uint8_t type)
{
    return type >= 1 && type <= 32 ? UINT32_C(0x80000000) >> (type - 1) : 0;
}

/* First byte of ASCII console input */
#define SCLP_ASCII_DATA 0x00u
#define SCLP_ASCII_ENDED 0x01u
#define SCLP_ASCII_STARTED 0x80u

/* ---- functions (sclp.c, sclp_event.c, sclp_line.c) ----
 * Buffers are caller's. A builder writes at most size bytes and returns the SCCB length, or 0 if
 * the content does not fit. A parser never looks beyond the size or the SCCB's own length. */

/* Header of a request: length, zero function code, control mask, response. length >= 8. */
void sccb_init(uint8_t *sccb, uint16_t length);
uint16_t sccb_response(const uint8_t *sccb);
void sccb_set_response(uint8_t *sccb, uint16_t code);

/* Length of the SCCB if it is at least 8 and at most size, otherwise 0. */
uint16_t sccb_checked_length(const uint8_t *sccb, uint32_t size);

struct sclp_info {
    uint64_t increments;     /* number of storage increments */
    uint64_t increment_size; /* bytes, a multiple of 1 MiB */
    uint64_t facilities;
    uint16_t cpus;
    uint16_t max_cpu_address;
    uint8_t loadparm[8]; /* EBCDIC */
};

/* Bytes of storage; saturates at UINT64_MAX. */
uint64_t sclp_info_storage(const struct sclp_info *info);

/* Request for read SCP information in a page: returns the length to use (4096). */
uint16_t sclp_info_request(uint8_t *sccb);
/* 0, or -1 if the response code is not "read completed" or the block is too short. */
int sclp_info_parse(const uint8_t *sccb, uint32_t size, struct sclp_info *info);
/* Response for a virtual machine whose CPUs have the addresses 0 to cpus-1. */
uint16_t sclp_info_build(uint8_t *sccb, uint32_t size, const struct sclp_info *info);

/* Write event mask with 4-byte masks. */
uint16_t sclp_mask_request(uint8_t *sccb, uint32_t receive, uint32_t send);
struct sclp_masks {
    uint32_t receive, send;                 /* what the program wants */
    uint32_t machine_receive, machine_send; /* what the machine offers */
};
/* Any mask length is understood, the first 32 bits are returned. 0, or -1. */
int sclp_mask_parse(const uint8_t *sccb, uint32_t size, struct sclp_masks *masks);
/* Fill in the machine's masks of a request (of any mask length) that was parsed before. */
void sclp_mask_answer(uint8_t *sccb, uint32_t receive, uint32_t send);

/* Configure or deconfigure a PCI function, by function id. */
uint16_t sclp_adapter_request(uint8_t *sccb, uint32_t fid);

/* Event buffers in an SCCB: data is behind the event header. */
struct sclp_event {
    uint32_t offset; /* of the event buffer in the SCCB */
    uint16_t length; /* of the event buffer, header included */
    uint8_t type, flags;
    const uint8_t *data;
    uint16_t data_length;
};
/* The event buffer at offset (start with SCCB_DATA; continue with offset + length). 1 = found,
 * 0 = end of the SCCB, -1 = lengths contradict each other. */
int sclp_event_at(const uint8_t *sccb, uint32_t size, uint32_t offset, struct sclp_event *event);
/* Mark the event buffer at offset as accepted, as the machine does for each one processed. */
void sclp_event_accept(uint8_t *sccb, uint32_t offset);

/* Start an SCCB with one event buffer: headers are written, the place of the data is returned
 * (data_length bytes, not yet written), or a null pointer if it does not fit. */
uint8_t *sclp_event_start(uint8_t *sccb, uint32_t size, uint8_t type, uint32_t data_length);

/* One ASCII console event for output (write event data). */
uint16_t sclp_ascii_write(uint8_t *sccb, uint32_t size, const char *text, uint32_t length);
/* One ASCII console event for input (answer to read event data): a marker byte, then text. */
uint16_t sclp_ascii_read_build(uint8_t *sccb, uint32_t size, const uint8_t *text, uint32_t length);
/* Text of an ASCII input event; *length 0 for session start, end and unknown markers. */
const uint8_t *sclp_ascii_read_text(const struct sclp_event *event, uint32_t *length);

/* One line-mode message without a line of text, and one more line for it, already EBCDIC. A line
 * that does not fit is not added: 0. */
uint16_t sclp_line_start(uint8_t *sccb, uint32_t size);
uint16_t sclp_line_add(uint8_t *sccb, uint32_t size, const uint8_t *ebcdic, uint32_t length);
/* One line-mode message with one line of text. */
uint16_t sclp_line_write(uint8_t *sccb, uint32_t size, const uint8_t *ebcdic, uint32_t length);
/* Lines of a line-mode message event. Start with *cursor 0; returns 1 and the line (EBCDIC, inside
 * the event's data), 0 at the end, -1 if lengths contradict each other. */
int sclp_line_next(const struct sclp_event *event, uint32_t *cursor, const uint8_t **line,
                   uint32_t *length);
/* One operator command (line-mode input), already EBCDIC. */
uint16_t sclp_command_build(uint8_t *sccb, uint32_t size, const uint8_t *ebcdic, uint32_t length);
/* Text of an operator command event: 1 and the text, or 0 if there is none. */
int sclp_command_text(const struct sclp_event *event, const uint8_t **text, uint32_t *length);

#endif
