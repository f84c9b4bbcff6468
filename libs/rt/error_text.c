/* SPDX-License-Identifier: BSD-2-Clause */
/* Texts of errors. Belongs to: everything that runs as a process. */
#include "libs/abi/abi.h"
#include "libs/rt/rt.h"

const char *bh_error_text(uint64_t error)
{
    switch (error) {
#define ERROR(name, number, text)                                                                  \
    case number:                                                                                   \
        return text;
#include "libs/abi/errors.def"
#undef ERROR
    default:
        return "unknown error";
    }
}
