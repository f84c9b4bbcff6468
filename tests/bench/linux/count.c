/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Benchmark: counts the instructions that the emulated machine executes, as a plugin of QEMU. The
 * count lies in a file, for others to read at any time: eight bytes in the host's order.
 * usage: -plugin COUNT.so,into=FILE. Belongs to: test.
 * Source of the interface: QEMU, "TCG Plugins"; version 1. It is declared here because Debian has
 * no package with its header.
 */
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define INLINE_ADD 0

struct qemu_plugin_tb;
struct qemu_plugin_insn;

/* Of the emulator. */
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t n);
void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *instruction, int operation,
                                                void *value, uint64_t operand);
void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id,
                                           void (*translated)(uint64_t id,
                                                              struct qemu_plugin_tb *block));

/* What it looks for. */
extern int qemu_plugin_version;
int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv);

int qemu_plugin_version = 1;
static uint64_t *count;

static void translated(uint64_t id, struct qemu_plugin_tb *block)
{
    (void)id;
    for (size_t i = 0; i < qemu_plugin_tb_n_insns(block); i++)
        qemu_plugin_register_vcpu_insn_exec_inline(qemu_plugin_tb_get_insn(block, i), INLINE_ADD,
                                                   count, 1);
}

static uint64_t *map(const char *file)
{
    int fd = open(file, O_RDWR | O_CREAT, 0600);
    void *at = MAP_FAILED;

    if (fd >= 0 && ftruncate(fd, sizeof(uint64_t)) == 0)
        at = mmap(NULL, sizeof(uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    return at == MAP_FAILED ? NULL : at;
}

int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv)
{
    (void)info;
    if (argc == 1 && strncmp(argv[0], "into=", 5) == 0)
        count = map(argv[0] + 5);
    if (!count)
        return 1;
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    return 0;
}
