/* SPDX-License-Identifier: BSD-2-Clause */
/* Call Logical Processor (CLP) blocks for PCI: offsets, commands and response codes.
 * Linked by kernel, zPCI instruction layer, VMM and tests.
 *
 * Source: the layout that Linux and QEMU share. Big-endian, except the BAR values (little-endian).
 * A block holds the request and, directly behind it, the response. Request offsets below are from
 * the start of the block, response offsets from the start of the response. */
#ifndef BULKHEAD_ZFORMATS_CLP_H
#define BULKHEAD_ZFORMATS_CLP_H

#include <stdint.h>

#define CLP_BLOCK_SIZE 4096 /* what Linux uses; the architecture allows 8 KiB */
#define CLP_BLOCK_ALIGN 8
#define CLP_REQUEST_LENGTH 32u /* of every PCI request */

/* Header, of request and response alike */
#define CLP_HDR_SIZE 16
#define CLP_LENGTH 0  /* u16 */
#define CLP_COMMAND 2 /* u16: command (request) or response code (response) */
#define CLP_FORMAT 4  /* u32: format in the first four bits, zeros */

/* Commands */
#define CLP_SLPC 0x0001u
#define CLP_LIST 0x0002u
#define CLP_QUERY_FUNCTION 0x0003u
#define CLP_QUERY_GROUP 0x0004u
#define CLP_SET_FUNCTION 0x0005u

/* Response codes */
#define CLP_RC_OK 0x0010u
#define CLP_RC_COMMAND 0x0020u
#define CLP_RC_AUTHORITY 0x0030u
#define CLP_RC_FORMAT 0x0040u
#define CLP_RC_LENGTH 0x0050u
#define CLP_RC_NEEDS_8K 0x0060u
#define CLP_RC_RESERVED 0x0070u
#define CLP_RC_NO_DATA 0x0080u
#define CLP_RC_FUNCTION 0x0100u
#define CLP_RC_HANDLE 0x0101u
#define CLP_RC_HANDLE_STATE 0x0102u
#define CLP_RC_DMA_SPACES 0x0103u
#define CLP_RC_RESOURCES 0x0104u
#define CLP_RC_ALREADY 0x0105u
#define CLP_RC_PERMANENT 0x0106u
#define CLP_RC_RECOVERY 0x0107u
#define CLP_RC_BUSY 0x0108u
#define CLP_RC_TOKEN 0x010au
#define CLP_RC_GROUP 0x010bu

/* List PCI functions: request, response, entry */
#define CLP_LIST_REQ_TOKEN 16      /* u64 */
#define CLP_LIST_RSP_TOKEN 16      /* u64: 0 = end of list */
#define CLP_LIST_RSP_MDD 24        /* u32: mask of the software-handle field */
#define CLP_LIST_RSP_MAX 28        /* u16: functions possible */
#define CLP_LIST_RSP_FLAGS 30      /* u8 */
#define CLP_LIST_RSP_ENTRY_SIZE 31 /* u8 */
#define CLP_LIST_RSP_ENTRIES 32
#define CLP_LIST_UID_CHECKING 0x01u
#define CLP_ENTRY_SIZE 16u
#define CLP_ENTRY_DEVICE 0 /* u16 */
#define CLP_ENTRY_VENDOR 2 /* u16: 0 = unused entry */
#define CLP_ENTRY_STATE 4  /* u32 */
#define CLP_ENTRY_FID 8    /* u32 */
#define CLP_ENTRY_FH 12    /* u32 */
#define CLP_ENTRY_CONFIGURED UINT32_C(0x80000000)
#define CLP_LIST_ENTRIES_MAX                                                                       \
    ((CLP_BLOCK_SIZE - CLP_REQUEST_LENGTH - CLP_LIST_RSP_ENTRIES) / CLP_ENTRY_SIZE)

/* Query PCI function */
#define CLP_QFN_REQ_FH 16 /* u32 */
#define CLP_QFN_RSP_LENGTH_MIN 128u
#define CLP_QFN_RSP_VFN 16      /* u16 */
#define CLP_QFN_RSP_FLAGS 18    /* u8: CLP_QFN_* */
#define CLP_QFN_RSP_GROUP 19    /* u8 */
#define CLP_QFN_RSP_FID 20      /* u32 */
#define CLP_QFN_RSP_BAR_SIZE 24 /* u8[6]: binary logarithm of the size, 0 = no BAR */
#define CLP_QFN_RSP_PCHID 30    /* u16 */
#define CLP_QFN_RSP_BAR 32      /* le32[6] */
#define CLP_QFN_RSP_PFIP 56     /* u8[4] */
#define CLP_QFN_RSP_FIDPARM 60  /* u8 */
#define CLP_QFN_RSP_PORT 61     /* u8, low 4 bits */
#define CLP_QFN_RSP_FMB 62      /* u8: measurement block length in words */
#define CLP_QFN_RSP_PFT 63      /* u8: function type */
#define CLP_QFN_RSP_SDMA 64     /* u64: first DMA address */
#define CLP_QFN_RSP_EDMA 72     /* u64: last DMA address, inclusive */
#define CLP_QFN_RSP_RID 80      /* u16 */
#define CLP_QFN_RSP_TID 86      /* u16 */
#define CLP_QFN_RSP_UID 124     /* u32 */
#define CLP_QFN_RSP_UTIL 128    /* u8[64] */
#define CLP_QFN_UTIL_SIZE 64
#define CLP_QFN_MIO 0x02u
#define CLP_QFN_UTIL 0x01u
#define CLP_BARS 6
#define CLP_BAR_SIZE_MAX 63u

/* Query PCI function group */
#define CLP_QGRP_REQ_GROUP 16 /* u32, low byte */
#define CLP_QGRP_RSP_LENGTH_MIN 64u
#define CLP_QGRP_RSP_NOI 16     /* u16, low 12 bits: number of interruptions */
#define CLP_QGRP_RSP_VERSION 18 /* u8 */
#define CLP_QGRP_RSP_FLAGS 19   /* u8: CLP_QGRP_* */
#define CLP_QGRP_RSP_MAXSTBL 20 /* u16, low 13 bits: longest store block */
#define CLP_QGRP_RSP_MUI 22     /* u16: measurement interval in ms */
#define CLP_QGRP_RSP_DTSM 24    /* u8: designation types; IBM bit n = type n */
#define CLP_QGRP_RSP_MAXFAAL 26 /* u16 */
#define CLP_QGRP_RSP_DNOI 28    /* u16, low 12 bits */
#define CLP_QGRP_RSP_MAXCPU 30  /* u16 */
#define CLP_QGRP_RSP_DASM 32    /* u64: DMA address space mask */
#define CLP_QGRP_RSP_MSIA 40    /* u64: address for MSI messages */
#define CLP_QGRP_RTR 0x20u      /* relaxed (identity) translation allowed */
#define CLP_QGRP_RELAXED_ALIGN 0x08u
#define CLP_QGRP_FRAME_1M 0x02u
#define CLP_QGRP_REFRESH 0x01u /* RPCIT needed for invalid-to-valid changes too */
#define CLP_DTSM_RTTO 0x40u

/* Set PCI function */
#define CLP_SET_REQ_FH 16   /* u32 */
#define CLP_SET_REQ_OC 22   /* u8 */
#define CLP_SET_REQ_NDAS 23 /* u8: number of DMA address spaces; 1 to enable */
#define CLP_SET_RSP_FH 16   /* u32: the new handle */
#define CLP_SET_RSP_LENGTH_MIN 32u
#define CLP_SET_ENABLE 0u
#define CLP_SET_DISABLE 1u

#endif
