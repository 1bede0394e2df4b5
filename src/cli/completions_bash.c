/* SPDX-License-Identifier: MIT */
/*
 * bash: a function that fills COMPREPLY (bash's manual, "Programmable Completion"). It needs nothing
 * but bash itself. Candidates are compared and never expanded: some are names that others chose.
 */
#include "cli/completions.h"

/* What says where the cursor is. bash takes '=' for a word of its own, so words are joined again. */
static const char head[] =
    "# bash completion of ekslint, written by 'ekslint completions bash'\n"
    "\n"
    "_ekslint_words() { # PREFIX WORD...: those words that begin so\n"
    "    local prefix=$1 word\n"
    "    shift\n"
    "    for word; do\n"
    "        [[ $word == \"$prefix\"* ]] && COMPREPLY+=(\"$word\")\n"
    "    done\n"
    "}\n"
    "\n"
    "_ekslint_lines() { # PREFIX PROGRAM WHAT: what the program lists\n"
    "    local -a lines\n"
    "    mapfile -t lines < <(\"$2\" completions \"$3\" 2>/dev/null)\n"
    "    _ekslint_words \"$1\" \"${lines[@]}\"\n"
    "}\n"
    "\n"
    "_ekslint_files() { # PREFIX\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- \"$1\")\n"
    "}\n"
    "\n";

static const char tail[] =
    "_ekslint() {\n"
    "    local program=$1 word i cur previous='' command=check given='' only_files='' operands=0\n"
    "    local -a words=()\n"
    "    COMPREPLY=()\n"
    "    for ((i = 1; i <= COMP_CWORD; i++)); do\n"
    "        word=${COMP_WORDS[i]}\n"
    "        if [[ ${#words[@]} -gt 0 && ($word == = || ${COMP_WORDS[i - 1]} == =) ]]; then\n"
    "            words[-1]+=$word\n"
    "        else\n"
    "            words+=(\"$word\")\n"
    "        fi\n"
    "    done\n"
    "    cur=${words[-1]}\n"
    "    unset 'words[-1]'\n"
    "    for word in \"${words[@]}\"; do\n"
    "        if [[ $previous ]] && _ekslint_takes_value \"$previous\"; then\n"
    "            previous=\n"
    "            continue\n"
    "        fi\n"
    "        previous=$word\n"
    "        if [[ $word == -- ]]; then\n"
    "            only_files=yes\n"
    "        elif [[ $word != -* && ! $given ]] && _ekslint_is_command \"$word\"; then\n"
    "            given=$word\n"
    "            command=$word\n"
    "        elif [[ $word != -* ]]; then\n"
    "            given=${given:-check}\n"
    "            ((operands++))\n"
    "        fi\n"
    "    done\n"
    "    if [[ $only_files ]]; then\n"
    "        _ekslint_files \"$cur\"\n"
    "    elif [[ $previous == -* ]] && _ekslint_takes_value \"$previous\"; then\n"
    "        _ekslint_value \"$cur\"\n"
    "    elif [[ $cur == --*=* ]]; then\n"
    "        previous=${cur%%=*}\n"
    "        _ekslint_value \"${cur#*=}\"\n"
    "    elif [[ $cur == -* ]]; then\n"
    "        _ekslint_options\n"
    "    else\n"
    "        [[ $given ]] || _ekslint_words \"$cur\" \"${_ekslint_commands[@]}\"\n"
    "        _ekslint_operands\n"
    "    fi\n"
    "}\n"
    "\n"
    "complete -F _ekslint ekslint\n";

static void add_commands(struct buf *out)
{
    buf_add_c(out, "_ekslint_commands=(");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        buf_printf(out, "%s%s", i ? " " : "", option_commands[i].name.ptr);
    }
    buf_add_c(out, ")\n\n_ekslint_is_command() {\n    [[ \" ${_ekslint_commands[*]} \" == *\" $1 "
                   "\"* ]]\n}\n\n");
}

/* "-f | --format" */
static void add_pattern(struct buf *out, const struct option_row *row)
{
    if (row->letter) {
        buf_printf(out, "-%c | ", row->letter);
    }
    buf_printf(out, "--%s", row->name.ptr);
}

static void add_takes_value(struct buf *out)
{
    bool first = true;
    buf_add_c(out, "_ekslint_takes_value() {\n    case $1 in\n    ");
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        if (row->argument && row->help) {
            buf_add_c(out, first ? "" : " | ");
            add_pattern(out, row);
            first = false;
        }
    }
    buf_add_c(out, ") return 0 ;;\n    *) return 1 ;;\n    esac\n}\n\n");
}

static void add_options(struct buf *out)
{
    buf_add_c(out, "_ekslint_options() {\n    case $command in\n");
    for (size_t c = 0; c < COMMAND_COUNT; c++) {
        buf_printf(out, "    %s) _ekslint_words \"$cur\"", option_commands[c].name.ptr);
        for (size_t i = 0; i < option_row_count; i++) {
            if (completions_has((enum command)c, &option_rows[i])) {
                buf_printf(out, " --%s", option_rows[i].name.ptr);
            }
        }
        buf_add_c(out, " ;;\n");
    }
    buf_add_c(out, "    esac\n}\n\n");
}

static void add_formats(struct buf *out)
{
    buf_add_c(out,
              "_ekslint_formats() { # PREFIX SUFFIX\n    local -a formats\n    case $command in\n");
    for (size_t c = 0; c < COMMAND_COUNT; c++) {
        buf_printf(out, "    %s) formats=(", option_commands[c].name.ptr);
        completions_add_words(out, str_from_c(completions_formats((enum command)c)));
        buf_add_c(out, ") ;;\n");
    }
    buf_add_c(out, "    esac\n    _ekslint_words \"$1\" \"${formats[@]/%/$2}\"\n}\n\n");
}

/* $1 is what stands there already. */
static void add_candidates(struct buf *out, enum candidates candidates, const char *choices)
{
    switch (candidates) {
    case CANDIDATES_WORDS:
        buf_add_c(out, "_ekslint_words \"$1\" ");
        completions_add_words(out, str_from_c(choices));
        break;
    case CANDIDATES_FILES:
        buf_add_c(out, "_ekslint_files \"$1\"");
        break;
    case CANDIDATES_RULES:
        buf_add_c(out, "_ekslint_lines \"$1\" \"$program\" rules");
        break;
    case CANDIDATES_RULES_OR_FILES:
        buf_add_c(out, "_ekslint_lines \"$1\" \"$program\" rules; _ekslint_files \"$1\"");
        break;
    case CANDIDATES_KINDS:
        buf_add_c(out, "_ekslint_lines \"$1\" \"$program\" kinds");
        break;
    case CANDIDATES_SCHEMAS:
        buf_add_c(out, "_ekslint_lines \"$1\" \"$program\" schemas");
        break;
    case CANDIDATES_FORMATS:
        buf_add_c(out, "_ekslint_formats \"$1\" ''");
        break;
    case CANDIDATES_REPORT:
        buf_add_c(out,
                  "if [[ $1 == *=* ]]; then _ekslint_files \"${1#*=}\"; else compopt -o nospace "
                  "2>/dev/null; _ekslint_formats \"$1\" =; fi");
        break;
    case CANDIDATES_SEVERITY:
        buf_add_c(out,
                  "if [[ $1 == *=* ]]; then _ekslint_words \"${1#*=}\" error warning info; else "
                  "compopt -o nospace 2>/dev/null; _ekslint_lines \"$1\" \"$program\" rules; "
                  "COMPREPLY=(\"${COMPREPLY[@]/%/=}\"); fi");
        break;
    case CANDIDATES_NONE:
    case CANDIDATES_COUNT:
        buf_add_c(out, ":");
        break;
    }
}

static void add_values(struct buf *out)
{
    buf_add_c(out, "_ekslint_value() { # PREFIX\n    case $previous in\n");
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        if (row->argument && row->help) {
            buf_add_c(out, "    ");
            add_pattern(out, row);
            buf_add_c(out, ") ");
            add_candidates(out, completions_of_value(row), row->choices);
            buf_add_c(out, " ;;\n");
        }
    }
    buf_add_c(out, "    esac\n}\n\n");
}

/* The first word behind some commands is one of their own. */
static void add_operands(struct buf *out)
{
    buf_add_c(out, "_ekslint_operands() {\n    set -- \"$cur\"\n    case $command in\n");
    for (size_t c = 0; c < COMMAND_COUNT; c++) {
        struct str words = completions_words((enum command)c);
        buf_printf(out, "    %s) ", option_commands[c].name.ptr);
        if (words.len) {
            buf_add_c(out, "if ((operands == 0)); then _ekslint_words \"$1\" ");
            completions_add_words(out, words);
            buf_add_c(out, "; else ");
        }
        add_candidates(out, completions_of_operands((enum command)c), NULL);
        buf_add_c(out, words.len ? "; fi ;;\n" : " ;;\n");
    }
    buf_add_c(out, "    esac\n}\n\n");
}

void completions_bash(struct buf *out)
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
