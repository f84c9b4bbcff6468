# SPDX-License-Identifier: BSD-2-Clause
# Compiler flags of each flavour, and the folders they need. Nothing else in the tree sets flags.
include_guard(GLOBAL)

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

# Reproducible archives: no times and owners.
set(CMAKE_C_ARCHIVE_CREATE "<CMAKE_AR> qcD <TARGET> <LINK_FLAGS> <OBJECTS>")
set(CMAKE_C_ARCHIVE_FINISH "<CMAKE_RANLIB> -D <TARGET>")

set(BH_SYSROOT ${CMAKE_SOURCE_DIR}/.cache/s390x)
set(BH_MUSL_INCLUDE ${BH_SYSROOT}/usr/include/s390x-linux-musl)
set(BH_MUSL_LIB ${BH_SYSROOT}/usr/lib/s390x-linux-musl)

set(BH_WARNINGS -Wall -Wextra -Werror -Wmissing-prototypes -Wstrict-prototypes -Wshadow -Wundef
                -Wvla -Wpointer-arith -Wwrite-strings -Wredundant-decls)
set(BH_COMMON_FLAGS ${BH_WARNINGS} -g -fno-common -ffunction-sections -fdata-sections)

if(BH_MACHINE)
    if(NOT EXISTS ${BH_MUSL_LIB}/libc.a)
        message(FATAL_ERROR "musl for s390x is not in .cache: run './bulkhead setup' first")
    endif()
    execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=include
                    OUTPUT_VARIABLE BH_GCC_INCLUDE OUTPUT_STRIP_TRAILING_WHITESPACE)
    execute_process(COMMAND ${CMAKE_C_COMPILER} -print-libgcc-file-name
                    OUTPUT_VARIABLE BH_LIBGCC OUTPUT_STRIP_TRAILING_WHITESPACE)
endif()

# What every process library is linked with; the two need each other.
if(BH_MACHINE)
    add_library(bh_libgcc STATIC IMPORTED)
    add_library(bh_libc_user STATIC IMPORTED)
    set_target_properties(bh_libgcc PROPERTIES IMPORTED_LOCATION ${BH_LIBGCC}
                          INTERFACE_LINK_LIBRARIES bh_libc_user)
    set_target_properties(bh_libc_user PROPERTIES IMPORTED_LOCATION ${BH_MUSL_LIB}/libc.a
                          INTERFACE_LINK_LIBRARIES bh_libgcc)
    set(BH_LINK_LIBRARIES_user bh_libc_user)
endif()

# Everything that runs on the machine: z10 instructions, because Hercules has no later ones.
# Soft float, so that no register but the general ones is touched unless musl itself does it.
# No folder of this machine gets into an image.
set(BH_MACHINE_FLAGS -fno-canonical-system-headers -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.
                     -ffile-prefix-map=${CMAKE_BINARY_DIR}=build
                     -march=z10 -mzarch -msoft-float -O2 -fno-pic -fno-stack-protector
                     -fno-asynchronous-unwind-tables -fno-unwind-tables
                     $<$<COMPILE_LANGUAGE:ASM>:-Wa,--noexecstack>)

set(BH_FLAGS_user ${BH_COMMON_FLAGS} ${BH_MACHINE_FLAGS} -nostdinc
                  "SHELL:-isystem ${BH_MUSL_INCLUDE}" "SHELL:-isystem ${BH_GCC_INCLUDE}")

# Of musl's headers the kernel may use string.h alone (a check enforces it).
# Lowcore is address 0, hence -fno-delete-null-pointer-checks; the kernel supplies memcpy and its
# kin, hence no loop may be turned into a call of the very function that it is in. Moving loads
# early before registers are given out costs spills on the short paths that are all that it has
# (docs/decisions/0003): no -fschedule-insns.
set(BH_FLAGS_kernel ${BH_COMMON_FLAGS} ${BH_MACHINE_FLAGS} -ffreestanding -nostdinc
                    "SHELL:-isystem ${BH_GCC_INCLUDE}" "SHELL:-isystem ${BH_MUSL_INCLUDE}"
                    -fno-delete-null-pointer-checks
                    -fno-strict-aliasing -fno-tree-loop-distribute-patterns
                    -fno-schedule-insns -fno-tree-slp-vectorize # docs/decisions/0003
                    -mno-backchain -mno-packed-stack -fcallgraph-info=su)
if(BH_DEBUG)
    list(APPEND BH_FLAGS_kernel -DBH_DEBUG=1)
    list(APPEND BH_FLAGS_user -DBH_DEBUG=1)
endif()

if(BH_MACHINE)
    set(BH_FLAGS_test ${BH_COMMON_FLAGS} -march=z10 -O1 -DBH_DEBUG=1)
elseif(BH_SANITIZE)
    set(BH_SANITIZERS -fsanitize=address,undefined -fno-sanitize-recover=all)
    set(BH_FLAGS_test ${BH_COMMON_FLAGS} -O1 -fno-omit-frame-pointer -DBH_DEBUG=1
                      ${BH_SANITIZERS} --coverage -fprofile-abs-path)
    set(BH_LINK_FLAGS_test ${BH_SANITIZERS} --coverage)
else()
    set(BH_FLAGS_test ${BH_COMMON_FLAGS} -O2)
endif()
