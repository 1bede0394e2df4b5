/* SPDX-License-Identifier: MIT */
/*
 * From the paths of a command line to the files they stand for. Folders are walked in sorted order
 * and give the files whose names end as wanted. Walking leaves out hidden entries and whatever is
 * neither file nor folder, and does not follow symbolic links to folders, so it cannot loop or
 * leave the folder. A link to a file is taken where the file lies inside the folder and the walk
 * does not meet it anyway (a hidden one, as in mounted Kubernetes volumes). What the .gitignore files
 * of a repository leave out is left out where that was asked for (ignore.h).
 */
#ifndef EKSLINT_CLI_WALK_H
#define EKSLINT_CLI_WALK_H

#include "base/atoms.h"
#include "cli/strings.h"

/* A file to read, or a path that leads to none, and why. */
struct found {
    const char *name; /* as it is shown and opened */
    const char *why;  /* NULL: a file */
    bool met;         /* in a folder; nobody named it */
    bool seen;        /* for file_read_seen(): a regular file itself, and no link to one */
};

struct walk {
    struct arena *arena;
    const struct str *endings; /* ".json", ...; compared without case */
    size_t ending_count;
    bool integration;  /* also the files of an integration that are told by their place */
    bool gitignore;    /* leave out what .gitignore files do, of what is met in a folder */
    bool strict_links; /* a link to a file outside of the folder is listed, with why */
    /* Is a file, or everything in a folder, left out? NULL: nothing is. */
    bool (*leaves_out)(void *context, const char *path, bool is_folder);
    void *context;
    size_t hidden, ignored; /* entries that were passed over: hidden ones, and by .gitignore */
    size_t left_out;        /* files that were named themselves, and left out */
    struct strings configs; /* files .ekslint.yaml that were met, where `integration` is set */
    struct atoms seen;      /* names already found: each is listed once */
    struct found *items;
    size_t count, capacity;
};

/*
 * Where `integration` is set, .gitlab, .aws and .gitlab-ci.yml are not hidden, and `config` and
 * `credentials` in a folder .aws or aws are taken.
 */
void walk_init(struct walk *walk, struct arena *arena, const struct str *endings,
               size_t ending_count);

/*
 * Add what a path stands for. A file that is named itself is taken whatever its name ends in, unless
 * it is left out.
 */
void walk_add(struct walk *walk, const char *path);

/*
 * Add a file as if it had been met in a folder: only where its name ends as wanted, no part of it is
 * hidden, it is a file and no link, and it is not left out.
 */
void walk_add_met(struct walk *walk, const char *path);

#endif
