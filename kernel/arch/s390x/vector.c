/* SPDX-License-Identifier: BSD-2-Clause */
/* Vector registers of guests. Belongs to: kernel. */
#include "kernel/arch/s390x/vector.h"
#include "kernel/arch/s390x/control.h"
#include "kernel/object/vcpu.h"

#define FACILITY_VECTOR 129u
#define HALVES 64u /* doublewords in 32 registers */
#define FPRS 16u

void vector_save(uint64_t *area); /* vector.S */
void vector_load(const uint64_t *area);

static uint64_t registers[VCPUS * HALVES] __attribute__((aligned(8)));
static uint32_t present = 2; /* not asked yet */

static uint32_t is_present(void)
{
    if (present == 2u) {
        present = control_facility(FACILITY_VECTOR);
    }
    return present;
}

void vector_keep(uint32_t v)
{
    uint64_t cr0;

    if (is_present() != 0) {
        cr0 = control_vector_on();
        vector_save(&registers[v * HALVES]);
        control_vector_back(cr0);
    }
}

void vector_give(uint32_t v, const uint64_t fpr[16])
{
    uint64_t cr0;
    uint32_t i;

    if (is_present() == 0) {
        return;
    }
    for (i = 0; i < FPRS; i++) {
        registers[v * HALVES + i * 2u] = fpr[i];
    }
    cr0 = control_vector_on();
    vector_load(&registers[v * HALVES]);
    control_vector_back(cr0);
}
