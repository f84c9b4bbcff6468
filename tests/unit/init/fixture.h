/* SPDX-License-Identifier: BSD-2-Clause */
/* The system of system.dts on the toy kernel: functions 7 and 11 described, function 9 not, all
 * enabled by whoever ran before. Belongs to: test. */
#ifndef TESTS_INIT_FIXTURE_H
#define TESTS_INIT_FIXTURE_H

#include "libs/sysdesc/init/init.h"
#include "tests/unit/init/bundle.h"
#include "tests/unit/init/toy.h"

extern struct init init;
extern struct bundle bundle;
extern struct toy_virtio disk, second, other;

/* cmocka's setup and teardown. */
int fixture_start(void **state);
int fixture_end(void **state);

/* The same without functions; they may then be added one by one. */
void fixture_boot(void);
void fixture_add_function(struct toy_virtio *virtio, uint32_t fid);

/* The system with one file of the bundle replaced, or left out if bytes is NULL. */
void fixture_replace(const char *name, const void *bytes, uint32_t size);

/* The system of guest.dts instead: with these files, each of one letter, but the one left out. */
#define FIXTURE_IMAGE 5000u
#define FIXTURE_RAM 100u
void fixture_guest(const char *left_out);

/* Every step up to verify. */
bool fixture_build(void);

/* The same from behind describe, so that a test may change what was described. */
bool fixture_build_described(void);

/* As fixture_build; a test that gets false fails with what was printed. */
void fixture_must_build(void);

/* Indexes by name; a test fails if there is none. */
uint16_t fixture_process(const char *name);
uint16_t fixture_region(const char *name);

/* The kernel's number of a described object: after fixture_build only. */
uint64_t fixture_object(enum bh_object type, uint32_t index);

#endif
