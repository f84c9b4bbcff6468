/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `failing-vmm`: in front of the VMM's own function for an exit (the linker's --wrap).
 * Belongs to: test. */
#include "libs/rt/info.h"
#include "tests/target/isolation/failing.h"
#include "vmm/exit.h"

void __real_exit_serve(struct cpu *cpu, const uint64_t word[4]);
void __wrap_exit_serve(struct cpu *cpu, const uint64_t word[4]);

/* The exit at which it fails has been served but is not answered: if it started a device, that
 * works. */
void __wrap_exit_serve(struct cpu *cpu, const uint64_t word[4])
{
    uint64_t opcode = 0;

    bh_value("opcode", &opcode);
    __real_exit_serve(cpu, word);
    if (opcode == 0 || word[1] >> 48 == opcode)
        failing_request(bh_need_cap("events"));
}
