/* SPDX-License-Identifier: BSD-2-Clause */
/* From the first instructions to main, for the first process, and the header of its image. Belongs
 * to: init. */
#include "libs/rt/init.h"

#include "libs/abi/abi.h"
#include "libs/rt/output.h"
#include "libs/rt/start.h"

#define INIT_HEAP 0x100000
#define INIT_STACK 0x10000

/* init.ld: the values are the addresses of these symbols. */
extern const char bh_init_text_size[], bh_init_rodata_size[], bh_init_total_size[];
extern void bh_init_start(void);

/* The linker script puts the stack behind the constants, which are mapped read-only: an overflow
 * is a fault. */
static char stack[INIT_STACK] __attribute__((section(".init.stack"), aligned(BH_PAGE_SIZE)));
static char message[BH_PAGE_SIZE] __attribute__((aligned(BH_PAGE_SIZE)));
static char heap[INIT_HEAP] __attribute__((aligned(BH_PAGE_SIZE)));

struct bh_init_arguments bh_init_arguments;

extern const struct bh_init_image bh_init_header;
const struct bh_init_image bh_init_header __attribute__((section(".init.header"), used)) = {
    .magic = BH_INIT_MAGIC,
    .entry = (uint64_t)bh_init_start,
    .text_size = (uint64_t)bh_init_text_size,
    .rodata_size = (uint64_t)bh_init_rodata_size,
    .total_size = (uint64_t)bh_init_total_size,
    .stack_top = (uint64_t)&stack[INIT_STACK],
    .message = (uint64_t)message,
};

_Noreturn void bh_start_init(uint64_t bundle, uint64_t bundle_size, uint64_t memory,
                             uint64_t first_frame)
{
    bh_init_arguments = (struct bh_init_arguments){
        .bundle = bundle, .bundle_size = bundle_size, .memory = memory, .first_frame = first_frame};
    bh_message_buffer_set(message);
    bh_malloc_init(heap, sizeof(heap));
    bh_output_to_console(BH_INIT_CONSOLE, message);
    bh_run_main();
}
