/* SPDX-License-Identifier: MIT */
/* `explain --error` for people: the rules in order, each with what it says and what is here. */
#include "report/explained.h"
#include "report/flow.h"
#include "report/spot.h"
#include "report/words.h"
#include "rule/symptom.h"

#include <stdio.h>

enum { INDENT = 2, INNER_INDENT = 4, HEADER_HANG = 3 };

struct writer {
    const struct report *report;
    struct flow flow;
};

static struct str word(const struct writer *w, enum word which)
{
    return words_get(w->report->language, which);
}

/* "  label: "; what follows hangs under itself. */
static void start(struct writer *w, enum ink ink, struct str label, unsigned indent)
{
    w->flow.spaces = indent;
    flow_words(&w->flow, ink, label);
    flow_words(&w->flow, ink, word(w, WORD_COLON));
    flow_words(&w->flow, INK_PLAIN, STR(" "));
    w->flow.hang = w->flow.column + w->flow.spaces;
}

static void write_line(struct writer *w, struct str label, struct str text, unsigned indent)
{
    start(w, INK_BOLD, label, indent);
    flow_lines(&w->flow, INK_PLAIN, text);
    flow_end(&w->flow);
}

/* "since GitLab 13.7, until GitLab 13.6" */
static void write_versions(struct writer *w, const struct symptom *symptom)
{
    const struct {
        uint32_t version;
        enum word before, behind;
    } ends[] = {{symptom->since, WORD_SINCE, WORD_SINCE_END},
                {symptom->until, WORD_UNTIL, WORD_UNTIL_END}};
    bool any = false;
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        struct buf text = buf_with_max(64);
        if (ends[i].version) {
            buf_add(&text, any ? word(w, WORD_COMMA) : (struct str){0});
            buf_add(&text, word(w, ends[i].before));
            symptom_version_write(ends[i].version, &text);
            buf_add(&text, word(w, ends[i].behind));
            w->flow.spaces = any ? w->flow.spaces : INNER_INDENT;
            flow_words(&w->flow, INK_PLAIN, buf_str(&text));
            any = true;
        }
        buf_release(&text);
    }
    if (any) {
        flow_end(&w->flow);
    }
}

static void write_match(struct writer *w, const struct pattern_match *match)
{
    const struct symptom *symptom = match->pattern->symptom;
    write_line(w, word(w, WORD_SYMPTOM), match->pattern->text, INDENT);
    for (size_t i = 0; i < match->value_count; i++) {
        const struct pattern_value *value = &match->values[i];
        struct str label = arena_format(w->report->scratch, "{%.*s}", STR_ARG(value->expression));
        write_line(w, label, value->value, INNER_INDENT);
    }
    if (symptom->where.len) {
        write_line(w, word(w, WORD_WHERE), symptom->where, INNER_INDENT);
    }
    if (symptom->source.len) {
        write_line(w, word(w, WORD_SOURCE), symptom->source, INNER_INDENT);
    }
    write_versions(w, symptom);
}

static void write_finding(struct writer *w, const struct finding *finding)
{
    struct spot spot = spot_of_finding(w->report->sources, finding);
    char position[32] = "";
    if (finding->has_location) {
        snprintf(position, sizeof position, ":%u:%u", (unsigned)spot.start.line,
                 (unsigned)spot.start.column);
    }
    flow_raw(&w->flow, INK_BOLD, spot.file);
    flow_raw(&w->flow, INK_BOLD, str_from_c(position));
    flow_words(&w->flow, INK_PLAIN, STR(": "));
    flow_words(&w->flow, INK_PLAIN, str_trim(finding->message));
    flow_end(&w->flow);
}

static void write_undecided(struct writer *w, const struct undecided *undecided)
{
    struct str missing = undecided->needs.len ? undecided->needs : undecided->reason;
    start(w, INK_WARNING, word(w, WORD_UNKNOWN_HERE), INDENT);
    if (undecided->needs.len) {
        flow_words(&w->flow, INK_PLAIN, word(w, WORD_LACKS));
    }
    flow_words(&w->flow, INK_PLAIN, missing);
    flow_end(&w->flow);
    if (undecided->collect.len) {
        start(w, INK_BOLD, word(w, WORD_COLLECT_HERE), INNER_INDENT);
        flow_raw(&w->flow, INK_PLAIN, undecided->collect);
        flow_end(&w->flow);
    }
}

static void write_here(struct writer *w, const struct explained_rule *rule)
{
    for (size_t i = 0; i < rule->finding_count; i++) {
        start(w, INK_ERROR, word(w, WORD_FAILS_HERE), INDENT);
        write_finding(w, rule->findings[i]);
    }
    for (size_t i = 0; i < rule->undecided_count; i++) {
        write_undecided(w, rule->undecided[i]);
    }
    enum word plain = WORD_COUNT;
    switch (rule->here) {
    case HERE_PASSES:
        plain = WORD_PASSES_HERE;
        break;
    case HERE_NOT_APPLICABLE:
        plain = WORD_NOT_APPLICABLE_HERE;
        break;
    case HERE_NOT_EVALUATED:
        plain = WORD_NOT_EVALUATED_HERE;
        break;
    case HERE_FAILS:
    case HERE_UNKNOWN:
    case HERE_NOT_ASKED:
    case HERE_COUNT:
        return;
    }
    w->flow.spaces = INDENT;
    flow_words(&w->flow, INK_INFO, word(w, plain));
    flow_end(&w->flow);
}

static void write_header(struct writer *w, size_t number, const struct explained_rule *rule)
{
    static const enum word severities[SEVERITY_COUNT] = {WORD_INFO, WORD_WARNING, WORD_ERROR};
    struct str stage = rule->rule->stage;
    w->flow.hang = HEADER_HANG;
    flow_words(&w->flow, INK_PLAIN, arena_format(w->report->scratch, "%zu. ", number));
    flow_raw(&w->flow, INK_BOLD, rule->rule->id);
    flow_words(&w->flow, INK_PLAIN,
               arena_format(w->report->scratch,
                            " (%.*s%s%.*s): ", STR_ARG(word(w, severities[rule->rule->severity])),
                            stage.len ? ", " : "", STR_ARG(stage)));
    flow_words(&w->flow, INK_BOLD, rule->rule->texts->title[w->report->language]);
    flow_end(&w->flow);
}

static void write_meaning(struct writer *w, const struct explained_rule *rule)
{
    static const enum word fits[FIT_COUNT] = {WORD_FIT_WHOLE, WORD_FIT_CONTAINS, WORD_FIT_FRAGMENT,
                                              WORD_FIT_WORDS, WORD_FIT_NONE};
    const struct rule_texts *texts = rule->rule->texts;
    write_line(w, word(w, WORD_MATCH), word(w, fits[rule->matches[0]->fit]), INDENT);
    for (size_t i = 0; i < rule->match_count; i++) {
        write_match(w, rule->matches[i]);
    }
    if (str_trim(rule->fix).len) {
        write_line(w, word(w, WORD_FIX), rule->fix, INDENT);
    }
    for (size_t i = 0; i < texts->doc_count; i++) {
        write_line(w, word(w, WORD_DOCS), texts->docs[i], INDENT);
    }
}

static void write_nothing(struct writer *w, const struct pattern_match *nearest)
{
    w->flow.hang = 0;
    flow_words(&w->flow, INK_PLAIN, word(w, WORD_NO_RULE_DOCUMENTS));
    flow_end(&w->flow);
    if (nearest) {
        struct str text = nearest->pattern->text;
        write_line(w, word(w, WORD_NEAREST),
                   arena_format(w->report->scratch, "%.*s [%.*s]", STR_ARG(text),
                                STR_ARG(nearest->pattern->rule->id)),
                   INDENT);
    }
    write_line(w, word(w, WORD_FIX), word(w, WORD_PASTE_WHOLE), INDENT);
}

static bool any_fails(const struct explanation *explanation)
{
    bool fails = false;
    for (size_t i = 0; i < explanation->count; i++) {
        fails = fails || explanation->rules[i].here == HERE_FAILS;
    }
    return fails;
}

/*
 * Where a rule fails on these files, those that do not are not the cause: they are named, and no
 * more. What is undecided may be another cause.
 */
static void write_rules(struct writer *w, const struct explanation *explanation)
{
    bool fails = any_fails(explanation);
    bool was_named = false;
    for (size_t i = 0; i < explanation->count; i++) {
        const struct explained_rule *rule = &explanation->rules[i];
        bool named = fails && rule->here != HERE_FAILS && rule->here != HERE_UNKNOWN;
        buf_add_c(w->flow.out, i && !(named && was_named) ? "\n" : "");
        write_header(w, i + 1, rule);
        write_here(w, rule);
        if (!named) {
            write_meaning(w, rule);
        }
        was_named = named;
    }
}

void explained_text(const struct report *report, const struct explanation *explanation,
                    struct buf *out)
{
    struct writer writer = {
        .report = report,
        .flow = {.out = out, .width = report->width, .color = report->color},
    };
    write_rules(&writer, explanation);
    if (explanation->count == 0) {
        write_nothing(&writer, explanation->nearest);
    }
    for (size_t i = 0; i < explanation->problem_count; i++) {
        buf_add_c(out, i ? "" : "\n");
        writer.flow.hang = INNER_INDENT;
        write_finding(&writer, explanation->problems[i]);
    }
}
