/* SPDX-License-Identifier: MIT */
/*
 * The script that collects what is missing: POSIX sh, and nothing in it but commands that only read.
 * Values come from files that strangers wrote. The commands are quoted when they are rendered, and
 * here each is looked at once more as it will be run; what is not one reading command is left to a
 * comment. Nothing from a file gets into a comment with its control characters.
 */
#include "report/words.h"

#include "base/atoms.h"
#include "report/flow.h"
#include "report/visible.h"
#include "rule/command.h"

enum { COMMENT_WIDTH = 98, FILE_NUMBERS_MAX = 10000, ACCOUNT_DIGITS = 12 };

static const char head[] =
    "set -eu\n"
    "set -f\n"
    "unset CDPATH\n"
    "umask 077\n"
    "AWS_PAGER=\n"
    "export AWS_PAGER\n"
    "cd -- \"${1:-.}\"\n"
    "failed=0\n"
    "\n"
    "say() {\n"
    "    printf '%s\\n' \"$*\" >&2\n"
    "}\n"
    "\n"
    "# fail REASON COMMAND...: remember it, and go on.\n"
    "fail() {\n"
    "    failed=$((failed + 1))\n"
    "    reason=$1\n"
    "    shift\n"
    "    say \"failed: $*: $reason\"\n"
    "    printf '%s\\n' \"$*\" \"  $reason\" >>errors || say \"'errors' cannot be written\"\n"
    "}\n"
    "\n"
    "# save FILE COMMAND...: the output of the command, all of it or no file.\n"
    "save() {\n"
    "    file=$1\n"
    "    shift\n"
    "    if [ -e \"$file\" ]; then\n"
    "        say \"kept: $file\"\n"
    "        return 0\n"
    "    fi\n"
    "    if ! mkdir -p \"$(dirname \"$file\")\" || ! (set -C && : >\"$file.part\"); then\n"
    "        fail \"$file cannot be written\" \"$@\"\n"
    "        return 0\n"
    "    fi\n"
    "    if reason=$({ \"$@\" >\"$file.part\"; } 2>&1); then\n"
    "        mv \"$file.part\" \"$file\"\n"
    "        say \"saved: $file\"\n"
    "    else\n"
    "        rm -f \"$file.part\"\n"
    "        fail \"$reason\" \"$@\"\n"
    "    fi\n"
    "}\n";

static const char list_function[] =
    "\n"
    "# list COMMAND...: the names that it prints, in $names. IAM's names have no other "
    "characters.\n"
    "list() {\n"
    "    listed=$(\"$@\" 2>&1) || {\n"
    "        fail \"$listed\" \"$@\"\n"
    "        listed=\n"
    "    }\n"
    "    names=\n"
    "    for name in $listed; do\n"
    "        case $name in\n"
    "        None) ;;\n"
    "        -* | .* | *[!A-Za-z0-9_+=,.@-]*) fail \"'$name' is no name\" \"$@\" ;;\n"
    "        *) names=\"$names $name\" ;;\n"
    "        esac\n"
    "    done\n"
    "}\n";

static const char account_function[] =
    "\n"
    "# of ACCOUNT: whether the credentials are of that account. Those of another would print what\n"
    "# it calls by the same name.\n"
    "account=\n"
    "skipped=\n"
    "of() {\n"
    "    if [ -z \"$account\" ]; then\n"
    "        account=$(aws sts get-caller-identity --query Account --output text 2>&1) || {\n"
    "            fail \"$account\" aws sts get-caller-identity\n"
    "            account=unknown\n"
    "        }\n"
    "    fi\n"
    "    [ \"$account\" != \"$1\" ] || return 0\n"
    "    case \" $skipped \" in\n"
    "    *\" $1 \"*) ;;\n"
    "    *) skipped=\"$skipped $1\" ;;\n"
    "    esac\n"
    "    return 1\n"
    "}\n";

static const char account_tail[] =
    "\n"
    "if [ -n \"$skipped\" ]; then\n"
    "    say \"not asked, with credentials of the account $account: what is in$skipped\"\n"
    "    say \"run this again with credentials of$skipped\"\n"
    "fi\n";

static const char account_status[] = "[ -z \"$skipped\" ]\n";

static const char tail[] = "\n"
                           "if [ \"$failed\" -gt 0 ]; then\n"
                           "    say \"$failed of the commands failed; see the file 'errors'\"\n"
                           "    exit 1\n"
                           "fi\n";

/* A command and the file of its output. Several rules may ask for one. */
struct errand {
    struct str command, names, file;
    struct str account; /* of which it asks; or empty */
    const struct undecided **askers;
    size_t asker_count, asker_capacity;
};

struct scripter {
    const struct report *report;
    struct buf *out;
    struct errand *errands; /* by the atom of their command, from 1 */
    size_t count, capacity;
    struct atoms commands, files, askers; /* what is there already */
};

/* ---- comments ---- */

static void write_comment(struct scripter *s, struct str text, const char *indent)
{
    struct buf lines = buf_with_max(s->out->max);
    struct flow flow = {.out = &lines, .width = COMMENT_WIDTH};
    flow_words(&flow, INK_PLAIN, text);
    flow_end(&flow);
    struct str rest = str_trim(buf_str(&lines));
    struct str line;
    bool more = true;
    while (more) {
        more = str_cut(rest, '\n', &line, &rest);
        buf_printf(s->out, "# %s%.*s\n", indent, STR_ARG(line));
    }
    buf_release(&lines);
}

static void write_word_comment(struct scripter *s, enum word word)
{
    write_comment(s, words_get(s->report->language, word), "");
}

static void write_asker(struct scripter *s, const struct undecided *asker)
{
    const struct report *report = s->report;
    struct str title = {0};
    if (report->rule_title) {
        title = report->rule_title(report->context, asker->rule, language_of_report(report));
    }
    struct str label = words_get(report->language, WORD_SCRIPT_DECIDES);
    write_comment(s,
                  arena_format(report->scratch, "%.*s %.*s: %.*s", STR_ARG(label),
                               STR_ARG(asker->rule), STR_ARG(title)),
                  "");
}

static void write_askers(struct scripter *s, const struct errand *errand)
{
    for (size_t i = 0; i < errand->asker_count; i++) {
        write_asker(s, errand->askers[i]);
    }
}

/* ---- errands ---- */

/* Interned, and whether it was not before. */
static bool add_new(struct atoms *atoms, struct str text, uint32_t *atom)
{
    uint32_t before = atoms->count;
    *atom = atoms_intern(atoms, text);
    return atoms->count > before;
}

/* False where it is taken, whatever its letter case: some file systems keep one file for both. */
static bool take_file(struct scripter *s, struct str file)
{
    struct buf lower = buf_with_max(file.len);
    uint32_t atom;
    for (size_t i = 0; i < file.len; i++) {
        buf_add_char(&lower, char_lower(file.ptr[i]));
    }
    bool taken = add_new(&s->files, buf_str(&lower), &atom);
    buf_release(&lower);
    return taken;
}

/* "describe-vpcs.json" for "aws ec2 describe-vpcs …", which names no file. */
static struct str file_of_command(const struct scripter *s, struct str command)
{
    struct str program, first, second;
    str_cut(command, ' ', &program, &command);
    str_cut(command, ' ', &first, &command);
    str_cut(command, ' ', &second, &command);
    struct str name = str_eq(program, STR("aws")) ? second : STR("kubectl-get");
    return arena_format(s->report->scratch, "%.*s.json", STR_ARG(name));
}

/*
 * Where a file is that could not be read, nothing would be saved: 'save' leaves files alone. Which
 * folder is the case's is not known here, so every end of the path is taken.
 */
static void avoid_unreadable(struct scripter *s)
{
    const struct findings *findings = s->report->results->findings;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (!finding->unreadable) {
            continue;
        }
        struct str path = finding->file;
        if (finding->has_location) {
            path = sources_resolve(s->report->sources, finding->at.source, finding->at.span)
                       .source->name;
        }
        while (path.len) {
            struct str folder;
            take_file(s, path);
            if (!str_cut(path, '/', &folder, &path)) {
                break;
            }
        }
    }
}

/* A file of its own: a number goes before the ending, where the role in the name is still found. */
static struct str choose_file(struct scripter *s, const struct undecided *undecided)
{
    struct str wanted = undecided->save_as;
    if (!command_file_is_below(wanted)) {
        wanted = file_of_command(s, str_trim(undecided->collect));
    }
    struct str file = wanted;
    size_t dot = str_after_last(wanted, '.');
    struct str stem = dot ? str_slice(wanted, 0, dot - 1) : wanted;
    for (int i = 2; !take_file(s, file) && i < FILE_NUMBERS_MAX; i++) {
        file = arena_format(s->report->scratch, "%.*s.%d.%.*s", STR_ARG(stem), i,
                            STR_ARG(str_from(wanted, dot)));
    }
    return file;
}

static bool is_account(struct str text)
{
    bool good = text.len == ACCOUNT_DIGITS;
    for (size_t i = 0; i < text.len && good; i++) {
        good = char_is_digit(text.ptr[i]);
    }
    return good;
}

static void add_errand(struct scripter *s, const struct undecided *undecided)
{
    struct arena *scratch = s->report->scratch;
    struct errand fresh = {
        .command = str_trim(undecided->collect),
        .names = str_trim(undecided->names),
        .account = is_account(undecided->account) ? undecided->account : (struct str){0},
    };
    uint32_t atom, pair;
    struct str key = arena_format(scratch, "%.*s\n%.*s\n%.*s", STR_ARG(fresh.command),
                                  STR_ARG(fresh.names), STR_ARG(fresh.account));
    if (add_new(&s->commands, key, &atom)) {
        fresh.file = choose_file(s, undecided);
        s->errands = arena_grow(scratch, s->errands, s->count, &s->capacity, sizeof *s->errands);
        s->errands[s->count++] = fresh;
    }
    struct errand *errand = &s->errands[atom - 1];
    key = arena_format(scratch, "%u %.*s", (unsigned)atom, STR_ARG(undecided->rule));
    if (add_new(&s->askers, key, &pair)) {
        errand->askers = arena_grow(scratch, errand->askers, errand->asker_count,
                                    &errand->asker_capacity, sizeof(const struct undecided *));
        errand->askers[errand->asker_count++] = undecided;
    }
}

static bool has_name(struct str text)
{
    return command_find_name(text) < text.len;
}

/* Whether a script can run it: reading commands, and no gap that somebody has to fill in. */
static bool can_run(const struct errand *errand)
{
    if (!command_only_reads(errand->command)) {
        return false;
    }
    return errand->names.len ? command_only_reads(errand->names) && has_name(errand->command) &&
                                   has_name(errand->file)
                             : !has_name(errand->command);
}

/* The text with NAME, which stands in no quotes, made the loop's variable. */
static void write_with_name(struct scripter *s, struct str text, const char *variable)
{
    size_t at = command_find_name(text);
    buf_add(s->out, str_slice(text, 0, at));
    buf_add_c(s->out, variable);
    buf_add(s->out, str_from(text, at + strlen(COMMAND_NAME)));
}

static void write_loop(struct scripter *s, const struct errand *errand, const char *indent)
{
    buf_printf(s->out, "%slist %.*s\n%sfor name in $names; do\n%s    save \"", indent,
               STR_ARG(errand->names), indent, indent);
    write_with_name(s, errand->file, "$name");
    buf_add_c(s->out, "\" ");
    write_with_name(s, errand->command, "\"$name\"");
    buf_printf(s->out, "\n%sdone\n", indent);
}

static void write_errand(struct scripter *s, const struct errand *errand)
{
    buf_add_char(s->out, '\n');
    write_askers(s, errand);
    if (!can_run(errand)) {
        write_word_comment(s, WORD_SCRIPT_BY_HAND);
        buf_add_c(s->out, "#   ");
        visible_add(s->out, errand->command);
        buf_add_char(s->out, '\n');
        return;
    }
    const char *indent = "";
    if (errand->account.len) {
        buf_printf(s->out, "if of %.*s; then\n", STR_ARG(errand->account));
        indent = "    ";
    }
    if (errand->names.len) {
        write_loop(s, errand, indent);
    } else {
        buf_printf(s->out, "%ssave %.*s %.*s\n", indent, STR_ARG(errand->file),
                   STR_ARG(errand->command));
    }
    buf_add_c(s->out, errand->account.len ? "fi\n" : "");
}

/* ---- the script ---- */

/* Most is missing where there are no settings, and no command collects those. */
static void write_no_settings(struct scripter *s)
{
    const struct findings *findings = s->report->results->findings;
    for (size_t i = 0; i < findings->count; i++) {
        if (str_eq(findings->items[i].rule, STR(NO_SETTINGS_RULE))) {
            buf_add_c(s->out, "#\n");
            write_comment(s, findings->items[i].message, "");
            write_comment(s, findings->items[i].fix, "");
        }
    }
}

static bool asks_accounts(const struct scripter *s)
{
    for (size_t i = 0; i < s->count; i++) {
        if (s->errands[i].account.len && can_run(&s->errands[i])) {
            return true;
        }
    }
    return false;
}

static void write_head(struct scripter *s)
{
    bool lists = false;
    buf_add_c(s->out, "#!/bin/sh\n");
    write_word_comment(s, WORD_SCRIPT_WHAT);
    buf_add_c(s->out, "#\n#   sh collect.sh [FOLDER]\n#\n");
    write_word_comment(s, WORD_SCRIPT_FILES);
    write_no_settings(s);
    /* A value may look like an expression; it is in single quotes so that it is none. */
    buf_add_c(s->out, "# shellcheck disable=SC2016\n");
    buf_add_c(s->out, head);
    for (size_t i = 0; i < s->count; i++) {
        lists = lists || (s->errands[i].names.len && can_run(&s->errands[i]));
    }
    if (lists) {
        buf_add_c(s->out, list_function);
    }
    if (asks_accounts(s)) {
        buf_add_c(s->out, account_function);
    }
}

/* Questions that stay open whatever is collected must not look as if they were answered. */
static void write_open_questions(struct scripter *s)
{
    const struct undecided_list *list = &s->report->results->undecided;
    struct str last = {0};
    bool any = false;
    for (size_t i = 0; i < list->count; i++) {
        const struct undecided *undecided = &list->items[i];
        if (str_trim(undecided->collect).len || str_eq(undecided->rule, last)) {
            continue;
        }
        if (!any) {
            struct str label = words_get(s->report->language, WORD_SCRIPT_NO_COMMAND);
            buf_printf(s->out, "\n# %.*s:\n", STR_ARG(label));
            any = true;
        }
        write_comment(s, undecided->rule, "  ");
        last = undecided->rule;
    }
}

static bool runs_anything(const struct scripter *s)
{
    for (size_t i = 0; i < s->count; i++) {
        if (can_run(&s->errands[i])) {
            return true;
        }
    }
    return false;
}

void report_script(const struct report *report, struct buf *out)
{
    struct scripter s = {.report = report, .out = out};
    atoms_init(&s.commands, report->scratch, NULL);
    atoms_init(&s.files, report->scratch, NULL);
    atoms_init(&s.askers, report->scratch, NULL);
    avoid_unreadable(&s);
    const struct undecided_list *list = &report->results->undecided;
    for (size_t i = 0; i < list->count; i++) {
        if (str_trim(list->items[i].collect).len) {
            add_errand(&s, &list->items[i]);
        }
    }
    bool runs = runs_anything(&s);
    if (runs) {
        write_head(&s);
    } else {
        buf_add_c(out, "#!/bin/sh\n");
        write_word_comment(&s, WORD_SCRIPT_NOTHING);
        write_no_settings(&s);
    }
    for (size_t i = 0; i < s.count; i++) {
        write_errand(&s, &s.errands[i]);
    }
    write_open_questions(&s);
    if (runs) {
        buf_add_c(out, asks_accounts(&s) ? account_tail : "");
        buf_add_c(out, tail);
        buf_add_c(out, asks_accounts(&s) ? account_status : "");
    }
}
