/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads back what the kernel holds and compares it with the description. Belongs to: init. */
#include "libs/sysdesc/init/verify.h"

#include "libs/rt/rt.h"
#include "libs/sysdesc/init/say.h"

uint64_t readback_number(const struct readback *rb, enum bh_object type, uint32_t index)
{
    return rb->number[slot_of(&rb->init->sys, type, index)];
}

bool readback_same(const char *kind, const char *name, const char *what, uint64_t got,
                   uint64_t wanted)
{
    return got == wanted || mismatch("%s %s: %s is 0x%lx, described is 0x%lx", kind, name, what,
                                     (unsigned long)got, (unsigned long)wanted);
}

bool readback_done(uint64_t error, const char *kind, const char *name)
{
    return error == BH_E_OK ||
           mismatch("%s %s cannot be read: %s", kind, name, bh_error_text(error));
}

bool verify(const struct init *init)
{
    static struct readback rb;

    rb = (struct readback){.init = init};
    return verify_objects(&rb) && verify_caps(&rb) && verify_spaces(&rb) && verify_iospaces(&rb) &&
           verify_threads(&rb) && verify_guests(&rb) && verify_devices(&rb);
}
