/* SPDX-License-Identifier: MIT */
/*
 * --fix and --diff: files are checked, mended in memory and checked again until nothing is left to mend;
 * only then is anything written, each file whole or not at all.
 */
#ifndef EKSLINT_CLI_FIX_H
#define EKSLINT_CLI_FIX_H

#include "cli/commands.h"
#include "cli/files.h"
#include "ekslint.h"

/* A text that is checked: as it was read, and as it is by now. */
struct fix_text {
    const char *name; /* in reports */
    const char *path; /* of the file; NULL: standard input */
    struct str original, text;
    struct str shown; /* the original as it may be printed; set for --diff */
};

struct fixes {
    struct fix_text *items;
    size_t count, capacity;
    size_t made;    /* findings that were mended */
    bool wrong;     /* a rule's edits are, or do not come to an end, which has been said */
    bool settled;   /* nothing is mended any more, and what there was is written */
    bool unwritten; /* a file could not be, which has been said: its text is the original again */
};

/* The text of this name, where it was read before: not from the file again. */
MUST_USE bool fixes_find(const struct cli *cli, const char *name, struct file_text *text);

/* Keep a text that was read; nothing where cli->fixes is NULL. */
void fixes_keep(struct cli *cli, const char *name, const char *path, struct str text);

/*
 * Mend what a check has found, in cli->fixes, and check again (`judge` gives a new handle, or NULL, with
 * its exit status) until nothing is left. Returns the handle of the last check; `e` then is freed.
 */
ekslint *fixes_settle(struct cli *cli, ekslint *e, ekslint *(*judge)(struct cli *cli, int *status),
                      int *status);

/* Say what could not be mended where it stands, and why. */
void fixes_tell_refused(ekslint *e);

/*
 * Write the files, or print the text of standard input. Returns the worst exit status. What could not be
 * written is to be judged as it is.
 */
int fixes_write(struct cli *cli);

/* Note how the texts of a check may be printed: without secrets. To be called before anything is mended. */
void fixes_note_shown(const struct cli *cli, const ekslint *e);

/* Print what would be written as a unified diff instead; `e` is the last check. */
int fixes_print(const struct cli *cli, const ekslint *e);

/* Was standard input mended, so that standard output is its text's and not the report's? */
bool fixes_take_output(const struct cli *cli);

#endif
