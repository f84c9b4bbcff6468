/* SPDX-License-Identifier: BSD-2-Clause */
/* Test process `actor`: the records of its calls. Belongs to: test. */
#include "tests/target/actors/record.h"

#include <stdio.h>
#include <string.h>

#include "libs/rt/rt.h"

/* svc.S: the system call with this number, registers from and into the record. */
void bh_svc_recorded(uint64_t number, struct record *record);

static struct record record[RECORDS];
static uint32_t count;
static uint32_t next_words;

uint64_t record_call(uint32_t number, const uint64_t in[8])
{
    struct record *now = &record[count];

    if (count == RECORDS)
        bh_fatal("more than %u calls", RECORDS);
    memcpy(now->in, in, sizeof(now->in));
    now->number = number;
    now->words = next_words;
    memcpy(now->word, bh_message_buffer(), next_words * sizeof(uint64_t));
    next_words = 0;
    count++;
    bh_svc_recorded(number, now);
    return now->out[0];
}

void record_words(uint32_t words)
{
    next_words = words;
}

const struct record *record_last(void)
{
    return &record[count - 1];
}

uint32_t record_count(void)
{
    return count;
}

static void print(uint64_t actor, const struct record *one)
{
    printf("call %lu %lx %u", actor, one->time, one->number);
    for (unsigned i = 0; i < 8; i++)
        printf(" %lx", one->in[i]);
    fputs(" =", stdout);
    for (unsigned i = 0; i < 6; i++)
        printf(" %lx", one->out[i]);
    if (one->words != 0)
        fputs(" :", stdout);
    for (unsigned i = 0; i < one->words; i++)
        printf(" %lx", one->word[i]);
    putchar('\n');
}

void record_print(uint64_t actor)
{
    for (uint32_t i = 0; i < count; i++)
        print(actor, &record[i]);
}
