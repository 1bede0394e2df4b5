/* SPDX-License-Identifier: MIT */
/* From the arguments to a command, and from a command to the exit status. */
#include "cli/commands.h"
#include "cli/confine.h"
#include "cli/output.h"
#include "cli/read_ahead.h"
#include "ekslint.h"

#include <signal.h>

enum { HELP_MAX = 64 * 1024 };

static int (*const runs[COMMAND_COUNT])(struct cli *cli) = {
    [COMMAND_CHECK] = command_check,
    [COMMAND_EXPLAIN] = command_explain,
    [COMMAND_RULES] = command_rules,
    [COMMAND_QUERY] = command_query,
    [COMMAND_INIT] = command_init,
    [COMMAND_REDACT] = command_redact,
    [COMMAND_DIAGNOSE] = command_diagnose,
    [COMMAND_SIMULATE] = command_simulate,
    [COMMAND_SCHEMA] = command_schema,
    [COMMAND_TRACE] = command_trace,
    [COMMAND_CONFIG] = command_config,
    [COMMAND_SUPPRESSIONS] = command_suppressions,
    [COMMAND_COMPLETIONS] = command_completions,
    [COMMAND_MAN] = command_man,
};

static int print_help(const struct options *options)
{
    struct buf out = buf_with_max(HELP_MAX);
    options_help(options, &out);
    int status = output_standard(buf_str(&out));
    buf_release(&out);
    return status;
}

static int print_version(const struct options *options)
{
    struct buf out = buf_with_max(HELP_MAX);
    ekslint_text about = ekslint_about();
    buf_add(&out, (struct str){about.text, about.len});
    ekslint_text_free(about);
    confine_describe(options, &out);
    int status = output_standard(buf_str(&out));
    buf_release(&out);
    return status;
}

/* git, which may be asked for the names of the inputs, is started before the sandbox closes. */
static bool read_inputs(struct options *options, struct arena *arena, struct inputs *inputs)
{
    bool starts_git = options->changed_since != NULL;
    if (!starts_git) {
        confine_begin(options);
    }
    bool read = inputs_read(options, arena, inputs);
    if (starts_git) {
        confine_begin(options);
    }
    return read;
}

static int run(struct arena *arena, int argc, char **argv)
{
    struct options options;
    if (!options_parse(&options, arena, argc, argv) || !options_is_available(options.command)) {
        return EKSLINT_USAGE;
    }
    if (options.help) {
        return print_help(&options);
    }
    if (options.version) {
        return print_version(&options);
    }
    struct inputs inputs;
    if (!read_inputs(&options, arena, &inputs)) {
        return EKSLINT_USAGE;
    }
    struct cli cli = {.options = &options, .arena = arena, .inputs = &inputs};
    if (!inputs_read_limits(&options, arena, &cli.limits)) {
        return EKSLINT_USAGE;
    }
    int status = runs[options.command](&cli);
    read_ahead_release(cli.read_ahead);
    return status;
}

int main(int argc, char **argv)
{
    /* A reader that goes away is an error of write(2), not the end of this program. */
    signal(SIGPIPE, SIG_IGN);
    struct arena arena = {0};
    int status = run(&arena, argc, argv);
    arena_release(&arena);
    return status;
}
