/* SPDX-License-Identifier: MIT */
/*
 * Both forms are checked: "../" must not lead out as text, and a symbolic link must not lead out in
 * truth.
 */
#include "cli/reference.h"

#include "base/paths.h"
#include "cli/resolve.h"

void reference_roots_init(struct reference_roots *roots, struct arena *arena)
{
    *roots = (struct reference_roots){.arena = arena};
    atoms_init(&roots->folders, arena, NULL);
}

void reference_roots_add(struct reference_roots *roots, const char *path, bool is_folder)
{
    const char *folder = is_folder ? path : path_folder(roots->arena, path);
    struct str normal = path_normalize(roots->arena, str_from_c(folder));
    if (normal.len == 0) {
        roots->here = true;
    } else {
        atoms_intern(&roots->folders, normal);
    }
}

static bool is_really_inside(const struct reference_roots *roots, const char *real,
                             struct str folder)
{
    /* Views of the table of atoms end in a NUL. */
    const char *root = path_resolve(roots->arena, folder.len ? folder.ptr : ".");
    return root && path_is_inside(str_from_c(real), str_from_c(root));
}

static bool is_allowed(const struct reference_roots *roots, struct str name, const char *real)
{
    /* Atom 0 is the empty text: the current folder. */
    for (uint32_t id = roots->here ? 0 : 1; id < roots->folders.count; id++) {
        struct str folder = atoms_text(&roots->folders, id);
        if (path_is_inside(name, folder) && is_really_inside(roots, real, folder)) {
            return true;
        }
    }
    return false;
}

const char *reference_resolve(const struct reference_roots *roots, const char *name)
{
    struct str normal = path_normalize(roots->arena, str_from_c(name));
    const char *real = path_resolve(roots->arena, name);
    return real && is_allowed(roots, normal, real) ? real : NULL;
}
