/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The prefix area: what the machine stores there, and the few words that the way out needs. To
 * store here is slow on QEMU while low-address protection is on, so what can be elsewhere is
 * (entry.S). Belongs to: kernel. Shared by C and assembler. Offsets in bytes from real address 0.
 * Source: z/Architecture Principles of Operation, "Assigned Storage Locations".
 */
#ifndef KERNEL_LOWCORE_H
#define KERNEL_LOWCORE_H

#define LC_EXTERNAL_PARAMETER 0x80
#define LC_EXTERNAL_CODE 0x86
#define LC_SVC_ILC 0x88 /* two bytes, the length in the second */
#define LC_SVC_CODE 0x8a
#define LC_PROGRAM_ILC 0x8c /* likewise */
#define LC_PROGRAM_CODE 0x8e
#define LC_DATA_EXCEPTION 0x90 /* with monitor class and PER code behind it */
#define LC_PER_ADDRESS 0x98
#define LC_ACCESS_IDENTIFICATIONS 0xa0
#define LC_TRANSLATION_EXCEPTION 0xa8
#define LC_MONITOR_CODE 0xb0
#define LC_IO_PARAMETER 0xbc
#define LC_IO_IDENTIFICATION 0xc0
#define LC_MACHINE_CHECK_CODE 0xe8
#define LC_OLD_RESTART 0x120
#define LC_OLD_EXTERNAL 0x130
#define LC_OLD_SVC 0x140
#define LC_OLD_PROGRAM 0x150
#define LC_OLD_MACHINE_CHECK 0x160
#define LC_OLD_IO 0x170
#define LC_NEW_RESTART 0x1a0
#define LC_NEW_EXTERNAL 0x1b0
#define LC_NEW_SVC 0x1c0
#define LC_NEW_PROGRAM 0x1d0
#define LC_NEW_MACHINE_CHECK 0x1e0
#define LC_NEW_IO 0x1f0

/* Ours, in the area left to programs: behind what low-address protection covers. */
#define LC_RETURN 0x218   /* PSW that the way out loads */
#define LC_PANIC_GR 0x280 /* 16 registers at a fault of the kernel itself */

/* In the save area (kernel/object/thread.h), bytes. */
#define SAVE_GR15_BYTES 120
#define SAVE_PSW_BYTES 128

#ifndef __ASSEMBLER__
#include <stdint.h>

/* The compiler rightly distrusts pointers to address 0, so these are instructions of their own. */
static inline __attribute__((always_inline)) uint64_t lowcore_u64(const uint64_t offset)
{
    uint64_t value;

    asm volatile("lg %0,%1(0)" : "=d"(value) : "i"(offset) : "memory");
    return value;
}

static inline __attribute__((always_inline)) uint32_t lowcore_u32(const uint64_t offset)
{
    return (uint32_t)(lowcore_u64(offset) / 0x100000000u);
}

static inline __attribute__((always_inline)) uint16_t lowcore_u16(const uint64_t offset)
{
    return (uint16_t)(lowcore_u64(offset) / 0x1000000000000u);
}

/* The translation-exception identification, if this program interruption stored one: else what is
 * there is older, and perhaps another partition's. */
static inline uint64_t lowcore_identification(uint64_t code)
{
    uint32_t stored =
        code == 0x04u || code == 0x10u || code == 0x11u || (code >= 0x38u && code <= 0x3bu);

    return stored != 0 ? lowcore_u64(LC_TRANSLATION_EXCEPTION) : 0;
}

/* The PSW that the way out loads, by one store. */
static inline void lowcore_set_return(const uint64_t psw[2])
{
    asm volatile("mvc %0(16,0),%1" : : "i"(LC_RETURN), "Q"(*(const uint64_t(*)[2])psw) : "memory");
}
#endif

#endif
