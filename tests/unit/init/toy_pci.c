/* SPDX-License-Identifier: BSD-2-Clause */
/* The toy kernel: PCI functions over the zPCI fake, and interruption subclasses. Belongs to: test.
 */
#include "tests/lib/test.h"

#include <string.h>

#include "drivers/zpci/config.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"
#include "tests/unit/init/toy.h"

#define COMMON_OFFSET 0x40u /* of the common configuration in BAR 4 */
#define COMMON_BAR 4u

static uint8_t block[CLP_BLOCK_SIZE] __attribute__((aligned(8)));

uint64_t toy_clp(uint64_t length, uint64_t *cc)
{
    if (length > CLP_BLOCK_SIZE || length % 8 != 0)
        return BH_E_ARG;
    memcpy(block, toy.message, length);
    if (be16_get(block + CLP_COMMAND) == CLP_SET_FUNCTION && toy.busy > 0) {
        toy.busy--;
        fake_inject_clp(&machine, CLP_RC_BUSY, 1);
    }
    *cc = zpci_clp(block).cc;
    memcpy(toy.message, block, length);
    return BH_E_OK;
}

static const struct fake_function *find(uint64_t fid)
{
    for (uint32_t i = 0; i < machine.functions; i++) {
        if (machine.function[i]->query.fid == fid)
            return machine.function[i];
    }
    return NULL;
}

static uint32_t handle(const struct toy_pci *pci)
{
    return find(pci->fid)->fh;
}

uint64_t toy_pci_create(uint64_t partition, const uint64_t *a)
{
    uint64_t space;
    uint64_t error = toy_own(a[2], BH_IOSPACE, 0, &space);

    if (error != BH_E_OK)
        return error;
    if (toy.space[space].owner != partition || toy.irq[a[3] % BH_POOL_IRQ].owner != partition)
        return BH_E_BOUND;
    if (toy.space[space].function != TOY_NONE)
        return BH_E_EXISTS;
    if (!find(a[1]))
        return BH_E_GONE;
    toy.space[space].function = toy.functions;
    toy.pci[toy.functions++] = (struct toy_pci){
        .fid = a[1], .owner = partition, .space = space, .isc = a[3], .events = {TOY_NONE, 0}};
    return BH_E_OK;
}

static uint64_t set(const struct toy_pci *pci, uint8_t operation, struct bh_results *r)
{
    uint32_t fh;

    clp_set_request(block, handle(pci), operation);
    if (zpci_clp(block).cc != 0)
        return BH_E_GONE;
    r->gr3 = be16_get(block + CLP_REQUEST_LENGTH + CLP_COMMAND);
    return clp_set_parse(block, operation, &fh) == ZPCI_OK ? BH_E_OK : BH_E_PCI;
}

static uint64_t outcome(struct zpci_result result)
{
    if (result.cc == 0)
        return BH_E_OK;
    return result.cc == 3 ? BH_E_GONE : BH_E_PCI;
}

/* Data of loads and stores is the value of the little-endian field. */
static uint64_t load(const struct toy_pci *pci, const uint64_t *a, uint64_t *value)
{
    uint64_t data = 0;
    uint64_t error = outcome(zpci_pcilg(handle(pci), (uint8_t)a[0], a[1], (uint8_t)a[2], &data));

    if (error == BH_E_OK)
        *value = pci_swap(data, (uint8_t)a[2]);
    return error;
}

static uint64_t store(const struct toy_pci *pci, const uint64_t *a)
{
    uint8_t length = (uint8_t)a[2];

    return outcome(zpci_pcistg(handle(pci), (uint8_t)a[0], a[1], length, pci_swap(a[3], length)));
}

static uint64_t bind_memory(struct toy_pci *pci, const uint64_t *a)
{
    uint64_t region;
    uint64_t error =
        toy_own(a[0], BH_REGION, (uint64_t)BH_R_REGION_READ | BH_R_REGION_WRITE, &region);

    if (error == BH_E_OK) {
        pci->memory_region = region;
        pci->memory_page = a[1];
        pci->memory_pages = a[2];
    }
    return error;
}

static uint64_t bind_signal(struct toy_signal *signal, uint64_t slot)
{
    uint64_t notification;
    uint64_t error = toy_own(slot, BH_NOTIFICATION, BH_R_NOTIFICATION_EVENT, &notification);

    if (error == BH_E_OK)
        *signal = (struct toy_signal){notification, toy.cap[0][slot].badge};
    return error;
}

static uint64_t query(const struct toy_pci *pci, uint64_t field, uint64_t *value)
{
    switch (field) {
    case 0:
        *value = pci->fid;
        return BH_E_OK;
    case 5:
        *value = toy.space[pci->space].base;
        return BH_E_OK;
    default:
        *value = toy.space[pci->space].pages;
        return field == 6 ? BH_E_OK : BH_E_ARG;
    }
}

static void tell_signal(const struct toy_signal *signal, struct bh_results *r)
{
    r->gr3 = signal->notification == TOY_NONE ? 0 : signal->notification + 1;
    r->gr4 = signal->badge;
}

static uint64_t inspect(const struct toy_pci *pci, uint64_t part, struct bh_results *r)
{
    if (part == 0) {
        r->gr3 = pci->owner;
        r->gr4 = pci->space;
        r->gr5 = pci->isc;
    } else if (part == 1 && pci->memory_pages != 0) {
        r->gr3 = toy.region[pci->memory_region].first + pci->memory_page;
        r->gr4 = pci->memory_pages;
    } else if (part == 2) {
        tell_signal(&pci->events, r);
    }
    return part <= 2 ? BH_E_OK : BH_E_ARG;
}

uint64_t toy_pci_invoke(uint64_t object, uint64_t method, const uint64_t *a, struct bh_results *r)
{
    struct toy_pci *pci = &toy.pci[object];

    switch (method) {
    case BH_M_PCI_ENABLE:
        return set(pci, CLP_SET_ENABLE, r);
    case BH_M_PCI_DISABLE:
        return set(pci, CLP_SET_DISABLE, r);
    case BH_M_PCI_LOAD:
        return load(pci, a, &r->gr3);
    case BH_M_PCI_STORE:
        return store(pci, a);
    case BH_M_PCI_BIND_MEMORY:
        return bind_memory(pci, a);
    case BH_M_PCI_BIND_EVENT:
        return bind_signal(&pci->events, a[0]);
    case BH_M_PCI_INSPECT:
        return inspect(pci, a[0], r);
    default:
        assert_int_equal(method, BH_M_PCI_QUERY);
        return query(pci, a[0], &r->gr3);
    }
}

uint64_t toy_irq_create(uint64_t partition, const uint64_t *a)
{
    if (a[1] >= BH_POOL_IRQ)
        return BH_E_ARG;
    if (toy.irq[a[1]].owner != TOY_NONE)
        return BH_E_EXISTS;
    toy.irq[a[1]].owner = partition;
    return BH_E_OK;
}

uint64_t toy_irq_invoke(uint64_t object, uint64_t method, const uint64_t *a, struct bh_results *r)
{
    struct toy_irq *irq = &toy.irq[object];

    if (method == BH_M_IRQ_BIND)
        return bind_signal(&irq->signal, a[0]);
    assert_int_equal(method, BH_M_IRQ_INSPECT);
    tell_signal(&irq->signal, r);
    r->gr6 = irq->owner;
    return BH_E_OK;
}

/* Feature words behind the selector, as a virtio device answers. */
static void answer_features(void *context, uint8_t bar, uint64_t offset, uint8_t length)
{
    struct toy_virtio *virtio = context;
    uint8_t *common = virtio->bar + COMMON_OFFSET;
    uint32_t word = le32_get(common);

    (void)length;
    if (bar != COMMON_BAR || offset != COMMON_OFFSET)
        return;
    le32_put(common + 4, word == 1 && virtio->access_platform ? 0x3u : 0x1u);
}

void toy_add_virtio(struct toy_virtio *virtio, uint32_t fid, enum fake_state state)
{
    /* Vendor capabilities: notification (type 2), then common (type 1) in BAR 4. */
    static const uint8_t notify[] = {0x14, 2, 2, 0, 0, 0, 0x00, 0x08, 0, 0, 0, 1, 0, 0, 8, 0, 0, 0};
    static const uint8_t common[] = {0x10, 1, 4, 0, 0, 0, 0x40, 0, 0, 0, 0x38, 0, 0, 0};
    struct fake_function *function = &virtio->function;

    function->query = (struct clp_function){
        .sdma = 0x100000000, .edma = 0x1ffffffffff, .fid = fid, .uid = fid, .group = 0xff};
    function->query.bar[COMMON_BAR].size_log2 = 12;
    function->bar[COMMON_BAR] = virtio->bar;
    function->cache = virtio->cache;
    function->cache_size = 4;
    function->device = (struct fake_device){.context = virtio, .after_store = answer_features};
    fake_config_init(function, 0x1af4, 0x1042);
    (void)fake_config_add(function, PCI_CAP_MSIX, notify, 12);
    assert_int_not_equal(fake_config_add(function, PCI_CAP_VENDOR, notify, sizeof(notify) + 2), 0);
    assert_int_not_equal(fake_config_add(function, PCI_CAP_VENDOR, common, sizeof(common) + 2), 0);
    assert_int_equal(fake_zpci_add(&machine, function, state), 0);
}
