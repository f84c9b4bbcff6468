/* SPDX-License-Identifier: BSD-2-Clause */
/* What the guest has cost. Belongs to: VMM. */
#include "vmm/devices/statistics.h"

#include <stdio.h>

#include "drivers/zpci/translator/protocol.h"
#include "libs/abi/abi.h"
#include "libs/abi/vcpu.h"
#include "libs/rt/info.h"
#include "libs/stubs/svc.h"
#include "vmm/clock.h"
#include "vmm/decode.h"

#define PGM_PRIVILEGED_OPERATION 2u
#define TOD_PER_MS (1000u * BH_TOD_PER_US)
#define LINE 64u

/* The instructions that a handler knows; the same opcode is not there twice. */
static const struct {
    uint16_t opcode;
    const char *name;
} known[] = {
#define HANDLER(opcode, handler, mnemonic) {(opcode), (mnemonic)},
#define HANDLER_ALSO HANDLER
#define HANDLER_ANY HANDLER
#include "vmm/handlers.def"
#undef HANDLER_ANY
#undef HANDLER_ALSO
#undef HANDLER
};

#define KNOWN (sizeof(known) / sizeof(known[0]))

static const char *const reasons[BH_REASONS] = {
    [BH_REASON_INSTRUCTION] = "(other instruction)",
    [BH_REASON_TRANSLATION] = "(translation)",
    [BH_REASON_PROGRAM] = "(other program interruption)",
    [BH_REASON_SUPERVISOR] = "SVC",
    [BH_REASON_WAIT] = "(wait)",
    [BH_REASON_INTERRUPT] = "(kick)",
    [BH_REASON_INVALID] = "(invalid state)",
};

static uint64_t instructions[KNOWN], others[BH_REASONS];
static uint64_t start_time;
static const struct bh_vcpu *state;

/* Where an opcode is in known[], + 1; 0 where it was not looked for yet. A search for each exit
 * would cost more than many handlers. */
static uint8_t place[UINT16_MAX + 1u];

void statistics_start(const struct bh_vcpu *page)
{
    state = page;
    start_time = clock_now();
}

static uint32_t find(uint16_t opcode)
{
    uint32_t at = 0;

    if (place[opcode] != 0)
        return place[opcode] - 1u;
    while (at < KNOWN && known[at].opcode != opcode)
        at++;
    place[opcode] = (uint8_t)(at + 1u);
    return at;
}

static void count_instruction(uint64_t text)
{
    uint32_t at = find(decode_opcode(text));

    if (at < KNOWN)
        instructions[at]++;
    else
        others[BH_REASON_INSTRUCTION]++;
}

/* Instructions by the program code, and not by the kernel's reason, which is coarser. */
void statistics_exit(const uint64_t word[4])
{
    uint32_t reason = (uint32_t)(word[0] >> 32);

    _Static_assert(KNOWN < UINT8_MAX, "places fit a byte");
    if (reason == BH_REASON_INSTRUCTION ||
        (reason == BH_REASON_PROGRAM && (word[0] & 0x7fu) == PGM_PRIVILEGED_OPERATION))
        count_instruction(word[1]);
    else
        others[reason < BH_REASONS ? reason : BH_REASON_PROGRAM]++;
}

static void put(void (*line)(const char *text), const char *kind, const char *name, uint64_t value)
{
    char text[LINE];

    snprintf(text, sizeof(text), "%s %s %lu", kind, name, (unsigned long)value);
    line(text);
}

static void put_exits(void (*line)(const char *text))
{
    for (uint32_t i = 0; i < KNOWN; i++)
        if (instructions[i] != 0)
            put(line, "exits", known[i].name, instructions[i]);
    for (uint32_t i = 0; i < BH_REASONS; i++)
        if (others[i] != 0)
            put(line, "exits", reasons[i] ? reasons[i] : "(unknown)", others[i]);
}

/* Adds the three values of an item of each function. Returns how many functions there are: 0 also
 * without a translator. */
static uint32_t add_item(uint64_t sum[3], enum translator_item item)
{
    int translator = bh_cap("translator");
    uint32_t f = 0;

    for (; f < BH_VCPU_FUNCTIONS && translator >= 0; f++) {
        uint64_t words[BH_MESSAGE_WORDS] = {TRANSLATOR_QUERY + 256u * (uint64_t)f, item};

        if (bh_svc_call((uint64_t)translator, words) != BH_E_OK || words[0] != BH_E_OK)
            break;
        for (uint32_t i = 0; i < 3; i++)
            sum[i] += words[i + 1];
    }
    return f;
}

static void put_translator(void (*line)(const char *text))
{
    uint64_t requests[3] = {0}, pages[3] = {0};

    if (add_item(requests, TRANSLATOR_ITEM_REQUESTS) == 0 ||
        add_item(pages, TRANSLATOR_ITEM_PAGES) == 0)
        return;
    put(line, "translator", "RPCITs", requests[0]);
    put(line, "translator", "global refreshes", requests[1]);
    put(line, "translator", "answers out of budget", requests[2]);
    put(line, "translator", "pages mapped", pages[0]);
    put(line, "translator", "pages unmapped", pages[1]);
    put(line, "translator", "pages refused", pages[2]);
}

void statistics_lines(void (*line)(const char *text))
{
    put_exits(line);
    put(line, "kernel", "instructions without an exit", state->executed);
    put_translator(line);
    put(line, "guest", "ms", (clock_now() - start_time) / TOD_PER_MS);
}

static void print(const char *text)
{
    printf("statistics: %s\n", text);
}

void statistics_print(void)
{
    statistics_lines(print);
}
