/* SPDX-License-Identifier: MIT */
/*
 * parse FOLDER: reads each .json file of a folder with jansson and drops it again; the yardstick for checking
 * the same files, whole process beside whole process.
 */
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_BYTES = 4096 };

int main(int argc, char **argv)
{
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    if (!folder) {
        fprintf(stderr, "usage: parse FOLDER\n");
        return EXIT_FAILURE;
    }
    size_t members = 0;
    const struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        char path[PATH_BYTES];
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".json") != 0) {
            continue;
        }
        int len = snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        json_t *value = len > 0 && len < PATH_BYTES ? json_load_file(path, 0, NULL) : NULL;
        if (!value) {
            fprintf(stderr, "parse: '%s' does not parse\n", entry->d_name);
            return EXIT_FAILURE;
        }
        members += json_object_size(value);
        json_decref(value);
    }
    closedir(folder);
    printf("%zu members\n", members);
    return EXIT_SUCCESS;
}
