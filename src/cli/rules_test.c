/* SPDX-License-Identifier: MIT */
/* `rules test` and `rules check`: the rule files that were named, or else the built-in rules. */
#include "cli/rules.h"

#include "cli/confine.h"
#include "cli/files.h"
#include "cli/message.h"
#include "cli/setup.h"
#include "cli/walk.h"

#include <unistd.h>

static const char formats[] = "text, json";

/* Which rules are tested; false has been said. */
static bool wish(ekslint *e, const struct options *options)
{
    const struct strings *const lists[] = {&options->select, &options->ignore};
    for (size_t l = 0; l < COUNT_OF(lists); l++) {
        for (size_t i = 0; i < lists[l]->count; i++) {
            const char *glob = lists[l]->items[i];
            if (!(l == 0 ? ekslint_select(e, glob) : ekslint_ignore(e, glob))) {
                setup_unknown_rule(e, glob);
                return false;
            }
        }
    }
    return true;
}

/*
 * The files behind the operands: EKSLINT_USAGE where one is wrong, EKSLINT_INPUT where one cannot be
 * read; the others are tested all the same.
 */
static int add_files(struct cli *cli, ekslint *e)
{
    static const struct str endings[] = {STR_INIT(".yaml"), STR_INIT(".yml")};
    const struct strings *operands = &cli->options->operands;
    int status = EKSLINT_OK;
    struct walk walk;
    walk_init(&walk, cli->arena, endings, COUNT_OF(endings));
    for (size_t i = 1; i < operands->count; i++) {
        walk_add(&walk, operands->items[i]);
    }
    for (size_t i = 0; i < walk.count; i++) {
        const struct found *found = &walk.items[i];
        struct file_text text = {.why = found->why};
        if (!text.why) {
            text = file_read(cli->arena, found->name);
        }
        if (text.why) {
            message_error("'%s' %s", found->name, text.why);
            status = EKSLINT_INPUT;
        } else if (!ekslint_add_rules(e, found->name, text.bytes.ptr, text.bytes.len) &&
                   status == EKSLINT_OK) {
            status = EKSLINT_USAGE;
        }
    }
    return status;
}

/* An engine with the rules that are meant, and in *broken what is wrong with their files; NULL has been said. */
static ekslint *open_rules(struct cli *cli, int *broken)
{
    ekslint *e = setup_engine(cli);
    if (!e) {
        return NULL;
    }
    *broken = EKSLINT_OK;
    if (cli->options->operands.count > 1) {
        ekslint_no_builtin(e);
        *broken = add_files(cli, e);
    }
    confine_seal(cli);
    if (*broken != EKSLINT_OK) {
        setup_print_problems(cli, e);
    }
    if (!wish(e, cli->options)) {
        ekslint_free(e);
        return NULL;
    }
    return e;
}

int rules_check(struct cli *cli)
{
    const struct options *options = cli->options;
    const char *format = options->format ? options->format : "text";
    if (!ekslint_has_format(format)) {
        return options_wrong_word(options, "format of 'rules check'", format, ekslint_formats());
    }
    int broken;
    ekslint *e = open_rules(cli, &broken);
    if (!e) {
        return EKSLINT_USAGE;
    }
    int status = ekslint_check_rules(e);
    ekslint_output settings = setup_output(cli, STDOUT_FILENO);
    settings.quiet = options->quiet;
    int printed = setup_print(ekslint_rule_problems(e, format, &settings));
    ekslint_free(e);
    if (broken != EKSLINT_OK && status != EKSLINT_INTERNAL) {
        status = broken;
    }
    return printed != EKSLINT_OK ? printed : status;
}

int rules_test(struct cli *cli)
{
    const struct options *options = cli->options;
    const char *format = options->format ? options->format : "text";
    if (!options_has_word(formats, format)) {
        return options_wrong_word(options, "format of 'rules test'", format, formats);
    }
    int broken;
    ekslint *e = open_rules(cli, &broken);
    if (!e) {
        return EKSLINT_USAGE;
    }
    int status = ekslint_test_rules(e, options->mutate);
    ekslint_output settings = setup_output(cli, STDOUT_FILENO);
    int printed = setup_print(ekslint_rule_tests(e, format, &settings));
    ekslint_free(e);
    if (broken != EKSLINT_OK && status != EKSLINT_INTERNAL) {
        status = broken;
    }
    return printed != EKSLINT_OK ? printed : status;
}
