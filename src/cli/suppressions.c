/* SPDX-License-Identifier: MIT */
/* `suppressions`: what is tolerated, and what that hides. */
#include "cli/check.h"
#include "cli/commands.h"
#include "cli/setup.h"

#include <unistd.h>

static bool check_usage(struct cli *cli)
{
    static const char formats[] = "text, json";
    const struct options *options = cli->options;
    if (options->format && !options_has_word(formats, options->format)) {
        options_wrong_word(options, "format of 'suppressions'", options->format, formats);
        return false;
    }
    return check_paths(cli);
}

/* Findings are not asked for: with or without them the list is complete. */
int command_suppressions(struct cli *cli)
{
    if (!check_usage(cli)) {
        return EKSLINT_USAGE;
    }
    ekslint *e = setup_engine(cli);
    if (!e) {
        return EKSLINT_USAGE;
    }
    int status = EKSLINT_USAGE;
    if (check_configure(cli, e)) {
        check_add_files(cli, e);
        status = ekslint_check(e);
        status = status == EKSLINT_FINDINGS ? EKSLINT_OK : status;
        ekslint_output settings = setup_output(cli, STDOUT_FILENO);
        const char *format = cli->options->format ? cli->options->format : "text";
        status = check_worse(status, setup_print(ekslint_suppressions(e, format, &settings)));
        setup_print_obstacles(cli, e);
    }
    ekslint_free(e);
    return status;
}
