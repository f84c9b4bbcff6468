/* SPDX-License-Identifier: BSD-2-Clause */
/* The toy kernel: vCPUs. Belongs to: test. */
#include "tests/lib/test.h"

#include "tests/unit/init/toy.h"

/* Arguments of CREATE_VCPU: slot, priority, space, address, tables. */
uint64_t toy_vcpu_create(uint64_t partition, const uint64_t *a)
{
    struct toy_vcpu *vcpu = &toy.vcpu[toy.vcpus];
    uint64_t space;
    uint64_t error = toy_own(a[2], BH_SPACE, 0, &space);
    uint64_t page = a[3] / BH_PAGE_SIZE;

    if (error != BH_E_OK)
        return error;
    if (toy.space[space].owner != partition || page >= toy.space[space].pages ||
        !(toy.space[space].leaf[page].rights & BH_R_REGION_WRITE))
        return BH_E_BOUND;
    *vcpu = (struct toy_vcpu){
        .owner = partition, .priority = a[1], .space = space, .address = a[3], .tables = a[4]};
    for (uint32_t reason = 0; reason < BH_REASONS; reason++)
        vcpu->portal[reason].endpoint = TOY_NONE;
    return BH_E_OK;
}

static uint64_t add_window(struct toy_vcpu *vcpu, const uint64_t *a, struct bh_results *r)
{
    uint64_t region;
    uint64_t error = toy_own(a[0], BH_REGION, a[3], &region);

    if (error != BH_E_OK)
        return error;
    if (vcpu->window[0].pages != 0)
        return BH_E_FULL;
    if (a[2] == 0 || a[1] + a[2] > toy.region[region].frames)
        return BH_E_BOUND;
    vcpu->window[0] = (struct toy_window){region, toy.region[region].first + a[1], a[2], a[3]};
    r->gr3 = 0;
    return BH_E_OK;
}

static uint64_t bind_function(struct toy_vcpu *vcpu, const uint64_t *a, struct bh_results *r)
{
    uint64_t function;
    uint64_t error = toy_own(a[0], BH_PCI, 0, &function);

    if (error != BH_E_OK)
        return error;
    if (toy.pci[function].owner != vcpu->owner)
        return BH_E_BOUND;
    if (vcpu->functions == BH_VCPU_FUNCTIONS)
        return BH_E_FULL;
    r->gr3 = vcpu->functions;
    vcpu->function[vcpu->functions++] = function;
    return BH_E_OK;
}

static uint64_t inspect(const struct toy_vcpu *vcpu, uint64_t part, struct bh_results *r)
{
    const uint64_t windows = 2 + BH_VCPU_FUNCTIONS;

    if (part == 0) {
        r->gr4 = vcpu->owner;
        r->gr5 = vcpu->space;
        r->gr6 = vcpu->functions;
        r->gr7 = vcpu->priority;
    } else if (part == 1) {
        r->gr3 = toy.space[vcpu->space].leaf[vcpu->address / BH_PAGE_SIZE].frame;
        r->gr4 = vcpu->tables;
    } else if (part < windows) {
        r->gr3 = part - 2 < vcpu->functions ? vcpu->function[part - 2] + 1 : 0;
    } else if (part < windows + BH_WINDOWS) {
        r->gr3 = vcpu->window[part - windows].region;
        r->gr4 = vcpu->window[part - windows].first;
        r->gr5 = vcpu->window[part - windows].pages;
        r->gr6 = vcpu->window[part - windows].rights;
    } else {
        return BH_E_ARG;
    }
    return BH_E_OK;
}

uint64_t toy_vcpu_invoke(uint64_t object, uint64_t method, const uint64_t *a, struct bh_results *r)
{
    struct toy_vcpu *vcpu = &toy.vcpu[object];

    switch (method) {
    case BH_M_VCPU_ADD_WINDOW:
        return toy.sealed ? BH_E_SEALED : add_window(vcpu, a, r);
    case BH_M_VCPU_BIND_FUNCTION:
        return toy.sealed ? BH_E_SEALED : bind_function(vcpu, a, r);
    case BH_M_VCPU_PORTAL:
        return toy.sealed ? BH_E_SEALED : toy_set_portal(vcpu->portal, vcpu->owner, a);
    case BH_M_VCPU_PORTAL_INSPECT:
        return toy_inspect_portal(vcpu->portal, a[0], r);
    default:
        assert_int_equal(method, BH_M_VCPU_INSPECT); /* it is the VMM that starts it */
        return inspect(vcpu, a[0], r);
    }
}
