/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The state description: what START INTERPRETIVE EXECUTION works on. 512 bytes on a boundary of
 * 512, big-endian. Belongs to: kernel. Source: IBM System/370 Extended Architecture, Interpretive
 * Execution (SA22-7095) for the concepts; offsets of the z/Architecture form as Linux, QEMU and
 * Hercules agree on them, and measured.
 */
#ifndef KERNEL_SIE_DESCRIPTION_H
#define KERNEL_SIE_DESCRIPTION_H

#define SD_BYTES 512u

#define SD_ARCHITECTURE 0x02 /* u8 */
#define SD_ARCHITECTURE_Z 0x08u
#define SD_MODE 0x03   /* u8: 0, the guest's storage is pageable; 8 would give it all storage */
#define SD_PREFIX 0x04 /* u32 */
#define SD_CPU_TIMER 0x28
#define SD_CLOCK_COMPARATOR 0x30
#define SD_EPOCH 0x38
#define SD_INTERCEPTION_CONTROLS 0x48 /* u32 */
#define SD_IC_OPERATION 0x80000000u   /* operation exceptions: RPCIT is one to some machines */
#define SD_IC_STFLE 0x10000000u
#define SD_IC_KEYS 0x00007000u     /* ISKE, SSKE, RRBE: interpreted, they write host tables */
#define SD_EXECUTION_CONTROLS 0x4c /* u32 */
#define SD_EC_EXTERNAL 0x80000000u /* timers interrupt the guest without our help */
#define SD_INTERCEPTION 0x50       /* u8, SIE_* */
#define SD_INTERCEPTION_FLAGS 0x51 /* u8 */
#define SD_FLAG_EXECUTE 0x01u      /* the instruction was the target of one, length in the flags */
#define SD_HOST_CPU 0x52           /* u16: where the guest ran last */
#define SD_HOST_CPU_NONE 0xffffu   /* nowhere: no guest translation is kept */
#define SD_INSTRUCTION 0x56        /* u16 opcode, u32 the rest */
#define SD_VALIDITY 0x58           /* u16: why, with SIE_VALIDITY */
#define SD_STORAGE_ORIGIN 0x80
#define SD_STORAGE_LIMIT 0x88 /* last byte of the guest's storage, in units of 1 MiB */
#define SD_PSW 0x90
#define SD_GR14 0xa0           /* and GR15; the others are the processor's own */
#define SD_PROGRAM_ILC 0xcc    /* u16 */
#define SD_PROGRAM_CODE 0xce   /* u16 */
#define SD_DATA_EXCEPTION 0xd0 /* u64, and PER address, access identification, ... */
#define SD_TRANSLATION_EXCEPTION 0xe8
#define SD_MONITOR_CODE 0xf0
#define SD_CR0 0x100

/* Interception codes */
#define SIE_NONE 0x00u /* the host was interrupted */
#define SIE_INSTRUCTION 0x04u
#define SIE_PROGRAM 0x08u
#define SIE_INSTRUCTION_PROGRAM 0x0cu
#define SIE_WAIT 0x1cu
#define SIE_VALIDITY 0x20u
#define SIE_OPERATION 0x2cu

#endif
