/* SPDX-License-Identifier: MIT */
/*
 * Three questions: which content filters are configured, which tracked files differ, which files are
 * not tracked. Answers are lists of names that end in NUL.
 */
#include "cli/git.h"

#include "base/paths.h"
#include "cli/io.h"
#include "cli/message.h"
#include "cli/resolve.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ANSWER_MAX_BYTES = 64 * 1024 * 1024, FILTERS_MAX = 256, STATUS_UNKNOWN = 128 };

extern char **environ;

/* What is told to git each time: settings count more than those of any file (git, "-c"). */
static const char *const always[] = {
    "git",
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.untrackedCache=false",
    "-c",
    "core.quotePath=false",
    "-c",
    "protocol.allow=never",
    "-c",
    "safe.bareRepository=explicit",
};

/* Variables that would start a program or fetch, and the one that is set anew. */
static const struct str cleared[] = {
    STR_INIT("GIT_EXTERNAL_DIFF="),
    STR_INIT("GIT_NO_LAZY_FETCH="),
    STR_INIT("GIT_ALLOW_PROTOCOL="),
    STR_INIT("GIT_CONFIG_COUNT="),
};

struct asking {
    struct arena *arena;
    struct strings filters; /* names of configured content filters */
};

/* ---- the environment ---- */

static bool is_cleared(struct str variable)
{
    for (size_t i = 0; i < COUNT_OF(cleared); i++) {
        if (str_starts(variable, cleared[i])) {
            return true;
        }
    }
    return false;
}

/* Settings that the caller's environment has already (git, "GIT_CONFIG_COUNT"): they stay. */
static size_t count_settings(void)
{
    enum { SETTINGS_MAX = 10000 };
    const char *text = getenv("GIT_CONFIG_COUNT");
    size_t count = 0;
    for (; text && char_is_digit(*text) && count < SETTINGS_MAX; text++) {
        count = count * 10 + (size_t)(*text - '0');
    }
    return count;
}

static void add_setting(struct arena *arena, struct strings *list, size_t *count, const char *key,
                        const char *value)
{
    strings_add(arena, list, arena_format(arena, "GIT_CONFIG_KEY_%zu=%s", *count, key).ptr);
    strings_add(arena, list, arena_format(arena, "GIT_CONFIG_VALUE_%zu=%s", *count, value).ptr);
    (*count)++;
}

/*
 * Filters are emptied by variables and not by -c, which would cut a name at its first '='. An empty
 * command is none, and a filter that is not required may be none.
 */
static struct strings make_environment(const struct asking *asking)
{
    struct arena *arena = asking->arena;
    struct strings list = {0};
    size_t count = count_settings();
    for (char **variable = environ; *variable; variable++) {
        if (!is_cleared(str_from_c(*variable))) {
            strings_add(arena, &list, *variable);
        }
    }
    strings_add(arena, &list, "GIT_NO_LAZY_FETCH=1");
    strings_add(arena, &list, "GIT_ALLOW_PROTOCOL=none");
    for (size_t i = 0; i < asking->filters.count; i++) {
        static const char *const parts[] = {"clean", "smudge", "process"};
        const char *name = asking->filters.items[i];
        for (size_t p = 0; p < COUNT_OF(parts); p++) {
            add_setting(arena, &list, &count,
                        arena_format(arena, "filter.%s.%s", name, parts[p]).ptr, "");
        }
        add_setting(arena, &list, &count, arena_format(arena, "filter.%s.required", name).ptr,
                    "false");
    }
    strings_add(arena, &list, arena_format(arena, "GIT_CONFIG_COUNT=%zu", count).ptr);
    strings_add(arena, &list, NULL);
    return list;
}

/* ---- one question ---- */

static bool spawn(const struct asking *asking, const struct strings *arguments, int out, pid_t *pid)
{
    struct strings environment = make_environment(asking);
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) {
        return false;
    }
    int error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    error = error ? error : posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    if (!error) {
        /* posix_spawnp() takes lists of char * for history's sake, and changes nothing. */
        error = posix_spawnp(pid, "git", &actions, NULL, (char *const *)arguments->items,
                             (char *const *)environment.items);
    }
    posix_spawn_file_actions_destroy(&actions);
    if (error) {
        message_error("--changed-since: git cannot be started: %s", strerror(error));
    }
    return error == 0;
}

static int wait_for(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) {
            return STATUS_UNKNOWN;
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : STATUS_UNKNOWN;
}

/* Start git and read what it answers. False has been said; *status is how git ended. */
static bool ask(const struct asking *asking, const struct strings *arguments, struct str *answer,
                int *status)
{
    int ends[2];
    pid_t pid;
    if (pipe(ends) != 0) {
        message_error("--changed-since: git cannot be started: %s", strerror(errno));
        return false;
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    bool started = spawn(asking, arguments, ends[1], &pid);
    close(ends[1]);
    bool read = started && io_read_all(ends[0], 0, ANSWER_MAX_BYTES, asking->arena, answer);
    int error = errno;
    close(ends[0]);
    if (!started) {
        return false;
    }
    *status = wait_for(pid);
    if (!read) {
        message_error("--changed-since: git's answer cannot be read: %s", strerror(error));
    }
    return read;
}

static struct strings begin(struct arena *arena, const char *const *words, size_t count)
{
    struct strings arguments = {0};
    for (size_t i = 0; i < COUNT_OF(always); i++) {
        strings_add(arena, &arguments, always[i]);
    }
    for (size_t i = 0; i < count; i++) {
        strings_add(arena, &arguments, words[i]);
    }
    return arguments;
}

/* ---- filters ---- */

/* "filter.NAME.clean" */
static void add_filter(struct asking *asking, struct str key)
{
    struct str prefix = STR("filter.");
    size_t end = str_after_last(key, '.');
    if (str_starts(key, prefix) && end > prefix.len + 1) {
        struct str name = str_slice(key, prefix.len, end - 1);
        strings_add(asking->arena, &asking->filters, arena_str(asking->arena, name).ptr);
    }
}

static bool find_filters(struct asking *asking)
{
    static const char *const words[] = {"config", "--null", "--name-only", "--get-regexp",
                                        "^filter\\."};
    enum { NONE_FOUND = 1 };
    struct strings arguments = begin(asking->arena, words, COUNT_OF(words));
    struct str answer;
    int status;
    strings_add(asking->arena, &arguments, NULL);
    if (!ask(asking, &arguments, &answer, &status)) {
        return false;
    }
    while (status == 0 && answer.len) {
        struct str key;
        (void)str_cut(answer, '\0', &key, &answer);
        add_filter(asking, key);
    }
    if ((status != 0 && status != NONE_FOUND) || asking->filters.count > FILTERS_MAX) {
        message_error("--changed-since: git's configuration cannot be read or has more than %d "
                      "content filters",
                      FILTERS_MAX);
        return false;
    }
    return true;
}

/* ---- names ---- */

/* Names that lead out of the current folder would come from a repository with a strange core.worktree. */
static bool is_below(struct arena *arena, const char *name)
{
    return path_is_inside(path_normalize(arena, str_from_c(name)), (struct str){0});
}

static bool list_names(const struct asking *asking, struct strings arguments,
                       const struct strings *paths, struct strings *names)
{
    struct str answer;
    int status;
    for (size_t i = 0; i < paths->count; i++) {
        strings_add(asking->arena, &arguments, paths->items[i]);
    }
    strings_add(asking->arena, &arguments, NULL);
    if (!ask(asking, &arguments, &answer, &status)) {
        return false;
    }
    if (status != 0) {
        message_error(
            "--changed-since: git could not list the files (exit status %d); in CI, fetch "
            "the commit first, or give one that the clone has",
            status);
        return false;
    }
    while (answer.len) {
        struct str name;
        (void)str_cut(answer, '\0', &name, &answer);
        const char *copy = arena_str(asking->arena, name).ptr;
        if (is_below(asking->arena, copy)) {
            strings_add(asking->arena, names, copy);
        }
    }
    return true;
}

/* Of what lies elsewhere git would list nothing, and that looks like a clean run. */
static bool check_paths(struct arena *arena, const struct strings *paths)
{
    const char *here = path_resolve(arena, ".");
    for (size_t i = 0; i < paths->count; i++) {
        const char *path = paths->items[i];
        const char *real = path[0] == '/' ? path_resolve(arena, path) : NULL;
        bool below = !real || !here || path_is_inside(str_from_c(real), str_from_c(here));
        if (!below || (path[0] != '/' && !is_below(arena, path))) {
            message_error("'%s' is not in or below the current folder, and --changed-since looks "
                          "nowhere else; run it from there, or from the repository's root",
                          path);
            return false;
        }
    }
    return true;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool git_list_changed(struct arena *arena, const char *revision, const struct strings *paths,
                      struct strings *names)
{
    /* Deleted files are left out; a renamed one counts by its new name. */
    const char *const differ[] = {"diff",          "--name-only",   "-z",
                                  "--relative",    "--no-renames",  "--diff-filter=d",
                                  "--no-ext-diff", "--no-textconv", "--ignore-submodules=all",
                                  "--no-color",    revision,        "--"};
    static const char *const untracked[] = {"ls-files", "--others", "--exclude-standard", "-z",
                                            "--"};
    struct asking asking = {.arena = arena};
    if (revision[0] == '\0' || revision[0] == '-') {
        message_error("--changed-since '%s' names no commit", revision);
        return false;
    }
    /* What is not tracked first: outside of a repository that fails in one line, and `diff` shows its help. */
    bool listed = check_paths(arena, paths) && find_filters(&asking) &&
                  list_names(&asking, begin(arena, untracked, COUNT_OF(untracked)), paths, names) &&
                  list_names(&asking, begin(arena, differ, COUNT_OF(differ)), paths, names);
    if (listed && names->count) {
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    }
    return listed;
}
