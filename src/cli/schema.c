/* SPDX-License-Identifier: MIT */
/* `schema`: a JSON Schema of one of our formats, or their names. */
#include "cli/commands.h"
#include "cli/message.h"
#include "cli/setup.h"

int command_schema(struct cli *cli)
{
    const struct options *options = cli->options;
    if (options->operands.count > 1) {
        return options_wrong(options, "schema takes one name");
    }
    ekslint *e = setup_engine(cli);
    if (!e) {
        return EKSLINT_USAGE;
    }
    const char *name = options->operands.count ? options->operands.items[0] : NULL;
    ekslint_text text = name ? ekslint_schema(e, name) : ekslint_schemas(e);
    int status = EKSLINT_USAGE;
    if (text.text) {
        status = setup_print(text);
    } else {
        message_error("there is no schema '%s'; 'ekslint schema' lists them", name);
    }
    ekslint_free(e);
    return status;
}
