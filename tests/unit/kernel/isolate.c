/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: one process for each test. Belongs to: test. */
#include "tests/unit/kernel/isolate.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/kernel/machine.h"

typedef void (*body)(void **state);

static int boot_fixture(void **state)
{
    (void)state;
    boot();
    return 0;
}

/* The child: a cmocka run of this one test, its output in a file. */
static _Noreturn void run_child(body test, FILE *output)
{
    const struct CMUnitTest only[] = {{"test", test, boot_fixture, NULL, NULL}};

    dup2(fileno(output), STDOUT_FILENO);
    dup2(fileno(output), STDERR_FILENO);
    exit(cmocka_run_group_tests(only, NULL, NULL));
}

static void show(FILE *output)
{
    char line[512];

    rewind(output);
    while (fgets(line, sizeof(line), output) != NULL) {
        print_error("    %s", line);
    }
}

void isolate_run(void **state)
{
    FILE *output = tmpfile();
    int status = -1;
    pid_t child;

    assert_non_null(output);
    fflush(NULL);
    child = fork();
    if (child == 0) {
        run_child((body)(uintptr_t)*state, output);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (status != 0) {
        show(output);
    }
    fclose(output);
    assert_int_equal(status, 0);
}

void *isolate_shared(size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    assert_true(memory != MAP_FAILED);
    return memory;
}
