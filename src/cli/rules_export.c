/* SPDX-License-Identifier: MIT */
/* `rules export`: the files of the built-in rules, none over another. */
#include "cli/rules.h"

#include "base/paths.h"
#include "cli/confine.h"
#include "cli/message.h"
#include "cli/output.h"
#include "ekslint.h"

#include <errno.h>
#include <sys/stat.h>

/* False where there is no such folder and none can be made, which has been said. */
static bool make_folder(const char *path)
{
    struct stat status;
    if (mkdir(path, 0777) == 0 || (stat(path, &status) == 0 && S_ISDIR(status.st_mode))) {
        return true;
    }
    message_error("'%s' cannot be made: %s", path, strerror(errno));
    return false;
}

static int write_rule(struct cli *cli, const char *folder, const char *id, ekslint_text text)
{
    struct str name = str_from_c(id);
    struct str family = str_slice(name, 0, str_find_char(name, '/'));
    const char *below = path_join(cli->arena, folder, arena_str(cli->arena, family).ptr);
    const char *file = arena_format(cli->arena, "%s/%s.yaml", folder, id).ptr;
    return make_folder(below) ? output_new_file(file, (struct str){text.text, text.len})
                              : EKSLINT_USAGE;
}

int rules_export(struct cli *cli)
{
    const struct options *options = cli->options;
    if (options->operands.count != 2 || options->operands.items[1][0] == '\0') {
        return options_wrong(options, "'rules export' takes one folder");
    }
    const char *folder = path_clean(cli->arena, options->operands.items[1]);
    confine_files(cli, NULL);
    if (!make_folder(folder)) {
        return EKSLINT_USAGE;
    }
    ekslint *e = ekslint_new();
    int status = EKSLINT_OK;
    size_t count = 0;
    const char *id;
    ekslint_text text = ekslint_builtin_rule(e, count, &id);
    for (; text.text && status == EKSLINT_OK; text = ekslint_builtin_rule(e, ++count, &id)) {
        status = write_rule(cli, folder, id, text);
        ekslint_text_free(text);
    }
    ekslint_text_free(text);
    if (status == EKSLINT_OK) {
        message_note("wrote %zu rules to '%s'", count, folder);
    }
    ekslint_free(e);
    return status;
}
