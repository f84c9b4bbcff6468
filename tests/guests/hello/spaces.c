/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: translation tables. Belongs to: test. */
#include "libs/zformats/dat.h"
#include "tests/guests/hello/guest.h"

#define SEGMENTS 512u /* of a segment table of one quarter: 512 MiB */
#define LOW 2u        /* segments at the start that are the same in all spaces */

uint64_t frames[SPACE_COUNT + 1u][512] __attribute__((aligned(4096)));
static uint64_t segments[SPACE_COUNT][SEGMENTS] __attribute__((aligned(4096)));
static uint64_t low_pages[LOW][256] __attribute__((aligned(2048)));
static uint64_t window_pages[SPACE_COUNT][256] __attribute__((aligned(2048)));

uint64_t space_asce(uint32_t space)
{
    return (uint64_t)segments[space] + ASCE_TYPE_SEGMENT;
}

uint64_t *space_entry(uint32_t space, uint32_t page)
{
    return &window_pages[space][page];
}

static void fill_low(void)
{
    uint64_t i;

    for (i = 0; i < LOW * 256u; i++)
        low_pages[i / 256u][i % 256u] = i * DAT_PAGE_SIZE;
}

static void fill_space(uint32_t space)
{
    uint32_t i;

    for (i = 0; i < SEGMENTS; i++)
        segments[space][i] = DAT_SEGMENT_EMPTY;
    for (i = 0; i < LOW; i++)
        segments[space][i] = (uint64_t)low_pages[i];
    for (i = 0; i < 256u; i++)
        window_pages[space][i] = DAT_PTE_EMPTY;
    segments[space][WINDOW / DAT_SEGMENT_SIZE] = (uint64_t)window_pages[space];
    window_pages[space][0] = (uint64_t)frames[space];
    frames[space][0] = space;
}

/* The mask of this program changes, and with it that of the new PSWs. */
static void change_mask(uint64_t mask)
{
    static uint64_t psw[2];

    kernel_mask = mask;
    trap_start();
    psw[0] = mask;
    asm volatile("larl %%r1,0f\n\tstg %%r1,8+%0\n\tlpswe %0\n0:" : "+Q"(psw) : : "1", "memory");
}

void spaces_start(void)
{
    uint32_t i;

    fill_low();
    for (i = 0; i < SPACE_COUNT; i++)
        fill_space(i);
    frames[SPACE_COUNT][0] = SPACE_COUNT;
    console_control = CR0_RESET | CR0_SECONDARY_SPACE;
    SET_CONTROL(0, console_control);
    SET_CONTROL(1, space_asce(SPACE_PRIMARY));
    SET_CONTROL(7, space_asce(SPACE_SECONDARY));
    SET_CONTROL(13, space_asce(SPACE_HOME));
    change_mask(PSW_64 | PSW_DAT | PSW_AS_HOME);
}

void spaces_stop(void)
{
    change_mask(PSW_64);
    console_control = CR0_RESET;
    SET_CONTROL(0, console_control);
}
