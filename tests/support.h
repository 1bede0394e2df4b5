/* SPDX-License-Identifier: MIT */
/*
 * What unit tests share: cmocka with the headers it wants before it, files as views, sorted
 * folders, and the folder of conformance suites beside the checkout. A helper that cannot do its
 * work fails the running test.
 */
#ifndef EKSLINT_TESTS_SUPPORT_H
#define EKSLINT_TESTS_SUPPORT_H

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* cmocka compares C strings; this compares views and prints both where they differ. */
#define assert_str_equal(actual, expected) test_assert_str((actual), (expected), __FILE__, __LINE__)
void test_assert_str(struct str actual, struct str expected, const char *file, int line);

/*
 * The whole file, in memory of exactly its size and without a NUL after it, so that
 * AddressSanitizer sees a reader that goes one byte too far. The caller frees it with
 * test_free_contents().
 */
struct str test_read_file(const char *path);
void test_free_contents(struct str contents);

/*
 * The files of a folder whose names end in `suffix` ("" = all), without folders, in byte order of
 * their names.
 */
struct test_file {
    char *path;
    const char *name; /* the last component; points into path */
};

struct test_files {
    struct test_file *items;
    size_t count;
};

struct test_files test_list_files(const char *folder, const char *suffix);
void test_free_files(struct test_files *files);

/*
 * The path of a file or folder of the shared folder, as printf makes it from `format`. Where it is
 * absent, the running test is skipped and this does not return. The caller frees the path.
 */
char *test_shared_path(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
