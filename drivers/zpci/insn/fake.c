/* SPDX-License-Identifier: BSD-2-Clause */
/* zPCI software fake: functions, handles, states, injected faults. */
#include "drivers/zpci/insn/fake_internal.h"

#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"

#define SHM_EMULATED UINT32_C(0x00020000)
#define INSTANCE_STEP UINT32_C(0x01000000)

void fake_zpci_init(struct fake_zpci *fake, const struct fake_memory *memory)
{
    *fake = (struct fake_zpci){.memory = *memory, .group_id = 0xff};
    fake->list_limit = CLP_LIST_ENTRIES_MAX;
    fake->group.interrupts = 128;
    fake->group.max_store_block = 128;
    fake->group.measurement_ms = 4000;
    fake->group.flags = CLP_QGRP_REFRESH;
    fake->group.designations = CLP_DTSM_RTTO;
    fake->group.msia = FAKE_MSIA;
}

int fake_zpci_add(struct fake_zpci *fake, struct fake_function *function, enum fake_state state)
{
    if (fake->functions == FAKE_FUNCTIONS)
        return -1;
    function->query.group = fake->group_id;
    function->fh = SHM_EMULATED | fake->functions;
    fake->function[fake->functions++] = function;
    fake_enter(function, state);
    return 0;
}

void fake_inject(struct fake_zpci *fake, enum fake_instruction instruction, uint8_t cc,
                 uint8_t status, uint32_t count)
{
    fake->fault[instruction] = (struct fake_fault){cc, status, count};
}

void fake_inject_clp(struct fake_zpci *fake, uint16_t code, uint32_t count)
{
    fake->clp_code = code;
    fake->clp_code_count = count;
}

int fake_begin(struct fake_zpci *fake, enum fake_instruction instruction,
               struct zpci_result *result)
{
    struct fake_fault *fault = &fake->fault[instruction];

    fake->issued[instruction]++;
    if (fault->count == 0)
        return 0;
    fault->count--;
    *result = fake_result(fault->cc, fault->status);
    return 1;
}

struct zpci_result fake_program_check(struct fake_zpci *fake, uint8_t code)
{
    fake->program_checks++;
    fake->program_code = code;
    return fake_result(3, 0);
}

struct fake_function *fake_find(struct fake_zpci *fake, uint32_t fh)
{
    for (uint32_t i = 0; i < fake->functions; i++)
        if (fake->function[i]->fh == fh && fake->function[i]->state != FAKE_RESERVED)
            return fake->function[i];
    return 0;
}

static void function_reset(struct fake_function *function)
{
    bytes_copy(function->config, function->config_initial, PCICONF_SIZE);
    function->ioat_registered = 0;
    function->irq_registered = 0;
    function->irq_summary = 0;
    function->ioat = (struct ioat){.start = 0};
    function->irq = (struct irq_registration){.vector = 0};
    function->measurement = 0;
    fake_cache_clear(function);
    if (function->device.reset)
        function->device.reset(function->device.context);
}

void fake_enter(struct fake_function *function, enum fake_state state)
{
    uint32_t instance = (function->fh + INSTANCE_STEP) & ZPCI_FH_INSTANCE_MASK;
    uint32_t rest = function->fh & (ZPCI_FH_SHM_MASK | ZPCI_FH_INDEX_MASK);

    function->state = state;
    if (state <= FAKE_DISABLED)
        function_reset(function);
    function->fh = instance | rest;
    if (state > FAKE_DISABLED)
        function->fh |= ZPCI_FH_ENABLED;
}

void fake_zpci_set_state(struct fake_zpci *fake, struct fake_function *function,
                         enum fake_state state)
{
    struct pci_event event = {.kind = PCI_EVENT_AVAILABILITY, .fid = function->query.fid};

    if (state == FAKE_PERMANENT) {
        event.kind = PCI_EVENT_ERROR;
        event.code = PEC_PERMANENT;
    } else if (state == FAKE_RESERVED) {
        event.code = PEC_TO_RESERVED;
    } else {
        event.code = state == FAKE_STANDBY ? PEC_SURPRISE_REMOVAL : PEC_TO_CONFIGURED;
    }
    event.fh = function->fh;
    fake_enter(function, state);
    fake_event(fake, &event);
}
