/* SPDX-License-Identifier: BSD-2-Clause */
/* Layout of the zPCI I/O translation tables and of the anchor (IOTA): pure encoders and decoders.
 * Linked by kernel (I/O spaces), translator, zPCI software fake and tests.
 *
 * Source: the formats that Linux builds and QEMU walks; no public IBM manual describes them.
 * Units: iova in bytes; frame = absolute address / 4096; table origins are numbered in units of
 * their own size (16 KiB for region and segment tables, 2 KiB for page tables), so an origin that
 * is out of alignment cannot be expressed.
 * Addresses use / % * only and entries are composed by +, so that the provers can follow them.
 * Trap: 0x400 means "invalid" in a page table entry and "1 MiB frame" in a segment table entry;
 * 0x20 means "invalid" in the upper levels only. */
#ifndef BULKHEAD_ZFORMATS_IOTABLE_H
#define BULKHEAD_ZFORMATS_IOTABLE_H

#include <stdint.h>

#define IOT_PAGE_SIZE UINT64_C(0x1000)
#define IOT_SEGMENT_SIZE UINT64_C(0x100000)   /* covered by a segment table entry: one page table */
#define IOT_REGION3_SIZE UINT64_C(0x80000000) /* covered by a region-third table entry */
#define IOT_SPACE_SIZE UINT64_C(0x40000000000) /* reachable from a region-third table: 4 TiB */

#define IOT_TABLE_ENTRIES UINT64_C(2048) /* region and segment tables */
#define IOT_PAGE_ENTRIES UINT64_C(256)
#define IOT_TABLE_BYTES UINT64_C(16384) /* size and alignment of region and segment tables */
#define IOT_PAGE_TABLE_BYTES UINT64_C(2048)

/* Upper levels: region-third entry (RTE) and segment entry (STE) */
#define IOT_UPPER_INVALID UINT64_C(0x20)
#define IOT_UPPER_EMPTY                                                                            \
    IOT_UPPER_INVALID /* canonical empty entry; never 0 (QEMU: function error) */
#define IOT_TYPE_MASK UINT64_C(0xc)
#define IOT_TYPE_REGION3 UINT64_C(0x4)
#define IOT_TYPE_SEGMENT UINT64_C(0x0)
#define IOT_OFFSET_MASK UINT64_C(0xc0) /* RTE table offset, must be 0 */
#define IOT_LENGTH_FULL UINT64_C(0x3)  /* RTE table length, must be 3 */
#define IOT_RTE_FLAGS UINT64_C(0x7)    /* type region-third, full length, valid */
#define IOT_STE_1M UINT64_C(0x400)     /* format control: the entry names a 1 MiB frame */

/* All levels; protection accumulates from the anchor down */
#define IOT_PROTECTED UINT64_C(0x200)

/* Page table entry (PTE) */
#define IOT_PTE_INVALID UINT64_C(0x400)
#define IOT_PTE_EMPTY IOT_PTE_INVALID

/* Anchor */
#define IOTA_TRANSLATE UINT64_C(0x800)     /* T; 0 = identity, legal only if the group has rtr */
#define IOTA_PROTECTED UINT64_C(0x200)     /* whole space read-only */
#define IOTA_KEY_MASK UINT64_C(0x1e0)      /* storage key, 0 here */
#define IOTA_TYPE_MASK UINT64_C(0x1c)      /* designation type << 2 */
#define IOTA_TYPE_REGION3 UINT64_C(0x4)    /* RTTO, the one designation every machine offers */
#define IOTA_FRAME_SIZE_MASK UINT64_C(0x3) /* PFAA only */
#define IOTA_RTTO_FLAGS UINT64_C(0x804)    /* T and RTTO: what Linux registers */

/* Largest numbers that fit an entry: 52 address bits of frames, and origins below 2^64. */
#define IOT_FRAME_LIMIT UINT64_C(0x10000000000000)
#define IOT_TABLE_LIMIT UINT64_C(0x4000000000000)
#define IOT_PAGE_TABLE_LIMIT UINT64_C(0x20000000000000)

/*@ logic integer IotRegion3(integer iova) = (iova / 0x80000000) % 2048;
    logic integer IotSegment(integer iova) = (iova / 0x100000) % 2048;
    logic integer IotPage(integer iova) = (iova / 4096) % 256;
    predicate IotUpperValid(integer e) = (e / 0x20) % 2 == 0;
    predicate IotPteValid(integer e) = (e / 0x400) % 2 == 0;
    predicate IotProtected(integer e) = (e / 0x200) % 2 == 1; */

/* ---- index split ---- */

/*@ assigns \nothing; ensures \result == IotRegion3(iova) && \result < 2048; */
static inline uint64_t iot_region3_index(uint64_t iova)
{
    return iova / IOT_REGION3_SIZE % IOT_TABLE_ENTRIES;
}

/*@ assigns \nothing; ensures \result == IotSegment(iova) && \result < 2048; */
static inline uint64_t iot_segment_index(uint64_t iova)
{
    return iova / IOT_SEGMENT_SIZE % IOT_TABLE_ENTRIES;
}

/*@ assigns \nothing; ensures \result == IotPage(iova) && \result < 256; */
static inline uint64_t iot_page_index(uint64_t iova)
{
    return iova / IOT_PAGE_SIZE % IOT_PAGE_ENTRIES;
}

/*@ requires r < 2048 && s < 2048 && p < 256; assigns \nothing;
    ensures \result == r * 0x80000000 + s * 0x100000 + p * 4096;
    ensures \result < 0x40000000000; */
static inline uint64_t iot_iova(uint64_t r, uint64_t s, uint64_t p)
{
    return r * IOT_REGION3_SIZE + s * IOT_SEGMENT_SIZE + p * IOT_PAGE_SIZE;
}

/* ---- region-third entry ---- */

/*@ requires table < 0x4000000000000; assigns \nothing;
    ensures \result / 16384 == table && IotUpperValid(\result) && !IotProtected(\result); */
static inline uint64_t iot_rte_make(uint64_t table)
{
    return table * IOT_TABLE_BYTES + IOT_RTE_FLAGS;
}

/*@ assigns \nothing; ensures \result == e / 16384; */
static inline uint64_t iot_rte_table(uint64_t e)
{
    return e / IOT_TABLE_BYTES;
}

/* Type region-third. */
/*@ assigns \nothing; ensures \result != 0 <==> (e / 4) % 4 == 1; */
static inline int iot_rte_type_ok(uint64_t e)
{
    return e / 4 % 4 == 1;
}

/* Offset 0 and full length: the only values that the machine accepts. */
/*@ assigns \nothing; ensures \result != 0 <==> (e / 0x40) % 4 == 0 && e % 4 == 3; */
static inline int iot_rte_length_ok(uint64_t e)
{
    return e / 0x40 % 4 == 0 && e % 4 == IOT_LENGTH_FULL;
}

/* ---- segment entry ---- */

/*@ requires table < 0x20000000000000; assigns \nothing;
    ensures \result / 2048 == table && IotUpperValid(\result) && !IotProtected(\result);
    ensures (\result / 0x400) % 2 == 0; */
static inline uint64_t iot_ste_make(uint64_t table)
{
    return table * IOT_PAGE_TABLE_BYTES;
}

/*@ assigns \nothing; ensures \result == e / 2048; */
static inline uint64_t iot_ste_table(uint64_t e)
{
    return e / IOT_PAGE_TABLE_BYTES;
}

/*@ assigns \nothing; ensures \result != 0 <==> (e / 4) % 4 == 0; */
static inline int iot_ste_type_ok(uint64_t e)
{
    return e / 4 % 4 == 0;
}

/* The entry names a 1 MiB frame (never to be read as a page table). */
/*@ assigns \nothing; ensures \result != 0 <==> (e / 0x400) % 2 == 1; */
static inline int iot_ste_is_1m(uint64_t e)
{
    return e / IOT_STE_1M % 2 == 1;
}

/* First 4 KiB frame of the 1 MiB frame. */
/*@ assigns \nothing; ensures \result == e / 0x100000 * 256; */
static inline uint64_t iot_ste_1m_frame(uint64_t e)
{
    return e / IOT_SEGMENT_SIZE * IOT_PAGE_ENTRIES;
}

/* ---- both upper levels ---- */

/*@ assigns \nothing; ensures \result != 0 <==> IotUpperValid(e); */
static inline int iot_upper_valid(uint64_t e)
{
    return e / IOT_UPPER_INVALID % 2 == 0;
}

/*@ assigns \nothing; ensures \result != 0 <==> IotProtected(e); */
static inline int iot_protected(uint64_t e)
{
    return e / IOT_PROTECTED % 2 == 1;
}

/* ---- page table entry ---- */

/*@ requires frame < 0x10000000000000; assigns \nothing;
    ensures \result == frame * 4096 + (protect != 0 ? 0x200 : 0);
    ensures \result / 4096 == frame && IotPteValid(\result);
    ensures IotProtected(\result) <==> protect != 0; */
static inline uint64_t iot_pte_make(uint64_t frame, int protect)
{
    return frame * IOT_PAGE_SIZE + (protect ? IOT_PROTECTED : 0);
}

/*@ assigns \nothing; ensures \result != 0 <==> IotPteValid(e); */
static inline int iot_pte_valid(uint64_t e)
{
    return e / IOT_PTE_INVALID % 2 == 0;
}

/*@ assigns \nothing; ensures \result == e / 4096 && \result < 0x10000000000000; */
static inline uint64_t iot_pte_frame(uint64_t e)
{
    return e / IOT_PAGE_SIZE;
}

/* ---- anchor ---- */

/*@ requires table < 0x4000000000000; assigns \nothing;
    ensures \result == table * 16384 + 0x804; */
static inline uint64_t iota_make(uint64_t table)
{
    return table * IOT_TABLE_BYTES + IOTA_RTTO_FLAGS;
}

/*@ assigns \nothing; ensures \result == iota / 16384; */
static inline uint64_t iota_table(uint64_t iota)
{
    return iota / IOT_TABLE_BYTES;
}

/*@ assigns \nothing; ensures \result != 0 <==> (iota / 0x800) % 2 == 1; */
static inline int iota_translates(uint64_t iota)
{
    return iota / IOTA_TRANSLATE % 2 == 1;
}

/*@ assigns \nothing; ensures \result == (iota / 4) % 8; */
static inline uint64_t iota_designation(uint64_t iota)
{
    return iota / 4 % 8;
}

/* True if nothing but origin, T, RTTO and protection is present: reserved bits, key and frame
 * size 0. QEMU would let other low bits leak into the origin. */
/*@ assigns \nothing; ensures \result != 0 <==> iota % 16384 == 0x804 || iota % 16384 == 0xa04; */
static inline int iota_is_plain_rtto(uint64_t iota)
{
    return iota % IOT_TABLE_BYTES == IOTA_RTTO_FLAGS ||
           iota % IOT_TABLE_BYTES == IOTA_RTTO_FLAGS + IOTA_PROTECTED;
}

#endif
