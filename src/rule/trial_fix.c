/* SPDX-License-Identifier: MIT */
/*
 * The document of a test becomes a file of its own, as JSON, and is mended with the code that mends
 * users' files (rule/edit.h, tree/patch.h).
 */
#include "rule/trial_fix.h"

#include "rule/trial_document.h"
#include "tree/read_json.h"
#include "tree/write_json.h"

enum { MEND_ROUNDS_MAX = 50, MEND_FILE_BYTES = 1 << 20 };

struct mending {
    struct trials *ts;
    const struct trial *t;
    struct rule *rule;
    struct arena *arena;
    struct sources sources;
    struct rule_loader loader;
    struct builder builder;
    struct iam_checker checker; /* the trials' own outlives these texts */
    struct tree file;           /* as it is by now */
    struct patcher patcher;
    struct text_edits edits; /* of this round */
    enum outcome outcome;
};

/* Keep the edits of a finding that go with those before it. */
static void keep_edits(void *context, const struct rule_changes *changes, struct finding *finding)
{
    struct mending *m = context;
    struct text_edits own = {.arena = m->arena};
    (void)finding;
    for (size_t i = 0; i < changes->count; i++) {
        if (changes->items[i].at.source != m->file.root->source) {
            return; /* in one of the files of a case, which are no part of this one */
        }
    }
    if (!patch_plan(&m->patcher, changes->items, changes->count, &own, &(struct str){0})) {
        return;
    }
    for (size_t i = 0; i < own.count; i++) {
        for (size_t j = 0; j < m->edits.count; j++) {
            if (text_edit_overlaps(&own.items[i], &m->edits.items[j])) {
                return;
            }
        }
    }
    for (size_t i = 0; i < own.count; i++) {
        text_edits_append(&m->edits, &own.items[i]);
    }
}

static bool read_file(struct mending *m, struct str bytes)
{
    struct findings dropped = {.arena = m->arena};
    struct source *source = sources_add(&m->sources, STR("test"), bytes);
    tree_init(&m->file, m->arena, &m->sources, m->loader.atoms);
    m->patcher = (struct patcher){.arena = m->arena, .tree = &m->file};
    m->edits = (struct text_edits){.arena = m->arena};
    return json_read_whole(&m->builder, &m->file, source, &dropped);
}

/* Judge the file, and find the edits. */
static bool judge(struct mending *m, const struct kind *kind)
{
    struct tree document;
    struct str why;
    struct findings notes = {.arena = m->arena};
    if (!trial_document_build(&m->loader, m->ts->scratch, &m->file, m->file.root, kind, &document,
                              &notes, &why)) {
        return false;
    }
    struct findings fired = {.arena = m->arena};
    struct undecided_list undecided = {.arena = m->arena};
    struct permissions permissions = {
        .arena = m->arena, .tree = &document, .root = document.root, .library = m->loader.library};
    struct rule_policy policy = {.checker = &m->checker,
                                 .arena = m->arena,
                                 .tree = &document,
                                 .root = document.root,
                                 .kind = m->t->policy.kind,
                                 .resource_type = m->t->policy.resource_type,
                                 .named = m->t->policy.named};
    struct runner runner = {
        .arena = m->arena,
        .scratch = m->ts->scratch,
        .sources = &m->sources,
        .kind = m->t->policy.kind,
        .findings = &fired,
        .undecided = &undecided,
        .texts = trial_texts,
        .path = trial_path,
        .context = m,
        .edit = keep_edits,
        .today = tree_string(m->ts->tree, m->t->test, STR("date")),
        .permissions = &permissions,
        .policy = kind->iam ? &policy : NULL,
    };
    m->outcome = rule_run(&runner, m->rule, &document, document.root);
    text_edits_sort(&m->edits);
    return true;
}

static struct str written_as_json(const struct mending *m, const struct node *written)
{
    struct buf json = buf_with_max(MEND_FILE_BYTES);
    json_write(&json, m->ts->tree, written, 2);
    struct str kept = arena_str(m->arena, buf_str(&json));
    buf_release(&json);
    return kept;
}

/* Until there is nothing to edit. Returns how many rounds there were; false where that fails. */
static bool mend(struct mending *m, const struct kind *kind, unsigned *rounds)
{
    bool good = read_file(m, written_as_json(m, m->t->written)) && judge(m, kind);
    for (*rounds = 0; good && m->edits.count; ++*rounds) {
        const struct source *source = sources_get(&m->sources, m->file.root->source);
        struct str text = text_edits_apply(m->arena, source, m->edits.items, m->edits.count);
        good = *rounds < MEND_ROUNDS_MAX && read_file(m, text) && judge(m, kind);
    }
    return good;
}

static struct str text_of(const struct mending *m)
{
    struct buf json = buf_with_max(MEND_FILE_BYTES);
    json_write(&json, &m->file, m->file.root, 0);
    struct str kept = arena_str(m->ts->loader->arena, buf_str(&json));
    buf_release(&json);
    return kept;
}

bool trial_fix_holds(struct trials *trials, const struct trial *t, struct rule *rule,
                     struct trial_problem *problem)
{
    const struct node *fixed = tree_member(trials->tree, t->test, STR("fixed"));
    const struct kind *kind = kinds_find(trials->loader->kinds, t->policy.kind);
    if (!fixed || !kind) {
        return true;
    }
    struct mending m = {.ts = trials, .t = t, .rule = rule, .arena = trials->part};
    m.checker.arena = m.arena;
    sources_init(&m.sources, m.arena);
    m.loader = *trials->loader;
    m.loader.arena = m.arena;
    m.loader.sources = &m.sources;
    unsigned rounds = 0;
    bool good = mend(&m, kind, &rounds);
    if (fixed->kind == NODE_NULL) {
        good = good && rounds == 0;
    } else {
        good = good && rounds > 0 && m.outcome != OUTCOME_FAIL &&
               tree_equal(&m.file, m.file.root, trials->tree, fixed);
    }
    *problem = (struct trial_problem){
        .fault = TRIAL_UNMENDED, .at = node_location(fixed), .came = m.outcome};
    if (!good && !trials->quiet) {
        problem->said = m.file.root ? text_of(&m) : STR("?");
    }
    builder_release(&m.builder);
    return good;
}
