/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: text by SCLP events of the ASCII console. Belongs to: test. */
#include "libs/zformats/bytes.h"
#include "libs/zformats/sclp.h"
#include "tests/guests/lib/guest.h"

#define LINE 256u

uint64_t console_control = CR0_RESET;
static uint8_t block[4096] __attribute__((aligned(4096)));
static char line[LINE];
static uint32_t used;

static int service_call(uint32_t command)
{
    uint64_t cc;

    asm volatile(".insn rre,0xb2200000,%1,%2\n\tipm %0"
                 : "=d"(cc)
                 : "d"((uint64_t)command), "d"(block)
                 : "cc", "memory");
    return (int)(cc >> 28 & 3u);
}

/* The answer is announced by an external interruption. */
static void run(uint32_t command)
{
    SET_CONTROL(0, console_control | CR0_SERVICE_SIGNAL);
    while (service_call(command) == 2)
        ;
    while (wait_external() != 0x2401u)
        ;
    SET_CONTROL(0, console_control);
}

static void flush(void)
{
    uint32_t i, length = SCCB_HDR_SIZE + SCLP_EVENT_HDR_SIZE + used;

    bytes_zero(block, sizeof(block));
    be16_put(block, (uint16_t)length);
    be16_put(block + SCCB_HDR_SIZE, (uint16_t)(SCLP_EVENT_HDR_SIZE + used));
    block[SCCB_HDR_SIZE + 2u] = SCLP_TYPE_ASCII;
    for (i = 0; i < used; i++)
        block[SCCB_HDR_SIZE + SCLP_EVENT_HDR_SIZE + i] = (uint8_t)line[i];
    used = 0;
    run(SCLP_WRITE_EVENT_DATA);
}

void print(const char *text)
{
    for (; *text != 0; text++) {
        if (*text == '\n')
            line[used++] = '\r';
        line[used++] = *text;
        if (*text == '\n' || used > LINE - 4u)
            flush();
    }
}

void print_digits(uint64_t value, uint32_t digits)
{
    char text[2] = {0, 0};

    while (digits-- > 0) {
        text[0] = "0123456789abcdef"[value >> 4u * digits & 15u];
        print(text);
    }
}

void print_hex(uint64_t value)
{
    print_digits(value, 16);
}

void print_decimal(uint64_t value)
{
    char text[21];
    uint32_t at = sizeof(text) - 1u;

    text[at] = 0;
    do {
        text[--at] = (char)('0' + value % 10u);
        value /= 10u;
    } while (value != 0);
    print(text + at);
}
