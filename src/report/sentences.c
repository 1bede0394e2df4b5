/* SPDX-License-Identifier: MIT */
/* Texts put together from the words of the reports. */
#include "report/sentences.h"

#include "report/summary.h"
#include "report/visible.h"
#include "report/words.h"

enum { SENTENCE_MAX = 1 << 20 };

static struct str keep(const struct report *report, struct buf *text)
{
    struct str kept = arena_str(report->scratch, buf_str(text));
    buf_release(text);
    return kept;
}

static void add_word(const struct report *report, struct buf *out, enum word word)
{
    buf_add(out, words_get(report->language, word));
}

/* "label: text" behind what stands there already. */
static void add_labelled(const struct report *report, struct buf *out, enum word label,
                         struct str text)
{
    add_word(report, out, label);
    add_word(report, out, WORD_COLON);
    buf_add_char(out, ' ');
    visible_add(out, str_trim(text));
}

/* A fix has lines of its own; what it quotes of files has none (wording.h). */
static void add_fix(const struct report *report, struct buf *out, struct str fix)
{
    struct str line, rest;
    bool more = str_cut(str_trim(fix), '\n', &line, &rest);
    add_labelled(report, out, WORD_FIX, line);
    while (more) {
        more = str_cut(rest, '\n', &line, &rest);
        buf_add_char(out, '\n');
        visible_add(out, line);
    }
}

struct str sentence_undecided(const struct report *report, const struct undecided *undecided)
{
    struct buf text = buf_with_max(SENTENCE_MAX);
    add_word(report, &text, WORD_UNDECIDED_HERE);
    if (undecided->reason.len) {
        buf_add_c(&text, ": ");
        visible_add(&text, undecided->reason);
    }
    if (undecided->needs.len) {
        add_word(report, &text, WORD_SEMICOLON);
        add_word(report, &text, WORD_LACKS);
        visible_add(&text, undecided->needs);
    }
    if (str_trim(undecided->collect).len) {
        add_word(report, &text, WORD_SEMICOLON);
        add_labelled(report, &text, WORD_COLLECT_WITH, undecided->collect);
    }
    return keep(report, &text);
}

struct str sentence_finding(const struct report *report, const struct finding *finding)
{
    struct buf text = buf_with_max(SENTENCE_MAX);
    visible_add(&text, str_trim(finding->message));
    for (size_t i = 0; i < finding->symptom_count; i++) {
        buf_add_char(&text, '\n');
        add_labelled(report, &text, WORD_SYMPTOM, finding->symptoms[i]);
    }
    if (str_trim(finding->fix).len) {
        buf_add_char(&text, '\n');
        add_fix(report, &text, finding->fix);
    }
    return keep(report, &text);
}

struct str sentence_nothing(const struct report *report)
{
    const struct results *results = report->results;
    if (results->findings->count || !summary_ran_nothing(results)) {
        return (struct str){0};
    }
    return results->documents
               ? words_count(report->scratch, report->language, WORD_NO_RULE, results->documents)
               : words_count(report->scratch, report->language, WORD_NOTHING, results->files);
}

struct str sentence_summary(const struct report *report)
{
    struct buf text = buf_with_max(SENTENCE_MAX);
    struct flow flow = {.out = &text};
    summary_write(report, &flow);
    struct str kept = str_trim(keep(report, &text));
    return kept;
}

struct str sentence_about(const struct report *report, struct str id)
{
    static const struct {
        struct str family;
        enum word word;
    } rows[] = {
        {STR_INIT("syntax/"), WORD_ABOUT_SYNTAX},
        {STR_INIT("schema/"), WORD_ABOUT_SCHEMA},
        {STR_INIT("file/"), WORD_ABOUT_FILE},
        {STR_INIT("case/"), WORD_ABOUT_CASE},
        {STR_INIT("suppression/"), WORD_ABOUT_SUPPRESSION},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (str_starts(id, rows[i].family)) {
            return words_get(report->language, rows[i].word);
        }
    }
    return words_get(report->language, WORD_ABOUT_OTHER);
}
