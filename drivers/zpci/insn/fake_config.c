/* SPDX-License-Identifier: BSD-2-Clause */
/* zPCI software fake: building a configuration space. */
#include "drivers/zpci/insn/fake_internal.h"

#include "libs/zformats/bytes.h"

#define CAP_ALIGN 4u
#define EXT_VERSION UINT32_C(0x10000)
#define EXT_NEXT_SHIFT 20

static uint32_t aligned(uint32_t offset)
{
    return (offset + CAP_ALIGN - 1) / CAP_ALIGN * CAP_ALIGN;
}

void fake_config_init(struct fake_function *function, uint16_t vendor, uint16_t device)
{
    uint8_t *config = function->config_initial;

    bytes_zero(config, PCICONF_SIZE);
    le16_put(config + PCICONF_VENDOR, vendor);
    le16_put(config + PCICONF_DEVICE, device);
    for (uint32_t i = 0; i < CLP_BARS; i++)
        le32_put(config + PCICONF_BAR + 4 * i, function->query.bar[i].value);
    function->config_end = PCICONF_HEADER_END;
    function->config_link = PCICONF_CAPABILITIES;
    function->extended_end = PCICONF_EXTENDED;
    function->extended_link = 0;
}

uint16_t fake_config_add(struct fake_function *function, uint8_t id, const uint8_t *body,
                         uint8_t length)
{
    uint8_t *config = function->config_initial;
    uint32_t at = aligned(function->config_end);

    if (length < 2 || at + length > PCICONF_EXTENDED)
        return 0;
    config[function->config_link] = (uint8_t)at;
    config[PCICONF_STATUS] |= PCI_STATUS_CAPABILITIES;
    config[at] = id;
    bytes_copy(config + at + 2, body, length - 2u);
    function->config_link = (uint16_t)(at + 1);
    function->config_end = (uint16_t)(at + length);
    return (uint16_t)at;
}

uint16_t fake_config_add_extended(struct fake_function *function, uint16_t id, uint16_t length)
{
    uint8_t *config = function->config_initial;
    uint32_t at = aligned(function->extended_end);
    uint32_t before = function->extended_link;

    if (length < 4 || at + length > PCICONF_SIZE)
        return 0;
    if (before)
        le32_put(config + before, le32_get(config + before) | at << EXT_NEXT_SHIFT);
    le32_put(config + at, id | EXT_VERSION);
    function->extended_link = (uint16_t)at;
    function->extended_end = (uint16_t)(at + length);
    return (uint16_t)at;
}
