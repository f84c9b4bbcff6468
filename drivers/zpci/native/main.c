/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Native driver, a process: reads the whole virtio disk of its PCI function, prints its hash and
 * proves that it can write.
 *
 *   disk sha256 <64 hexadecimal digits> bytes <size of the disk>
 *   disk pattern ok      the last 64 KiB were written, flushed and read back: byte i of them is
 *                        (i * 7 + 3) modulo 256
 *   done
 *
 * What it needs of the system description: drivers/zpci/native/device.h.
 */
#include <stdio.h>
#include <string.h>
#include <tomcrypt.h>

#include "drivers/zpci/native/disk.h"
#include "libs/rt/rt.h"

#define HASH_BYTES 32

static struct native_device device;
static struct disk disk;

/* What libtomcrypt calls if an argument is wrong. */
void crypt_argchk(const char *condition, const char *file, int line)
{
    bh_fatal("%s:%d: not true: %s", file, line, condition);
}

/* Bytes of piece n of the disk. */
static uint32_t piece_length(uint64_t n)
{
    uint64_t left = disk.bytes - n * DISK_PIECE;

    return left < DISK_PIECE ? (uint32_t)left : DISK_PIECE;
}

static void submit_read(uint64_t n)
{
    disk_submit(&disk, VIRTIO_BLK_READ, n * DISK_PIECE, piece_length(n),
                (unsigned)(n % DISK_BUFFERS));
}

/* As many reads in flight as there are buffers; the hash takes them in their order. */
static void hash_disk(unsigned char hash[HASH_BYTES])
{
    uint64_t pieces = (disk.bytes + DISK_PIECE - 1) / DISK_PIECE;
    uint64_t submitted = 0;
    hash_state state;

    sha256_init(&state);
    for (uint64_t n = 0; n < pieces; n++) {
        unsigned buffer = (unsigned)(n % DISK_BUFFERS);

        for (; submitted < pieces && submitted < n + DISK_BUFFERS; submitted++)
            submit_read(submitted);
        disk_wait(&disk, buffer);
        sha256_process(&state, disk_buffer(&disk, buffer), piece_length(n));
    }
    sha256_done(&state, hash);
}

static void print_hash(const unsigned char hash[HASH_BYTES])
{
    printf("disk sha256 ");
    for (unsigned i = 0; i < HASH_BYTES; i++)
        printf("%02x", hash[i]);
    printf(" bytes %lu\n", disk.bytes);
}

static uint8_t pattern(uint32_t i)
{
    return (uint8_t)(i * 7 + 3);
}

static void request(enum virtio_blk_kind kind, uint64_t at, uint32_t length)
{
    disk_submit(&disk, kind, at, length, 0);
    disk_wait(&disk, 0);
}

static void write_and_check_pattern(void)
{
    uint8_t *buffer = disk_buffer(&disk, 0);
    uint64_t at = disk.bytes - DISK_PIECE;

    if (disk.bytes < DISK_PIECE)
        bh_fatal("the disk is smaller than %u bytes", DISK_PIECE);
    for (uint32_t i = 0; i < DISK_PIECE; i++)
        buffer[i] = pattern(i);
    request(VIRTIO_BLK_WRITE, at, DISK_PIECE);
    if (disk.virtio.features & VIRTIO_BLK_F_FLUSH)
        request(VIRTIO_BLK_FLUSH, 0, 0);
    memset(buffer, 0, DISK_PIECE);
    request(VIRTIO_BLK_READ, at, DISK_PIECE);
    for (uint32_t i = 0; i < DISK_PIECE; i++)
        if (buffer[i] != pattern(i))
            bh_fatal("disk pattern: byte %u is %#x instead of %#x", i, buffer[i], pattern(i));
    puts("disk pattern ok");
}

int main(void)
{
    unsigned char hash[HASH_BYTES];

    native_device_find(&device);
    disk_start(&disk, &device);
    hash_disk(hash);
    print_hash(hash);
    write_and_check_pattern();
    native_device_stop(&device);
    puts("done");
    return 0;
}
