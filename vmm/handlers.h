/* SPDX-License-Identifier: BSD-2-Clause */
/* The handlers of handlers.def as functions. Belongs to: VMM. */
#ifndef VMM_HANDLERS_H
#define VMM_HANDLERS_H

#include "vmm/cpu.h"

#define HANDLER(opcode, name, mnemonic)                                                            \
    program_code name(struct cpu *cpu, const struct instruction *in);
#define HANDLER_ANY HANDLER
#define HANDLER_ALSO(opcode, name, mnemonic)
#include "vmm/handlers.def"
#undef HANDLER_ALSO
#undef HANDLER_ANY
#undef HANDLER

#endif
