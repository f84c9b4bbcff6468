/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `failing-translator`: in front of the translator's own function for a message (the
 * linker's --wrap). Belongs to: test. */
#include "drivers/zpci/translator/protocol.h"
#include "drivers/zpci/translator/serve.h"
#include "libs/rt/info.h"
#include "tests/target/isolation/failing.h"

int __real_serve(struct bh_message *message);
int __wrap_serve(struct bh_message *message);

int __wrap_serve(struct bh_message *message)
{
    if ((message->badge & TRANSLATOR_BADGE_EVENT) != 0)
        failing_request(bh_need_cap("wake"));
    return __real_serve(message);
}
