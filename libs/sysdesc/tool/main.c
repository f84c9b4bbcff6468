/* SPDX-License-Identifier: BSD-2-Clause */
/* bulkhead-check: checks a system description and reports what will exist. Belongs to: host tool.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libs/sysdesc/sysdesc.h"
#include "libs/sysdesc/tool/compile.h"
#include "libs/sysdesc/tool/image.h"
#include "libs/sysdesc/tool/source.h"

#define USAGE                                                                                      \
    "usage: bulkhead-check FILE.dts [--images FOLDER]... [-i FOLDER]... [--report]\n"              \
    "       bulkhead-check --rules\n"                                                              \
    "Checks a system description. Exit status: 0 good, 1 violations, 2 it could not be checked.\n" \
    "  --images FOLDER  also check that every program and image is in one of these folders\n"      \
    "  -i FOLDER        where /include/ looks for files\n"                                         \
    "  --report         list every object and capability that will exist\n"                        \
    "  --rules          list the rules\n"

struct options {
    struct compile compile;
    struct image_path images;
    bool report;
};

/* What the printing of a finding needs. */
struct printing {
    const char *source;
    const void *blob;
    struct source_map map;
};

static struct sysdesc sys;

static void fail_usage(void)
{
    fputs(USAGE, stderr);
    exit(2);
}

static void list_rules(void)
{
#define RULE(id, name, text) printf("%-20s %s\n", name, text);
#include "libs/sysdesc/rules.def"
#undef RULE
}

/* An option with a folder behind it. */
static void add_folder(const char **folders, unsigned *count, unsigned limit, const char *folder)
{
    if (folder == NULL || *count >= limit)
        fail_usage();
    folders[(*count)++] = folder;
}

static void read_option(struct options *options, char ***at)
{
    const char *option = *(*at)++;

    if (strcmp(option, "--rules") == 0) {
        list_rules();
        exit(0);
    } else if (strcmp(option, "--report") == 0) {
        options->report = true;
    } else if (strcmp(option, "--images") == 0) {
        add_folder(options->images.folder, &options->images.folders, IMAGE_FOLDERS, **at);
        (*at)++;
    } else if (strcmp(option, "-i") == 0) {
        add_folder(options->compile.include, &options->compile.includes, COMPILE_INCLUDES, **at);
        (*at)++;
    } else if (option[0] != '-' && options->compile.source == NULL) {
        options->compile.source = option;
    } else {
        fail_usage();
    }
}

static void print_finding(void *context, const struct sysdesc_finding *finding)
{
    const struct printing *printing = context;
    const struct source_place *place;
    char path[SYSDESC_PATH];

    sysdesc_path(printing->blob, finding->node, path);
    place = source_find(&printing->map, path, finding->property);
    if (place != NULL)
        printf("%s:%u: ", place->file, place->line);
    else
        printf("%s: %s: ", printing->source, path);
    printf("error: [%s] %s\n", sysdesc_rule_name(finding->rule), finding->message);
}

static void print_line(void *context, const char *text)
{
    (void)context;
    puts(text);
}

/* The compiler's own checks that are rules of ours; everything else is form. */
static const char *rule_of(const struct source_error *error)
{
    bool duplicate = error->check != NULL && strncmp(error->check, "duplicate_", 10) == 0;

    return sysdesc_rule_name(duplicate ? SYSDESC_RULE_DUPLICATE : SYSDESC_RULE_DEVICETREE);
}

/* The compiler's errors in the form of findings; at least one line. */
static void print_refusal(const char *source, char *messages)
{
    struct source_error error;
    bool placed = false;

    for (char *line = strsep(&messages, "\n"); line != NULL; line = strsep(&messages, "\n")) {
        if (!source_error(line, &error) || (error.file == NULL && placed))
            continue;
        placed = true;
        if (error.file != NULL)
            printf("%s:%u: error: [%s] %s\n", error.file, error.line, rule_of(&error), error.text);
        else
            printf("%s: error: [%s] %s\n", source, rule_of(&error), error.text);
    }
    if (!placed)
        printf("%s: error: [devicetree] dtc refuses it without a reason\n", source);
}

static bool compile(const struct compile *compile, struct buffer *blob, struct source_map *map)
{
    struct buffer text, messages, no_messages;
    bool good =
        compile_annotated(compile, &text, &messages) && compile_blob(compile, blob, &no_messages);

    if (good) {
        source_read(map, text.bytes);
        free(no_messages.bytes);
    } else {
        print_refusal(compile->source, messages.bytes);
    }
    free(text.bytes);
    free(messages.bytes);
    return good;
}

static bool check(const struct options *options, struct printing *printing,
                  const struct buffer *blob)
{
    struct sysdesc_report report = {print_finding, printing, 0};

    if (sysdesc_parse(&sys, blob->bytes, blob->size, &report) && sysdesc_check(&sys, &report)) {
        sysdesc_assign(&sys);
        if (options->images.folders > 0)
            image_check(&sys, &options->images, &report);
    }
    return report.count == 0;
}

/* ", 1 region" or ", 2 regions" */
static void print_count(unsigned count, const char *one, const char *more)
{
    printf(", %u %s", count, count == 1 ? one : more);
}

static void print_summary(const struct options *options)
{
    printf("%s: good", options->compile.source);
    print_count(sys.partitions, "partition", "partitions");
    print_count(sys.regions, "region", "regions");
    print_count(sys.processes, "process", "processes");
    print_count(sys.functions, "PCI function", "PCI functions");
    print_count(sys.channels, "channel", "channels");
    print_count(sys.guests, "guest", "guests");
    print_count(sys.caps, "capability", "capabilities");
    putchar('\n');
}

int main(int count, char **arguments)
{
    struct options options = {.report = false};
    struct buffer blob;
    struct printing printing = {.blob = NULL};
    bool good;

    if (count < 2)
        fail_usage();
    for (char **at = arguments + 1; *at != NULL;)
        read_option(&options, &at);
    if (options.compile.source == NULL)
        fail_usage();
    if (!compile(&options.compile, &blob, &printing.map))
        return 1;
    printing.source = options.compile.source;
    printing.blob = blob.bytes;
    good = check(&options, &printing, &blob);
    if (good && options.report)
        sysdesc_lines(&sys, print_line, NULL);
    else if (good)
        print_summary(&options);
    source_free(&printing.map);
    free(blob.bytes);
    return good ? 0 : 1;
}
