/* SPDX-License-Identifier: MIT */
/*
 * Telling a terminal's text by the line where a reader stumbled and by the first one that is not
 * blank. Only advice comes of it: nothing is read that is not JSON or YAML as it stands.
 */
#include "model/capture.h"

enum {
    PROMPT_MAX_BYTES = 200,
    RULER_MIN_BYTES = 10, /* of the dashes above a table; three are YAML's */
    CAPITALS_MIN = 3
};

static bool contains(struct str text, struct str part)
{
    return str_find(text, part) < text.len;
}

static struct str line_at(struct str text, size_t at)
{
    size_t start = at < text.len ? at : text.len;
    while (start > 0 && text.ptr[start - 1] != '\n') {
        start--;
    }
    struct str rest = str_from(text, start);
    return str_trim(str_slice(rest, 0, str_find_char(rest, '\n')));
}

static struct str first_line(struct str text)
{
    return line_at(str_trim(text), 0);
}

static bool ends_like_a_prompt(struct str line)
{
    static const char marks[] = "$%>#";
    return line.len && strchr(marks, line.ptr[line.len - 1]) != NULL;
}

/* "$ aws …", "[user@host ~]$ aws …", "PS C:\> aws …"; or a prompt alone, below the output. */
static bool is_command_line(struct str line)
{
    size_t aws = str_find(line, STR("aws "));
    struct str before = str_trim(str_slice(line, 0, aws));
    bool data = contains(before, STR("\"")) || contains(before, STR("{"));
    if (aws < line.len && !data && (before.len == 0 || ends_like_a_prompt(before))) {
        return true;
    }
    bool host = contains(line, STR("@")) || contains(line, STR(":\\")) || line.len <= 2;
    return line.len < PROMPT_MAX_BYTES && ends_like_a_prompt(line) && host && !data;
}

static bool is_table_line(struct str line)
{
    size_t dashes = 0;
    while (dashes < line.len && (line.ptr[dashes] == '-' || line.ptr[dashes] == '+')) {
        dashes++;
    }
    return (dashes == line.len && dashes >= RULER_MIN_BYTES) || str_starts(line, STR("|"));
}

/* "SUBNETS<tab>…": the name of a list, and its values. */
static bool is_text_line(struct str line)
{
    size_t capitals = 0;
    while (capitals < line.len && line.ptr[capitals] >= 'A' && line.ptr[capitals] <= 'Z') {
        capitals++;
    }
    return capitals >= CAPITALS_MIN && capitals < line.len && line.ptr[capitals] == '\t';
}

/* "KeyPairs:" */
static bool is_yaml_line(struct str line)
{
    size_t name = 0;
    while (name < line.len && char_is_alpha(line.ptr[name])) {
        name++;
    }
    return name > 0 && name < line.len && line.ptr[name] == ':' &&
           (name + 1 == line.len || line.ptr[name + 1] == ' ');
}

static bool is_failure(struct str line)
{
    static const struct str starts[] = {
        STR_INIT("An error occurred ("),
        STR_INIT("Unable to locate credentials"),
        STR_INIT("You must specify a region"),
        STR_INIT("The config profile ("),
        STR_INIT("Could not connect to the endpoint URL"),
        STR_INIT("usage: aws "),
        STR_INIT("aws: error:"),
        STR_INIT("Error when retrieving"),
    };
    for (size_t i = 0; i < COUNT_OF(starts); i++) {
        if (str_starts(line, starts[i])) {
            return true;
        }
    }
    return false;
}

static bool is_pager_line(struct str line)
{
    return str_starts(line, STR("(END)")) || str_starts(line, STR("--More--")) ||
           str_eq(line, STR(":")) || str_eq(line, STR("~"));
}

struct str capture_advice(struct str text, size_t at, bool json)
{
    struct str line = line_at(text, at);
    struct str first = first_line(text);
    if (first.len == 0) {
        return json ? STR("this file is empty: the command failed, or its output went elsewhere; "
                          "save it again, with --output json")
                    : (struct str){0};
    }
    if (is_failure(first) || is_failure(line)) {
        return STR("this is what a command said when it failed, and not its output; mend what it "
                   "complains about and save the output again, with --output json");
    }
    if (is_command_line(line) || is_command_line(first)) {
        return STR("a command line of the terminal stands here beside the output; delete it, or "
                   "save the output alone: add --output json and > FILE to the command");
    }
    if (is_pager_line(line)) {
        return STR("a line of the pager stands here beside the output; delete it, or save the "
                   "output alone: add --output json and > FILE to the command");
    }
    if (is_table_line(first)) {
        return STR("this is a table (--output table) and does not hold all that is needed; save "
                   "the output again, with --output json");
    }
    if (is_text_line(first)) {
        return STR("this is text without names (--output text), which cannot be told apart; save "
                   "the output again, with --output json");
    }
    if (json && is_yaml_line(first)) {
        return STR("this is YAML under a name that says JSON; give the file a name that ends in "
                   ".yaml, or save the output again, with --output json");
    }
    return (struct str){0};
}
