/* SPDX-License-Identifier: MIT */
/*
 * `man`: the manual page ekslint(1), in the macros of man(7). Commands, options and exit statuses come
 * from the option table; its date is that of the data inside, so that the same source gives the same
 * page.
 */
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/option_table.h"
#include "cli/output.h"
#include "ekslint.h"

enum { PAGE_MAX = 256 * 1024, BREAK_COLUMN = 50 };

/* Text of ours as roff: what it would take for requests, quotes or hyphens is escaped. */
static void add_text(struct buf *out, struct str text)
{
    struct str rest = text;
    if (rest.len && (rest.ptr[0] == '.' || rest.ptr[0] == '\'')) {
        buf_add_c(out, "\\&");
    }
    while (rest.len) {
        uint32_t character;
        size_t len = utf8_decode(rest, &character);
        if (character == '\\') {
            buf_add_c(out, "\\e");
        } else if (character == '-') {
            buf_add_c(out, "\\-");
        } else if (character == '\'') {
            buf_add_c(out, "\\(aq");
        } else if (character == '`') {
            buf_add_c(out, "\\(ga");
        } else if (character >= 0x80) {
            buf_printf(out, "\\[u%04X]", (unsigned)character);
        } else {
            buf_add_char(out, (char)character);
        }
        rest = str_from(rest, len ? len : 1);
    }
}

/*
 * Running text. Lines break at the first blank behind BREAK_COLUMN, so that
 * with the longest of our words none is wider than the 80 columns that mandoc asks for.
 */
static void add_words(struct buf *out, const char *text)
{
    struct str rest = str_from_c(text);
    size_t start = buf_str(out).len;
    struct str word;
    while (str_cut(rest, ' ', &word, &rest)) {
        add_text(out, word);
        bool full = buf_str(out).len - start > BREAK_COLUMN;
        buf_add_char(out, full ? '\n' : ' ');
        start = full ? buf_str(out).len : start;
    }
    add_text(out, word);
}

static void add_line(struct buf *out, const char *text)
{
    add_words(out, text);
    buf_add_char(out, '\n');
}

/* The argument of a macro: one line, however long. */
static void add_argument(struct buf *out, const char *text)
{
    add_text(out, str_from_c(text));
    buf_add_char(out, '\n');
}

static void add_head(struct buf *out)
{
    buf_add_c(out, ".\\\" Written by 'ekslint man'.\n");
    buf_printf(out, ".TH EKSLINT 1 %s \"ekslint %s\" \"User Commands\"\n", ekslint_data_date(),
               ekslint_version());
    buf_add_c(out,
              ".SH NAME\nekslint \\- offline linter for the files of an Amazon EKS integration\n"
              ".SH SYNOPSIS\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (option_commands[i].available) {
            buf_add_c(out, i ? ".br\n.B ekslint\n" : ".B ekslint\n");
            add_line(out, option_commands[i].usage);
        }
    }
    buf_add_c(out, ".SH DESCRIPTION\n");
    add_line(out,
             "Reads the files of an EKS integration (eksctl's files, templates, plans, manifests, "
             "kubeconfigs, IAM policies, saved AWS CLI output, GitLab's settings) and says, "
             "without one network call, what will fail, "
             "which documented error text will be seen and at which step, which byte of which "
             "file causes it, and what to change. What cannot be decided from the files is "
             "reported as undecided, never as passed.");
}

static void add_commands(struct buf *out)
{
    buf_add_c(out, ".SH COMMANDS\nWithout a command,\n.B check\nis meant.\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (option_commands[i].available) {
            buf_add_c(out, ".TP\n.B ");
            add_argument(out, option_commands[i].name.ptr);
            add_line(out, option_commands[i].summary);
        }
    }
}

/* "With check, diagnose." */
static void add_owners(struct buf *out, const struct option_row *row)
{
    size_t count = 0;
    size_t taken = 0;
    for (size_t c = 0; c < COMMAND_COUNT; c++) {
        taken += (row->commands >> c) & 1u;
    }
    if (taken == COMMAND_COUNT) {
        return;
    }
    for (size_t c = 0; c < COMMAND_COUNT; c++) {
        if (row->commands & (1u << c)) {
            buf_printf(out, "%s%s", count++ ? ", " : "With ", option_commands[c].name.ptr);
        }
    }
    buf_add_c(out, ".\n");
}

static void add_options(struct buf *out)
{
    buf_add_c(out, ".SH OPTIONS\n");
    add_line(out, "Options may stand anywhere before '--'. Long names are not abbreviated.");
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        if (!row->help) {
            continue;
        }
        buf_add_c(out, ".TP\n");
        if (row->letter) {
            buf_printf(out, "\\fB\\-%c\\fR, ", row->letter);
        }
        buf_add_c(out, "\\fB\\-\\-");
        add_text(out, row->name);
        buf_add_c(out, "\\fR");
        if (row->argument) {
            buf_add_c(out, " \\fI");
            add_text(out, str_from_c(row->argument));
            buf_add_c(out, "\\fR");
        }
        buf_add_char(out, '\n');
        add_words(out, row->help);
        buf_add_c(out, ".\n");
        add_owners(out, row);
    }
    buf_add_c(out, ".PP\nFormats of\n.BR check :\n");
    add_words(out, ekslint_formats());
    buf_add_c(out, ".\n");
}

static void add_limits(struct buf *out)
{
    buf_add_c(out, ".SH LIMITS\n");
    add_line(out, "What is done at most; --limit moves it between the two numbers in brackets.");
    for (size_t i = 0; i < LIMIT_COUNT; i++) {
        const struct limit_row *row = &limit_rows[i];
        buf_add_c(out, ".TP\n\\fB");
        add_text(out, row->name);
        buf_printf(out, "\\fR %llu (%llu to %llu)\n", (unsigned long long)row->value,
                   (unsigned long long)row->least, (unsigned long long)row->most);
        add_text(out, row->unit);
        buf_add_char(out, ' ');
        add_text(out, row->what);
        buf_add_c(out, ".\n");
    }
}

static const struct {
    const char *term, *meaning;
} environment[] =
    {
        {"COLUMNS", "The width of text reports."},
        {"NO_COLOR",
         "Where it is set and not empty, reports have no colours unless --color says so."},
        {"TERM", "With 'dumb' there are neither colours nor a line that says how far a run is."},
        {"SOURCE_DATE_EPOCH", "Seconds since 1970 in place of today, where --date is not given."},
},
  files[] =
      {
          {".ekslint.yaml",
           "The configuration of a repository; 'ekslint config --help' lists its keys."},
          {".ekslint/rules/", "Rule files that count for the repository."},
          {".gitignore", "What it leaves out is not read in folders, unless --no-ignore is given."},
},
  examples[] = {
      {"ekslint", "Check the files of the current folder."},
      {"ekslint check --report sarif=ekslint.sarif .",
       "The same, with a report for code scanning."},
      {"git diff --name-only -z main | ekslint check --files-from - --null",
       "Check a list of files."},
      {"ekslint diagnose case/", "Find the step at which an integration stops, and why."},
      {"ekslint explain --error 'Key Pairs are not loaded' case/",
       "Find the cause of an error text."},
};

static void add_pair(struct buf *out, const char *term, const char *meaning)
{
    buf_add_c(out, ".TP\n.B ");
    add_argument(out, term);
    add_line(out, meaning);
}

static void add_tail(struct buf *out)
{
    buf_add_c(out, ".SH EXIT STATUS\n");
    for (size_t i = 0; i < OPTION_STATUSES; i++) {
        char digit[] = {(char)('0' + i), '\0'};
        add_pair(out, digit, option_statuses[i].ptr);
    }
    buf_add_c(out, ".SH ENVIRONMENT\n");
    for (size_t i = 0; i < COUNT_OF(environment); i++) {
        add_pair(out, environment[i].term, environment[i].meaning);
    }
    buf_add_c(out, ".SH FILES\n");
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        add_pair(out, files[i].term, files[i].meaning);
    }
    buf_add_c(out, ".SH EXAMPLES\n");
    for (size_t i = 0; i < COUNT_OF(examples); i++) {
        add_pair(out, examples[i].term, examples[i].meaning);
    }
    buf_add_c(out, ".SH SEE ALSO\n.BR git (1),\n.BR gitignore (5),\n.BR pre\\-commit (1)\n");
}

int command_man(struct cli *cli)
{
    if (cli->options->operands.count) {
        return options_wrong(cli->options, "man takes no argument");
    }
    struct buf out = buf_with_max(PAGE_MAX);
    add_head(&out);
    add_commands(&out);
    add_options(&out);
    add_limits(&out);
    add_tail(&out);
    int status = output_standard(buf_str(&out));
    buf_release(&out);
    return status;
}
