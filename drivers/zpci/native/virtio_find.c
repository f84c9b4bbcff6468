/* SPDX-License-Identifier: BSD-2-Clause */
/* virtio over PCI: find the register regions and the MSI-X table (native driver). */
#include "drivers/zpci/native/virtio_pci.h"

#include "libs/zformats/bytes.h"

#define BARS 6u
#define CAP_LENGTH_MIN 16u
#define WORD 4u
#define CAP_WORDS 4u
#define NOTIFY_LENGTH_MIN 20u
#define COMMON_SIZE 56u

static enum zpci_error build_map(struct virtio_pci *virtio)
{
    struct config_walk walk;
    uint16_t offset;

    config_walk_start(&walk, &virtio->map);
    while (config_walk_wants(&walk, &offset)) {
        uint32_t value;
        enum zpci_error error =
            virtio->ops->config_load(virtio->ops->context, offset, WORD, &value);

        if (error)
            return error;
        config_walk_feed(&walk, value);
    }
    return config_map_absent(&virtio->map) ? ZPCI_E_GONE : ZPCI_OK;
}

static enum zpci_error load_words(struct virtio_pci *virtio, uint16_t at, uint32_t *words,
                                  uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        enum zpci_error error =
            virtio->ops->config_load(virtio->ops->context, at + WORD * i, WORD, &words[i]);

        if (error)
            return error;
    }
    return ZPCI_OK;
}

static int region_ok(const struct virtio_pci *virtio, const struct virtio_region *region)
{
    uint64_t end = (uint64_t)region->offset + region->length;

    if (region->bar >= BARS || region->length == 0)
        return 0;
    if (virtio->bar_log2[region->bar] == 0 || virtio->bar_log2[region->bar] > 63)
        return 0;
    return end <= UINT64_C(1) << virtio->bar_log2[region->bar];
}

/* The first capability of each kind counts; kinds that we do not know are none of our business. */
static enum zpci_error take_capability(struct virtio_pci *virtio, uint16_t at)
{
    uint32_t words[CAP_WORDS] = {0};
    enum zpci_error error = load_words(virtio, at, words, CAP_WORDS);
    uint32_t length = words[0] >> 16 & 0xff, kind = words[0] >> 24;
    struct virtio_region region = {words[2], words[3], (uint8_t)words[1]};

    if (error)
        return error;
    if (kind < VIRTIO_COMMON || kind >= VIRTIO_KINDS || virtio->region[kind].length != 0)
        return ZPCI_OK;
    if (length < CAP_LENGTH_MIN || !region_ok(virtio, &region))
        return ZPCI_E_MALFORMED;
    virtio->region[kind] = region;
    if (kind != VIRTIO_NOTIFY)
        return ZPCI_OK;
    if (length < NOTIFY_LENGTH_MIN || at + NOTIFY_LENGTH_MIN > PCICONF_EXTENDED)
        return ZPCI_E_MALFORMED;
    return load_words(virtio, (uint16_t)(at + PCI_VIRTIO_NOTIFY_MULTIPLIER),
                      &virtio->notify_multiplier, 1);
}

static enum zpci_error take_capabilities(struct virtio_pci *virtio)
{
    for (uint16_t n = 0; n < CONFIG_CAPS_MAX; n++) {
        uint16_t at = config_find(&virtio->map, PCI_CAP_VENDOR, n);
        enum zpci_error error;

        if (at == 0)
            break;
        if (at + CAP_WORDS * WORD > PCICONF_EXTENDED)
            return ZPCI_E_MALFORMED;
        error = take_capability(virtio, at);
        if (error)
            return error;
    }
    if (virtio->region[VIRTIO_COMMON].length < COMMON_SIZE ||
        virtio->region[VIRTIO_NOTIFY].length == 0)
        return ZPCI_E_MALFORMED;
    return ZPCI_OK;
}

static enum zpci_error take_msix(struct virtio_pci *virtio)
{
    uint32_t words[3];
    enum zpci_error error;

    if (!virtio->map.msix)
        return ZPCI_OK;
    error = load_words(virtio, virtio->map.msix, words, 3);
    return error ? error : msix_parse(words, virtio->bar_log2, &virtio->msix);
}

enum zpci_error virtio_pci_find(struct virtio_pci *virtio, const struct pci_ops *ops,
                                const uint8_t bar_log2[6])
{
    enum zpci_error error;

    *virtio = (struct virtio_pci){.ops = ops};
    bytes_copy(virtio->bar_log2, bar_log2, BARS);
    error = build_map(virtio);
    if (!error && virtio->map.vendor != VIRTIO_VENDOR)
        error = ZPCI_E_REFUSED;
    if (!error)
        error = take_capabilities(virtio);
    if (!error)
        error = take_msix(virtio);
    return error;
}
