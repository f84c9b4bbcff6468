/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * STORE SYSTEM INFORMATION: a virtual machine at level 3, with one CPU, synthesised; nothing of the
 * real machine shows. Belongs to: VMM.
 * Source: z/Architecture Principles of Operation, "STORE SYSTEM INFORMATION".
 */
#include <string.h>

#include "libs/zformats/bytes.h"
#include "libs/zformats/ebcdic.h"
#include "vmm/handlers.h"
#include "vmm/memory.h"

#define SYSIB 4096u
#define LEVEL 3u
#define CC_NOT_PROVIDED 3u

/* Fields of GR0 and GR1. */
#define FUNCTION_SHIFT 28
#define GR0_ZERO 0x0fffff00u
#define GR1_ZERO 0xffff0000u

/* Function code and the two selectors. */
#define SYSTEM(function, one, two) ((function) << 24 | (one) << 16 | (two))

/* Offsets in bytes: machine (1.1.1), CPU (1.2.1, 2.2.1), CPUs (1.2.2, 2.2.2), virtual machines
 * (3.2.2). */
#define MACHINE_MANUFACTURER 32u
#define MACHINE_TYPE 48u
#define MACHINE_MODEL 64u
#define SEQUENCE 80u
#define PLANT 96u
#define MACHINE_MODEL_NAME 100u
#define CPU_ADDRESS 102u
#define CPUS_CAPABILITY 32u
#define CPUS_TOTAL 36u
#define CPUS_CONFIGURED 38u
#define PARTITION_NUMBER 32u
#define PARTITION_NAME 44u
#define PARTITION_FACTOR 52u
#define PARTITION_SHARED 74u
#define VM_COUNT 31u
#define VM_TOTAL 36u
#define VM_CONFIGURED 38u
#define VM_NAME 44u
#define VM_FACTOR 52u
#define VM_PROGRAM 56u

#define CAPABILITY 5000u /* lower is faster; Linux prints a speed of 10,000,000 / this */
#define FACTOR 1000u     /* of 1000: a whole CPU */

/* EBCDIC, filled up with spaces. */
static void put_text(uint8_t *to, uint32_t size, const char *text)
{
    uint32_t length = (uint32_t)strlen(text);

    for (uint32_t i = 0; i < size; i++)
        to[i] = ebcdic_from_ascii(i < length ? (uint8_t)text[i] : ' ');
}

static void put_serial(uint8_t *sysib)
{
    put_text(sysib + SEQUENCE, 16, "0000000000000001");
    put_text(sysib + PLANT, 4, "00");
}

static void put_machine(uint8_t *sysib)
{
    put_serial(sysib);
    put_text(sysib + MACHINE_MANUFACTURER, 16, "Bulkhead");
    put_text(sysib + MACHINE_TYPE, 4, "2097");
    put_text(sysib + MACHINE_MODEL, 16, "virtual");
    put_text(sysib + MACHINE_MODEL_NAME, 16, "virtual");
}

static void put_cpu(uint8_t *sysib, const struct cpu *cpu)
{
    put_serial(sysib);
    be16_put(sysib + CPU_ADDRESS, cpu->address);
}

static void put_cpus(uint8_t *sysib)
{
    be32_put(sysib + CPUS_CAPABILITY, CAPABILITY);
    be16_put(sysib + CPUS_TOTAL, 1);
    be16_put(sysib + CPUS_CONFIGURED, 1);
}

static void put_partition(uint8_t *sysib)
{
    be16_put(sysib + PARTITION_NUMBER, 1);
    be16_put(sysib + CPUS_TOTAL, 1);
    be16_put(sysib + CPUS_CONFIGURED, 1);
    put_text(sysib + PARTITION_NAME, 8, "BULKHEAD");
    be32_put(sysib + PARTITION_FACTOR, FACTOR);
    be16_put(sysib + PARTITION_SHARED, 1);
}

static void put_virtual_machine(uint8_t *sysib)
{
    sysib[VM_COUNT] = 1;
    be16_put(sysib + VM_TOTAL, 1);
    be16_put(sysib + VM_CONFIGURED, 1);
    put_text(sysib + VM_NAME, 8, "GUEST");
    be32_put(sysib + VM_FACTOR, FACTOR);
    put_text(sysib + VM_PROGRAM, 16, "Bulkhead");
}

/* Fills in the zeroed block; returns 0 if there is no such information. */
static int build(const struct cpu *cpu, uint32_t system, uint8_t *sysib)
{
    switch (system) {
    case SYSTEM(1u, 1u, 1u):
        put_machine(sysib);
        return 1;
    case SYSTEM(1u, 2u, 1u):
    case SYSTEM(2u, 2u, 1u):
        put_cpu(sysib, cpu);
        return 1;
    case SYSTEM(1u, 2u, 2u):
        put_cpus(sysib);
        return 1;
    case SYSTEM(2u, 2u, 2u):
        put_partition(sysib);
        return 1;
    case SYSTEM(3u, 2u, 2u):
        put_virtual_machine(sysib);
        return 1;
    default:
        return 0;
    }
}

static program_code store(struct cpu *cpu, const struct instruction *in, uint32_t system)
{
    static uint8_t sysib[SYSIB];
    program_code code;

    if (in->address % SYSIB != 0)
        return PGM_SPECIFICATION;
    memset(sysib, 0, sizeof(sysib));
    if (!build(cpu, system, sysib)) {
        cpu_set_cc(cpu, CC_NOT_PROVIDED);
        return PGM_NONE;
    }
    code = guest_write(cpu, in->address, sysib, SYSIB);
    if (code == PGM_NONE)
        cpu_set_cc(cpu, 0);
    return code;
}

program_code emulate_stsi(struct cpu *cpu, const struct instruction *in)
{
    uint32_t first = (uint32_t)cpu->page->gr[0];
    uint32_t second = (uint32_t)cpu->page->gr[1];
    uint32_t function = first >> FUNCTION_SHIFT;

    if (function > LEVEL) {
        cpu_set_cc(cpu, CC_NOT_PROVIDED);
        return PGM_NONE;
    }
    if ((first & GR0_ZERO) != 0 || (second & GR1_ZERO) != 0)
        return PGM_SPECIFICATION;
    if (function != 0)
        return store(cpu, in, SYSTEM(function, first & 0xffu, second & 0xffffu));
    cpu_set_low(cpu, 0, LEVEL << FUNCTION_SHIFT);
    cpu_set_cc(cpu, 0);
    return PGM_NONE;
}
