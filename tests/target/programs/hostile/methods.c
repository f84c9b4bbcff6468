/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `hostile`: the methods as a table. Belongs to: test. */
#include "tests/target/programs/hostile/methods.h"

#include "libs/stubs/stubs.h"

const struct hostile_method hostile_method[] = {
#define METHOD(object, name, number, right, arguments, text)                                       \
    {#object " " #name, BH_##object, BH_M_##object##_##name, BH_R_##object##_##right},
#define ERR(error, when)
#include "libs/abi/methods.def"
#undef METHOD
#undef ERR
};

const unsigned hostile_methods = sizeof(hostile_method) / sizeof(hostile_method[0]);

uint64_t hostile_invoke(uint64_t cap, uint64_t method)
{
    const uint64_t arguments[BH_ARGUMENTS] = {0};
    struct bh_results results;

    return bh_svc_invoke(cap, method, arguments, &results);
}

uint32_t hostile_type(uint64_t cap)
{
    for (uint32_t type = BH_PARTITION; type <= BH_AUDIT; type++)
        if (hostile_invoke(cap, type * 256 + 31) == BH_E_METHOD)
            return type;
    return BH_NONE;
}
