/* SPDX-License-Identifier: BSD-2-Clause */
/* Test: the sequence of items against libfdt's own walks over nodes and properties, on whole and on
 * damaged blobs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libfdt.h>

#include "libs/sysdesc/blob.h"
#include "tests/unit/sysdesc/support.h"

/* The big-endian run is emulated: it takes every seventh bit, the host's takes all. */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define STEP 7u
#else
#define STEP 1u
#endif

static void compare_properties(const void *fdt, const struct blob *blob, int node)
{
    struct blob_item item = blob_item(blob, blob_item(blob, (uint32_t)node).next);
    int offset;

    fdt_for_each_property_offset(offset, fdt, node)
    {
        const char *name;
        int size;
        const void *value = fdt_getprop_by_offset(fdt, offset, &name, &size);

        assert_int_equal(item.token, BLOB_PROPERTY);
        assert_int_equal(item.at, offset);
        assert_string_equal(item.name, name);
        assert_int_equal(item.size, size);
        assert_ptr_equal(item.value, value);
        item = blob_item(blob, item.next);
    }
    assert_int_not_equal(item.token, BLOB_PROPERTY);
}

static void compare_path(const void *fdt, const struct blob *blob, int node)
{
    char ours[SYSDESC_PATH], theirs[SYSDESC_PATH];

    blob_path(blob, (uint32_t)node, ours, sizeof(ours));
    assert_int_equal(fdt_get_path(fdt, node, theirs, sizeof(theirs)), 0);
    assert_string_equal(ours, theirs);
}

/* Both walk the nodes in the order of the blob. Returns how many there were. Comparing the paths
 * takes long. */
static unsigned compare_trees(const void *fdt, const struct blob *blob, bool paths)
{
    struct blob_item item = blob_item(blob, 0);
    unsigned count = 0;

    for (int node = 0; node >= 0; node = fdt_next_node(fdt, node, NULL)) {
        while (item.token != BLOB_NODE && item.token != BLOB_END)
            item = blob_item(blob, item.next);
        assert_int_equal(item.token, BLOB_NODE);
        assert_int_equal(item.at, node);
        assert_string_equal(item.name, fdt_get_name(fdt, node, NULL));
        compare_properties(fdt, blob, node);
        if (paths)
            compare_path(fdt, blob, node);
        item = blob_item(blob, item.next);
        count++;
    }
    while (item.token == BLOB_NODE_END || item.token == BLOB_PROPERTY)
        item = blob_item(blob, item.next);
    assert_int_equal(item.token, BLOB_END);
    return count;
}

static void whole_blobs(void **state)
{
    static const char *const names[] = {"minimal", "native", "everything"};

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        struct bytes bytes = load_blob(names[i]);
        struct blob blob;

        assert_true(blob_open(&blob, bytes.at, bytes.size));
        assert_true(compare_trees(bytes.at, &blob, true) > 10);
        free_bytes(&bytes);
    }
}

static void damaged_blobs(void **state)
{
    struct bytes whole = load_blob("native");
    unsigned accepted = 0;

    (void)state;
    for (size_t bit = 0; bit < whole.size * 8; bit += STEP) {
        struct bytes bytes = copy_bytes(&whole, whole.size);
        struct blob blob;

        bytes.at[bit / 8] ^= (uint8_t)(1u << bit % 8);
        if (blob_open(&blob, bytes.at, bytes.size)) {
            compare_trees(bytes.at, &blob, false);
            accepted++;
        }
        free_bytes(&bytes);
    }
    assert_true(accepted > whole.size / STEP);
    free_bytes(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_blobs),
        cmocka_unit_test(damaged_blobs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
