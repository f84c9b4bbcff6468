/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes small ELF images for tests. Belongs to: test. */
#ifndef TESTS_INIT_PROGRAM_H
#define TESTS_INIT_PROGRAM_H

#include <stdint.h>

#define PROGRAM_BASE 0x100000u
#define PROGRAM_BYTES 0x4000u
#define PROGRAM_ENTRY (PROGRAM_BASE + 0x10u)

/* Offsets in the file header, and of program header i. */
#define AT_TYPE 16u
#define AT_MACHINE 18u
#define AT_VERSION 20u
#define AT_ENTRY 24u
#define AT_PROGRAM_OFFSET 32u
#define AT_HEADER_SIZE 52u
#define AT_PROGRAM_SIZE 54u
#define AT_PROGRAM_COUNT 56u
#define AT_PROGRAM(i) (64u + (i)*56u)

/* Offsets in a program header. */
#define IN_TYPE 0u
#define IN_FLAGS 4u
#define IN_OFFSET 8u
#define IN_ADDRESS 16u
#define IN_FILE_SIZE 32u
#define IN_SIZE 40u

/* Three segments, one page of file each: text (bytes 't'), constants ('r'), data ('d', and a second
 * page of zeroes). The file has PROGRAM_BYTES bytes. */
void program_write(uint8_t bytes[PROGRAM_BYTES]);

#endif
