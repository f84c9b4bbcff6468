/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest's lowcore: assigned storage locations, in bytes from the prefix. Belongs to: VMM.
 * Source: z/Architecture Principles of Operation, "Assigned Storage Locations".
 */
#ifndef VMM_LOWCORE_H
#define VMM_LOWCORE_H

#include <stdint.h>

#include "vmm/cpu.h"

#define LOWCORE_BYTES 0x2000u

#define LC_EXTERNAL_PARAMETER 0x80u
#define LC_EXTERNAL_CPU 0x84u
#define LC_EXTERNAL_CODE 0x86u
#define LC_SUPERVISOR_ILC 0x88u
#define LC_SUPERVISOR_CODE 0x8au
#define LC_PROGRAM_ILC 0x8cu
#define LC_PROGRAM_CODE 0x8eu
#define LC_DATA_EXCEPTION 0x90u
#define LC_MONITOR_CLASS 0x94u
#define LC_PER_CODE 0x96u
#define LC_PER_ADDRESS 0x98u
#define LC_EXCEPTION_ACCESS 0xa0u
#define LC_PER_ACCESS 0xa1u
#define LC_TRANSLATION_EXCEPTION 0xa8u
#define LC_MONITOR_CODE 0xb0u
#define LC_SUBCHANNEL 0xb8u
#define LC_IO_PARAMETER 0xbcu
#define LC_IO_WORD 0xc0u
#define LC_MACHINE_CHECK_CODE 0xe8u
#define LC_OLD_EXTERNAL 0x130u
#define LC_OLD_SUPERVISOR 0x140u
#define LC_OLD_PROGRAM 0x150u
#define LC_OLD_MACHINE_CHECK 0x160u
#define LC_OLD_IO 0x170u
#define LC_NEW_EXTERNAL 0x1b0u
#define LC_NEW_SUPERVISOR 0x1c0u
#define LC_NEW_PROGRAM 0x1d0u
#define LC_NEW_MACHINE_CHECK 0x1e0u
#define LC_NEW_IO 0x1f0u
#define LC_SAVE_FPR 0x1200u
#define LC_SAVE_GR 0x1280u
#define LC_SAVE_PREFIX 0x1318u
#define LC_SAVE_FPC 0x131cu
#define LC_SAVE_TOD_PROGRAMMABLE 0x1324u
#define LC_SAVE_CPU_TIMER 0x1328u
#define LC_SAVE_CLOCK_COMPARATOR 0x1330u
#define LC_SAVE_AR 0x1340u
#define LC_SAVE_CR 0x1380u

/* The first byte; a null pointer if it is not inside guest memory. */
uint8_t *lowcore(const struct cpu *cpu);

#endif
