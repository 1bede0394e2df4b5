/* SPDX-License-Identifier: MIT */
/* Helpers of the unit tests; see the header. Unlike the library, tests may use POSIX. */
#include "support.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

void test_assert_str(struct str actual, struct str expected, const char *file, int line)
{
    if (!str_eq(actual, expected)) {
        print_error("'%.*s' is not '%.*s'\n", STR_ARG(actual), STR_ARG(expected));
        _fail(file, line);
    }
}

static void *allocate(size_t size)
{
    void *memory = malloc(size ? size : 1);
    if (!memory) {
        abort();
    }
    return memory;
}

static char *format_args(const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    assert_true(len >= 0);
    char *text = allocate((size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

PRINTF_LIKE(1, 2)
static char *format_text(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = format_args(format, args);
    va_end(args);
    return text;
}

struct str test_read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        fail_msg("cannot open '%s': %s", path, strerror(errno));
        abort(); /* the analysers do not know that a failed test does not return */
    }
    struct stat status;
    assert_int_equal(fstat(fileno(file), &status), 0);
    size_t size = (size_t)status.st_size;
    char *bytes = allocate(size);
    size_t got = fread(bytes, 1, size, file);
    fclose(file);
    assert_int_equal(got, size);
    return (struct str){bytes, size};
}

void test_free_contents(struct str contents)
{
    free((void *)contents.ptr); /* made by test_read_file(): not const in truth */
}

static bool is_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static void add_file(struct test_files *files, const char *folder, const char *name)
{
    char *path = format_text("%s/%s", folder, name);
    if (!is_file(path)) {
        free(path);
        return;
    }
    struct test_file *larger = realloc(files->items, (files->count + 1) * sizeof *larger);
    if (!larger) {
        abort();
    }
    files->items = larger;
    files->items[files->count++] = (struct test_file){path, path + strlen(folder) + 1};
}

static int compare_files(const void *a, const void *b)
{
    return strcmp(((const struct test_file *)a)->name, ((const struct test_file *)b)->name);
}

struct test_files test_list_files(const char *folder, const char *suffix)
{
    DIR *dir = opendir(folder);
    if (!dir) {
        fail_msg("cannot open '%s': %s", folder, strerror(errno));
        abort();
    }
    struct test_files files = {0};
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (str_ends(str_from_c(entry->d_name), str_from_c(suffix))) {
            add_file(&files, folder, entry->d_name);
        }
    }
    closedir(dir);
    if (files.count) {
        qsort(files.items, files.count, sizeof *files.items, compare_files);
    }
    return files;
}

void test_free_files(struct test_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        free(files->items[i].path);
    }
    free(files->items);
    *files = (struct test_files){0};
}

char *test_shared_path(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *inside = format_args(format, args);
    va_end(args);
    char *path = format_text("%s/%s", EKSLINT_SHARED_DIR, inside);
    free(inside);
    struct stat status;
    if (stat(path, &status) != 0) {
        print_message("skipped: no '%s'\n", path);
        free(path);
        skip();
    }
    return path;
}
