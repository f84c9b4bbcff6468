/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls to the translator. Belongs to: VMM. */
#include "vmm/zpci/translator.h"
#include "drivers/zpci/translator/protocol.h"
#include "libs/rt/info.h"
#include "libs/stubs/svc.h"

#define CC_GONE 0x300u

static unsigned endpoint;

void translator_start(void)
{
    endpoint = bh_need_cap("translator");
}

/* A translator that is gone looks like a function that is gone. */
static uint64_t call(enum translator_label label, unsigned function, uint64_t words[4])
{
    words[0] = label + 256u * function;
    if (bh_svc_call(endpoint, words) != BH_E_OK || words[0] != BH_E_OK) {
        return CC_GONE;
    }
    return words[1];
}

uint64_t translator_register(unsigned function, const struct ioat *ioat, int again)
{
    uint64_t words[4] = {0, ioat->iota, ioat->start, ioat->end};

    return call(again ? TRANSLATOR_REREGISTER : TRANSLATOR_REGISTER, function, words);
}

uint64_t translator_deregister(unsigned function)
{
    uint64_t words[4] = {0};

    return call(TRANSLATOR_DEREGISTER, function, words);
}

void translator_state(unsigned function, uint32_t handle, uint64_t controls, uint64_t generation)
{
    uint64_t words[4] = {0, handle, controls, generation};

    (void)call(TRANSLATOR_STATE, function, words);
}

int translator_event(unsigned function, uint16_t *code, uint32_t *handle, uint64_t *address)
{
    uint64_t words[4] = {0};
    uint64_t event = call(TRANSLATOR_EVENT, function, words);

    if (event == 0 || event == CC_GONE) {
        return 0;
    }
    *code = (uint16_t)event;
    *handle = (uint32_t)words[2];
    *address = words[3];
    return 1;
}
