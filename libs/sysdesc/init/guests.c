/* SPDX-License-Identifier: BSD-2-Clause */
/* Creates the vCPUs of guests: memory, PCI functions, state page. Belongs to: init. */
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/init.h"
#include "libs/sysdesc/init/say.h"
#include "libs/sysdesc/init/slots.h"

#define GUEST_RIGHTS ((uint64_t)BH_R_REGION_READ | BH_R_REGION_WRITE | BH_R_REGION_EXECUTE)

static uint64_t create(const struct sysdesc *sys, uint16_t i)
{
    const struct sysdesc_guest *guest = &sys->guest[i];
    const struct sysdesc_process *vmm = &sys->process[guest->vmm];

    return bh_create_vcpu(slot_of(sys, BH_PARTITION, guest->partition), slot_of(sys, BH_VCPU, i),
                          guest->priority, slot_of(sys, BH_SPACE, vmm->space),
                          SYSDESC_PROCESS_BASE + vmm->state, guest->tables);
}

/* Guest memory is the vCPU's only window, so its pages have the numbers that the VMM expects. */
static bool add_memory(const struct sysdesc *sys, uint16_t i)
{
    const struct sysdesc_guest *guest = &sys->guest[i];
    uint64_t number = 0;
    uint64_t error =
        bh_vcpu_add_window(slot_of(sys, BH_VCPU, i), slot_of(sys, BH_REGION, guest->region), 0,
                           sys->region[guest->region].size / BH_PAGE_SIZE, GUEST_RIGHTS, &number);

    if (!done(error, "memory of guest", guest->name))
        return false;
    return number == 0 || refuse("the memory of guest %s got another number", guest->name);
}

/* In their order, because the kernel counts them as they come. */
static bool bind_functions(const struct sysdesc *sys, uint16_t i)
{
    const struct sysdesc_guest *guest = &sys->guest[i];

    for (uint32_t f = 0; f < guest->functions; f++) {
        uint64_t index = f;
        uint64_t error = bh_vcpu_bind_function(slot_of(sys, BH_VCPU, i),
                                               slot_of(sys, BH_PCI, guest->function[f]), &index);
        if (!done(error, "PCI function of guest", guest->name))
            return false;
        if (index != f)
            return refuse("PCI function %u of guest %s got another number", f, guest->name);
    }
    return true;
}

bool create_guests(const struct sysdesc *sys)
{
    for (uint16_t i = 0; i < sys->guests; i++) {
        if (!done(create(sys, i), "guest", sys->guest[i].name) || !add_memory(sys, i) ||
            !bind_functions(sys, i))
            return false;
    }
    return true;
}
