/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: a guest whose kernel executes some of its instructions. Belongs to: test. */
#include "tests/unit/kernel/served.h"

#include <string.h>

#include "kernel/object/guestspace.h"

#define MEMORY_BYTES PAGE(PROCESS_PAGES)

#define PLAIN (PSW_64 | PSW_DAT | PSW_PROBLEM)

struct bh_vcpu guest;
static struct bh_vcpu guest_before;
static uint8_t memory_before[MEMORY_BYTES];

void served_start(void)
{
    prepare();
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, FIRST, 1);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_RESET, SECOND, 1);
    guest = (struct bh_vcpu){
        .psw_mask = PLAIN, .served = BH_SERVED_MASKS | BH_SERVED_MOVE, .mask = BH_MASK_DAT};
}

void served_in_other_modes(void (*assert_refused)(void))
{
    static const uint64_t modes[] = {
        PLAIN | PSW_PER,     PLAIN | PSW_AS_SECONDARY, PLAIN | PSW_AS_ACCESS_REGISTER,
        PLAIN | PSW_AS_HOME, PLAIN & ~PSW_EA,          PLAIN & ~PSW_64,
        PLAIN & ~PSW_BA};
    uint32_t i;

    for (i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        guest.psw_mask = modes[i];
        assert_refused();
    }
}

uint64_t served_asce(uint32_t number)
{
    return guest_asce[v * BH_VCPU_SPACES + number];
}

void served_map(uint32_t number, uint64_t page, uint64_t to, uint64_t flags)
{
    put_word(one.t, 0, PAGE(to) | flags);
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_MAP, number, page, 1, 0);
}

void served_unmap(uint32_t number, uint64_t page)
{
    assert_invoke(OK, one.t, vcpu, VCPU_SPACE_INVALIDATE, number, page, 1);
}

uint8_t *served_byte(uint64_t page, uint64_t offset)
{
    return host_memory + PAGE(one.page + page) + offset;
}

uint64_t served_address(uint64_t page, uint64_t offset)
{
    return PAGE(frame(page)) + offset;
}

void served_note(void)
{
    guest_before = guest;
    memcpy(memory_before, served_byte(0, 0), MEMORY_BYTES);
}

void assert_nothing_changed(void)
{
    assert_memory_equal(&guest, &guest_before, sizeof(guest));
    assert_memory_equal(served_byte(0, 0), memory_before, MEMORY_BYTES);
}
