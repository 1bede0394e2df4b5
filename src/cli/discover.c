/* SPDX-License-Identifier: MIT */
/* A few lstat(2) for each folder on the way up, and no other system call. */
#include "cli/discover.h"

#include "base/paths.h"

#include <sys/stat.h>

/* The path of an entry, or NULL where there is none. A link that leads nowhere is there. */
static const char *find_entry(struct arena *arena, const char *folder, const char *name)
{
    struct stat status;
    const char *path = path_join(arena, folder, name);
    return lstat(path, &status) == 0 ? path : NULL;
}

static bool is_inside(const char *path, const char *folder)
{
    return path_is_inside(str_from_c(path), str_from_c(folder));
}

static const char *find_root(struct arena *arena, const char *here, const char *folder)
{
    for (const char *at = folder;; at = path_folder(arena, at)) {
        if (find_entry(arena, at, ".git")) {
            return at;
        }
        if (strcmp(at, "/") == 0) {
            return is_inside(folder, here) ? here : folder;
        }
    }
}

struct discovery discover(struct arena *arena, const char *here, const char *folder)
{
    struct discovery found = {.root = find_root(arena, here, folder)};
    const char *at = folder;
    for (;; at = path_folder(arena, at)) {
        found.config = find_entry(arena, at, ".ekslint.yaml");
        found.misnamed = found.config ? NULL : find_entry(arena, at, ".ekslint.yml");
        if (found.config || found.misnamed || strcmp(at, found.root) == 0) {
            break;
        }
    }
    found.rules = find_entry(arena, at, ".ekslint/rules");
    return found;
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool discovery_is_same(const struct discovery *a, const struct discovery *b)
{
    return same(a->config, b->config) && same(a->rules, b->rules);
}

const char *discover_absolute(struct arena *arena, const char *here, const char *path)
{
    const char *whole = path[0] == '/' ? path : path_join(arena, here, path);
    return path_normalize(arena, str_from_c(whole)).ptr;
}

const char *discover_show(struct arena *arena, const char *here, const char *path)
{
    const char *at = here;
    const char *up = "";
    for (; !is_inside(path, at); at = path_folder(arena, at)) {
        up = arena_format(arena, "../%s", up).ptr;
    }
    if (strcmp(at, "/") == 0 && at != here) {
        return path; /* nothing in common: so it reads better */
    }
    const char *below = path + (strcmp(at, "/") == 0 ? 0 : strlen(at));
    below += *below == '/';
    const char *shown = arena_format(arena, "%s%s", up, below).ptr;
    return *shown ? path_clean(arena, shown) : ".";
}
