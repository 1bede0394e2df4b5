/* SPDX-License-Identifier: MIT */
/*
 * zsh: an autoloaded function (zsh's manual, "Completion System"), with the descriptions that help has.
 */
#include "cli/completions.h"

static const char head[] = "#compdef ekslint\n"
                           "# zsh completion of ekslint, written by 'ekslint completions zsh'\n"
                           "\n"
                           "_ekslint_lines() { # WHAT COMPADD-OPTIONS...: what the program lists\n"
                           "    local -a lines\n"
                           "    lines=(\"${(@f)$($program completions $1 2>/dev/null)}\")\n"
                           "    compadd \"${@:2}\" -- $lines\n"
                           "}\n"
                           "\n";

static const char tail[] =
    "_ekslint() {\n"
    "    local program=${(Q)words[1]} word previous='' command=check given='' only_files=''\n"
    "    local -i operands=0\n"
    "    for word in ${words[2,CURRENT-1]}; do\n"
    "        if [[ -n $previous ]] && _ekslint_takes_value $previous; then\n"
    "            previous=\n"
    "            continue\n"
    "        fi\n"
    "        previous=$word\n"
    "        if [[ $word == -- ]]; then\n"
    "            only_files=yes\n"
    "        elif [[ $word != -* && -z $given ]] && (( $_ekslint_commands[(Ie)$word] )); then\n"
    "            given=$word\n"
    "            command=$word\n"
    "        elif [[ $word != -* ]]; then\n"
    "            given=${given:-check}\n"
    "            operands+=1\n"
    "        fi\n"
    "    done\n"
    "    if [[ -n $only_files ]]; then\n"
    "        _files\n"
    "    elif [[ $previous == -* ]] && _ekslint_takes_value $previous; then\n"
    "        _ekslint_value\n"
    "    elif [[ $PREFIX == --*=* ]]; then\n"
    "        previous=${PREFIX%%=*}\n"
    "        compset -P 1 '*='\n"
    "        _ekslint_value\n"
    "    elif [[ $PREFIX == -* ]]; then\n"
    "        _ekslint_options\n"
    "    else\n"
    "        [[ -n $given ]] || _describe command _ekslint_described\n"
    "        _ekslint_operands\n"
    "    fi\n"
    "}\n"
    "\n"
    "_ekslint \"$@\"\n";

/* Within single quotes; `colons`: an item of _describe, where ':' ends the name. */
static void add_quoted(struct buf *out, const char *text, bool colons)
{
    for (; *text; text++) {
        if (*text == '\'') {
            buf_add_c(out, "'\\''");
        } else if (colons && (*text == ':' || *text == '\\')) {
            buf_printf(out, "\\%c", *text);
        } else {
            buf_add_char(out, *text);
        }
    }
}

static void add_item(struct buf *out, const char *dashes, const char *name, const char *help)
{
    buf_printf(out, "        '%s%s:", dashes, name);
    add_quoted(out, help, true);
    buf_add_c(out, "'\n");
}

static void add_commands(struct buf *out)
{
    buf_add_c(out, "typeset -ga _ekslint_commands _ekslint_described\n_ekslint_commands=(");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        buf_printf(out, "%s%s", i ? " " : "", option_commands[i].name.ptr);
    }
    buf_add_c(out, ")\n_ekslint_described=(\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        add_item(out, "", option_commands[i].name.ptr, option_commands[i].summary);
    }
    buf_add_c(out, ")\n\n");
}

static void add_pattern(struct buf *out, const struct option_row *row)
{
    if (row->letter) {
        buf_printf(out, "-%c|", row->letter);
    }
    buf_printf(out, "--%s", row->name.ptr);
}

static void add_takes_value(struct buf *out)
{
    bool first = true;
    buf_add_c(out, "_ekslint_takes_value() {\n    case $1 in\n    (");
    for (size_t i = 0; i < option_row_count; i++) {
        if (option_rows[i].argument && option_rows[i].help) {
            buf_add_c(out, first ? "" : "|");
            add_pattern(out, &option_rows[i]);
            first = false;
        }
    }
    buf_add_c(out, ") return 0 ;;\n    (*) return 1 ;;\n    esac\n}\n\n");
}

static void add_options(struct buf *out)
{
    buf_add_c(out, "_ekslint_options() {\n    local -a options\n    case $command in\n");
    for (size_t c = 0; c < COMMAND_COUNT; c++) {
        buf_printf(out, "    (%s) options=(\n", option_commands[c].name.ptr);
        for (size_t i = 0; i < option_row_count; i++) {
            if (completions_has((enum command)c, &option_rows[i])) {
                add_item(out, "--", option_rows[i].name.ptr, option_rows[i].help);
            }
        }
        buf_add_c(out, "        ) ;;\n");
    }
    buf_add_c(out, "    esac\n    _describe -o option options\n}\n\n");
}

static void add_formats(struct buf *out)
{
    buf_add_c(out, "_ekslint_formats() { # COMPADD-OPTIONS...\n    case $command in\n");
    for (size_t c = 0; c < COMMAND_COUNT; c++) {
        buf_printf(out, "    (%s) compadd \"$@\" -- ", option_commands[c].name.ptr);
        completions_add_words(out, str_from_c(completions_formats((enum command)c)));
        buf_add_c(out, " ;;\n");
    }
    buf_add_c(out, "    esac\n}\n\n");
}

static void add_candidates(struct buf *out, enum candidates candidates, const char *choices)
{
    switch (candidates) {
    case CANDIDATES_WORDS:
        buf_add_c(out, "compadd -- ");
        completions_add_words(out, str_from_c(choices));
        break;
    case CANDIDATES_FILES:
        buf_add_c(out, "_files");
        break;
    case CANDIDATES_RULES:
        buf_add_c(out, "_ekslint_lines rules");
        break;
    case CANDIDATES_RULES_OR_FILES:
        buf_add_c(out, "_ekslint_lines rules; _files");
        break;
    case CANDIDATES_KINDS:
        buf_add_c(out, "_ekslint_lines kinds");
        break;
    case CANDIDATES_SCHEMAS:
        buf_add_c(out, "_ekslint_lines schemas");
        break;
    case CANDIDATES_FORMATS:
        buf_add_c(out, "_ekslint_formats");
        break;
    case CANDIDATES_REPORT:
        buf_add_c(out, "if compset -P '*='; then _files; else _ekslint_formats -S =; fi");
        break;
    case CANDIDATES_SEVERITY:
        buf_add_c(out, "if compset -P '*='; then compadd -- error warning info; else "
                       "_ekslint_lines rules -S =; fi");
        break;
    case CANDIDATES_NONE:
    case CANDIDATES_COUNT:
        buf_add_c(out, ":");
        break;
    }
}

static void add_values(struct buf *out)
{
    buf_add_c(out, "_ekslint_value() {\n    case $previous in\n");
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        if (row->argument && row->help) {
            buf_add_c(out, "    (");
            add_pattern(out, row);
            buf_add_c(out, ") ");
            add_candidates(out, completions_of_value(row), row->choices);
            buf_add_c(out, " ;;\n");
        }
    }
    buf_add_c(out, "    esac\n}\n\n");
}

static void add_operands(struct buf *out)
{
    buf_add_c(out, "_ekslint_operands() {\n    case $command in\n");
    for (size_t c = 0; c < COMMAND_COUNT; c++) {
        struct str words = completions_words((enum command)c);
        buf_printf(out, "    (%s) ", option_commands[c].name.ptr);
        if (words.len) {
            buf_add_c(out, "if (( operands == 0 )); then compadd -- ");
            completions_add_words(out, words);
            buf_add_c(out, "; else ");
        }
        add_candidates(out, completions_of_operands((enum command)c), NULL);
        buf_add_c(out, words.len ? "; fi ;;\n" : " ;;\n");
    }
    buf_add_c(out, "    esac\n}\n\n");
}

void completions_zsh(struct buf *out)
{
    buf_add_c(out, head);
    add_commands(out);
    add_takes_value(out);
    add_options(out);
    add_formats(out);
    add_values(out);
    add_operands(out);
    buf_add_c(out, tail);
}
