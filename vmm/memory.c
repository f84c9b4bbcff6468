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

static inline uint32_t rest_of_page(uint64_t address)
{
    return PAGE - (uint32_t)(address % PAGE);
}

/* An operand that crosses into another page: where its two pieces are. */
static program_code locate(struct cpu *cpu, uint64_t address, uint32_t access, uint8_t *piece[2])
{
    uint32_t as = psw_as(cpu->psw_mask);
    program_code code = translate(cpu, address, as, access, &piece[0]);

    if (code != PGM_NONE)
        return code;
    return translate(cpu, address + rest_of_page(address), as, access, &piece[1]);
}

static program_code read_crossing(struct cpu *cpu, uint64_t address, uint8_t *to, uint32_t n)
{
    uint32_t first = rest_of_page(address);
    uint8_t *piece[2];
    program_code code = locate(cpu, address, ACCESS_FETCH, piece);

    if (code != PGM_NONE)
        return code;
    memcpy(to, piece[0], first);
    memcpy(to + first, piece[1], n - first);
    return PGM_NONE;
}

static program_code write_crossing(struct cpu *cpu, uint64_t address, const uint8_t *from,
                                   uint32_t n)
{
    uint32_t first = rest_of_page(address);
    uint8_t *piece[2];
    program_code code = locate(cpu, address, ACCESS_STORE, piece);

    if (code != PGM_NONE)
        return code;
    memcpy(piece[0], from, first);
    memcpy(piece[1], from + first, n - first);
    return PGM_NONE;
}

program_code guest_read(struct cpu *cpu, uint64_t address, void *to, uint32_t n)
{
    uint8_t *bytes;
    program_code code;

    if (n > rest_of_page(address))
        return read_crossing(cpu, address, to, n);
    code = translate(cpu, address, psw_as(cpu->psw_mask), ACCESS_FETCH, &bytes);
    if (code == PGM_NONE)
        memcpy(to, bytes, n);
    return code;
}

program_code guest_write(struct cpu *cpu, uint64_t address, const void *from, uint32_t n)
{
    uint8_t *bytes;
    program_code code;

    if (n > rest_of_page(address))
        return write_crossing(cpu, address, from, n);
    code = translate(cpu, address, psw_as(cpu->psw_mask), ACCESS_STORE, &bytes);
    if (code == PGM_NONE)
        memcpy(bytes, from, n);
    return code;
}

/* The most frequent operands: no copy by a function of the library. */
program_code guest_write_u8(struct cpu *cpu, uint64_t address, uint8_t value)
{
    uint8_t *byte;
    program_code code = translate(cpu, address, psw_as(cpu->psw_mask), ACCESS_STORE, &byte);

    if (code == PGM_NONE)
        *byte = value;
    return code;
}

program_code guest_read_u64(struct cpu *cpu, uint64_t address, uint64_t *value)
{
    uint8_t bytes[8];
    uint8_t *at = bytes;
    program_code code;

    if (rest_of_page(address) < sizeof(bytes))
        code = read_crossing(cpu, address, bytes, sizeof(bytes));
    else
        code = translate(cpu, address, psw_as(cpu->psw_mask), ACCESS_FETCH, &at);
    if (code == PGM_NONE)
        *value = be64_get(at);
    return code;
}

program_code guest_write_u64(struct cpu *cpu, uint64_t address, uint64_t value)
{
    uint8_t bytes[8];
    uint8_t *at;
    program_code code;

    if (rest_of_page(address) < sizeof(bytes)) {
        be64_put(bytes, value);
        return write_crossing(cpu, address, bytes, sizeof(bytes));
    }
    code = translate(cpu, address, psw_as(cpu->psw_mask), ACCESS_STORE, &at);
    if (code == PGM_NONE)
        be64_put(at, value);
    return code;
}
