/* SPDX-License-Identifier: MIT */
/* `explain`: one rule for people, or the rules that document an error text. */
#include "cli/check.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/message.h"
#include "cli/setup.h"

#include <unistd.h>

static int explain_rule(struct cli *cli, ekslint *e, const char *format)
{
    const char *id = cli->options->operands.items[0];
    ekslint_output settings = setup_output(cli, STDOUT_FILENO);
    ekslint_text text = ekslint_explain(e, id, format, &settings);
    return text.text ? setup_print(text) : setup_unknown_rule(e, id);
}

/* The text of --error, or standard input for "-". False has been said. */
static bool read_error(struct cli *cli, struct str *error)
{
    *error = str_from_c(cli->options->error_text);
    if (str_eq(*error, STR("-"))) {
        struct file_text text = file_read_standard_input(cli->arena, &cli->limits);
        if (text.why) {
            message_error("standard input %s", text.why);
            return false;
        }
        *error = text.bytes;
    }
    return true;
}

static int explain_error(struct cli *cli, ekslint *e, const char *format)
{
    struct str error;
    if (!read_error(cli, &error)) {
        return EKSLINT_INPUT;
    }
    int status = EKSLINT_OK;
    if (ekslint_find_error(e, error.ptr, error.len) == 0) {
        status = EKSLINT_NOTHING; /* there is nothing that files could be asked */
    } else if (cli->options->operands.count) {
        check_add_files(cli, e);
        status = ekslint_check_error(e);
    }
    ekslint_output settings = setup_output(cli, STDOUT_FILENO);
    int written = setup_print(ekslint_explain_error(e, format, &settings));
    return written == EKSLINT_OK ? status : written;
}

static bool names_standard_input(const struct strings *paths)
{
    for (size_t i = 0; i < paths->count; i++) {
        if (strcmp(paths->items[i], "-") == 0) {
            return true;
        }
    }
    return false;
}

/* False has been said. */
static bool check_usage(const struct options *options)
{
    static const char formats[] = "text, json";
    if (options->format && !options_has_word(formats, options->format)) {
        options_wrong_word(options, "format of 'explain'", options->format, formats);
        return false;
    }
    if (!options->error_text) {
        if (options->operands.count != 1) {
            options_wrong(options, "explain takes one rule id, or --error TEXT");
        }
        return options->operands.count == 1;
    }
    if (str_trim(str_from_c(options->error_text)).len == 0) {
        options_wrong(options, "the text of --error is empty");
        return false;
    }
    for (size_t i = 0; i < options->operands.count; i++) {
        if (options->operands.items[i][0] == '\0') {
            options_wrong(options, "path %zu is empty", i + 1);
            return false;
        }
    }
    if (strcmp(options->error_text, "-") == 0 && names_standard_input(&options->operands)) {
        options_wrong(options, "standard input is the text of --error and cannot be a file, too");
        return false;
    }
    return true;
}

int command_explain(struct cli *cli)
{
    const struct options *options = cli->options;
    if (!check_usage(options)) {
        return EKSLINT_USAGE;
    }
    ekslint *e = setup_engine(cli);
    if (!e) {
        return EKSLINT_USAGE;
    }
    const char *format = options->format ? options->format : "text";
    int status = options->error_text ? explain_error(cli, e, format) : explain_rule(cli, e, format);
    ekslint_free(e);
    return status;
}
