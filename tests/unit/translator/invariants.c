/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the translator's invariants, from the words up. */
#include "tests/unit/translator/invariants.h"

#include "drivers/zpci/translator/batch.h"
#include "drivers/zpci/translator/budget.h"
#include "drivers/zpci/translator/mirror.h"
#include "tests/lib/test.h"
#include "tests/unit/translator/fake_kernel.h"

static uint32_t frames[TRANSLATOR_FRAMES];

/* Returns the number of valid words. */
static uint32_t check_segment(unsigned f, uint64_t page)
{
    uint32_t slot = mirror_slot(f, page);
    uint32_t bit = UINT32_C(1) << slot / 256 % 32;
    uint32_t valid = 0;

    for (uint32_t i = 0; i < 256; i++) {
        uint64_t word = mirror_get(slot + i);
        int is_valid = (word & 0x400) == 0;

        valid += is_valid;
        if (is_valid)
            frames[word / 4096]++;
        if (!batch_broken[f])
            assert_int_equal(is_valid ? word & ~UINT64_C(0xdff) : FAKE_INVALID,
                             fake_entry(f, page + i));
    }
    assert_int_equal(mirror_valid[slot / 256], valid);
    assert_int_equal((mirror_group_live(f, page) & bit) != 0, valid != 0);
    return valid;
}

void assert_invariants(void)
{
    for (uint32_t i = 0; i < TRANSLATOR_FRAMES; i++)
        frames[i] = 0;
    for (unsigned f = 0; f < TRANSLATOR_FUNCTIONS; f++) {
        uint32_t valid = 0;

        for (uint64_t i = 0; i < mirror_pages[f]; i += 256)
            valid += check_segment(f, mirror_first[f] + i);
        assert_int_equal(budget_live[f], valid);
        assert_true(budget_live[f] <= budget_limit[f]);
    }
    for (uint32_t i = 0; i < TRANSLATOR_FRAMES; i++)
        assert_int_equal(budget_frame[i], frames[i]);
}
