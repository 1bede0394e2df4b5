/* SPDX-License-Identifier: MIT */
/* `trace`: one rule on files, clause by clause. */
#include "cli/check.h"
#include "cli/message.h"
#include "cli/setup.h"

int command_trace(struct cli *cli)
{
    const struct options *options = cli->options;
    if (options->operands.count == 0) {
        return options_wrong(options, "trace takes a rule id and paths");
    }
    ekslint *e = setup_engine(cli);
    if (!e) {
        return EKSLINT_USAGE;
    }
    const char *id = options->operands.items[0];
    struct options files = *options;
    files.operands.items++;
    files.operands.count--;
    struct cli inner = *cli;
    inner.options = &files;
    int status = EKSLINT_USAGE;
    if (check_configure(&inner, e) && check_paths(&inner)) {
        ekslint_text trace;
        check_add_files(&inner, e);
        int verdict = ekslint_trace(e, id, &trace);
        status = trace.text ? check_worse(verdict, setup_print(trace)) : setup_unknown_rule(e, id);
    }
    ekslint_free(e);
    return status;
}
