# SPDX-License-Identifier: BSD-2-Clause
# bh_linux: the files of a Linux guest, from packages that set-up has put below .cache.
include_guard(GLOBAL)

# What the guest needs to reach its disk; the rest is built into the kernels.
set(BH_LINUX_MODULES virtio_pci virtio_blk)

# bh_linux(NAME)
# Sets NAME_kernel, the boot image from .cache/NAME, and NAME_initrd, which is built with busybox,
# the modules and systems/guest/init; both are paths for FILES of bh_system in the same folder.
function(bh_linux name)
    set(packages ${CMAKE_SOURCE_DIR}/.cache/${name})
    file(GLOB kernels ${packages}/boot/vmlinuz-*)
    list(LENGTH kernels count)
    if(NOT count EQUAL 1)
        message(FATAL_ERROR "not one kernel in ${packages}/boot but ${count}: remove .cache/${name}, "
                            "then './bulkhead setup'")
    endif()
    set(initrd ${CMAKE_BINARY_DIR}/guests/${name}.cpio)
    set(script ${CMAKE_SOURCE_DIR}/cmake/sh/initrd.sh)
    set(init ${CMAKE_SOURCE_DIR}/systems/guest/init)
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/guests)
    add_custom_command(OUTPUT ${initrd} VERBATIM
        COMMAND sh ${script} ${initrd} ${packages} ${init} ${BH_LINUX_MODULES}
        DEPENDS ${script} ${init} ${kernels}
        COMMENT "Building the RAM disk of ${name}")
    set(${name}_kernel ${kernels} PARENT_SCOPE)
    set(${name}_initrd ${initrd} PARENT_SCOPE)
endfunction()
