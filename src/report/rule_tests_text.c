/* SPDX-License-Identifier: MIT */
/*
 * The tests of rules, for people: each wrong outcome at its test, each surviving mutant at the part of
 * the rule that was changed, with the line as it then was.
 */
#include "report/pieces.h"
#include "report/rule_tests.h"

/* ---- sentences; %.*s twice: what was wanted, what came ---- */

static const char *const sentences[TRIAL_FAULT_COUNT][2] = {
    [TRIAL_NOISY] = {"the test expects '%.*s', and the rule fires ('%.*s')",
                     "テストの期待は「%.*s」ですが、ルールが検出しました（%.*s）"},
    [TRIAL_MISSING] = {"the test expects '%.*s', and the rule does not fire ('%.*s')",
                       "テストの期待は「%.*s」ですが、ルールが検出しません（%.*s）"},
    [TRIAL_UNDECIDED] = {"the test expects '%.*s', and the rule is undecided ('%.*s')",
                         "テストの期待は「%.*s」ですが、ルールは判定できません（%.*s）"},
    [TRIAL_IDLE] = {"the test expects '%.*s', and the rule does not apply ('%.*s')",
                    "テストの期待は「%.*s」ですが、ルールは対象外です（%.*s）"},
    [TRIAL_SILENT] = {"the test expects '%.*s', and the rule passes ('%.*s')",
                      "テストの期待は「%.*s」ですが、ルールは合格です（%.*s）"},
    [TRIAL_MISPLACED] = {"the rule should fire at %.*s and nowhere else%.*s",
                         "ルールは %.*s だけで検出するはずです%.*s"},
    [TRIAL_MISWORDED] = {"no message holds '%.*s'; it says: %.*s",
                         "「%.*s」を含むメッセージがありません。実際: %.*s"},
    [TRIAL_MISCOUNTED] = {"the test expects %.*s of these; there are %.*s",
                          "テストの期待は %.*s 件ですが、実際は %.*s 件です"},
    [TRIAL_UNASKED] = {"nothing that is asked for holds '%.*s'; asked for: %.*s",
                       "「%.*s」を含む要求がありません。実際: %.*s"},
    [TRIAL_UNMENDED] =
        {"the edits make no such document%.*s; they make, and the rule may still fire on: "
         "%.*s",
         "editsの結果がこの文書にならない%.*sか、ルールがまだ検出します。結果: %.*s"},
    [TRIAL_MALFORMED] = {"this test is wrong%.*s: %.*s", "テストの書き方が誤りです%.*s: %.*s"},
};

static bool is_japanese(const struct report *report)
{
    return report->language == REPORT_JA;
}

static struct str sentence_of(const struct report *report, const struct trial_problem *problem)
{
    struct str wanted = problem->wanted;
    struct str came = problem->said.len ? problem->said : STR("-");
    switch (problem->fault) {
    case TRIAL_NOISY:
    case TRIAL_MISSING:
    case TRIAL_UNDECIDED:
    case TRIAL_IDLE:
    case TRIAL_SILENT:
        wanted = outcome_key(problem->expected);
        came = outcome_key(problem->came);
        break;
    case TRIAL_MISPLACED:
        came = (struct str){0};
        break;
    case TRIAL_MISWORDED:
    case TRIAL_MISCOUNTED:
    case TRIAL_UNASKED:
    case TRIAL_UNMENDED:
    case TRIAL_MALFORMED:
    case TRIAL_FAULT_COUNT:
        break;
    }
    return arena_format(report->scratch, sentences[problem->fault][is_japanese(report)],
                        STR_ARG(wanted), STR_ARG(came));
}

/* ---- entries ---- */

/* "file:3:5: word: sentence [rule]" with the source. */
static void write_entry(struct writer *writer, struct location at, enum ink ink, struct str word,
                        struct str sentence, struct str rule)
{
    struct spot spot = spot_of(writer->report->sources, at);
    write_place(writer, &spot, true);
    flow_words(&writer->flow, ink, word);
    write_word(writer, ink, WORD_COLON);
    flow_words(&writer->flow, INK_PLAIN, STR(" "));
    flow_words(&writer->flow, INK_BOLD, sentence);
    flow_words(&writer->flow, INK_PLAIN,
               arena_format(writer->report->scratch, " [%.*s]", STR_ARG(rule)));
    flow_end(&writer->flow);
    write_frame(writer, at, ink);
}

/* Where the rule fired instead. */
static void write_fired(struct writer *writer, const struct trial_problem *problem)
{
    const struct report *report = writer->report;
    struct spot spot = spot_of(report->sources, problem->fired);
    struct str path = problem->fired_path.len ? problem->fired_path : spot.file;
    const char *format = is_japanese(report) ? "検出位置: %.*s" : "it fires at %.*s";
    write_place(writer, &spot, true);
    write_label(writer, INK_INFO, WORD_NOTE);
    flow_words(&writer->flow, INK_PLAIN, arena_format(report->scratch, format, STR_ARG(path)));
    flow_end(&writer->flow);
    write_frame(writer, problem->fired, INK_INFO);
}

static void write_problem(struct writer *writer, const struct tested_rule *rule,
                          const struct trial_problem *problem)
{
    write_entry(writer, problem->at, INK_ERROR, trial_fault_name(problem->fault),
                sentence_of(writer->report, problem), rule->id);
    if (problem->name.len) {
        write_labelled(writer, WORD_TEST_NAME, problem->name);
    }
    if (problem->has_fired) {
        write_fired(writer, problem);
    }
}

static void write_lacks(struct writer *writer, const struct tested_rule *rule)
{
    const struct report *report = writer->report;
    const char *format = is_japanese(report) ? "「%.*s」のテストがありません"
                                             : "the rule has no test that it '%.*s'";
    for (int outcome = OUTCOME_FAIL; outcome >= 0; outcome--) {
        if (rule->lacks[outcome]) {
            struct str key = outcome_key((enum outcome)outcome);
            const char *own = outcome == OUTCOME_UNKNOWN && !is_japanese(report)
                                  ? "the rule has 'needs', and no test in which it is '%.*s'"
                                  : format;
            write_entry(writer, rule->at, INK_ERROR, STR("unproven"),
                        arena_format(report->scratch, own, STR_ARG(key)), rule->id);
        }
    }
}

static void write_survivor(struct writer *writer, const struct tested_rule *rule,
                           const struct survivor *survivor)
{
    const struct report *report = writer->report;
    bool gone = survivor->now.len == 0;
    const char *const formats[2][2] = {
        {"no test notices when '%.*s' in '%.*s' becomes '%.*s'",
         "「%.*s」（%.*s）を「%.*s」に変えても、どのテストにも影響しません"},
        {"no test notices when '%.*s' in '%.*s' is left out%.*s",
         "「%.*s」（%.*s）を取り除いても、どのテストにも影響しません%.*s"},
    };
    write_entry(writer, survivor->at, INK_WARNING, STR("survived"),
                arena_format(report->scratch, formats[gone][is_japanese(report)],
                             STR_ARG(survivor->was), STR_ARG(survivor->key),
                             STR_ARG(survivor->now)),
                rule->id);
    if (survivor->line.len) {
        write_labelled(writer, WORD_MUTANT_LINE, survivor->line);
    }
}

static void write_stale(struct writer *writer, const struct tested_rule *rule,
                        const struct stale_mark *mark)
{
    write_entry(writer, mark->at, INK_ERROR, STR("stale"),
                is_japanese(writer->report)
                    ? STR("この equivalent-mutants に当てはまる、生き残った変異はありません")
                    : STR("no mutant that survives is the one marked here"),
                rule->id);
}

static bool write_rule(struct writer *writer, const struct tested_rule *rule)
{
    size_t before = writer->flow.out->len;
    for (const struct trial_problem *p = rule->problems; p; p = p->next) {
        write_problem(writer, rule, p);
    }
    write_lacks(writer, rule);
    for (const struct survivor *s = rule->mutants.survivors; s; s = s->next) {
        write_survivor(writer, rule, s);
    }
    for (const struct stale_mark *s = rule->mutants.stale; s; s = s->next) {
        write_stale(writer, rule, s);
    }
    return writer->flow.out->len > before;
}

/* ---- the end ---- */

static void write_counts(struct writer *writer, const enum word *words, const size_t *counts,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            write_word(writer, INK_PLAIN, WORD_COMMA);
        }
        write_word_count(writer, INK_PLAIN, words[i], counts[i]);
    }
    flow_end(&writer->flow);
}

static void write_summary(struct writer *writer, const struct rule_tests *tests)
{
    static const enum word of_tests[] = {WORD_TESTED_RULES, WORD_TESTS, WORD_TESTS_PASSED,
                                         WORD_TESTS_FAILED, WORD_UNPROVEN};
    const size_t test_counts[] = {tests->count, tests->passed + tests->failed, tests->passed,
                                  tests->failed, tests->unproven};
    static const enum word of_mutants[] = {WORD_MUTANTS, WORD_KILLED, WORD_SURVIVED, WORD_MARKED,
                                           WORD_INVALID};
    const size_t mutant_counts[] = {tests->killed + tests->survived + tests->marked +
                                        tests->invalid,
                                    tests->killed, tests->survived, tests->marked, tests->invalid};
    writer->flow.hang = 0;
    if (tests->passed + tests->failed == 0) {
        write_word_count(writer, INK_PLAIN, WORD_NOTHING_TESTED, tests->count);
        flow_end(&writer->flow);
        return;
    }
    write_counts(writer, of_tests, test_counts, COUNT_OF(test_counts));
    if (tests->mutate) {
        write_counts(writer, of_mutants, mutant_counts, COUNT_OF(mutant_counts));
    }
}

void report_rule_tests_text(const struct report *report, const struct rule_tests *tests,
                            struct buf *out)
{
    struct writer writer;
    writer_init(&writer, report, out);
    for (size_t i = 0; i < tests->count; i++) {
        if (write_rule(&writer, &tests->items[i])) {
            buf_add_char(out, '\n');
        }
    }
    framer_release(&writer.framer);
    write_summary(&writer, tests);
}
