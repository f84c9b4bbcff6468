/* SPDX-License-Identifier: BSD-2-Clause */
/* From the first instructions to main, for every process but the first. Belongs to: everything that
 * runs as a process. */
#include "libs/rt/start.h"

#include "libs/rt/info.h"
#include "libs/rt/output.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"

static void start_output(void)
{
    unsigned position = 0;
    const struct bh_info_entry *entry = bh_info_next_text(BH_CHANNEL_PRODUCER, &position);

    if (entry)
        bh_output_to_channel((void *)(uintptr_t)entry->value, entry->size,
                             (unsigned)bh_cap(entry->name));
    else if (bh_cap("console") >= 0)
        bh_output_to_console((unsigned)bh_cap("console"), bh_message_buffer());
}

_Noreturn void bh_start_process(const struct bh_info *info)
{
    if (info->magic != BH_INFO_MAGIC)
        bh_svc_exit(126);
    bh_info_set(info);
    bh_message_buffer_set((void *)(uintptr_t)info->message);
    bh_malloc_init((void *)(uintptr_t)info->heap, info->heap_size);
    start_output();
    bh_run_main();
}
