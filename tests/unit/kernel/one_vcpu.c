/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: a process that is the VMM of one vCPU. Belongs to: test. */
#include "tests/unit/kernel/one_vcpu.h"

#include "kernel/machine.h"

struct process one;
uint32_t vcpu, v;

void prepare(void)
{
    new_process(&one, 1);
    vcpu = new_vcpu(&one, 1, BLOCKS);
    v = object_of(vcpu);
    assert_invoke(OK, INIT, vcpu, VCPU_ADD_WINDOW, one.region, 0, PROCESS_PAGES, R | W | X);
    grant(&one, vcpu, EVERYTHING, 0);
}

uint64_t frame(uint64_t page)
{
    return host_frame(one.page + page);
}
