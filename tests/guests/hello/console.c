/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: text by SCLP events of the ASCII console. Belongs to: test. */
#include "libs/zformats/bytes.h"
#include "libs/zformats/sclp.h"
#include "tests/guests/hello/guest.h"

#define LINE 256u

uint64_t console_control = CR0_RESET;
static uint8_t block[4096] __attribute__((aligned(4096)));
static char line[LINE];
static uint32_t used;
static uint32_t failures;

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

void print_hex(uint64_t value)
{
    char digits[17];
    uint32_t i;

    for (i = 0; i < 16u; i++)
        digits[i] = "0123456789abcdef"[value >> (60u - 4u * i) & 15u];
    digits[16] = 0;
    print(digits);
}

void check(const char *name, int good)
{
    print("hello: ");
    print(name);
    print(good ? " ok\n" : " FAILED\n");
    failures += good ? 0 : 1;
}

void check_equal(const char *name, uint64_t value, uint64_t expected)
{
    if (value == expected) {
        check(name, 1);
        return;
    }
    print("hello: ");
    print_hex(value);
    print(" instead of ");
    print_hex(expected);
    print(":\n");
    check(name, 0);
}

uint32_t check_failures(void)
{
    return failures;
}
