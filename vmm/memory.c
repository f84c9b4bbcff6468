/* SPDX-License-Identifier: BSD-2-Clause */
/* Guest memory by absolute, real and logical address. Belongs to: VMM. */
#include "vmm/memory.h"

#include <string.h>

#include "libs/zformats/bytes.h"
#include "vmm/asce.h"
#include "vmm/lookaside.h"

#define PAGE 4096u
#define PREFIX_AREA 0x2000u

uint8_t *guest_memory;
uint64_t guest_size;

void *guest_absolute(uint64_t address, uint64_t n)
{
    return n <= guest_size && address <= guest_size - n ? guest_memory + address : NULL;
}

uint64_t guest_real_to_absolute(const struct cpu *cpu, uint64_t real)
{
    if (real < PREFIX_AREA)
        return real + cpu->prefix;
    return real - cpu->prefix < PREFIX_AREA ? real - cpu->prefix : real;
}

void *guest_real(const struct cpu *cpu, uint64_t real, uint64_t n)
{
    if (n > PAGE - real % PAGE)
        return NULL;
    return guest_absolute(guest_real_to_absolute(cpu, real), n);
}

/* The bytes of an operand in storage: at most two pieces, because n is at most a page. */
struct operand {
    uint8_t *first, *rest;
    uint32_t length; /* of the first piece */
};

static program_code locate(struct cpu *cpu, uint64_t address, uint32_t n, uint32_t access,
                           struct operand *operand)
{
    uint32_t as = psw_as(cpu->psw_mask);
    uint32_t in_page = PAGE - (uint32_t)(address % PAGE);
    program_code code = translate(cpu, address, as, access, &operand->first);

    operand->length = n < in_page ? n : in_page;
    operand->rest = NULL;
    if (code != PGM_NONE || n <= in_page)
        return code;
    return translate(cpu, address + in_page, as, access, &operand->rest);
}

program_code guest_read(struct cpu *cpu, uint64_t address, void *to, uint32_t n)
{
    struct operand operand;
    program_code code = locate(cpu, address, n, ACCESS_FETCH, &operand);

    if (code != PGM_NONE)
        return code;
    memcpy(to, operand.first, operand.length);
    if (operand.rest)
        memcpy((uint8_t *)to + operand.length, operand.rest, n - operand.length);
    return PGM_NONE;
}

program_code guest_write(struct cpu *cpu, uint64_t address, const void *from, uint32_t n)
{
    struct operand operand;
    program_code code = locate(cpu, address, n, ACCESS_STORE, &operand);

    if (code != PGM_NONE)
        return code;
    memcpy(operand.first, from, operand.length);
    if (operand.rest)
        memcpy(operand.rest, (const uint8_t *)from + operand.length, n - operand.length);
    return PGM_NONE;
}

program_code guest_read_u64(struct cpu *cpu, uint64_t address, uint64_t *value)
{
    uint8_t bytes[8];
    program_code code = guest_read(cpu, address, bytes, sizeof(bytes));

    if (code == PGM_NONE)
        *value = be64_get(bytes);
    return code;
}

program_code guest_write_u64(struct cpu *cpu, uint64_t address, uint64_t value)
{
    uint8_t bytes[8];

    be64_put(bytes, value);
    return guest_write(cpu, address, bytes, sizeof(bytes));
}
