/* SPDX-License-Identifier: MIT */
/*
 * Completions for shells, made from the option table, so that they cannot differ from what the parser
 * takes. What an option takes is told by the name that its argument has in help (FILE, ID|GLOB, …),
 * which rows of the table need anyway. Ids of rules are asked of the program as they are needed
 * (`ekslint completions rules`), so that those of a repository's own rules are among them.
 */
#ifndef EKSLINT_CLI_COMPLETIONS_H
#define EKSLINT_CLI_COMPLETIONS_H

#include "base/buf.h"
#include "cli/option_table.h"

/* What may stand in a place of the command line. */
enum candidates {
    CANDIDATES_NONE,
    CANDIDATES_WORDS, /* a list in the table */
    CANDIDATES_FILES,
    CANDIDATES_RULES,
    CANDIDATES_RULES_OR_FILES,
    CANDIDATES_KINDS,
    CANDIDATES_SCHEMAS,
    CANDIDATES_FORMATS,  /* those of the command */
    CANDIDATES_REPORT,   /* FORMAT=FILE */
    CANDIDATES_SEVERITY, /* ID=LEVEL */
    CANDIDATES_COUNT
};

/* Of an option's value; NONE for a flag. */
enum candidates completions_of_value(const struct option_row *row);

/* Of a command's arguments, behind its word where it has any (completions_words()). */
enum candidates completions_of_operands(enum command command);

/* "list|show|test": the words that may come first behind a command, or empty. */
struct str completions_words(enum command command);

/* "text, json": what --format takes with a command. */
const char *completions_formats(enum command command);

/* Does the command take the option, and do help texts show it? */
static inline bool completions_has(enum command command, const struct option_row *row)
{
    return row->help && (row->commands & (1u << command));
}

/* "a, b" or "a|b" as "a b". */
void completions_add_words(struct buf *out, struct str list);

/* A script for each shell. */
void completions_bash(struct buf *out);
void completions_zsh(struct buf *out);
void completions_fish(struct buf *out);

#endif
