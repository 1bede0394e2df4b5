/* SPDX-License-Identifier: MIT */
/*
 * `check`: settings, files, what the files refer to, the verdict, the report. One bad file never
 * stops the others.
 */
#include "cli/check.h"

#include "base/paths.h"
#include "cli/baseline.h"
#include "cli/commands.h"
#include "cli/configure.h"
#include "cli/confine.h"
#include "cli/files.h"
#include "cli/fix.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/read_ahead.h"
#include "cli/reference.h"
#include "cli/reports.h"
#include "cli/setup.h"
#include "cli/stats.h"
#include "cli/stream.h"
#include "cli/walk.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is being read. */
struct reading {
    struct cli *cli;
    ekslint *e;
    struct walk walk;
    struct reference_roots roots;
    const char *standard_input; /* what it is called once it was read; or NULL */
};

/* ---- settings ---- */

static bool wish_rules(ekslint *e, const struct strings *globs,
                       bool (*wish)(ekslint *e, const char *glob))
{
    for (size_t i = 0; i < globs->count; i++) {
        if (!wish(e, globs->items[i])) {
            setup_unknown_rule(e, globs->items[i]);
            return false;
        }
    }
    return true;
}

/* ID=LEVEL */
static bool set_severity(struct cli *cli, ekslint *e, const char *text)
{
    static const char levels[] = "error, warning, info";
    const char *equals = strrchr(text, '=');
    if (!equals) {
        options_wrong(cli->options, "--severity '%s' is not of the form ID=LEVEL", text);
        return false;
    }
    struct str id = {text, (size_t)(equals - text)};
    if (!options_has_word(levels, equals + 1)) {
        options_wrong_word(cli->options, "level of --severity", equals + 1, levels);
        return false;
    }
    const char *glob = arena_str(cli->arena, id).ptr;
    if (!ekslint_set_severity(e, glob, equals + 1)) {
        setup_unknown_rule(e, glob);
        return false;
    }
    return true;
}

static bool set_kind(struct cli *cli, ekslint *e)
{
    const char *nearest = NULL;
    const char *kind = cli->options->kind;
    if (!kind || ekslint_set_kind(e, kind, &nearest)) {
        return true;
    }
    if (nearest) {
        options_wrong(cli->options, "unknown kind '%s'; did you mean '%s'?", kind, nearest);
    } else {
        options_wrong(cli->options, "unknown kind '%s'", kind);
    }
    return false;
}

bool check_configure(struct cli *cli, ekslint *e)
{
    const struct options *options = cli->options;
    /* The option table has checked these two words. */
    /* Whoever wants Access Analyzer's shape wants all of its checks, unless a profile is named. */
    bool checks = options->format && strcmp(options->format, "access-analyzer") == 0;
    const char *profile = options->profile ? options->profile : checks ? "access-analyzer" : NULL;
    bool words = (!profile || ekslint_set_profile(e, profile)) &&
                 (!options->fail_on || ekslint_fail_on(e, options->fail_on));
    if (!words || !set_kind(cli, e)) {
        return false;
    }
    if (options->hook) {
        ekslint_no_cases(e);
    }
    for (size_t i = 0; i < options->severity.count; i++) {
        if (!set_severity(cli, e, options->severity.items[i])) {
            return false;
        }
    }
    if (options->no_suppressions) {
        ekslint_no_suppressions(e);
    }
    return wish_rules(e, &options->select, ekslint_select) &&
           wish_rules(e, &options->ignore, ekslint_ignore);
}

/* ---- files ---- */

static void add_text(struct reading *reading, const char *name, struct file_text text)
{
    if (text.why) {
        ekslint_unreadable(reading->e, name, text.why);
    } else {
        /* False where it is no JSON or YAML: that is in the report. */
        enum stats_phase before = stats_enter(reading->cli, STATS_PARSE);
        ekslint_add_file(reading->e, name, text.bytes.ptr, text.bytes.len);
        stats_parsed(reading->cli, before, text.bytes.len);
    }
}

static void keep_text(struct reading *reading, const char *name, const char *path,
                      const struct file_text *text)
{
    if (!text->why) {
        fixes_keep(reading->cli, name, path, text->bytes);
    }
}

static void add_standard_input(struct reading *reading)
{
    if (reading->standard_input) {
        return;
    }
    reading->standard_input = "stdin";
    if (reports_refuse_standard_input(reading->cli->reports)) {
        return;
    }
    const char *name = reading->cli->options->stdin_filename;
    if (name && ekslint_excludes(reading->e, name, false)) {
        reading->walk.left_out++;
        return;
    }
    if (name) {
        name = path_clean(reading->cli->arena, name);
        reference_roots_add(&reading->roots, name, false);
    }
    struct file_text text;
    name = name ? name : reading->standard_input;
    reading->standard_input = name;
    if (!fixes_find(reading->cli, name, &text)) {
        text = file_read_standard_input(reading->cli->arena, &reading->cli->limits);
        keep_text(reading, name, NULL, &text);
    }
    add_text(reading, name, text);
}

static void add_path(struct reading *reading, const char *path)
{
    struct stat status;
    if (strcmp(path, "-") == 0) {
        add_standard_input(reading);
        return;
    }
    walk_add(&reading->walk, path);
    bool is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    reference_roots_add(&reading->roots, path_clean(reading->cli->arena, path), is_folder);
    if (is_folder) {
        ekslint_looked_through(reading->e, path);
    }
}

/* A path that only says where changed files may lie: nothing of it is read for that. */
static void add_limit(struct reading *reading, const char *path)
{
    struct stat status;
    const char *name = path_clean(reading->cli->arena, path);
    if (stat(name, &status) != 0) {
        ekslint_unreadable(reading->e, name, file_trouble(reading->cli->arena, errno));
        return;
    }
    reference_roots_add(&reading->roots, name, S_ISDIR(status.st_mode));
}

/* A file that a hook names is as good as met: nobody chose it. */
static void add_hooked(struct reading *reading, const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0 && S_ISREG(status.st_mode)) {
        walk_add_met(&reading->walk, path);
    } else {
        add_path(reading, path);
    }
}

/*
 * An editor gives the text that is not saved yet under the name of its file, and it stands for that.
 * Without a name, it and a file 'stdin' are two.
 */
static bool tell_from_standard_input(const struct reading *reading, struct found *found)
{
    bool same = reading->standard_input && strcmp(found->name, reading->standard_input) == 0;
    if (same && !reading->cli->options->stdin_filename) {
        found->name = "./stdin";
        return true;
    }
    return !same;
}

static void add_found(struct reading *reading, size_t i)
{
    struct found *found = &reading->walk.items[i];
    if (!tell_from_standard_input(reading, found)) {
        return;
    }
    struct file_text text = {.why = found->why};
    if (baseline_is(reading->cli, found->name)) {
        reading->walk.left_out += !found->met;
        return;
    }
    bool refused = found->met ? reports_leave_out(reading->cli, found->name)
                              : reports_refuse(reading->cli->reports, found->name);
    if (refused) {
        return;
    }
    if (!text.why && !fixes_find(reading->cli, found->name, &text)) {
        text = reading->cli->read_ahead
                   ? read_ahead_take(reading->cli->read_ahead, i)
                   : found_read(reading->cli->arena, found, &reading->cli->limits);
        keep_text(reading, found->name, found->name, &text);
    }
    if (!text.why && found->met) {
        enum stats_phase before = stats_enter(reading->cli, STATS_PARSE);
        ekslint_add_met_file(reading->e, found->name, text.bytes.ptr, text.bytes.len);
        stats_parsed(reading->cli, before, text.bytes.len);
    } else {
        add_text(reading, found->name, text);
    }
}

/*
 * Files that documents refer to, and what those refer to. A file that may not be read is left to
 * the report.
 */
static void add_references(struct reading *reading)
{
    for (;;) {
        const char *name = ekslint_next_reference(reading->e);
        if (!name) {
            return;
        }
        const char *resolved = reference_resolve(&reading->roots, name);
        struct file_text text;
        if (!resolved || reports_refuse(reading->cli->reports, resolved)) {
            continue;
        }
        if (!fixes_find(reading->cli, name, &text)) {
            text = file_read_resolved(reading->cli->arena, resolved);
            keep_text(reading, name, resolved, &text);
        }
        add_text(reading, name, text);
    }
}

/*
 * A file of the configuration is no input. A hook that names one has it checked all the same: the
 * search for the configuration began in its folder.
 */
static bool is_of_configuration(const char *path)
{
    struct str part;
    struct str rest = str_from_c(path);
    bool found = false;
    for (bool more = true; more && !found;) {
        more = str_cut(rest, '/', &part, &rest);
        found = str_eq(part, more ? STR(".ekslint") : STR(".ekslint.yaml"));
    }
    return found;
}

static bool leaves_out(void *context, const char *path, bool is_folder)
{
    return is_of_configuration(path) || ekslint_excludes(context, path, is_folder);
}

static void add_paths(struct reading *reading)
{
    const struct inputs *inputs = reading->cli->inputs;
    const struct strings *paths = &reading->cli->options->operands;
    const struct options *options = reading->cli->options;
    void (*add)(struct reading * reading, const char *path) = options->changed_since ? add_limit
                                                              : options->hook        ? add_hooked
                                                                                     : add_path;
    for (size_t i = 0; i < paths->count; i++) {
        add(reading, paths->items[i]);
    }
    if (paths->count == 0 && (options->changed_since || !inputs->listed)) {
        add(reading, ".");
    }
    for (size_t i = 0; i < inputs->changed.count; i++) {
        walk_add_met(&reading->walk, inputs->changed.items[i]);
    }
}

static void add_all_found(struct reading *reading)
{
    struct cli *cli = reading->cli;
    const struct walk *walk = &reading->walk;
    bool quiet = cli->options->quiet || (cli->options->command != COMMAND_CHECK &&
                                         cli->options->command != COMMAND_DIAGNOSE);
    cli->progress = progress_begin(walk->count, quiet);
    /* What is mended is read once, and judged again and again. */
    cli->read_ahead = cli->fixes ? NULL
                                 : read_ahead_begin(cli->arena, walk->items, walk->count,
                                                    &cli->limits, cli->inputs->jobs);
    for (size_t i = 0; i < walk->count; i++) {
        progress_step(&cli->progress, i);
        add_found(reading, i);
    }
    if (cli->read_ahead) {
        read_ahead_end(cli->read_ahead);
    }
}

/*
 * What a folder holds and git ignores is no part of a repository. `diagnose` and `explain --error` take
 * what was collected for a case, and that is often ignored.
 */
bool check_heeds_gitignore(const struct options *options)
{
    return !options->no_ignore &&
           (options->command == COMMAND_CHECK || options->command == COMMAND_TRACE ||
            options->command == COMMAND_SUPPRESSIONS);
}

void check_add_files(struct cli *cli, ekslint *e)
{
    static const struct str endings[] = {STR_INIT(".json"), STR_INIT(".jsonl"),
                                         STR_INIT(".yaml"), STR_INIT(".yml"),
                                         STR_INIT(".ini"),  STR_INIT(".kubeconfig")};
    struct reading reading = {.cli = cli, .e = e};
    struct walk *walk = &reading.walk;
    walk_init(walk, cli->arena, endings, COUNT_OF(endings));
    walk->integration = true;
    walk->gitignore = check_heeds_gitignore(cli->options);
    walk->leaves_out = leaves_out;
    walk->context = e;
    reference_roots_init(&reading.roots, cli->arena);
    add_paths(&reading);
    add_all_found(&reading);
    if (!cli->options->hook) {
        add_references(&reading);
    }
    cli->hidden = walk->hidden;
    cli->ignored = walk->ignored;
    cli->all_left_out = walk->left_out > 0 && walk->left_out == cli->options->operands.count;
    configure_note_unused(cli, e, &walk->configs);
    confine_seal(cli);
    progress_judging(&cli->progress);
}

/* ---- the run ---- */

bool check_paths(const struct cli *cli)
{
    const struct options *options = cli->options;
    for (size_t i = 0; i < options->operands.count; i++) {
        if (options->operands.items[i][0] == '\0') {
            options_wrong(options, "path %zu is empty", i + 1);
            return false;
        }
    }
    return true;
}

bool check_is_to_file(const struct cli *cli)
{
    return cli->options->output && strcmp(cli->options->output, "-") != 0;
}

static bool check_usage(struct cli *cli)
{
    const struct options *options = cli->options;
    if (options->format && !ekslint_has_format(options->format)) {
        options_wrong_word(options, "format", options->format, ekslint_formats());
        return false;
    }
    if (options->unsafe && !options->fix && !options->diff) {
        options_wrong(options, "--unsafe goes with --fix or --diff");
        return false;
    }
    if (options->diff && check_is_to_file(cli)) {
        options_wrong(options, "--output takes the report, and --diff prints none; use --report");
        return false;
    }
    if (!check_paths(cli) || !reports_read(cli, ekslint_has_format, ekslint_formats()) ||
        !baseline_check_usage(cli)) {
        return false;
    }
    struct stat status;
    bool nowhere = !options->command_given && options->operands.count > 0 &&
                   strcmp(options->operands.items[0], "-") != 0 &&
                   lstat(options->operands.items[0], &status) != 0 && errno == ENOENT;
    return !nowhere || !options_is_misspelt_command(options);
}

int check_write(const struct cli *cli, ekslint_text report)
{
    const struct options *options = cli->options;
    if (setup_is_too_large(report, check_is_to_file(cli) ? options->output : "standard output")) {
        return EKSLINT_INTERNAL;
    }
    if (!report.text) {
        message_error("internal error: there is no report");
        return EKSLINT_INTERNAL;
    }
    if (!check_is_to_file(cli)) {
        return setup_print(report);
    }
    int status = output_file(options->output, (struct str){report.text, report.len});
    ekslint_text_free(report);
    return status;
}

/* Of several statuses the highest of 2, 3 and 5 counts; else the verdict. */
int check_worse(int verdict, int written)
{
    if (written == EKSLINT_OK) {
        return verdict;
    }
    bool trouble =
        verdict == EKSLINT_USAGE || verdict == EKSLINT_INPUT || verdict == EKSLINT_INTERNAL;
    return trouble && verdict > written ? verdict : written;
}

/*
 * A commit that touches only files that are left out, or none of those that ekslint reads, must pass its
 * hook; so must an empty list of files.
 */
static bool nothing_is_fine(const struct cli *cli)
{
    const struct options *options = cli->options;
    if (cli->all_left_out) {
        message_note("the configuration leaves all of these files out");
    } else if (options->changed_since) {
        message_note("nothing that ekslint knows has changed since '%s'", options->changed_since);
    } else if (options->hook) {
        message_note("none of these files is of a kind that ekslint knows");
    } else if (cli->inputs->listed && options->operands.count == 0) {
        message_note("the list of files is empty");
    } else {
        return false;
    }
    return true;
}

/* Where nothing was evaluated, what nobody looked at may be the reason. */
static void note_passed_over(const struct cli *cli, int status)
{
    if (status == EKSLINT_NOTHING && cli->hidden + cli->ignored > 0) {
        message_note(
            "passed over: %zu hidden entries, and %zu that .gitignore leaves out (--no-ignore "
            "reads those)",
            cli->hidden, cli->ignored);
    }
}

/* Check all that was asked for; NULL where the usage is wrong, which has been said. */
static ekslint *judge(struct cli *cli, int *status)
{
    ekslint *e = setup_engine(cli);
    if (!e) {
        return NULL;
    }
    stats_begin(cli, e);
    if (check_configure(cli, e) && baseline_give(cli, e)) {
        check_add_files(cli, e);
        if (!cli->reports->refused) {
            baseline_look_for_files(cli, e);
            (void)stats_enter(cli, STATS_JUDGE);
            *status = ekslint_check(e);
            (void)stats_enter(cli, STATS_REPORT);
            progress_end(&cli->progress);
            return e;
        }
    }
    progress_end(&cli->progress);
    ekslint_free(e);
    return NULL;
}

/* A report that is not to stand where a mended text or a diff does goes to standard error. */
static int write_report(struct cli *cli, ekslint *e, ekslint_output *settings)
{
    const struct options *options = cli->options;
    const char *format = options->format ? options->format : "text";
    if (options->diff) {
        setup_print_obstacles(cli, e);
        return EKSLINT_OK;
    }
    ekslint_text report = ekslint_report(e, format, settings);
    if (fixes_take_output(cli) && !check_is_to_file(cli)) {
        message_text((struct str){report.text, report.len});
        ekslint_text_free(report);
        return EKSLINT_OK;
    }
    return check_write(cli, report);
}

static int finish(struct cli *cli, ekslint *e, int status)
{
    /* With --diff nothing is written. */
    int baseline = cli->options->diff ? EKSLINT_OK : baseline_write_back(cli, e, status);
    ekslint_output settings = setup_output(cli, check_is_to_file(cli) ? -1 : STDOUT_FILENO);
    if (status == EKSLINT_FINDINGS && cli->options->exit_zero) {
        status = EKSLINT_OK;
    }
    if (status == EKSLINT_NOTHING && nothing_is_fine(cli)) {
        settings.quiet = true;
        status = EKSLINT_OK;
    }
    note_passed_over(cli, status);
    status = check_worse(status, baseline);
    if (!cli->options->diff) { /* else they are written: of the files as they are */
        status = check_worse(status, reports_write(cli, e, ekslint_report));
    }
    return check_worse(status, write_report(cli, e, &settings));
}

/* With --diff the verdict and the reports are of the files as they are. */
static int fix(struct cli *cli, ekslint **e, int *status)
{
    int found = *status;
    if (cli->options->diff) {
        fixes_note_shown(cli, *e);
    }
    ekslint *mended = fixes_settle(cli, *e, judge, status);
    *e = mended;
    if (!mended) {
        return EKSLINT_USAGE;
    }
    fixes_tell_refused(mended);
    if (cli->options->diff) {
        *status = found;
        return fixes_print(cli, mended);
    }
    int written = fixes_write(cli);
    if (cli->fixes->unwritten || cli->options->write_baseline) {
        *e = judge(cli, status);
        ekslint_free(mended);
    }
    return *e ? written : EKSLINT_USAGE;
}

int command_check(struct cli *cli)
{
    struct fixes fixes = {0};
    const struct options *options = cli->options;
    struct stats stats = {.wanted = options->stats || options->profile_rules};
    int status;
    int fixed = EKSLINT_OK;
    if (options->stdin_jsonl) {
        return stream_check(cli);
    }
    if (!check_usage(cli)) {
        return EKSLINT_USAGE;
    }
    cli->stats = &stats;
    cli->fixes = options->fix || options->diff ? &fixes : NULL;
    ekslint *e = judge(cli, &status);
    if (e && options->diff) {
        fixed = reports_write(cli, e, ekslint_report);
    }
    if (e && cli->fixes) {
        fixed = check_worse(fix(cli, &e, &status), fixed);
    }
    if (!e) {
        return EKSLINT_USAGE;
    }
    status = check_worse(finish(cli, e, status), fixed);
    stats_print(cli, e);
    ekslint_free(e);
    return status;
}
