/* SPDX-License-Identifier: MIT */
#include "rule/lint.h"

#include "path/program.h"
#include "tree/inner.h"

struct linter {
    struct rule_loader *loader;
    const struct tree *tree;
    const struct rule *rule;
};

static void warn(struct linter *lint, const char *id, struct location at, struct str message)
{
    struct finding finding = {.rule = str_from_c(id),
                              .severity = SEVERITY_WARNING,
                              .has_location = true,
                              .at = at,
                              .message = message};
    findings_add(lint->loader->findings, &finding);
}

static const struct node *member(const struct linter *lint, const char *name)
{
    return tree_member(lint->tree, lint->tree->root, str_from_c(name));
}

/* ---- conditions ---- */

struct expression {
    const struct node *scalar;
    const struct path_program *program;
    struct str text;
};

static struct str part_text(const struct expression *expression, uint32_t at)
{
    const struct path_op *op = &expression->program->ops[at];
    return str_slice(expression->text, op->lo, op->hi);
}

static void warn_part(struct linter *lint, const struct expression *expression, uint32_t at,
                      const char *id, struct str message)
{
    const struct path_op *op = &expression->program->ops[at];
    struct span span =
        scalar_subspan(lint->loader->arena, lint->tree, expression->scalar, op->lo, op->hi);
    warn(lint, id, (struct location){expression->scalar->source, span}, message);
}

/* The same on both sides, or nothing but literals: the node that is judged does not matter. */
static void lint_comparison(struct linter *lint, const struct expression *expression, uint32_t at)
{
    const struct path_op *ops = expression->program->ops;
    uint32_t left = at + 1;
    uint32_t right = ops[left].end;
    if (ops[left].code == OP_LITERAL && ops[right].code == OP_LITERAL) {
        warn_part(lint, expression, at, "rule/constant",
                  STR("both sides are literals, so this is always the same"));
    } else if (str_eq(part_text(expression, left), part_text(expression, right))) {
        warn_part(lint, expression, at, "rule/constant",
                  STR("both sides are the same, so this says nothing"));
    }
}

/* A clause that stands twice in one chain of && or ||. */
static void lint_chain(struct linter *lint, const struct expression *expression, uint32_t at)
{
    const struct path_op *ops = expression->program->ops;
    for (uint32_t i = at + 1; i < ops[at].end; i = ops[i].end) {
        for (uint32_t j = at + 1; j < i; j = ops[j].end) {
            if (str_eq(part_text(expression, i), part_text(expression, j))) {
                warn_part(lint, expression, i, "rule/repeated",
                          STR("this clause stands here already"));
                break;
            }
        }
    }
}

static void lint_expression(struct linter *lint, const struct node *scalar,
                            const struct path_program *program)
{
    if (!scalar || !program) {
        return;
    }
    struct expression expression = {scalar, program, tree_text(lint->tree, scalar)};
    for (uint32_t i = 0; i < program->op_count; i++) {
        if (program->ops[i].code == OP_COMPARE) {
            lint_comparison(lint, &expression, i);
        } else if (program->ops[i].code == OP_AND || program->ops[i].code == OP_OR) {
            lint_chain(lint, &expression, i);
        }
    }
}

static void lint_conditions(struct linter *lint)
{
    const struct rule *rule = lint->rule;
    lint_expression(lint, member(lint, "select"), rule->select);
    lint_expression(lint, member(lint, "when"), rule->when);
    lint_expression(lint, member(lint, "require"), rule->require);
    lint_expression(lint, member(lint, "point-at"), rule->point_at);
    const struct node *needs = member(lint, "needs");
    for (uint32_t i = 0; i < rule->need_count; i++) {
        const struct node *need = tree_element(lint->tree, needs, i);
        lint_expression(lint, tree_member(lint->tree, need, STR("fact")), rule->needs[i].fact);
    }
}

/* ---- rows and facts ---- */

static bool holds_call(struct str text, struct str name, const char *quote)
{
    struct str before = STR("row(");
    for (size_t at = str_find(text, before); at < text.len;) {
        struct str rest = str_from(text, at + before.len);
        if (str_starts(rest, str_from_c(quote)) && str_starts(str_from(rest, 1), name) &&
            str_starts(str_from(rest, 1 + name.len), str_from_c(quote))) {
            return true;
        }
        size_t next = str_find(rest, before);
        at = next < rest.len ? at + before.len + next : text.len;
    }
    return false;
}

/* Does any text below the node ask for the value? Recursion is bounded by TREE_MAX_DEPTH. */
static bool asks_for(const struct tree *tree, const struct node *node, struct str name)
{
    if (node->kind == NODE_STRING) {
        struct str text = tree_text(tree, node);
        return holds_call(text, name, "'") || holds_call(text, name, "\"");
    }
    for (uint32_t i = 0; node_is_container(node) && i < node_size(node); i++) {
        const struct node *child =
            node->kind == NODE_OBJECT ? tree_value(tree, node, i) : tree_element(tree, node, i);
        if (asks_for(tree, child, name)) {
            return true;
        }
    }
    return false;
}

static bool is_asked_for(const struct linter *lint, struct str name)
{
    const struct node *root = lint->tree->root;
    for (uint32_t i = 0; i < node_size(root); i++) {
        struct str key = tree_text(lint->tree, tree_key(lint->tree, root, i));
        if (!str_eq(key, STR("tests")) && !str_eq(key, STR("foreach")) &&
            asks_for(lint->tree, tree_value(lint->tree, root, i), name)) {
            return true;
        }
    }
    return false;
}

/* The first row has what all have that is asked for; what only a later one has is looked at there. */
static void lint_rows(struct linter *lint)
{
    const struct node *rows = lint->rule->rows;
    for (uint32_t r = 0; rows && r < node_size(rows); r++) {
        const struct node *row = tree_element(lint->tree, rows, r);
        const struct node *first = tree_element(lint->tree, rows, 0);
        for (uint32_t i = 0; i < node_size(row); i++) {
            const struct node *key = tree_key(lint->tree, row, i);
            struct str name = tree_text(lint->tree, key);
            bool seen = r > 0 && tree_member(lint->tree, first, name);
            if (!seen && !is_asked_for(lint, name)) {
                warn(lint, "rule/unused-value", node_location(key),
                     arena_format(lint->loader->arena, "nothing asks for row('%.*s')",
                                  STR_ARG(name)));
            }
        }
    }
}

static void lint_needs(struct linter *lint)
{
    const struct rule *rule = lint->rule;
    for (uint32_t i = 0; i < rule->need_count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            if (str_eq(rule->needs[i].fact_text, rule->needs[j].fact_text) &&
                str_eq(rule->needs[i].collect.text, rule->needs[j].collect.text)) {
                const struct node *need = tree_element(lint->tree, member(lint, "needs"), i);
                warn(lint, "rule/repeated", node_location(need),
                     STR("this fact is needed above already, and collected in the same way"));
                break;
            }
        }
    }
}

/* ---- texts ---- */

struct localised {
    const struct node *node; /* a string, or a mapping from languages */
    const struct wording *wordings;
};

static const struct node *in_japanese(const struct linter *lint, const struct node *node)
{
    return node_is(node, NODE_OBJECT) ? tree_member(lint->tree, node, STR("ja")) : NULL;
}

static bool has_placeholder(const struct wording *wording, struct str expression)
{
    for (size_t i = 0; i < wording->count; i++) {
        const struct wording_part *part = &wording->parts[i];
        if (part->program && str_eq(str_slice(wording->text, part->lo, part->hi), expression)) {
            return true;
        }
    }
    return false;
}

/* A literal in a placeholder may be a word, which is another one in another language. */
static bool is_translated(struct str expression)
{
    return str_find_char(expression, '\'') < expression.len ||
           str_find_char(expression, '"') < expression.len;
}

static void lint_placeholders(struct linter *lint, const struct node *scalar,
                              const struct wording *wording, const struct wording *other)
{
    for (size_t i = 0; i < wording->count; i++) {
        const struct wording_part *part = &wording->parts[i];
        struct str expression = str_slice(wording->text, part->lo, part->hi);
        if (part->program && !is_translated(expression) && !has_placeholder(other, expression)) {
            struct span span =
                scalar_subspan(lint->loader->arena, lint->tree, scalar, part->lo, part->hi);
            warn(lint, "rule/placeholders", (struct location){scalar->source, span},
                 STR("the other language does not say this"));
        }
    }
}

static void lint_languages(struct linter *lint, struct localised text, bool wanted)
{
    const struct node *japanese = in_japanese(lint, text.node);
    if (!text.node || !wanted) {
        return;
    }
    if (!japanese) {
        warn(lint, "rule/language", node_location(text.node),
             STR("other texts of this rule are in Japanese, too; this is not ('ja')"));
        return;
    }
    const struct node *english = tree_member(lint->tree, text.node, STR("en"));
    if (text.wordings) {
        lint_placeholders(lint, english, &text.wordings[LANGUAGE_EN], &text.wordings[LANGUAGE_JA]);
        lint_placeholders(lint, japanese, &text.wordings[LANGUAGE_JA], &text.wordings[LANGUAGE_EN]);
    }
}

static void lint_texts(struct linter *lint)
{
    const struct rule_texts *texts = lint->rule->texts;
    const struct localised rows[] = {
        {member(lint, "title"), NULL},
        {member(lint, "message"), texts ? texts->message : NULL},
        {member(lint, "fix"), texts ? texts->fix : NULL},
        {member(lint, "why"), texts ? texts->why : NULL},
        {member(lint, "exceptions"), texts ? texts->exceptions : NULL},
    };
    bool wanted = false;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        wanted = wanted || in_japanese(lint, rows[i].node);
    }
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        lint_languages(lint, rows[i], wanted);
    }
    const struct node *docs = member(lint, "docs");
    if (!docs || node_size(docs) == 0) {
        warn(lint, "rule/source", node_location(member(lint, "id")),
             STR("this rule names no source; add 'docs' with where it is documented"));
    }
}

/* The same text twice in one rule; several rules may document one text. */
static void lint_symptoms(struct linter *lint)
{
    const struct rule_texts *texts = lint->rule->texts;
    const struct node *symptoms = member(lint, "symptoms");
    for (size_t i = 0; texts && i < texts->symptom_count; i++) {
        const struct symptom *symptom = &texts->symptoms[i];
        for (size_t j = 0; j < i; j++) {
            const struct symptom *other = &texts->symptoms[j];
            if (str_eq(symptom->text[LANGUAGE_EN].text, other->text[LANGUAGE_EN].text) &&
                symptom->since == other->since && symptom->until == other->until &&
                str_eq(symptom->attribute, other->attribute) &&
                str_eq(symptom->where, other->where)) {
                warn(lint, "rule/repeated",
                     node_location(tree_element(lint->tree, symptoms, (uint32_t)i)),
                     STR("this symptom stands above already"));
                break;
            }
        }
    }
}

void rule_lint(struct rule_loader *loader, const struct tree *tree, const struct rule *rule)
{
    struct linter lint = {loader, tree, rule};
    lint_conditions(&lint);
    lint_rows(&lint);
    lint_needs(&lint);
    lint_texts(&lint);
    lint_symptoms(&lint);
}
