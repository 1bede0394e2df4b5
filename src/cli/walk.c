/* SPDX-License-Identifier: MIT */
/*
 * The walk goes by path and closes each folder before it enters the next, so that depth costs no
 * descriptors.
 */
#include "cli/walk.h"

#include "base/paths.h"
#include "cli/files.h"
#include "cli/ignore.h"
#include "cli/resolve.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONFIG_NAME ".ekslint.yaml"

/* What the entries of one walked folder have in common. */
struct tree_walk {
    struct walk *walk;
    const char *given; /* the folder */
    const char *root;  /* the same, resolved when the first link is met */
};

void walk_init(struct walk *walk, struct arena *arena, const struct str *endings,
               size_t ending_count)
{
    *walk = (struct walk){.arena = arena, .endings = endings, .ending_count = ending_count};
    atoms_init(&walk->seen, arena, NULL);
}

static void add_found(struct walk *walk, const char *name, const char *why, bool met)
{
    uint32_t before = walk->seen.count;
    uint32_t atom = atoms_intern(&walk->seen, str_from_c(name));
    if (walk->seen.count == before) {
        /* Atom 0 is the empty name, which stands for no path. */
        walk->items[atom - 1].met = walk->items[atom - 1].met && met;
        return;
    }
    walk->items =
        arena_grow(walk->arena, walk->items, walk->count, &walk->capacity, sizeof *walk->items);
    walk->items[walk->count++] = (struct found){name, why, met, false};
}

/* What lstat(2) saw to be a regular file. */
static void add_seen(struct walk *walk, const char *name)
{
    size_t before = walk->count;
    add_found(walk, name, NULL, true);
    if (walk->count > before) {
        walk->items[before].seen = true;
    }
}

/*
 * Files without an ending: a kubeconfig, and `config` or `credentials` of the AWS CLI, told by the
 * folder, since those names alone say too little.
 */
static bool is_known_name(struct str path)
{
    static const struct str names[] = {
        STR_INIT(".aws/config"),     STR_INIT(".aws/credentials"), STR_INIT("aws/config"),
        STR_INIT("aws/credentials"), STR_INIT("kubeconfig"),
    };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        size_t start = path.len - names[i].len;
        if (str_ends(path, names[i]) && (start == 0 || path.ptr[start - 1] == '/')) {
            return true;
        }
    }
    return false;
}

static bool is_wanted(const struct walk *walk, struct str name)
{
    for (size_t i = 0; i < walk->ending_count; i++) {
        struct str ending = walk->endings[i];
        if (name.len > ending.len && str_eq_nocase(str_from(name, name.len - ending.len), ending)) {
            return true;
        }
    }
    return walk->integration && is_known_name(name);
}

/* Hidden entries are left out, but for those in which an integration's own files lie. */
static bool is_hidden(const struct walk *walk, struct str name)
{
    static const struct str shown[] = {STR_INIT(".gitlab"), STR_INIT(".aws"),
                                       STR_INIT(".gitlab-ci.yml"), STR_INIT(CONFIG_NAME)};
    bool hidden = str_starts(name, STR("."));
    for (size_t i = 0; walk->integration && i < COUNT_OF(shown) && hidden; i++) {
        hidden = !str_eq(name, shown[i]);
    }
    return hidden;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/*
 * The names in an open folder that are not hidden, sorted; false with errno set where it cannot be
 * read to its end.
 */
static bool list_names(struct walk *walk, DIR *folder, struct strings *names)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (!entry) {
            break;
        }
        struct str name = str_from_c(entry->d_name);
        if (!is_hidden(walk, name)) {
            strings_add(walk->arena, names, arena_str(walk->arena, name).ptr);
        } else if (!str_eq(name, STR(".")) && !str_eq(name, STR(".."))) {
            walk->hidden++;
        }
    }
    int error = errno;
    if (names->count) {
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    }
    errno = error;
    return error == 0;
}

static bool list_folder(struct walk *walk, const char *path, int flags, struct strings *names)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
    if (fd < 0) {
        return false;
    }
    DIR *folder = fdopendir(fd);
    if (!folder) {
        int error = errno;
        close(fd);
        errno = error;
        return false;
    }
    bool listed = list_names(walk, folder, names);
    int error = errno;
    closedir(folder);
    errno = error;
    return listed;
}

/* Whether the walk meets a path below its root: no part is hidden, and the name ends as wanted. */
static bool is_met(const struct walk *walk, struct str below)
{
    struct str part;
    struct str rest = below;
    bool more = true;
    while (more) {
        more = str_cut(rest, '/', &part, &rest);
        if (is_hidden(walk, part)) {
            return false;
        }
    }
    return is_wanted(walk, below);
}

/* What becomes of a link to a file. */
enum link_fate { LINK_OUTSIDE, LINK_MET, LINK_TAKE };

static enum link_fate link_fate(struct tree_walk *tree, const char *path)
{
    if (!tree->root) {
        tree->root = path_resolve(tree->walk->arena, tree->given);
    }
    const char *target = path_resolve(tree->walk->arena, path);
    if (!tree->root || !target) {
        return LINK_OUTSIDE;
    }
    struct str root = str_from_c(tree->root);
    struct str real = str_from_c(target);
    size_t skip = root.len + (root.ptr[root.len - 1] == '/' ? 0 : 1);
    if (!path_is_inside(real, root)) {
        return LINK_OUTSIDE;
    }
    return is_met(tree->walk, str_from(real, skip)) ? LINK_MET : LINK_TAKE;
}

static void add_link(struct tree_walk *tree, const char *path)
{
    struct stat status;
    struct walk *walk = tree->walk;
    if (!is_wanted(walk, str_from_c(path))) {
        return;
    }
    if (stat(path, &status) != 0) {
        add_found(walk, path, file_trouble(walk->arena, errno), true);
        return;
    }
    enum link_fate fate = S_ISREG(status.st_mode) ? link_fate(tree, path) : LINK_MET;
    if (fate == LINK_TAKE) {
        add_found(walk, path, NULL, true);
    } else if (fate == LINK_OUTSIDE && walk->strict_links) {
        add_found(walk, path, "is a symbolic link out of the folder, and is not followed", true);
    }
}

static bool is_left_out(const struct walk *walk, const char *path, bool is_folder)
{
    return walk->leaves_out && walk->leaves_out(walk->context, path, is_folder);
}

static bool is_ignored(struct walk *walk, const struct ignore *ignore, const char *path,
                       bool is_folder)
{
    bool ignored = ignore && ignore_covers(ignore, path, is_folder);
    walk->ignored += ignored;
    return ignored;
}

static void walk_folder(struct tree_walk *tree, const char *path, const struct ignore *ignore,
                        int flags)
{
    struct walk *walk = tree->walk;
    struct strings names = {0};
    if (!list_folder(walk, path, flags, &names)) {
        add_found(walk, path, file_trouble(walk->arena, errno), true);
    }
    for (size_t i = 0; i < names.count; i++) {
        const char *entry = path_join(walk->arena, path, names.items[i]);
        struct stat status;
        if (strcmp(names.items[i], CONFIG_NAME) == 0) {
            strings_add(walk->arena, &walk->configs, entry);
        } else if (lstat(entry, &status) != 0) {
            if (errno != ENOENT) { /* removed since: it is not in the folder any more */
                add_found(walk, entry, file_trouble(walk->arena, errno), true);
            }
        } else if (is_left_out(walk, entry, S_ISDIR(status.st_mode)) ||
                   is_ignored(walk, ignore, entry, S_ISDIR(status.st_mode))) {
            continue;
        } else if (S_ISDIR(status.st_mode)) {
            const struct ignore *inner =
                walk->gitignore ? ignore_enter(walk->arena, ignore, entry) : NULL;
            walk_folder(tree, entry, inner, O_NOFOLLOW);
        } else if (S_ISLNK(status.st_mode)) {
            add_link(tree, entry);
        } else if (S_ISREG(status.st_mode) && is_wanted(walk, str_from_c(entry))) {
            add_seen(walk, entry);
        }
    }
}

/* A pattern in quotes reaches a program as it is. Whether a file has such a name was asked first. */
static const char *missing_trouble(struct arena *arena, const char *name, int error)
{
    const char *why = file_trouble(arena, error);
    if (error != ENOENT || !strpbrk(name, "*?[")) {
        return why;
    }
    return arena_format(arena,
                        "%s; if this is a pattern, the shell did not expand it: write it without "
                        "quotes, or give the folder, whose files are found",
                        why)
        .ptr;
}

void walk_add(struct walk *walk, const char *path)
{
    const char *name = path_clean(walk->arena, path);
    struct stat status;
    if (stat(name, &status) != 0) {
        add_found(walk, name, missing_trouble(walk->arena, name, errno), false);
    } else if (S_ISDIR(status.st_mode)) {
        struct tree_walk tree = {.walk = walk, .given = name};
        walk_folder(&tree, name, walk->gitignore ? ignore_begin(walk->arena, name) : NULL, 0);
    } else if (is_left_out(walk, name, false)) {
        walk->left_out++;
    } else if (S_ISREG(status.st_mode)) {
        add_found(walk, name, NULL, false);
    } else {
        add_found(walk, name, file_not_regular, false);
    }
}

void walk_add_met(struct walk *walk, const char *path)
{
    const char *name = path_clean(walk->arena, path);
    struct stat status;
    bool met = is_met(walk, str_from_c(name)) && lstat(name, &status) == 0 &&
               S_ISREG(status.st_mode) && !is_left_out(walk, name, false);
    if (met) {
        add_seen(walk, name);
    }
}
