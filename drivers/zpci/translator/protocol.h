/* SPDX-License-Identifier: BSD-2-Clause */
/* The messages of the translator: what the kernel, the VMM and tests send to its endpoint.
 * Belongs to: translator, VMM.
 *
 * Functions are numbered in the order of the system description. A badge says who sends and which
 * functions the sender may name.
 *
 * The kernel's event RPCIT (libs/abi/reasons.def), through a portal with TRANSLATOR_BADGE_EVENT:
 *   w0 handle as the guest gave it, w1 start, w2 length in bytes,
 *   w3 generation * 256 + function controls (FIB_FC_*) of the real function.
 *   Reply: w0 BH_RESUME, w1 result for the guest, w2 and w3 as below. A message that a badge does
 *   not allow is answered with an error in w0, which ends the sender's partition.
 *
 * Calls, with TRANSLATOR_BADGE_VMM: w0 label + 256 * function, w1 to w3 as listed with the labels.
 *   Reply: w0 one of libs/abi/errors.def: OK; RIGHT the badge does not allow it; ARG no such label,
 *   function, item, or ranges outside their page. Behind OK, unless the label says otherwise:
 *   w1 result for the guest, w2 event code (PEC_*) or 0, w3 the failing I/O address.
 *
 * A result is condition code * 256 + status (libs/zformats/fib.h), for RPCIT:
 *   0       done: what the tables say is what the device can reach
 *   1, 8    the function is in error now: w2 says why. What was bad is unmapped, the rest is done.
 *           Whether the real function may go on with DMA is the VMM's decision
 *   1, 16   the mapping budget is used up; what did not fit is unmapped
 *   1, 40   it was in error before, was reset meanwhile, or needs a new registration
 *   2       the hardware is busy; repeat, nothing is lost
 *   3       no such handle, or not enabled, or the device is gone */
#ifndef BULKHEAD_TRANSLATOR_PROTOCOL_H
#define BULKHEAD_TRANSLATOR_PROTOCOL_H

#define TRANSLATOR_BADGE_FUNCTIONS 0xfu /* bit f: may name function f */
#define TRANSLATOR_BADGE_EVENT 0x100u
#define TRANSLATOR_BADGE_VMM 0x200u

#define TRANSLATOR_RESULT(cc, status) ((cc)*256u + (status))

/* Program interruption 0x15 for the guest (operand), in place of a result. */
#define TRANSLATOR_OPERAND 0x10015u

enum translator_label {
    /* The guest registers an I/O translation anchor: w1 IOTA, w2 PBA, w3 PAL as in its FIB. Result
     * 1, 24 if one is registered, TRANSLATOR_OPERAND if the anchor is no plain RTTO anchor or the
     * range is not inside the DMA window. What its tables hold is mapped at once: Linux registers
     * filled tables again after a reset and issues no RPCIT for them. */
    TRANSLATOR_REGISTER = 1,

    /* As above for an anchor that takes the place of the registered one (1, 24: there is none). If
     * it is refused, the old one stays. */
    TRANSLATOR_REREGISTER = 2,

    /* Nothing is registered or mapped any more (1, 24: nothing was registered). The VMM has dropped
     * the real registration before (PCI_DMA_DROP), so the device waits while this goes on. */
    TRANSLATOR_DEREGISTER = 3,

    /* The state that the VMM gives to the guest's function: w1 handle, w2 controls (FIB_FC_ENABLED,
     * ERROR and BLOCKED count), w3 generation of the real function (PCI_STATE). If it is not
     * enabled or the generation is another one, the registration is lost and everything is
     * unmapped. */
    TRANSLATOR_STATE = 4,

    /* One range as RPCIT would name it: w1 start, w2 length. */
    TRANSLATOR_REFRESH = 5,

    /* Many ranges, flushed together: w1 byte offset in the shared page, w2 how many (at most
     * TRANSLATOR_RANGES) pairs of doublewords start, length. Nothing is done if one of them is out
     * of range. */
    TRANSLATOR_INVALIDATE = 6,

    /* The error event that the guest was not told yet, which is taken: w1 event code or 0, w2
     * handle, w3 failing address. */
    TRANSLATOR_EVENT = 7,

    /* w1 item, w2 its argument. Reply: w1 to w3 as listed below. */
    TRANSLATOR_QUERY = 8,
};

enum translator_item {
    TRANSLATOR_ITEM_STATE = 0,    /* controls with FIB_FC_IOAT, handle, generation */
    TRANSLATOR_ITEM_PAGES = 1,    /* pages mapped, unmapped, refused since the start */
    TRANSLATOR_ITEM_BUDGET = 2,   /* mappings that exist, their limit, 1 if a flush is owed */
    TRANSLATOR_ITEM_REQUESTS = 3, /* requests: served, over the whole aperture, result 1/16 */
    TRANSLATOR_ITEM_FRAME = 4,    /* mappings of guest frame w2, by all functions */
    TRANSLATOR_ITEM_ENTRY = 5,    /* the accepted word for I/O page w2 (number); ARG outside */
};

#endif
