/* SPDX-License-Identifier: MIT */
/*
 * From a rule's definition to a rule that can run. Every mistake is reported where it stands: an
 * expression's error is mapped from the expression's bytes to the bytes of the YAML string.
 */
#include "rule/rule.h"

#include "rule/command.h"
#include "rule/decoder.h"
#include "rule/functions.h"
#include "rule/shape.h"
#include "rule/symptom.h"
#include "tree/inner.h"

static const struct node *member(const struct decoder *d, const char *name)
{
    return tree_member(d->tree, d->root, str_from_c(name));
}

/* Report a mistake at bytes [lo, hi) of a scalar's text; always false. */
static bool report_inside(struct decoder *d, struct str id, const struct node *scalar,
                          struct path_error error)
{
    struct span span = scalar_subspan(d->loader->arena, d->tree, scalar, error.lo, error.hi);
    struct location at = {scalar->source, span};
    findings_error(d->loader->findings, id, at, "%.*s", STR_ARG(error.message));
    return false;
}

/* A query must lead somewhere in at least one of the rule's kinds. */
static bool check_reach(struct decoder *d, const struct path_program *program, bool is_select,
                        struct path_error *error)
{
    const struct rule *rule = d->rule;
    bool reachable = false;
    for (size_t i = 0; i < rule->kind_count; i++) {
        struct shape_set reached = {.open = true};
        struct path_error problem;
        const struct schema *schema = &rule->kinds[i]->schema;
        bool good = !schema->top || shape_check(schema, program, d->loader->atoms, &d->selected[i],
                                                &reached, d->loader->arena, &problem);
        if (!good && !reachable) {
            *error = problem;
        }
        if (is_select) {
            /* Where a kind cannot have it, '@' is never anything there. */
            d->selected[i] = good ? reached : (struct shape_set){.open = true};
        }
        reachable = reachable || good;
    }
    return reachable;
}

/* What a rule says must not change from one day to the next unless the rule says that it may. */
static bool check_dated(struct decoder *d, const struct node *scalar,
                        const struct path_program *program, uint32_t offset)
{
    for (uint32_t i = 0; !d->rule->dated && i < program->op_count; i++) {
        const struct path_op *op = &program->ops[i];
        if (op->code == OP_CALL && str_eq(path_op_function(program, op)->name, STR("today"))) {
            struct path_error error = {op->lo + offset, op->hi + offset,
                                       STR("only a rule with 'dated: true' may look at the date")};
            return report_inside(d, STR("rule/dated"), scalar, error);
        }
    }
    return true;
}

static bool check_shape(struct decoder *d, const struct node *scalar,
                        const struct path_program *program, uint32_t offset, bool is_select)
{
    if (d->trusted) {
        return true;
    }
    if (!check_dated(d, scalar, program, offset)) {
        return false;
    }
    struct path_error error = {0};
    const struct path_error *pattern = path_pattern_problem(program);
    if (pattern) {
        error = *pattern;
    } else if (check_reach(d, program, is_select, &error)) {
        return true;
    }
    error.lo += offset;
    error.hi += offset;
    return report_inside(d, pattern ? STR("rule/pattern") : STR("rule/unreachable"), scalar, error);
}

/* Compile the expression in a member; NULL in *program where there is no such member. */
static bool decode_expression(struct decoder *d, const struct node *scalar, enum path_goal goal,
                              struct path_program **program, bool is_select)
{
    *program = NULL;
    if (!scalar) {
        return true;
    }
    struct path_error error = {0};
    *program = path_compile(&d->compiler, goal, tree_text(d->tree, scalar), &error);
    if (!*program) {
        return report_inside(d, STR("rule/expression"), scalar, error);
    }
    return check_shape(d, scalar, *program, 0, is_select);
}

static bool decode_wording(struct decoder *d, const struct node *scalar, struct wording *wording)
{
    if (!scalar) {
        return true;
    }
    struct path_error error = {0};
    if (!wording_compile(&d->compiler, tree_text(d->tree, scalar), wording, &error)) {
        return report_inside(d, STR("rule/placeholder"), scalar, error);
    }
    for (size_t i = 0; i < wording->count; i++) {
        const struct wording_part *part = &wording->parts[i];
        if (part->program && !check_shape(d, scalar, part->program, part->lo, false)) {
            return false;
        }
    }
    return true;
}

/* What is kept in a file is run from a script: one command, and one that only reads. */
static const char *command_fault(const struct need *need, const struct wording *wording)
{
    if (!command_wording_only_reads(wording)) {
        return "with 'save-as' this must be one command that only reads: 'aws SERVICE OPERATION' "
               "with describe-, get- or list-, or 'kubectl get', without operators of a shell";
    }
    bool listed = need->names.count && wording != &need->names;
    return listed && command_find_name(wording->text) == wording->text.len
               ? "with 'names' this must hold NAME, which stands for each of them"
               : NULL;
}

static const char *file_fault(const struct need *need)
{
    if (!command_wording_is_file(&need->save_as)) {
        return "this must be the name of a file below the folder, of letters, digits and _+=,.@-";
    }
    if (need->collect.count == 0) {
        return "'save-as' needs the 'collect' whose output it keeps";
    }
    struct str text = need->save_as.text;
    return need->names.count && command_find_name(text) == text.len
               ? "with 'names' this must hold NAME, which stands for each of them"
               : NULL;
}

static bool check_saved(struct decoder *d, const struct node *node, const struct need *need)
{
    const struct {
        const char *member, *fault;
    } checks[] = {
        {"save-as", need->save_as.count ? file_fault(need) : NULL},
        {"collect", need->save_as.count ? command_fault(need, &need->collect) : NULL},
        {"names", need->names.count && !need->save_as.count ? "'names' needs 'save-as'"
                  : need->names.count                       ? command_fault(need, &need->names)
                                                            : NULL},
    };
    for (size_t i = 0; i < COUNT_OF(checks) && !d->trusted; i++) {
        const struct node *at = tree_member(d->tree, node, str_from_c(checks[i].member));
        if (at && checks[i].fault) {
            findings_error(d->loader->findings, STR("rule/collect"), node_location(at), "%s",
                           checks[i].fault);
            return false;
        }
    }
    return true;
}

static bool decode_need(struct decoder *d, const struct node *node, unsigned bit, struct need *need)
{
    const struct node *fact = tree_member(d->tree, node, STR("fact"));
    if (!decode_expression(d, fact, PATH_QUERY, &need->fact, false) ||
        !decode_wording(d, tree_member(d->tree, node, STR("collect")), &need->collect) ||
        !decode_wording(d, tree_member(d->tree, node, STR("save-as")), &need->save_as) ||
        !decode_wording(d, tree_member(d->tree, node, STR("account")), &need->account) ||
        !decode_wording(d, tree_member(d->tree, node, STR("names")), &need->names)) {
        return false;
    }
    if (!check_saved(d, node, need)) {
        return false;
    }
    need->fact_text = tree_text(d->tree, fact);
    unsigned dependent = path_link_fact(d->rule->require, need->fact, bit);
    if (d->rule->when && path_link_fact(d->rule->when, need->fact, bit) > 0) {
        d->rule->when_needs = true;
        dependent++;
    }
    need->linked = dependent > 0;
    return true;
}

static bool decode_needs(struct decoder *d)
{
    const struct node *needs = member(d, "needs");
    struct rule *rule = d->rule;
    rule->need_count = needs ? node_size(needs) : 0;
    if (rule->need_count > NEEDS_MAX) {
        findings_error(d->loader->findings, STR("rule/needs"), node_location(needs),
                       "more than %d needs in one rule", NEEDS_MAX);
        return false;
    }
    rule->needs = arena_array(d->loader->arena, struct need, rule->need_count);
    for (uint32_t i = 0; i < rule->need_count; i++) {
        if (!decode_need(d, tree_element(d->tree, needs, i), i, &rule->needs[i])) {
            return false;
        }
    }
    return true;
}

static bool decode_one_kind(struct decoder *d, const struct node *node)
{
    struct rule *rule = d->rule;
    struct str id = tree_text(d->tree, node);
    const struct kind *kind = kinds_find(d->loader->kinds, id);
    if (!kind) {
        struct str nearest = kinds_nearest(d->loader->kinds, id, d->loader->arena);
        findings_error(d->loader->findings, STR("rule/kind"), node_location(node),
                       "unknown kind '%.*s'%s%.*s%s", STR_ARG(id),
                       nearest.len ? "; did you mean '" : "", STR_ARG(nearest),
                       nearest.len ? "'?" : "");
        return false;
    }
    if (rule->kind_count == RULE_KINDS_MAX) {
        findings_error(d->loader->findings, STR("rule/kind"), node_location(node),
                       "more than %d kinds in one rule", RULE_KINDS_MAX);
        return false;
    }
    if (!d->trusted) { /* else the rule set knows it already */
        rule->kind_list = rule->kind_count
                              ? arena_format(d->loader->arena, "%.*s,%.*s",
                                             STR_ARG(rule->kind_list), STR_ARG(kind->id))
                              : kind->id;
    }
    if (d->selected) {
        d->selected[rule->kind_count].open = true;
    }
    rule->kinds[rule->kind_count++] = kind;
    rule->kind = rule->kinds[0];
    return true;
}

static bool decode_kinds(struct decoder *d)
{
    const struct node *kinds = member(d, "kind");
    uint32_t count = kinds->kind == NODE_ARRAY ? node_size(kinds) : 1;
    for (uint32_t i = 0; i < count; i++) {
        if (!decode_one_kind(d,
                             kinds->kind == NODE_ARRAY ? tree_element(d->tree, kinds, i) : kinds)) {
            return false;
        }
    }
    return true;
}

static bool decode_id(struct decoder *d)
{
    const struct node *id = member(d, "id");
    d->rule->id = tree_text(d->tree, id);
    if (!rule_id_is_valid(d->rule->id)) {
        findings_error(d->loader->findings, STR("rule/id"), node_location(id),
                       "'%.*s' is no rule id; an id is <family>/<name> in lower-case letters, "
                       "digits and dashes",
                       STR_ARG(d->rule->id));
        return false;
    }
    return true;
}

static bool check_stage(struct decoder *d)
{
    const struct node *node = member(d, "stage");
    const struct flows *flows = d->loader->flows;
    if (d->trusted || !node || !flows || flows_find_stage(flows, tree_text(d->tree, node), NULL)) {
        return true;
    }
    struct str nearest = flows_nearest_stage(flows, tree_text(d->tree, node));
    findings_error(d->loader->findings, STR("rule/stage"), node_location(node),
                   "unknown stage '%.*s'%s%.*s%s", STR_ARG(tree_text(d->tree, node)),
                   nearest.len ? "; did you mean '" : "", STR_ARG(nearest),
                   nearest.len ? "'?" : "");
    return false;
}

/* The names as one list, separated by commas. */
static struct str decode_aka(const struct decoder *d)
{
    const struct node *names = member(d, "aka");
    struct str list = {0};
    for (uint32_t i = 0; names && i < node_size(names); i++) {
        struct str name = tree_text(d->tree, tree_element(d->tree, names, i));
        list = i ? arena_format(d->loader->arena, "%.*s,%.*s", STR_ARG(list), STR_ARG(name)) : name;
    }
    return list;
}

struct str if_absent_name(enum if_absent absent)
{
    static const struct str names[ABSENT_COUNT] = {[ABSENT_SKIP] = STR_INIT("skip"),
                                                   [ABSENT_FAIL] = STR_INIT("fail"),
                                                   [ABSENT_UNKNOWN] = STR_INIT("unknown")};
    return names[absent];
}

static void decode_words(struct decoder *d)
{
    struct rule *rule = d->rule;
    struct str severity = tree_string(d->tree, d->root, STR("severity"));
    struct str absent = tree_string(d->tree, d->root, STR("if-absent"));
    const struct node *dated = member(d, "dated");
    if (!severity_parse(severity, &rule->severity)) {
        rule->severity = SEVERITY_ERROR; /* the shape was checked: another word does not get here */
    }
    rule->own_severity = rule->severity;
    for (int i = 0; i < ABSENT_COUNT; i++) {
        if (str_eq(absent, if_absent_name((enum if_absent)i))) {
            rule->if_absent = (enum if_absent)i;
        }
    }
    rule->pedantic = str_eq(tree_string(d->tree, d->root, STR("profile")), STR("pedantic"));
    rule->dated = node_is(dated, NODE_BOOL) && tree_bool(d->tree, dated);
    rule->stage = tree_string(d->tree, d->root, STR("stage"));
    rule->finding_type = tree_string(d->tree, d->root, STR("finding-type"));
    rule->aka = d->trusted ? (struct str){0} : decode_aka(d);
    const struct node *rows = member(d, "foreach");
    rule->rows = rows && node_size(rows) ? rows : NULL;
}

/* The number of the first row that lacks a value of this name, or the number of rows. */
static uint32_t find_row_without(const struct rule *rule, struct str name)
{
    uint32_t count = rule->rows ? node_size(rule->rows) : 0;
    for (uint32_t row = 0; row < count; row++) {
        if (!tree_member(rule->tree, tree_element(rule->tree, rule->rows, row), name)) {
            return row;
        }
    }
    return count;
}

/* row('name') must name a value that every row has. */
static bool check_row_names(struct decoder *d, const struct path_program *program,
                            const struct node *scalar, uint32_t offset)
{
    const struct rule *rule = d->rule;
    for (uint32_t i = 0; program && i < program->op_count; i++) {
        const struct path_op *op = &program->ops[i];
        if (op->code != OP_CALL || !str_eq(path_op_function(program, op)->name, STR("row")) ||
            program->ops[i + 1].code != OP_LITERAL) {
            continue;
        }
        struct str name = program->literals[program->ops[i + 1].literal].string;
        uint32_t row = find_row_without(rule, name);
        if (rule->rows && row == node_size(rule->rows)) {
            continue;
        }
        struct str message =
            rule->rows ? arena_format(d->loader->arena, "row %u of 'foreach' has no '%.*s'",
                                      row + 1, STR_ARG(name))
                       : STR("row() needs a 'foreach' in the rule");
        struct path_error error = {op->lo + offset, op->hi + offset, message};
        return report_inside(d, STR("rule/row"), scalar, error);
    }
    return true;
}

/* A query, or a function that gives nodes. */
static bool check_point_at(struct decoder *d)
{
    const struct path_program *program = d->rule->point_at;
    if (!program || path_program_type(program) == TYPE_NODES) {
        return true;
    }
    findings_error(d->loader->findings, STR("rule/expression"),
                   node_location(member(d, "point-at")),
                   "'point-at' takes a query or a function that gives nodes");
    return false;
}

/* One mistake does not hide the next: every expression is compiled, whatever came of the others. */
static bool decode_expressions(struct decoder *d)
{
    struct rule *rule = d->rule;
    const struct {
        const char *member;
        enum path_goal goal;
        struct path_program **program;
    } expressions[] = {
        {"select", PATH_QUERY, &rule->select},
        {"when", PATH_LOGICAL, &rule->when},
        {"require", PATH_LOGICAL, &rule->require},
        {"point-at", PATH_PLACEHOLDER, &rule->point_at},
    };
    bool good = true;
    for (size_t i = 0; i < COUNT_OF(expressions); i++) {
        const struct node *scalar = member(d, expressions[i].member);
        d->compiler.allow_relative = i > 0;
        good = decode_expression(d, scalar, expressions[i].goal, expressions[i].program, i == 0) &&
               check_row_names(d, *expressions[i].program, scalar, 0) && good;
    }
    rule->select_text = tree_text(d->tree, member(d, "select"));
    rule->guard_count =
        good ? rule_find_guards(rule->require, rule->guards, &rule->guards_here) : 0;
    return good && check_point_at(d) && decode_needs(d);
}

static bool check_structure(struct decoder *d)
{
    const struct kind *shape = d->trusted ? NULL : kinds_find(d->loader->kinds, STR("rule"));
    return !shape || schema_validate(&shape->schema, d->tree, d->root, d->loader->findings);
}

static struct decoder new_decoder(struct rule_loader *loader, const struct tree *tree,
                                  const struct node *root, bool trusted, struct rule *rule)
{
    /* The sets are large, and rules that are trusted have no use for them. */
    struct shape_set *selected =
        trusted ? NULL : arena_array(loader->arena, struct shape_set, RULE_KINDS_MAX);
    return (struct decoder){
        .loader = loader,
        .tree = tree,
        .root = root,
        .rule = rule,
        .trusted = trusted,
        .compiler = {loader->arena, loader->atoms, &rule_functions, false},
        .selected = selected,
    };
}

/* ---- texts ---- */

/*
 * A text is a string, or a mapping from languages to strings; a language that is missing is
 * English.
 */
static const struct node *text_node(const struct decoder *d, const struct node *node,
                                    enum language language)
{
    static const char *const codes[LANGUAGE_COUNT] = {"en", "ja"};
    if (!node_is(node, NODE_OBJECT)) {
        return node;
    }
    const struct node *text = tree_member(d->tree, node, str_from_c(codes[language]));
    return text ? text : tree_member(d->tree, node, STR("en"));
}

bool decoder_expression(struct decoder *d, const struct node *scalar, enum path_goal goal,
                        struct path_program **program)
{
    return decode_expression(d, scalar, goal, program, false) &&
           check_row_names(d, *program, scalar, 0);
}

bool decoder_wording(struct decoder *d, const struct node *scalar, struct wording *wording)
{
    bool good = decode_wording(d, scalar, wording);
    for (size_t i = 0; good && i < wording->count; i++) {
        good = check_row_names(d, wording->parts[i].program, scalar, wording->parts[i].lo);
    }
    return good;
}

static bool decode_localised(struct decoder *d, const struct node *node, struct wording *wordings)
{
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        struct wording fresh = {0};
        if (!decoder_wording(d, text_node(d, node, (enum language)language), &fresh)) {
            return false;
        }
        wordings[language] = fresh;
    }
    return true;
}

static bool decode_version(struct decoder *d, const struct node *symptom, const char *name,
                           uint32_t *version)
{
    const struct node *node = tree_member(d->tree, symptom, str_from_c(name));
    if (!node || symptom_version_parse(tree_text(d->tree, node), version)) {
        return true;
    }
    findings_error(d->loader->findings, STR("rule/version"), node_location(node),
                   "'%.*s' is no version of GitLab; write it as in '13.7'",
                   STR_ARG(tree_text(d->tree, node)));
    return false;
}

static bool decode_versions(struct decoder *d, const struct node *node, struct symptom *symptom)
{
    if (!decode_version(d, node, "since", &symptom->since) ||
        !decode_version(d, node, "until", &symptom->until)) {
        return false;
    }
    if (symptom->until == 0 || symptom->since <= symptom->until) {
        return true;
    }
    findings_error(d->loader->findings, STR("rule/version"),
                   node_location(tree_member(d->tree, node, STR("until"))),
                   "no version is in this range: 'until' is before 'since'");
    return false;
}

static bool decode_symptoms(struct decoder *d, struct rule_texts *texts)
{
    const struct node *symptoms = member(d, "symptoms");
    texts->symptom_count = symptoms ? node_size(symptoms) : 0;
    texts->symptoms = arena_array(d->loader->arena, struct symptom, texts->symptom_count);
    for (uint32_t i = 0; i < texts->symptom_count; i++) {
        struct symptom *symptom = &texts->symptoms[i];
        const struct node *node = tree_element(d->tree, symptoms, i);
        const struct node *heading = tree_member(d->tree, node, STR("heading"));
        if (!decode_localised(d, tree_member(d->tree, node, STR("text")), symptom->text) ||
            !decode_versions(d, node, symptom)) {
            return false;
        }
        symptom->heading = heading && tree_bool(d->tree, heading);
        symptom->attribute = tree_string(d->tree, node, STR("attribute"));
        symptom->where = tree_string(d->tree, node, STR("where"));
        symptom->source = tree_string(d->tree, node, STR("source"));
    }
    return true;
}

static void decode_plain(struct decoder *d, struct rule_texts *texts)
{
    const struct node *title = member(d, "title");
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        const struct node *text = text_node(d, title, (enum language)language);
        texts->title[language] = text ? tree_text(d->tree, text) : (struct str){0};
    }
    const struct node *docs = member(d, "docs");
    texts->doc_count = docs ? node_size(docs) : 0;
    texts->docs = arena_array(d->loader->arena, struct str, texts->doc_count);
    for (uint32_t i = 0; i < texts->doc_count; i++) {
        texts->docs[i] = tree_text(d->tree, tree_element(d->tree, docs, i));
    }
}

static bool decode_texts(struct decoder *d)
{
    struct rule_texts *texts = arena_new(d->loader->arena, struct rule_texts);
    d->compiler.allow_relative = true;
    decode_plain(d, texts);
    bool good = decode_localised(d, member(d, "message"), texts->message);
    good = decode_localised(d, member(d, "fix"), texts->fix) && good;
    good = decode_localised(d, member(d, "why"), texts->why) && good;
    good = decode_localised(d, member(d, "exceptions"), texts->exceptions) && good;
    good = decode_symptoms(d, texts) && good;
    good = rule_edits_decode(d, member(d, "edits"), &texts->edits) && good;
    d->rule->texts = good ? texts : NULL;
    return good;
}

bool rule_decode_symptoms(struct rule_loader *loader, const struct tree *tree,
                          const struct node *root, struct rule *rule, struct rule_texts *texts)
{
    struct decoder d = new_decoder(loader, tree, root, true, rule);
    d.compiler.allow_relative = true;
    return decode_symptoms(&d, texts);
}

bool rule_decode_texts(struct rule_loader *loader, const struct tree *tree, const struct node *root,
                       struct rule *rule)
{
    struct decoder d = new_decoder(loader, tree, root, false, rule);
    struct path_program *select = NULL;
    /* '@' in texts is the selected node: walk the selector again for what it can be. */
    return decode_expression(&d, member(&d, "select"), PATH_QUERY, &select, true) &&
           decode_texts(&d);
}

bool rule_decode(struct rule_loader *loader, const struct tree *tree, const struct node *root,
                 bool trusted, struct rule *rule)
{
    struct decoder d = new_decoder(loader, tree, root, trusted, rule);
    *rule = (struct rule){.tree = tree, .file = sources_get(loader->sources, root->source)->name};
    if (!check_structure(&d) || !decode_id(&d) || !decode_kinds(&d)) {
        return false;
    }
    decode_words(&d);
    bool good = check_stage(&d);
    good = decode_expressions(&d) && good;
    if (trusted) {
        return good;
    }
    return decode_texts(&d) && good;
}
