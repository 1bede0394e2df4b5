/* SPDX-License-Identifier: MIT */
/* Only regular files are read, whatever took the place of one since a folder was listed. */
#include "support.h"

/* The program's own files are in no library. */
#include "cli/files.c"
#include "cli/io.c"

#include <stdio.h>
#include <stdlib.h>

enum { PATH_BYTES = 256 };

static const struct {
    const char *name;
    bool seen, named; /* is read as what lstat(2) saw; as what somebody named */
} rows[] = {
    {"file", true, true},       {"link", false, true}, /* that has taken the place of a file */
    {"fifo", false, false},     {"folder", false, false},
    {"dangling", false, false}, {"missing", false, false},
};

static void make_files(const char *folder)
{
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/file", folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0);
    assert_true(io_write_all(fd, STR("text")));
    close(fd);
    (void)snprintf(path, sizeof path, "%s/link", folder);
    assert_int_equal(symlink("file", path), 0);
    (void)snprintf(path, sizeof path, "%s/dangling", folder);
    assert_int_equal(symlink("nowhere", path), 0);
    (void)snprintf(path, sizeof path, "%s/fifo", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    (void)snprintf(path, sizeof path, "%s/folder", folder);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void assert_read(const char *name, struct file_text text, bool read)
{
    if ((text.why == NULL) != read || (read && !str_eq(text.bytes, STR("text")))) {
        fail_msg("%s: %s", name, text.why ? text.why : "was read");
    }
}

static void test_only_regular_files_are_read_and_nothing_blocks(void **state)
{
    (void)state;
    struct arena arena = {0};
    char folder[] = "/tmp/ekslint-files-XXXXXX";
    char path[PATH_BYTES];
    assert_non_null(mkdtemp(folder));
    make_files(folder);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, rows[i].name);
        assert_read(rows[i].name, file_read_seen(&arena, path, &limits_default), rows[i].seen);
        assert_read(rows[i].name, file_read(&arena, path), rows[i].named);
    }
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, rows[i].name);
        (void)remove(path);
    }
    assert_int_equal(rmdir(folder), 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_regular_files_are_read_and_nothing_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
