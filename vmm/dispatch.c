/* SPDX-License-Identifier: BSD-2-Clause */
/* From opcode to handler. Belongs to: VMM. */
#include "vmm/dispatch.h"

#include <stddef.h>

#include "libs/zformats/psw.h"
#include "vmm/handlers.h"

#define OPCODE_RPCIT 0xb9d3u

/* One row for opcodes of one byte, one for each first byte with an extension. */
#define ROW_PLAIN 0u
#define ROWS 8u
#define COLUMNS 256u

struct target {
    instruction_handler handler;
    uint8_t any_state; /* the handler itself cares for the problem state */
};

static const struct {
    uint16_t opcode;
    struct target target;
} known[] = {
#define HANDLER(opcode, name, mnemonic) {(opcode), {name, 0}},
#define HANDLER_ALSO HANDLER
#define HANDLER_ANY(opcode, name, mnemonic) {(opcode), {name, 1}},
#include "vmm/handlers.def"
#undef HANDLER_ANY
#undef HANDLER_ALSO
#undef HANDLER
};

static uint8_t row_of[COLUMNS];
static struct target table[ROWS][COLUMNS];

static struct target *slot(uint16_t opcode)
{
    uint32_t row = row_of[opcode / 256u] % ROWS;

    return &table[row][row == ROW_PLAIN ? opcode / 256u : opcode % 256u];
}

void dispatch_start(void)
{
    static const uint8_t extended[ROWS - 1u] = {0x01, 0xb2, 0xb9, 0xc8, 0xe3, 0xe5, 0xeb};
    uint32_t i;

    for (i = 0; i < ROWS - 1u; i++)
        row_of[extended[i]] = (uint8_t)(i + 1u);
    for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        *slot(known[i].opcode) = known[i].target;
}

program_code dispatch(struct cpu *cpu, const struct instruction *in)
{
    const struct target *target = slot(in->opcode);

    if (!target->any_state && (cpu->psw_mask & PSW_PROBLEM) != 0)
        return PGM_PRIVILEGED;
    return target->handler ? target->handler(cpu, in) : PGM_OPERATION;
}

int dispatch_knows(uint16_t opcode)
{
    return opcode != OPCODE_RPCIT && slot(opcode)->handler != NULL;
}
