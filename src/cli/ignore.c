/* SPDX-License-Identifier: MIT */
/* A chain of folders, each with its patterns; the paths that they judge are made from the one opened. */
#include "cli/ignore.h"

#include "base/gitignore.h"
#include "base/paths.h"
#include "cli/files.h"
#include "cli/message.h"
#include "cli/resolve.h"

#include <sys/stat.h>

/* A .gitignore is written by hand; a larger one is a mistake or an attack. */
enum { IGNORE_MAX_BYTES = 1024 * 1024, PATH_ROOM = 8192 };

struct ignore {
    const struct ignore *above;
    struct gitignore list;
    /* A path that is walked becomes one relative to this folder: `front`, and what follows `skip` bytes. */
    struct str front;
    size_t skip;
};

static bool exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

static void read_patterns(struct arena *arena, struct gitignore *list, const char *path)
{
    struct stat status;
    if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode)) {
        return;
    }
    struct file_text text = {.why = "is larger than 1 MiB"};
    if (status.st_size <= IGNORE_MAX_BYTES) {
        text = file_read_resolved(arena, path);
    }
    if (text.why) {
        message_error("'%s' does not count: it %s", path, text.why);
        return;
    }
    gitignore_add(arena, list, text.bytes);
}

/* ---- the git folder ---- */

/* The first line of a small file, without `label` in front; NULL where there is none. */
static const char *read_line(struct arena *arena, const char *path, struct str label)
{
    struct file_text text = file_read_resolved(arena, path);
    struct str line = str_slice(text.bytes, 0, str_find_char(text.bytes, '\n'));
    if (text.why || !str_starts(line, label)) {
        return NULL;
    }
    line = str_trim(str_from(line, label.len));
    return line.len && line.len < PATH_ROOM ? arena_str(arena, line).ptr : NULL;
}

static const char *within(struct arena *arena, const char *folder, const char *path)
{
    return path[0] == '/' ? path : path_join(arena, folder, path);
}

/*
 * The git folder whose `info/exclude` counts (git's documentation, gitrepository-layout): `.git`, or
 * where that is the file of a worktree or submodule, the folder that it names, or that one's
 * `commondir`. What is read to know that goes to `read`, which may be NULL.
 */
static const char *find_git_folder(struct arena *arena, const char *root, struct strings *read)
{
    struct stat status;
    const char *git = path_join(arena, root, ".git");
    if (lstat(git, &status) != 0 || !S_ISREG(status.st_mode)) {
        return git;
    }
    const char *named = read_line(arena, git, STR("gitdir: "));
    if (!named) {
        return git;
    }
    const char *folder = within(arena, root, named);
    const char *link = path_join(arena, folder, "commondir");
    if (read) {
        strings_add(arena, read, git);
        strings_add(arena, read, link);
    }
    const char *common = read_line(arena, link, STR(""));
    return common ? within(arena, folder, common) : folder;
}

/* ---- folders ---- */

/* The patterns of one folder; those of a repository's root begin with its `info/exclude`. */
static struct ignore *read_folder(struct arena *arena, const struct ignore *above,
                                  const char *folder, bool is_root)
{
    struct ignore *ignore = arena_new(arena, struct ignore);
    ignore->above = above;
    if (is_root) {
        const char *git = find_git_folder(arena, folder, NULL);
        read_patterns(arena, &ignore->list, path_join(arena, git, "info/exclude"));
    }
    read_patterns(arena, &ignore->list, path_join(arena, folder, ".gitignore"));
    return ignore;
}

/* How many bytes of the paths below a folder are its own name. */
static size_t skip_of(const char *folder)
{
    size_t len = strlen(folder);
    if (strcmp(folder, ".") == 0) {
        return 0;
    }
    return folder[len - 1] == '/' ? len : len + 1;
}

/* The root of the repository that an absolute folder lies in, or NULL. */
static const char *find_root(struct arena *arena, const char *folder)
{
    for (const char *at = folder;; at = path_folder(arena, at)) {
        if (exists(path_join(arena, at, ".git"))) {
            return at;
        }
        if (strcmp(at, "/") == 0) {
            return NULL;
        }
    }
}

/* The folders from `root` down to `real`, both absolute; the last is the one walked as `folder`. */
static const struct ignore *read_way_down(struct arena *arena, const char *root, const char *real,
                                          const char *folder)
{
    const struct ignore *ignore = NULL;
    size_t root_len = strlen(root);
    struct str whole = str_from_c(real);
    for (size_t len = root_len; len <= whole.len; len++) {
        bool ends = len == whole.len || len == root_len || whole.ptr[len] == '/';
        if (!ends) {
            continue;
        }
        const char *at = arena_str(arena, str_slice(whole, 0, len)).ptr;
        struct ignore *next = read_folder(arena, ignore, at, len == root_len);
        size_t start = len + (len < whole.len && whole.ptr[len] == '/');
        struct str below = str_from(whole, start);
        next->front = below.len ? arena_format(arena, "%.*s/", STR_ARG(below)) : below;
        next->skip = skip_of(folder);
        ignore = next;
    }
    return ignore;
}

const struct ignore *ignore_begin(struct arena *arena, const char *folder)
{
    const char *real = path_resolve(arena, folder);
    const char *root = real ? find_root(arena, real) : NULL;
    return root ? read_way_down(arena, root, real, folder) : NULL;
}

void ignore_list_files(struct arena *arena, const char *folder, struct strings *files)
{
    /* Below the last two are the git folders of submodules and worktrees, which may lie in the folder. */
    static const char *const parts[] = {"info", "modules", "worktrees"};
    const char *real = path_resolve(arena, folder);
    const char *root = real ? find_root(arena, real) : NULL;
    if (!root) {
        return;
    }
    for (const char *at = real;; at = path_folder(arena, at)) {
        strings_add(arena, files, path_join(arena, at, ".gitignore"));
        if (strcmp(at, root) == 0) {
            break;
        }
    }
    const char *git = find_git_folder(arena, root, files);
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        strings_add(arena, files, path_join(arena, git, parts[i]));
    }
}

const struct ignore *ignore_enter(struct arena *arena, const struct ignore *above,
                                  const char *folder)
{
    bool is_root = exists(path_join(arena, folder, ".git"));
    if (!above && !is_root) {
        return NULL;
    }
    struct ignore *ignore = read_folder(arena, is_root ? NULL : above, folder, is_root);
    ignore->skip = skip_of(folder);
    return ignore;
}

/* ---- judging ---- */

static enum gitignore_says judge(const struct ignore *ignore, const char *path, bool is_folder)
{
    char room[PATH_ROOM];
    struct str below = str_from_c(path + ignore->skip);
    size_t len = ignore->front.len + below.len;
    if (ignore->list.count == 0 || len > sizeof room) {
        return GITIGNORE_NOTHING;
    }
    if (ignore->front.len == 0) {
        return gitignore_judge(&ignore->list, below, is_folder);
    }
    memcpy(room, ignore->front.ptr, ignore->front.len);
    memcpy(room + ignore->front.len, below.ptr, below.len);
    return gitignore_judge(&ignore->list, (struct str){room, len}, is_folder);
}

bool ignore_covers(const struct ignore *ignore, const char *path, bool is_folder)
{
    for (; ignore; ignore = ignore->above) {
        enum gitignore_says says = judge(ignore, path, is_folder);
        if (says != GITIGNORE_NOTHING) {
            return says == GITIGNORE_OUT;
        }
    }
    return false;
}
