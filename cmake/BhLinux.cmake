# SPDX-License-Identifier: BSD-2-Clause
# bh_linux: the files of a Linux guest, from packages that set-up has put below .cache.
include_guard(GLOBAL)

# What the guest needs to reach its disk; the rest is built into the kernels.
set(BH_LINUX_MODULES virtio_pci virtio_blk)

# bh_linux(NAME)
# The kernel from .cache/NAME, and a RAM disk that is built with busybox, the modules and
# systems/guest/init.
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
    set_property(GLOBAL PROPERTY BH_LINUX_${name} vmlinuz=${kernels} initrd=${initrd})
endfunction()

# bh_linux_files(OUT NAME)
# Sets OUT to these files as FILES of bh_system takes them.
function(bh_linux_files out name)
    get_property(files GLOBAL PROPERTY BH_LINUX_${name})
    set(${out} ${files} PARENT_SCOPE)
endfunction()
