/* SPDX-License-Identifier: BSD-2-Clause */
/* The service-call logical processor. Belongs to: kernel. */
#include "kernel/arch/s390x/sclp.h"
#include "drivers/zpci/insn/insn.h"
#include "kernel/arch/s390x/sclp_text.h"
#include "kernel/machine.h"
#include "kernel/object/console.h"
#include "libs/zformats/sclp.h"

#define SCCB_SIZE 4096u
#define INPUT_BYTES 256u
#define SIGNAL_EVENTS 0x1u /* event buffers are waiting */

enum sclp_state { SCLP_IDLE, SCLP_WRITING, SCLP_READING };

static uint8_t sccb[SCCB_SIZE] __attribute__((aligned(4096)));
static enum sclp_state state;
static uint32_t events_wait; /* read event data is due */
static uint8_t input[INPUT_BYTES];
static uint32_t input_head, input_tail; /* free-running */

void sclp_wait(void); /* wait.S: until one service signal */

static uint8_t serve(uint32_t command)
{
    return zpci_sclp(command, sccb).cc;
}

/* Busy is waited out; the number of tries is bounded, for a machine that stays busy. */
static void serve_and_wait(uint32_t command)
{
    uint32_t tries;

    for (tries = 0; tries < 100u && serve(command) == 2; tries++) {
        sclp_wait();
    }
    sclp_wait();
}

/* What the console understands decides how we write to it. */
static void start_console(void)
{
    struct sclp_masks masks;

    (void)sclp_mask_request(sccb, sclp_type_bit(SCLP_TYPE_ASCII),
                            sclp_type_bit(SCLP_TYPE_ASCII) | sclp_type_bit(SCLP_TYPE_MESSAGE));
    serve_and_wait(SCLP_WRITE_EVENT_MASK);
    if (sclp_mask_parse(sccb, SCCB_SIZE, &masks) == 0) {
        sclp_text_choose(masks.machine_receive);
    }
}

uint64_t sclp_start(void)
{
    struct sclp_info info;

    (void)sclp_info_request(sccb);
    serve_and_wait(SCLP_READ_INFO);
    if (sclp_info_parse(sccb, SCCB_SIZE, &info) != 0) {
        return 0;
    }
    start_console();
    return sclp_info_storage(&info);
}

static uint32_t text_length(const char *text)
{
    uint32_t n = 0;

    while (n < 1024u && text[n] != 0) {
        n++;
    }
    return n;
}

void sclp_print(const char *text)
{
    if (sclp_text(sccb, SCCB_SIZE, text, text_length(text)) != 0) {
        serve_and_wait(SCLP_WRITE_EVENT_DATA);
    }
}

static void start_read(void)
{
    sccb_init(sccb, SCCB_SIZE);
    sccb[SCCB_FUNCTION] = 0;
    if (serve(SCLP_READ_EVENT_DATA) == 0) {
        state = SCLP_READING;
        events_wait = 0;
    }
}

static void keep_input(const uint8_t *text, uint32_t length)
{
    uint32_t i;

    for (i = 0; i < length && input_head - input_tail < INPUT_BYTES; i++) {
        input[input_head % INPUT_BYTES] = text[i];
        input_head++;
    }
}

static void take_events(void)
{
    struct sclp_event event;
    uint32_t offset = SCCB_DATA;
    uint32_t length;
    uint32_t events;
    const uint8_t *text;

    for (events = 0; events < 64u && sclp_event_at(sccb, SCCB_SIZE, offset, &event) == 1;
         events++) {
        text = sclp_ascii_read_text(&event, &length);
        keep_input(text, length);
        offset += event.length;
    }
}

void sclp_service_signal(uint32_t parameter)
{
    if ((parameter & ~7u) != 0) {
        if (state == SCLP_READING && sccb_response(sccb) == SCLP_RC_OK) {
            take_events();
        }
        state = SCLP_IDLE;
    }
    if ((parameter & SIGNAL_EVENTS) != 0) {
        events_wait = 1;
    }
    if (state == SCLP_IDLE && events_wait != 0) {
        start_read();
    }
    if (input_head != input_tail) {
        console_input();
    }
}

uint32_t hw_console_write(uint64_t address, uint32_t bytes)
{
    if (state != SCLP_IDLE) {
        return 1;
    }
    if (sclp_text(sccb, SCCB_SIZE, (const char *)address, bytes) == 0) {
        return 0;
    }
    if (serve(SCLP_WRITE_EVENT_DATA) != 0) {
        return 1;
    }
    state = SCLP_WRITING;
    return 0;
}

uint32_t hw_console_read(uint64_t address, uint32_t bytes)
{
    uint8_t *to = (uint8_t *)address;
    uint32_t n = 0;

    while (n < bytes && n < INPUT_BYTES && input_head != input_tail) {
        to[n] = input[input_tail % INPUT_BYTES];
        input_tail++;
        n++;
    }
    return n;
}
