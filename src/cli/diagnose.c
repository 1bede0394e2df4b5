/* SPDX-License-Identifier: MIT */
/* `diagnose`: the paths as one case, and where its flow stops; or the script that collects the rest. */
#include "cli/check.h"
#include "cli/commands.h"
#include "cli/reports.h"
#include "cli/setup.h"

#include <unistd.h>

static bool check_usage(struct cli *cli)
{
    const struct options *options = cli->options;
    if (options->collect && options->format) {
        options_wrong(options, "--collect prints a shell script and takes no --format");
        return false;
    }
    if (options->format && !ekslint_has_diagnosis_format(options->format)) {
        options_wrong_word(options, "format of 'diagnose'", options->format,
                           ekslint_diagnosis_formats());
        return false;
    }
    if (options->operands.count == 0) {
        options_wrong(options, "diagnose needs the folder or the files of one case");
        return false;
    }
    return check_paths(cli) &&
           reports_read(cli, ekslint_has_diagnosis_format, ekslint_diagnosis_formats());
}

/* A script says what is missing, not what is wrong: writing it is no failure. */
static int verdict_of(const struct options *options, int status)
{
    bool is_verdict = status == EKSLINT_FINDINGS;
    return is_verdict && (options->exit_zero || options->collect) ? EKSLINT_OK : status;
}

static int run(struct cli *cli, ekslint *e)
{
    const struct options *options = cli->options;
    if (!check_configure(cli, e)) {
        return EKSLINT_USAGE;
    }
    check_add_files(cli, e);
    if (options->flow) {
        (void)ekslint_set_flow(e, options->flow); /* one of those that the option allows */
    }
    int status = cli->reports->refused ? EKSLINT_USAGE : ekslint_diagnose(e);
    progress_end(&cli->progress);
    if (cli->reports->refused) {
        return EKSLINT_USAGE;
    }
    if (status == EKSLINT_USAGE) {
        setup_print_problems(cli, e);
        return EKSLINT_USAGE;
    }
    ekslint_output settings = setup_output(cli, check_is_to_file(cli) ? -1 : STDOUT_FILENO);
    ekslint_text text =
        options->collect
            ? ekslint_collect_script(e, &settings)
            : ekslint_diagnosis(e, options->format ? options->format : "text", &settings);
    int written = check_worse(reports_write(cli, e, ekslint_diagnosis), check_write(cli, text));
    return check_worse(verdict_of(options, status), written);
}

int command_diagnose(struct cli *cli)
{
    if (!check_usage(cli)) {
        return EKSLINT_USAGE;
    }
    ekslint *e = setup_engine(cli);
    if (!e) {
        return EKSLINT_USAGE;
    }
    int status = run(cli, e);
    ekslint_free(e);
    return status;
}
