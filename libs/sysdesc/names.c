/* SPDX-License-Identifier: BSD-2-Clause */
/* The names of objects, rights and exit reasons in the description. Belongs to: init and host
 * tool. */
#include "libs/sysdesc/names.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct right {
    enum bh_object type;
    uint32_t value;
    const char *name;
};

#define RIGHT(object, name, value, text) {BH_##object, value, #name},
static const struct right rights[] = {
#include "libs/abi/rights.def"
};
#undef RIGHT

#define OBJECT(name, number, pool, text) [number] = #name,
static const char *const types[] = {
#include "libs/abi/objects.def"
};
#undef OBJECT

#define REASON(name, number, text) [number] = #name,
static const char *const reasons[] = {
#include "libs/abi/reasons.def"
};
#undef REASON

/* The tables of libs/abi have capitals and underscores; the description small letters, hyphens. */
static char small(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c == '_' ? '-' : c;
}

static bool is_small(const char *name, const char *capitals)
{
    while (*name != '\0' && *name == small(*capitals)) {
        name++;
        capitals++;
    }
    return *name == '\0' && *capitals == '\0';
}

static void add_small(struct sysdesc_text *text, const char *capitals)
{
    char one[2] = {'\0', '\0'};

    for (; *capitals != '\0'; capitals++) {
        one[0] = small(*capitals);
        sysdesc_add(text, "%s", one);
    }
}

uint32_t name_right(enum bh_object type, const char *name)
{
    for (size_t i = 0; i < COUNT(rights); i++)
        if (rights[i].type == type && is_small(name, rights[i].name))
            return rights[i].value;
    return 0;
}

static void add_rights(struct sysdesc_text *text, enum bh_object type, uint32_t mask,
                       const char *separator)
{
    const char *before = "";

    for (size_t i = 0; i < COUNT(rights); i++)
        if (rights[i].type == type && (mask & rights[i].value) != 0) {
            sysdesc_add(text, "%s", before);
            add_small(text, rights[i].name);
            before = separator;
        }
}

void name_add_rights(struct sysdesc_text *text, enum bh_object type, uint32_t mask)
{
    add_rights(text, type, mask, ",");
}

void name_add_all_rights(struct sysdesc_text *text, enum bh_object type)
{
    add_rights(text, type, UINT32_MAX, ", ");
}

void name_add_type(struct sysdesc_text *text, enum bh_object type)
{
    add_small(text, types[type]);
}

bool name_reason(const char *name, uint32_t *reason)
{
    for (uint32_t i = 0; i < COUNT(reasons); i++)
        if (is_small(name, reasons[i])) {
            *reason = i;
            return true;
        }
    return false;
}
