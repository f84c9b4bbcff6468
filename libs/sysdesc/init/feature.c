/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Virtio functions and the I/O translation. Belongs to: init. Source of registers and features:
 * OASIS VIRTIO 1.1, sections 4.1.4, 4.1.4.3 and 6.
 *
 * A virtio device without VIRTIO_F_ACCESS_PLATFORM reaches memory past the I/O translation, that is
 * all of it. The hypervisor decides (QEMU: iommu_platform=on); all that helps is to notice.
 */
#include "libs/stubs/stubs.h"
#include "libs/sysdesc/init/init.h"
#include "libs/sysdesc/init/say.h"
#include "libs/sysdesc/init/slots.h"
#include "libs/zformats/pciconf.h"

#define VIRTIO_VENDOR 0x1af4u
#define VIRTIO_DEVICE_FIRST 0x1000u
#define VIRTIO_DEVICE_LAST 0x107fu
#define TYPE_COMMON 1u /* cfg_type of the common configuration */
#define DEVICE_FEATURE_SELECT 0u
#define DEVICE_FEATURE 4u
#define ACCESS_PLATFORM_WORD 1u /* feature 33 */
#define ACCESS_PLATFORM_BIT 0x2u
#define CAPABILITIES_MAX 48u /* as many as the space behind the header can hold */

/* Reads of one function. A failure stays, and makes every value worthless. */
struct reader {
    uint32_t slot;
    bool failed;
};

static uint32_t load(struct reader *reader, uint32_t bar, uint32_t offset, uint32_t length)
{
    uint64_t data = 0;

    if (bh_pci_load(reader->slot, bar, offset, length, &data) != BH_E_OK)
        reader->failed = true;
    return (uint32_t)data;
}

static uint32_t load_config(struct reader *reader, uint32_t offset, uint32_t length)
{
    return load(reader, BH_PCI_CONFIG, offset, length);
}

/* Offset of the capability that says where the common configuration is; 0 if there is none. */
static uint32_t find_common(struct reader *reader)
{
    uint32_t at = load_config(reader, PCICONF_CAPABILITIES, 1);

    for (uint32_t i = 0; i < CAPABILITIES_MAX && at >= PCICONF_HEADER_END; i++) {
        at &= 0xfcu;
        if (load_config(reader, at, 1) == PCI_CAP_VENDOR &&
            load_config(reader, at + PCI_VIRTIO_TYPE, 1) == TYPE_COMMON)
            return at;
        at = load_config(reader, at + 1, 1);
    }
    return 0;
}

/* What was selected is read back: a device that is gone answers with all ones, feature included. */
static bool read_feature(struct reader *reader, uint32_t bar, uint32_t common)
{
    struct bh_results results;
    uint64_t error = bh_pci_store(reader->slot, bar, common + DEVICE_FEATURE_SELECT, 4,
                                  ACCESS_PLATFORM_WORD, &results);

    if (error != BH_E_OK ||
        load(reader, bar, common + DEVICE_FEATURE_SELECT, 4) != ACCESS_PLATFORM_WORD)
        reader->failed = true;
    return (load(reader, bar, common + DEVICE_FEATURE, 4) & ACCESS_PLATFORM_BIT) != 0;
}

/* Requires: enabled. A device without common configuration is a legacy one, which can't have it. */
static bool offers_access_platform(struct reader *reader)
{
    uint32_t at = find_common(reader);

    if (at == 0)
        return false;
    return read_feature(reader, load_config(reader, at + PCI_VIRTIO_BAR, 1),
                        load_config(reader, at + PCI_VIRTIO_OFFSET, 4));
}

static bool check(const struct sysdesc_function *function, uint32_t slot)
{
    struct reader reader = {.slot = slot};
    struct bh_results results;

    if (!done(bh_pci_enable(slot, &results), "enabling function", function->name))
        return false;
    bool offered = offers_access_platform(&reader);
    if (!done(bh_pci_disable(slot, &results), "disabling function", function->name))
        return false;
    if (reader.failed)
        return refuse("function fid %u: its virtio features cannot be read", function->fid);
    return offered || refuse("function fid %u bypasses the I/O translation (no iommu_platform)",
                             function->fid);
}

static bool is_virtio(const struct init_identity *identity)
{
    return identity->vendor == VIRTIO_VENDOR && identity->device >= VIRTIO_DEVICE_FIRST &&
           identity->device <= VIRTIO_DEVICE_LAST;
}

bool check_features(const struct init *init)
{
    for (uint16_t i = 0; i < init->sys.functions; i++) {
        if (is_virtio(&init->identity[i]) &&
            !check(&init->sys.function[i], slot_of(&init->sys, BH_PCI, i)))
            return false;
    }
    return true;
}
