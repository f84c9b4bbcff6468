# SPDX-License-Identifier: BSD-2-Clause
# bh_system: from a system description and processes to an image that QEMU loads with -kernel.
include_guard(GLOBAL)

set(BH_HOST_TOOLS_DIR ${CMAKE_BINARY_DIR}/host-tools/bin)
set(BH_KERNEL_SCRIPT ${CMAKE_SOURCE_DIR}/kernel/arch/s390x/kernel.ld)
set(BH_SYSTEM_DIR ${CMAKE_BINARY_DIR}/systems)

# The host tools, built natively inside this cross build, so that one command builds everything.
function(bh_need_host_tools)
    if(TARGET bh_host_tools)
        return()
    endif()
    include(ExternalProject)
    get_property(tools GLOBAL PROPERTY BH_HOST_TOOLS)
    list(TRANSFORM tools PREPEND ${BH_HOST_TOOLS_DIR}/)
    ExternalProject_Add(bh_host_tools
        SOURCE_DIR ${CMAKE_SOURCE_DIR} BINARY_DIR ${CMAKE_BINARY_DIR}/host-tools
        CMAKE_ARGS -DBH_TOOLS_ONLY=ON INSTALL_COMMAND "" BUILD_ALWAYS ON
        BUILD_BYPRODUCTS ${tools} EXCLUDE_FROM_ALL ON
        PREFIX ${CMAKE_BINARY_DIR}/host-tools-state)
endfunction()

# Sets ${out} to the command that checks a description, and BH_CHECK_TOOL to the program.
function(bh_check_command out dts)
    get_property(tools GLOBAL PROPERTY BH_HOST_TOOLS)
    if(NOT "bulkhead-check" IN_LIST tools)
        message(FATAL_ERROR "libs/sysdesc does not define bh_host_tool(bulkhead-check ...)")
    endif()
    bh_need_host_tools()
    set(BH_CHECK_TOOL ${BH_HOST_TOOLS_DIR}/bulkhead-check PARENT_SCOPE)
    set(${out} ${BH_HOST_TOOLS_DIR}/bulkhead-check ${dts} -i ${CMAKE_SOURCE_DIR} PARENT_SCOPE)
endfunction()

# bh_system(NAME DTS file PROCESSES name... [FILES [name=]path...] [INIT name])
# <build>/systems/NAME.elf: kernel, first process, and the bundle: a cpio archive of system.dtb,
# then the processes (bh_process targets, without debug information), then FILES by name. The
# checker must accept the description alone, and again together with what is in the bundle.
function(bh_system name)
    if(NOT BH_MACHINE)
        return()
    endif()
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "DTS;INIT" "PROCESSES;FILES")
    if(NOT arg_INIT)
        set(arg_INIT init)
    endif()
    get_filename_component(dts ${arg_DTS} ABSOLUTE)
    set(dtb ${BH_SYSTEM_DIR}/${name}.dtb)
    set(bundle ${BH_SYSTEM_DIR}/${name}.cpio)
    set(init_image ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/${arg_INIT}.bin)
    file(MAKE_DIRECTORY ${BH_SYSTEM_DIR})
    bh_check_command(check ${dts})
    string(REPLACE ";" " " check_line "${check}")

    add_custom_command(OUTPUT ${dtb} VERBATIM
        COMMAND ${check}
        COMMAND dtc -q -I dts -O dtb -i ${CMAKE_SOURCE_DIR} -d ${dtb}.d -o ${dtb} ${dts}
        DEPENDS ${dts} ${BH_CHECK_TOOL} DEPFILE ${dtb}.d
        COMMENT "Checking and compiling the system description ${name}")

    set(programs ${arg_PROCESSES})
    list(TRANSFORM programs PREPEND ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/)
    set(files ${arg_FILES})
    list(TRANSFORM files REPLACE "^[^=/]*=" "")
    set(script ${CMAKE_SOURCE_DIR}/cmake/sh/bundle.sh)
    add_custom_command(OUTPUT ${bundle} VERBATIM
        COMMAND ${CMAKE_COMMAND} -E env STRIP=${CMAKE_STRIP} "BUNDLE_CHECK=${check_line}"
                sh ${script} ${bundle} ${dtb} ${programs} ${arg_FILES}
        DEPENDS ${script} ${dtb} ${BH_CHECK_TOOL} ${arg_PROCESSES} ${files})

    configure_file(${CMAKE_SOURCE_DIR}/cmake/image.S.in ${BH_SYSTEM_DIR}/${name}.S @ONLY)
    set_source_files_properties(${BH_SYSTEM_DIR}/${name}.S PROPERTIES
        OBJECT_DEPENDS "${bundle};${init_image}")
    set(kernel ${CMAKE_BINARY_DIR}/kernel/kernel.o)
    add_executable(system-${name} ${BH_SYSTEM_DIR}/${name}.S)
    add_dependencies(system-${name} kernel)
    target_link_options(system-${name} PRIVATE -nostdlib -static -no-pie -Wl,--build-id=none
        -Wl,--gc-sections -Wl,-z,noexecstack -Wl,--fatal-warnings -Wl,-T,${BH_KERNEL_SCRIPT})
    target_link_libraries(system-${name} PRIVATE ${kernel} ${BH_LIBGCC})
    set_target_properties(system-${name} PROPERTIES OUTPUT_NAME ${name}.elf
        RUNTIME_OUTPUT_DIRECTORY ${BH_SYSTEM_DIR} LINK_DEPENDS "${BH_KERNEL_SCRIPT};${kernel}")
endfunction()
