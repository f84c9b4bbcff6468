/* SPDX-License-Identifier: BSD-2-Clause */
/* Which line of the source a node or property comes from. Belongs to: host tool. */
#include "libs/sysdesc/tool/source.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libs/sysdesc/sysdesc.h"

static void *need(void *memory)
{
    if (memory == NULL) {
        fprintf(stderr, "bulkhead-check: out of memory\n");
        exit(2);
    }
    return memory;
}

/* Cuts "/" "* FILE:LINE:COLUMN-LINE:COLUMN, more *" "/" off the end of a line; NULL if none. */
static char *cut_comment(char *line)
{
    size_t length = strlen(line);
    char *comment = NULL;

    if (length < 6 || strcmp(line + length - 3, " */") != 0)
        return NULL;
    line[length - 3] = '\0';
    for (char *at = strstr(line, "/* "); at != NULL; at = strstr(at + 1, "/* "))
        comment = at;
    if (comment != NULL)
        *comment = '\0';
    return comment != NULL ? comment + 3 : NULL;
}

/* Ends `location` behind the file name and returns the line; a node has the location of its first
 * definition before those of the additions to it. */
static unsigned split_location(char *location)
{
    char *end = strstr(location, ", ");
    char *colon;

    if (end == NULL)
        end = location + strlen(location);
    *end = '\0';
    while (end > location && strchr("0123456789:-", end[-1]) != NULL)
        end--;
    colon = strchr(end, ':');
    if (colon == NULL)
        return 0;
    *colon = '\0';
    return (unsigned)strtoul(colon + 1, NULL, 10);
}

static void add_place(struct source_map *map, const char *path, const char *property,
                      char *location)
{
    size_t room = strlen(path) + strlen(property) + 2;
    struct source_place *place;

    map->place = need(realloc(map->place, (map->count + 1) * sizeof(*map->place)));
    place = &map->place[map->count++];
    place->line = split_location(location);
    place->file = need(strdup(location));
    place->path = need(malloc(room));
    snprintf(place->path, room, "%s%s%s", path, *property != '\0' ? ":" : "", property);
}

/* The name on a line: behind labels, up to " {", " =" or ";". */
static char *cut_name(char *line)
{
    char *label = line + strcspn(line, "\"={;:");

    while (label[0] == ':' && label[1] == ' ') {
        line = label + 2;
        label = line + strcspn(line, "\"={;:");
    }
    line[strcspn(line, " ={;")] = '\0';
    return line;
}

static void enter(char *path, const char *name)
{
    size_t length = strlen(path);

    if (strcmp(name, "/") == 0)
        snprintf(path, SYSDESC_PATH, "/");
    else
        snprintf(path + length, SYSDESC_PATH - length, "%s%s", length > 1 ? "/" : "", name);
}

static void leave(char *path)
{
    char *slash = strrchr(path, '/');

    if (slash != NULL)
        slash[slash == path ? 1 : 0] = '\0';
}

static void read_line(struct source_map *map, char *path, char *line)
{
    char *location = cut_comment(line);
    size_t length;

    line += strspn(line, "\t ");
    for (length = strlen(line); length > 0 && line[length - 1] == ' '; length--)
        line[length - 1] = '\0';
    if (line[0] == '}') {
        leave(path);
    } else if (length > 0 && line[length - 1] == '{') {
        enter(path, cut_name(line));
        if (location != NULL)
            add_place(map, path, "", location);
    } else if (location != NULL) {
        add_place(map, path, cut_name(line), location);
    }
}

void source_read(struct source_map *map, char *annotated)
{
    char path[SYSDESC_PATH] = "";
    char *rest = annotated;

    *map = (struct source_map){NULL, 0};
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n"))
        read_line(map, path, line);
}

void source_free(struct source_map *map)
{
    for (size_t i = 0; i < map->count; i++) {
        free(map->place[i].path);
        free(map->place[i].file);
    }
    free(map->place);
}

static const struct source_place *find(const struct source_map *map, const char *key)
{
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->place[i].path, key) == 0)
            return &map->place[i];
    return NULL;
}

const struct source_place *source_find(const struct source_map *map, const char *path,
                                       const char *property)
{
    char key[2 * SYSDESC_PATH];
    const struct source_place *place = NULL;

    if (property != NULL) {
        snprintf(key, sizeof(key), "%s:%s", path, property);
        place = find(map, key);
    }
    return place != NULL ? place : find(map, path);
}

/* FILE:LINE.COLUMN-LINE.COLUMN, ended by a NUL. */
static bool read_place(char *place, struct source_error *error)
{
    char *colon = strrchr(place, ':');

    if (colon == NULL || !isdigit((unsigned char)colon[1]))
        return false;
    *colon = '\0';
    error->file = place;
    error->line = (unsigned)strtoul(colon + 1, NULL, 10);
    return true;
}

/* PLACE: ERROR (CHECK): TEXT */
static bool read_check(char *line, struct source_error *error)
{
    char *check = strstr(line, ": ERROR (");
    char *text = check != NULL ? strstr(check, "): ") : NULL;

    if (text == NULL)
        return false;
    *check = '\0';
    *text = '\0';
    error->check = check + strlen(": ERROR (");
    error->text = text + strlen("): ");
    return read_place(line, error);
}

/* Error: PLACE TEXT */
static bool read_syntax(char *line, struct source_error *error)
{
    char *text;

    if (strncmp(line, "Error: ", 7) != 0 || (text = strchr(line + 7, ' ')) == NULL)
        return false;
    *text = '\0';
    error->text = text + 1;
    return read_place(line + 7, error);
}

bool source_error(char *line, struct source_error *error)
{
    static const char fatal[] = "FATAL ERROR: ";

    *error = (struct source_error){.text = line + strlen(fatal)};
    if (strncmp(line, fatal, strlen(fatal)) == 0)
        return true;
    return read_check(line, error) || read_syntax(line, error);
}
