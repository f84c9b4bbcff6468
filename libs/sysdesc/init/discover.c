/* SPDX-License-Identifier: BSD-2-Clause */
/* Brings every PCI function of the machine to rest, and finds the described ones. Belongs to: init.
 */
#include "libs/sysdesc/init/functions.h"
#include "libs/sysdesc/init/init.h"
#include "libs/sysdesc/init/say.h"

struct match {
    struct init *init;
    bool present[SYSDESC_FUNCTIONS];
    uint32_t functions; /* of the machine */
};

/* Also what isn't described: an enabled function could still write to memory that is given away. */
static bool disable(void *context, const struct clp_entry *entry)
{
    (void)context;
    if (!functions_enabled(entry->fh))
        return true;
    enum zpci_error error = functions_disable(entry->fh);
    return error == ZPCI_OK ||
           refuse("function fid %u cannot be disabled: %s", entry->fid,
                  error == ZPCI_E_BUSY ? "it stays busy" : "the machine refuses");
}

static uint32_t described(const struct sysdesc *sys, uint32_t fid)
{
    for (uint32_t i = 0; i < sys->functions; i++) {
        if (sys->function[i].fid == fid)
            return i;
    }
    return SYSDESC_NONE;
}

static bool match(void *context, const struct clp_entry *entry)
{
    struct match *match = context;
    uint32_t i = described(&match->init->sys, entry->fid);

    if (functions_enabled(entry->fh))
        return refuse("function fid %u is enabled again", entry->fid);
    match->functions++;
    if (i == SYSDESC_NONE) {
        say("function fid %u (%04x:%04x) is not described and stays disabled", entry->fid,
            entry->vendor, entry->device);
        return true;
    }
    if (match->present[i])
        return refuse("function fid %u is listed twice", entry->fid);
    if (!entry->configured)
        return refuse("function fid %u is not configured", entry->fid);
    match->present[i] = true;
    match->init->identity[i] = (struct init_identity){entry->vendor, entry->device};
    return true;
}

bool discover(struct init *init)
{
    struct match found = {.init = init};

    if (!functions_each(disable, NULL) || !functions_each(match, &found))
        return false;
    for (uint32_t i = 0; i < init->sys.functions; i++) {
        if (!found.present[i])
            return refuse("function %s: the machine has no fid %u", init->sys.function[i].name,
                          init->sys.function[i].fid);
    }
    say("%u PCI functions, all disabled", found.functions);
    return true;
}
