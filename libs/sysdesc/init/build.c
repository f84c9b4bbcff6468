/* SPDX-License-Identifier: BSD-2-Clause */
/* The steps of init in their order. Belongs to: init. */
#include "libs/sysdesc/init/init.h"

/* Every function is disabled before any memory is touched; virtio functions are asked before any
 * of them could get at memory; nothing is sealed before it was read back. */
bool build_system(struct init *init)
{
    const struct sysdesc *sys = &init->sys;

    return describe(init) && read_programs(init) && discover(init) && create_objects(sys) &&
           check_features(init) && clear_regions(sys) && add_windows(sys) && load_processes(init) &&
           create_guests(sys) && bind_all(sys) && grant_all(sys) && verify(init) &&
           seal_and_start(sys);
}
