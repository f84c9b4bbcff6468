/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: objects, made by init's calls. Belongs to: test. */
#include "kernel/object/captable.h"
#include "kernel/object/partition.h"
#include "tests/unit/kernel/machine.h"
#include "tests/unit/kernel/sound.h"

static uint64_t next_page = BOOT_PAGES; /* of the storage, for processes */

uint32_t free_slot(void)
{
    uint32_t slot;

    for (slot = BH_INIT_FREE; slot < BH_SLOTS; slot++) {
        if (cap_type[cap_slot(0, slot)] == BH_NONE) {
            return slot;
        }
    }
    fail_msg("init's table is full");
    return BH_SLOTS;
}

void drop_slot(uint32_t slot)
{
    assert_invoke(OK, INIT, BH_INIT_CAPTABLE, CAPTABLE_DROP, slot);
}

uint32_t object_of(uint32_t slot)
{
    assert_int_not_equal(cap_type[cap_slot(0, slot)], BH_NONE);
    return cap_object[cap_slot(0, slot)];
}

uint32_t new_partition(void)
{
    uint32_t slot = free_slot();

    assert_invoke(OK, INIT, BH_INIT_PARTITION, PARTITION_CREATE_PARTITION, slot);
    return slot;
}

uint32_t new_region(uint32_t partition, uint64_t page, uint64_t pages)
{
    uint32_t slot = free_slot();

    assert_invoke(OK, INIT, partition, PARTITION_CREATE_REGION, slot, host_frame(page), pages);
    return slot;
}

uint32_t new_endpoint(uint32_t partition)
{
    uint32_t slot = free_slot();

    assert_invoke(OK, INIT, partition, PARTITION_CREATE_ENDPOINT, slot);
    return slot;
}

uint32_t new_notification(uint32_t partition)
{
    uint32_t slot = free_slot();

    assert_invoke(OK, INIT, partition, PARTITION_CREATE_NOTIFICATION, slot);
    return slot;
}

uint32_t new_space(uint32_t partition, uint64_t pages)
{
    uint32_t slot = free_slot();

    assert_invoke(OK, INIT, partition, PARTITION_CREATE_SPACE, slot, pages);
    return slot;
}

uint32_t new_iospace(uint32_t partition, uint64_t page, uint64_t pages)
{
    uint32_t slot = free_slot();

    assert_invoke(OK, INIT, partition, PARTITION_CREATE_IOSPACE, slot, page, pages);
    return slot;
}

static uint32_t new_captable(uint32_t partition)
{
    uint32_t slot = free_slot();

    assert_invoke(OK, INIT, partition, PARTITION_CREATE_CAPTABLE, slot);
    return slot;
}

/* A started thread, whose capability goes to this slot. */
static uint32_t start_thread(const struct process *process, uint32_t slot, uint32_t priority)
{
    assert_invoke(OK, INIT, process->partition, PARTITION_CREATE_THREAD, slot, process->captable,
                  process->space, priority, 0);
    assert_invoke(OK, INIT, slot, THREAD_CONFIGURE, PROCESS_BASE,
                  PROCESS_BASE + PROCESS_PAGES * BH_PAGE_SIZE, 7, PROCESS_PAGE);
    assert_invoke(OK, INIT, slot, THREAD_START);
    return object_of(slot);
}

void new_process(struct process *process, uint32_t priority)
{
    *process = (struct process){.page = next_page};
    next_page += PROCESS_PAGES;
    process->partition = new_partition();
    process->p = object_of(process->partition);
    process->region = new_region(process->partition, process->page, PROCESS_PAGES);
    process->captable = new_captable(process->partition);
    process->space = new_space(process->partition, BH_BATCH);
    assert_invoke(OK, INIT, process->space, SPACE_ADD_WINDOW, process->region, 0, PROCESS_PAGES,
                  BH_R_REGION_READ | BH_R_REGION_WRITE);
    assert_invoke(OK, INIT, process->space, SPACE_MAP, PROCESS_PAGE, 0, 0, PROCESS_PAGES,
                  BH_R_REGION_READ | BH_R_REGION_WRITE);
    process->thread = free_slot();
    process->t = start_thread(process, process->thread, priority);
}

uint32_t new_thread(const struct process *process, uint32_t priority)
{
    uint32_t slot = free_slot();
    uint32_t t = start_thread(process, slot, priority);

    drop_slot(slot);
    return t;
}

uint32_t new_vcpu(const struct process *process, uint32_t priority, uint32_t blocks)
{
    uint32_t slot = free_slot();

    assert_invoke(OK, INIT, process->partition, PARTITION_CREATE_VCPU, slot, priority,
                  process->space, PROCESS_BASE + VCPU_PAGE * BH_PAGE_SIZE, blocks);
    return slot;
}

void grant(const struct process *process, uint32_t slot, uint32_t rights, uint64_t badge)
{
    assert_invoke(OK, INIT, process->captable, CAPTABLE_GRANT, slot, slot, rights, badge);
}

void seal(void)
{
    assert_invoke(OK, INIT, BH_INIT_PARTITION, PARTITION_SEAL);
    sound_seal();
}
