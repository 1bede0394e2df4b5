/* SPDX-License-Identifier: MIT */
/*
 * A test's document stands in the rule's file, folded into YAML as its author liked. It is written
 * anew as people write such documents, and the rule's findings are moved to the new text. The files
 * of a joined case are shown as they are.
 */
#include "rule/example.h"

#include "model/document.h"
#include "text/secret.h"
#include "tree/locate.h"
#include "tree/write_sample.h"

enum { READABLE_LINES = 30, FINDINGS_SHOWN = 2, FILES_SHOWN = 4, PLACES_MAX = 8 };

struct chooser {
    struct trials *trials;
    struct arena *arena;
    struct rule *rule;
    enum language language;
};

/* What is shown of a place: which file of the example, and where in it. */
struct shown_place {
    size_t file; /* index */
    struct span span;
};

/* One test while it is looked at. */
struct candidate {
    const struct trial *trial;
    struct trial_verdict verdict;
    struct location judged; /* a node that passed */
    bool has_judged;
};

static struct source *source_of(const struct rule_loader *loader, const struct tree *tree)
{
    return sources_get(loader->sources, tree->root->source);
}

struct str rule_test_name(const struct rule_loader *loader, const struct tree *tree,
                          const struct node *test)
{
    struct str name = tree_string(tree, test, STR("name"));
    return secret_redact(source_of(loader, tree), name, loader->arena);
}

/* ---- judging ---- */

static void note_passed(void *context, const struct rule_judgement *judgement)
{
    struct candidate *candidate = context;
    if (!candidate->has_judged && judgement->outcome == OUTCOME_PASS) {
        candidate->judged = node_location(judgement->node);
        candidate->has_judged = true;
    }
}

/* A policy without the faults that guard a rule passes unseen, unless somebody watches. */
static struct candidate judge(const struct chooser *c, struct trial *trial)
{
    struct candidate candidate = {.trial = trial};
    const struct rule_watch watch = {note_passed, &candidate};
    candidate.verdict = trial_judge(c->trials, trial, c->rule, c->language, NULL);
    (void)trial_judge(c->trials, trial, c->rule, c->language, &watch);
    return candidate;
}

/* ---- texts ---- */

/* The kinds whose documents people have as JSON. */
static bool is_json(const struct chooser *c, const struct trial *trial)
{
    struct str kind = trial->policy.kind;
    bool likes = trial->is_policy || str_starts(kind, STR("aws-cli/")) ||
                 str_eq(kind, STR("terraform-plan"));
    return likes && !sample_has_tags(c->trials->tree, trial->written);
}

static struct str name_of(const struct chooser *c, const struct trial *trial, bool json)
{
    if (trial->is_policy) {
        return json ? STR("policy.json") : STR("policy.yaml");
    }
    struct str kind = str_from(trial->policy.kind, str_after_last(trial->policy.kind, '/'));
    return arena_format(c->arena, "%.*s.%s", STR_ARG(kind), json ? "json" : "yaml");
}

static const char *language_of(struct str name, struct str text)
{
    struct str start = str_trim(text);
    if (str_ends(name, STR(".json")) || str_starts(start, STR("{"))) {
        return "json";
    }
    return str_starts(start, STR("[")) && !str_ends(name, STR(".yaml")) ? "ini" : "yaml";
}

static bool is_joined(const struct chooser *c, const struct trial *trial)
{
    return node_is(tree_member(c->trials->tree, trial->written, STR("files")), NODE_OBJECT) &&
           trial->source_end > trial->first_source;
}

/* Add a text as a file of the example, cut to what stands around the places in it. */
static void add_file(const struct chooser *c, struct example *example, struct str name,
                     struct str text, struct shown_place *places, size_t count)
{
    struct span spans[PLACES_MAX];
    size_t indexes[PLACES_MAX];
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (places[i].file == example->file_count) {
            indexes[used] = i;
            spans[used++] = places[i].span;
        }
    }
    struct str shown = sample_fold(c->arena, text, spans, used, READABLE_LINES);
    for (size_t i = 0; i < used; i++) {
        places[indexes[i]].span = spans[i];
    }
    example->files[example->file_count++] = (struct example_file){
        sources_add(c->trials->loader->sources, name, shown), language_of(name, text)};
}

/* ---- a document that stands in the rule's file ---- */

static struct location outer(const struct chooser *c, struct location at)
{
    struct place place = sources_resolve(c->trials->loader->sources, at.source, at.span);
    return (struct location){place.source->id, place.span};
}

static void write_document(const struct chooser *c, const struct trial *trial,
                           struct example *example, const struct location *at,
                           struct shown_place *places, size_t count)
{
    bool json = is_json(c, trial);
    struct sample sample = {.arena = c->arena};
    sample_write(&sample, c->trials->tree, trial->written, json);
    for (size_t i = 0; i < count; i++) {
        bool found = sample_find(&sample, outer(c, at[i]), &places[i].span);
        places[i].file = found ? 0 : SIZE_MAX;
    }
    example->files = arena_array(c->arena, struct example_file, 1);
    add_file(c, example, name_of(c, trial, json), sample.text, places, count);
}

/* ---- the files of a case ---- */

static bool holds_place(const struct location *outers, size_t count, uint32_t source)
{
    for (size_t i = 0; i < count; i++) {
        if (outers[i].source == source) {
            return true;
        }
    }
    return false;
}

/* The file's text, a star for each byte that nobody may see: its places stay the same. */
static struct str visible_text(const struct chooser *c, struct source *source)
{
    document_hide_secrets(source);
    char *bytes = arena_array(c->arena, char, source->bytes.len);
    memcpy(bytes, source->bytes.ptr, source->bytes.len);
    for (size_t i = 0; i < source->secret_count; i++) {
        memset(bytes + source->secrets[i].lo, '*', source->secrets[i].hi - source->secrets[i].lo);
    }
    return (struct str){bytes, source->bytes.len};
}

/* A source is one of the test's files by its name: others may have been read on the way, such as kinds. */
static bool is_file(const struct chooser *c, const struct trial *trial, const struct source *source)
{
    const struct tree *tree = c->trials->tree;
    const struct node *files = tree_member(tree, trial->written, STR("files"));
    return source->parent == source->id && tree_member(tree, files, source->name);
}

/* Files with a place first: of many only some are shown. */
static void write_files(const struct chooser *c, const struct trial *trial, struct example *example,
                        const struct location *at, struct shown_place *places, size_t count)
{
    struct location outers[PLACES_MAX];
    for (size_t i = 0; i < count; i++) {
        outers[i] = outer(c, at[i]);
        places[i] = (struct shown_place){SIZE_MAX, outers[i].span};
    }
    example->files = arena_array(c->arena, struct example_file, FILES_SHOWN);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t id = trial->first_source; id < trial->source_end; id++) {
            struct source *source = sources_get(c->trials->loader->sources, id);
            bool in_turn = holds_place(outers, count, id) == (pass == 0);
            if (!is_file(c, trial, source) || !in_turn || example->file_count == FILES_SHOWN) {
                continue;
            }
            for (size_t i = 0; i < count; i++) {
                places[i].file = outers[i].source == id ? example->file_count : places[i].file;
            }
            add_file(c, example, source->name, visible_text(c, source), places, count);
        }
    }
}

/* ---- an example ---- */

enum { PATH_MAX_BYTES = 4096 };

/* The path of a place in the document that the rule's file holds; empty for another file's. */
static struct str path_of(const struct chooser *c, const struct trial *trial, struct location at)
{
    struct location place = outer(c, at);
    if (is_joined(c, trial) || place.source != trial->written->source) {
        return (struct str){0};
    }
    struct tree document = *c->trials->tree;
    struct buf path = buf_with_max(PATH_MAX_BYTES);
    document.root = trial->written;
    bool found = tree_locate(&document, place.span, &path) != NULL;
    struct str kept = found ? arena_str(c->arena, buf_str(&path)) : (struct str){0};
    buf_release(&path);
    return kept;
}

static struct location location_of(const struct example *example, struct shown_place place)
{
    return (struct location){example->files[place.file].source->id, place.span};
}

/* The findings, at the places where their text is now. What else they tell of stands nowhere. */
static void move_findings(const struct chooser *c, const struct candidate *candidate,
                          struct example *example, const struct shown_place *places, size_t count)
{
    const struct findings *fired = &candidate->verdict.fired;
    const struct source *rule_file = source_of(c->trials->loader, c->trials->tree);
    example->fired = (struct findings){.arena = c->arena};
    for (size_t i = 0; i < count; i++) {
        struct finding finding = fired->items[i];
        bool found = places[i].file < example->file_count;
        finding.has_location = found;
        finding.file = example->files[0].source->name;
        finding.related = NULL;
        finding.path = path_of(c, candidate->trial, finding.at);
        finding.message = secret_redact(rule_file, finding.message, c->arena);
        if (found) {
            finding.at = location_of(example, places[i]);
        }
        (void)findings_add(&example->fired, &finding);
    }
}

static const struct example *write_example(const struct chooser *c,
                                           const struct candidate *candidate)
{
    struct example *example = arena_new(c->arena, struct example);
    const struct findings *fired = &candidate->verdict.fired;
    size_t count = fired->count < FINDINGS_SHOWN ? fired->count : FINDINGS_SHOWN;
    struct location at[PLACES_MAX] = {candidate->judged};
    struct shown_place places[PLACES_MAX] = {{0}};
    for (size_t i = 0; i < count; i++) {
        at[i] = fired->items[i].at;
    }
    size_t place_count = count ? count : candidate->has_judged;
    example->name = rule_test_name(c->trials->loader, c->trials->tree, candidate->trial->test);
    example->fired_count = fired->count;
    if (is_joined(c, candidate->trial)) {
        write_files(c, candidate->trial, example, at, places, place_count);
    } else {
        write_document(c, candidate->trial, example, at, places, place_count);
    }
    move_findings(c, candidate, example, places, count);
    return example;
}

/* How much there is to read, before anything is cut. */
static size_t length_of(const struct chooser *c, const struct trial *trial)
{
    if (!is_joined(c, trial)) {
        struct sample sample = {.arena = c->arena};
        sample_write(&sample, c->trials->tree, trial->written, is_json(c, trial));
        return sample_lines(sample.text);
    }
    size_t lines = 0;
    for (uint32_t id = trial->first_source; id < trial->source_end; id++) {
        const struct source *source = sources_get(c->trials->loader->sources, id);
        lines += is_file(c, trial, source) ? sample_lines(source->bytes) : 0;
    }
    return lines;
}

static const struct example *choose(const struct chooser *c, enum outcome outcome)
{
    struct candidate best = {0};
    size_t shortest = SIZE_MAX;
    for (size_t i = 0; i < c->trials->count && shortest > READABLE_LINES; i++) {
        struct trial *trial = &c->trials->items[i];
        bool may_be = trial->expected == outcome && !trial->broken;
        size_t length = may_be ? length_of(c, trial) : SIZE_MAX;
        if (length >= shortest) {
            continue;
        }
        struct candidate candidate = judge(c, trial);
        if (candidate.verdict.outcome == outcome) {
            best = candidate;
            shortest = length;
        }
    }
    return best.trial ? write_example(c, &best) : NULL;
}

/* A test that its author calls "right", whether the rule passes there or does not apply. */
static const struct example *choose_right(const struct chooser *c)
{
    for (size_t i = 0; i < c->trials->count; i++) {
        struct trial *trial = &c->trials->items[i];
        struct str name = tree_string(c->trials->tree, trial->test, STR("name"));
        bool good = trial->expected == OUTCOME_PASS || trial->expected == OUTCOME_NOT_APPLICABLE;
        if (good && !trial->broken && str_eq(name, STR("right"))) {
            struct candidate candidate = judge(c, trial);
            return candidate.verdict.outcome == trial->expected ? write_example(c, &candidate)
                                                                : NULL;
        }
    }
    return NULL;
}

struct rule_examples rule_examples_find(struct trials *trials, struct rule *rule,
                                        enum language language)
{
    struct chooser chooser = {trials, trials->loader->arena, rule, language};
    document_hide_secrets(source_of(trials->loader, trials->tree));
    const struct example *right = choose_right(&chooser);
    return (struct rule_examples){
        .wrong = choose(&chooser, OUTCOME_FAIL),
        .right = right ? right : choose(&chooser, OUTCOME_PASS),
    };
}
