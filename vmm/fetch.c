/* SPDX-License-Identifier: BSD-2-Clause */
/* Instruction text from the kernel's message or from guest memory. Belongs to: VMM. */
#include "vmm/fetch.h"

#include "libs/zformats/bytes.h"
#include "vmm/asce.h"
#include "vmm/decode.h"
#include "vmm/lookaside.h"

#define TEXT_BYTES 6u

/* Halfword by halfword: an instruction may cross into another page, but no halfword does. */
static program_code read_text(struct cpu *cpu, uint64_t address, uint8_t *text)
{
    uint32_t i, n = 2;

    for (i = 0; i < n; i += 2u) {
        uint8_t *bytes;
        program_code code =
            translate(cpu, address + i, fetch_as(cpu->psw_mask), ACCESS_FETCH, &bytes);

        if (code != PGM_NONE)
            return code;
        bytes_copy(text + i, bytes, 2);
        n = decode_length(text[0]);
    }
    return PGM_NONE;
}

static program_code fetch_target(struct cpu *cpu, uint8_t *text, uint64_t target)
{
    uint32_t r1 = text[1] / 16u;
    program_code code;

    if (target % 2u != 0)
        return PGM_SPECIFICATION;
    code = read_text(cpu, target, text);
    if (code == PGM_NONE && r1 != 0)
        text[1] |= (uint8_t)cpu->page->gr[r1];
    return code;
}

program_code fetch_instruction(struct cpu *cpu, uint64_t address, uint64_t text,
                               struct instruction *in)
{
    uint8_t bytes[8];
    uint64_t target;
    int executed;
    program_code code = PGM_NONE;

    be64_put(bytes, text);
    if (text == 0)
        code = read_text(cpu, address, bytes);
    if (code != PGM_NONE)
        return code;
    executed = decode_execute(cpu, bytes, address, &target);
    if (executed)
        code = fetch_target(cpu, bytes, target);
    if (code != PGM_NONE)
        return code;
    decode(cpu, bytes, in);
    in->executed = executed ? 1 : 0;
    return PGM_NONE;
}
