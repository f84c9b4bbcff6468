/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: cmocka with the headers that it wants before itself. */
#ifndef BH_TEST_H
#define BH_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
