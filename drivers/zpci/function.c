/* SPDX-License-Identifier: BSD-2-Clause */
/* Life cycle of a PCI function (kernel, above the zPCI instruction layer). */
#include "drivers/zpci/function.h"

#include "drivers/zpci/ioat.h"

static enum zpci_state entry_state(const struct clp_entry *entry)
{
    if (!entry->configured)
        return ZPCI_STANDBY;
    return entry->fh & ZPCI_FH_ENABLED ? ZPCI_ENABLED : ZPCI_DISABLED;
}

/* Registrations survive only while the function keeps its handle and stays enabled. */
static void set_state(struct zpci_function *function, uint32_t fh, enum zpci_state state)
{
    if (fh != function->fh || state < ZPCI_ENABLED)
        function->generation++;
    function->fh = fh;
    function->state = state;
}

void zpci_function_init(struct zpci_function *function, const struct clp_entry *entry)
{
    function->fid = entry->fid;
    function->fh = entry->fh;
    function->generation = 1;
    function->state = entry_state(entry);
}

int zpci_function_is_quiet(const struct zpci_function *function)
{
    return function->state < ZPCI_ENABLED;
}

/* Find the function by its id; what the list says is the truth. */
static enum zpci_error relocate(struct zpci_function *function, struct zpci_scratch *scratch)
{
    struct clp_entry entry;
    enum zpci_error error = zpci_find(scratch, function->fid, &entry);

    if (error == ZPCI_E_GONE) {
        set_state(function, 0, ZPCI_GONE);
        return ZPCI_OK;
    }
    if (!error)
        set_state(function, entry.fh, entry_state(&entry));
    return error;
}

static enum zpci_state controls_state(const uint8_t *fib)
{
    uint8_t controls = fib[FIB_CONTROLS];

    if (!(controls & FIB_FC_ENABLED))
        return ZPCI_DISABLED;
    if (!(controls & FIB_FC_ERROR))
        return ZPCI_ENABLED;
    return controls & FIB_FC_BLOCKED ? ZPCI_ERROR : ZPCI_UNBLOCKED;
}

enum zpci_error zpci_function_poll(struct zpci_function *function, struct zpci_scratch *scratch)
{
    enum zpci_error error = zpci_query_controls(scratch, function->fh);

    if (error == ZPCI_E_BUSY)
        return error;
    if (error || controls_state(scratch->fib) == ZPCI_DISABLED)
        return relocate(function, scratch);
    function->state = controls_state(scratch->fib);
    return ZPCI_OK;
}

enum zpci_error zpci_function_enable(struct zpci_function *function, struct zpci_scratch *scratch)
{
    uint32_t fh = function->fh;
    enum zpci_error error;

    if (function->state != ZPCI_DISABLED)
        return ZPCI_E_STATE;
    error = zpci_set_function(scratch, &fh, CLP_SET_ENABLE);
    if (!error)
        set_state(function, fh, ZPCI_ENABLED);
    return error;
}

enum zpci_error zpci_function_disable(struct zpci_function *function, struct zpci_scratch *scratch)
{
    uint32_t fh = function->fh;
    enum zpci_error error;

    if (zpci_function_is_quiet(function))
        return ZPCI_OK;
    error = zpci_set_function(scratch, &fh, CLP_SET_DISABLE);
    if (!error) {
        set_state(function, fh, ZPCI_DISABLED);
        return ZPCI_OK;
    }
    if (relocate(function, scratch) == ZPCI_OK && zpci_function_is_quiet(function))
        return ZPCI_OK;
    return error;
}

enum zpci_error zpci_function_reset(struct zpci_function *function, struct zpci_scratch *scratch)
{
    enum zpci_error error = zpci_function_disable(function, scratch);

    return error ? error : zpci_function_enable(function, scratch);
}

enum zpci_error zpci_function_unblock(struct zpci_function *function, struct zpci_scratch *scratch)
{
    enum zpci_error error;

    if (function->state != ZPCI_ERROR)
        return ZPCI_E_STATE;
    fib_empty(scratch->fib);
    error = zpci_modify(scratch, function->fh, MPCIFC_RESET_BLOCK);
    if (!error)
        function->state = ZPCI_UNBLOCKED;
    return error;
}

/* After the error is cleared the controls must say so; a device that fails again at once is reset.
 */
static enum zpci_error clear_error(struct zpci_function *function, struct zpci_scratch *scratch)
{
    enum zpci_error error;

    fib_empty(scratch->fib);
    error = zpci_modify(scratch, function->fh, MPCIFC_RESET_ERROR);
    if (!error)
        error = zpci_function_poll(function, scratch);
    if (error)
        return error;
    return function->state == ZPCI_ENABLED ? ZPCI_OK : ZPCI_E_BLOCKED;
}

enum zpci_error zpci_function_recover(struct zpci_function *function, struct zpci_scratch *scratch)
{
    enum zpci_error error;

    if (function->state != ZPCI_ERROR && function->state != ZPCI_UNBLOCKED)
        return ZPCI_E_STATE;
    error = clear_error(function, scratch);
    if (!error || error == ZPCI_E_BUSY)
        return error;
    return zpci_function_reset(function, scratch);
}

enum pci_event_action zpci_function_event(struct zpci_function *function,
                                          const struct pci_event *event)
{
    enum pci_event_action action = pci_event_action(event);

    if (event->kind == PCI_EVENT_ERROR && event->fh != function->fh)
        return PCI_EVENT_IGNORE;
    if (action == PCI_EVENT_RECOVER && function->state == ZPCI_ENABLED)
        function->state = ZPCI_ERROR;
    return action;
}
