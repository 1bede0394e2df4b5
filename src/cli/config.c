/* SPDX-License-Identifier: MIT */
/* `config`: what settings a path has, and where they come from. */
#include "base/paths.h"
#include "cli/check.h"
#include "cli/commands.h"
#include "cli/setup.h"

#include <sys/stat.h>

static bool check_usage(const struct options *options)
{
    static const char formats[] = "text, json";
    if (options->format && !options_has_word(formats, options->format)) {
        options_wrong_word(options, "format of 'config'", options->format, formats);
        return false;
    }
    if (options->operands.count > 1) {
        options_wrong(options, "config takes one path");
        return false;
    }
    if (options->operands.count && options->operands.items[0][0] == '\0') {
        options_wrong(options, "the path is empty");
        return false;
    }
    return true;
}

int command_config(struct cli *cli)
{
    const struct options *options = cli->options;
    if (!check_usage(options)) {
        return EKSLINT_USAGE;
    }
    ekslint *e = setup_engine(cli);
    if (!e) {
        return EKSLINT_USAGE;
    }
    int status = EKSLINT_USAGE;
    if (check_configure(cli, e)) {
        struct stat info;
        const char *path = options->operands.count ? options->operands.items[0] : ".";
        bool is_folder = stat(path, &info) == 0 && S_ISDIR(info.st_mode);
        const char *format = options->format ? options->format : "text";
        status = setup_print(ekslint_config(e, path_clean(cli->arena, path), is_folder, format));
    }
    ekslint_free(e);
    return status;
}
