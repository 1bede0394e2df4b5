/* SPDX-License-Identifier: MIT */
/*
 * A diagnosis for people: the steps with a mark each; the first failure in full, which is what the
 * user sees today; what waits behind it, shortly; what could not be decided, with the commands that
 * collect it; and what was found beside the steps.
 */
#include "base/atoms.h"
#include "report/formats.h"
#include "report/pieces.h"
#include "report/summary.h"
#include "rule/suppression.h"

#include <stdio.h>

enum {
    INDENT = 2,
    DEEP = 4,
    MARK_COLUMN = 11,
    CALLS_SHOWN = 4,
    LACKS_SHOWN = 20,
    QUESTIONS_SHOWN = 5
};

static const struct {
    enum word word;
    enum ink ink;
} marks[STAGE_OUTCOME_COUNT] = {
    [STAGE_PASSES] = {WORD_STAGE_PASSES, INK_INFO},
    [STAGE_FAILS] = {WORD_STAGE_FAILS, INK_ERROR},
    [STAGE_UNKNOWN] = {WORD_STAGE_UNKNOWN, INK_WARNING},
};

static struct str title_of(const struct writer *writer, const struct stage_verdict *verdict)
{
    return verdict->stage->title[language_of_report(writer->report)];
}

static size_t number_of(const struct writer *writer, const struct stage_verdict *verdict)
{
    return (size_t)(verdict - writer->report->diagnosis->stages) + 1;
}

/* Start a line at a column; what follows is wrapped at the same one. */
static void start_line(struct writer *writer, unsigned column)
{
    writer->flow.spaces = column;
    writer->flow.hang = column;
}

static void write_line_word(struct writer *writer, enum ink ink, enum word word)
{
    start_line(writer, 0);
    write_word(writer, ink, word);
    flow_end(&writer->flow);
}

static void write_blank(struct writer *writer)
{
    buf_add_char(writer->flow.out, '\n');
}

/* ---- the steps ---- */

static void write_stage(struct writer *writer, const struct stage_verdict *verdict)
{
    struct flow *flow = &writer->flow;
    char number[16];
    start_line(writer, INDENT);
    write_word(writer, marks[verdict->outcome].ink, marks[verdict->outcome].word);
    flow->spaces = MARK_COLUMN - flow->column;
    snprintf(number, sizeof number, "%zu. ", number_of(writer, verdict));
    flow_words(flow, INK_PLAIN, str_from_c(number));
    flow->hang = flow->column + flow->spaces;
    flow_words(flow, INK_PLAIN, title_of(writer, verdict));
    if (verdict->excused) {
        write_word(writer, INK_PLAIN, WORD_STAGE_EXCUSED);
    }
    if (verdict == writer->report->diagnosis->stop) {
        write_word(writer, INK_ERROR, WORD_STOPS_HERE);
    } else if (!verdict->reached) {
        write_word(writer, INK_PLAIN, WORD_NOT_REACHED);
    }
    flow_end(flow);
}

static size_t count_unknown(const struct diagnosis *diagnosis)
{
    size_t count = 0;
    for (size_t i = 0; i < diagnosis->steps->count; i++) {
        count += diagnosis->stages[i].outcome == STAGE_UNKNOWN;
    }
    return count;
}

static void write_stages(struct writer *writer)
{
    const struct diagnosis *diagnosis = writer->report->diagnosis;
    start_line(writer, 0);
    flow_words(&writer->flow, INK_BOLD,
               diagnosis->steps->title[language_of_report(writer->report)]);
    flow_end(&writer->flow);
    for (size_t i = 0; i < diagnosis->steps->count; i++) {
        write_stage(writer, &diagnosis->stages[i]);
    }
    write_blank(writer);
    if (!diagnosis->stop) {
        size_t unknown = count_unknown(diagnosis);
        start_line(writer, 0);
        if (unknown) {
            write_word_count(writer, INK_BOLD, WORD_NONE_FAILS, unknown);
        } else {
            write_word(writer, INK_BOLD, WORD_ALL_PASS);
        }
        flow_end(&writer->flow);
    }
}

/* ---- the first failure ---- */

static void write_call(struct writer *writer, const struct stage_call *call)
{
    enum language language = language_of_report(writer->report);
    struct flow *flow = &writer->flow;
    start_line(writer, DEEP);
    flow->hang = DEEP + INDENT;
    flow_words(flow, INK_PLAIN, call->principal[language]);
    write_word(writer, INK_PLAIN, WORD_COLON);
    for (size_t i = 0; i < call->action_count && i < CALLS_SHOWN; i++) {
        flow_words(flow, INK_PLAIN, STR(" "));
        flow_words(flow, INK_BOLD, call->actions[i]);
    }
    flow_words(flow, INK_PLAIN,
               call->action_count > CALLS_SHOWN ? STR(" \xE2\x80\xA6 (") : STR(" ("));
    flow_words(flow, INK_PLAIN, call->purpose[language]);
    flow_words(flow, INK_PLAIN, STR(")"));
    flow_end(flow);
}

/* What happens at the step, and who calls what: where to look if the cause is not the files'. */
static void write_happening(struct writer *writer, const struct stage *stage)
{
    write_labelled(writer, WORD_HAPPENS, stage->happens[language_of_report(writer->report)]);
    if (stage->call_count == 0) {
        return;
    }
    start_line(writer, INDENT);
    write_label(writer, INK_BOLD, WORD_CALLS);
    flow_end(&writer->flow);
    for (size_t i = 0; i < stage->call_count; i++) {
        write_call(writer, &stage->calls[i]);
    }
}

/* The text that the user sees, then where and why, as compilers say it. */
static void write_cause(struct writer *writer, const struct finding *error)
{
    struct str text = diagnosis_error_text(error);
    start_line(writer, INDENT);
    write_label(writer, INK_BOLD, WORD_USER_SEES);
    flow_end(&writer->flow);
    start_line(writer, DEEP);
    flow_lines(&writer->flow, INK_ERROR, text);
    flow_end(&writer->flow);
    for (size_t i = 0; i < error->symptom_count; i++) {
        if (!str_eq(error->symptoms[i], text)) {
            write_labelled(writer, WORD_ALSO_SEEN, error->symptoms[i]);
        }
    }
    write_blank(writer);
    write_header(writer, error);
    if (error->has_location) {
        write_frame(writer, error->at, severity_ink(error->severity));
    }
    write_related(writer, error);
    if (str_trim(error->fix).len) {
        write_labelled(writer, WORD_FIX, error->fix);
    }
}

/* The text, and the place and rule of its cause on a line of their own. */
static void write_short(struct writer *writer, const struct finding *error, unsigned column)
{
    struct flow *flow = &writer->flow;
    struct spot spot = spot_of_finding(writer->report->sources, error);
    start_line(writer, column);
    flow_lines(flow, INK_PLAIN, diagnosis_error_text(error));
    flow_end(flow);
    char position[32];
    snprintf(position, sizeof position, ":%u:%u", (unsigned)spot.start.line,
             (unsigned)spot.start.column);
    start_line(writer, column + INDENT);
    flow_raw(flow, INK_PLAIN, spot.file);
    flow_raw(flow, INK_PLAIN, str_from_c(position));
    flow_words(flow, INK_PLAIN,
               arena_format(writer->report->scratch, " [%.*s]", STR_ARG(error->rule)));
    flow_end(flow);
}

/* A rule that runs over rows says the same text at the same place more than once. */
static bool says_the_same(const struct finding *a, const struct finding *b)
{
    return a->at.source == b->at.source && a->at.span.lo == b->at.span.lo &&
           str_eq(a->rule, b->rule) && str_eq(diagnosis_error_text(a), diagnosis_error_text(b));
}

static void write_errors(struct writer *writer, const struct stage_verdict *verdict, size_t from,
                         unsigned column)
{
    for (size_t i = from; i < verdict->error_count; i++) {
        if (i == 0 || !says_the_same(verdict->errors[i], verdict->errors[i - 1])) {
            write_short(writer, verdict->errors[i], column);
        }
    }
}

/* What is tolerated, and why. */
static void write_excuses(struct writer *writer, const struct stage_verdict *verdict,
                          unsigned column)
{
    start_line(writer, column);
    write_word(writer, INK_BOLD, WORD_ALLOWED);
    flow_end(&writer->flow);
    for (size_t i = 0; i < verdict->suppressed_count; i++) {
        write_short(writer, &verdict->suppressed[i]->finding, column + INDENT);
        start_line(writer, column + 2 * INDENT);
        flow_words(&writer->flow, INK_PLAIN, verdict->suppressed[i]->by->reason);
        flow_end(&writer->flow);
    }
}

/* An unknown step before the stop may stop the flow earlier. */
static bool may_stop_earlier(const struct diagnosis *diagnosis)
{
    const struct stage_verdict *verdict = diagnosis->stages;
    while (verdict != diagnosis->stop && verdict->outcome != STAGE_UNKNOWN) {
        verdict++;
    }
    return verdict != diagnosis->stop;
}

static void write_stop(struct writer *writer)
{
    const struct diagnosis *diagnosis = writer->report->diagnosis;
    const struct stage_verdict *stop = diagnosis->stop;
    start_line(writer, 0);
    write_word_count(writer, INK_BOLD,
                     may_stop_earlier(diagnosis) ? WORD_STOPS_AT_LATEST : WORD_STOPS_AT,
                     number_of(writer, stop));
    flow_words(&writer->flow, INK_BOLD, title_of(writer, stop));
    flow_end(&writer->flow);
    if (stop->error_count) { /* none where findings were dropped for want of room */
        write_cause(writer, stop->errors[0]);
    }
    if (stop->excused) {
        write_excuses(writer, stop, INDENT);
    }
    write_happening(writer, stop->stage);
    if (stop->error_count > 1) {
        write_blank(writer);
        write_line_word(writer, INK_BOLD, WORD_ALSO_HERE);
        write_errors(writer, stop, 1, INDENT);
    }
}

/* ---- what waits behind it ---- */

/* "step 3, Load the cluster form:" */
static void write_step(struct writer *writer, const struct stage_verdict *verdict)
{
    start_line(writer, INDENT);
    write_word_count(writer, INK_PLAIN, WORD_STEP, number_of(writer, verdict));
    flow_words(&writer->flow, INK_PLAIN, title_of(writer, verdict));
    write_word(writer, INK_PLAIN, WORD_STEP_END);
    write_word(writer, INK_PLAIN, WORD_COLON);
}

static void write_behind(struct writer *writer)
{
    const struct diagnosis *diagnosis = writer->report->diagnosis;
    bool any = false;
    for (size_t i = 0; i < diagnosis->steps->count; i++) {
        const struct stage_verdict *verdict = &diagnosis->stages[i];
        if (verdict->outcome != STAGE_FAILS || verdict == diagnosis->stop) {
            continue;
        }
        if (!any) {
            write_blank(writer);
            write_line_word(writer, INK_BOLD, WORD_BEHIND);
            any = true;
        }
        write_step(writer, verdict);
        flow_end(&writer->flow);
        write_errors(writer, verdict, 0, DEEP);
        if (verdict->excused) {
            write_excuses(writer, verdict, DEEP);
        }
    }
}

/* ---- what could not be decided ---- */

/* What several rules lack: the command that collects it, or why there is none. */
struct lack {
    struct str what;
    bool is_command, is_fact;
    const struct undecided **rules;
    size_t count, capacity;
};

struct lacks {
    struct atoms whats, pairs; /* of what is lacked, and of that with its rule */
    struct lack *items;        /* by the atom of `what`, from 1 */
    size_t count, capacity;
};

static void add_lack(struct writer *writer, struct lacks *lacks, const struct undecided *undecided)
{
    struct arena *scratch = writer->report->scratch;
    struct str command = str_trim(undecided->collect);
    struct str what = command.len ? command : str_trim(undecided->reason);
    what = what.len ? what : undecided->needs;
    uint32_t atom = atoms_intern(&lacks->whats, arena_format(scratch, "%.*s ", STR_ARG(what)));
    if (atom > lacks->count) {
        lacks->items =
            arena_grow(scratch, lacks->items, lacks->count, &lacks->capacity, sizeof *lacks->items);
        lacks->items[lacks->count++] = (struct lack){
            .what = what,
            .is_command = command.len > 0,
            .is_fact = str_eq(what, undecided->needs),
        };
    }
    struct lack *lack = &lacks->items[atom - 1];
    uint32_t pairs = lacks->pairs.count;
    atoms_intern(&lacks->pairs,
                 arena_format(scratch, "%u %.*s", (unsigned)atom, STR_ARG(undecided->rule)));
    if (lacks->pairs.count > pairs) { /* the same rule at another place lacks the same */
        lack->rules = arena_grow(scratch, lack->rules, lack->count, &lack->capacity,
                                 sizeof(const struct undecided *));
        lack->rules[lack->count++] = undecided;
    }
}

/* "The key pair does not exist in the cluster's region [gitlab/key-pair-not-in-region]" */
static void write_question(struct writer *writer, const struct undecided *undecided)
{
    const struct report *report = writer->report;
    struct str title = {0};
    start_line(writer, DEEP);
    if (report->rule_title) {
        title = report->rule_title(report->context, undecided->rule, language_of_report(report));
    }
    if (title.len) {
        flow_words(&writer->flow, INK_PLAIN, title);
        flow_words(&writer->flow, INK_PLAIN, STR(" "));
    }
    flow_words(&writer->flow, INK_PLAIN,
               arena_format(report->scratch, "[%.*s]", STR_ARG(undecided->rule)));
    flow_end(&writer->flow);
}

/*
 * Where there is nothing to collect, as for the values that a template has from its parameters, a few of
 * the rules are enough.
 */
static void write_lack(struct writer *writer, const struct lack *lack)
{
    struct flow *flow = &writer->flow;
    bool open = !lack->is_command && !lack->is_fact && lack->count > QUESTIONS_SHOWN;
    size_t shown = open ? QUESTIONS_SHOWN : lack->count;
    for (size_t i = 0; i < shown; i++) {
        write_question(writer, lack->rules[i]);
    }
    if (shown < lack->count) {
        start_line(writer, DEEP);
        write_word_count(writer, INK_PLAIN, WORD_MORE_LACKS, lack->count - shown);
        flow_end(flow);
    }
    start_line(writer, DEEP + INDENT);
    if (lack->is_command) {
        flow_raw(flow, INK_BOLD, lack->what); /* in one piece, to be copied */
    } else {
        if (lack->is_fact) {
            write_label(writer, INK_PLAIN, WORD_MISSING);
        }
        flow_words(flow, INK_PLAIN, lack->what);
    }
    flow_end(flow);
}

static void write_lacks(struct writer *writer, const struct lacks *lacks)
{
    for (size_t i = 0; i < lacks->count && i < LACKS_SHOWN; i++) {
        write_lack(writer, &lacks->items[i]);
    }
    if (lacks->count > LACKS_SHOWN) {
        start_line(writer, DEEP);
        write_word_count(writer, INK_PLAIN, WORD_MORE_LACKS, lacks->count - LACKS_SHOWN);
        flow_end(&writer->flow);
    }
}

static void start_lacks(struct writer *writer, struct lacks *lacks)
{
    *lacks = (struct lacks){0};
    atoms_init(&lacks->whats, writer->report->scratch, NULL);
    atoms_init(&lacks->pairs, writer->report->scratch, NULL);
}

static void write_stage_unknown(struct writer *writer, const struct stage_verdict *verdict)
{
    struct lacks lacks;
    start_lacks(writer, &lacks);
    write_step(writer, verdict);
    flow_end(&writer->flow);
    for (size_t i = 0; i < verdict->unknown_count; i++) {
        add_lack(writer, &lacks, verdict->unknown[i]);
    }
    write_lacks(writer, &lacks);
}

/* "nothing could be evaluated of step 1, 5, 7" */
static void write_not_evaluated(struct writer *writer)
{
    const struct diagnosis *diagnosis = writer->report->diagnosis;
    bool any = false;
    for (size_t i = 0; i < diagnosis->steps->count; i++) {
        if (diagnosis->stages[i].evaluated) {
            continue;
        }
        if (!any) {
            start_line(writer, INDENT);
        }
        write_word_count(writer, INK_PLAIN, any ? WORD_NEXT_STEP : WORD_NOTHING_OF, i + 1);
        any = true;
    }
    if (any) {
        flow_end(&writer->flow);
    }
}

static bool has_stage(const struct diagnosis *diagnosis, struct str stage)
{
    return stages_find(diagnosis->steps, stage) != NULL;
}

/* Rules without a stage, which no step counts. */
static void write_unknown_elsewhere(struct writer *writer)
{
    const struct undecided_list *list = &writer->report->results->undecided;
    struct lacks lacks;
    start_lacks(writer, &lacks);
    for (size_t i = 0; i < list->count; i++) {
        if (!has_stage(writer->report->diagnosis, list->items[i].stage)) {
            add_lack(writer, &lacks, &list->items[i]);
        }
    }
    if (lacks.count) {
        start_line(writer, INDENT);
        write_word(writer, INK_PLAIN, WORD_NO_STEP);
        write_word(writer, INK_PLAIN, WORD_COLON);
        flow_end(&writer->flow);
        write_lacks(writer, &lacks);
    }
}

static bool any_command(const struct report *report)
{
    const struct undecided_list *list = &report->results->undecided;
    for (size_t i = 0; i < list->count; i++) {
        if (str_trim(list->items[i].collect).len) {
            return true;
        }
    }
    return false;
}

static void write_unknown(struct writer *writer)
{
    const struct diagnosis *diagnosis = writer->report->diagnosis;
    if (count_unknown(diagnosis) == 0 && writer->report->results->undecided.count == 0) {
        return;
    }
    write_blank(writer);
    write_line_word(writer, INK_BOLD, WORD_NOT_DECIDED);
    for (size_t i = 0; i < diagnosis->steps->count; i++) {
        const struct stage_verdict *verdict = &diagnosis->stages[i];
        if (verdict->unknown_count) {
            write_stage_unknown(writer, verdict);
        }
    }
    write_unknown_elsewhere(writer);
    write_not_evaluated(writer);
    if (any_command(writer->report)) {
        write_line_word(writer, INK_PLAIN, WORD_USE_COLLECT);
    }
}

/* ---- beside the steps ---- */

static void write_plain(struct writer *writer, const struct finding *finding)
{
    write_header(writer, finding);
    if (str_trim(finding->fix).len) {
        write_labelled(writer, WORD_FIX, finding->fix);
    }
}

static bool is_no_settings(const struct finding *finding)
{
    return str_eq(finding->rule, STR(NO_SETTINGS_RULE));
}

/* Without settings little can be said, and why stands first. */
static void write_no_settings(struct writer *writer)
{
    const struct findings *findings = writer->report->results->findings;
    for (size_t i = 0; i < findings->count; i++) {
        if (is_no_settings(&findings->items[i])) {
            write_blank(writer);
            write_plain(writer, &findings->items[i]);
        }
    }
}

static bool is_of_a_step(const struct diagnosis *diagnosis, const struct finding *finding)
{
    return finding->severity == SEVERITY_ERROR && has_stage(diagnosis, finding->stage);
}

static void write_beside(struct writer *writer)
{
    const struct findings *findings = writer->report->results->findings;
    bool any = false;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (is_of_a_step(writer->report->diagnosis, finding) || is_no_settings(finding)) {
            continue;
        }
        if (!any) {
            write_blank(writer);
            write_line_word(writer, INK_BOLD, WORD_BESIDE);
            any = true;
        }
        write_plain(writer, finding);
    }
}

void report_diagnosis_text(const struct report *report, struct buf *out)
{
    struct writer writer;
    writer_init(&writer, report, out);
    write_stages(&writer);
    if (report->diagnosis->stop) {
        write_stop(&writer);
        write_behind(&writer);
    }
    if (!report->diagnosis->has_settings) {
        write_no_settings(&writer);
    }
    write_unknown(&writer);
    write_beside(&writer);
    framer_release(&writer.framer);
    if (!report->quiet) {
        write_blank(&writer);
        summary_write_counts(report, &writer.flow);
    }
}
