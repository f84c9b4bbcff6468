# SPDX-License-Identifier: BSD-2-Clause
# bh_guest: a guest program of our own, as an image that both our VMM and bare QEMU start.
include_guard(GLOBAL)

# bh_guest(NAME SOURCES file... [LINKS library...] [DEFINES name=value...])
# <build>/guests/NAME.img: freestanding, with tests/guests/lib, zeroed data included.
# Target guest-NAME-image builds it; the system that it runs in depends on the file.
function(bh_guest name)
    if(NOT BH_MACHINE)
        return()
    endif()
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS;DEFINES")
    set(lib ${CMAKE_SOURCE_DIR}/tests/guests/lib)
    set(script ${lib}/guest.ld)
    set(image ${CMAKE_BINARY_DIR}/guests/${name}.img)
    add_executable(guest-${name} ${lib}/start.S ${lib}/print.c ${lib}/stop.c ${lib}/trap.c
                   ${CMAKE_SOURCE_DIR}/libs/rt/memory.S ${arg_SOURCES})
    bh_apply_flavour(guest-${name} kernel .kernel ${arg_LINKS})
    target_compile_definitions(guest-${name} PRIVATE ${arg_DEFINES})
    target_link_options(guest-${name} PRIVATE -nostdlib -static -no-pie -Wl,--build-id=none
        -Wl,-z,noexecstack -Wl,-z,norelro -Wl,--no-warn-rwx-segments -Wl,-T,${script})
    set_target_properties(guest-${name} PROPERTIES LINK_DEPENDS ${script}
                          RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/guests)
    add_custom_command(OUTPUT ${image} DEPENDS guest-${name} VERBATIM
        COMMAND ${CMAKE_OBJCOPY} -O binary --set-section-flags .bss=alloc,load,contents
                $<TARGET_FILE:guest-${name}> ${image})
    add_custom_target(guest-${name}-image ALL DEPENDS ${image})
    set(BH_GUEST_${name} ${image} PARENT_SCOPE)
endfunction()
