/* SPDX-License-Identifier: MIT */
/* `completions`: which candidates belong where, and those that only the engine knows. */
#include "cli/completions.h"

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/setup.h"
#include "ekslint.h"

enum { SCRIPT_MAX = 256 * 1024 };

enum candidates completions_of_value(const struct option_row *row)
{
    static const struct {
        struct str argument;
        enum candidates candidates;
    } table[] = {
        {STR_INIT("FILE"), CANDIDATES_FILES},        {STR_INIT("PATH"), CANDIDATES_FILES},
        {STR_INIT("DIR"), CANDIDATES_FILES},         {STR_INIT("ID|GLOB"), CANDIDATES_RULES},
        {STR_INIT("ID"), CANDIDATES_RULES},          {STR_INIT("KIND"), CANDIDATES_KINDS},
        {STR_INIT("FORMAT"), CANDIDATES_FORMATS},    {STR_INIT("FORMAT=FILE"), CANDIDATES_REPORT},
        {STR_INIT("ID=LEVEL"), CANDIDATES_SEVERITY},
    };
    if (row->choices) {
        return CANDIDATES_WORDS;
    }
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        if (str_eq(table[i].argument, str_from_c(row->argument))) {
            return table[i].candidates;
        }
    }
    return CANDIDATES_NONE;
}

enum candidates completions_of_operands(enum command command)
{
    static const struct {
        enum command command;
        enum candidates candidates;
    } table[] = {
        {COMMAND_EXPLAIN, CANDIDATES_RULES_OR_FILES}, {COMMAND_TRACE, CANDIDATES_RULES_OR_FILES},
        {COMMAND_RULES, CANDIDATES_RULES_OR_FILES},   {COMMAND_SCHEMA, CANDIDATES_SCHEMAS},
        {COMMAND_COMPLETIONS, CANDIDATES_NONE},       {COMMAND_MAN, CANDIDATES_NONE},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        if (table[i].command == command) {
            return table[i].candidates;
        }
    }
    return CANDIDATES_FILES;
}

struct str completions_words(enum command command)
{
    struct str name, words, rest;
    (void)str_cut(str_from_c(option_commands[command].usage), ' ', &name, &rest);
    (void)str_cut(rest, ' ', &words, &rest);
    bool lower = words.len && words.ptr[0] >= 'a' && words.ptr[0] <= 'z';
    return lower && str_find_char(words, '|') < words.len ? words : (struct str){0};
}

const char *completions_formats(enum command command)
{
    switch (command) {
    case COMMAND_CHECK:
    case COMMAND_CONFIG:
        return ekslint_formats();
    default:
        return "text, json";
    }
}

void completions_add_words(struct buf *out, struct str list)
{
    for (size_t i = 0; i < list.len; i++) {
        if (list.ptr[i] == '|' || list.ptr[i] == ',') {
            buf_add_char(out, ' ');
        } else if (list.ptr[i] != ' ') {
            buf_add_char(out, list.ptr[i]);
        }
    }
}

/* ---- the command ---- */

static int print_script(void (*script)(struct buf *out))
{
    struct buf out = buf_with_max(SCRIPT_MAX);
    script(&out);
    int status = output_standard(buf_str(&out));
    buf_release(&out);
    return status;
}

static int print_names(struct cli *cli, ekslint_text (*names)(ekslint *e))
{
    ekslint *e = setup_engine(cli);
    if (!e) {
        return EKSLINT_USAGE;
    }
    int status = setup_print(names(e));
    ekslint_free(e);
    return status;
}

static const struct {
    const char *word;
    void (*script)(struct buf *out);
    ekslint_text (*names)(ekslint *e);
} outputs[] = {
    {"bash", completions_bash, NULL},  {"zsh", completions_zsh, NULL},
    {"fish", completions_fish, NULL},  {"rules", NULL, ekslint_rule_ids},
    {"kinds", NULL, ekslint_kind_ids}, {"schemas", NULL, ekslint_schemas},
};

int command_completions(struct cli *cli)
{
    static const char words[] = "bash, zsh, fish, rules, kinds, schemas";
    const struct options *options = cli->options;
    if (options->operands.count != 1) {
        return options_wrong(options, "completions takes one of: %s", words);
    }
    const char *word = options->operands.items[0];
    for (size_t i = 0; i < COUNT_OF(outputs); i++) {
        if (strcmp(outputs[i].word, word) == 0) {
            return outputs[i].script ? print_script(outputs[i].script)
                                     : print_names(cli, outputs[i].names);
        }
    }
    return options_wrong_word(options, "word after 'completions'", word, words);
}
