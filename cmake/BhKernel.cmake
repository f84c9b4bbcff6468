# SPDX-License-Identifier: BSD-2-Clause
# bh_kernel: the kernel as one relocatable object, which each system image is linked from.
include_guard(GLOBAL)

set(BH_KERNEL_STACK_LIMIT 3072)

# bh_kernel(SOURCES file... [LINKS library...] [DEFINES name=value...] [STACK_NOTES file])
# Target `kernel`: <build>/kernel/kernel.o, freestanding. LINKS are bh_library targets of flavour
# `kernel`. The test check.kernel-stack computes the deepest stack over the call graph; STACK_NOTES
# tells it what the compiler cannot see (cmake/checks/stack.awk describes the file).
function(bh_kernel)
    if(NOT BH_MACHINE)
        return()
    endif()
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "STACK_NOTES" "SOURCES;LINKS;DEFINES")
    add_executable(kernel ${arg_SOURCES})
    bh_apply_flavour(kernel kernel .kernel ${arg_LINKS})
    target_compile_definitions(kernel PRIVATE ${arg_DEFINES})
    target_link_options(kernel PRIVATE -nostdlib -r -Wl,--build-id=none
                        -Wl,-Map=${CMAKE_BINARY_DIR}/kernel/kernel.map)
    set_target_properties(kernel PROPERTIES OUTPUT_NAME kernel.o
                          RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/kernel)
    if(arg_STACK_NOTES)
        get_filename_component(arg_STACK_NOTES ${arg_STACK_NOTES} ABSOLUTE)
    endif()
    bh_shell_test(check.kernel-stack LABEL check COMMAND
        sh ${CMAKE_SOURCE_DIR}/cmake/checks/stack.sh ${BH_KERNEL_STACK_LIMIT}
        ${CMAKE_BINARY_DIR} ${arg_STACK_NOTES})
endfunction()
