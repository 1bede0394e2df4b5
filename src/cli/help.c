/* SPDX-License-Identifier: MIT */
/* Help texts. */
#include "cli/help.h"

#include "ekslint.h"
#include "report/flow.h"

enum { HELP_WIDTH = 80, HELP_INDENT = 2, KEYS_COLUMN = 22 };

void help_definition(struct buf *out, unsigned column, struct str term, struct str meaning)
{
    struct flow flow = {.out = out, .width = HELP_WIDTH, .hang = column};
    flow.spaces = HELP_INDENT;
    flow_raw(&flow, INK_PLAIN, term);
    flow.column = HELP_INDENT + (unsigned)term.len;
    flow.spaces = flow.column < column ? column - flow.column : 1;
    flow_words(&flow, INK_PLAIN, meaning);
    flow_end(&flow);
}

void help_paragraph(struct buf *out, struct str text)
{
    struct flow flow = {.out = out, .width = HELP_WIDTH};
    flow_words(&flow, INK_PLAIN, text);
    flow_end(&flow);
}

void help_list(struct buf *out, struct str label, struct str items)
{
    enum { HANG = 2 };
    struct flow flow = {.out = out, .width = HELP_WIDTH, .hang = HANG};
    flow_words(&flow, INK_PLAIN, label);
    flow_words(&flow, INK_PLAIN, items);
    flow_end(&flow);
}

void help_configuration(struct buf *out)
{
    static const struct str paragraphs[] = {
        STR_INIT("The configuration is the file .ekslint.yaml in the folder of a path or in the "
                 "nearest folder above, up to the root of the repository (the folder with .git); "
                 "where there is no repository, up to the current folder. Rule files (*.yaml) in "
                 ".ekslint/rules beside it count, too. One run has one configuration."),
        STR_INIT("A later layer wins: what a file extends, its own keys, its overrides in their "
                 "order, the command line. 'select' starts anew, 'ignore' takes away."),
        STR_INIT("Paths in 'exclude', 'kinds', 'files' and 'file' are patterns as in .gitignore: "
                 "'*' and "
                 "'?' stay within a name, '**' crosses folders, a slash at the end means folders, "
                 "one in front or within the whole path from the folder of the configuration, and "
                 "'!' takes back."),
    };
    ekslint_text keys = ekslint_config_keys();
    struct str rest = {keys.text, keys.len};
    for (size_t i = 0; i < COUNT_OF(paragraphs); i++) {
        buf_add_char(out, '\n');
        help_paragraph(out, paragraphs[i]);
    }
    buf_add_c(out, "\nKeys:\n");
    while (rest.len) {
        struct str line, name, meaning;
        (void)str_cut(rest, '\n', &line, &rest);
        (void)str_cut(line, '\t', &name, &meaning);
        help_definition(out, KEYS_COLUMN, name, meaning);
    }
    ekslint_text_free(keys);
}
