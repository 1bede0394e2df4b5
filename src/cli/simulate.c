/* SPDX-License-Identifier: MIT */
/* `simulate`: requests from a file or standard input, decisions on standard output. */
#include "base/paths.h"
#include "cli/commands.h"
#include "cli/confine.h"
#include "cli/files.h"
#include "cli/message.h"
#include "cli/setup.h"

static int evaluate(const struct options *options, const char *name, struct str bytes)
{
    ekslint_output plain = {.language = "en", .quiet = true};
    ekslint_text results = {0};
    ekslint_text problems = {0};
    int status = ekslint_simulate(name, bytes.ptr, bytes.len, options->limit.items, &plain,
                                  &results, &problems);
    if (problems.text) {
        message_text((struct str){problems.text, problems.len});
        ekslint_text_free(problems);
    }
    int printed = setup_print(results);
    return printed == EKSLINT_OK ? status : printed;
}

int command_simulate(struct cli *cli)
{
    const struct options *options = cli->options;
    const struct strings *operands = &options->operands;
    if (operands->count > 1) {
        return options_wrong(options,
                             "simulate takes one file; give several requests as JSON lines");
    }
    bool from_file = operands->count == 1 && strcmp(operands->items[0], "-") != 0;
    const char *name = options->stdin_filename ? options->stdin_filename : "stdin";
    if (from_file) {
        name = path_clean(cli->arena, operands->items[0]);
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
