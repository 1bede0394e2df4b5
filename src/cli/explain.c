/* SPDX-License-Identifier: MIT */
/* `explain`: one rule for people. */
#include "cli/commands.h"
#include "cli/message.h"
#include "cli/setup.h"

#include <unistd.h>

int command_explain(struct cli *cli)
{
    const struct options *options = cli->options;
    if (options->error_text) {
        message_error("'explain --error' is not available in this version");
        return EKSLINT_USAGE;
    }
    if (options->operands.count != 1) {
        return options_wrong(options, "explain takes one rule id");
    }
    ekslint *e = setup_engine(cli);
    if (!e) {
        return EKSLINT_USAGE;
    }
    const char *id = options->operands.items[0];
    ekslint_output settings = setup_output(cli, STDOUT_FILENO);
    ekslint_text text = ekslint_explain(e, id, &settings);
    int status = text.text ? setup_print(text) : setup_unknown_rule(e, id);
    ekslint_free(e);
    return status;
}
