/* SPDX-License-Identifier: MIT */
/* Files are told apart by device and number, and those that are not there yet by their resolved path. */
#include "cli/reports.h"

#include "cli/check.h"
#include "cli/files.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/resolve.h"
#include "cli/setup.h"

#include <sys/stat.h>
#include <unistd.h>

/* ---- files ---- */

static void note_status(struct report_file *file, const struct stat *status)
{
    file->exists = S_ISREG(status->st_mode);
    file->device = (uint64_t)status->st_dev;
    file->number = (uint64_t)status->st_ino;
}

/* Where a file that is not there would be: its resolved folder and its name. */
static const char *place_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *folder = "/";
    if (!slash) {
        folder = ".";
    } else if (slash > path) {
        folder = arena_str(arena, (struct str){path, (size_t)(slash - path)}).ptr;
    }
    const char *resolved = path_resolve(arena, folder);
    return resolved ? arena_format(arena, "%s/%s", resolved, name).ptr : NULL;
}

static void find_file(struct arena *arena, struct report_file *file)
{
    struct stat status;
    if (stat(file->path, &status) == 0) {
        note_status(file, &status);
    } else {
        file->place = place_of(arena, file->path);
    }
}

static bool is_same(const struct report_file *a, const struct report_file *b)
{
    if (a->exists && b->exists) {
        return a->device == b->device && a->number == b->number;
    }
    return a->place && b->place && strcmp(a->place, b->place) == 0;
}

/* ---- options ---- */

static bool add(struct cli *cli, struct reports *reports, const char *option, const char *format,
                const char *path)
{
    struct report_file file = {.format = format, .path = path, .option = option};
    find_file(cli->arena, &file);
    for (size_t i = 0; i < reports->count; i++) {
        if (is_same(&reports->items[i], &file)) {
            options_wrong(cli->options, "two reports would go to '%s'", path);
            return false;
        }
    }
    reports->items[reports->count++] = file;
    return true;
}

static bool add_report(struct cli *cli, struct reports *reports, const char *text,
                       bool (*has_format)(const char *format), const char *formats)
{
    const char *equals = strchr(text, '=');
    if (!equals || equals[1] == '\0') {
        options_wrong(cli->options, "--report '%s' is not of the form FORMAT=FILE", text);
        return false;
    }
    struct str name = {text, (size_t)(equals - text)};
    const char *format = arena_str(cli->arena, name).ptr;
    if (!has_format(format)) {
        options_wrong_word(cli->options, "format of --report", format, formats);
        return false;
    }
    if (strcmp(equals + 1, "-") == 0) {
        options_wrong(cli->options, "--report writes files; for standard output give --format %s",
                      format);
        return false;
    }
    return add(cli, reports, "--report", format, equals + 1);
}

bool reports_add(struct cli *cli, const char *option, const char *path)
{
    struct reports *reports = cli->reports;
    struct report_file *items = arena_array(cli->arena, struct report_file, reports->count + 1);
    for (size_t i = 0; i < reports->count; i++) {
        const struct report_file *known = &reports->items[i];
        if (strcmp(known->option, option) == 0 && strcmp(known->path, path) == 0) {
            return true; /* what is mended is judged again and again */
        }
        items[i] = *known;
    }
    reports->items = items;
    return add(cli, reports, option, NULL, path);
}

bool reports_read(struct cli *cli, bool (*has_format)(const char *format), const char *formats)
{
    const struct options *options = cli->options;
    struct reports *reports = arena_new(cli->arena, struct reports);
    reports->items = arena_array(cli->arena, struct report_file, options->report.count + 1);
    if (check_is_to_file(cli) && !add(cli, reports, "--output", NULL, options->output)) {
        return false;
    }
    for (size_t i = 0; i < options->report.count; i++) {
        if (!add_report(cli, reports, options->report.items[i], has_format, formats)) {
            return false;
        }
    }
    cli->reports = reports;
    return true;
}

/* ---- inputs ---- */

static const struct report_file *find_target(const struct reports *reports,
                                             const struct report_file *input)
{
    for (size_t i = 0; reports && i < reports->count; i++) {
        if (is_same(&reports->items[i], input)) {
            return &reports->items[i];
        }
    }
    return NULL;
}

static bool refuse(struct reports *reports, const struct report_file *input)
{
    const struct report_file *target = find_target(reports, input);
    if (target) {
        message_error("a report would replace '%s', which is an input; name another file for %s",
                      target->path, target->option);
        reports->refused = true;
    }
    return target != NULL;
}

/* An input that is not there is no target of anything. */
static bool find_input(const struct reports *reports, const char *path, struct report_file *input)
{
    struct stat status;
    *input = (struct report_file){.path = path};
    if (!reports || reports->count == 0 || stat(path, &status) != 0) {
        return false;
    }
    note_status(input, &status);
    return true;
}

bool reports_refuse(struct reports *reports, const char *path)
{
    struct report_file input;
    return find_input(reports, path, &input) && refuse(reports, &input);
}

bool reports_refuse_standard_input(struct reports *reports)
{
    struct stat status;
    struct report_file input = {0};
    if (!reports || reports->count == 0 || fstat(STDIN_FILENO, &status) != 0) {
        return false;
    }
    note_status(&input, &status);
    return refuse(reports, &input);
}

/* Read by an engine of its own, so that what is left out leaves no trace in the report. */
static bool holds_documents(struct cli *cli, const char *path)
{
    struct file_text text = file_read(cli->arena, path);
    if (text.why) {
        return true;
    }
    ekslint *probe = ekslint_new();
    bool read = ekslint_add_met_file(probe, path, text.bytes.ptr, text.bytes.len);
    bool holds = !read || ekslint_has_documents(probe);
    ekslint_free(probe);
    return holds;
}

bool reports_leave_out(struct cli *cli, const char *path)
{
    struct report_file input;
    if (!find_input(cli->reports, path, &input) || !find_target(cli->reports, &input)) {
        return false;
    }
    return !holds_documents(cli, path) || refuse(cli->reports, &input);
}

/* ---- writing ---- */

int reports_write(const struct cli *cli, ekslint *e,
                  ekslint_text (*report)(ekslint *e, const char *format,
                                         const ekslint_output *output))
{
    int status = EKSLINT_OK;
    ekslint_output settings = setup_output(cli, -1);
    for (size_t i = 0; cli->reports && i < cli->reports->count; i++) {
        const struct report_file *file = &cli->reports->items[i];
        if (!file->format) {
            continue;
        }
        ekslint_text text = report(e, file->format, &settings);
        int written = EKSLINT_INTERNAL;
        if (setup_is_too_large(text, file->path)) {
            written = EKSLINT_INTERNAL;
        } else if (text.text) {
            written = output_file(file->path, (struct str){text.text, text.len});
        } else {
            message_error("internal error: there is no report for '%s'", file->path);
        }
        ekslint_text_free(text);
        status = written > status ? written : status;
    }
    return status;
}
