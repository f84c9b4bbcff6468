/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the reader of flattened devicetrees, on whole and on crooked blobs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "libs/sysdesc/blob.h"
#include "tests/unit/sysdesc/build_blob.h"

static struct build build;

/* Opens the finished blob from memory of exactly its size; the caller frees *bytes. */
static bool open_built(struct blob *blob, uint8_t **bytes)
{
    size_t size = build_finish(&build);

    *bytes = malloc(size);
    assert_non_null(*bytes);
    memcpy(*bytes, build.blob, size);
    return blob_open(blob, *bytes, size);
}

static void expect_refused(void)
{
    struct blob blob;
    uint8_t *bytes;

    assert_false(open_built(&blob, &bytes));
    free(bytes);
}

static void whole(void **state)
{
    struct blob blob;
    struct blob_item item;
    uint8_t *bytes;
    char path[64];

    (void)state;
    build_start(&build);
    build_node(&build, "");
    build_word(&build, 4); /* no operation */
    build_text(&build, "first", "text");
    build_word(&build, 4);
    build_property(&build, "empty", NULL, 0);
    build_node(&build, "one");
    build_end(&build);
    build_node(&build, "two");
    build_cell(&build, "first", 5);
    build_node(&build, "three");
    build_end(&build);
    build_end(&build);
    build_end(&build);
    assert_true(open_built(&blob, &bytes));

    item = blob_item(&blob, 0);
    assert_int_equal(item.token, BLOB_NODE);
    assert_int_equal(item.at, 0);
    assert_string_equal(item.name, "");
    assert_true(blob_property(&blob, 0, "first", &item));
    assert_int_equal(item.size, 5);
    assert_string_equal(item.value, "text");
    item = blob_item(&blob, item.next);
    assert_int_equal(item.token, BLOB_PROPERTY);
    assert_string_equal(item.name, "empty");
    assert_int_equal(item.size, 0);
    item = blob_item(&blob, item.next);
    assert_int_equal(item.token, BLOB_NODE);
    assert_string_equal(item.name, "one");
    blob_path(&blob, item.at, path, sizeof(path));
    assert_string_equal(path, "/one");
    assert_false(blob_property(&blob, item.at, "first", &item));
    item = blob_item(&blob, item.next); /* two; the end of one was before */
    assert_string_equal(item.name, "two");
    assert_true(blob_property(&blob, item.at, "first", &item));
    assert_int_equal(item.size, 4);
    item = blob_item(&blob, item.next);
    blob_path(&blob, item.at, path, sizeof(path));
    assert_string_equal(path, "/two/three");
    blob_path(&blob, item.at, path, 11);
    assert_string_equal(path, "/two/three");
    blob_path(&blob, item.at, path, 10);
    assert_string_equal(path, "/two");
    blob_path(&blob, item.at, path, 4);
    assert_string_equal(path, "/");
    blob_path(&blob, 0, path, sizeof(path));
    assert_string_equal(path, "/");
    while (item.token != BLOB_END)
        item = blob_item(&blob, item.next);
    assert_int_equal(blob_item(&blob, item.at + 4).token, BLOB_DAMAGED);
    assert_int_equal(blob_item(&blob, 0xfffffffcu).token, BLOB_DAMAGED);
    free(bytes);
}

/* Behind the last node libfdt's path would leave the buffer. */
static void paths_of_no_node(void **state)
{
    struct blob blob;
    uint8_t *bytes;
    char path[4];

    (void)state;
    build_start(&build);
    build_node(&build, "");
    build_node(&build, "n");
    build_end(&build);
    build_end(&build);
    assert_true(open_built(&blob, &bytes));
    for (uint32_t at = 0; at < 256; at++) {
        blob_path(&blob, at, path, sizeof(path));
        assert_string_equal(path, at == 8 ? "/n" : "/");
    }
    blob_path(&blob, 0xfffffff8u, path, sizeof(path));
    assert_string_equal(path, "/");
    free(bytes);
}

static void crooked_trees(void **state)
{
    (void)state;
    build_start(&build); /* nothing at all */
    expect_refused();

    build_start(&build); /* a root with a name */
    build_node(&build, "root");
    build_end(&build);
    expect_refused();

    build_start(&build); /* a root that isn't first */
    build_word(&build, 4);
    build_node(&build, "");
    build_end(&build);
    expect_refused();

    build_start(&build); /* a root that doesn't end */
    build_node(&build, "");
    expect_refused();

    build_start(&build); /* one end too many */
    build_node(&build, "");
    build_end(&build);
    build_end(&build);
    expect_refused();

    build_start(&build); /* a name that is two in a path */
    build_node(&build, "");
    build_node(&build, "one/two");
    build_end(&build);
    build_end(&build);
    expect_refused();

    build_start(&build); /* a word that means nothing */
    build_node(&build, "");
    build_word(&build, 5);
    build_end(&build);
    expect_refused();
}

static void misplaced(void **state)
{
    (void)state;
    build_start(&build); /* two roots */
    build_node(&build, "");
    build_end(&build);
    build_node(&build, "");
    build_end(&build);
    expect_refused();

    build_start(&build); /* a property behind a node */
    build_node(&build, "");
    build_node(&build, "one");
    build_end(&build);
    build_cell(&build, "late", 1);
    build_end(&build);
    expect_refused();

    build_start(&build); /* a property before the root */
    build_cell(&build, "early", 1);
    build_node(&build, "");
    build_end(&build);
    expect_refused();

    build_start(&build); /* a property behind the root */
    build_node(&build, "");
    build_end(&build);
    build_cell(&build, "late", 1);
    expect_refused();
}

static void depth(void **state)
{
    struct blob blob;
    uint8_t *bytes;

    (void)state;
    for (unsigned nodes = BLOB_DEPTH; nodes <= BLOB_DEPTH + 1; nodes++) {
        build_start(&build);
        for (unsigned i = 0; i < nodes; i++)
            build_node(&build, i == 0 ? "" : "deep");
        for (unsigned i = 0; i < nodes; i++)
            build_end(&build);
        assert_int_equal(open_built(&blob, &bytes), nodes == BLOB_DEPTH);
        free(bytes);
    }
}

/* A whole blob whose header word at `offset` is replaced. */
static bool opens_with(size_t offset, uint32_t word)
{
    struct blob blob;
    size_t size;
    bool opened;

    build_start(&build);
    build_node(&build, "");
    build_cell(&build, "name", 1);
    build_end(&build);
    size = build_finish(&build);
    for (int i = 0; i < 4; i++)
        build.blob[offset + (size_t)i] = (uint8_t)(word >> (24 - 8 * i));
    uint8_t *bytes = malloc(size);
    assert_non_null(bytes);
    memcpy(bytes, build.blob, size);
    opened = blob_open(&blob, bytes, size);
    free(bytes);
    return opened;
}

static void headers(void **state)
{
    (void)state;
    assert_true(opens_with(0, 0xd00dfeed));
    assert_false(opens_with(0, 0xedfe0dd0)); /* the other byte order */
    assert_false(opens_with(4, 0x7fffffff)); /* larger than the memory */
    assert_false(opens_with(4, 0xffffffff));
    assert_false(opens_with(4, 40)); /* smaller than its blocks */
    assert_false(opens_with(8, 0));  /* structure over the header */
    assert_false(opens_with(8, 58)); /* structure off its words */
    assert_false(opens_with(8, 57));
    assert_false(opens_with(8, 0xfffffffc));
    assert_false(opens_with(12, 0)); /* strings over the header */
    assert_false(opens_with(12, 0xffffffff));
    assert_false(opens_with(16, 41)); /* reservations off their words */
    assert_false(opens_with(16, 44));
    assert_false(opens_with(16, 0));
    assert_false(opens_with(16, 0xfffffff8));
    assert_false(opens_with(20, 16)); /* an older version */
    assert_true(opens_with(20, 18));  /* a newer one that says it is compatible */
    assert_false(opens_with(24, 18)); /* or isn't */
    assert_false(opens_with(32, 0));  /* no strings */
    assert_false(opens_with(32, 0xffffffff));
    assert_false(opens_with(36, 0)); /* no structure */
    assert_false(opens_with(36, 0xffffffff));
}

/* libfdt reads words of up to eight bytes. */
static void aligned(void **state)
{
    _Alignas(8) uint8_t bytes[256];
    struct blob blob;
    size_t size;

    (void)state;
    build_start(&build);
    build_node(&build, "");
    build_end(&build);
    size = build_finish(&build);
    for (size_t by = 0; by <= 8; by++) {
        memcpy(bytes + by, build.blob, size);
        assert_int_equal(blob_open(&blob, bytes + by, size), by % 8 == 0);
    }
}

/* The last item is cut at every byte, so each reader meets the end of the block. */
static void short_structures(void **state)
{
    (void)state;
    for (size_t cut = 1; cut <= 48; cut++) {
        struct blob blob;
        size_t size;

        build_start(&build);
        build_node(&build, "");
        build_node(&build, "longer-name");
        build_text(&build, "name", "long text");
        build_end(&build);
        build_end(&build);
        size = build_finish(&build);
        build.blob[39] = (uint8_t)(build.blob[39] - cut);
        assert_false(blob_open(&blob, build.blob, size));
    }
}

static void bad_properties(void **state)
{
    (void)state;
    build_start(&build); /* its name lies outside the strings */
    build_node(&build, "");
    build_word(&build, 3);
    build_word(&build, 0);
    build_word(&build, 100);
    build_end(&build);
    expect_refused();

    build_start(&build); /* its value is longer than the structure */
    build_node(&build, "");
    build_cell(&build, "name", 1);
    build.structure[8 + 4 + 3] = 0xff;
    build_end(&build);
    expect_refused();

    for (uint32_t less = 0; less <= 64; less++) { /* its end lies at or behind the largest offset */
        uint32_t sizes[] = {0x80000000u - less, 0xffffffffu - less};

        for (size_t i = 0; i < 2; i++) {
            build_start(&build);
            build_node(&build, "");
            build_word(&build, 3);
            build_word(&build, sizes[i]);
            build_word(&build, 0);
            build_end(&build);
            expect_refused();
        }
    }

    build_start(&build); /* its name has no end */
    build_node(&build, "");
    build_cell(&build, "name", 1);
    build_end(&build);
    build.strings_size -= 1;
    expect_refused();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole),          cmocka_unit_test(paths_of_no_node),
        cmocka_unit_test(crooked_trees),  cmocka_unit_test(misplaced),
        cmocka_unit_test(depth),          cmocka_unit_test(headers),
        cmocka_unit_test(aligned),        cmocka_unit_test(short_structures),
        cmocka_unit_test(bad_properties),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
