/* SPDX-License-Identifier: MIT */
/*
 * Options may stand anywhere before "--" and are read the way GNU programs do: --name=value, --name
 * value, -f value, -fvalue, -qh. Long names are not abbreviated: a script must not break when an
 * option is added.
 */
#include "cli/options.h"

#include "cli/help.h"
#include "cli/message.h"
#include "cli/option_table.h"
#include "ekslint.h"

#include <stdarg.h>
#include <stdio.h>

struct parser {
    struct options *options;
    struct arena *arena;
    char **argv;
    int argc;
    int at;         /* the argument being read */
    uint64_t given; /* bits of rows */
    bool only_operands;
};

int options_wrong(const struct options *options, const char *format, ...)
{
    char text[4096];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    message_error("%s", text);
    const char *command = options->command_given ? option_commands[options->command].name.ptr : "";
    message_error("try 'ekslint %s%s--help'", command, *command ? " " : "");
    return EKSLINT_USAGE;
}

/* The words of a list as "text, oneline, json"; returns how many were stored. */
static size_t split_words(const char *choices, struct str *words, size_t max)
{
    struct str rest = str_from_c(choices);
    size_t count = 0;
    bool more = rest.len > 0;
    while (more && count < max) {
        struct str word;
        more = str_cut(rest, ',', &word, &rest);
        words[count++] = str_trim(word);
    }
    return count;
}

enum { WORDS_MAX = 64 };

bool options_has_word(const char *choices, const char *word)
{
    struct str words[WORDS_MAX];
    size_t count = split_words(choices, words, WORDS_MAX);
    for (size_t i = 0; i < count; i++) {
        if (str_eq(words[i], str_from_c(word))) {
            return true;
        }
    }
    return false;
}

int options_wrong_word(const struct options *options, const char *what, const char *word,
                       const char *choices)
{
    struct str words[WORDS_MAX];
    size_t count = split_words(choices, words, WORDS_MAX);
    struct str nearest = str_nearest(str_from_c(word), words, count);
    if (nearest.len) {
        return options_wrong(options, "unknown %s '%s'; did you mean '%.*s'? (known: %s)", what,
                             word, STR_ARG(nearest), choices);
    }
    return options_wrong(options, "unknown %s '%s' (known: %s)", what, word, choices);
}

/* ---- options ---- */

static const struct option_row *find_long(struct str name)
{
    for (size_t i = 0; i < option_row_count; i++) {
        if (str_eq(option_rows[i].name, name)) {
            return &option_rows[i];
        }
    }
    return NULL;
}

static const struct option_row *find_letter(char letter)
{
    for (size_t i = 0; i < option_row_count; i++) {
        if (option_rows[i].letter && option_rows[i].letter == letter) {
            return &option_rows[i];
        }
    }
    return NULL;
}

static bool wrong_option(const struct parser *parser, const char *dashes, struct str name)
{
    struct str names[OPTION_ROWS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < option_row_count; i++) {
        if (option_rows[i].help) {
            names[count++] = option_rows[i].name;
        }
    }
    struct str nearest = str_nearest(name, names, count);
    if (nearest.len) {
        options_wrong(parser->options, "unknown option '%s%.*s'; did you mean '--%.*s'?", dashes,
                      STR_ARG(name), STR_ARG(nearest));
    } else {
        options_wrong(parser->options, "unknown option '%s%.*s'", dashes, STR_ARG(name));
    }
    return false;
}

/* Keep an option's value; `value` is NULL for a flag. */
static bool store(struct parser *parser, const struct option_row *row, const char *value)
{
    /* The table says by its type what stands at the offset. */
    void *field = (char *)parser->options + row->field;
    parser->given |= (uint64_t)1 << (row - option_rows);
    switch (row->type) {
    case OPTION_FLAG:
        *(bool *)field = true;
        break;
    case OPTION_TEXT:
        *(const char **)field = value;
        break;
    case OPTION_LIST:
        strings_add(parser->arena, field, value);
        break;
    }
    if (row->choices && !options_has_word(row->choices, value)) {
        char what[32];
        snprintf(what, sizeof what, "value of --%s", row->name.ptr);
        options_wrong_word(parser->options, what, value, row->choices);
        return false;
    }
    return true;
}

/* The next argument as the value of an option. */
static bool store_next(struct parser *parser, const struct option_row *row)
{
    if (parser->at + 1 >= parser->argc) {
        options_wrong(parser->options, "option '--%s' needs a value: --%s %s", row->name.ptr,
                      row->name.ptr, row->argument);
        return false;
    }
    return store(parser, row, parser->argv[++parser->at]);
}

static bool parse_long(struct parser *parser, const char *argument)
{
    struct str name, unused;
    bool has_value = str_cut(str_from_c(argument), '=', &name, &unused);
    const struct option_row *row = find_long(name);
    if (!row) {
        return wrong_option(parser, "--", name);
    }
    if (has_value && row->type == OPTION_FLAG) {
        options_wrong(parser->options, "option '--%s' takes no value", row->name.ptr);
        return false;
    }
    if (has_value) {
        return store(parser, row, argument + name.len + 1);
    }
    return row->type == OPTION_FLAG ? store(parser, row, NULL) : store_next(parser, row);
}

static bool parse_letters(struct parser *parser, const char *letters)
{
    struct str name, unused;
    str_cut(str_from_c(letters), '=', &name, &unused);
    if (name.len > 1 && find_long(name)) {
        return wrong_option(parser, "-", name); /* "-format": not -f with the value "ormat" */
    }
    for (; *letters; letters++) {
        const struct option_row *row = find_letter(*letters);
        if (!row) {
            return wrong_option(parser, "-", (struct str){letters, strlen(letters)});
        }
        if (row->type != OPTION_FLAG) {
            return letters[1] ? store(parser, row, letters + 1) : store_next(parser, row);
        }
        if (!store(parser, row, NULL)) {
            return false;
        }
    }
    return true;
}

/* ---- operands and commands ---- */

static bool find_command(struct str name, enum command *command)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (str_eq(option_commands[i].name, name)) {
            *command = (enum command)i;
            return true;
        }
    }
    return false;
}

static void add_operand(struct parser *parser, const char *word)
{
    struct options *options = parser->options;
    bool first = !options->command_given && options->operands.count == 0;
    if (first && !parser->only_operands && find_command(str_from_c(word), &options->command)) {
        options->command_given = true;
        return;
    }
    strings_add(parser->arena, &options->operands, word);
}

static bool parse_argument(struct parser *parser, const char *argument)
{
    if (parser->only_operands || argument[0] != '-' || argument[1] == '\0') {
        add_operand(parser, argument);
        return true;
    }
    if (strcmp(argument, "--") == 0) {
        parser->only_operands = true;
        return true;
    }
    return argument[1] == '-' ? parse_long(parser, argument + 2)
                              : parse_letters(parser, argument + 1);
}

/* "check, rules" */
static void list_commands_of(const struct option_row *row, char *out, size_t size)
{
    size_t len = 0;
    out[0] = '\0';
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if ((row->commands & (1u << i)) && option_commands[i].available && len < size) {
            len += (size_t)snprintf(out + len, size - len, "%s%s", len ? ", " : "",
                                    option_commands[i].name.ptr);
        }
    }
}

/*
 * Options may stand before the command, so that whether they belong to it is known only at the end.
 */
static bool check_commands_of_options(const struct parser *parser)
{
    enum command command = parser->options->command;
    for (size_t i = 0; i < option_row_count; i++) {
        bool given = (parser->given >> i) & 1u;
        if (given && !(option_rows[i].commands & (1u << command))) {
            char owners[128];
            list_commands_of(&option_rows[i], owners, sizeof owners);
            options_wrong(parser->options, "option '--%s' is not for '%s', only for: %s",
                          option_rows[i].name.ptr, option_commands[command].name.ptr, owners);
            return false;
        }
    }
    return true;
}

bool options_parse(struct options *options, struct arena *arena, int argc, char **argv)
{
    *options = (struct options){.command = COMMAND_CHECK};
    struct parser parser = {.options = options, .arena = arena, .argv = argv, .argc = argc};
    for (parser.at = 1; parser.at < argc; parser.at++) {
        if (!parse_argument(&parser, argv[parser.at])) {
            return false;
        }
    }
    return !option_commands[options->command].available || check_commands_of_options(&parser);
}

bool options_is_available(enum command command)
{
    if (!option_commands[command].available) {
        message_error("'%s' is not available in this version", option_commands[command].name.ptr);
    }
    return option_commands[command].available;
}

bool options_is_misspelt_command(const struct options *options)
{
    struct str names[COMMAND_COUNT];
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        names[i] = option_commands[i].name;
    }
    const char *word = options->operands.items[0];
    struct str nearest = str_nearest(str_from_c(word), names, COMMAND_COUNT);
    if (nearest.len) {
        options_wrong(options, "unknown command '%s'; did you mean '%.*s'?", word,
                      STR_ARG(nearest));
    }
    return nearest.len > 0;
}

/* ---- help ---- */

/* Where the second column starts in the lists of commands, options and exit statuses. */
enum { COMMANDS_COLUMN = 16, OPTIONS_COLUMN = 29, STATUS_COLUMN = 5 };

static void add_option(struct buf *out, const struct option_row *row)
{
    char term[64];
    char letter[5] = "    ";
    if (row->letter) {
        snprintf(letter, sizeof letter, "-%c, ", row->letter);
    }
    snprintf(term, sizeof term, "%s--%s%s%s", letter, row->name.ptr, row->argument ? " " : "",
             row->argument ? row->argument : "");
    help_definition(out, OPTIONS_COLUMN, str_from_c(term), str_from_c(row->help));
}

static void add_options(struct buf *out, enum command command)
{
    buf_add_c(out, "\nOptions:\n");
    for (size_t i = 0; i < option_row_count; i++) {
        if (option_rows[i].help && (option_rows[i].commands & (1u << command))) {
            add_option(out, &option_rows[i]);
        }
    }
}

static void add_statuses(struct buf *out)
{
    buf_add_c(out, "\nExit status:\n");
    for (size_t i = 0; i < OPTION_STATUSES; i++) {
        char digit = (char)('0' + i);
        help_definition(out, STATUS_COLUMN, (struct str){&digit, 1}, option_statuses[i]);
    }
}

static void add_overview(struct buf *out)
{
    buf_add_c(out, "usage: ekslint [COMMAND] [OPTIONS] [ARGUMENTS]\n\n");
    help_paragraph(out, STR("Reads the files of an EKS integration and says, without one network "
                            "call, what will fail and why."));
    buf_add_c(out, "\nCommands:\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (option_commands[i].available) {
            help_definition(out, COMMANDS_COLUMN, option_commands[i].name,
                            str_from_c(option_commands[i].summary));
        }
    }
    buf_add_char(out, '\n');
    help_paragraph(out, STR("'ekslint COMMAND --help' shows the options of a command. Without a "
                            "command, check is meant:"));
}

void options_help(const struct options *options, struct buf *out)
{
    const struct command_row *command = &option_commands[options->command];
    if (options->command_given) {
        buf_printf(out, "usage: ekslint %s\n\n", command->usage);
        help_paragraph(out, str_from_c(command->summary));
    } else {
        add_overview(out);
    }
    add_options(out, options->command);
    if (options->command == COMMAND_CONFIG) {
        help_configuration(out);
    }
    bool diagnoses = options->command == COMMAND_DIAGNOSE;
    const char *formats = diagnoses ? ekslint_diagnosis_formats() : ekslint_formats();
    if (diagnoses || options->command == COMMAND_CHECK) {
        buf_add_char(out, '\n');
        help_list(out, STR("Formats: "), str_from_c(formats));
        add_statuses(out);
    }
}
