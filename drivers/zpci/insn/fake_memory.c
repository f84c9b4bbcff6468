/* SPDX-License-Identifier: BSD-2-Clause */
/* Storage as the zPCI software fake sees it (zPCI instruction layer, fake). */
#include "drivers/zpci/insn/fake_memory.h"

uint8_t *fake_memory_at(const struct fake_memory *memory, uint64_t absolute, uint64_t length)
{
    if (absolute < memory->start || length > memory->size)
        return 0;
    if (absolute - memory->start > memory->size - length)
        return 0;
    return memory->base + (absolute - memory->start);
}

int fake_memory_word(const struct fake_memory *memory, uint64_t absolute, uint64_t *word)
{
    void *at = fake_memory_at(memory, absolute, sizeof(*word));

    if (!at || absolute % sizeof(*word) != 0)
        return -1;
    *word = __atomic_load_n((uint64_t *)at, __ATOMIC_ACQUIRE);
    return 0;
}
