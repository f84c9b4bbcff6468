/* SPDX-License-Identifier: BSD-2-Clause */
/* What the compiler may call for structure copies. Belongs to: kernel. */
#include <string.h>

void *memcpy(void *to, const void *from, size_t n)
{
    char *d = to;
    const char *s = from;
    size_t i;

    for (i = 0; i < n; i++) {
        d[i] = s[i];
    }
    return to;
}

void *memset(void *to, int c, size_t n)
{
    char *d = to;
    size_t i;

    for (i = 0; i < n; i++) {
        d[i] = (char)c;
    }
    return to;
}
