/* SPDX-License-Identifier: BSD-2-Clause */
/* SCLP control blocks: header, read SCP information, event masks, adapter configuration
 * (kernel console and discovery; VMM's virtual SCLP). */
#include "libs/zformats/sclp.h"

#include "libs/zformats/bytes.h"

#define MIB UINT64_C(0x100000)
#define INFO_CPU_ENTRIES SCLP_INFO_SIZE /* where our own answers put them */

void sccb_init(uint8_t *sccb, uint16_t length)
{
    bytes_zero(sccb, SCCB_HDR_SIZE);
    be16_put(sccb + SCCB_LENGTH, length);
}

uint16_t sccb_response(const uint8_t *sccb)
{
    return be16_get(sccb + SCCB_RESPONSE);
}

void sccb_set_response(uint8_t *sccb, uint16_t code)
{
    be16_put(sccb + SCCB_RESPONSE, code);
}

uint16_t sccb_checked_length(const uint8_t *sccb, uint32_t size)
{
    uint16_t length;

    if (size < SCCB_HDR_SIZE)
        return 0;
    length = be16_get(sccb + SCCB_LENGTH);
    if (length < SCCB_HDR_SIZE || length > size || length > SCCB_SIZE_MAX)
        return 0;
    return length;
}

uint64_t sclp_info_storage(const struct sclp_info *info)
{
    uint64_t total;

    if (__builtin_mul_overflow(info->increments, info->increment_size, &total))
        return UINT64_MAX;
    return total;
}

uint16_t sclp_info_request(uint8_t *sccb)
{
    bytes_zero(sccb, SCCB_SIZE_MAX);
    sccb_init(sccb, SCCB_SIZE_MAX);
    return SCCB_SIZE_MAX;
}

int sclp_info_parse(const uint8_t *sccb, uint32_t size, struct sclp_info *info)
{
    if (sccb_checked_length(sccb, size) < SCLP_INFO_SIZE)
        return -1;
    if (sccb_response(sccb) != SCLP_RC_READ_OK)
        return -1;
    info->increments = be16_get(sccb + SCLP_INFO_RNMAX);
    if (info->increments == 0)
        info->increments = be64_get(sccb + SCLP_INFO_RNMAX2);
    info->increment_size = sccb[SCLP_INFO_RNSIZE] * MIB;
    if (info->increment_size == 0)
        info->increment_size = be32_get(sccb + SCLP_INFO_RNSIZE2) * MIB;
    info->facilities = be64_get(sccb + SCLP_INFO_FACILITIES);
    info->cpus = be16_get(sccb + SCLP_INFO_CPUS);
    info->max_cpu_address = be16_get(sccb + SCLP_INFO_MAX_CPU_ADDRESS);
    bytes_copy(info->loadparm, sccb + SCLP_INFO_LOADPARM, sizeof(info->loadparm));
    return 0;
}

static void info_put_storage(uint8_t *sccb, const struct sclp_info *info)
{
    uint64_t increment = info->increment_size / MIB;

    if (info->increments <= UINT16_MAX)
        be16_put(sccb + SCLP_INFO_RNMAX, (uint16_t)info->increments);
    else
        be64_put(sccb + SCLP_INFO_RNMAX2, info->increments);
    if (increment <= UINT8_MAX)
        sccb[SCLP_INFO_RNSIZE] = (uint8_t)increment;
    else
        be32_put(sccb + SCLP_INFO_RNSIZE2, (uint32_t)increment);
}

uint16_t sclp_info_build(uint8_t *sccb, uint32_t size, const struct sclp_info *info)
{
    uint32_t needed = INFO_CPU_ENTRIES + (uint32_t)info->cpus * SCLP_CPU_ENTRY_SIZE;

    if (size < needed || size > SCCB_SIZE_MAX || info->cpus > UINT8_MAX)
        return 0;
    bytes_zero(sccb, size);
    sccb_init(sccb, (uint16_t)size);
    info_put_storage(sccb, info);
    be16_put(sccb + SCLP_INFO_CPUS, info->cpus);
    be16_put(sccb + SCLP_INFO_CPU_OFFSET, INFO_CPU_ENTRIES);
    bytes_copy(sccb + SCLP_INFO_LOADPARM, info->loadparm, sizeof(info->loadparm));
    be64_put(sccb + SCLP_INFO_FACILITIES, info->facilities);
    be16_put(sccb + SCLP_INFO_MAX_CPU_ADDRESS, info->max_cpu_address);
    for (uint32_t cpu = 0; cpu < info->cpus; cpu++)
        sccb[INFO_CPU_ENTRIES + cpu * SCLP_CPU_ENTRY_SIZE + SCLP_CPU_ADDRESS] = (uint8_t)cpu;
    sccb_set_response(sccb, SCLP_RC_READ_OK);
    return (uint16_t)size;
}

uint16_t sclp_mask_request(uint8_t *sccb, uint32_t receive, uint32_t send)
{
    bytes_zero(sccb, SCLP_MASK_SCCB_SIZE);
    sccb_init(sccb, SCLP_MASK_SCCB_SIZE);
    be16_put(sccb + SCLP_MASK_LENGTH, SCLP_MASK_BYTES);
    be32_put(sccb + SCLP_MASKS, receive);
    be32_put(sccb + SCLP_MASKS + SCLP_MASK_BYTES, send);
    return SCLP_MASK_SCCB_SIZE;
}

/* The first 32 bits of mask number n; masks shorter than that are filled with zeros. */
static uint32_t mask_get(const uint8_t *sccb, uint32_t n)
{
    uint32_t bytes = be16_get(sccb + SCLP_MASK_LENGTH);
    uint32_t mask = 0;

    for (uint32_t i = 0; i < SCLP_MASK_BYTES && i < bytes; i++)
        mask |= (uint32_t)sccb[SCLP_MASKS + n * bytes + i] << (24 - 8 * i);
    return mask;
}

static void mask_put(uint8_t *sccb, uint32_t n, uint32_t mask)
{
    uint32_t bytes = be16_get(sccb + SCLP_MASK_LENGTH);

    bytes_zero(sccb + SCLP_MASKS + n * bytes, bytes);
    for (uint32_t i = 0; i < SCLP_MASK_BYTES && i < bytes; i++)
        sccb[SCLP_MASKS + n * bytes + i] = (uint8_t)(mask >> (24 - 8 * i));
}

int sclp_mask_parse(const uint8_t *sccb, uint32_t size, struct sclp_masks *masks)
{
    uint32_t length = sccb_checked_length(sccb, size);
    uint32_t bytes;

    if (length < SCLP_MASKS)
        return -1;
    bytes = be16_get(sccb + SCLP_MASK_LENGTH);
    if (bytes == 0 || SCLP_MASKS + 4 * bytes > length)
        return -1;
    masks->receive = mask_get(sccb, 0);
    masks->send = mask_get(sccb, 1);
    masks->machine_receive = mask_get(sccb, 2);
    masks->machine_send = mask_get(sccb, 3);
    return 0;
}

void sclp_mask_answer(uint8_t *sccb, uint32_t receive, uint32_t send)
{
    mask_put(sccb, 2, receive);
    mask_put(sccb, 3, send);
}

uint16_t sclp_adapter_request(uint8_t *sccb, uint32_t fid)
{
    bytes_zero(sccb, SCLP_ADAPTER_SIZE);
    sccb_init(sccb, SCLP_ADAPTER_SIZE);
    sccb[SCLP_ADAPTER_TYPE] = SCLP_ADAPTER_TYPE_PCI;
    be32_put(sccb + SCLP_ADAPTER_ID, fid);
    return SCLP_ADAPTER_SIZE;
}
