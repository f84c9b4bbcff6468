# SPDX-License-Identifier: BSD-2-Clause
# bh_library, bh_foreign_library and bh_host_tool.
include_guard(GLOBAL)

# Whether unit tests (and so the test flavour) are built here, and under which suffix.
set(BH_TEST_SUFFIX "")
set(BH_HAS_TEST_FLAVOUR ON)
if(BH_MACHINE)
    set(BH_TEST_SUFFIX ".be")
    set(BH_HAS_TEST_FLAVOUR ${BH_DEBUG})
endif()

# One target of one flavour gets its flags, the root as include path, and its links with suffix.
function(bh_apply_flavour target flavour suffix)
    target_compile_options(${target} PRIVATE ${BH_FLAGS_${flavour}})
    target_link_options(${target} PRIVATE ${BH_LINK_FLAGS_${flavour}})
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR})
    foreach(link IN LISTS ARGN)
        target_link_libraries(${target} PUBLIC ${link}${suffix})
    endforeach()
    target_link_libraries(${target} PUBLIC ${BH_LINK_LIBRARIES_${flavour}})
endfunction()

function(bh_library_flavour target flavour suffix)
    cmake_parse_arguments(PARSE_ARGV 3 arg "" "" "SOURCES;LINKS;DEFINES")
    add_library(${target} STATIC ${arg_SOURCES})
    set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ${BH_TOOLS_ONLY})
    bh_apply_flavour(${target} ${flavour} "${suffix}" ${arg_LINKS})
    target_compile_definitions(${target} PRIVATE ${arg_DEFINES})
endfunction()

# bh_library(NAME FLAVOURS <test|user|kernel>... SOURCES file... [LINKS library...]
#            [DEFINES name=value...])
# A static library of portable C. LINKS names bh_library targets that have the same flavours.
function(bh_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "FLAVOURS;SOURCES;LINKS;DEFINES")
    if(arg_UNPARSED_ARGUMENTS OR NOT arg_FLAVOURS OR NOT arg_SOURCES)
        message(FATAL_ERROR "bh_library(${name}): FLAVOURS and SOURCES are needed, "
                            "and nothing else is known: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    set(rest SOURCES ${arg_SOURCES} LINKS ${arg_LINKS} DEFINES ${arg_DEFINES})
    if("test" IN_LIST arg_FLAVOURS AND BH_HAS_TEST_FLAVOUR)
        bh_library_flavour(${name}${BH_TEST_SUFFIX} test "${BH_TEST_SUFFIX}" ${rest})
    endif()
    foreach(flavour IN ITEMS user kernel)
        if(BH_MACHINE AND flavour IN_LIST arg_FLAVOURS)
            bh_library_flavour(${name}.${flavour} ${flavour} .${flavour} ${rest})
        endif()
    endforeach()
endfunction()

# bh_foreign_library(NAME FOLDER folder FLAVOURS <test|user>... SOURCES file...)
# The same of a library that is not ours, from a folder below .cache/src, where the set-up unpacks
# it; those who link it find its headers there. Its warnings are not ours to mend. Signed numbers
# wrap around, as code that looks for an overflow after the sum expects.
function(bh_foreign_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "FOLDER" "FLAVOURS;SOURCES")
    set(folder ${CMAKE_SOURCE_DIR}/.cache/src/${arg_FOLDER})
    if(NOT EXISTS ${folder})
        message(FATAL_ERROR "${name} is not in .cache: run './bulkhead setup' first")
    endif()
    list(TRANSFORM arg_SOURCES PREPEND ${folder}/)
    bh_library(${name} FLAVOURS ${arg_FLAVOURS} SOURCES ${arg_SOURCES})
    foreach(target IN ITEMS ${name}${BH_TEST_SUFFIX} ${name}.user)
        if(TARGET ${target})
            target_compile_options(${target} PRIVATE -w -fwrapv)
            target_include_directories(${target} SYSTEM PUBLIC ${folder})
        endif()
    endforeach()
endfunction()

# bh_host_tool(NAME SOURCES file... [LINKS library...])
# A program of the development machine, in <build>/bin. LINKS are libraries of flavour `test`.
function(bh_host_tool name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
    set_property(GLOBAL APPEND PROPERTY BH_HOST_TOOLS ${name})
    if(BH_MACHINE)
        return()
    endif()
    add_executable(${name} ${arg_SOURCES})
    bh_apply_flavour(${name} test "" ${arg_LINKS})
endfunction()
