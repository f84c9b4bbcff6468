/* SPDX-License-Identifier: BSD-2-Clause */
/* The translator: serves RPCIT of one guest. Belongs to: translator. */
#include "drivers/zpci/translator/process.h"
#include "libs/rt/start.h"

int main(void)
{
    translator_run();
}
