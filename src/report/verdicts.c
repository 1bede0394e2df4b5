/* SPDX-License-Identifier: MIT */
/* Findings and undecided rules are sorted by file already: they are merged. */
#include "report/verdicts.h"

#include "base/atoms.h"
#include "report/sentences.h"
#include "report/spot.h"

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

static void add_finding(struct maker *maker, const struct finding *finding, const struct spot *spot)
{
    bool fails = finding->severity >= maker->report->fail_on;
    struct str name = finding->rule;
    if (finding->path.len) {
        name = arena_format(maker->report->scratch, "%.*s %.*s", STR_ARG(finding->rule),
                            STR_ARG(finding->path));
    }
    add(maker, (struct verdict){
                   .outcome = finding->unreadable ? VERDICT_ERROR
                              : fails             ? VERDICT_FAILED
                                                  : VERDICT_NOTED,
                   .file = spot->file,
                   .name = name,
                   .text = sentence_finding(maker->report, finding),
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

static void add_of_files(struct maker *maker)
{
    const struct report *report = maker->report;
    const struct findings *findings = report->results->findings;
    const struct undecided_list *undecided = &report->results->undecided;
    size_t f = 0;
    size_t u = 0;
    while (f < findings->count || u < undecided->count) {
        struct spot found = {0};
        struct spot open = {0};
        if (f < findings->count) {
            found = spot_of_finding(report->sources, &findings->items[f]);
        }
        if (u < undecided->count) {
            open = spot_of(report->sources, undecided->items[u].at);
        }
        bool finding_first = u == undecided->count ||
                             (f < findings->count && str_compare(found.file, open.file) <= 0);
        if (finding_first) {
            add_finding(maker, &findings->items[f++], &found);
        } else {
            add_undecided(maker, &undecided->items[u++], &open);
        }
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
    size_t most = results->findings->count + results->undecided.count + report->passed_count + 1;
    *verdicts = (struct verdicts){.items = arena_array(report->scratch, struct verdict, most)};
    struct maker maker = {.report = report, .verdicts = verdicts};
    begin_file(&maker);
    add_of_files(&maker);
    add_of_run(&maker);
}
