/* SPDX-License-Identifier: MIT */
/*
 * The command line: commands and options from two tables, which drive parsing, --help and "did you
 * mean".
 */
#ifndef EKSLINT_CLI_OPTIONS_H
#define EKSLINT_CLI_OPTIONS_H

#include "base/buf.h"
#include "cli/strings.h"

enum command {
    COMMAND_CHECK,
    COMMAND_DIAGNOSE,
    COMMAND_EXPLAIN,
    COMMAND_RULES,
    COMMAND_TRACE,
    COMMAND_QUERY,
    COMMAND_SIMULATE,
    COMMAND_CONFIG,
    COMMAND_SUPPRESSIONS,
    COMMAND_REDACT,
    COMMAND_INIT,
    COMMAND_SCHEMA,
    COMMAND_COMPLETIONS,
    COMMAND_MAN,
    COMMAND_COUNT
};

/* What was asked for. A text that was not given is NULL. */
struct options {
    enum command command;
    bool command_given; /* false: check, because nothing else was named */
    struct strings operands;

    const char *format;
    const char *output;
    struct strings report; /* FORMAT=FILE */
    const char *config;
    bool no_config;
    struct strings rules;
    bool no_builtin;
    struct strings select;
    struct strings ignore;
    const char *profile;
    struct strings severity;
    struct strings limit; /* with NULL behind the last, or without any */
    const char *fail_on;
    bool exit_zero;
    const char *kind;
    const char *family;
    const char *stage;
    const char *stdin_filename;
    const char *files_from;
    bool null;
    const char *changed_since;
    bool no_ignore;
    bool hook;
    bool stdin_jsonl;
    bool stats;
    bool profile_rules;
    const char *jobs;
    const char *color;
    const char *language;
    const char *date;
    const char *flow;
    bool quiet;
    bool no_suppressions;
    const char *baseline;
    const char *write_baseline;
    bool prune_baseline;
    bool collect;
    bool fix;
    bool unsafe;
    bool diff;
    bool mutate;
    bool compiled;
    bool paths;
    bool nodes;
    bool no_sandbox;
    const char *error_text;
    const char *map;
    bool help;
    bool version;
};

/*
 * Read the arguments. False where they are wrong, which has been said. The texts point into argv;
 * lists are in arena.
 */
MUST_USE bool options_parse(struct options *options, struct arena *arena, int argc, char **argv);

/* The text of --help: of a command, or of the program where none was named. */
void options_help(const struct options *options, struct buf *out);

/* Whether a command is in this version; false has been said. */
bool options_is_available(enum command command);

/*
 * Say that `word` is none of a command's own words ("list, show"), with the nearest one; returns
 * EKSLINT_USAGE.
 */
int options_wrong_word(const struct options *options, const char *what, const char *word,
                       const char *choices);

/* Say what is wrong with the arguments, and how to get help; returns EKSLINT_USAGE. */
int options_wrong(const struct options *options, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * Say that the first operand, which names no file, is nearly a command's name; false where it is
 * not.
 */
bool options_is_misspelt_command(const struct options *options);

/* Whether word is one of the words of a list as "text, oneline, json". */
bool options_has_word(const char *choices, const char *word);

#endif
