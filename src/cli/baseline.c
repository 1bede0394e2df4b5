/* SPDX-License-Identifier: MIT */
/* The file of a baseline. */
#include "cli/baseline.h"

#include "base/paths.h"
#include "cli/configure.h"
#include "cli/discover.h"
#include "cli/files.h"
#include "cli/fix.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/reports.h"
#include "cli/resolve.h"
#include "cli/setup.h"

#include <errno.h>
#include <sys/stat.h>

/* The baseline that is read, as the user would write it; or NULL. */
static const char *given_path(const struct cli *cli)
{
    const struct options *options = cli->options;
    return options->baseline ? options->baseline : cli->baseline;
}

bool baseline_check_usage(struct cli *cli)
{
    const struct options *options = cli->options;
    const char *other = options->baseline ? "--baseline" : "--prune-baseline";
    bool reads = options->baseline || options->prune_baseline;
    if (options->write_baseline && reads) {
        options_wrong(options,
                      "--write-baseline begins anew, and %s goes on with a baseline: give "
                      "one of them",
                      other);
        return false;
    }
    if (options->no_suppressions && reads) {
        options_wrong(options,
                      "--no-suppressions leaves the baseline out, and %s wants it: give one "
                      "of them",
                      other);
        return false;
    }
    if (options->write_baseline && (options->hook || options->changed_since)) {
        options_wrong(
            options,
            "--write-baseline begins anew, and %s sees only some of the findings: what is "
            "known of the others would be lost; leave one out",
            options->hook ? "--hook" : "--changed-since");
        return false;
    }
    if (options->write_baseline && strcmp(options->write_baseline, "-") == 0) {
        options_wrong(options, "--write-baseline writes a file");
        return false;
    }
    return !options->write_baseline ||
           reports_add(cli, "--write-baseline", options->write_baseline);
}

static bool read_given(struct cli *cli, ekslint *e, const char *here, const char *path)
{
    const char *whole = discover_absolute(cli->arena, here, path);
    const char *name = discover_show(cli->arena, here, whole);
    struct file_text text = file_read(cli->arena, name);
    if (text.why) {
        message_error("baseline '%s' %s; --write-baseline writes one", name, text.why);
        return false;
    }
    if (!ekslint_add_baseline(e, here, path_folder(cli->arena, whole), name, text.bytes.ptr,
                              text.bytes.len)) {
        setup_print_problems(cli, e);
        return false;
    }
    return true;
}

bool baseline_give(struct cli *cli, ekslint *e)
{
    const struct options *options = cli->options;
    const char *path = options->write_baseline ? options->write_baseline : given_path(cli);
    if (options->no_suppressions && !options->write_baseline) {
        return true;
    }
    if (!path && options->prune_baseline) {
        options_wrong(options,
                      "--prune-baseline needs a baseline: --baseline FILE, or 'baseline' in "
                      "the configuration");
        return false;
    }
    const char *here = path ? configure_here(cli) : NULL;
    if (!path || !here) {
        return !path;
    }
    if (options->write_baseline) {
        const char *whole = discover_absolute(cli->arena, here, path);
        if (!cli->fixes || cli->fixes->settled) { /* what is known is not mended: first that */
            ekslint_record_baseline(e, here, path_folder(cli->arena, whole));
        }
        return true;
    }
    return (!options->prune_baseline || reports_add(cli, "--prune-baseline", path)) &&
           read_given(cli, e, here, path);
}

void baseline_look_for_files(struct cli *cli, ekslint *e)
{
    struct stat status;
    const char *name;
    if (given_path(cli)) {
        while ((name = ekslint_next_baseline_file(e)) != NULL) {
            if (lstat(name, &status) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
                ekslint_baseline_gone(e);
            }
        }
    }
}

bool baseline_is(const struct cli *cli, const char *path)
{
    const char *given = cli->options->write_baseline ? NULL : given_path(cli);
    struct stat a, b;
    return given && stat(given, &a) == 0 && stat(path, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

int baseline_write_back(struct cli *cli, ekslint *e, int status)
{
    const struct options *options = cli->options;
    const char *path = options->write_baseline   ? options->write_baseline
                       : options->prune_baseline ? given_path(cli)
                                                 : NULL;
    bool judged = status == EKSLINT_OK || status == EKSLINT_FINDINGS || status == EKSLINT_INPUT;
    if (!path || !judged) {
        return EKSLINT_OK;
    }
    bool changed;
    int written = EKSLINT_OK;
    ekslint_text text = ekslint_baseline(e, &changed);
    if (changed) {
        written = output_file(path, (struct str){text.text, text.len});
    }
    ekslint_text_free(text);
    return written;
}
