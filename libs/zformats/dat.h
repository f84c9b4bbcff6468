/* SPDX-License-Identifier: BSD-2-Clause */
/* CPU dynamic-address-translation table entries of z/Architecture: pure encoders and decoders.
 * Linked by kernel (process and guest spaces), VMM (walk of guest tables), tests.
 *
 * Source: z/Architecture Principles of Operation, chapter "Storage", Dynamic Address Translation.
 * Units: virtual and absolute addresses in bytes; frame = absolute address / 4096; a region or
 * segment table origin is numbered in 4 KiB units, a page table origin in 2 KiB units. */
#ifndef BULKHEAD_ZFORMATS_DAT_H
#define BULKHEAD_ZFORMATS_DAT_H

#include <stdint.h>

#define DAT_PAGE_SIZE UINT64_C(0x1000)
#define DAT_SEGMENT_SIZE UINT64_C(0x100000)
#define DAT_REGION3_SIZE UINT64_C(0x80000000)
#define DAT_REGION2_SIZE UINT64_C(0x40000000000)
#define DAT_REGION1_SIZE UINT64_C(0x20000000000000)

#define DAT_TABLE_ENTRIES UINT64_C(2048)
#define DAT_PAGE_ENTRIES UINT64_C(256)
#define DAT_TABLE_BYTES UINT64_C(16384)
#define DAT_TABLE_ALIGN UINT64_C(4096)
#define DAT_PAGE_TABLE_BYTES UINT64_C(2048)

/* Address-space control element */
#define ASCE_SUBSPACE UINT64_C(0x200)
#define ASCE_PRIVATE                                                                               \
    UINT64_C(0x100) /* fetch and low-address protection off, no common segments                    \
                     */
#define ASCE_ALTERATION UINT64_C(0x80)
#define ASCE_SWITCH_EVENT UINT64_C(0x40)
#define ASCE_REAL_SPACE UINT64_C(0x20)
#define ASCE_TYPE_MASK UINT64_C(0xc)
#define ASCE_TYPE_REGION1 UINT64_C(0xc)
#define ASCE_TYPE_REGION2 UINT64_C(0x8)
#define ASCE_TYPE_REGION3 UINT64_C(0x4)
#define ASCE_TYPE_SEGMENT UINT64_C(0x0)
#define ASCE_LENGTH_MASK UINT64_C(0x3) /* in quarters of a table, minus one */
#define ASCE_LENGTH_FULL UINT64_C(0x3)

/* Region and segment entries */
#define DAT_FORMAT_CONTROL                                                                         \
    UINT64_C(0x400)                    /* STE (EDAT-1), region-third entry (EDAT-2): a frame       \
                                        */
#define DAT_PROTECTED UINT64_C(0x200)  /* also in a PTE */
#define DAT_NO_EXECUTE UINT64_C(0x100) /* IEP: PTE, and STE or RTE with format control */
#define DAT_OFFSET_MASK UINT64_C(0xc0) /* region entries */
#define DAT_UPPER_INVALID UINT64_C(0x20)
#define DAT_COMMON UINT64_C(0x10) /* common segment or region */
#define DAT_TYPE_MASK UINT64_C(0xc)
#define DAT_TYPE_REGION1 UINT64_C(0xc)
#define DAT_TYPE_REGION2 UINT64_C(0x8)
#define DAT_TYPE_REGION3 UINT64_C(0x4)
#define DAT_TYPE_SEGMENT UINT64_C(0x0)
#define DAT_LENGTH_MASK UINT64_C(0x3)
#define DAT_LENGTH_FULL UINT64_C(0x3)

/* Canonical empty entries */
#define DAT_REGION1_EMPTY (DAT_TYPE_REGION1 + DAT_UPPER_INVALID)
#define DAT_REGION2_EMPTY (DAT_TYPE_REGION2 + DAT_UPPER_INVALID)
#define DAT_REGION3_EMPTY (DAT_TYPE_REGION3 + DAT_UPPER_INVALID)
#define DAT_SEGMENT_EMPTY (DAT_TYPE_SEGMENT + DAT_UPPER_INVALID)
#define DAT_PTE_INVALID UINT64_C(0x400)
#define DAT_PTE_EMPTY DAT_PTE_INVALID
#define DAT_PTE_RESERVED                                                                           \
    UINT64_C(0x800) /* must be zero in a valid PTE: translation specification */

#define DAT_FRAME_LIMIT UINT64_C(0x10000000000000)
#define DAT_PAGE_TABLE_LIMIT UINT64_C(0x20000000000000)

/*@ predicate DatUpperValid(integer e) = (e / 0x20) % 2 == 0;
    predicate DatPteValid(integer e) = (e / 0x400) % 2 == 0;
    predicate DatProtected(integer e) = (e / 0x200) % 2 == 1;
    predicate DatNoExecute(integer e) = (e / 0x100) % 2 == 1; */

/* ---- index split ---- */

/*@ assigns \nothing; ensures \result == va / 0x20000000000000 && \result < 2048; */
static inline uint64_t dat_region1_index(uint64_t va)
{
    return va / DAT_REGION1_SIZE;
}

/*@ assigns \nothing; ensures \result == (va / 0x40000000000) % 2048 && \result < 2048; */
static inline uint64_t dat_region2_index(uint64_t va)
{
    return va / DAT_REGION2_SIZE % DAT_TABLE_ENTRIES;
}

/*@ assigns \nothing; ensures \result == (va / 0x80000000) % 2048 && \result < 2048; */
static inline uint64_t dat_region3_index(uint64_t va)
{
    return va / DAT_REGION3_SIZE % DAT_TABLE_ENTRIES;
}

/*@ assigns \nothing; ensures \result == (va / 0x100000) % 2048 && \result < 2048; */
static inline uint64_t dat_segment_index(uint64_t va)
{
    return va / DAT_SEGMENT_SIZE % DAT_TABLE_ENTRIES;
}

/*@ assigns \nothing; ensures \result == (va / 4096) % 256 && \result < 256; */
static inline uint64_t dat_page_index(uint64_t va)
{
    return va / DAT_PAGE_SIZE % DAT_PAGE_ENTRIES;
}

/* ---- address-space control element ---- */

/* type: ASCE_TYPE_*; the table is full length, the space ordinary (all control bits zero). */
/*@ requires table < 0x10000000000000 && type <= 0xc && type % 4 == 0; assigns \nothing;
    ensures \result == table * 4096 + type + 3; */
static inline uint64_t asce_make(uint64_t table, uint64_t type)
{
    return table * DAT_TABLE_ALIGN + type + ASCE_LENGTH_FULL;
}

/*@ assigns \nothing; ensures \result == asce / 4096; */
static inline uint64_t asce_table(uint64_t asce)
{
    return asce / DAT_TABLE_ALIGN;
}

/* Designation type times 4, comparable with ASCE_TYPE_* and with DAT_TYPE_* of the entries. */
/*@ assigns \nothing; ensures \result == asce / 4 % 4 * 4; */
static inline uint64_t asce_type(uint64_t asce)
{
    return asce / 4 % 4 * 4;
}

/* Number of entries in the designated table: 512, 1024, 1536 or 2048. */
/*@ assigns \nothing; ensures \result == (asce % 4 + 1) * 512; */
static inline uint64_t asce_entries(uint64_t asce)
{
    return (asce % 4 + 1) * 512;
}

/*@ assigns \nothing; ensures \result != 0 <==> (asce / 0x20) % 2 == 1; */
static inline int asce_is_real_space(uint64_t asce)
{
    return asce / ASCE_REAL_SPACE % 2 == 1;
}

/* ---- region entry ---- */

/* Entry of type DAT_TYPE_REGION*, naming a full table of the next lower level. */
/*@ requires table < 0x10000000000000 && type <= 0xc && type % 4 == 0; assigns \nothing;
    ensures \result == table * 4096 + type + 3;
    ensures \result / 4096 == table && DatUpperValid(\result) && !DatProtected(\result); */
static inline uint64_t dat_region_make(uint64_t table, uint64_t type)
{
    return table * DAT_TABLE_ALIGN + type + DAT_LENGTH_FULL;
}

/*@ assigns \nothing; ensures \result == e / 4096; */
static inline uint64_t dat_region_table(uint64_t e)
{
    return e / DAT_TABLE_ALIGN;
}

/* First index present in the table below (offset field), and first index beyond it (length). */
/*@ assigns \nothing; ensures \result == e / 0x40 % 4 * 512; */
static inline uint64_t dat_region_first(uint64_t e)
{
    return e / 0x40 % 4 * 512;
}

/*@ assigns \nothing; ensures \result == (e % 4 + 1) * 512; */
static inline uint64_t dat_region_limit(uint64_t e)
{
    return (e % 4 + 1) * 512;
}

/* ---- segment entry ---- */

/*@ requires table < 0x20000000000000; assigns \nothing;
    ensures \result == table * 2048;
    ensures \result / 2048 == table && DatUpperValid(\result) && !DatProtected(\result); */
static inline uint64_t dat_segment_make(uint64_t table)
{
    return table * DAT_PAGE_TABLE_BYTES;
}

/*@ assigns \nothing; ensures \result == e / 2048; */
static inline uint64_t dat_segment_table(uint64_t e)
{
    return e / DAT_PAGE_TABLE_BYTES;
}

/* ---- all upper levels ---- */

/*@ assigns \nothing; ensures \result != 0 <==> DatUpperValid(e); */
static inline int dat_upper_valid(uint64_t e)
{
    return e / DAT_UPPER_INVALID % 2 == 0;
}

/*@ assigns \nothing; ensures \result == e / 4 % 4 * 4; */
static inline uint64_t dat_upper_type(uint64_t e)
{
    return e / 4 % 4 * 4;
}

/* Segment or region-third entry that names a frame (1 MiB or 2 GiB) instead of a table. */
/*@ assigns \nothing; ensures \result != 0 <==> (e / 0x400) % 2 == 1; */
static inline int dat_upper_is_frame(uint64_t e)
{
    return e / DAT_FORMAT_CONTROL % 2 == 1;
}

/*@ assigns \nothing; ensures \result != 0 <==> DatProtected(e); */
static inline int dat_protected(uint64_t e)
{
    return e / DAT_PROTECTED % 2 == 1;
}

/*@ assigns \nothing; ensures \result != 0 <==> DatNoExecute(e); */
static inline int dat_no_execute(uint64_t e)
{
    return e / DAT_NO_EXECUTE % 2 == 1;
}

/* ---- page table entry ---- */

/* no_execute has an effect only with the instruction-execution-protection facility (130) and
 * CR0.20 one; without them the bit is ignored by machines that we know. */
/*@ requires frame < 0x10000000000000; assigns \nothing;
    ensures \result == frame * 4096 + (protect != 0 ? 0x200 : 0) + (no_execute != 0 ? 0x100 : 0);
    ensures \result / 4096 == frame && DatPteValid(\result);
    ensures DatProtected(\result) <==> protect != 0;
    ensures DatNoExecute(\result) <==> no_execute != 0; */
static inline uint64_t dat_pte_make(uint64_t frame, int protect, int no_execute)
{
    return frame * DAT_PAGE_SIZE + (protect ? DAT_PROTECTED : 0) +
           (no_execute ? DAT_NO_EXECUTE : 0);
}

/*@ assigns \nothing; ensures \result != 0 <==> DatPteValid(e); */
static inline int dat_pte_valid(uint64_t e)
{
    return e / DAT_PTE_INVALID % 2 == 0;
}

/* A valid PTE with the reserved bit is a translation-specification exception. */
/*@ assigns \nothing; ensures \result != 0 <==> (e / 0x800) % 2 == 0; */
static inline int dat_pte_format_ok(uint64_t e)
{
    return e / DAT_PTE_RESERVED % 2 == 0;
}

/*@ assigns \nothing; ensures \result == e / 4096 && \result < 0x10000000000000; */
static inline uint64_t dat_pte_frame(uint64_t e)
{
    return e / DAT_PAGE_SIZE;
}

#endif
