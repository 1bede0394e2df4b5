/* SPDX-License-Identifier: MIT */
/* Paths are bytes and slashes (POSIX.1-2008 §4.13); nothing else in them means anything. */
#include "base/paths.h"

/* A path that is being put together from its parts. */
struct draft {
    char *text;
    size_t len;
    size_t floor; /* what stands before it cannot be taken back: the root, or leading ".." */
};

static struct draft draft_start(struct arena *arena, struct str path)
{
    size_t len = str_starts(path, STR("/")) ? 1 : 0;
    struct draft draft = {arena_alloc(arena, path.len + 2), len, len};
    draft.text[0] = '/';
    return draft;
}

static void draft_add(struct draft *draft, struct str part)
{
    if (draft->len > 0 && draft->text[draft->len - 1] != '/') {
        draft->text[draft->len++] = '/';
    }
    memcpy(draft->text + draft->len, part.ptr, part.len);
    draft->len += part.len;
}

static void draft_drop(struct draft *draft)
{
    while (draft->len > draft->floor && draft->text[draft->len - 1] != '/') {
        draft->len--;
    }
    if (draft->len > draft->floor) {
        draft->len--; /* the slash */
    }
}

static struct str draft_end(struct draft *draft)
{
    draft->text[draft->len] = '\0';
    return (struct str){draft->text, draft->len};
}

const char *path_clean(struct arena *arena, const char *path)
{
    struct str rest = str_from_c(path);
    struct draft draft = draft_start(arena, rest);
    bool more = true;
    while (more) {
        struct str part;
        more = str_cut(rest, '/', &part, &rest);
        bool leading_dot = draft.len == draft.floor && str_eq(part, STR("."));
        if (part.len && !leading_dot) {
            draft_add(&draft, part);
        }
    }
    return draft.len ? draft_end(&draft).ptr : ".";
}

struct str path_normalize(struct arena *arena, struct str path)
{
    bool absolute = str_starts(path, STR("/"));
    struct draft draft = draft_start(arena, path);
    bool more = true;
    while (more) {
        struct str part;
        more = str_cut(path, '/', &part, &path);
        if (part.len == 0 || str_eq(part, STR("."))) {
            continue;
        }
        if (!str_eq(part, STR(".."))) {
            draft_add(&draft, part);
        } else if (draft.len > draft.floor) {
            draft_drop(&draft);
        } else if (!absolute) {
            draft_add(&draft, part);
            draft.floor = draft.len;
        }
    }
    return draft_end(&draft);
}

const char *path_join(struct arena *arena, const char *folder, const char *name)
{
    if (strcmp(folder, ".") == 0) {
        return arena_str(arena, str_from_c(name)).ptr;
    }
    const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";
    return arena_format(arena, "%s%s%s", folder, slash, name).ptr;
}

const char *path_folder(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) {
        return ".";
    }
    size_t len = slash == path ? 1 : (size_t)(slash - path);
    return arena_str(arena, (struct str){path, len}).ptr;
}

static bool starts_with_parent(struct str path)
{
    return str_eq(path, STR("..")) || str_starts(path, STR("../"));
}

bool path_is_inside(struct str path, struct str folder)
{
    if (folder.len == 0) {
        return !str_starts(path, STR("/")) && !starts_with_parent(path);
    }
    if (!str_starts(path, folder)) {
        return false;
    }
    struct str rest = str_from(path, folder.len);
    if (rest.len == 0) {
        return true;
    }
    if (folder.ptr[folder.len - 1] != '/') {
        if (rest.ptr[0] != '/') {
            return false;
        }
        rest = str_from(rest, 1);
    }
    return !starts_with_parent(rest);
}

struct str path_relative(struct arena *arena, struct str folder, struct str path)
{
    struct str up = {0};
    while (!path_is_inside(path, folder)) {
        size_t slash = str_after_last(folder, '/');
        folder = str_slice(folder, 0, slash > 1 ? slash - 1 : slash);
        up = arena_format(arena, "../%.*s", STR_ARG(up));
    }
    struct str below = str_from(path, folder.len);
    below = str_from(below, str_starts(below, STR("/")));
    struct str whole = arena_format(arena, "%.*s%.*s", STR_ARG(up), STR_ARG(below));
    bool slash = str_ends(whole, STR("/"));
    whole = slash ? str_slice(whole, 0, whole.len - 1) : whole;
    return whole.len ? whole : STR(".");
}
