/* SPDX-License-Identifier: MIT */
/*
 * Configuration files: the input is some, divided by the byte 0x1E (a record separator), of which the
 * first is the run's; a path that one of them names begins with the digit of the one it means. What
 * is refused is said inside a file's text; what is taken decides about files the same way each time.
 */
#include "engine/engine.h"

#include "check.h"

static const char policy[] =
    "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\"}]}";

static const char *const names[] = {"a.json", "sub/b.json", "vendor/x/c.tmp.json",
                                    "/elsewhere/d.json"};

/* Part `number` of the input; false where there are not so many. */
static bool find_part(struct str input, size_t number, struct str *part)
{
    bool more = true;
    for (size_t i = 0; more; i++) {
        more = str_cut(input, '\x1E', part, &input);
        if (i == number) {
            return true;
        }
    }
    return false;
}

static bool configure(ekslint *e, struct str input)
{
    const ekslint_config_request *request;
    struct str part;
    size_t requests = 0;
    ekslint_set_config_folder(e, "/work", "/work");
    CHECK(find_part(input, 0, &part));
    ekslint_add_config(e, "0", "0", part.ptr, part.len);
    while ((request = ekslint_next_config_request(e)) != NULL) {
        size_t number = (size_t)(request->path[0] - '0');
        char name[2] = {request->path[0], '\0'};
        CHECK(request->path[0] != '\0' && request->from[0] != '\0');
        CHECK(requests++ < 2 * input.len + 2 * CONFIG_FILES_MAX * (input.len + 1));
        if (number >= 10 || !find_part(input, number, &part)) {
            ekslint_refuse_config(e, "is not there");
        } else if (request->rules) {
            (void)!ekslint_add_rules(e, name, part.ptr, part.len);
        } else {
            ekslint_answer_config(e, name, name, part.ptr, part.len);
        }
    }
    return ekslint_apply_config(e);
}

static void check_problems(const ekslint *e)
{
    for (size_t i = 0; i < e->problems.count; i++) {
        const struct finding *problem = &e->problems.items[i];
        const struct source *source = sources_get(&e->sources, problem->at.source);
        CHECK(problem->message.len > 0);
        CHECK(problem->at.span.lo <= problem->at.span.hi);
        CHECK(problem->at.span.hi <= source->bytes.len);
    }
}

/* What is left out by itself is left out with its folder, and one choice is one choice. */
static void check_files(ekslint *e)
{
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct str name = str_from_c(names[i]);
        const struct engine_choice *choice = engine_choice_of(e, name);
        CHECK(choice == engine_choice_of(e, name));
        CHECK(choice->layers.count >= 2);
        bool excluded = ekslint_excludes(e, names[i], false);
        for (size_t k = name.len; k > 0; k--) {
            if (name.ptr[k - 1] == '/') {
                char folder[64] = "";
                memcpy(folder, name.ptr, k - 1);
                CHECK(!ekslint_excludes(e, folder, true) || excluded);
            }
        }
        ekslint_text text = ekslint_config(e, names[i], false, i % 2 ? "json" : "text");
        ekslint_text again = ekslint_config(e, names[i], false, i % 2 ? "json" : "text");
        CHECK(text.len > 0 && text.len == again.len &&
              memcmp(text.text, again.text, text.len) == 0);
        ekslint_text_free(text);
        ekslint_text_free(again);
    }
}

static void judge(ekslint *e)
{
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        CHECK(ekslint_add_file(e, names[i], policy, strlen(policy)));
    }
    int status = ekslint_check(e);
    CHECK(status == EKSLINT_OK || status == EKSLINT_FINDINGS || status == EKSLINT_NOTHING);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str input = {(const char *)data, size};
    ekslint *e = ekslint_new();
    bool good = configure(e, input);
    check_problems(e);
    CHECK(good || e->problems.count > 0);
    if (good && e->problems.count == 0) {
        check_files(e);
        judge(e);
    }
    ekslint_free(e);
    return 0;
}
