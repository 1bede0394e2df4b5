/* SPDX-License-Identifier: MIT */
/*
 * Functions that know the forms of EKS and EC2, and that reach into what is judged: issuers of clusters, versions of Kubernetes, instance
 * types, zones, prefixes, and how many different ones there are. Where a text does not have the form,
 * the answer is Nothing; where an argument is unknown, unknown.
 */
#include "rule/functions.h"

#include "aws/arn.h"
#include "aws/cidr.h"
#include "aws/region.h"
#include "rule/function_args.h"

enum { DISTINCT_MAX = 64, MINOR_DIGITS_MAX = 4, SCHEMA_DEPTH_MAX = 32, SCHEMA_HOPS_MAX = 8 };

static void set_number(struct path_datum *result, double number)
{
    result->value = (struct value){.kind = VALUE_NUMBER, .number = number};
}

/* ---- members ---- */

/* A query cannot go on behind this(): RFC 9535 has no path from a function's result. */
static void call_get(struct path_env *env, const struct path_datum *args, size_t given,
                     struct path_datum *result)
{
    struct value value = args[0].value;
    for (size_t i = 1; i < given && value.kind != VALUE_UNKNOWN; i++) {
        const struct node *member = NULL;
        if (args[i].value.kind == VALUE_UNKNOWN) {
            value = args[i].value;
            break;
        }
        if (value.kind == VALUE_NODE && is_text(&args[i])) {
            member = tree_member(env->tree, value.node, args[i].value.string);
        }
        if (!member) {
            return;
        }
        value = path_node_value(env, member);
    }
    result->value = value;
}

/* ---- schemas of add-ons ---- */

struct schema_walk {
    struct path_env *env;
    const struct node *root; /* of the schema */
    struct nodelist *beyond;
};

/* "#/definitions/Name", or "#/$defs/Name"; NULL for any other reference. */
static const struct node *referenced(const struct schema_walk *w, struct str reference)
{
    const struct tree *tree = w->env->tree;
    struct str group, name;
    if (!str_starts(reference, STR("#/")) || !str_cut(str_from(reference, 2), '/', &group, &name) ||
        (!str_eq(group, STR("definitions")) && !str_eq(group, STR("$defs")))) {
        return NULL;
    }
    const struct node *definitions = tree_member(tree, w->root, group);
    return definitions ? tree_member(tree, definitions, name) : NULL;
}

/* Where there is a reference, drafts before 2019 look at nothing beside it. */
static const struct node *follow(const struct schema_walk *w, const struct node *schema)
{
    for (int hops = 0; hops < SCHEMA_HOPS_MAX && node_is(schema, NODE_OBJECT); hops++) {
        struct str reference = tree_string(w->env->tree, schema, STR("$ref"));
        if (reference.len == 0) {
            return schema;
        }
        schema = referenced(w, reference);
    }
    return NULL;
}

/* Depth is bounded: a schema may refer to itself, and a value may be as deep as a document. */
static void walk_schema(const struct schema_walk *w, const struct node *value,
                        const struct node *schema, int depth)
{
    const struct tree *tree = w->env->tree;
    schema = follow(w, schema);
    if (!schema || value->kind != NODE_OBJECT || depth == SCHEMA_DEPTH_MAX) {
        return;
    }
    const struct node *properties = tree_member(tree, schema, STR("properties"));
    const struct node *additional = tree_member(tree, schema, STR("additionalProperties"));
    bool closed = node_is(additional, NODE_BOOL) && !tree_bool(tree, additional) &&
                  !tree_member(tree, schema, STR("patternProperties"));
    for (uint32_t i = 0; i < node_size(value); i++) {
        const struct node *member = tree_value(tree, value, i);
        const struct node *property =
            node_is(properties, NODE_OBJECT)
                ? tree_member(tree, properties, tree_text(tree, tree_key(tree, value, i)))
                : NULL;
        if (!path_spend(w->env, 1 + (properties ? properties->count : 0))) {
            return;
        }
        if (property) {
            walk_schema(w, member, property, depth + 1);
        } else if (closed) {
            nodelist_add(w->env, w->beyond, (struct path_item){member, NULL});
        }
    }
}

/* Source: JSON Schema, draft 6, "additionalProperties" and "properties", which EKS's schemas are of. */
static void call_beyond_schema(struct path_env *env, const struct path_datum *args, size_t given,
                               struct path_datum *result)
{
    if (any_unknown(args, given)) {
        result->nodes.unknown = true;
    } else if (args[0].value.kind == VALUE_NODE && args[1].value.kind == VALUE_NODE) {
        struct schema_walk walk = {env, args[1].value.node, &result->nodes};
        walk_schema(&walk, args[0].value.node, args[1].value.node, 0);
    }
}

/* ---- issuers ---- */

/*
 * Of an OIDC provider's ARN, or an issuer's URL, what both say: host and path. IAM names the provider so,
 * and its condition keys begin with it. Source: IAM User Guide, "IAM and AWS STS condition context keys",
 * "Available keys for AWS OIDC federation".
 */
static void call_oidc_issuer(struct path_env *env, const struct path_datum *args, size_t given,
                             struct path_datum *result)
{
    (void)env;
    (void)given;
    static const struct str scheme = STR_INIT("https://");
    static const struct str type = STR_INIT("oidc-provider/");
    struct arn arn;
    if (pass_unknown(&args[0], result) || !is_text(&args[0])) {
        return;
    }
    struct str text = args[0].value.string;
    if (str_starts(text, scheme)) {
        answer_text(&args[0], str_from(text, scheme.len), result);
    } else if (arn_parse(text, &arn) && str_starts(arn.resource, type)) {
        answer_text(&args[0], str_from(arn.resource, type.len), result);
    }
}

/* ---- versions ---- */

/* "1.31", "v1.31.2-eks-abc": major and minor; false for another form. */
static bool read_minor(struct str text, uint32_t *major, uint32_t *minor)
{
    uint32_t *const numbers[] = {major, minor};
    text = str_from(text, str_starts(text, STR("v")));
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        size_t digits = 0;
        for (*numbers[i] = 0; digits < text.len && char_is_digit(text.ptr[digits]); digits++) {
            if (digits == MINOR_DIGITS_MAX) {
                return false;
            }
            *numbers[i] = *numbers[i] * 10 + (uint32_t)(text.ptr[digits] - '0');
        }
        bool dot = digits < text.len && text.ptr[digits] == '.';
        if (digits == 0 || (i == 0 && !dot)) {
            return false;
        }
        text = str_from(text, digits + (i == 0));
    }
    return text.len == 0 || text.ptr[0] == '.' || text.ptr[0] == '-' || text.ptr[0] == '+';
}

static void call_minors_between(struct path_env *env, const struct path_datum *args, size_t given,
                                struct path_datum *result)
{
    (void)env;
    uint32_t major[2];
    uint32_t minor[2];
    if (any_unknown(args, given)) {
        result->value.kind = VALUE_UNKNOWN;
        return;
    }
    for (size_t i = 0; i < COUNT_OF(minor); i++) {
        if (!is_text(&args[i]) || !read_minor(args[i].value.string, &major[i], &minor[i])) {
            return;
        }
    }
    if (major[0] == major[1]) {
        set_number(result, (double)minor[1] - minor[0]);
    }
}

/* ---- EC2 ---- */

static size_t skip_letters(struct str text, size_t at)
{
    while (at < text.len && char_is_alpha(text.ptr[at])) {
        at++;
    }
    return at;
}

/*
 * Letters, a generation, and letters of which the first is the processor's: g stands for AWS Graviton,
 * and the first Graviton instances are called a1. What is named otherwise (mac, u-6tb1, p6e-gb200) is
 * not decided. Source: Amazon EC2 Instance Types Guide, "Naming conventions".
 */
static void call_instance_architecture(struct path_env *env, const struct path_datum *args,
                                       size_t given, struct path_datum *result)
{
    (void)env;
    (void)given;
    if (pass_unknown(&args[0], result) || !is_text(&args[0])) {
        return;
    }
    struct str family, size;
    if (!str_cut(args[0].value.string, '.', &family, &size) || size.len == 0) {
        return;
    }
    size_t series = skip_letters(family, 0);
    size_t options = series;
    while (options < family.len && char_is_digit(family.ptr[options])) {
        options++;
    }
    bool named = series && options > series && skip_letters(family, options) == family.len &&
                 !str_starts(family, STR("mac"));
    if (named) {
        bool graviton =
            str_eq(family, STR("a1")) || (options < family.len && family.ptr[options] == 'g');
        set_text(result, graviton ? STR("arm64") : STR("x86_64"));
    }
}

static void call_zone_region(struct path_env *env, const struct path_datum *args, size_t given,
                             struct path_datum *result)
{
    (void)env;
    (void)given;
    struct str zone = is_text(&args[0]) ? args[0].value.string : (struct str){0};
    answer_text(&args[0], region_of_zone(zone), result);
}

static void call_cidr_prefix(struct path_env *env, const struct path_datum *args, size_t given,
                             struct path_datum *result)
{
    (void)env;
    (void)given;
    struct ip_range range;
    if (!pass_unknown(&args[0], result) && is_text(&args[0]) &&
        ip_range_parse(args[0].value.string, &range)) {
        set_number(result, range.bits);
    }
}

/* ---- how many ---- */

/* More than DISTINCT_MAX different ones are not told apart: that is more than anybody asks for. */
static void call_at_least_distinct(struct path_env *env, const struct path_datum *args,
                                   size_t given, struct path_datum *result)
{
    (void)given;
    const struct nodelist *nodes = &args[0].nodes;
    struct value seen[DISTINCT_MAX];
    size_t count = 0;
    bool more = nodes->unknown;
    for (size_t i = 0; i < nodes->count && count < DISTINCT_MAX; i++) {
        struct value value = path_node_value(env, nodes->items[i].node);
        bool known = value.kind != VALUE_UNKNOWN;
        bool is_new = known;
        for (size_t k = 0; k < count && is_new; k++) {
            is_new = path_values_equal(env, &seen[k], &value) == TRUTH_FALSE;
        }
        more = more || !known;
        if (is_new) {
            seen[count++] = value;
        }
    }
    if (args[1].value.kind != VALUE_NUMBER) {
        result->logical = TRUTH_UNKNOWN;
        return;
    }
    bool enough = (double)count >= args[1].value.number;
    result->logical = enough ? TRUTH_TRUE : more ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

/* The table, in alphabetical order; N, V and L as in rule/functions.c. */
#define N TYPE_NODES
#define V TYPE_VALUE
#define L TYPE_LOGICAL

/* clang-format off */
static const struct path_function functions[] = {
    FUNCTION("at_least_distinct", L, 2, 2, call_at_least_distinct, NULL,
             "at_least_distinct(nodes, number) -> logical",
             "There are at least so many different values among the nodes; unknown where only those that are not known could make up for it.",
             "at_least_distinct($.names[*], 1)", N, V),
    FUNCTION("beyond_schema", N, 2, 2, call_beyond_schema, NULL,
             "beyond_schema(value, schema) -> nodes",
             "The members of an object, and of objects in it, that a JSON Schema does not know and does not allow; of its references those to its own definitions are followed.",
             "count(beyond_schema($, $)) == 0", V, V),
    FUNCTION("cidr_prefix", V, 1, 1, call_cidr_prefix, NULL,
             "cidr_prefix(range) -> value",
             "The length of a range's prefix, as a number; Nothing where the value is no range.",
             "cidr_prefix('10.100.0.0/16') == 16", V),
    FUNCTION("get", V, 2, 5, call_get, NULL,
             "get(value, name, …) -> value",
             "The member of an object by its name, and of that the member by the next one; Nothing where there is none. With this(), it reaches what is judged from inside a filter.",
             "count($) == 1 || get($.roles[0], 'arn') == 'x'", V, V, V, V, V),
    FUNCTION("instance_architecture", V, 1, 1, call_instance_architecture, NULL,
             "instance_architecture(type) -> value",
             "The processor that an EC2 instance type's name tells: arm64 or x86_64; Nothing where the name does not tell it.",
             "instance_architecture('m7gd.large') == 'arm64'", V),
    FUNCTION("minors_between", V, 2, 2, call_minors_between, NULL,
             "minors_between(from, to) -> value",
             "How many minor versions the second version of Kubernetes is above the first, as a number, negative where it is below; Nothing where one of them is no version.",
             "minors_between('1.29', 'v1.31.2-eks-1a2b') == 2", V, V),
    FUNCTION("oidc_issuer", V, 1, 1, call_oidc_issuer, NULL,
             "oidc_issuer(value) -> value",
             "Host and path of an issuer, from its URL or from the ARN of the OIDC provider in IAM; condition keys begin with it. Nothing where the value is neither.",
             "oidc_issuer('https://oidc.eks.us-east-1.amazonaws.com/id/0A') == 'oidc.eks.us-east-1.amazonaws.com/id/0A'", V),
    FUNCTION("zone_region", V, 1, 1, call_zone_region, NULL,
             "zone_region(zone) -> value",
             "The region of an Availability Zone, by its name; Nothing where it is none (Local Zones have other names).",
             "zone_region('us-east-1a') == 'us-east-1'", V),
};
/* clang-format on */

#undef N
#undef V
#undef L

const struct path_functions rule_eks_functions = {functions, COUNT_OF(functions),
                                                  &rule_catalogue_functions};
