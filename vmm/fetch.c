/* SPDX-License-Identifier: BSD-2-Clause */
/* Instruction text from the kernel's message or from guest memory. Belongs to: VMM. */
#include "vmm/fetch.h"

#include "libs/zformats/bytes.h"
#include "vmm/asce.h"
#include "vmm/decode.h"
#include "vmm/lookaside.h"

/* Halfword by halfword: an instruction may cross into another page, but no halfword does. */
static program_code read_text(struct cpu *cpu, uint64_t address, uint64_t *text)
{
    uint32_t i, n = 2;

    *text = 0;
    for (i = 0; i < n; i += 2u) {
        uint8_t *bytes;
        program_code code =
            translate(cpu, address + i, fetch_as(cpu->psw_mask), ACCESS_FETCH, &bytes);

        if (code != PGM_NONE)
            return code;
        *text |= (uint64_t)be16_get(bytes) << (48u - 8u * i);
        n = decode_length((uint8_t)(*text >> 56));
    }
    return PGM_NONE;
}

static program_code fetch_target(struct cpu *cpu, uint64_t *text, uint64_t target)
{
    uint32_t r1 = (uint32_t)(*text >> 52) % 16u;
    program_code code;

    if (target % 2u != 0)
        return PGM_SPECIFICATION;
    code = read_text(cpu, target, text);
    if (code == PGM_NONE && r1 != 0)
        *text |= (cpu->page->gr[r1] & 0xffu) << 48;
    return code;
}

program_code fetch_instruction(struct cpu *cpu, uint64_t address, uint64_t text,
                               struct instruction *in)
{
    uint64_t target;
    int executed;
    program_code code = PGM_NONE;

    if (text == 0)
        code = read_text(cpu, address, &text);
    if (code != PGM_NONE)
        return code;
    executed = decode_execute(cpu, text, address, &target);
    if (executed)
        code = fetch_target(cpu, &text, target);
    if (code != PGM_NONE)
        return code;
    decode(cpu, text, in);
    in->executed = executed ? 1 : 0;
    return PGM_NONE;
}
