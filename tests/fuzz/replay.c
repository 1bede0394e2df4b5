/* SPDX-License-Identifier: MIT */
/*
 * Runs a fuzz target without libFuzzer: every file named, and every file of every folder named, is
 * one input. Shows that inputs found once stay harmless, under either compiler. A run without
 * inputs fails: it would prove nothing.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void stop(const char *what, const char *path)
{
    fprintf(stderr, "replay: %s '%s'\n", what, path);
    exit(1);
}

/*
 * The copy is of exactly the input's size, so that AddressSanitizer sees a target that reads beyond
 * it.
 */
static void replay_file(const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(size ? size : 1);
    if (!file || !data || fread(data, 1, size, file) != size) {
        stop("cannot read", path);
    }
    fclose(file);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
}

static size_t replay(const char *path);

static size_t replay_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    if (!dir) {
        stop("cannot read", folder);
    }
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        size_t size = strlen(folder) + strlen(entry->d_name) + 2;
        char *path = malloc(size);
        if (!path) {
            abort();
        }
        snprintf(path, size, "%s/%s", folder, entry->d_name);
        count += replay(path);
        free(path);
    }
    closedir(dir);
    return count;
}

static size_t replay(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        stop("cannot find", path);
    }
    if (S_ISDIR(status.st_mode)) {
        return replay_folder(path);
    }
    replay_file(path, (size_t)status.st_size);
    return 1;
}

int main(int argc, char **argv)
{
    size_t total = 0;
    for (int i = 1; i < argc; i++) {
        size_t count = replay(argv[i]);
        if (count == 0) {
            stop("no inputs in", argv[i]);
        }
        total += count;
    }
    printf("%zu inputs\n", total);
    return total ? 0 : 1;
}
