/* SPDX-License-Identifier: BSD-2-Clause */
/* Test support: a fake machine with one plain function, storage, and I/O tables in it. */
#include "tests/unit/zpci/machine.h"

#include "libs/zformats/bytes.h"
#include "libs/zformats/iotable.h"

struct machine machine;

static uint8_t event_block[SEI_SIZE] __attribute__((aligned(SEI_ALIGN)));

void machine_table_word(uint64_t absolute, uint64_t word)
{
    memcpy(machine.storage + absolute, &word, sizeof(word));
}

uint64_t machine_region_entry(uint64_t iova)
{
    return REGION_TABLE + 8 * iot_region3_index(iova);
}

uint64_t machine_segment_entry(uint64_t iova)
{
    return SEGMENT_TABLE + 8 * iot_segment_index(iova);
}

uint64_t machine_page_entry(uint64_t iova)
{
    return PAGE_TABLES + IOT_PAGE_TABLE_BYTES * iot_segment_index(iova) + 8 * iot_page_index(iova);
}

static void tables_init(void)
{
    for (uint64_t i = 0; i < IOT_TABLE_ENTRIES; i++) {
        machine_table_word(REGION_TABLE + 8 * i, IOT_UPPER_EMPTY);
        machine_table_word(SEGMENT_TABLE + 8 * i, IOT_UPPER_EMPTY);
    }
    for (uint64_t i = 0; i < 8 * IOT_PAGE_ENTRIES; i++)
        machine_table_word(PAGE_TABLES + 8 * i, IOT_PTE_EMPTY);
    for (uint64_t i = 0; i < 8; i++)
        machine_table_word(SEGMENT_TABLE + 8 * i,
                           iot_ste_make(PAGE_TABLES / IOT_PAGE_TABLE_BYTES + i));
    machine_table_word(machine_region_entry(WINDOW), iot_rte_make(SEGMENT_TABLE / IOT_TABLE_BYTES));
}

void machine_prepare_function(struct fake_function *function, uint32_t fid)
{
    function->query.fid = fid;
    function->query.sdma = WINDOW;
    function->query.edma = IOT_SPACE_SIZE - 1;
    function->cache = machine.cache;
    function->cache_size = CACHE_SLOTS;
}

static void function_init(struct fake_function *function)
{
    const uint8_t msix[10] = {0x07, 0, 0, 0, 0, 0, 0, 8, 0, 0};
    const uint8_t express[18] = {2};
    const uint8_t vendor[6] = {8};

    machine_prepare_function(function, FID);
    function->query.bar[0].size_log2 = BAR_BYTES_LOG2;
    function->bar[0] = machine.bar;
    fake_config_init(function, 0x1014, 0x0444);
    fake_config_add(function, PCI_CAP_VENDOR, vendor, 8);
    fake_config_add(function, PCI_CAP_MSIX, msix, 12);
    fake_config_add(function, PCI_CAP_EXPRESS, express, 20);
    fake_config_add_extended(function, PCI_EXT_AER, 0x38);
    fake_config_add_extended(function, PCI_EXT_SRIOV, 0x40);
}

int machine_setup(void **state)
{
    struct fake_memory memory = {machine.storage, 0, STORAGE_BYTES};

    (void)state;
    memset(&machine, 0, sizeof(machine));
    tables_init();
    fake_zpci_init(&machine.fake, &memory);
    function_init(&machine.function);
    fake_zpci_install(&machine.fake);
    return fake_zpci_add(&machine.fake, &machine.function, FAKE_DISABLED);
}

uint32_t machine_enable(void)
{
    uint32_t fh = machine.function.fh;

    assert_int_equal(zpci_set_function(&machine.scratch, &fh, CLP_SET_ENABLE), ZPCI_OK);
    machine.function.config[PCICONF_COMMAND] = PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER;
    return fh;
}

void machine_register_ioat(uint32_t fh)
{
    struct ioat ioat = {WINDOW, WINDOW_END, iota_make(REGION_TABLE / IOT_TABLE_BYTES)};

    assert_int_equal(ioat_fib_register(machine.scratch.fib, &ioat), ZPCI_OK);
    assert_int_equal(zpci_modify(&machine.scratch, fh, MPCIFC_REGISTER_IOAT), ZPCI_OK);
}

void machine_map(uint64_t iova, uint64_t frame, int protect)
{
    machine_table_word(machine_page_entry(iova), iot_pte_make(frame, protect));
}

void machine_unmap(uint64_t iova)
{
    machine_table_word(machine_page_entry(iova), IOT_PTE_EMPTY);
}

uint16_t machine_event_code(void)
{
    struct pci_event event;
    int more;

    return zpci_next_event(event_block, &event, &more) == 1 ? event.code : 0;
}
