/* SPDX-License-Identifier: MIT */
/* `rules` and its words; `rules test` has a file of its own. */
#include "cli/commands.h"
#include "cli/message.h"
#include "cli/rules.h"
#include "cli/setup.h"

#include <unistd.h>

static const char formats[] = "text, json";

static bool has_filter(const struct options *options)
{
    return options->kind || options->family || options->stage || options->severity.count ||
           options->profile;
}

static int list(struct cli *cli)
{
    const struct options *options = cli->options;
    const char *format = options->format ? options->format : "text";
    if (!options_has_word(formats, format)) {
        return options_wrong_word(options, "format of 'rules list'", format, formats);
    }
    if (options->operands.count > 1) {
        return options_wrong(options, "'rules list' takes no argument");
    }
    if (options->severity.count > 1) {
        return options_wrong(options, "'rules list' takes one --severity");
    }
    ekslint *e = setup_engine(cli);
    if (!e) {
        return EKSLINT_USAGE;
    }
    ekslint_output settings = setup_output(cli, STDOUT_FILENO);
    const ekslint_rule_filter filter = {
        .kind = options->kind,
        .family = options->family,
        .stage = options->stage,
        .severity = options->severity.count ? options->severity.items[0] : NULL,
        .profile = options->profile,
    };
    const char *wrong;
    ekslint_text text = ekslint_rules_list(e, &filter, format, &settings, &wrong);
    int status = wrong ? options_wrong(options, "%s", wrong) : setup_print(text);
    ekslint_free(e);
    return status;
}

static int show(struct cli *cli)
{
    const struct options *options = cli->options;
    if (options->operands.count != 2) {
        return options_wrong(options, "'rules show' takes one rule id");
    }
    if (options->format) {
        return options_wrong(options, "--format is for 'rules list' and 'rules functions'");
    }
    ekslint *e = setup_engine(cli);
    if (!e) {
        return EKSLINT_USAGE;
    }
    const char *id = options->operands.items[1];
    ekslint_text text =
        options->compiled ? ekslint_rules_compiled(e, id) : ekslint_rules_show(e, id);
    int status = text.text ? setup_print(text) : setup_unknown_rule(e, id);
    ekslint_free(e);
    return status;
}

static int functions(const struct options *options)
{
    const char *format = options->format ? options->format : "text";
    if (!options_has_word(formats, format)) {
        return options_wrong_word(options, "format of 'rules functions'", format, formats);
    }
    if (options->operands.count > 1) {
        return options_wrong(options, "'rules functions' takes no argument");
    }
    return setup_print(ekslint_rules_functions(format));
}

static int faults(const struct options *options)
{
    if (options->operands.count > 1 || options->format) {
        return options_wrong(options, "'rules faults' takes no argument and no --format");
    }
    return setup_print(ekslint_rules_faults());
}

int command_rules(struct cli *cli)
{
    const struct options *options = cli->options;
    if (options->operands.count == 0) {
        return options_wrong(options, "rules needs one of: list, show, test, check, export, "
                                      "pages, functions, faults");
    }
    const char *word = options->operands.items[0];
    if (strcmp(word, "list") != 0 && has_filter(options)) {
        return options_wrong(
            options, "--kind, --family, --stage, --severity and --profile are for 'rules list'");
    }
    if (strcmp(word, "show") != 0 && options->compiled) {
        return options_wrong(options, "--compiled is for 'rules show'");
    }
    if (strcmp(word, "test") == 0) {
        return rules_test(cli);
    }
    if (options->mutate) {
        return options_wrong(options, "--mutate is for 'rules test'");
    }
    if (strcmp(word, "check") == 0) {
        return rules_check(cli);
    }
    if (options->select.count || options->ignore.count) {
        return options_wrong(options,
                             "--select and --ignore are for 'rules test' and 'rules check'");
    }
    if (strcmp(word, "export") == 0) {
        return rules_export(cli);
    }
    if (strcmp(word, "pages") == 0) {
        return rules_pages(cli);
    }
    if (strcmp(word, "list") == 0) {
        return list(cli);
    }
    if (strcmp(word, "show") == 0) {
        return show(cli);
    }
    if (strcmp(word, "functions") == 0) {
        return functions(options);
    }
    if (strcmp(word, "faults") == 0) {
        return faults(options);
    }
    return options_wrong_word(options, "word after 'rules'", word,
                              "list, show, test, check, export, pages, functions, faults");
}
