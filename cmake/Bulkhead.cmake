# SPDX-License-Identifier: BSD-2-Clause
# Build: the functions that every folder's CMakeLists.txt is written with:
#
#   bh_library(NAME FLAVOURS test user kernel SOURCES ... [LINKS ...])      BhLibrary.cmake
#   bh_foreign_library(NAME FOLDER folder FLAVOURS test user SOURCES ...)  BhLibrary.cmake
#   bh_host_tool(NAME SOURCES ... [LINKS ...])                             BhLibrary.cmake
#   bh_unit_test(NAME SOURCES ... [LINKS ...])                             BhTest.cmake
#   bh_shell_test(NAME LABEL ... COMMAND ...)                              BhTest.cmake
#   bh_target_test(NAME SYSTEM system [DISKS mib...] ...)                     BhTest.cmake
#   bh_process(NAME SOURCES ... [LINKS ...] [SOFT_FLOAT])                  BhProcess.cmake
#   bh_init(NAME SOURCES ... LINKS ... LINKER_SCRIPT FILE)                 BhProcess.cmake
#   bh_kernel(SOURCES ... [LINKS ...])                                     BhKernel.cmake
#   bh_system(NAME DTS FILE PROCESSES ... [FILES ...])                     BhSystem.cmake
#   bh_hercules_test(NAME SYSTEM system ...)                               BhHercules.cmake
#   bh_linux(NAME), bh_linux_files(OUT NAME)                               BhLinux.cmake
#   bh_guest(NAME SOURCES ...)                                             BhGuest.cmake
#
# A library exists in up to four flavours, each a target of its own that is built where it can be:
#
#   flavour  target       presets           how
#   test     NAME         host, tools       native; in `host` with sanitizers and coverage
#   test     NAME.be      s390x-debug       Linux s390x, for unit tests on a big-endian machine
#   user     NAME.user    s390x-*           musl headers, for processes on the machine
#   kernel   NAME.kernel  s390x-*           freestanding, for the kernel
#
# Callers write plain names in LINKS; each function adds the suffix that fits.
include_guard(GLOBAL)

option(BH_DEBUG "Kernel self-checks (s390x)" OFF)
option(BH_SANITIZE "Address and undefined-behaviour sanitizers, and coverage (native)" OFF)
option(BH_TOOLS_ONLY "Only the host tools (native)" OFF)

if(CMAKE_SYSTEM_PROCESSOR STREQUAL "s390x" AND CMAKE_CROSSCOMPILING)
    set(BH_MACHINE ON)
else()
    set(BH_MACHINE OFF)
endif()

if(NOT BH_TOOLS_ONLY)
    enable_testing()
endif()

include(BhFlags)
include(BhLibrary)
include(BhTest)
include(BhProcess)
include(BhKernel)
include(BhSystem)
include(BhLinux)
include(BhHercules)
include(BhGuest)
