/* SPDX-License-Identifier: MIT */
/* `query`: one JSONPath expression on one text. */
#include "base/paths.h"
#include "cli/commands.h"
#include "cli/confine.h"
#include "cli/files.h"
#include "cli/message.h"
#include "cli/setup.h"

static int evaluate(const struct options *options, const char *name, struct str bytes)
{
    const char *mode = options->paths ? "paths" : options->nodes ? "nodes" : "values";
    ekslint_text text = {0};
    int status = ekslint_query(options->operands.items[0], mode, name, bytes.ptr, bytes.len,
                               options->limit.items, &text);
    if (status == EKSLINT_OK) {
        return setup_print(text);
    }
    message_text((struct str){text.text, text.len});
    ekslint_text_free(text);
    return status;
}

int command_query(struct cli *cli)
{
    const struct options *options = cli->options;
    const struct strings *operands = &options->operands;
    if (operands->count < 1 || operands->count > 2) {
        return options_wrong(options, operands->count ? "query takes one expression and one file"
                                                      : "query needs an expression");
    }
    if (options->paths && options->nodes) {
        return options_wrong(options, "--paths and --nodes exclude each other");
    }
    bool from_file = operands->count == 2 && strcmp(operands->items[1], "-") != 0;
    const char *name = options->stdin_filename ? options->stdin_filename : "stdin";
    if (from_file) {
        name = path_clean(cli->arena, operands->items[1]);
    }
    struct file_text text = from_file ? file_read_within(cli->arena, name, &cli->limits)
                                      : file_read_standard_input(cli->arena, &cli->limits);
    if (text.why) {
        message_error("'%s' %s", name, text.why);
        return EKSLINT_INPUT;
    }
    confine_seal(cli);
    return evaluate(options, name, text.bytes);
}
