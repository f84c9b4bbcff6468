/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every system call and every method as a typed C function. Belongs to: everything that runs as a
 * process.
 *
 * bh_OBJECT_method(cap, arguments, results). `cap` is an index into the caller's own capability
 * table, as is every argument named *_slot. Pages and frames are 4 KiB, numbers and not addresses.
 * Each function returns one of libs/abi/errors.def: CAP, TYPE, RIGHT, METHOD, or what
 * libs/abi/methods.def lists with the method of the same name. Results mean something only with
 * the errors that the table says, as a rule OK.
 */
#ifndef BH_STUBS_STUBS_H
#define BH_STUBS_STUBS_H

#include "libs/stubs/partition.h"
#include "libs/stubs/pci.h"
#include "libs/stubs/space.h"
#include "libs/stubs/svc.h"
#include "libs/stubs/system.h"
#include "libs/stubs/thread.h"
#include "libs/stubs/vcpu.h"

#endif
