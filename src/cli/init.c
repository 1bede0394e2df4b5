/* SPDX-License-Identifier: MIT */
/* `init`: the commented settings file, never over an existing one. */
#include "base/paths.h"
#include "cli/commands.h"
#include "cli/confine.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/setup.h"

#include <sys/stat.h>

static const char default_name[] = "gitlab-eks.yaml";

int command_init(struct cli *cli)
{
    const struct options *options = cli->options;
    if (options->operands.count > 1) {
        return options_wrong(options, "init takes one path");
    }
    const char *path = options->operands.count ? options->operands.items[0] : default_name;
    if (*path == '\0') {
        return options_wrong(options, "the path is empty");
    }
    struct stat status;
    path = path_clean(cli->arena, path);
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        path = path_join(cli->arena, path, default_name);
    }
    confine_files(cli, NULL);
    int written = output_new_file(path, str_from_c(ekslint_init_text()));
    if (written == EKSLINT_OK) {
        message_note("wrote '%s'; fill it in, then run: ekslint %s", path, path);
    }
    return written;
}
