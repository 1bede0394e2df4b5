/* SPDX-License-Identifier: MIT */
/*
 * Error texts: repairing makes no text longer and comes to an end, folding keeps its letters inside
 * the text, and a symptom is found in any text that it is put into on a line of its own.
 */
#include "ekslint.h"
#include "rule/folding.h"

#include "check.h"

enum { TEXT_MAX = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_folding(struct str text)
{
    struct arena arena = {0};
    struct atoms words;
    struct folded folded;
    atoms_init(&words, &arena, NULL);
    struct str repaired = folding_repair(text, &arena);
    CHECK(repaired.len <= text.len);
    folding_fold(repaired, &arena, &words, &folded);
    uint32_t end = 0;
    for (size_t i = 0; i < folded.letter_count; i++) {
        CHECK(folded.letters[i].lo >= end && folded.letters[i].hi > folded.letters[i].lo);
        end = folded.letters[i].hi;
    }
    CHECK(end <= repaired.len);
    size_t letters = 0;
    for (size_t i = 0; i < folded.word_count; i++) {
        CHECK(folded.words[i].lo == letters && folded.words[i].hi > letters);
        letters = folded.words[i].hi;
    }
    CHECK(letters == folded.letter_count);
    arena_release(&arena);
}

static void check_found(const char *text, size_t len, bool wanted)
{
    static const ekslint_output output = {.language = "en"};
    ekslint *e = ekslint_new();
    size_t count = ekslint_find_error(e, text, len);
    CHECK(!wanted || count > 0);
    ekslint_text answer = ekslint_explain_error(e, "json", &output);
    CHECK(answer.len > 0);
    ekslint_text_free(answer);
    answer = ekslint_explain_error(e, "text", &output);
    CHECK(answer.len > 0);
    ekslint_text_free(answer);
    ekslint_free(e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char symptom[] = "\nKey Pairs are not loaded\n";
    char text[TEXT_MAX + sizeof symptom];
    size = size < TEXT_MAX ? size : TEXT_MAX;
    memcpy(text, data, size);
    check_folding((struct str){text, size});
    check_found(text, size, false);
    memcpy(text + size, symptom, sizeof symptom - 1);
    /* An escape or a colour that the input leaves open takes what follows with it. */
    bool open = size > 0 &&
                (memchr(text, 0x1b, size) || memchr(text, '\\', size) || memchr(text, '&', size));
    check_found(text, size + sizeof symptom - 1, !open);
    return 0;
}
