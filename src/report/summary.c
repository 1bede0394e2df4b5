/* SPDX-License-Identifier: MIT */
/*
 * Counts in words. What was not judged is said as plainly as what was: a run that evaluated
 * nothing, or could not decide something, must not read like a success.
 */
#include "report/summary.h"

#include "base/atoms.h"
#include "report/words.h"

enum { RULES_SHOWN = 3, COMMANDS_SHOWN = 10, COMMAND_INDENT = 2, SUMMARY_HANG = 4 };

struct writer {
    const struct report *report;
    struct flow *flow;
};

static void add(struct writer *writer, enum ink ink, enum word word)
{
    flow_words(writer->flow, ink, words_get(writer->report->language, word));
}

static void add_count(struct writer *writer, enum ink ink, enum word word, size_t count)
{
    flow_words(writer->flow, ink,
               words_count(writer->report->scratch, writer->report->language, word, count));
}

/*
 * The distinct texts of one member of all undecided entries; atom 0 is the empty text and is not
 * shown.
 */
static void collect(struct writer *writer, struct atoms *texts,
                    struct str (*text_of)(const struct undecided *undecided))
{
    const struct undecided_list *list = &writer->report->results->undecided;
    atoms_init(texts, writer->report->scratch, NULL);
    for (size_t i = 0; i < list->count; i++) {
        atoms_intern(texts, text_of(&list->items[i]));
    }
}

static struct str rule_of(const struct undecided *undecided)
{
    return undecided->rule;
}

static struct str command_of(const struct undecided *undecided)
{
    return str_trim(undecided->collect);
}

static void write_undecided_rules(struct writer *writer, const struct atoms *rules)
{
    for (uint32_t id = 1; id < rules->count && id <= RULES_SHOWN; id++) {
        add(writer, INK_PLAIN, id == 1 ? WORD_OPEN_LIST : WORD_COMMA);
        flow_words(writer->flow, INK_PLAIN, atoms_text(rules, id));
    }
    if (rules->count > RULES_SHOWN + 1) {
        add_count(writer, INK_PLAIN, WORD_AND_MORE, rules->count - RULES_SHOWN - 1);
    }
    add(writer, INK_PLAIN, WORD_CLOSE);
}

/* Commands stand alone on their lines, whole, to be copied. */
static void write_commands(struct writer *writer)
{
    struct atoms commands;
    collect(writer, &commands, command_of);
    if (commands.count == 1) {
        return;
    }
    add_count(writer, INK_PLAIN, WORD_COLLECT, commands.count - 1);
    flow_end(writer->flow);
    for (uint32_t id = 1; id < commands.count && id <= COMMANDS_SHOWN; id++) {
        writer->flow->spaces = COMMAND_INDENT;
        flow_raw(writer->flow, INK_BOLD, atoms_text(&commands, id));
        flow_end(writer->flow);
    }
    if (commands.count > COMMANDS_SHOWN + 1) {
        writer->flow->spaces = COMMAND_INDENT;
        add_count(writer, INK_PLAIN, WORD_MORE_COMMANDS, commands.count - COMMANDS_SHOWN - 1);
        flow_end(writer->flow);
    }
}

static void write_undecided(struct writer *writer)
{
    struct atoms rules;
    collect(writer, &rules, rule_of);
    add_count(writer, INK_BOLD, WORD_UNDECIDED, rules.count - 1);
    write_undecided_rules(writer, &rules);
    add(writer, INK_PLAIN, WORD_SEE_JSON);
    flow_end(writer->flow);
    write_commands(writer);
    buf_add_char(writer->flow->out, '\n');
}

/* "2 errors, 1 warning"; returns false where there is nothing to count. */
static bool write_finding_counts(struct writer *writer)
{
    const struct results *results = writer->report->results;
    const struct {
        size_t count;
        enum word word;
        enum ink ink;
    } rows[] = {
        {results->errors, WORD_ERRORS, INK_ERROR},
        {results->warnings, WORD_WARNINGS, INK_WARNING},
        {results->infos, WORD_INFOS, INK_INFO},
    };
    bool any = false;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (rows[i].count == 0) {
            continue;
        }
        if (any) {
            add(writer, INK_PLAIN, WORD_COMMA);
        }
        add_count(writer, rows[i].ink, rows[i].word, rows[i].count);
        any = true;
    }
    return any;
}

static void write_nothing(struct writer *writer)
{
    const struct report *report = writer->report;
    if (write_finding_counts(writer)) {
        add(writer, INK_PLAIN, WORD_SEMICOLON);
    }
    add_count(writer, INK_BOLD, WORD_NOTHING, report->results->files);
    flow_end(writer->flow);
    if (report->kind_count == 0) {
        return;
    }
    add(writer, INK_PLAIN, WORD_UNDERSTANDS);
    add(writer, INK_PLAIN, WORD_COLON);
    flow_words(writer->flow, INK_PLAIN, STR(" "));
    for (size_t i = 0; i < report->kind_count; i++) {
        if (i > 0) {
            add(writer, INK_PLAIN, WORD_COMMA);
        }
        flow_words(writer->flow, INK_PLAIN, report->kinds[i]);
    }
    if (report->command_count) {
        add(writer, INK_PLAIN, WORD_COMMA);
        add_count(writer, INK_PLAIN, WORD_COMMANDS, report->command_count);
    }
    flow_end(writer->flow);
}

static void write_rule_counts(struct writer *writer)
{
    const struct rule_tally *rules = &writer->report->results->rules;
    add_count(writer, INK_PLAIN, WORD_PASSED, rules->pass);
    add(writer, INK_PLAIN, WORD_COMMA);
    add_count(writer, INK_PLAIN, WORD_NOT_APPLICABLE, rules->not_applicable);
    add(writer, INK_PLAIN, WORD_COMMA);
    add_count(writer, INK_PLAIN, WORD_UNKNOWN, rules->unknown);
}

/* What was found, and does not count. */
static void write_known_counts(struct writer *writer)
{
    const struct results *results = writer->report->results;
    if (results->suppressed.count) {
        add(writer, INK_PLAIN, WORD_COMMA);
        add_count(writer, INK_PLAIN, WORD_SUPPRESSED, results->suppressed.count);
    }
    if (results->baselined.count) {
        add(writer, INK_PLAIN, WORD_COMMA);
        add_count(writer, INK_PLAIN, WORD_BASELINED, results->baselined.count);
    }
}

static void write_counts(struct writer *writer)
{
    const struct results *results = writer->report->results;
    if (!write_finding_counts(writer)) {
        add(writer, INK_BOLD, results->undecided.count ? WORD_NO_FINDINGS_YET : WORD_NO_FINDINGS);
    }
    write_known_counts(writer);
    add_count(writer, INK_PLAIN, WORD_IN_FILES, results->files);
    add_count(writer, INK_PLAIN, WORD_DOCUMENTS, results->documents);
    if (results->skipped_files) {
        add_count(writer, INK_PLAIN, WORD_SKIPPED, results->skipped_files);
    }
    add(writer, INK_PLAIN, WORD_CLOSE);
    add(writer, INK_PLAIN, WORD_SEMICOLON);
    write_rule_counts(writer);
    flow_end(writer->flow);
}

bool summary_ran_nothing(const struct results *results)
{
    const struct rule_tally *rules = &results->rules;
    return !(rules->fail || rules->pass || rules->not_applicable || rules->unknown);
}

static void write_stale(struct writer *writer)
{
    if (writer->report->results->stale_findings) {
        add_count(writer, INK_PLAIN, WORD_STALE, writer->report->results->stale_findings);
        flow_end(writer->flow);
    }
}

static void write_dropped(struct writer *writer)
{
    if (writer->report->results->findings->dropped) {
        add_count(writer, INK_BOLD, WORD_DROPPED, writer->report->results->findings->dropped);
        flow_end(writer->flow);
    }
}

/* What --fix would mend; of what nothing mends nothing is said. */
static void write_fixable(struct writer *writer)
{
    const struct findings *findings = writer->report->results->findings;
    size_t counts[2] = {0};
    for (size_t i = 0; i < findings->count; i++) {
        counts[findings->items[i].edits_unsafe] += findings->items[i].edit_count > 0;
    }
    for (size_t unsafe = 0; unsafe < COUNT_OF(counts); unsafe++) {
        if (counts[unsafe]) {
            add_count(writer, INK_PLAIN, unsafe ? WORD_UNSAFE_COUNT : WORD_FIXABLE_COUNT,
                      counts[unsafe]);
            flow_end(writer->flow);
        }
    }
}

static void write_end(struct writer *writer)
{
    const struct report *report = writer->report;
    struct flow *flow = writer->flow;
    if (report->results->documents == 0) {
        write_nothing(writer);
    } else if (summary_ran_nothing(report->results) && report->results->findings->count == 0) {
        add_count(writer, INK_BOLD, WORD_NO_RULE, report->results->documents);
        flow_end(flow);
    } else {
        write_counts(writer);
    }
}

void summary_write(const struct report *report, struct flow *flow)
{
    struct writer writer = {report, flow};
    flow->hang = SUMMARY_HANG;
    write_dropped(&writer);
    write_stale(&writer);
    if (report->results->undecided.count) {
        write_undecided(&writer);
    }
    write_end(&writer);
    write_fixable(&writer);
}

void summary_write_counts(const struct report *report, struct flow *flow)
{
    struct writer writer = {report, flow};
    flow->hang = SUMMARY_HANG;
    write_dropped(&writer);
    write_end(&writer);
}
