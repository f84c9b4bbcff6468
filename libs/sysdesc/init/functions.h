/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine's PCI functions, by CLP through the kernel. Belongs to: init. */
#ifndef BH_INIT_FUNCTIONS_H
#define BH_INIT_FUNCTIONS_H

#include <stdbool.h>

#include "drivers/zpci/clp.h"

/* Called for each function; false ends the walk. */
typedef bool functions_use(void *context, const struct clp_entry *entry);

/* Walks over all functions. True if the list was complete and `use` true for each; says why not if
 * the list is at fault. A machine without PCI has no functions. */
bool functions_each(functions_use *use, void *context);

/* Disables a function by its handle; waits, within bounds, while the machine is busy. */
enum zpci_error functions_disable(uint32_t fh);

/* Whether a handle is that of an enabled function. */
bool functions_enabled(uint32_t fh);

#endif
