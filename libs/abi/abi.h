/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The contract between the kernel and user processes, expanded from the .def tables of this folder.
 * Belongs to: everybody; includes nobody.
 */
#ifndef BH_ABI_H
#define BH_ABI_H

#include <stdint.h>

#define BH_PAGE_SIZE 4096u
#define BH_SLOTS 128u          /* capability slots in a table, a power of two */
#define BH_PRIORITIES 32u      /* 0 to 31, higher is more urgent */
#define BH_WINDOWS 4u          /* windows of a space */
#define BH_BATCH 256u          /* entries in one update: one page table */
#define BH_MESSAGE_WORDS 4u    /* GR4 to GR7 */
#define BH_CONSOLE_BYTES 1024u /* bytes in one console write */
#define BH_NO_DEADLINE UINT64_MAX
#define BH_TOD_PER_US 4096u /* TOD clock units in a microsecond */

/* Words of IOSPACE_UPDATE: window page * 4096 | flags. The bits are those of a page-table entry. */
#define BH_WORD_READ_ONLY 0x200u
#define BH_WORD_INVALID 0x400u

/* Flags of PARTITION_CREATE_THREAD. */
#define BH_THREAD_FP 0x1u /* keep floating-point registers across switches */

/* PCI_QUERY fields and the address space number of configuration space. */
#define BH_PCI_CONFIG 15u

/* Replies to kernel events. */
#define BH_RESUME 0u
#define BH_STOP 1u

/* Init's own capability table at boot, and the registers it starts with: GR2 first byte of the
 * bundle, GR3 its length in bytes, GR4 machine memory in bytes, GR5 first frame after the boot
 * area that regions may use. */
#define BH_INIT_PARTITION 1u
#define BH_INIT_CAPTABLE 2u
#define BH_INIT_SPACE 3u
#define BH_INIT_THREAD 4u
#define BH_INIT_CONSOLE 5u
#define BH_INIT_SCHEDULE 6u
#define BH_INIT_AUDIT 7u
#define BH_INIT_FREE 8u /* first empty slot */

#define CALL(name, number, registers, text) BH_CALL_##name = (number),
enum bh_call {
#include "libs/abi/calls.def"
};
#undef CALL

#define ERROR(name, number, text) BH_E_##name = (number),
enum bh_error {
#include "libs/abi/errors.def"
};
#undef ERROR

#define OBJECT(name, number, pool, text) BH_##name = (number),
enum bh_object {
    BH_NONE = 0,
#include "libs/abi/objects.def"
};
#undef OBJECT

#define OBJECT(name, number, pool, text) BH_POOL_##name = (pool),
enum bh_pool {
#include "libs/abi/objects.def"
};
#undef OBJECT

#define RIGHT(object, name, value, text) BH_R_##object##_##name = (value),
enum bh_right {
#include "libs/abi/rights.def"
};
#undef RIGHT

/* What GR3 of an invocation holds: the object type that the caller expects * 256 + number. */
#define METHOD(object, name, number, right, arguments, text)                                       \
    BH_M_##object##_##name = BH_##object * 256 + (number),
#define ERR(error, when)
enum bh_method {
#include "libs/abi/methods.def"
};
#undef METHOD
#undef ERR

#define REASON(name, number, text) BH_REASON_##name = (number),
enum bh_reason {
#include "libs/abi/reasons.def"
    BH_REASONS = 10
};
#undef REASON

#define STATE(name, number, text) BH_STATE_##name = (number),
enum bh_state {
#include "libs/abi/states.def"
};
#undef STATE

#define AUDIT(name, number, first, second) BH_AUDIT_##name = (number),
enum bh_audit {
#include "libs/abi/audit.def"
};
#undef AUDIT

#endif
