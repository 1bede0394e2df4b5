/* SPDX-License-Identifier: MIT */
/*
 * The commands and options, once: parsing, --help and "did you mean" all go by these tables. A new
 * option is a field of struct options and a row; a new command a member of enum command and a row.
 */
#ifndef EKSLINT_CLI_OPTION_TABLE_H
#define EKSLINT_CLI_OPTION_TABLE_H

#include "cli/options.h"

struct command_row {
    struct str name;
    const char *usage;
    const char *summary;
    bool available;
};

/* How an option's value is kept. */
enum option_type { OPTION_FLAG, OPTION_TEXT, OPTION_LIST };

struct option_row {
    struct str name;
    char letter;          /* 0: only the long name */
    const char *argument; /* its name in help; NULL for a flag */
    enum option_type type;
    size_t field; /* offset in struct options: bool, const char * or struct strings */
    unsigned commands;
    const char *choices; /* "a, b": the only values; or NULL */
    const char *help;    /* NULL: not in help, because not in this version */
};

/* A set of options is a uint64_t. */
enum { OPTION_ROWS_MAX = 64 };

extern const struct command_row option_commands[COMMAND_COUNT];
extern const struct option_row option_rows[];
extern const size_t option_row_count;

/* What each exit status means, from 0 on (ekslint.h). */
enum { OPTION_STATUSES = 6 };
extern const struct str option_statuses[OPTION_STATUSES];

#endif
