/* SPDX-License-Identifier: MIT */
/*
 * Where reports go beside standard output: the files of --report FORMAT=FILE and of --output. Two of
 * them never share a file, and none is a file that the run reads: that is refused before anything is
 * written. An earlier report that is only met in a folder, and holds no document, is no input.
 */
#ifndef EKSLINT_CLI_REPORTS_H
#define EKSLINT_CLI_REPORTS_H

#include "cli/commands.h"
#include "ekslint.h"

/* A file to write, told from others however it is named. */
struct report_file {
    const char *format; /* NULL: not written with the reports of --report */
    const char *option; /* that names it */
    const char *path;
    bool exists; /* as a regular file: of no other can there be two */
    uint64_t device, number;
    const char *place; /* the resolved path of a file that is not there yet; or NULL */
};

struct reports {
    struct report_file *items;
    size_t count;
    bool refused; /* one of them is an input, which has been said */
};

/*
 * Add a file that is written beside the reports. False where one of them goes to it, too, which has been
 * said.
 */
MUST_USE bool reports_add(struct cli *cli, const char *option, const char *path);

/* Read the options into cli->reports. False where they are wrong, which has been said. */
MUST_USE bool reports_read(struct cli *cli, bool (*has_format)(const char *format),
                           const char *formats);

/*
 * Is the file `path` the target of a report? It then is refused as an input: that is said, and
 * `refused` is set. `reports` may be NULL.
 */
bool reports_refuse(struct reports *reports, const char *path);
bool reports_refuse_standard_input(struct reports *reports);

/* The same for a file met in a folder; true where it is to be left out, refused or not. */
bool reports_leave_out(struct cli *cli, const char *path);

/* Write those of --report, each whole or not at all. Returns the worst exit status. */
int reports_write(const struct cli *cli, ekslint *e,
                  ekslint_text (*report)(ekslint *e, const char *format,
                                         const ekslint_output *output));

#endif
