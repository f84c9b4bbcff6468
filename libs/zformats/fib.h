/* SPDX-License-Identifier: BSD-2-Clause */
/* Function information block (FIB) of MPCIFC and STPCIFC: offsets, masks and operation controls.
 * Linked by kernel, zPCI instruction layer, VMM and tests.
 *
 * Source: the layout that Linux and QEMU share. All fields big-endian. The block must lie on an
 * 8-byte boundary (otherwise: specification exception). */
#ifndef BULKHEAD_ZFORMATS_FIB_H
#define BULKHEAD_ZFORMATS_FIB_H

#include <stdint.h>

#define FIB_SIZE 80
#define FIB_ALIGN 8

/* Offsets in bytes */
#define FIB_FORMAT 0   /* u8: 0, or 1 for directed interruptions */
#define FIB_CONTROLS 8 /* u8: stored by STPCIFC, FIB_FC_* */
#define FIB_PBA 16     /* u64: lowest I/O virtual address; low 12 bits taken as zeros */
#define FIB_PAL 24     /* u64: highest one, inclusive; low 12 bits taken as ones */
#define FIB_IOTA 32    /* u64: libs/zformats/iotable.h */
#define FIB_INT 40     /* u32: interruption parameters, FIB_INT_* */
#define FIB_DIRECTED 44
#define FIB_AIBV 48 /* u64: absolute address of the adapter interruption bit vector */
#define FIB_AISB 56 /* u64: absolute address of the doubleword with the summary bit */
#define FIB_FMB 64  /* u64: absolute address of the measurement block, low 4 bits storage key */
#define FIB_GD 76   /* u32: GISA designation; always zero here */

/* Function controls as stored by STPCIFC */
#define FIB_FC_ENABLED 0x80u
#define FIB_FC_ERROR 0x40u
#define FIB_FC_BLOCKED 0x20u /* load and store blocked */
#define FIB_FC_IOAT 0x10u    /* DMA address space registered */

/* Format-0 interruption parameters (FIB_INT) */
#define FIB_INT_ISC_SHIFT 28  /* 3 bits */
#define FIB_INT_NOI_SHIFT 16  /* 12 bits: number of interruptions */
#define FIB_INT_AIBVO_SHIFT 8 /* 6 bits: first bit of the vector inside its doubleword */
#define FIB_INT_SUMMARY 0x80u /* summary notification enabled */
#define FIB_INT_AISBO_SHIFT 0 /* 6 bits: summary bit inside its doubleword */
#define FIB_INT_ISC_MAX 7u
#define FIB_INT_NOI_MAX 0xfffu
#define FIB_INT_BIT_MAX 63u

/* Operation controls of MPCIFC */
#define MPCIFC_REGISTER_INT 2u
#define MPCIFC_DEREGISTER_INT 3u
#define MPCIFC_REGISTER_IOAT 4u
#define MPCIFC_DEREGISTER_IOAT 5u
#define MPCIFC_REREGISTER_IOAT 6u
#define MPCIFC_RESET_ERROR 7u
#define MPCIFC_RESET_BLOCK 9u
#define MPCIFC_SET_MEASUREMENT 10u
#define MPCIFC_REGISTER_DIRECTED 16u
#define MPCIFC_DEREGISTER_DIRECTED 17u

/* Status byte of the zPCI instructions, valid with condition code 1 */
#define ZPCI_ST_NOT_ENABLED 4u    /* also: resource not available (MPCIFC) */
#define ZPCI_ST_IN_ERROR 8u       /* function in error */
#define ZPCI_ST_BLOCKED 12u       /* load and store blocked */
#define ZPCI_ST_RESOURCES 16u     /* insufficient resources */
#define ZPCI_ST_ADDRESS_SPACE 20u /* no such address space (BAR) */
#define ZPCI_ST_SEQUENCE 24u      /* already (de)registered; not in error */
#define ZPCI_ST_DMA_SPACE 28u     /* DMA address space invalid or not enabled */
#define ZPCI_ST_FRAME_SIZE 32u
#define ZPCI_ST_OPERAND_SPACE 36u
#define ZPCI_ST_RECOVERY 40u /* function not available: error recovery in progress */
#define ZPCI_ST_ALREADY 44u  /* already in the requested state */

/* Function handle */
#define ZPCI_FH_ENABLED UINT32_C(0x80000000)
#define ZPCI_FH_INSTANCE_MASK UINT32_C(0x7f000000)
#define ZPCI_FH_SHM_MASK UINT32_C(0x00ff0000)
#define ZPCI_FH_INDEX_MASK UINT32_C(0x0000ffff)

/* Address spaces of PCI load and store: 0 to 5 are the BARs */
#define ZPCI_AS_BARS 6u
#define ZPCI_AS_CONFIG 15u

#endif
