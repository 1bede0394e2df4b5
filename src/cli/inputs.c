/* SPDX-License-Identifier: MIT */
/*
 * A list of names is taken byte for byte: one name to a line, or with --null one before each NUL, so
 * that a name may hold a line break. "-" in it is a file of that name.
 */
#include "cli/inputs.h"

#include "cli/files.h"
#include "cli/git.h"
#include "cli/message.h"
#include "cli/stream.h"

enum { JOBS_MAX = 64, JOBS_BY_ITSELF = 4 };

static void add_name(struct options *options, struct arena *arena, struct str name)
{
    const char *copy = arena_str(arena, name).ptr;
    strings_add(arena, &options->operands, strcmp(copy, "-") == 0 ? "./-" : copy);
}

static bool read_list(struct options *options, struct arena *arena)
{
    const char *path = options->files_from;
    bool standard = strcmp(path, "-") == 0;
    struct file_text text =
        standard ? file_read_standard_input(arena, &limits_default) : file_read(arena, path);
    struct str rest = text.bytes;
    char separator = options->null ? '\0' : '\n';
    if (text.why) {
        message_error("--files-from: '%s' %s", path, text.why);
        return false;
    }
    if (!options->null && str_find_char(rest, '\0') < rest.len) {
        message_error(
            "--files-from: '%s' holds NUL characters; give --null where they end the names", path);
        return false;
    }
    while (rest.len) {
        struct str name;
        (void)str_cut(rest, separator, &name, &rest);
        if (name.len) {
            add_name(options, arena, name);
        }
    }
    return true;
}

static bool reads_standard_input(const struct options *options)
{
    for (size_t i = 0; i < options->operands.count; i++) {
        if (strcmp(options->operands.items[i], "-") == 0) {
            return true;
        }
    }
    return false;
}

/* It is the storage that is waited for, so that processors do not matter. Other commands have few files. */
static unsigned default_jobs(const struct options *options)
{
    bool runs = options->command == COMMAND_CHECK || options->command == COMMAND_DIAGNOSE;
    return runs ? JOBS_BY_ITSELF : 1;
}

/* False has been said. */
static bool read_jobs(const struct options *options, unsigned *jobs)
{
    *jobs = default_jobs(options);
    if (!options->jobs) {
        return true;
    }
    unsigned value = 0;
    const char *digit = options->jobs;
    for (; char_is_digit(*digit) && value <= JOBS_MAX; digit++) {
        value = value * 10 + (unsigned)(*digit - '0');
    }
    if (*digit || value < 1 || value > JOBS_MAX) {
        options_wrong(options, "--jobs takes a number from 1 to %d, not '%s'", JOBS_MAX,
                      options->jobs);
        return false;
    }
    *jobs = value;
    return true;
}

/* False has been said. */
static bool check_usage(const struct options *options)
{
    const char *wrong = NULL;
    if (options->null && !options->files_from) {
        wrong = "--null goes with --files-from";
    } else if (options->files_from && options->changed_since) {
        wrong = "--files-from and --changed-since exclude each other";
    } else if (options->files_from && strcmp(options->files_from, "-") == 0 &&
               reads_standard_input(options)) {
        wrong = "standard input is either a file to check or the list of --files-from";
    } else if (options->changed_since && reads_standard_input(options)) {
        wrong = "git knows nothing of standard input; leave '-' or --changed-since out";
    }
    if (wrong) {
        options_wrong(options, "%s", wrong);
    }
    return !wrong;
}

bool inputs_read(struct options *options, struct arena *arena, struct inputs *inputs)
{
    *inputs = (struct inputs){.listed = options->files_from || options->changed_since};
    if (!stream_check_usage(options) || !check_usage(options) ||
        !read_jobs(options, &inputs->jobs)) {
        return false;
    }
    if (options->changed_since) {
        return git_list_changed(arena, options->changed_since, &options->operands,
                                &inputs->changed);
    }
    return !options->files_from || read_list(options, arena);
}

bool inputs_read_limits(struct options *options, struct arena *arena, struct limits *limits)
{
    *limits = limits_default;
    for (size_t i = 0; i < options->limit.count; i++) {
        struct str why;
        if (!limits_set(limits, arena, str_from_c(options->limit.items[i]), &why)) {
            options_wrong(options, "--limit: %s", why.ptr);
            return false;
        }
    }
    if (options->limit.count) {
        strings_add(arena, &options->limit, NULL);
        options->limit.count--;
    }
    return true;
}
