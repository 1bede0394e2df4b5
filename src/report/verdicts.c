/* SPDX-License-Identifier: MIT */
/* Findings of all sorts and undecided rules are sorted by file already: they are merged. */
#include "report/verdicts.h"

#include "base/atoms.h"
#include "report/sentences.h"
#include "report/spot.h"
#include "report/visible.h"
#include "report/words.h"
#include "rule/suppression.h"

struct maker {
    const struct report *report;
    struct verdicts *verdicts;
    struct atoms names; /* of the file that verdicts are being added for */
    uint32_t *uses;     /* by atom */
    size_t uses_capacity;
};

/* The name with a number where the file has it already. */
static struct str number_name(struct maker *maker, struct str name)
{
    uint32_t atom = atoms_intern(&maker->names, name);
    while (maker->uses_capacity <= atom) {
        maker->uses = arena_grow(maker->report->scratch, maker->uses, maker->uses_capacity,
                                 &maker->uses_capacity, sizeof *maker->uses);
    }
    uint32_t use = ++maker->uses[atom];
    return use == 1
               ? name
               : arena_format(maker->report->scratch, "%.*s (%u)", STR_ARG(name), (unsigned)use);
}

static void begin_file(struct maker *maker)
{
    atoms_init(&maker->names, maker->report->scratch, NULL);
    maker->uses = NULL;
    maker->uses_capacity = 0;
}

static void add(struct maker *maker, struct verdict verdict)
{
    struct verdicts *verdicts = maker->verdicts;
    const struct verdict *last = verdicts->count ? &verdicts->items[verdicts->count - 1] : NULL;
    if (!last || !str_eq(last->file, verdict.file)) {
        begin_file(maker);
    }
    verdict.name = number_name(maker, verdict.name);
    verdicts->items[verdicts->count++] = verdict;
    verdicts->counts[verdict.outcome]++;
}

static struct str name_of(const struct report *report, const struct finding *finding)
{
    return finding->path.len ? arena_format(report->scratch, "%.*s %.*s", STR_ARG(finding->rule),
                                            STR_ARG(finding->path))
                             : finding->rule;
}

static void add_finding(struct maker *maker, const struct finding *finding, const struct spot *spot)
{
    bool fails = finding->severity >= maker->report->fail_on;
    add(maker, (struct verdict){
                   .outcome = finding->unreadable ? VERDICT_ERROR
                              : fails             ? VERDICT_FAILED
                                                  : VERDICT_NOTED,
                   .file = spot->file,
                   .name = name_of(maker->report, finding),
                   .text = sentence_finding(maker->report, finding),
                   .finding = finding,
                   .line = spot->start.line,
                   .column = spot->start.column,
               });
}

static struct str reason_of(const struct report *report, const struct suppression *by)
{
    struct buf text = buf_with_max(SIZE_MAX / 2);
    buf_add(&text, words_get(report->language, WORD_SUPPRESSED_HERE));
    buf_add_c(&text, ": ");
    visible_add(&text, by->reason);
    struct str kept = arena_str(report->scratch, buf_str(&text));
    buf_release(&text);
    return kept;
}

/* A finding that does not count: of a suppression, or of the baseline where there is none. */
static void add_known(struct maker *maker, const struct finding *finding, const struct spot *spot,
                      const struct suppression *by)
{
    const struct report *report = maker->report;
    add(maker,
        (struct verdict){
            .outcome = VERDICT_KNOWN,
            .file = spot->file,
            .name = name_of(report, finding),
            .text = by ? reason_of(report, by) : words_get(report->language, WORD_BASELINED_HERE),
            .finding = finding,
            .line = spot->start.line,
            .column = spot->start.column,
        });
}

static void add_undecided(struct maker *maker, const struct undecided *undecided,
                          const struct spot *spot)
{
    add(maker, (struct verdict){
                   .outcome = maker->report->fail_on_unknown ? VERDICT_FAILED : VERDICT_UNKNOWN,
                   .file = spot->file,
                   .name = undecided->rule,
                   .text = sentence_undecided(maker->report, undecided),
                   .line = spot->start.line,
                   .column = spot->start.column,
               });
}

/* What verdicts are made of, each list sorted by file. */
enum stream {
    STREAM_FINDINGS,
    STREAM_UNDECIDED,
    STREAM_SUPPRESSED,
    STREAM_BASELINED,
    STREAM_COUNT
};

static size_t count_of(const struct results *results, enum stream stream)
{
    switch (stream) {
    case STREAM_FINDINGS:
        return results->findings->count;
    case STREAM_UNDECIDED:
        return results->undecided.count;
    case STREAM_SUPPRESSED:
        return results->suppressed.count;
    case STREAM_BASELINED:
        return results->baselined.count;
    case STREAM_COUNT:
        break;
    }
    return 0;
}

/* The finding at a place of a stream; NULL in that of what is undecided. */
static const struct finding *finding_at(const struct results *results, enum stream stream, size_t i)
{
    switch (stream) {
    case STREAM_FINDINGS:
        return &results->findings->items[i];
    case STREAM_SUPPRESSED:
        return &results->suppressed.items[i].finding;
    case STREAM_BASELINED:
        return &results->baselined.items[i];
    case STREAM_UNDECIDED:
    case STREAM_COUNT:
        break;
    }
    return NULL;
}

static struct spot spot_at(const struct report *report, enum stream stream, size_t i)
{
    const struct finding *finding = finding_at(report->results, stream, i);
    return finding ? spot_of_finding(report->sources, finding)
                   : spot_of(report->sources, report->results->undecided.items[i].at);
}

static void add_at(struct maker *maker, enum stream stream, size_t i, const struct spot *spot)
{
    const struct results *results = maker->report->results;
    const struct finding *finding = finding_at(results, stream, i);
    if (stream == STREAM_FINDINGS) {
        add_finding(maker, finding, spot);
    } else if (finding) {
        add_known(maker, finding, spot,
                  stream == STREAM_SUPPRESSED ? results->suppressed.items[i].by : NULL);
    } else {
        add_undecided(maker, &results->undecided.items[i], spot);
    }
}

/* Of the next of each stream, the one whose file comes first. */
static void add_of_files(struct maker *maker)
{
    const struct results *results = maker->report->results;
    size_t at[STREAM_COUNT] = {0};
    for (;;) {
        enum stream first = STREAM_COUNT;
        struct spot spot = {0};
        for (int i = 0; i < STREAM_COUNT; i++) {
            enum stream stream = (enum stream)i;
            if (at[i] == count_of(results, stream)) {
                continue;
            }
            struct spot next = spot_at(maker->report, stream, at[i]);
            if (first == STREAM_COUNT || str_compare(next.file, spot.file) < 0) {
                first = stream;
                spot = next;
            }
        }
        if (first == STREAM_COUNT) {
            return;
        }
        add_at(maker, first, at[first]++, &spot);
    }
}

/* Findings without a file, which sort first, would begin a second group of the run's. */
static void add_of_run(struct maker *maker)
{
    const struct report *report = maker->report;
    struct str nothing = sentence_nothing(report);
    for (size_t i = 0; i < report->passed_count; i++) {
        add(maker, (struct verdict){.outcome = VERDICT_PASSED, .name = report->passed[i]});
    }
    if (nothing.len) {
        add(maker, (struct verdict){.outcome = VERDICT_ERROR,
                                    .name = STR("nothing-evaluated"),
                                    .text = nothing});
    }
}

void verdicts_make(const struct report *report, struct verdicts *verdicts)
{
    const struct results *results = report->results;
    size_t most = report->passed_count + 1;
    for (int i = 0; i < STREAM_COUNT; i++) {
        most += count_of(results, (enum stream)i);
    }
    *verdicts = (struct verdicts){.items = arena_array(report->scratch, struct verdict, most)};
    struct maker maker = {.report = report, .verdicts = verdicts};
    begin_file(&maker);
    add_of_files(&maker);
    add_of_run(&maker);
}
