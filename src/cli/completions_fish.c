/* SPDX-License-Identifier: MIT */
/* fish: one `complete` for each option and each kind of argument (fish's manual, "complete"). */
#include "cli/completions.h"

static const char tail[] = "function __ekslint_command # the command of the line so far, or check\n"
                           "    for word in (commandline -opc)[2..-1]\n"
                           "        if contains -- $word $__ekslint_commands\n"
                           "            echo $word\n"
                           "            return\n"
                           "        end\n"
                           "    end\n"
                           "    echo check\n"
                           "end\n"
                           "\n"
                           "function __ekslint_is\n"
                           "    contains -- (__ekslint_command) $argv\n"
                           "end\n"
                           "\n"
                           "function __ekslint_first # nothing but options stands there\n"
                           "    for word in (commandline -opc)[2..-1]\n"
                           "        string match -q -- '-*' $word; or return 1\n"
                           "    end\n"
                           "end\n"
                           "\n"
                           "function __ekslint_behind # the command is the last word\n"
                           "    test (commandline -opc)[-1] = $argv[1]\n"
                           "end\n"
                           "\n"
                           "function __ekslint_lines\n"
                           "    set -l program (commandline -opc)[1]\n"
                           "    $program completions $argv[1] 2>/dev/null\n"
                           "end\n"
                           "\n"
                           "function __ekslint_formats\n"
                           "    if __ekslint_is check config\n";

/* Within single quotes, where fish knows \' and \\. */
static void add_quoted(struct buf *out, const char *text)
{
    buf_add_char(out, '\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\') {
            buf_add_char(out, '\\');
        }
        buf_add_char(out, *text);
    }
    buf_add_char(out, '\'');
}

static void add_functions(struct buf *out)
{
    buf_add_c(out, tail);
    buf_add_c(out, "        printf '%s\\n' ");
    completions_add_words(out, str_from_c(completions_formats(COMMAND_CHECK)));
    buf_add_c(out, "\n    else\n        printf '%s\\n' ");
    completions_add_words(out, str_from_c(completions_formats(COMMAND_DIAGNOSE)));
    buf_add_c(out, "\n    end\nend\n\n");
}

static const char *source_of(enum candidates candidates)
{
    switch (candidates) {
    case CANDIDATES_RULES:
    case CANDIDATES_RULES_OR_FILES:
        return "(__ekslint_lines rules)";
    case CANDIDATES_KINDS:
        return "(__ekslint_lines kinds)";
    case CANDIDATES_SCHEMAS:
        return "(__ekslint_lines schemas)";
    case CANDIDATES_FORMATS:
        return "(__ekslint_formats)";
    case CANDIDATES_REPORT:
        return "(__ekslint_formats | string replace -r '$' =)";
    case CANDIDATES_SEVERITY:
        return "(for level in error warning info; __ekslint_lines rules | string replace -r '$' "
               "=$level; end)";
    case CANDIDATES_NONE:
    case CANDIDATES_WORDS:
    case CANDIDATES_FILES:
    case CANDIDATES_COUNT:
        break;
    }
    return "";
}

static void add_commands(struct buf *out)
{
    buf_add_c(out, "set -g __ekslint_commands");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        buf_printf(out, " %s", option_commands[i].name.ptr);
    }
    buf_add_c(out, "\n\n");
}

static void add_operands(struct buf *out, enum command command)
{
    const char *name = option_commands[command].name.ptr;
    const char *source = source_of(completions_of_operands(command));
    struct str words = completions_words(command);
    buf_printf(out, "complete -c ekslint -n __ekslint_first -a %s -d ", name);
    add_quoted(out, option_commands[command].summary);
    buf_add_char(out, '\n');
    if (words.len) {
        buf_printf(out, "complete -c ekslint -n '__ekslint_behind %s' -f -a '", name);
        completions_add_words(out, words);
        buf_add_c(out, "'\n");
    }
    if (*source) {
        bool files = completions_of_operands(command) == CANDIDATES_RULES_OR_FILES;
        buf_printf(out, "complete -c ekslint -n '__ekslint_is %s; and not %s %s'%s -a ", name,
                   words.len ? "__ekslint_behind" : "false", name, files ? "" : " -f");
        add_quoted(out, source);
        buf_add_char(out, '\n');
    }
}

static void add_option(struct buf *out, const struct option_row *row)
{
    enum candidates candidates = row->argument ? completions_of_value(row) : CANDIDATES_NONE;
    buf_add_c(out, "complete -c ekslint -n '__ekslint_is");
    for (size_t c = 0; c < COMMAND_COUNT; c++) {
        if (completions_has((enum command)c, row)) {
            buf_printf(out, " %s", option_commands[c].name.ptr);
        }
    }
    buf_printf(out, "' -l %s", row->name.ptr);
    if (row->letter) {
        buf_printf(out, " -s %c", row->letter);
    }
    if (candidates == CANDIDATES_FILES || candidates == CANDIDATES_REPORT) {
        buf_add_c(out, " -r -F");
    } else if (row->argument) {
        buf_add_c(out, " -x");
    }
    if (candidates == CANDIDATES_WORDS) {
        buf_add_c(out, " -a '");
        completions_add_words(out, str_from_c(row->choices));
        buf_add_c(out, "'");
    } else if (*source_of(candidates)) {
        buf_add_c(out, " -a ");
        add_quoted(out, source_of(candidates));
    }
    buf_add_c(out, " -d ");
    add_quoted(out, row->help);
    buf_add_char(out, '\n');
}

void completions_fish(struct buf *out)
{
    buf_add_c(out, "# fish completion of ekslint, written by 'ekslint completions fish'\n\n");
    add_commands(out);
    add_functions(out);
    for (size_t c = 0; c < COMMAND_COUNT; c++) {
        add_operands(out, (enum command)c);
    }
    buf_add_char(out, '\n');
    for (size_t i = 0; i < option_row_count; i++) {
        if (option_rows[i].help) {
            add_option(out, &option_rows[i]);
        }
    }
}
