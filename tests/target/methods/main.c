/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test program: every method with every error that libs/abi/methods.def lists for it, and every
 * system call, on the machine. It is the first process, so it has all authority that there is, and
 * builds what it needs. The machine has two virtio disks, fid 1 and 2. Belongs to: test.
 *
 * Before seal: everything, then the pools are used up. Then seal. After it: everything that must
 * still work, and SEALED where it must not. pairs.h says what is counted.
 */
#include <stdio.h>

#include "tests/target/methods/check.h"
#include "tests/target/methods/groups.h"
#include "tests/target/methods/objects.h"

static void both(void)
{
    every_both();
    machine_both();
    thread_both();
    ipc_both();
    partition_both();
    space_both();
    iospace_both();
    captable_both();
    vcpu_both();
    pci_both();
    gone_both();
}

static void before(void)
{
    objects_create();
    machine_before();
    thread_before();
    partition_before();
    create_before();
    space_before();
    iospace_before();
    captable_before();
    vcpu_before();
    pci_before();
    gone_before();
    both();
    full_before();
}

static void after(void)
{
    create_after();
    machine_after();
    thread_after();
    partition_after();
    space_after();
    iospace_after();
    captable_after();
    vcpu_after();
    pci_after();
    both();
}

int main(void)
{
    unsigned missing;

    before();
    EXPECT(OK, BH_INIT_PARTITION, PARTITION_SEAL);
    phase = AFTER;
    after();
    missing = pairs_missing();
    if (failures + missing == 0)
        printf("methods: all %u pairs hold\n", pairs_tested());
    else
        printf("methods: %u failures, %u pairs missing\n", failures, missing);
    return failures + missing != 0;
}
