/* SPDX-License-Identifier: MIT */
/*
 * Positions are counted as the service counts them, from 1 in the policy's own text, ends
 * exclusive: a statement that stands alone begins behind its brace, the first of a list behind the
 * list's bracket, a later one where the one before it ends. Policies that are given as objects have
 * the positions of the input.
 */
#include "report/evaluation.h"

#include "tree/write_json.h"

enum { REASON_MAX_BYTES = 1024, VALUES_SHOWN = 3 };

/* ---- layout ---- */

static void new_line(struct evaluation_writer *w)
{
    if (w->pretty) {
        buf_add_char(w->out, '\n');
        buf_add_repeat(w->out, ' ', (size_t)w->depth * 4);
    }
}

void evaluation_open(struct evaluation_writer *w, char bracket)
{
    buf_add_char(w->out, bracket);
    w->depth++;
}

void evaluation_close(struct evaluation_writer *w, char bracket, bool empty)
{
    w->depth--;
    if (!empty) {
        new_line(w);
    }
    buf_add_char(w->out, bracket);
}

void evaluation_next(struct evaluation_writer *w, bool first)
{
    if (!first) {
        buf_add_char(w->out, ',');
    }
    new_line(w);
}

void evaluation_member(struct evaluation_writer *w, const char *name, bool first)
{
    evaluation_next(w, first);
    buf_add_char(w->out, '"');
    buf_add_c(w->out, name);
    buf_add_c(w->out, w->pretty ? "\": " : "\":");
}

static void text_member(struct evaluation_writer *w, const char *name, struct str text, bool first)
{
    evaluation_member(w, name, first);
    json_write_string(w->out, text);
}

/* printf costs more than deciding does. */
static void write_number(struct buf *out, uint32_t number)
{
    char digits[10];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    buf_add(out, (struct str){digits + at, sizeof digits - at});
}

static void write_position(struct evaluation_writer *w, const char *name, uint32_t line,
                           uint32_t column)
{
    evaluation_member(w, name, false);
    evaluation_open(w, '{');
    evaluation_member(w, "Line", true);
    write_number(w->out, line);
    evaluation_member(w, "Column", false);
    write_number(w->out, column);
    evaluation_close(w, '}', false);
}

/* ---- statements ---- */

/* Where the service says that a statement begins. */
static uint32_t statement_start(const struct iam_place *place)
{
    const struct tree *tree = place->policy->tree;
    const struct node *list = tree_member(tree, place->policy->root, STR("Statement"));
    if (list->kind != NODE_ARRAY) {
        return place->statement->node->lo + 1;
    }
    return place->position ? tree_element(tree, list, place->position - 1)->hi : list->lo + 1;
}

static void write_span(struct evaluation_writer *w, uint32_t id, uint32_t lo, uint32_t hi)
{
    struct source *source = sources_get(w->sources, id);
    struct position start = source_position(source, lo);
    struct position end = source_position(source, hi);
    write_position(w, "StartPosition", start.line, start.column);
    write_position(w, "EndPosition", end.line, end.column);
}

static void write_source_policy(struct evaluation_writer *w, const struct iam_place *place)
{
    text_member(w, "SourcePolicyId", iam_simulation_policy_id(w->arena, place), true);
    text_member(w, "SourcePolicyType", iam_simulation_policy_type(place->layer), false);
}

static void write_matched(struct evaluation_writer *w, const struct iam_places *matched)
{
    evaluation_member(w, "MatchedStatements", false);
    evaluation_open(w, '[');
    for (size_t i = 0; i < matched->count; i++) {
        const struct iam_place *place = &matched->items[i];
        evaluation_next(w, i == 0);
        evaluation_open(w, '{');
        write_source_policy(w, place);
        write_span(w, place->statement->node->source, statement_start(place),
                   place->statement->node->hi);
        evaluation_close(w, '}', false);
    }
    evaluation_close(w, ']', matched->count == 0);
}

/* ---- reasons ---- */

static void add_values(struct buf *out, const struct str *values, size_t count)
{
    for (size_t i = 0; i < count && i < VALUES_SHOWN; i++) {
        buf_printf(out, "%s'%.*s'", i ? ", " : "", STR_ARG(values[i]));
    }
    if (count > VALUES_SHOWN) {
        buf_add_c(out, ", …");
    }
}

static void add_wanted(struct evaluation_writer *w, struct buf *out, const struct iam_texts *texts)
{
    if (texts->count == 0) {
        buf_add_c(out, "one of an empty list");
        return;
    }
    struct str *values = arena_array(w->arena, struct str, texts->count);
    for (uint32_t i = 0; i < texts->count; i++) {
        values[i] = texts->items[i].text;
    }
    add_values(out, values, texts->count);
}

/* What an Action, Resource or their opposites hold; `wanted` is what the request has. */
static void add_element(struct evaluation_writer *w, struct buf *out,
                        const struct iam_element *element, const char *name, struct str wanted)
{
    if (!element->key) {
        buf_printf(out, "there is no %s", name);
    } else if (element->texts.count == 0) {
        buf_printf(out, "its %s%s is empty", element->negated ? "Not" : "", name);
    } else if (element->negated) {
        buf_printf(out, "its Not%s leaves out %.*s with ", name, STR_ARG(wanted));
        add_wanted(w, out, &element->texts);
    } else {
        buf_printf(out, "it is not about %.*s but about ", STR_ARG(wanted));
        add_wanted(w, out, &element->texts);
    }
}

static void add_principal(struct buf *out, const struct iam_principals *principals,
                          const struct iam_caller *caller)
{
    if (!principals->key) {
        buf_add_c(out, "there is no Principal");
        return;
    }
    buf_add_c(out, principals->negated ? "its NotPrincipal leaves out "
                                       : "its Principal does not name ");
    buf_add(out, caller ? caller->text : STR("an unknown caller"));
}

static void add_condition(struct evaluation_writer *w, struct buf *out, const struct iam_test *test,
                          const struct iam_request *request)
{
    static const char *const quantifiers[] = {[QUANTIFIER_NONE] = "",
                                              [QUANTIFIER_ALL] = "ForAllValues:",
                                              [QUANTIFIER_ANY] = "ForAnyValue:"};
    const struct iam_key *key = NULL;
    buf_printf(out, "the condition %s%.*s%s wants %.*s %s ", quantifiers[test->quantifier],
               STR_ARG(test->compare->name), test->if_exists ? "IfExists" : "", STR_ARG(test->name),
               test->compare->negated ? "not to be" : "to be");
    add_wanted(w, out, &test->values);
    if (iam_context_find(request->context, test->name, &key) == KEY_PRESENT) {
        buf_add_c(out, "; the request has ");
        add_values(out, key->values, key->count);
    } else {
        buf_add_c(out, "; the request has no such key");
    }
}

static void add_gap(struct evaluation_writer *w, struct buf *out, const struct iam_gap *gap,
                    const struct iam_request *request)
{
    const struct iam_statement *statement = gap->place.statement;
    switch (gap->part) {
    case PART_ACTION:
        add_element(w, out, &statement->action, "Action", request->action);
        break;
    case PART_RESOURCE:
        add_element(w, out, &statement->resource, "Resource", request->resource);
        break;
    case PART_PRINCIPAL:
        add_principal(out, &statement->principal, request->caller);
        break;
    case PART_CONDITION:
    case PART_COUNT:
        if (gap->test) {
            add_condition(w, out, gap->test, request);
        }
        break;
    }
}

static const char *layer_words(enum iam_layer layer)
{
    static const char *const words[LAYER_COUNT] = {
        [LAYER_RCP] = "resource control policy",
        [LAYER_SCP] = "service control policy",
        [LAYER_ENDPOINT] = "policy of the VPC endpoint",
        [LAYER_RESOURCE] = "policy of the resource",
        [LAYER_IDENTITY] = "policy of the caller",
        [LAYER_BOUNDARY] = "permissions boundary",
        [LAYER_SESSION] = "session policy",
    };
    return words[layer];
}

/* What no policy can allow. */
static const char *refusal_words(enum iam_refusal refusal)
{
    static const char *const words[] = {
        [REFUSAL_NONE] = "",
        [REFUSAL_ROOT] = "the root user of an account cannot assume roles; call as a user or role",
        [REFUSAL_FEDERATED_USER] = "a session of sts:GetFederationToken cannot assume roles; call "
                                   "as a user or role",
        [REFUSAL_PROVIDER] = "the identity provider and the role are in different accounts; STS "
                             "looks for the provider in the role's account, so create it there",
    };
    return words[refusal];
}

static void add_reason(struct evaluation_writer *w, struct buf *out,
                       const struct iam_request *request, const struct iam_decision *decision)
{
    const char *words = layer_words(decision->decided_by);
    if (decision->outcome == OUTCOME_IMPLICIT_DENY && decision->refusal != REFUSAL_NONE) {
        buf_add_c(out, refusal_words(decision->refusal));
    } else if (decision->outcome == OUTCOME_EXPLICIT_DENY) {
        buf_printf(out, "a Deny of the %s matches", words);
    } else if (!decision->gap.found) {
        buf_printf(out, "no %s allows %.*s", words, STR_ARG(request->action));
    } else {
        buf_printf(out, "no Allow of the %s matches; in the nearest one, ", words);
        add_gap(w, out, &decision->gap, request);
    }
}

static const struct node *gap_node(const struct iam_gap *gap)
{
    const struct iam_statement *statement = gap->place.statement;
    const struct node *node = NULL;
    switch (gap->part) {
    case PART_ACTION:
        node = statement->action.value;
        break;
    case PART_PRINCIPAL:
        node = statement->principal.value;
        break;
    case PART_RESOURCE:
        node = statement->resource.value;
        break;
    case PART_CONDITION:
    case PART_COUNT:
        node = gap->test ? gap->test->value : NULL;
        break;
    }
    return node ? node : statement->node;
}

/* The element of the statement that is at fault; of a Deny, the whole statement. */
static void write_reason(struct evaluation_writer *w, const struct iam_request *request,
                         const struct iam_decision *decision)
{
    const struct iam_gap *gap = &decision->gap;
    struct buf text = buf_with_max(REASON_MAX_BYTES);
    add_reason(w, &text, request, decision);
    evaluation_member(w, "DenialReason", false);
    evaluation_open(w, '{');
    text_member(w, "Text", buf_str(&text), true);
    if (gap->found) {
        bool deny = decision->outcome == OUTCOME_EXPLICIT_DENY;
        const struct node *node = deny ? gap->place.statement->node : gap_node(gap);
        if (!deny) {
            text_member(w, "Element", iam_part_name(gap->part), false);
        }
        if (!deny && gap->test) {
            text_member(w, "ContextKeyName", gap->test->name, false);
        }
        text_member(w, "SourcePolicyId", iam_simulation_policy_id(w->arena, &gap->place), false);
        write_span(w, node->source, node->lo, node->hi);
    }
    evaluation_close(w, '}', false);
    buf_release(&text);
}

/* ---- results ---- */

static struct str outcome_name(enum iam_outcome outcome)
{
    static const struct str names[] = {
        [OUTCOME_ALLOWED] = STR_INIT("allowed"),
        [OUTCOME_IMPLICIT_DENY] = STR_INIT("implicitDeny"),
        [OUTCOME_EXPLICIT_DENY] = STR_INIT("explicitDeny"),
    };
    return names[outcome];
}

static void write_missing(struct evaluation_writer *w, const struct iam_decision *decision)
{
    evaluation_member(w, "MissingContextValues", false);
    evaluation_open(w, '[');
    for (size_t i = 0; i < decision->missing_count; i++) {
        evaluation_next(w, i == 0);
        json_write_string(w->out, decision->missing[i]);
    }
    evaluation_close(w, ']', decision->missing_count == 0);
}

static void write_bool_detail(struct evaluation_writer *w, const char *name, const char *member,
                              bool value)
{
    evaluation_member(w, name, false);
    evaluation_open(w, '{');
    evaluation_member(w, member, true);
    buf_add_c(w->out, value ? "true" : "false");
    evaluation_close(w, '}', false);
}

static bool lets_through(const struct iam_verdict *verdict)
{
    return verdict->allows == TRUTH_TRUE && verdict->denies == TRUTH_FALSE;
}

/* The service's own details: only where there are such policies. */
static void write_details(struct evaluation_writer *w, const struct iam_decision *decision)
{
    const struct iam_verdict *scp = &decision->layers[LAYER_SCP];
    const struct iam_verdict *boundary = &decision->layers[LAYER_BOUNDARY];
    if (scp->applies) {
        write_bool_detail(w, "OrganizationsDecisionDetail", "AllowedByOrganizations",
                          lets_through(scp));
    }
    if (boundary->applies) {
        write_bool_detail(w, "PermissionsBoundaryDecisionDetail", "AllowedByPermissionsBoundary",
                          lets_through(boundary));
    }
}

void evaluation_write(struct evaluation_writer *w, const struct iam_request *request,
                      const struct iam_decision *decision)
{
    evaluation_open(w, '{');
    text_member(w, "EvalActionName", request->action, true);
    text_member(w, "EvalResourceName", request->resource, false);
    text_member(w, "EvalDecision", outcome_name(decision->outcome), false);
    write_matched(w, &decision->matched);
    write_missing(w, decision);
    text_member(w, "DecidedBy", iam_layer_name(decision->decided_by), false);
    write_details(w, decision);
    if (decision->outcome != OUTCOME_ALLOWED) {
        write_reason(w, request, decision);
    }
    evaluation_close(w, '}', false);
}

void evaluation_write_errors(struct evaluation_writer *w, const struct findings *findings,
                             size_t from)
{
    evaluation_open(w, '{');
    evaluation_member(w, "Errors", true);
    evaluation_open(w, '[');
    for (size_t i = from; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        struct place place = sources_resolve(w->sources, finding->at.source, finding->at.span);
        struct position at = source_position(place.source, place.span.lo);
        evaluation_next(w, i == from);
        evaluation_open(w, '{');
        text_member(w, "Message", finding->message, true);
        text_member(w, "File", place.source->name, false);
        evaluation_member(w, "Line", false);
        write_number(w->out, at.line);
        evaluation_member(w, "Column", false);
        write_number(w->out, at.column);
        evaluation_close(w, '}', false);
    }
    evaluation_close(w, ']', findings->count == from);
    evaluation_close(w, '}', false);
}
