/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * All sixteen control registers, in one table. Belongs to: kernel.
 * Source: z/Architecture Principles of Operation, "Control Registers".
 */
#include "kernel/arch/s390x/control.h"
#include "kernel/object/table.h"
#include "libs/zformats/bits.h"

#define CR0_EXECUTE_PROTECTION IBM_BIT64(43)
#define CR0_AFP_REGISTERS IBM_BIT64(45)
#define CR0_VECTOR IBM_BIT64(46)
#define CR0_CLOCK_COMPARATOR IBM_BIT64(52)
#define CR0_SERVICE_SIGNAL IBM_BIT64(54)
#define CR6_ALL_SUBCLASSES UINT64_C(0xff000000)
#define CR14_CHANNEL_REPORT IBM_BIT64(35)
#define FACILITY_EXECUTE_PROTECTION 130u

uint64_t control[16];
uint64_t control_cr0;

/* A translation without any page: what CR1 and CR7 name while a process runs in home space. */
uint64_t control_empty[TABLE_ENTRIES] __attribute__((section(".tables.empty"), aligned(16384)));

/* Inert structures, all zero: a dispatchable-unit control table, a primary ASN second-table entry
 * and a page for CR15, whose linkage stack is virtual and therefore not mapped anywhere. */
static uint64_t inert[64] __attribute__((aligned(512)));

uint32_t control_facility(uint32_t bit)
{
    uint64_t list[4] = {0, 0, 0, 0};
    register uint64_t doublewords asm("0") = 3;

    asm volatile(".insn s,0xb2b00000,%0" : "=Q"(list), "+d"(doublewords) : : "cc", "memory");
    return (list[bit / 64u % 4u] & IBM_BIT64(bit % 64u)) != 0 ? 1u : 0u;
}

static uint64_t cr0_value(void)
{
    uint64_t value = CR0_AFP_REGISTERS | CR0_CLOCK_COMPARATOR | CR0_SERVICE_SIGNAL;

    return control_facility(FACILITY_EXECUTE_PROTECTION) != 0 ? value | CR0_EXECUTE_PROTECTION
                                                              : value;
}

void control_start(void)
{
    uint64_t empty = control_empty_space();
    uint32_t i;

    for (i = 0; i < TABLE_ENTRIES; i++) {
        control_empty[i] = ENTRY_UPPER_INVALID;
    }
    control_cr0 = cr0_value();
    control_set_choice(CONTROL_KERNEL_CHOICE);
    control_set_guest(empty, empty); /* SACF 0 from home space ends there */
    control[2] = (uint64_t)inert;    /* dispatchable-unit control table */
    control[5] = (uint64_t)inert;    /* primary ASN second-table entry */
    control[6] = CR6_ALL_SUBCLASSES;
    control[13] = empty;
    control[14] = CR14_CHANNEL_REPORT;
    asm volatile("lctlg 0,15,%0" : : "Q"(control) : "memory");
}

static void load_cr0(uint64_t cr0)
{
    asm volatile("lctlg 0,0,%0" : : "Q"(cr0) : "memory");
}

uint64_t control_vector_on(void)
{
    uint64_t cr0;

    asm volatile("stctg 0,0,%0" : "=Q"(cr0));
    if ((cr0 & CR0_VECTOR) == 0) {
        load_cr0(cr0 | CR0_VECTOR);
    }
    return cr0;
}

void control_vector_back(uint64_t cr0)
{
    if ((cr0 & CR0_VECTOR) == 0) {
        load_cr0(cr0);
    }
}
