/* SPDX-License-Identifier: MIT */
/*
 * Running the tests inside a rule file. Each test is judged exactly as a document of a user's would
 * be; what only the document decides (the faults of a policy, what roles may do) is kept from one
 * judgement to the next.
 */
#include "rule/trial.h"

#include "aws/moment.h"
#include "model/directive.h"
#include "rule/functions.h"
#include "rule/trial_document.h"
#include "rule/trial_fix.h"
#include "rule/trial_place.h"
#include "tree/locate.h"

enum { TRIAL_PATH_BYTES = 4096 };

struct str trial_fault_name(enum trial_fault fault)
{
    static const struct str names[TRIAL_FAULT_COUNT] = {
        [TRIAL_NOISY] = STR_INIT("noisy"),         [TRIAL_MISSING] = STR_INIT("missing"),
        [TRIAL_UNDECIDED] = STR_INIT("undecided"), [TRIAL_IDLE] = STR_INIT("idle"),
        [TRIAL_SILENT] = STR_INIT("silent"),       [TRIAL_MISPLACED] = STR_INIT("misplaced"),
        [TRIAL_MISWORDED] = STR_INIT("misworded"), [TRIAL_MISCOUNTED] = STR_INIT("miscounted"),
        [TRIAL_UNASKED] = STR_INIT("unasked"),     [TRIAL_UNMENDED] = STR_INIT("unmended"),
        [TRIAL_MALFORMED] = STR_INIT("malformed"),
    };
    return names[fault];
}

struct str outcome_key(enum outcome outcome)
{
    static const struct str keys[] = {
        [OUTCOME_NOT_APPLICABLE] = STR_INIT("not-applicable"),
        [OUTCOME_PASS] = STR_INIT("passes"),
        [OUTCOME_UNKNOWN] = STR_INIT("unknown"),
        [OUTCOME_FAIL] = STR_INIT("fails"),
    };
    return keys[outcome];
}

/* ---- problems ---- */

/* The name of the test; where it is run as several kinds, with the kind. */
static struct str name_of(const struct trials *ts, const struct trial *t)
{
    struct str name = tree_string(ts->tree, t->test, STR("name"));
    if (!t->as) {
        return name;
    }
    return arena_format(ts->loader->arena, "%.*s%sas %.*s", STR_ARG(name), name.len ? ", " : "",
                        STR_ARG(tree_text(ts->tree, t->as)));
}

/* Always false. */
static bool report(struct trials *ts, const struct trial *t, struct trial_problem problem)
{
    if (!ts->quiet) {
        struct trial_problem *kept = arena_new(ts->loader->arena, struct trial_problem);
        *kept = problem;
        kept->expected = t->expected;
        kept->name = name_of(ts, t);
        if (!ts->last) {
            ts->last = &ts->problems;
        }
        *ts->last = kept;
        ts->last = &kept->next;
    }
    return false;
}

static bool malformed(struct trials *ts, const struct trial *t, const struct node *at,
                      struct str why)
{
    return report(
        ts, t,
        (struct trial_problem){.fault = TRIAL_MALFORMED, .at = node_location(at), .said = why});
}

/* ---- reading ---- */

static uint32_t list_size(const struct node *node)
{
    return !node ? 0 : node->kind == NODE_ARRAY ? node_size(node) : 1;
}

/* Entry i of a value that is a list or stands for a list of one. */
static const struct node *list_entry(const struct tree *tree, const struct node *node, uint32_t i)
{
    return node->kind == NODE_ARRAY ? tree_element(tree, node, i) : node;
}

static bool read_place(struct trials *ts, struct trial *t, const struct node *query)
{
    struct rule_loader *loader = ts->loader;
    struct trial_place *place = &t->places[t->place_count++];
    struct path_error error = {0};
    struct path_compiler compiler = {loader->arena, loader->atoms, &rule_functions, false};
    struct path_program *program =
        path_compile(&compiler, PATH_PLACEHOLDER, tree_text(ts->tree, query), &error);
    place->query = query;
    if (!program || path_program_type(program) != TYPE_NODES) {
        return malformed(ts, t, query,
                         program ? STR("this selects no nodes; write a query") : error.message);
    }
    struct path_env env = {
        .tree = &t->document,
        .root = t->document.root,
        .current = {t->document.root, NULL},
        .scratch = loader->arena,
        .steps = TRIAL_STEPS,
    };
    struct path_datum selected = {0};
    path_evaluate(program, &env, &selected);
    place->nodes = selected.nodes;
    return place->nodes.count > 0 || malformed(ts, t, query, trial_place_absent(ts, t, program));
}

static bool read_places(struct trials *ts, struct trial *t)
{
    const struct node *at = tree_member(ts->tree, t->test, STR("at"));
    uint32_t count = list_size(at);
    bool good = true;
    t->places = arena_array(ts->loader->arena, struct trial_place, count);
    for (uint32_t i = 0; i < count; i++) {
        good = read_place(ts, t, list_entry(ts->tree, at, i)) && good;
    }
    return good;
}

/* What the test's document is said to be, or else is taken for: of the rule's first kind. */
static bool read_kind(struct trials *ts, struct trial *t, const struct rule *rule,
                      const struct kind **kind)
{
    t->policy.kind = rule->kind->id;
    t->policy.named = t->as && !t->guessed;
    if (t->as) {
        directive_split_kind(tree_text(ts->tree, t->as), &t->policy.kind, &t->policy.resource_type);
    }
    *kind = kinds_find(ts->loader->kinds, t->policy.kind);
    return *kind || malformed(ts, t, t->as, STR("there is no such kind"));
}

static bool read_date(struct trials *ts, struct trial *t)
{
    const struct node *date = tree_member(ts->tree, t->test, STR("date"));
    int32_t days;
    return !date || date_parse(tree_text(ts->tree, date), &days) ||
           malformed(ts, t, date, STR("this is no date; write it as '2024-02-29'"));
}

static bool read_document(struct trials *ts, struct trial *t, const struct rule *rule)
{
    const struct kind *kind;
    struct str why;
    if (!read_date(ts, t) || !read_kind(ts, t, rule, &kind)) {
        return false;
    }
    t->first_source = (uint32_t)ts->loader->sources->count;
    if (!trial_document_build(ts->loader, ts->scratch, ts->tree, t->written, kind, &t->document,
                              &t->notes, &why)) {
        return malformed(ts, t, t->written, why);
    }
    t->source_end = (uint32_t)ts->loader->sources->count;
    t->permissions = (struct permissions){
        .arena = ts->loader->arena,
        .tree = &t->document,
        .root = t->document.root,
        .library = ts->loader->library,
    };
    t->is_policy = kind->iam;
    t->policy.checker = &ts->checker;
    t->policy.arena = ts->loader->arena;
    t->policy.tree = &t->document;
    t->policy.root = t->document.root;
    for (int group = 0; t->is_policy && group < FAULT_GROUP_COUNT; group++) {
        (void)rule_policy_faults(&t->policy, iam_fault_group_start((enum iam_fault_group)group));
    }
    return read_places(ts, t);
}

/* The kinds that a test is run as; `guessed`: content tells them, and nobody said so. Or NULL. */
static const struct node *kinds_of(const struct trials *ts, const struct node *test, bool *guessed)
{
    const struct node *taken = tree_member(ts->tree, test, STR("taken-for"));
    *guessed = taken != NULL;
    return taken ? taken : tree_member(ts->tree, test, STR("as"));
}

/* A test that is run as several kinds is one for each. */
static void add_trials(struct trials *ts, struct trial wanted, const struct rule *rule)
{
    const struct node *as = kinds_of(ts, wanted.test, &wanted.guessed);
    uint32_t count = as ? list_size(as) : 1;
    for (uint32_t i = 0; i < count; i++) {
        struct trial *t = &ts->items[ts->count++];
        *t = wanted;
        t->as = as ? list_entry(ts->tree, as, i) : NULL;
        ts->expected[t->expected]++;
        t->broken = !read_document(ts, t, rule);
        ts->failed += t->broken;
    }
}

static void read_test(struct trials *ts, const struct node *test, const struct rule *rule)
{
    size_t found = 0;
    for (int outcome = 0; outcome <= OUTCOME_FAIL; outcome++) {
        const struct node *written =
            tree_member(ts->tree, test, outcome_key((enum outcome)outcome));
        if (written) {
            found++;
            add_trials(
                ts,
                (struct trial){.test = test, .written = written, .expected = (enum outcome)outcome},
                rule);
        }
    }
    if (found == 0) {
        struct trial nothing = {.test = test};
        ts->failed++;
        malformed(ts, &nothing, test,
                  STR("a test needs 'fails', 'passes', 'unknown' or 'not-applicable'"));
    }
}

/* How many a test may stand for: the trials must not move, since what they hold points into them. */
static size_t count_trials(const struct trials *ts, const struct node *tests)
{
    size_t count = 0;
    for (uint32_t i = 0; i < node_size(tests); i++) {
        bool guessed;
        const struct node *as = kinds_of(ts, tree_element(ts->tree, tests, i), &guessed);
        count += (as ? list_size(as) : 1) * (size_t)(OUTCOME_FAIL + 1);
    }
    return count;
}

void trials_read(struct trials *trials, const struct rule *rule)
{
    const struct node *tests = tree_member(trials->tree, trials->tree->root, STR("tests"));
    trials->checker.arena = trials->loader->arena;
    if (!tests) {
        return;
    }
    trials->items = arena_array(trials->loader->arena, struct trial, count_trials(trials, tests));
    for (uint32_t i = 0; i < node_size(tests); i++) {
        read_test(trials, tree_element(trials->tree, tests, i), rule);
    }
}

/* ---- judging ---- */

const struct rule_texts *trial_texts(void *context, struct rule *rule)
{
    (void)context;
    return rule->texts;
}

void trial_path(void *context, struct location at, struct buf *out)
{
    (void)context;
    (void)at;
    buf_add_char(out, '$');
}

/* As the engine does: a rule is asked about documents of its kinds only. */
static bool is_for(const struct rule *rule, struct str kind)
{
    for (size_t i = 0; i < rule->kind_count; i++) {
        if (str_eq(rule->kinds[i]->id, kind)) {
            return true;
        }
    }
    return false;
}

struct trial_verdict trial_judge(const struct trials *ts, struct trial *t, struct rule *rule,
                                 enum language language, const struct rule_watch *watch)
{
    struct trial_verdict verdict = {.fired = {.arena = ts->part}, .undecided = {.arena = ts->part}};
    struct rule_policy policy = t->policy;
    policy.arena = ts->part; /* what the rule selects; the faults are known already */
    struct runner runner = {
        .arena = ts->part,
        .scratch = ts->scratch,
        .sources = ts->loader->sources,
        .language = language,
        .kind = t->policy.kind,
        .findings = &verdict.fired,
        .undecided = &verdict.undecided,
        .texts = trial_texts,
        .path = trial_path,
        .today = tree_string(ts->tree, t->test, STR("date")),
        .permissions = &t->permissions,
        .policy = t->is_policy ? &policy : NULL,
        .watch = watch,
    };
    if (is_for(rule, t->policy.kind)) {
        verdict.outcome = rule_run(&runner, rule, &t->document, t->document.root);
    }
    return verdict;
}

static bool check_outcome(struct trials *ts, const struct trial *t, enum outcome came)
{
    static const enum trial_fault faults[] = {
        [OUTCOME_NOT_APPLICABLE] = TRIAL_IDLE,
        [OUTCOME_PASS] = TRIAL_SILENT,
        [OUTCOME_UNKNOWN] = TRIAL_UNDECIDED,
        [OUTCOME_FAIL] = TRIAL_NOISY,
    };
    return came == t->expected ||
           report(ts, t,
                  (struct trial_problem){.fault = t->expected == OUTCOME_FAIL ? TRIAL_MISSING
                                                                              : faults[came],
                                         .at = node_location(node_key_of(t->written)),
                                         .came = came});
}

/* ---- where it fired ---- */

static bool is_at(const struct finding *finding, const struct node *node)
{
    return finding->at.source == node->source && finding->at.span.lo == node->lo &&
           finding->at.span.hi == node->hi;
}

static bool fires_at(const struct findings *fired, const struct node *node)
{
    for (size_t i = 0; i < fired->count; i++) {
        if (is_at(&fired->items[i], node)) {
            return true;
        }
    }
    return false;
}

static bool is_wanted(const struct trial *t, const struct finding *finding)
{
    for (size_t p = 0; p < t->place_count; p++) {
        for (size_t n = 0; n < t->places[p].nodes.count; n++) {
            if (is_at(finding, t->places[p].nodes.items[n].node)) {
                return true;
            }
        }
    }
    return false;
}

/* The place as a path from the root of what the test has written; of a file of a case, nothing. */
static struct str written_path(const struct trials *ts, const struct trial *t, struct location at)
{
    if (at.source != t->written->source) {
        return (struct str){0};
    }
    struct tree document = *ts->tree;
    struct buf path = buf_with_max(TRIAL_PATH_BYTES);
    document.root = t->written;
    tree_locate(&document, at.span, &path);
    struct str kept = arena_str(ts->loader->arena, buf_str(&path));
    buf_release(&path);
    return kept;
}

/* The first finding that stands where no `at` wants one; NULL where all are wanted. */
static const struct finding *find_stray(const struct trial *t, const struct findings *fired)
{
    for (size_t i = 0; i < fired->count; i++) {
        if (!is_wanted(t, &fired->items[i])) {
            return &fired->items[i];
        }
    }
    return NULL;
}

static bool report_place(struct trials *ts, const struct trial *t, const struct node *query,
                         const struct finding *stray)
{
    struct trial_problem problem = {
        .fault = TRIAL_MISPLACED,
        .at = node_location(query),
        .came = OUTCOME_FAIL,
        .wanted = tree_text(ts->tree, query),
    };
    if (stray && !ts->quiet) {
        problem.has_fired = true;
        problem.fired = stray->at;
        problem.fired_path = written_path(ts, t, stray->at);
        problem.said = arena_str(ts->loader->arena, stray->message);
    }
    return report(ts, t, problem);
}

/* Every place of `at` must have a finding, and every finding must be at one of them. */
static bool check_places(struct trials *ts, const struct trial *t, const struct findings *fired)
{
    const struct finding *stray = t->place_count ? find_stray(t, fired) : NULL;
    bool good = true;
    for (size_t p = 0; p < t->place_count; p++) {
        const struct trial_place *place = &t->places[p];
        bool here = true;
        for (size_t n = 0; n < place->nodes.count; n++) {
            here = here && fires_at(fired, place->nodes.items[n].node);
        }
        good = (here || report_place(ts, t, place->query, stray)) && good;
    }
    return good && (!stray || report_place(ts, t, t->places[0].query, stray));
}

/* ---- what it said ---- */

static bool message_contains(const struct findings *fired, struct str part)
{
    for (size_t i = 0; i < fired->count; i++) {
        struct str message = fired->items[i].message;
        if (part.len == 0 || str_find(message, part) < message.len) {
            return true;
        }
    }
    return false;
}

static bool misworded(struct trials *ts, const struct trial *t, const struct node *part,
                      const struct findings *fired)
{
    struct trial_problem problem = {
        .fault = TRIAL_MISWORDED,
        .at = node_location(part),
        .came = OUTCOME_FAIL,
        .wanted = tree_text(ts->tree, part),
    };
    if (fired->count && !ts->quiet) {
        problem.said = arena_str(ts->loader->arena, fired->items[0].message);
    }
    return report(ts, t, problem);
}

/* `message` is a part of what is said in either language, or has a part for each. */
static bool check_message(struct trials *ts, const struct trial *t,
                          const struct trial_verdict *verdicts)
{
    static const struct str languages[LANGUAGE_COUNT] = {STR_INIT("en"), STR_INIT("ja")};
    const struct node *message = tree_member(ts->tree, t->test, STR("message"));
    if (!message) {
        return true;
    }
    if (message->kind != NODE_OBJECT) {
        struct str text = tree_text(ts->tree, message);
        return message_contains(&verdicts[LANGUAGE_EN].fired, text) ||
               message_contains(&verdicts[LANGUAGE_JA].fired, text) ||
               misworded(ts, t, message, &verdicts[LANGUAGE_EN].fired);
    }
    bool good = true;
    for (int l = 0; l < LANGUAGE_COUNT; l++) {
        const struct node *part = tree_member(ts->tree, message, languages[l]);
        good = (!part || message_contains(&verdicts[l].fired, tree_text(ts->tree, part)) ||
                misworded(ts, t, part, &verdicts[l].fired)) &&
               good;
    }
    return good;
}

/* `findings` and `undecided` say how many of each there are, one for each place and row. */
static bool check_count(struct trials *ts, const struct trial *t, struct str key, size_t count)
{
    const struct node *wanted = tree_member(ts->tree, t->test, key);
    if (!wanted || tree_number(ts->tree, wanted) == (double)count) {
        return true;
    }
    struct trial_problem problem = {
        .fault = TRIAL_MISCOUNTED,
        .at = node_location(wanted),
        .came = t->expected,
        .wanted = tree_text(ts->tree, wanted),
    };
    if (!ts->quiet) {
        problem.said = arena_format(ts->loader->arena, "%zu", count);
    }
    return report(ts, t, problem);
}

static bool asks_for(const struct undecided_list *undecided, struct str part)
{
    for (size_t i = 0; i < undecided->count; i++) {
        const struct undecided *item = &undecided->items[i];
        if (str_find(item->needs, part) < item->needs.len ||
            str_find(item->collect, part) < item->collect.len) {
            return true;
        }
    }
    return false;
}

/* All that a rule asks for, for a problem. */
static struct str asked(const struct trials *ts, const struct undecided_list *undecided)
{
    struct str all = {0};
    for (size_t i = 0; i < undecided->count && !ts->quiet; i++) {
        const struct undecided *item = &undecided->items[i];
        struct str one = item->collect.len ? item->collect : item->needs;
        all = arena_format(ts->loader->arena, "%.*s%s%.*s", STR_ARG(all), all.len ? "; " : "",
                           STR_ARG(one));
    }
    return all;
}

/* Every part that `collect` names is asked for. */
static bool check_collect(struct trials *ts, const struct trial *t,
                          const struct trial_verdict *verdict)
{
    const struct node *collect = tree_member(ts->tree, t->test, STR("collect"));
    bool good = true;
    for (uint32_t i = 0; i < list_size(collect); i++) {
        const struct node *part = list_entry(ts->tree, collect, i);
        struct str text = tree_text(ts->tree, part);
        good = (asks_for(&verdict->undecided, text) ||
                report(ts, t,
                       (struct trial_problem){.fault = TRIAL_UNASKED,
                                              .at = node_location(part),
                                              .came = OUTCOME_UNKNOWN,
                                              .wanted = text,
                                              .said = asked(ts, &verdict->undecided)})) &&
               good;
    }
    return good;
}

/* ---- the tests ---- */

static bool check_verdicts(struct trials *ts, const struct trial *t,
                           const struct trial_verdict *verdicts)
{
    const struct trial_verdict *verdict = &verdicts[LANGUAGE_EN];
    if (!check_outcome(ts, t, verdict->outcome)) {
        return false;
    }
    bool good = check_count(ts, t, STR("findings"), verdict->fired.count);
    good = check_count(ts, t, STR("undecided"), verdict->undecided.count) && good;
    if (verdict->outcome == OUTCOME_UNKNOWN) {
        return check_collect(ts, t, verdict) && good;
    }
    if (verdict->outcome != OUTCOME_FAIL) {
        return good;
    }
    good = check_places(ts, t, &verdict->fired) && good;
    return check_message(ts, t, verdicts) && good;
}

/* The second language is asked where a test looks at the words. */
static bool run_test(struct trials *ts, struct trial *t, struct rule *rule)
{
    struct arena_mark mark = arena_mark(ts->part);
    struct trial_verdict verdicts[LANGUAGE_COUNT] = {trial_judge(ts, t, rule, LANGUAGE_EN, NULL)};
    if (tree_member(ts->tree, t->test, STR("message"))) {
        verdicts[LANGUAGE_JA] = trial_judge(ts, t, rule, LANGUAGE_JA, NULL);
    }
    struct trial_problem problem;
    bool good = check_verdicts(ts, t, verdicts) &&
                (trial_fix_holds(ts, t, rule, &problem) || report(ts, t, problem));
    arena_rewind(ts->part, mark);
    return good;
}

void trials_run(struct trials *trials, struct rule *rule)
{
    trials->quiet = false;
    for (size_t i = 0; i < trials->count; i++) {
        if (!trials->items[i].broken) {
            bool good = run_test(trials, &trials->items[i], rule);
            trials->passed += good;
            trials->failed += !good;
        }
    }
}

bool trials_hold(struct trials *trials, struct rule *variant)
{
    bool good = true;
    trials->quiet = true;
    for (size_t i = 0; i < trials->count && good; i++) {
        good = trials->items[i].broken || run_test(trials, &trials->items[i], variant);
    }
    return good;
}
