/* SPDX-License-Identifier: MIT */
/* All files as one case, and what each step of its flow comes to. */
#include "engine/engine.h"

/* Where the document says what it is; of one that --kind made so, its root. */
static struct location place_of_main(const struct document *document)
{
    const struct node *kind = tree_member(document->tree, document->tree->root, STR("kind"));
    return node_location(kind ? kind : document->tree->root);
}

/* The document that the case is built around, or NULL. False where there are several. */
static bool find_main(ekslint *e, struct document **main)
{
    bool single = true;
    *main = NULL;
    for (size_t i = 0; i < e->documents.count; i++) {
        struct document *document = e->documents.items[i];
        if (!engine_is_main(document)) {
            continue;
        }
        if (!*main) {
            *main = document;
            continue;
        }
        struct finding *finding = findings_error(
            &e->problems, STR("case/several"), place_of_main(document),
            "a second integration; a diagnosis is of one, so name the folder or the files of one");
        finding_relate(&e->problems, finding, place_of_main(*main), STR("the first one is here"));
        single = false;
    }
    return single;
}

static void judge_case(ekslint *e, struct document *main, bool eks)
{
    struct document_list members = {0};
    for (size_t i = 0; i < e->documents.count; i++) {
        struct document *document = e->documents.items[i];
        if (document->kind) {
            members.items = arena_grow(&e->arena, members.items, members.count, &members.capacity,
                                       sizeof(struct document *));
            members.items[members.count++] = document;
        }
    }
    if (members.count == 0) {
        return;
    }
    struct joined_case *joined = arena_new(&e->arena, struct joined_case);
    case_build(&e->reader, main, &members, joined);
    engine_judge_case(e, joined, eks);
}

static void report_no_settings(ekslint *e)
{
    static const struct str messages[LANGUAGE_COUNT] = {
        [LANGUAGE_EN] = STR_INIT(
            "no readable gitlab-eks.yaml is among the files, so nothing tells what is filled "
            "into GitLab's form"),
        [LANGUAGE_JA] = STR_INIT("読み取れる gitlab-eks.yaml "
                                 "がないため、GitLabのフォームに何が入力されたか分かりません"),
    };
    static const struct str fixes[LANGUAGE_COUNT] = {
        [LANGUAGE_EN] = STR_INIT("'ekslint init' writes one with comments; fill in what the form "
                                 "shows and put it beside the other files; for a cluster "
                                 "without GitLab's integration say --flow eks"),
        [LANGUAGE_JA] =
            STR_INIT("「ekslint "
                     "init」がコメント付きの雛形を書き出します。フォームの内容を記入し"
                     "、ほかのファイルと同じ場所に置いてください。GitLabの連携を使わない"
                     "クラスターでは --flow eks を指定してください"),
    };
    struct finding finding = {
        .rule = STR(NO_SETTINGS_RULE),
        .severity = SEVERITY_WARNING,
        .message = messages[e->language],
        .fix = fixes[e->language],
    };
    findings_add(&e->findings, &finding);
}

static void decide_stages(ekslint *e, const struct flow_steps *steps)
{
    struct rule_result *rules = arena_array(&e->arena, struct rule_result, e->rules.count);
    size_t count = 0;
    for (size_t i = 0; i < e->rules.count; i++) {
        const struct rule_slot *slot = &e->rules.slots[i];
        if (slot->was_run) {
            rules[count++] = (struct rule_result){slot->stage, slot->failed_as, slot->worst};
        }
    }
    diagnosis_decide(&e->arena, steps, rules, count, &e->results, &e->diagnosis);
}

/* What a run comes to, and then what its steps do. */
static int status_of(const ekslint *e)
{
    int status = engine_status(e);
    if (status != EKSLINT_OK && status != EKSLINT_NOTHING) {
        return status;
    }
    bool failed = false;
    for (size_t i = 0; i < e->diagnosis.steps->count; i++) {
        const struct stage_verdict *verdict = &e->diagnosis.stages[i];
        failed = failed || (verdict->outcome == STAGE_FAILS && !verdict->excused) ||
                 (verdict->outcome == STAGE_UNKNOWN && e->fail_on_unknown);
    }
    return failed && status == EKSLINT_OK ? EKSLINT_FINDINGS : status;
}

/* The flow that was asked for; else what the files suggest. */
static const struct flow_steps *choose_flow(const ekslint *e, const struct document *main)
{
    bool eks = !main && engine_is_eks(&e->documents);
    return e->flow ? e->flow : flows_find(e->rules.flows, eks ? STR("eks") : STR(GITLAB_FLOW));
}

bool ekslint_set_flow(ekslint *e, const char *flow)
{
    const struct flows *flows = ruleset_flows(&e->rules);
    const struct flow_steps *found = flows ? flows_find(flows, str_from_c(flow)) : NULL;
    e->flow = found ? found : e->flow;
    return found;
}

int ekslint_diagnose(ekslint *e)
{
    struct document *main;
    if (e->broken || !ruleset_flows(&e->rules)) {
        return EKSLINT_INTERNAL;
    }
    if (!find_main(e, &main)) {
        return EKSLINT_USAGE;
    }
    const struct flow_steps *steps = choose_flow(e, main);
    engine_run_documents(e);
    bool gitlab = str_eq(steps->id, STR(GITLAB_FLOW));
    judge_case(e, main, !main && !gitlab);
    if (!main && gitlab) {
        report_no_settings(e);
    }
    engine_finish_results(e);
    decide_stages(e, steps);
    e->diagnosis.has_settings = main || !gitlab;
    return status_of(e);
}
