/* SPDX-License-Identifier: BSD-2-Clause */
/* Life cycle of a PCI function: enable, disable, reset, recovery. Linked by the kernel and tests.
 *
 * The function id is the stable name; the machine may change the handle whenever the state changes,
 * and an old handle is answered with cc 3. States as the machine has them:
 *
 *   STANDBY --configure--> DISABLED --enable--> ENABLED --translation error--> ERROR
 *   ERROR --unblock--> UNBLOCKED    ERROR, UNBLOCKED --clear error--> ENABLED
 *   any of these --disable--> DISABLED      any --taken away--> GONE */
#ifndef BULKHEAD_ZPCI_FUNCTION_H
#define BULKHEAD_ZPCI_FUNCTION_H

#include <stdint.h>

#include "drivers/zpci/control.h"

enum zpci_state {
    ZPCI_GONE,     /* not listed */
    ZPCI_STANDBY,  /* listed, not configured */
    ZPCI_DISABLED, /* no DMA, no interruptions, no registrations */
    ZPCI_ENABLED,
    ZPCI_ERROR,     /* DMA stopped, loads and stores blocked */
    ZPCI_UNBLOCKED, /* DMA stopped, loads and stores possible */
};

struct zpci_function {
    uint32_t fid;
    uint32_t fh;
    uint32_t generation; /* changes whenever registrations (IOAT, interruptions) may be lost */
    enum zpci_state state;
};

void zpci_function_init(struct zpci_function *function, const struct clp_entry *entry);

/* The machine cannot do DMA for this function, and has confirmed it: only then may storage that was
 * reachable for it be reused. */
int zpci_function_is_quiet(const struct zpci_function *function);

/* Disabled to enabled. ZPCI_E_STATE if it is in another state. */
enum zpci_error zpci_function_enable(struct zpci_function *function, struct zpci_scratch *scratch);

/* Any state to quiet. ZPCI_OK exactly if zpci_function_is_quiet holds afterwards; otherwise call
 * again. If the machine refuses, the list decides what the state is. */
enum zpci_error zpci_function_disable(struct zpci_function *function, struct zpci_scratch *scratch);

/* Disable and enable: the device starts anew, all registrations are gone. */
enum zpci_error zpci_function_reset(struct zpci_function *function, struct zpci_scratch *scratch);

/* State and handle as the machine has them: controls (STPCIFC) for an enabled function, the list
 * otherwise. */
enum zpci_error zpci_function_poll(struct zpci_function *function, struct zpci_scratch *scratch);

/* ERROR to UNBLOCKED (MPCIFC 9): the owner may look at the device before it decides. */
enum zpci_error zpci_function_unblock(struct zpci_function *function, struct zpci_scratch *scratch);

/* ERROR or UNBLOCKED to ENABLED (MPCIFC 7), registrations kept. If the machine refuses or the error
 * persists: reset. */
enum zpci_error zpci_function_recover(struct zpci_function *function, struct zpci_scratch *scratch);

/* Take note of an event for this function id. An error event for an old handle is ignored. A loss
 * is checked against the list, so it needs a later poll or disable before the function is quiet. */
enum pci_event_action zpci_function_event(struct zpci_function *function,
                                          const struct pci_event *event);

#endif
