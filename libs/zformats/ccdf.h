/* SPDX-License-Identifier: BSD-2-Clause */
/* PCI events: channel report word, CHSC "store event information" block and the content-code
 * dependent field (CCDF) of a PCI error or availability event.
 * Linked by kernel, zPCI instruction layer, VMM and tests.
 *
 * Source: the layout that Linux reads and QEMU writes; the channel report word is described in
 * the z/Architecture Principles of Operation, "Channel-Report Word". Big-endian. */
#ifndef BULKHEAD_ZFORMATS_CCDF_H
#define BULKHEAD_ZFORMATS_CCDF_H

#include <stdint.h>

/* Channel report word */
#define CRW_SIZE 4
#define CRW_OVERFLOW UINT32_C(0x20000000) /* R: reports were lost */
#define CRW_CHAINED UINT32_C(0x10000000)  /* C: another word belongs to this report */
#define CRW_RSC_SHIFT 24
#define CRW_RSC_MASK UINT32_C(0xf)
#define CRW_RSC_CSS UINT32_C(0xb) /* channel subsystem: event information is pending */
#define CRW_ERC_SHIFT 16
#define CRW_ERC_MASK UINT32_C(0x3f)

/* CHSC block: request in the first 16 bytes, response from SEI_RESPONSE; 4 KiB, page aligned */
#define SEI_SIZE 4096
#define SEI_ALIGN 4096
#define SEI_REQUEST_LENGTH 16u
#define SEI_COMMAND 0x000eu
#define SEI_REQ_LENGTH 0                              /* u16 */
#define SEI_REQ_COMMAND 2                             /* u16 */
#define SEI_REQ_TYPES 8                               /* u64: notification types wanted */
#define SEI_TYPE_CHANNEL UINT64_C(0x8000000000000000) /* notification type 0 */
#define SEI_TYPE_PCI UINT64_C(0x2000000000000000)     /* notification type 2 */
#define SEI_RESPONSE 16
#define SEI_RSP_LENGTH 16  /* u16 */
#define SEI_RSP_CODE 18    /* u16 */
#define SEI_RSP_TYPE 23    /* u8: notification type */
#define SEI_RSP_FLAGS 24   /* u8: SEI_FLAG_* */
#define SEI_RSP_CONTENT 27 /* u8: content code, SEI_CONTENT_* */
#define SEI_RSP_CCDF 80
#define SEI_RSP_LENGTH_MIN 8u
#define SEI_NT_PCI 2u
#define SEI_FLAG_PENDING 0x80u  /* more events wait */
#define SEI_FLAG_OVERFLOW 0x40u /* events were lost */
#define SEI_CONTENT_ERROR 1u
#define SEI_CONTENT_AVAILABILITY 2u
#define SEI_CODE_OK 0x0001u
#define SEI_CODE_NONE 0x0005u /* no event pending */

/* CCDF */
#define CCDF_SIZE 32
#define CCDF_FH 4                 /* u32 */
#define CCDF_FID 8                /* u32: the stable name */
#define CCDF_ERR_INFO 12          /* u32: CCDF_INFO_* (error event) */
#define CCDF_ERR_ADDRESS 16       /* u64: failing address (error event) */
#define CCDF_PEC 30               /* u16: PCI event code */
#define CCDF_INFO_ETT_SHIFT 28    /* 4 bits: error type */
#define CCDF_INFO_VECTOR_SHIFT 16 /* 12 bits: MSI vector number */
#define CCDF_INFO_SPACE_SHIFT 8   /* 8 bits: DMA address space */
#define CCDF_INFO_Q 0x2u          /* qualifier: address is valid */
#define CCDF_INFO_WRITE 0x1u

/* PCI event codes of an error event */
#define PEC_SPACE_INVALID 0x0001u /* DMA address space invalid or not registered */
#define PEC_OUT_OF_RANGE 0x0002u
#define PEC_FORMAT 0x0003u
#define PEC_TRANSLATION 0x0004u /* no translation, or protected */
#define PEC_PROTECTION 0x0005u
#define PEC_KEY 0x0006u
#define PEC_TABLE_ENTRY 0x0007u
#define PEC_TABLE_LENGTH 0x0008u
#define PEC_TABLE_TYPE 0x0009u
#define PEC_MSI 0x000au
#define PEC_SYSTEM 0x000bu
#define PEC_NO_MSI 0x0010u
#define PEC_BIT_VECTOR 0x0011u
#define PEC_AIBV 0x0012u
#define PEC_AIR 0x0013u
#define PEC_FMB_ADDRESS 0x002au
#define PEC_FMB_UPDATE 0x002bu
#define PEC_FMB_PROTECTION 0x002cu
#define PEC_CONFIGURATION 0x0030u
#define PEC_SERVICE_ACTION 0x003au
#define PEC_PERMANENT 0x003bu
#define PEC_RECOVERY_FAILED 0x0040u

/* PCI event codes of an availability event */
#define PEC_TO_CONFIGURED 0x0301u
#define PEC_TO_STANDBY 0x0302u
#define PEC_DECONFIGURE_REQUEST 0x0303u
#define PEC_SURPRISE_REMOVAL 0x0304u
#define PEC_RESCAN 0x0306u
#define PEC_TO_RESERVED 0x0308u

#endif
