/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: PCI functions. Belongs to: test. */
#include "tests/unit/kernel/devices.h"

#include "drivers/zpci/insn/fake_walk.h"
#include "kernel/machine.h"
#include "kernel/object/iospace.h"
#include "kernel/object/pci_function.h"
#include "libs/zformats/bytes.h"
#include "libs/zformats/fib.h"

#define CACHE 1024u
#define PROBE 8u /* byte of a page that DMA uses */

struct fake_zpci zpci;
struct fake_function device[DEVICES];
static struct fake_translation cache[DEVICES][CACHE];
static uint8_t bar0[DEVICES][1u << DEVICE_BAR_LOG2];
static uint8_t bar4[DEVICES][1u << DEVICE_BAR4_LOG2];

static void build_config(struct fake_function *function)
{
    static const uint8_t zeros[64];

    fake_config_init(function, 0x1af4, 0x1041);
    le16_put(function->config_initial + PCICONF_COMMAND, PCI_COMMAND_MASTER);
    assert_int_equal(fake_config_add(function, PCI_CAP_MSIX, zeros, PCI_MSIX_LENGTH), DEVICE_MSIX);
    assert_int_equal(fake_config_add(function, PCI_CAP_EXPRESS, zeros, 60), DEVICE_EXPRESS);
    assert_int_equal(fake_config_add(function, PCI_CAP_VENDOR, zeros, 16), DEVICE_VENDOR);
    assert_int_equal(fake_config_add_extended(function, PCI_EXT_SRIOV, 64), DEVICE_SRIOV);
}

static void add_device(uint32_t n)
{
    struct fake_function *function = &device[n];

    function->query =
        (struct clp_function){.fid = DEVICE_FID(n), .sdma = DEVICE_SDMA, .edma = DEVICE_EDMA};
    function->query.bar[0].size_log2 = DEVICE_BAR_LOG2;
    function->query.bar[4] = (struct clp_bar){PCI_BAR_TYPE_64, DEVICE_BAR4_LOG2};
    function->bar[0] = bar0[n];
    function->bar[4] = bar4[n];
    function->cache = cache[n];
    function->cache_size = CACHE;
    build_config(function);
    assert_int_equal(fake_zpci_add(&zpci, function, FAKE_DISABLED), 0);
}

/* An outdated translation in the device's cache must be owed a flush. */
static uint32_t outdated(const struct fake_function *function, const struct fake_translation *old)
{
    struct fake_leaf now;

    return fake_walk(&zpci.memory, function->ioat.iota, old->page * BH_PAGE_SIZE, &now) != 0 ||
           now.valid == 0 || now.frame != old->frame || (now.protect != 0 && old->protect == 0);
}

static uint32_t is_owed(uint32_t s, uint64_t page)
{
    uint64_t at = page - space_base[s];

    return at >= iospace_owed_from[s] && at < iospace_owed_to[s];
}

static uint32_t is_storage(uint64_t frame)
{
    return frame - host_frame(0) < host.memory_bytes / BH_PAGE_SIZE;
}

static const char *check_device(uint32_t f)
{
    const struct fake_function *function = &device[pci_fid[f] - DEVICE_FID(0)];
    uint32_t i;

    for (i = 0; function->ioat_registered != 0 && i < function->cache_size; i++) {
        const struct fake_translation *old = &function->cache[i];

        if (old->used == 0 || old->valid == 0) {
            continue;
        }
        if (is_storage(old->frame) == 0) {
            return "a device reaches beyond the storage";
        }
        if (outdated(function, old) != 0 && is_owed(pci_space[f], old->page) == 0) {
            return "a device's translation is outdated and no flush is owed";
        }
    }
    return function->dma_outside != 0 ? "a device reached beyond the storage" : NULL;
}

static const char *check_devices(void)
{
    const char *wrong = NULL;
    uint32_t f;

    for (f = 0; f < pci_count && wrong == NULL; f++) {
        wrong = check_device(f);
    }
    return zpci.program_checks != 0 ? "an instruction would have interrupted the kernel" : wrong;
}

void install_devices(void)
{
    struct fake_memory memory;
    uint32_t n;

    host_span(&memory.start, &memory.size);
    memory.base = (uint8_t *)(uintptr_t)memory.start;
    fake_zpci_init(&zpci, &memory);
    for (n = 0; n < DEVICES; n++) {
        add_device(n);
    }
    fake_zpci_install(&zpci);
    machine_check = check_devices;
}

static void bind_pci(const struct pci *pci, const struct process *process)
{
    assert_invoke(OK, INIT, pci->iospace, IOSPACE_ADD_WINDOW, process->region, 0, PROCESS_PAGES,
                  BH_R_REGION_READ | BH_R_REGION_WRITE);
    assert_invoke(OK, INIT, pci->slot, PCI_BIND_MEMORY, process->region, 0, PROCESS_PAGES);
    assert_invoke(OK, INIT, pci->slot, PCI_BIND_EVENT, pci->notification);
    assert_invoke(OK, INIT, pci->irq, IRQ_BIND, pci->notification);
    grant(process, pci->slot, EVERYTHING, 0);
    grant(process, pci->iospace, EVERYTHING, 0);
    grant(process, pci->irq, EVERYTHING, 0);
    grant(process, pci->notification, EVERYTHING, 1);
}

void new_pci(struct pci *pci, const struct process *process, uint32_t n, uint32_t isc)
{
    *pci = (struct pci){.device = &device[n]};
    pci->notification = new_notification(process->partition);
    pci->iospace = new_iospace(process->partition, IO_BASE, IO_PAGES);
    pci->irq = free_slot();
    assert_invoke(OK, INIT, process->partition, PARTITION_CREATE_IRQ, pci->irq, isc);
    pci->slot = free_slot();
    assert_invoke(OK, INIT, process->partition, PARTITION_CREATE_PCI, pci->slot, DEVICE_FID(n),
                  pci->iospace, isc);
    pci->f = object_of(pci->slot);
    pci->s = object_of(pci->iospace);
    bind_pci(pci, process);
}

void start_dma(const struct pci *pci)
{
    assert_invoke(OK, INIT, pci->slot, PCI_ENABLE);
    assert_invoke(OK, INIT, pci->slot, PCI_DMA_REGISTER);
}

void map_io(uint32_t t, const struct pci *pci, uint64_t page, uint64_t word)
{
    put_word(t, 0, word);
    assert_invoke(OK, t, pci->iospace, IOSPACE_UPDATE, IO_BASE + page, 1, 0);
    assert_int_equal(result(t, 0), 1);
}

void flush_io(uint32_t t, const struct pci *pci)
{
    assert_invoke(OK, t, pci->iospace, IOSPACE_FLUSH);
}

uint32_t dma_reads(const struct pci *pci, uint64_t page, uint64_t *value)
{
    uint8_t bytes[8] = {0};
    int failed = fake_dma_read(&zpci, pci->device, (IO_BASE + page) * BH_PAGE_SIZE + PROBE, bytes,
                               sizeof(bytes));

    *value = be64_get(bytes);
    return failed == 0;
}

uint32_t dma_writes(const struct pci *pci, uint64_t page, uint64_t value)
{
    uint8_t bytes[8];

    be64_put(bytes, value);
    return fake_dma_write(&zpci, pci->device, (IO_BASE + page) * BH_PAGE_SIZE + PROBE, bytes,
                          sizeof(bytes)) == 0;
}

void each_failure(uint32_t t, const struct pci *pci, uint32_t method,
                  enum fake_instruction instruction, const uint64_t *argument)
{
    fake_inject(&zpci, instruction, 1, ZPCI_ST_RECOVERY, 1);
    assert_errors(invoke_as(t, pci->slot, method, argument), BH_E_PCI);
    assert_int_equal(result(t, 0), 256 + ZPCI_ST_RECOVERY);
    fake_inject(&zpci, instruction, 2, 0, 1);
    assert_errors(invoke_as(t, pci->slot, method, argument), BH_E_AGAIN);
    fake_inject(&zpci, instruction, 3, 0, 1);
    assert_errors(invoke_as(t, pci->slot, method, argument), BH_E_GONE);
}

uint64_t storage_word(const struct process *process, uint64_t page)
{
    return hw_load(host_frame(process->page + page) * BH_PAGE_SIZE + PROBE);
}
