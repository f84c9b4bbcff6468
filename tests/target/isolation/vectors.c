/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test process: a VMM whose guest keeps numbers in all vector registers while another partition's
 * guest does the same with others. Belongs to: test.
 *
 * What vmm/main.c has in a system description, and "console" (write). Value: "number".
 */
#include <stdio.h>
#include <string.h>

#include "libs/abi/vcpu.h"
#include "libs/rt/info.h"
#include "libs/rt/rt.h"
#include "libs/stubs/stubs.h"
#include "libs/zformats/psw.h"

#define CODE 0x10000u
#define LOADED 0x11000u
#define STORED 0x12000u
#define WORDS 64u /* doublewords in 32 vector registers */
#define STEPS 2000000u
#define ROUNDS 60u
#define CR0_VECTOR 0x20000u
#define CR0_AFP 0x40000u

extern const uint8_t vectors_code[], vectors_code_end[];

static struct bh_vcpu *page;
static uint8_t *memory;
static unsigned vcpu, exits;
static uint64_t number;
static unsigned wrong;

static void must(uint64_t error, const char *what)
{
    if (error != BH_E_OK)
        bh_fatal("%s: %s", what, bh_error_text(error));
}

static void set_up(void)
{
    uint64_t *word = bh_message_buffer();
    uint64_t *loaded, stored;

    page = bh_need_window("state").address;
    memory = bh_need_window("guest").address;
    vcpu = bh_need_cap("vcpu");
    exits = bh_need_cap("exits");
    number = 1;
    bh_value("number", &number);
    for (uint64_t i = 0; i < BH_BATCH; i++)
        word[i] = i * BH_PAGE_SIZE;
    must(bh_vcpu_space_reset(vcpu, 0, 0), "reset of the guest's space");
    must(bh_vcpu_space_map(vcpu, 0, 0, BH_BATCH, 0, &stored), "map of the guest's space");
    memcpy(memory + CODE, vectors_code, (size_t)(vectors_code_end - vectors_code));
    loaded = (uint64_t *)(void *)(memory + LOADED);
    for (uint64_t i = 0; i < WORDS; i++)
        loaded[i] = number << 32 | (i + 1u);
}

static void aim(void)
{
    page->psw_mask = PSW_64;
    page->psw_address = CODE;
    page->primary = 0;
    page->secondary = BH_SPACE_NONE;
    page->cr0 = CR0_VECTOR | CR0_AFP;
    page->gr[1] = LOADED;
    page->gr[2] = STORED;
    page->gr[3] = STEPS;
    memset(memory + STORED, 0, WORDS * sizeof(uint64_t));
}

static void check(const struct bh_message *message)
{
    const uint64_t *stored = (const uint64_t *)(const void *)(memory + STORED);

    if (message->word[0] >> 32 != BH_REASON_SUPERVISOR)
        bh_fatal("exit %lx at %lx", message->word[0], message->word[3]);
    for (uint64_t i = 0; i < WORDS; i++)
        if (stored[i] != (number << 32 | (i + 1u)) && wrong++ < 3u)
            printf("vectors: BREACH: half %lu of register %lu of guest %lu holds %lx\n", i % 2u,
                   i / 2u, number, stored[i]);
}

int main(void)
{
    struct bh_message message;

    set_up();
    aim();
    must(bh_vcpu_start(vcpu), "start");
    must(bh_svc_recv(exits, BH_NO_DEADLINE, &message), "exit");
    for (unsigned i = 0; i < ROUNDS; i++) {
        check(&message);
        aim();
        message.word[0] = BH_RESUME;
        must(bh_svc_reply_recv(exits, BH_NO_DEADLINE, &message), "exit");
    }
    printf("vectors: guest %lu: %u rounds, %u wrong\n", number, ROUNDS, wrong);
    for (;;) {
        aim();
        message.word[0] = BH_RESUME;
        must(bh_svc_reply_recv(exits, BH_NO_DEADLINE, &message), "exit");
    }
}
