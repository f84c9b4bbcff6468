/* SPDX-License-Identifier: BSD-2-Clause */
/* The translator: serves RPCIT of one guest. Belongs to: translator. */
#include <stdio.h>

#include "drivers/zpci/translator/serve.h"
#include "drivers/zpci/translator/setup.h"
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/svc.h"

/* Not as a caller: the VMM may be waiting for this very reply. */
static void tell_vmm(int events)
{
    if (events >= 0)
        bh_svc_signal((uint64_t)events);
}

int main(void)
{
    unsigned requests = bh_need_cap("requests");
    int events = bh_cap("events");
    struct bh_message message;
    uint64_t error;

    printf("translator: %u functions\n", setup());
    error = bh_svc_recv(requests, BH_NO_DEADLINE, &message);
    while (error == BH_E_OK) {
        if (serve(&message))
            tell_vmm(events);
        error = bh_svc_reply_recv(requests, &message);
    }
    bh_fatal("receive: %s", bh_error_text(error));
}
