/* SPDX-License-Identifier: MIT */
/*
 * `simulate`: requests in, decisions out. Requests of one input often share their policies, which
 * come as JSON text: each distinct text is read and decoded once. All else of a request is forgotten
 * when its result is written.
 */
#include "engine/engine.h"
#include "report/evaluation.h"
#include "text/secret.h"
#include "tree/inner.h"
#include "tree/read_json.h"

enum {
    REQUEST_BYTES = 1 << 17, /* what most requests need while they are answered */
    /* Comparisons for one decision, and of all decisions for a byte of the input. */
    DECISION_BUDGET = 20 * 1000 * 1000,
    BUDGET_FOR_BYTE = 200,
    /* Results may be longer than the input by this much, and so many times as long. */
    RESULTS_MORE = 1 << 26,
    RESULTS_TIMES = 16,
    BROKEN_MAX = 10 * 1000, /* requests that are no JSON */
    CACHE_SLOTS = 1 << 14,
    CACHE_MAX = CACHE_SLOTS / 2
};

struct cached_policy {
    struct str text;
    uint32_t hash;
    struct iam_policy policy;
};

struct simulating {
    ekslint *e;
    struct source *source;
    struct arena request;         /* of one request */
    struct cached_policy **cache; /* CACHE_SLOTS of them; open addressing */
    size_t cached;
    uint64_t budget;    /* comparisons that are left for the input */
    size_t results_max; /* bytes of results */
    size_t broken;      /* requests that are no JSON, so far */
    struct evaluation_writer writer;
    bool good;
};

/* ---- policies ---- */

static struct cached_policy **find_cached(struct simulating *s, struct str text, uint32_t hash)
{
    size_t slot = hash % CACHE_SLOTS;
    while (s->cache[slot] &&
           (s->cache[slot]->hash != hash || !str_eq(s->cache[slot]->text, text))) {
        slot = (slot + 1) % CACHE_SLOTS;
    }
    return &s->cache[slot];
}

/* JSON text in a string: a document of its own. */
static bool read_text_policy(struct simulating *s, const struct tree *outer,
                             const struct node *value, struct iam_policy *policy)
{
    struct tree *tree = arena_new(&s->e->arena, struct tree);
    struct source *source = scalar_source(outer, value);
    tree_init(tree, &s->e->arena, &s->e->sources, &s->e->atoms);
    return json_read_whole(&s->e->reader.builder, tree, source, &s->e->findings) &&
           iam_policy_decode(&s->e->arena, tree, tree->root, &s->e->findings, policy);
}

static bool take_text_policy(struct simulating *s, const struct tree *tree,
                             const struct node *value, const struct iam_policy **policy)
{
    struct str text = tree_text(tree, value);
    uint32_t hash = str_hash(text, s->e->atoms.seed);
    struct cached_policy **slot = find_cached(s, text, hash);
    if (*slot) {
        *policy = &(*slot)->policy;
        return true;
    }
    struct cached_policy *fresh = arena_new(&s->e->arena, struct cached_policy);
    *policy = &fresh->policy;
    if (!read_text_policy(s, tree, value, &fresh->policy)) {
        return false; /* a mistake is reported wherever it stands, so it is not kept */
    }
    if (s->cached < CACHE_MAX) {
        fresh->text = arena_str(&s->e->arena, text);
        fresh->hash = hash;
        *slot = fresh;
        s->cached++;
    }
    return true;
}

static bool take_policy(void *context, const struct tree *tree, const struct node *value,
                        const struct iam_policy **policy)
{
    struct simulating *s = context;
    if (value->kind == NODE_STRING) {
        return take_text_policy(s, tree, value, policy);
    }
    struct iam_policy *decoded = arena_new(&s->request, struct iam_policy);
    *policy = decoded;
    return iam_policy_decode(&s->request, tree, value, &s->e->findings, decoded);
}

/* ---- decisions ---- */

/* One decision may use a part of what is left for the input. */
static bool decide(struct simulating *s, struct iam_request *request,
                   const struct iam_policies *policies, struct iam_decision *decision)
{
    uint64_t given = s->budget < DECISION_BUDGET ? s->budget : DECISION_BUDGET;
    uint64_t left = given;
    request->budget = &left;
    iam_decide(request, policies, decision);
    s->budget -= given - left;
    return left > 0;
}

static bool write_decision(struct simulating *s, const struct iam_simulation *simulation,
                           const struct iam_text *action, const struct iam_text *resource)
{
    struct iam_request request = {
        .action = action->text,
        .resource = resource->text,
        .caller = simulation->has_caller ? &simulation->caller : NULL,
        .context = &simulation->context,
        .arena = &s->request,
    };
    struct iam_decision decision;
    if (!decide(s, &request, &simulation->policies, &decision)) {
        findings_error(&s->e->findings, STR("simulate/budget"), node_location(action->node),
                       "deciding '%.*s' takes too many comparisons for an input of this size; give "
                       "fewer or shorter patterns, or fewer actions and resources at once",
                       STR_ARG(action->text));
        return false;
    }
    evaluation_write(&s->writer, &request, &decision);
    if (s->writer.out->len > s->results_max) {
        findings_error(&s->e->findings, STR("simulate/budget"), node_location(action->node),
                       "the results grow beyond %zu bytes at '%.*s'; give fewer actions and "
                       "resources at once",
                       s->results_max, STR_ARG(action->text));
        return false;
    }
    return true;
}

static bool write_decisions(struct simulating *s, const struct iam_simulation *simulation)
{
    bool good = true;
    evaluation_open(&s->writer, '{');
    evaluation_member(&s->writer, "EvaluationResults", true);
    evaluation_open(&s->writer, '[');
    for (uint32_t a = 0; good && a < simulation->action_count; a++) {
        for (uint32_t r = 0; good && r < simulation->resource_count; r++) {
            evaluation_next(&s->writer, a == 0 && r == 0);
            good =
                write_decision(s, simulation, &simulation->actions[a], &simulation->resources[r]);
        }
    }
    evaluation_close(&s->writer, ']', false);
    evaluation_close(&s->writer, '}', false);
    return good;
}

/* What is wrong with a request, without the secrets that stand in it. */
static void write_errors(struct simulating *s, size_t from)
{
    secret_redact_findings(&s->e->findings, from, &s->e->sources);
    evaluation_write_errors(&s->writer, &s->e->findings, from);
}

/* A request's result, or else its mistakes. */
static void answer(struct simulating *s, const struct tree *tree, const struct node *root)
{
    struct iam_simulation_reader reader = {
        .arena = &s->request,
        .tree = tree,
        .findings = &s->e->findings,
        .policy = take_policy,
        .context = s,
    };
    size_t findings = s->e->findings.count;
    struct buf *out = s->writer.out;
    size_t start = out->len;
    unsigned depth = s->writer.depth;
    struct iam_simulation simulation;
    if (iam_simulation_read(&reader, root, &simulation) && write_decisions(s, &simulation)) {
        return;
    }
    out->len = start;
    s->writer.depth = depth;
    s->good = false;
    write_errors(s, findings);
}

static void answer_list(struct simulating *s, const struct tree *tree)
{
    uint32_t count = node_size(tree->root);
    evaluation_open(&s->writer, '[');
    for (uint32_t i = 0; i < count; i++) {
        evaluation_next(&s->writer, i == 0);
        answer(s, tree, tree_element(tree, tree->root, i));
    }
    evaluation_close(&s->writer, ']', count == 0);
}

/* ---- the input ---- */

/*
 * The next line that begins a request, or the end: it has a brace as its first byte, which those
 * inside of a document that spans lines are not, where it is indented.
 */
static uint32_t next_request(const struct source *source, uint32_t at)
{
    struct str rest = str_from(source->bytes, at);
    return at + (uint32_t)str_find(rest, STR("\n{")) + (str_find(rest, STR("\n{")) < rest.len);
}

static void answer_broken(struct simulating *s, size_t findings)
{
    s->good = false;
    write_errors(s, findings);
}

/* A broken request may have been read far beyond its line, so there is an end to them. */
static bool may_go_on(struct simulating *s, const struct json_cursor *cursor)
{
    size_t findings = s->e->findings.count;
    if (++s->broken < BROKEN_MAX) {
        return true;
    }
    findings_error(&s->e->findings, STR("simulate/input"),
                   (struct location){s->source->id, {cursor->at, cursor->at}},
                   "%d requests are no JSON; nothing is read from here on", BROKEN_MAX);
    answer_broken(s, findings);
    buf_add_char(s->writer.out, '\n');
    return false;
}

/* The documents one after the other; `lines`: one result to a line. */
static void answer_documents(struct simulating *s, bool lines)
{
    struct json_cursor cursor = {s->source, 0};
    bool more = !json_at_end(&cursor);
    while (more) {
        struct arena_mark mark = arena_mark(&s->request);
        struct tree tree;
        size_t findings = s->e->findings.count;
        uint32_t start = cursor.at;
        tree_init(&tree, &s->request, &s->e->sources, &s->e->atoms);
        bool read = json_read(&s->e->reader.builder, &tree, &cursor, &s->e->findings);
        if (!read) {
            answer_broken(s, findings);
        } else if (tree.root->kind == NODE_ARRAY && !lines) {
            answer_list(s, &tree);
        } else {
            answer(s, &tree, tree.root);
        }
        buf_add_char(s->writer.out, '\n');
        arena_rewind(&s->request, mark);
        if (!read) {
            cursor.at = next_request(s->source, start);
        }
        more = !json_at_end(&cursor) && (read || may_go_on(s, &cursor));
    }
}

/*
 * Is there more than one document? Then they are JSON lines. Where the first is broken, a request
 * that begins behind it tells.
 */
static bool has_lines(struct simulating *s)
{
    struct json_cursor cursor = {s->source, 0};
    struct findings ignored = {.arena = &s->request};
    struct tree tree;
    tree_init(&tree, &s->request, &s->e->sources, &s->e->atoms);
    struct arena_mark mark = arena_mark(&s->request);
    bool read = json_read(&s->e->reader.builder, &tree, &cursor, &ignored);
    arena_rewind(&s->request, mark);
    if (read) {
        return !json_at_end(&cursor);
    }
    return str_starts(str_trim(s->source->bytes), STR("{")) &&
           next_request(s->source, 0) < s->source->bytes.len;
}

static void simulate_source(struct simulating *s)
{
    struct json_cursor start = {s->source, 0};
    if (json_at_end(&start)) {
        findings_error(&s->e->findings, STR("simulate/input"),
                       (struct location){s->source->id, {0, 0}},
                       "the input is empty; give a request with 'PolicyInputList' and "
                       "'ActionNames'");
        s->writer.pretty = true;
        answer_broken(s, 0);
        buf_add_char(s->writer.out, '\n');
        return;
    }
    bool lines = has_lines(s);
    s->writer.pretty = !lines;
    answer_documents(s, lines);
}

int ekslint_simulate(const char *name, const char *bytes, size_t len, const char *const *limits,
                     const ekslint_output *output, ekslint_text *results, ekslint_text *problems)
{
    ekslint *e = ekslint_new();
    engine_set_limits(e, limits);
    struct buf written = buf_with_max((size_t)e->limits.of[LIMIT_OUTPUT_BYTES]);
    struct simulating s = {
        .e = e,
        .source = sources_add(&e->sources, str_from_c(name), (struct str){bytes, len}),
        .cache = arena_array(&e->arena, struct cached_policy *, CACHE_SLOTS),
        .good = true,
    };
    s.source->limits = &e->limits;
    s.budget = DECISION_BUDGET + (uint64_t)BUDGET_FOR_BYTE * len;
    s.results_max = RESULTS_MORE + RESULTS_TIMES * len;
    s.writer =
        (struct evaluation_writer){.out = &written, .arena = &s.request, .sources = &e->sources};
    arena_reserve(&s.request, REQUEST_BYTES);
    simulate_source(&s);
    if (e->findings.count) {
        document_hide_secrets(s.source);
    }
    e->results.documents = 1;
    *problems = e->findings.count ? ekslint_report(e, "text", output) : (ekslint_text){0};
    *results = engine_take_text(&written);
    arena_release(&s.request);
    ekslint_free(e);
    return s.good ? EKSLINT_OK : EKSLINT_INPUT;
}
