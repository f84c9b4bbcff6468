/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs the devicetree compiler on a source file. Belongs to: host tool. */
#include "libs/sysdesc/tool/compile.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARGUMENTS 32
#define NOT_STARTED 127 /* exit status of the child if there is no compiler */

static FILE *scratch(void)
{
    FILE *file = tmpfile();

    if (file == NULL) {
        perror("bulkhead-check: temporary file");
        exit(2);
    }
    return file;
}

static struct buffer take(FILE *file)
{
    struct buffer buffer = {NULL, 0};
    long size;

    if (fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0 ||
        (buffer.bytes = malloc((size_t)size + 1)) == NULL) {
        perror("bulkhead-check: temporary file");
        exit(2);
    }
    rewind(file);
    buffer.size = fread(buffer.bytes, 1, (size_t)size, file);
    buffer.bytes[buffer.size] = '\0';
    fclose(file);
    return buffer;
}

static int run(const char *const *arguments, FILE *output, FILE *messages)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        dup2(fileno(output), STDOUT_FILENO);
        dup2(fileno(messages), STDERR_FILENO);
        execvp(arguments[0], (char *const *)arguments);
        _exit(NOT_STARTED);
    }
    if (child < 0 || waitpid(child, &status, 0) != child ||
        (WIFEXITED(status) && WEXITSTATUS(status) == NOT_STARTED)) {
        fprintf(stderr, "bulkhead-check: the devicetree compiler dtc cannot be run\n");
        exit(2);
    }
    return status;
}

static bool compile_to(const struct compile *compile, const char *const *options,
                       struct buffer *result, struct buffer *messages)
{
    const char *arguments[ARGUMENTS] = {"dtc", "-q", "-I", "dts"};
    unsigned count = 4;
    FILE *output = scratch(), *said = scratch();
    int status;

    for (; *options != NULL; options++)
        arguments[count++] = *options;
    for (unsigned i = 0; i < compile->includes; i++) {
        arguments[count++] = "-i";
        arguments[count++] = compile->include[i];
    }
    arguments[count++] = "--";
    arguments[count++] = compile->source;
    status = run(arguments, output, said);
    *result = take(output);
    *messages = take(said);
    return status == 0;
}

bool compile_blob(const struct compile *compile, struct buffer *blob, struct buffer *messages)
{
    static const char *const options[] = {"-O", "dtb", NULL};

    return compile_to(compile, options, blob, messages);
}

bool compile_annotated(const struct compile *compile, struct buffer *text, struct buffer *messages)
{
    /* Twice -T: file names as they were opened, and every location in full. */
    static const char *const options[] = {"-O", "dts", "-T", "-T", NULL};

    return compile_to(compile, options, text, messages);
}
