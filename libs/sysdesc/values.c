/* SPDX-License-Identifier: BSD-2-Clause */
/* Single property values of the description language. Belongs to: init and host tool. */
#include "libs/sysdesc/values.h"

#include <string.h>

#include "libs/abi/abi.h"
#include "libs/sysdesc/sysdesc.h"

struct unit {
    const char *name;
    uint64_t factor;
};

static uint32_t be32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

bool value_cell(const void *bytes, size_t size, uint32_t *result)
{
    if (size != 4)
        return false;
    *result = be32(bytes);
    return true;
}

bool value_number(const void *bytes, size_t size, uint64_t *result)
{
    const uint8_t *at = bytes;

    if (size == 4)
        *result = be32(at);
    else if (size == 8)
        *result = (uint64_t)be32(at) << 32 | be32(at + 4);
    else
        return false;
    return true;
}

/* Exactly one string: its only NUL is the last byte. */
static bool is_string(const char *text, size_t size)
{
    return size > 0 && memchr(text, '\0', size) == text + size - 1;
}

static bool value_with_unit(const char *text, size_t size, const struct unit *units,
                            uint64_t *result)
{
    uint64_t number = 0;
    size_t digits = 0;

    if (!is_string(text, size))
        return false;
    for (; text[digits] >= '0' && text[digits] <= '9'; digits++)
        if (__builtin_mul_overflow(number, (uint64_t)10, &number) ||
            __builtin_add_overflow(number, (uint64_t)(text[digits] - '0'), &number))
            return false;
    while (units->name != NULL && strcmp(text + digits, units->name) != 0)
        units++;
    if (digits == 0 || units->name == NULL ||
        __builtin_mul_overflow(number, units->factor, &number))
        return false;
    *result = number;
    return true;
}

bool value_size(const void *bytes, size_t size, uint64_t *result)
{
    static const struct unit units[] = {
        {"K", 1024}, {"M", 1024 * 1024}, {"G", 1024 * 1024 * 1024}, {NULL, 0}};

    return value_with_unit(bytes, size, units, result);
}

bool value_time(const void *bytes, size_t size, uint64_t *result)
{
    static const struct unit units[] = {{"us", 1}, {"ms", 1000}, {"s", 1000000}, {NULL, 0}};

    return value_with_unit(bytes, size, units, result);
}

bool value_access(const void *bytes, size_t size, uint32_t *result)
{
    static const struct {
        const char *text;
        uint32_t rights;
    } accesses[] = {{"r", BH_R_REGION_READ},
                    {"rw", BH_R_REGION_READ | BH_R_REGION_WRITE},
                    {"rx", BH_R_REGION_READ | BH_R_REGION_EXECUTE}};

    for (size_t i = 0; is_string(bytes, size) && i < 3; i++)
        if (strcmp(bytes, accesses[i].text) == 0) {
            *result = accesses[i].rights;
            return true;
        }
    return false;
}

bool value_text(const void *bytes, size_t size, char *result, size_t room)
{
    const char *text = bytes;

    if (!is_string(text, size) || size < 2 || size > room)
        return false;
    for (size_t i = 0; i + 1 < size; i++)
        if (text[i] < ' ' || text[i] > '~')
            return false;
    memcpy(result, text, size);
    return true;
}

const char *value_next_string(const void *bytes, size_t size, size_t *place)
{
    const char *start = (const char *)bytes + *place;
    const char *end = *place < size ? memchr(start, '\0', size - *place) : NULL;

    if (end == NULL)
        return NULL;
    *place += (size_t)(end - start) + 1;
    return start;
}

static bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool value_name(const char *name, size_t length)
{
    if (length == 0 || length >= SYSDESC_NAME || name[0] < 'a' || name[0] > 'z')
        return false;
    for (size_t i = 1; i < length; i++)
        if (!is_name_character(name[i]))
            return false;
    return true;
}
