/* SPDX-License-Identifier: BSD-2-Clause */
/* The server of the benchmark: answers every call with its own words. Belongs to: test. */
#include "libs/rt/info.h"
#include "libs/stubs/svc.h"

int main(void)
{
    unsigned endpoint = bh_need_cap("calls");
    struct bh_message message;

    (void)bh_svc_recv(endpoint, BH_NO_DEADLINE, &message);
    for (;;) {
        (void)bh_svc_reply_recv(endpoint, BH_NO_DEADLINE, &message);
    }
}
