/* SPDX-License-Identifier: MIT */
/* Inside the library: running rules for a handle. */
#include "engine/engine.h"

#include "path/names.h"
#include "rule/budget.h"
#include "rule/guard.h"
#include "rule/leaks.h"
#include "rule/symptom.h"
#include "text/secret.h"
#include "tree/locate.h"

/* ---- paths of nodes in their files ---- */

static bool covers(const struct document *document, struct place place)
{
    const struct node *root = document->tree->root;
    return root->source == place.source->id && root->lo <= place.span.lo &&
           place.span.hi <= root->hi;
}

/*
 * The document that a place of a file is in; a stream has several in one source. Documents stand in
 * the order of their sources.
 */
const struct document *engine_find_document(const ekslint *e, struct place place)
{
    size_t low = 0;
    size_t high = e->documents.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (e->documents.items[middle]->source->id < place.source->id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (size_t i = low; i < e->documents.count; i++) {
        if (e->documents.items[i]->source->id != place.source->id) {
            break;
        }
        if (covers(e->documents.items[i], place)) {
            return e->documents.items[i];
        }
    }
    return NULL;
}

/* The path in the file, without secrets that stand in names; of a place inside a string with a document, the path of that string. */
void engine_path_at(void *context, struct location at, struct buf *out)
{
    ekslint *e = context;
    struct place place = sources_resolve(&e->sources, at.source, at.span);
    const struct document *document = engine_find_document(e, place);
    if (document) {
        size_t start = out->len;
        tree_locate(document->tree, place.span, out);
        struct str path = str_from(buf_str(out), start);
        struct str shown = secret_redact(place.source, path, &e->scratch);
        if (shown.ptr != path.ptr) {
            out->len = start;
            buf_add(out, shown);
        }
    } else {
        buf_add_c(out, "$");
    }
}

struct step_list {
    struct arena *arena;
    struct report_steps *steps;
};

static void add_step(void *context, const struct tree *tree, const struct node *parent,
                     const struct node *child)
{
    struct step_list *list = context;
    struct report_steps *steps = list->steps;
    struct report_step step = {.is_name = parent->kind == NODE_OBJECT};
    if (step.is_name) {
        step.name = tree_text(tree, node_key_of(child));
    } else {
        step.index = (uint64_t)(child - tree_children(tree, parent));
    }
    steps->items =
        arena_grow(list->arena, steps->items, steps->count, &steps->capacity, sizeof *steps->items);
    steps->items[steps->count++] = step;
}

void engine_steps_at(void *context, struct location at, struct report_steps *steps)
{
    ekslint *e = context;
    struct place place = sources_resolve(&e->sources, at.source, at.span);
    const struct document *document = engine_find_document(e, place);
    if (!document) {
        return;
    }
    struct step_list list = {&e->scratch, steps};
    (void)tree_descend(document->tree, place.span, add_step, &list, &steps->is_key);
    const struct node *root = document->tree->root;
    struct str bytes = place.source->bytes;
    for (size_t i = 0; i < steps->count; i++) {
        steps->items[i].name = secret_redact(place.source, steps->items[i].name, &e->scratch);
    }
    steps->whole = steps->count == 0 && str_trim(bytes).len == (size_t)(root->hi - root->lo);
}

static struct str kind_at(void *context, struct location at)
{
    const ekslint *e = context;
    const struct document *document =
        engine_find_document(e, sources_resolve(&e->sources, at.source, at.span));
    return document && document->kind ? document->kind->id : (struct str){0};
}

/* ---- running ---- */

static const struct rule_texts *texts_of(void *context, struct rule *rule)
{
    ekslint *e = context;
    return ruleset_texts(&e->rules, rule);
}

struct runner engine_runner(ekslint *e)
{
    return (struct runner){
        .arena = &e->arena,
        .scratch = &e->scratch,
        .sources = &e->sources,
        .language = e->language,
        .today = e->today,
        .findings = &e->findings,
        .undecided = &e->results.undecided,
        .texts = texts_of,
        .context = e,
        .path = engine_path_at,
        .watch = e->watch,
        .kind_at = kind_at,
        .edit = engine_edit_finding,
    };
}

/* The version of GitLab that a case is about, or 0. */
static uint32_t version_of(struct str kind, const struct tree *tree, const struct node *root)
{
    uint32_t version = 0;
    if (str_eq(kind, STR("case"))) {
        const struct node *settings = tree_member(tree, root, STR("gitlab"));
        const struct node *gitlab = settings ? tree_member(tree, settings, STR("gitlab")) : NULL;
        const struct node *text = gitlab ? tree_member(tree, gitlab, STR("version")) : NULL;
        if (!text || !symptom_version_parse(tree_text(tree, text), &version)) {
            return 0;
        }
    }
    return version;
}

static enum severity severity_for(const struct rule_choice *choice, const struct rule_slot *slot)
{
    const struct rule_layer *layer;
    const struct rule_wish *wish = rule_choice_severity(choice, ruleset_label(slot), &layer);
    return wish ? wish->severity : slot->rule->own_severity;
}

static bool is_wanted(const ekslint *e, const struct engine_choice *choice,
                      const struct rule_slot *slot)
{
    struct rule_label label = ruleset_label(slot);
    bool wanted = choice && rule_choice_wants(&choice->layers, label);
    for (size_t i = 0; !choice && i < e->config.used_count && !wanted; i++) {
        wanted = rule_choice_wants(&e->config.used[i]->layers, label);
    }
    return wanted;
}

/* Which rules those are is the same for each document: a check begins with none. */
static struct kind_rules *rules_of(ekslint *e, struct str kind, const struct engine_choice *choice)
{
    for (size_t i = 0; i < e->wanted_count; i++) {
        if (str_eq(e->wanted[i].kind, kind) && e->wanted[i].choice == choice) {
            return &e->wanted[i];
        }
    }
    e->wanted =
        arena_grow(&e->lasting, e->wanted, e->wanted_count, &e->wanted_capacity, sizeof *e->wanted);
    struct kind_rules *rules = &e->wanted[e->wanted_count++];
    *rules = (struct kind_rules){
        .kind = kind,
        .choice = choice,
        .items = arena_array(&e->lasting, struct wanted_rule, e->rules.count),
        .always = arena_array(&e->lasting, struct wanted_rule *, e->rules.count),
    };
    for (size_t i = 0; i < e->rules.count; i++) {
        struct rule_slot *slot = &e->rules.slots[i];
        if (rule_kind_listed(slot->kind, kind) && is_wanted(e, choice, slot)) {
            struct wanted_rule *wanted = &rules->items[rules->count++];
            wanted->slot = slot;
            if (iam_fault_set_is_empty(&slot->guards)) {
                rules->always[rules->always_count++] = wanted;
            }
            iam_fault_set_merge(&rules->guards, &slot->guards);
        }
    }
    return rules;
}

bool engine_asks_for(const ekslint *e, const struct rule_slot *slot)
{
    const struct rule_layer all = {.has_profile = true, .profile = PROFILE_PEDANTIC};
    const struct rule_layer *layers[] = {&all, &e->rules.asked};
    const struct rule_choice choice = {layers, COUNT_OF(layers)};
    return rule_choice_wants(&choice, ruleset_label(slot));
}

static const struct engine_choice *choice_at(ekslint *e, struct location at)
{
    return engine_choice_of(e, sources_resolve(&e->sources, at.source, at.span).source->name);
}

bool engine_has_rules(ekslint *e, struct str kind, const struct node *root)
{
    return rules_of(e, kind, choice_at(e, node_location(root)))->count > 0;
}

static void note_outcome(struct rule_slot *slot, enum outcome outcome, enum severity severity)
{
    slot->worst = slot->was_run && slot->worst > outcome ? slot->worst : outcome;
    slot->was_run = true;
    if (outcome == OUTCOME_FAIL && severity > slot->failed_as) {
        slot->failed_as = severity;
    }
}

/* ---- a case, whose files may be judged otherwise than each other ---- */

/* How many findings and undecided entries there were before a rule ran. */
struct run_mark {
    size_t findings, undecided, dropped;
};

static struct run_mark mark_run(const ekslint *e)
{
    const struct undecided_list *undecided = &e->results.undecided;
    return (struct run_mark){e->findings.count, undecided->count,
                             e->findings.dropped + undecided->dropped};
}

/*
 * Of what a rule says of a case, keep what is wanted for the file that it points into, at the severity
 * that it has there. A rule of which nothing is left says nothing of the case: no failure, and no
 * pass.
 */
static void sift_case(ekslint *e, struct rule_slot *slot, enum outcome outcome,
                      struct run_mark before)
{
    struct findings *findings = &e->findings;
    struct undecided_list *undecided = &e->results.undecided;
    enum severity worst = SEVERITY_INFO;
    size_t kept = before.findings;
    for (size_t i = kept; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        const struct engine_choice *choice = choice_at(e, finding->at);
        if (rule_choice_wants(&choice->layers, ruleset_label(slot))) {
            finding->severity = severity_for(&choice->layers, slot);
            worst = finding->severity > worst ? finding->severity : worst;
            findings->items[kept++] = *finding;
        }
    }
    findings->count = kept;
    size_t open = before.undecided;
    for (size_t i = open; i < undecided->count; i++) {
        struct undecided *item = &undecided->items[i];
        const struct engine_choice *choice = choice_at(e, item->at);
        if (rule_choice_wants(&choice->layers, ruleset_label(slot))) {
            item->severity = severity_for(&choice->layers, slot);
            undecided->items[open++] = *item;
        }
    }
    undecided->count = open;
    bool whole = mark_run(e).dropped == before.dropped;
    if (whole && outcome == OUTCOME_FAIL && kept == before.findings) {
        outcome = open > before.undecided ? OUTCOME_UNKNOWN : OUTCOME_NOT_APPLICABLE;
    } else if (whole && outcome == OUTCOME_UNKNOWN && open == before.undecided) {
        outcome = OUTCOME_NOT_APPLICABLE;
    }
    note_outcome(slot, outcome, whole ? worst : slot->rule->own_severity);
}

/* The choice by which a tree is judged; NULL and *several for a case whose files have different ones. */
static const struct engine_choice *choice_for(ekslint *e, struct str kind, const struct node *root,
                                              bool *several)
{
    if (!str_eq(kind, STR("case"))) {
        return choice_at(e, node_location(root));
    }
    *several = engine_gather_choices(e) > 1;
    return *several ? NULL : e->config.used[0];
}

/* A rule is loaded when it has something to do: most policies are without most faults. */
static bool make_ready(ekslint *e, const struct engine_choice *choice, struct wanted_rule *wanted)
{
    struct rule_slot *slot = wanted->slot;
    if (!wanted->ready && ruleset_load(&e->rules, slot)) { /* else a bug: engine_status() tells */
        wanted->severity = choice ? severity_for(&choice->layers, slot) : slot->rule->own_severity;
        wanted->ready = true;
    }
    if (wanted->ready) {
        slot->rule->severity = wanted->severity;
    }
    return wanted->ready;
}

/* A policy without the faults that any rule waits for passes all those rules at once. */
static void pass_guarded(struct kind_rules *rules)
{
    for (size_t i = 0; i < rules->count && !rules->passed; i++) {
        if (!iam_fault_set_is_empty(&rules->items[i].slot->guards)) {
            note_outcome(rules->items[i].slot, OUTCOME_PASS, SEVERITY_INFO);
        }
    }
    rules->passed = true;
}

/* A rule of a step that a case does not come to. */
static bool is_foreign(const ekslint *e, struct str kind, const struct rule_slot *slot)
{
    return e->foreign && slot->stage.len && str_eq(kind, STR("case")) &&
           stages_find(e->foreign, slot->stage);
}

static enum outcome run_rule(ekslint *e, struct runner *runner, struct rule_slot *slot,
                             const struct tree *tree, const struct node *root)
{
    if (!e->clock) {
        return rule_run(runner, slot->rule, tree, root);
    }
    unsigned long long start = e->clock();
    runner->cost = &slot->cost;
    enum outcome outcome = rule_run(runner, slot->rule, tree, root);
    slot->cost.evaluations++;
    slot->cost.time += e->clock() - start;
    return outcome;
}

void engine_run_kind(ekslint *e, struct str kind, const struct tree *tree, const struct node *root,
                     struct rule_policy *policy)
{
    struct runner runner = engine_runner(e);
    uint64_t spare = rule_budget_spare(&e->limits, tree->count);
    struct permissions permissions = {
        .arena = &e->arena, .tree = tree, .root = root, .library = &e->rules.managed.library};
    struct arena filtered = {0};
    struct path_indexes indexes = {.arena = &filtered};
    struct path_names names = {0};
    struct leaks leaks = {.arena = &filtered};
    runner.indexes = &indexes;
    runner.names = &names;
    runner.leaks = &leaks;
    runner.kind = kind;
    runner.policy = policy;
    runner.permissions = &permissions;
    runner.spare_steps = &spare;
    runner.version = version_of(kind, tree, root);
    bool several = false;
    const struct engine_choice *choice = choice_for(e, kind, root, &several);
    struct kind_rules *rules = rules_of(e, kind, choice);
    bool idle = !e->watch && rule_is_idle(&rules->guards, policy);
    if (idle) {
        pass_guarded(rules);
    }
    size_t count = idle ? rules->always_count : rules->count;
    for (size_t i = 0; i < count; i++) {
        struct wanted_rule *wanted = idle ? rules->always[i] : &rules->items[i];
        if (is_foreign(e, kind, wanted->slot)) {
            note_outcome(wanted->slot, OUTCOME_NOT_APPLICABLE, SEVERITY_INFO);
        } else if (!runner.watch && rule_is_idle(&wanted->slot->guards, policy)) {
            note_outcome(wanted->slot, OUTCOME_PASS, SEVERITY_INFO);
        } else if (make_ready(e, choice, wanted)) {
            struct run_mark before = mark_run(e);
            enum outcome outcome = run_rule(e, &runner, wanted->slot, tree, root);
            if (several) {
                sift_case(e, wanted->slot, outcome, before);
            } else {
                note_outcome(wanted->slot, outcome, wanted->severity);
            }
        }
    }
    arena_release(&filtered);
}
