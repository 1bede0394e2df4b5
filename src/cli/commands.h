/* SPDX-License-Identifier: MIT */
/* The commands, one file each. Each returns the exit status. */
#ifndef EKSLINT_CLI_COMMANDS_H
#define EKSLINT_CLI_COMMANDS_H

#include "cli/inputs.h"
#include "cli/progress.h"

/* What a command works with. */
struct cli {
    const struct options *options;
    struct arena
        *arena; /* lives until the program ends: the engine keeps views of names and bytes */
    struct reports *reports; /* the files to write (reports.h); NULL: of no matter to the command */
    struct limits limits;    /* as --limit sets them */
    const struct inputs *inputs;
    struct read_ahead *read_ahead; /* what has been read; or NULL */
    struct progress progress;
    struct stats *stats;    /* of `check` (stats.h); else NULL */
    struct fixes *fixes;    /* of --fix and --diff (fix.h); else NULL */
    const char *language;   /* of messages, once it is known; or NULL */
    const char *baseline;   /* the baseline of the configuration, absolute; or NULL */
    const char *config;     /* the configuration that was found, absolute; or NULL */
    bool searched;          /* it was looked for: neither --config nor --no-config was given */
    bool wrong;             /* a rule file is; the engine knows where */
    size_t hidden, ignored; /* entries of folders that were passed over */
    bool confined;          /* which files can be opened is settled (confine.h) */
    bool confined_wide;     /* ... and is more than the inputs */
    bool all_left_out;      /* the paths are files, and the configuration leaves out all of them */
};

int command_check(struct cli *cli);
int command_diagnose(struct cli *cli);
int command_explain(struct cli *cli);
int command_rules(struct cli *cli);
int command_query(struct cli *cli);
int command_simulate(struct cli *cli);
int command_init(struct cli *cli);
int command_redact(struct cli *cli);
int command_schema(struct cli *cli);
int command_trace(struct cli *cli);
int command_config(struct cli *cli);
int command_suppressions(struct cli *cli);
int command_completions(struct cli *cli);
int command_man(struct cli *cli);

#endif
