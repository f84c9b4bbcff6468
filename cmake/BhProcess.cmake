# SPDX-License-Identifier: BSD-2-Clause
# bh_process and bh_init: static programs for the machine.
include_guard(GLOBAL)

set(BH_PROCESS_LINK_FLAGS -nostdlib -static -no-pie -march=z10 -Wl,--gc-sections -Wl,--build-id=none
                          -Wl,-z,norelro -Wl,-z,noexecstack -Wl,-z,max-page-size=4096
                          -Wl,--orphan-handling=error -Wl,--fatal-warnings)

# The link that processes and init share: sources, libs/rt as a whole (first, because it overrides
# members of musl), LINKS, then musl and libgcc. The disassembly must contain no foreign SVC.
function(bh_link_process target script soft_float)
    cmake_parse_arguments(PARSE_ARGV 3 arg "" "" "SOURCES;LINKS;DEFINES")
    if(NOT TARGET rt.user)
        message(FATAL_ERROR "${target}: libs/rt does not define bh_library(rt FLAVOURS user ...)")
    endif()
    add_executable(${target} ${arg_SOURCES})
    target_link_libraries(${target} PUBLIC $<LINK_LIBRARY:WHOLE_ARCHIVE,rt.user>)
    bh_apply_flavour(${target} user .user ${arg_LINKS})
    target_compile_definitions(${target} PRIVATE ${arg_DEFINES})
    target_link_options(${target} PRIVATE ${BH_PROCESS_LINK_FLAGS} -Wl,-T,${script})
    set(check ${CMAKE_SOURCE_DIR}/cmake/checks/process-code.sh)
    set_target_properties(${target} PROPERTIES LINK_DEPENDS "${script};${check}")
    add_custom_command(TARGET ${target} POST_BUILD VERBATIM
        COMMAND sh ${check} ${soft_float} $<TARGET_FILE:${target}>)
endfunction()

# bh_process(NAME SOURCES file... [LINKS library...] [DEFINES name=value...] [LINKER_SCRIPT file]
#            [SOFT_FLOAT])
# A process: static ELF in <build>/bin/NAME, on musl. <build>/bin/NAME.fpr says which functions use
# floating-point registers; with SOFT_FLOAT one such function is an error.
function(bh_process name)
    if(NOT BH_MACHINE)
        return()
    endif()
    cmake_parse_arguments(PARSE_ARGV 1 arg "SOFT_FLOAT" "LINKER_SCRIPT" "SOURCES;LINKS;DEFINES")
    if(NOT arg_LINKER_SCRIPT)
        set(arg_LINKER_SCRIPT ${CMAKE_SOURCE_DIR}/cmake/process.ld)
    endif()
    set(float any-float)
    if(arg_SOFT_FLOAT)
        set(float soft-float)
    endif()
    bh_link_process(${name} ${arg_LINKER_SCRIPT} ${float} SOURCES ${arg_SOURCES}
                    LINKS ${arg_LINKS} DEFINES ${arg_DEFINES})
endfunction()

# bh_init(NAME SOURCES file... [LINKS library...] [DEFINES name=value...] LINKER_SCRIPT file)
# The first process: linked as the others, then made flat, zeroed data included, as
# <build>/bin/NAME.bin. The header that the kernel reads comes from the linker script.
function(bh_init name)
    if(NOT BH_MACHINE)
        return()
    endif()
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "LINKER_SCRIPT" "SOURCES;LINKS;DEFINES")
    bh_link_process(${name} ${arg_LINKER_SCRIPT} soft-float SOURCES ${arg_SOURCES}
                    LINKS ${arg_LINKS} DEFINES ${arg_DEFINES})
    set(flat ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/${name}.bin)
    add_custom_command(OUTPUT ${flat} DEPENDS ${name} VERBATIM
        COMMAND ${CMAKE_OBJCOPY} -O binary --set-section-flags .bss=alloc,load,contents
                $<TARGET_FILE:${name}> ${flat})
    add_custom_target(${name}-flat ALL DEPENDS ${flat})
endfunction()
