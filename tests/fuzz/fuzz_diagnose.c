/* SPDX-License-Identifier: MIT */
/*
 * A diagnosis and its script: the input is a gitlab-eks.yaml that a stranger wrote. No report and no
 * script has a control character, and each line of the script is one of its own, a comment, or a
 * command that only reads.
 */
#include "ekslint.h"

#include "check.h"

#include "rule/command.h"

#include <stdint.h>

static const char key_pairs[] = "{\"KeyPairs\": [{\"KeyName\": \"ops\"}]}";

static void check_characters(ekslint_text text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.text[i];
        CHECK(byte >= ' ' ? byte != 0x7F : byte == '\n');
    }
}

/* The lines behind the functions: "save FILE COMMAND", "list COMMAND" and the loops around them. */
static void check_line(struct str line)
{
    static const struct str fixed[] = {STR_INIT(""), STR_INIT("done"), STR_INIT("fi"),
                                       STR_INIT("for name in $names; do")};
    struct str word, rest, file, command;
    line = str_trim(line);
    for (size_t i = 0; i < COUNT_OF(fixed); i++) {
        if (str_eq(line, fixed[i])) {
            return;
        }
    }
    if (str_starts(line, STR("#"))) {
        return;
    }
    if (str_starts(line, STR("if of "))) {
        CHECK(line.len == strlen("if of 123456789012; then"));
        return;
    }
    CHECK(str_cut(line, ' ', &word, &rest));
    if (str_eq(word, STR("list"))) {
        CHECK(command_only_reads(rest));
        return;
    }
    CHECK(str_eq(word, STR("save")));
    CHECK(str_cut(rest, ' ', &file, &command));
    if (str_starts(file, STR("\""))) { /* in a loop: $name is in both */
        CHECK(str_ends(file, STR("\"")));
        CHECK(str_starts(command, STR("aws ")));
    } else {
        CHECK(command_file_is_below(file));
        CHECK(command_only_reads(command));
    }
}

static void check_script(ekslint_text script)
{
    struct str rest = {script.text, script.len};
    size_t start = str_find(rest, STR("\n# decides "));
    size_t end = str_find(rest, STR("\nif [ "));
    CHECK(str_starts(rest, STR("#!/bin/sh\n")));
    if (start == rest.len || end == rest.len) {
        return; /* nothing to collect: comments alone */
    }
    rest = str_slice(rest, start, end);
    bool more = true;
    while (more) {
        struct str line;
        more = str_cut(rest, '\n', &line, &rest);
        check_line(line);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const ekslint_output output = {.language = "en", .width = 80};
    ekslint *e = ekslint_new();
    (void)!ekslint_add_file(e, "gitlab-eks.yaml", (const char *)data, size);
    (void)!ekslint_add_file(e, "us-east-1/k.json", key_pairs, strlen(key_pairs));
    int status = ekslint_diagnose(e);
    CHECK(status >= EKSLINT_OK && status <= EKSLINT_INPUT);
    if (status != EKSLINT_USAGE) {
        ekslint_text text = ekslint_diagnosis(e, "text", &output);
        ekslint_text json = ekslint_diagnosis(e, "json", &output);
        ekslint_text script = ekslint_collect_script(e, &output);
        CHECK(text.text && json.text && script.text);
        check_characters(text);
        check_characters(json);
        check_characters(script);
        check_script(script);
        ekslint_text_free(text);
        ekslint_text_free(json);
        ekslint_text_free(script);
    }
    ekslint_free(e);
    return 0;
}
