/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Macro for start.S and init_start.S: what C and musl expect before the first function. GR2 to GR5
 * stay as they are. Belongs to: everything that runs as a process.
 *
 * musl's thread pointer is in access registers 0 and 1; the block there begins with its own
 * address. A zero back chain ends the stack.
 */
        .macro start_frame
        larl    %r1, bh_thread_block
        stg     %r1, 0(%r1)
        sar     %a1, %r1
        srlg    %r1, %r1, 32
        sar     %a0, %r1
        aghi    %r15, -160
        xc      0(8,%r15), 0(%r15)
        .endm
