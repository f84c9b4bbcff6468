/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the guest's console: event masks, output of both kinds, input. */
#include <string.h>

#include "libs/zformats/bytes.h"
#include "libs/zformats/ebcdic.h"
#include "libs/zformats/sclp.h"
#include "tests/lib/test.h"
#include "tests/unit/vmm-devices/machine.h"
#include "vmm/devices/sclp.h"
#include "vmm/devices/terminal.h"
#include "vmm/handlers.h"
#include "vmm/hooks.h"

#define SERVICE_SIGNAL 0x2401u
#define EVENT_PENDING 1u
#define BLOCK 0x10000u
#define ASCII sclp_type_bit(SCLP_TYPE_ASCII)
#define MESSAGE sclp_type_bit(SCLP_TYPE_MESSAGE)

/* The terminal's two sides. */
static char output[8192];
static uint32_t output_length;
static const char *input;

void terminal_start(void) {}

void terminal_write(const uint8_t *text, uint32_t length)
{
    assert_true(output_length + length < sizeof(output));
    memcpy(output + output_length, text, length);
    output_length += length;
    output[output_length] = 0;
}

uint32_t terminal_poll(void)
{
    return (uint32_t)strlen(input);
}

uint32_t terminal_read(uint8_t *to, uint32_t length)
{
    uint32_t count = terminal_poll() < length ? terminal_poll() : length;

    memcpy(to, input, count);
    input += count;
    return count;
}

static int start(void **state)
{
    output_length = 0;
    output[0] = 0;
    input = "";
    return machine_start(state);
}

static uint8_t *const sccb = machine_memory + BLOCK;

/* Runs a command on the block; returns the response code, and the signal's parameter without the
 * address in *pending. */
static uint32_t run_pending(uint32_t command, uint32_t *pending)
{
    uint32_t parameter = 0;

    cpu.page->gr[3] = command;
    cpu.page->gr[4] = BLOCK;
    assert_int_equal(machine_rre(emulate_servc, 3, 4), PGM_NONE);
    assert_int_equal(machine_external(&parameter), SERVICE_SIGNAL);
    assert_int_equal(parameter & ~7u, BLOCK);
    *pending = parameter & 7u;
    return sccb_response(sccb);
}

static uint32_t run(uint32_t command)
{
    uint32_t pending, response = run_pending(command, &pending);

    assert_int_equal(pending, 0);
    return response;
}

static void want_input(void)
{
    uint32_t pending;

    sclp_mask_request(sccb, ASCII, 0);
    assert_int_equal(run_pending(SCLP_WRITE_EVENT_MASK, &pending), SCLP_RC_OK);
}

static void test_masks(void **state)
{
    struct sclp_masks masks;

    (void)state;
    sclp_mask_request(sccb, ASCII, ASCII | MESSAGE);
    assert_int_equal(run(SCLP_WRITE_EVENT_MASK), SCLP_RC_OK);
    assert_int_equal(sclp_mask_parse(sccb, SCLP_MASK_SCCB_SIZE, &masks), 0);
    assert_int_equal(masks.receive, ASCII);
    assert_int_equal(masks.send, ASCII | MESSAGE);
    assert_int_equal(masks.machine_receive, ASCII);
    assert_int_equal(masks.machine_send, ASCII);
}

static void test_damaged_masks(void **state)
{
    (void)state;
    sclp_mask_request(sccb, 0, 0);
    be16_put(sccb + SCLP_MASK_LENGTH, 5);
    assert_int_equal(run(SCLP_WRITE_EVENT_MASK), SCLP_RC_MASK_LENGTH);
    sccb_init(sccb, 8);
    assert_int_equal(run(SCLP_WRITE_EVENT_MASK), SCLP_RC_MASK_LENGTH);
}

static void test_ascii_output(void **state)
{
    (void)state;
    sclp_ascii_write(sccb, 4096, "hello\r\n", 7);
    assert_int_equal(run(SCLP_WRITE_EVENT_DATA), SCLP_RC_OK);
    assert_string_equal(output, "hello\r\n");
    assert_int_equal(sccb[SCCB_DATA + SCLP_EVENT_FLAGS], SCLP_EVENT_ACCEPTED);
}

static void test_line_output(void **state)
{
    uint8_t text[3];

    (void)state;
    for (int i = 0; i < 3; i++)
        text[i] = ebcdic_from_ascii((uint8_t) "A-z"[i]);
    sclp_line_write(sccb, 4096, text, sizeof(text));
    assert_int_equal(run(SCLP_WRITE_EVENT_DATA), SCLP_RC_OK);
    assert_string_equal(output, "A-z\n");
}

/* Linux says everything twice: it is shown once. */
static void test_line_output_beside_ascii(void **state)
{
    uint8_t text = ebcdic_from_ascii('A');

    (void)state;
    sclp_ascii_write(sccb, 4096, "hello\n", 6);
    assert_int_equal(run(SCLP_WRITE_EVENT_DATA), SCLP_RC_OK);
    sclp_line_write(sccb, 4096, &text, 1);
    assert_int_equal(run(SCLP_WRITE_EVENT_DATA), SCLP_RC_OK);
    assert_int_equal(sccb[SCCB_DATA + SCLP_EVENT_FLAGS], SCLP_EVENT_ACCEPTED);
    assert_string_equal(output, "hello\n");
    sclp_reset();
    sclp_line_write(sccb, 4096, &text, 1);
    assert_int_equal(run(SCLP_WRITE_EVENT_DATA), SCLP_RC_OK);
    assert_string_equal(output, "hello\nA\n");
}

/* One block may hold several events; here a second one behind that of sclp_ascii_write. */
static void add_event(uint8_t type, const char *text)
{
    uint16_t length = be16_get(sccb);
    uint16_t size = (uint16_t)(SCLP_EVENT_HDR_SIZE + strlen(text));

    bytes_zero(sccb + length, SCLP_EVENT_HDR_SIZE);
    be16_put(sccb + length, size);
    sccb[length + SCLP_EVENT_TYPE] = type;
    memcpy(sccb + length + SCLP_EVENT_HDR_SIZE, text, strlen(text));
    be16_put(sccb, (uint16_t)(length + size));
}

static void test_two_events(void **state)
{
    (void)state;
    sclp_ascii_write(sccb, 4096, "one ", 4);
    add_event(SCLP_TYPE_ASCII, "two");
    assert_int_equal(run(SCLP_WRITE_EVENT_DATA), SCLP_RC_OK);
    assert_string_equal(output, "one two");
}

/* With any other answer Linux waits for ever. */
static void test_unknown_event_is_refused(void **state)
{
    (void)state;
    sclp_ascii_write(sccb, 4096, "one", 3);
    add_event(0x0b, "CPI");
    assert_int_equal(run(SCLP_WRITE_EVENT_DATA), SCLP_RC_EVENT_SYNTAX);
    assert_string_equal(output, "one");
    assert_int_equal(sccb[SCCB_DATA + 3 + SCLP_EVENT_HDR_SIZE + SCLP_EVENT_FLAGS], 0);
}

static void test_contradicting_lengths(void **state)
{
    (void)state;
    sclp_ascii_write(sccb, 4096, "one", 3);
    be16_put(sccb + SCCB_DATA, 100);
    assert_int_equal(run(SCLP_WRITE_EVENT_DATA), SCLP_RC_LENGTHS);
    be16_put(sccb + SCCB_DATA, 5);
    assert_int_equal(run(SCLP_WRITE_EVENT_DATA), SCLP_RC_LENGTHS);
    assert_string_equal(output, "");
}

static void test_longest_output(void **state)
{
    static char text[4096];
    uint32_t most = 4096 - SCCB_DATA - SCLP_EVENT_HDR_SIZE;

    (void)state;
    memset(text, 'x', sizeof(text));
    sclp_line_write(sccb, 4096, (const uint8_t *)text, most - 22);
    assert_int_equal(run(SCLP_WRITE_EVENT_DATA), SCLP_RC_OK);
    assert_int_equal(output_length, most - 21);
    assert_int_equal(output[output_length - 1], '\n');
    sclp_ascii_write(sccb, 4096, text, most);
    assert_int_equal(run(SCLP_WRITE_EVENT_DATA), SCLP_RC_OK);
    assert_int_equal(output_length, 2 * most - 21);
}

static void read_request(uint16_t length, uint8_t function, uint32_t selection)
{
    sccb_init(sccb, length);
    sccb[SCCB_FUNCTION] = function;
    be32_put(sccb + SCCB_DATA, selection);
}

static void assert_input(const char *text)
{
    struct sclp_event event;
    const uint8_t *data;
    uint32_t length;

    assert_int_equal(sclp_event_at(sccb, 4096, SCCB_DATA, &event), 1);
    data = sclp_ascii_read_text(&event, &length);
    assert_int_equal(length, strlen(text));
    assert_memory_equal(data, text, length);
    assert_int_equal(be16_get(sccb), SCCB_DATA + event.length);
}

static void test_input(void **state)
{
    uint32_t pending;

    (void)state;
    want_input();
    input = "ls\n";
    read_request(4096, 0, 0);
    assert_int_equal(run_pending(SCLP_READ_EVENT_DATA, &pending), SCLP_RC_OK);
    assert_int_equal(pending, 0);
    assert_input("ls\n");
    read_request(4096, 0, 0);
    assert_int_equal(run(SCLP_READ_EVENT_DATA), SCLP_RC_NO_EVENTS);
}

/* What does not fit stays, and the signal says that there is more. */
static void test_input_in_pieces(void **state)
{
    uint32_t pending;

    (void)state;
    want_input();
    input = "abcde";
    read_request(SCCB_DATA + SCLP_EVENT_HDR_SIZE + 1 + 3, 0, 0);
    assert_int_equal(run_pending(SCLP_READ_EVENT_DATA, &pending), SCLP_RC_OK);
    assert_int_equal(pending, EVENT_PENDING);
    assert_input("abc");
    read_request(SCCB_DATA + SCLP_EVENT_HDR_SIZE + 1, 0, 0);
    assert_int_equal(run_pending(SCLP_READ_EVENT_DATA, &pending), SCLP_RC_SHORT_SCCB);
    assert_int_equal(pending, EVENT_PENDING);
    read_request(4096, 0, 0);
    assert_int_equal(run(SCLP_READ_EVENT_DATA), SCLP_RC_OK);
    assert_input("de");
}

static void test_selected_input(void **state)
{
    uint32_t pending;

    (void)state;
    want_input();
    input = "x";
    read_request(4096, 1, MESSAGE);
    assert_int_equal(run_pending(SCLP_READ_EVENT_DATA, &pending), SCLP_RC_SELECTION_MASK);
    read_request(11, 1, ASCII);
    assert_int_equal(run_pending(SCLP_READ_EVENT_DATA, &pending), SCLP_RC_SHORT_SCCB);
    read_request(4096, 7, 0);
    assert_int_equal(run_pending(SCLP_READ_EVENT_DATA, &pending), SCLP_RC_FUNCTION);
    read_request(4096, 1, ASCII | MESSAGE);
    assert_int_equal(run(SCLP_READ_EVENT_DATA), SCLP_RC_OK);
    assert_input("x");
}

static void test_input_is_announced(void **state)
{
    uint32_t parameter = 0;

    (void)state;
    input = "x";
    devices_event(&cpu, 1);
    assert_int_equal(machine_external(NULL), 0); /* it did not ask to be told */
    read_request(4096, 0, 0);
    assert_int_equal(run(SCLP_READ_EVENT_DATA), SCLP_RC_NO_EVENTS);
    want_input();
    devices_event(&cpu, 1);
    assert_int_equal(machine_external(&parameter), SERVICE_SIGNAL);
    assert_int_equal(parameter, EVENT_PENDING);
    input = "";
    devices_event(&cpu, 1);
    assert_int_equal(machine_external(NULL), 0);
}

static void test_reset_forgets_the_mask(void **state)
{
    (void)state;
    want_input();
    sclp_reset();
    input = "x";
    devices_event(&cpu, 1);
    assert_int_equal(machine_external(NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_masks, start),
        cmocka_unit_test_setup(test_damaged_masks, start),
        cmocka_unit_test_setup(test_ascii_output, start),
        cmocka_unit_test_setup(test_line_output, start),
        cmocka_unit_test_setup(test_line_output_beside_ascii, start),
        cmocka_unit_test_setup(test_two_events, start),
        cmocka_unit_test_setup(test_unknown_event_is_refused, start),
        cmocka_unit_test_setup(test_contradicting_lengths, start),
        cmocka_unit_test_setup(test_longest_output, start),
        cmocka_unit_test_setup(test_input, start),
        cmocka_unit_test_setup(test_input_in_pieces, start),
        cmocka_unit_test_setup(test_selected_input, start),
        cmocka_unit_test_setup(test_input_is_announced, start),
        cmocka_unit_test_setup(test_reset_forgets_the_mask, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
