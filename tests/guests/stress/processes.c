/* SPDX-License-Identifier: BSD-2-Clause */
/* Test guest: processes, pipes, copy-on-write. Belongs to: test. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/guests/stress/stress.h"

#define CHILDREN 24
#define ROUNDS 200
#define COPIES 6
#define COPY_PAGES 512u

static void exit_codes(void)
{
    int sum = 0;

    for (int i = 0; i < CHILDREN; i++) {
        int child = fork();

        if (child == 0)
            _exit(i);
        sum += status_of(child);
    }
    say("processes: exit codes add up to %d", sum);
}

static void execute(void)
{
    static char name[] = "init", number[] = "21";
    char *argument[] = {name, number, NULL};
    char *environment[] = {NULL};
    int child = fork();

    if (child == 0) {
        execve("/init", argument, environment);
        _exit(99);
    }
    say("processes: a program that was executed ended with %d", status_of(child));
}

static void killed(void)
{
    int child = fork();

    if (child == 0)
        for (;;)
            pause();
    kill(child, SIGKILL);
    say("processes: killed, status %d", status_of(child));
}

/* A number goes back and forth, one more each time: two switches a round. */
static void echo(int from, int to)
{
    uint32_t number;

    while (read(from, &number, sizeof(number)) == sizeof(number)) {
        number++;
        if (write(to, &number, sizeof(number)) != sizeof(number))
            _exit(1);
    }
    _exit(0);
}

static void ping_pong(void)
{
    int there[2], back[2], child;
    uint32_t number = 0;

    if (pipe(there) != 0 || pipe(back) != 0)
        return;
    child = fork();
    if (child == 0) {
        close(there[1]);
        echo(there[0], back[1]);
    }
    close(there[0]);
    for (int i = 0; i < ROUNDS; i++)
        if (write(there[1], &number, sizeof(number)) != sizeof(number) ||
            read(back[0], &number, sizeof(number)) != sizeof(number))
            break;
    close(there[1]);
    close(back[0]);
    close(back[1]);
    say("processes: %u rounds through pipes, status %d", number, status_of(child));
}

void try_processes(void)
{
    exit_codes();
    execute();
    killed();
    ping_pong();
}

static uint32_t sum(const uint8_t *memory)
{
    uint32_t total = 0;

    for (uint32_t i = 0; i < COPY_PAGES; i++)
        total = total * 31u + memory[i * PAGE] + memory[i * PAGE + 4095u];
    return total;
}

static void fill(uint8_t *memory, uint32_t seed)
{
    for (uint32_t i = 0; i < COPY_PAGES; i++)
        memset(memory + i * PAGE, (int)((i * 7u + seed) % 251u), PAGE);
}

/* Each child changes what it shares with its parent, while the others do. */
void try_copies(void)
{
    uint8_t *memory = fresh(COPY_PAGES * PAGE);
    uint32_t expected[COPIES];
    int child[COPIES], good = 0;

    for (uint32_t i = 0; i < COPIES; i++) {
        fill(memory, i + 1u);
        expected[i] = sum(memory);
    }
    fill(memory, 100);
    for (uint32_t i = 0; i < COPIES; i++) {
        child[i] = fork();
        if (child[i] == 0) {
            fill(memory, i + 1u);
            sleep(0);
            _exit(sum(memory) == expected[i] ? 0 : 1);
        }
    }
    for (uint32_t i = 0; i < COPIES; i++)
        good += status_of(child[i]) == 0;
    say("copies: %d children saw their own, the parent's sum is %08x", good, sum(memory));
}
