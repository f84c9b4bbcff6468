# SPDX-License-Identifier: BSD-2-Clause
# bh_hercules_test: a system as flat files and booted on Hercules, which reads no ELF.
include_guard(GLOBAL)

set(BH_IPL_SOURCE ${CMAKE_SOURCE_DIR}/kernel/arch/s390x/ipl.S)
set(BH_IPL_IMAGE ${BH_SYSTEM_DIR}/ipl.bin)
set(BH_INS_SCRIPT ${CMAKE_SOURCE_DIR}/cmake/sh/hercules.sh)

# What starts the system from absolute address 0.
function(bh_need_ipl)
    if(TARGET ipl)
        return()
    endif()
    add_executable(ipl ${BH_IPL_SOURCE})
    bh_apply_flavour(ipl kernel "")
    target_link_options(ipl PRIVATE -nostdlib -static -no-pie -Wl,--build-id=none -Wl,-z,noexecstack
                        -Wl,-Ttext=0 -Wl,-e,ipl_start)
    add_custom_command(OUTPUT ${BH_IPL_IMAGE} DEPENDS ipl VERBATIM
        COMMAND ${CMAKE_OBJCOPY} -O binary -j .text $<TARGET_FILE:ipl> ${BH_IPL_IMAGE})
    add_custom_target(ipl-image DEPENDS ${BH_IPL_IMAGE})
endfunction()

# bh_hercules_test(NAME SYSTEM system [LABEL label...] [PASS regex] [FAIL regex] [TIMEOUT seconds])
# Makes <build>/systems/SYSTEM.ins of the image of bh_system(<system> ...) and boots it on Hercules
# until a verdict line (tests/lib/run-hercules). Label `target` unless given; preset s390x-debug.
function(bh_hercules_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "SYSTEM;PASS;FAIL;TIMEOUT" "LABEL")
    if(NOT BH_MACHINE OR NOT BH_DEBUG)
        return()
    endif()
    if(NOT arg_LABEL)
        set(arg_LABEL target)
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    bh_runner_options(options)
    bh_need_ipl()
    set(list ${BH_SYSTEM_DIR}/${arg_SYSTEM}.ins)
    add_custom_command(OUTPUT ${list} VERBATIM
        COMMAND ${CMAKE_COMMAND} -E env OBJCOPY=${CMAKE_OBJCOPY} READELF=${CMAKE_READELF}
                sh ${BH_INS_SCRIPT} $<TARGET_FILE:system-${arg_SYSTEM}> ${BH_IPL_IMAGE} ${list}
        DEPENDS ${BH_INS_SCRIPT} ${BH_IPL_IMAGE} system-${arg_SYSTEM})
    add_custom_target(hercules-${arg_SYSTEM} ALL DEPENDS ${list})
    math(EXPR limit "${arg_TIMEOUT} + 30")
    bh_shell_test(${name} LABEL ${arg_LABEL} TIMEOUT ${limit}
                  COMMAND ${CMAKE_SOURCE_DIR}/tests/lib/run-hercules ${options} ${list})
endfunction()
