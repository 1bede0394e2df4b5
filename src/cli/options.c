/* SPDX-License-Identifier: MIT */
/*
 * Options may stand anywhere before "--" and are read the way GNU programs do: --name=value, --name
 * value, -f value, -fvalue, -qh. Long names are not abbreviated: a script must not break when an
 * option is added.
 */
#include "cli/options.h"

#include "cli/help.h"
#include "cli/message.h"
#include "ekslint.h"

#include <stdarg.h>
#include <stdio.h>

struct command_row {
    struct str name;
    const char *usage;
    const char *summary;
    bool available;
};

static const struct command_row commands[COMMAND_COUNT] = {
    [COMMAND_CHECK] = {STR_INIT("check"), "[check] [OPTIONS] [PATH…]",
                       "lint files and directories (default: the current directory; - is standard "
                       "input)",
                       true},
    [COMMAND_EXPLAIN] =
        {STR_INIT("explain"), "explain [OPTIONS] RULE-ID | --error TEXT [PATH…]",
         "a rule for people; or which rules document an error text, and which of them fail on "
         "these files",
         true},
    [COMMAND_RULES] =
        {STR_INIT("rules"), "rules list|show|test|check|export|pages|functions|faults [ARG…]",
         "list the rules, show the file of one, run the tests in rule files, say what looks wrong "
         "in them, write the built-in ones or a page for each to a folder, or list the functions",
         true},
    [COMMAND_QUERY] = {STR_INIT("query"), "query [OPTIONS] EXPR [FILE]",
                       "evaluate a JSONPath expression (RFC 9535) on JSON or YAML", true},
    [COMMAND_INIT] = {STR_INIT("init"), "init [PATH]",
                      "write a commented gitlab-eks.yaml to start from", true},
    [COMMAND_DIAGNOSE] = {STR_INIT("diagnose"), "diagnose [OPTIONS] PATH…",
                          "take the files for one case and walk the integration step by step: "
                          "where it stops, why, and what waits behind it",
                          true},
    [COMMAND_SIMULATE] = {STR_INIT("simulate"), "simulate [FILE]",
                          "decide IAM requests offline: takes what `aws iam simulate-custom-policy "
                          "--cli-input-json` takes, one request, an array, or JSON lines",
                          true},
    [COMMAND_SCHEMA] = {STR_INIT("schema"), "schema [NAME]",
                        "print the JSON Schema of a format of ekslint's own, for editors; without "
                        "a name, which there are",
                        true},
    [COMMAND_TRACE] = {STR_INIT("trace"), "trace [OPTIONS] RULE-ID [PATH…]",
                       "why a rule did or did not fire on files: the nodes that it selects, the "
                       "value of each clause, the facts that are missing",
                       true},
    [COMMAND_CONFIG] = {STR_INIT("config"), "config [OPTIONS] [PATH]",
                        "the settings that count for a file or folder (default: the current one), "
                        "and where each comes from",
                        true},
    [COMMAND_SUPPRESSIONS] = {STR_INIT("suppressions"), "suppressions [OPTIONS] [PATH…]",
                              "what files and configuration tolerate: where that is written, why, "
                              "until when, and what it hides",
                              true},
};

/* How an option's value is kept. */
enum option_type { OPTION_FLAG, OPTION_TEXT, OPTION_LIST };

/* Bits of the commands that take an option. */
#define ON(command) (1u << COMMAND_##command)
enum {
    ON_RUN = ON(CHECK) | ON(DIAGNOSE),
    ON_LISTED = ON(CHECK) | ON(SUPPRESSIONS),
    ON_SETTINGS = ON_RUN | ON(CONFIG) | ON(SUPPRESSIONS), /* what a configuration may say, too */
    ON_RULES = ON_SETTINGS | ON(EXPLAIN) | ON(RULES) | ON(TRACE),
    ON_ALL = (1u << COMMAND_COUNT) - 1
};

struct option_row {
    struct str name;
    char letter;          /* 0: only the long name */
    const char *argument; /* its name in help; NULL for a flag */
    enum option_type type;
    size_t field; /* offset in struct options: bool, const char * or struct strings */
    unsigned commands;
    const char *choices; /* "a, b": the only values; or NULL */
    const char *help;    /* NULL: not in help, because not in this version */
};

/* The formatter would spread each row over six lines. */
/* clang-format off */
#define FLAG(field) OPTION_FLAG, offsetof(struct options, field)
#define TEXT(field) OPTION_TEXT, offsetof(struct options, field)
#define LIST(field) OPTION_LIST, offsetof(struct options, field)
static const struct option_row rows[] = {
    {STR_INIT("format"), 'f', "FORMAT", TEXT(format), ON_SETTINGS | ON(EXPLAIN) | ON(RULES), NULL,
     "how the report is written (default: text)"},
    {STR_INIT("output"), 0, "FILE", TEXT(output), ON_RUN, NULL,
     "write the report to FILE, whole or not at all, instead of standard output"},
    {STR_INIT("report"), 0, "FORMAT=FILE", LIST(report), ON_RUN, NULL,
     "write another report to FILE, in a format of its own; repeatable"},
    {STR_INIT("config"), 0, "FILE", TEXT(config), ON_RULES, NULL,
     "the configuration, instead of the .ekslint.yaml that is looked for from the paths up to the "
     "root of the repository"},
    {STR_INIT("no-config"), 0, NULL, FLAG(no_config), ON_RULES, NULL,
     "read no configuration and no .ekslint/rules"},
    {STR_INIT("rules"), 0, "PATH", LIST(rules), ON_RULES, NULL,
     "add a rule file, or every *.yaml of a directory; a rule replaces the one of the same id; "
     "repeatable"},
    {STR_INIT("no-builtin"), 0, NULL, FLAG(no_builtin), ON_RULES, NULL,
     "leave the built-in rules out"},
    {STR_INIT("select"), 0, "ID|GLOB", LIST(select), ON_SETTINGS | ON(RULES), NULL,
     "only these rules; repeatable"},
    {STR_INIT("ignore"), 0, "ID|GLOB", LIST(ignore), ON_SETTINGS | ON(RULES), NULL,
     "without these rules; repeatable"},
    {STR_INIT("profile"), 0, "NAME", TEXT(profile), ON_SETTINGS | ON(RULES), "default, pedantic",
     "which rules: default, or pedantic for opinions and hygiene too"},
    {STR_INIT("severity"), 0, "ID=LEVEL", LIST(severity), ON_SETTINGS | ON(RULES), NULL,
     "judge rules of this id or glob as error, warning or info; repeatable; with 'rules list': only "
     "those of this LEVEL"},
    {STR_INIT("fail-on"), 0, "LEVEL", TEXT(fail_on), ON_SETTINGS, "error, warning, info, unknown",
     "exit with 1 from this level on: error (default), warning, info, or unknown for undecided "
     "rules too"},
    {STR_INIT("exit-zero"), 0, NULL, FLAG(exit_zero), ON_RUN, NULL,
     "exit with 0 where findings would make it 1"},
    {STR_INIT("kind"), 0, "KIND", TEXT(kind), ON_LISTED | ON(RULES) | ON(TRACE), NULL,
     "take every document for this kind instead of recognising it; with 'rules list': only the rules "
     "that judge it"},
    {STR_INIT("family"), 0, "NAME", TEXT(family), ON(RULES), NULL,
     "with 'rules list': only the rules whose ids begin with NAME/"},
    {STR_INIT("stage"), 0, "STEP", TEXT(stage), ON(RULES), NULL,
     "with 'rules list': only the rules of this step of 'diagnose'"},
    {STR_INIT("stdin-filename"), 0, "NAME", TEXT(stdin_filename),
     ON_RUN | ON(EXPLAIN) | ON(QUERY) | ON(SIMULATE) | ON(TRACE) | ON(SUPPRESSIONS), NULL,
     "the name of standard input in reports (default: stdin); files that it refers to are looked "
     "for beside NAME"},
    {STR_INIT("color"), 0, "WHEN", TEXT(color), ON_RUN | ON(EXPLAIN), "auto, always, never",
     "colours: auto (default: on a terminal, unless NO_COLOR is set), always, never"},
    {STR_INIT("lang"), 0, "LANG", TEXT(language), ON_RULES, "en, ja",
     "language of messages: en (default, whatever the locale) or ja"},
    {STR_INIT("date"), 0, "DATE", TEXT(date), ON_RUN | ON(EXPLAIN) | ON(TRACE) | ON(SUPPRESSIONS), NULL,
     "the date to judge support calendars as of, YYYY-MM-DD (default: today in UTC, or what "
     "SOURCE_DATE_EPOCH says)"},
    {STR_INIT("quiet"), 'q', NULL, FLAG(quiet), ON_RUN, NULL,
     "findings only, no summary"},
    {STR_INIT("no-suppressions"), 0, NULL, FLAG(no_suppressions), ON_RUN, NULL,
     "tolerate nothing: neither comments, nor the configuration's suppressions, nor its baseline"},
    {STR_INIT("baseline"), 0, "FILE", TEXT(baseline), ON(CHECK), NULL,
     "findings that FILE holds are known and do not count"},
    {STR_INIT("write-baseline"), 0, "FILE", TEXT(write_baseline), ON(CHECK), NULL,
     "write all findings to FILE, as a baseline of later runs"},
    {STR_INIT("prune-baseline"), 0, NULL, FLAG(prune_baseline), ON(CHECK), NULL,
     "take out of the baseline what is not found any more"},
    {STR_INIT("collect"), 0, NULL, FLAG(collect), ON(DIAGNOSE), NULL,
     "print a shell script of commands that only read, which collects what is missing"},
    {STR_INIT("flow"), 0, "FLOW", TEXT(flow), ON(DIAGNOSE), "eks, gitlab-eks",
     "the steps to walk: eks, or gitlab-eks for GitLab's integration (default: what the files "
     "suggest)"},
    {STR_INIT("mutate"), 0, NULL, FLAG(mutate), ON(RULES), NULL,
     "with 'rules test': change each rule in every way that its tests should notice, and list what "
     "they do not"},
    {STR_INIT("compiled"), 0, NULL, FLAG(compiled), ON(RULES), NULL,
     "with 'rules show': not the file, but what it became when it was loaded"},
    {STR_INIT("paths"), 0, NULL, FLAG(paths), ON(QUERY), NULL,
     "print the normalized paths of the matches, not their values"},
    {STR_INIT("nodes"), 0, NULL, FLAG(nodes), ON(QUERY), NULL,
     "print path, value, line and column of each match"},
    {STR_INIT("error"), 0, "TEXT", TEXT(error_text), ON(EXPLAIN), NULL,
     "find the rules that document an error text; - reads it from standard input"},
    {STR_INIT("help"), 'h', NULL, FLAG(help), ON_ALL, NULL,
     "print this and exit"},
    {STR_INIT("version"), 'V', NULL, FLAG(version), ON_ALL, NULL,
     "print the version and the date of the data inside, and exit"},
};
#undef FLAG
#undef TEXT
#undef LIST
/* clang-format on */

_Static_assert(COUNT_OF(rows) <= 64, "struct parser.given has a bit for each option");

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
    const char *command = options->command_given ? commands[options->command].name.ptr : "";
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
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (str_eq(rows[i].name, name)) {
            return &rows[i];
        }
    }
    return NULL;
}

static const struct option_row *find_letter(char letter)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (rows[i].letter && rows[i].letter == letter) {
            return &rows[i];
        }
    }
    return NULL;
}

static bool wrong_option(const struct parser *parser, const char *dashes, struct str name)
{
    struct str names[COUNT_OF(rows)];
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (rows[i].help) {
            names[count++] = rows[i].name;
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
    parser->given |= (uint64_t)1 << (row - rows);
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
        if (str_eq(commands[i].name, name)) {
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
        if ((row->commands & (1u << i)) && commands[i].available && len < size) {
            len += (size_t)snprintf(out + len, size - len, "%s%s", len ? ", " : "",
                                    commands[i].name.ptr);
        }
    }
}

/*
 * Options may stand before the command, so that whether they belong to it is known only at the end.
 */
static bool check_commands_of_options(const struct parser *parser)
{
    enum command command = parser->options->command;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        bool given = (parser->given >> i) & 1u;
        if (given && !(rows[i].commands & (1u << command))) {
            char owners[128];
            list_commands_of(&rows[i], owners, sizeof owners);
            options_wrong(parser->options, "option '--%s' is not for '%s', only for: %s",
                          rows[i].name.ptr, commands[command].name.ptr, owners);
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
    return !commands[options->command].available || check_commands_of_options(&parser);
}

bool options_is_available(enum command command)
{
    if (!commands[command].available) {
        message_error("'%s' is not available in this version", commands[command].name.ptr);
    }
    return commands[command].available;
}

bool options_is_misspelt_command(const struct options *options)
{
    struct str names[COMMAND_COUNT];
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        names[i] = commands[i].name;
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
enum { COMMANDS_COLUMN = 11, OPTIONS_COLUMN = 29, STATUS_COLUMN = 5 };

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
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (rows[i].help && (rows[i].commands & (1u << command))) {
            add_option(out, &rows[i]);
        }
    }
}

static void add_statuses(struct buf *out)
{
    static const struct str meanings[] = {
        STR_INIT("everything asked for was evaluated, and nothing found at or above --fail-on"),
        STR_INIT("findings at or above --fail-on"),
        STR_INIT("wrong usage, or a wrong configuration or rule file"),
        STR_INIT("an input could not be read or parsed"),
        STR_INIT("nothing was evaluated: no file of a known kind was found"),
        STR_INIT("internal error"),
    };
    buf_add_c(out, "\nExit status:\n");
    for (size_t i = 0; i < COUNT_OF(meanings); i++) {
        char digit = (char)('0' + i);
        help_definition(out, STATUS_COLUMN, (struct str){&digit, 1}, meanings[i]);
    }
}

static void add_overview(struct buf *out)
{
    buf_add_c(out, "usage: ekslint [COMMAND] [OPTIONS] [ARGUMENTS]\n\n");
    help_paragraph(out, STR("Reads the files of an EKS integration and says, without one network "
                            "call, what will fail and why."));
    buf_add_c(out, "\nCommands:\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (commands[i].available) {
            help_definition(out, COMMANDS_COLUMN, commands[i].name,
                            str_from_c(commands[i].summary));
        }
    }
    buf_add_char(out, '\n');
    help_paragraph(out, STR("'ekslint COMMAND --help' shows the options of a command. Without a "
                            "command, check is meant:"));
}

void options_help(const struct options *options, struct buf *out)
{
    const struct command_row *command = &commands[options->command];
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
