# SPDX-License-Identifier: BSD-2-Clause
# bh_unit_test, bh_shell_test and bh_target_test: how a test gets its name, label, time limit and environment.
# Labels: unit, unit-be, target, guest, neg, check, bench; `long` beside one of them for the slow ones.
# Exit status 77 is a skip; the test prints its reason as a line that begins with "SKIP: ".
include_guard(GLOBAL)

# The big-endian cmocka is not installed but unpacked below .cache.
if(BH_MACHINE)
    add_library(bh_cmocka SHARED IMPORTED)
    set_target_properties(bh_cmocka PROPERTIES
        IMPORTED_LOCATION ${BH_SYSROOT}/usr/lib/s390x-linux-gnu/libcmocka.so.0
        IMPORTED_SONAME libcmocka.so.0
        INTERFACE_INCLUDE_DIRECTORIES ${BH_SYSROOT}/usr/include)
else()
    add_library(bh_cmocka INTERFACE)
    target_link_libraries(bh_cmocka INTERFACE cmocka)
endif()

function(bh_test_properties name timeout)
    set_tests_properties(${name} PROPERTIES
        LABELS "${ARGN}" TIMEOUT ${timeout} SKIP_RETURN_CODE 77
        ENVIRONMENT "BH_SOURCE_DIR=${CMAKE_SOURCE_DIR};BH_BUILD_DIR=${CMAKE_BINARY_DIR}")
endfunction()

# bh_unit_test(NAME SOURCES file... [LINKS library...] [DEFINES name=value...]
#              [ARGS argument...] [TIMEOUT seconds] [HOST_ONLY])
# A cmocka program. Preset host: label unit, with sanitizers. Preset s390x-debug: the same sources
# big-endian, label unit-be, unless HOST_ONLY (say why beside the call). Tests start in the root of
# the repository.
function(bh_unit_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "HOST_ONLY" "TIMEOUT"
                          "SOURCES;LINKS;DEFINES;ARGS")
    if(BH_TOOLS_ONLY OR NOT BH_HAS_TEST_FLAVOUR OR (BH_MACHINE AND arg_HOST_ONLY))
        return()
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    add_executable(${name} ${arg_SOURCES})
    bh_apply_flavour(${name} test "${BH_TEST_SUFFIX}" ${arg_LINKS})
    target_compile_definitions(${name} PRIVATE ${arg_DEFINES})
    target_link_libraries(${name} PRIVATE bh_cmocka)
    add_test(NAME ${name} COMMAND ${name} ${arg_ARGS} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    if(BH_MACHINE)
        bh_test_properties(${name} ${arg_TIMEOUT} unit-be)
    else()
        bh_test_properties(${name} ${arg_TIMEOUT} unit)
    endif()
endfunction()

# bh_shell_test(NAME LABEL label... COMMAND program argument... [TIMEOUT seconds])
# Any other program as a test; where it is called decides which preset it runs in.
function(bh_shell_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "LABEL;COMMAND")
    if(BH_TOOLS_ONLY)
        return()
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    add_test(NAME ${name} COMMAND ${arg_COMMAND} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    bh_test_properties(${name} ${arg_TIMEOUT} ${arg_LABEL})
endfunction()

# Sets OUT to the options that run-qemu and run-hercules share, from the caller's arg_TIMEOUT, arg_PASS
# and so on.
function(bh_runner_options out)
    set(options --timeout ${arg_TIMEOUT})
    foreach(option IN ITEMS PASS FAIL MEMORY)
        if(arg_${option})
            string(TOLOWER ${option} lower)
            list(APPEND options --${lower} ${arg_${option}})
        endif()
    endforeach()
    set(${out} ${options} PARENT_SCOPE)
endfunction()

# bh_target_test(NAME SYSTEM system [LABEL label...] [PASS regex] [FAIL regex] [TIMEOUT seconds]
#                [MEMORY mib] [DISKS mib... [DISK_HASH]] [ICOUNT] [RELEASE])
# Boots the image of bh_system(<system> ...) on QEMU until a verdict line (tests/lib/run-qemu).
# Label `target` unless given. Runs in preset s390x-debug; with RELEASE in s390x-release instead.
# DISKS attaches virtio disks of these sizes on PCI, with fid 1, 2, ..., filled by tests/lib/make-disk;
# with DISK_HASH the system must also print `disk sha256 HASH`, the host's hash of the first.
function(bh_target_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "ICOUNT;RELEASE;DISK_HASH"
                          "SYSTEM;PASS;FAIL;TIMEOUT;MEMORY" "LABEL;DISKS")
    if(NOT BH_MACHINE OR (arg_RELEASE AND BH_DEBUG) OR NOT (arg_RELEASE OR BH_DEBUG))
        return()
    endif()
    if(NOT arg_LABEL)
        set(arg_LABEL target)
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    bh_runner_options(options)
    if(arg_ICOUNT)
        list(APPEND options --icount)
    endif()
    set(runner ${CMAKE_SOURCE_DIR}/tests/lib/run-qemu)
    if(arg_DISKS)
        list(JOIN arg_DISKS "," sizes)
        set(expect any)
        if(arg_DISK_HASH)
            set(expect hash)
        endif()
        set(runner ${CMAKE_SOURCE_DIR}/tests/lib/with-disk ${sizes} ${expect} ${runner})
    endif()
    math(EXPR limit "${arg_TIMEOUT} + 30")
    bh_shell_test(${name} LABEL ${arg_LABEL} TIMEOUT ${limit}
                  COMMAND ${runner} ${options} $<TARGET_FILE:system-${arg_SYSTEM}>)
endfunction()
