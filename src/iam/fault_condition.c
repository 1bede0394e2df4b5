/* SPDX-License-Identifier: MIT */
/*
 * Condition operators and keys. Of a key's name the first fault hides the others and what could be said
 * of its type. Sources: IAM User Guide, "IAM JSON policy elements: Condition operators", "Set operators
 * for multivalued context keys"; IAM Access Analyzer policy check reference.
 */
#include "iam/inspection.h"

#include "aws/catalogue.h"

/* ---- names of keys ---- */

/* A family of tags, such as aws:ResourceTag, without the tag's name. */
static bool lacks_tag(struct inspection *in, struct str name)
{
    bool slash = str_ends(name, STR("/"));
    struct str family = str_slice(name, 0, name.len - (slash ? 1 : 0));
    struct str whole = arena_format(in->faults->arena, "%.*s/x", STR_ARG(family));
    uint32_t key = catalogue_find_key(whole);
    return key != CATALOGUE_NONE && catalogue_key_is_template(key) &&
           str_find_char(catalogue_key_name(key), '/') < catalogue_key_name(key).len &&
           str_find_char(family, '/') == family.len;
}

static struct str nearest_key(struct inspection *in, struct str name)
{
    uint32_t nearest = may_suggest(in) ? catalogue_nearest_key(name) : CATALOGUE_NONE;
    return nearest == CATALOGUE_NONE ? (struct str){0} : catalogue_key_name(nearest);
}

static bool has_mark_of_templates(struct str text)
{
    return str_find_char(text, '{') < text.len || str_find_char(text, '$') < text.len ||
           str_find_char(text, '<') < text.len;
}

/*
 * aws:PrincipalOrgMasterAccountId is accepted, and documented nowhere. A prefix with a dot or a slash is
 * an identity provider's, which may be anybody's, as are the claims of SAML. What a tool or a reader has
 * yet to fill in ("${oidc}:sub", "$oidc_provider:sub", "<issuer>:sub") may be anything.
 */
static bool is_spared(struct str name, struct str prefix)
{
    return str_eq_nocase(name, STR("aws:PrincipalOrgMasterAccountId")) ||
           str_find_char(prefix, '.') < prefix.len || str_find_char(prefix, '/') < prefix.len ||
           has_mark_of_templates(prefix) || str_eq_nocase(prefix, STR("saml")) ||
           catalogue_absent_service(prefix) != ABSENCE_UNKNOWN;
}

static bool inspect_key_name(struct inspection *in, const struct tested_key *test)
{
    struct str name = test->name;
    size_t colon = str_find_char(name, ':');
    struct str prefix = str_slice(name, 0, colon);
    bool found = test->number != CATALOGUE_NONE;
    if (colon == 0 || colon + 1 >= name.len) {
        add_fault(in, FAULT_KEY_FORMAT, test->values);
    } else if (str_eq_nocase(name, STR("aws:ARN"))) {
        add_fault(in, FAULT_KEY_ARN, test->values);
    } else if ((!found || str_ends(name, STR("/"))) && lacks_tag(in, name)) {
        add_fault(in, FAULT_KEY_TAG, test->values);
    } else if (found || is_spared(name, prefix)) {
        return true;
    } else if (str_eq_nocase(prefix, STR("aws"))) {
        add_fault_text(in, FAULT_KEY_GLOBAL, test->values, nearest_key(in, name));
    } else if (catalogue_find_service(prefix) == CATALOGUE_NONE) {
        add_fault_text(in, FAULT_KEY_SERVICE, test->values, meant_service(in, prefix));
    } else {
        add_fault_text(in, FAULT_KEY, test->values, nearest_key(in, name));
    }
    return false;
}

/* ---- types of keys ---- */

static const struct str family_names[FAMILY_COUNT] = {
    [FAMILY_STRING] = STR_INIT("string"), [FAMILY_NUMERIC] = STR_INIT("numeric"),
    [FAMILY_DATE] = STR_INIT("date"),     [FAMILY_BOOL] = STR_INIT("Boolean"),
    [FAMILY_BINARY] = STR_INIT("binary"), [FAMILY_IP] = STR_INIT("IP address"),
    [FAMILY_ARN] = STR_INIT("ARN"),       [FAMILY_NULL] = STR_INIT("null"),
};

/* Operators for ARNs take strings, too, and the other way round. */
static bool compares(enum iam_family family, uint32_t key)
{
    static const enum key_type own[FAMILY_COUNT] = {
        [FAMILY_STRING] = KEY_STRING, [FAMILY_NUMERIC] = KEY_NUMERIC, [FAMILY_DATE] = KEY_DATE,
        [FAMILY_BOOL] = KEY_BOOL,     [FAMILY_BINARY] = KEY_BINARY,   [FAMILY_IP] = KEY_IP_ADDRESS,
        [FAMILY_ARN] = KEY_ARN,       [FAMILY_NULL] = KEY_STRING,
    };
    enum key_type type = catalogue_key_type(key);
    bool texts = (family == FAMILY_STRING || family == FAMILY_ARN) &&
                 (type == KEY_STRING || type == KEY_ARN);
    return family == FAMILY_NULL || texts || type == own[family] ||
           (family == FAMILY_NUMERIC && catalogue_key_is_numeric_too(key));
}

static bool is_audience(struct str name)
{
    size_t colon = str_after_last(name, ':');
    struct str claim = str_from(name, colon);
    struct str provider = str_slice(name, 0, colon ? colon - 1 : 0);
    return (str_eq_nocase(claim, STR("aud")) || str_eq_nocase(claim, STR("oaud"))) &&
           (str_find_char(provider, '.') < provider.len || str_eq_nocase(provider, STR("saml")));
}

static void inspect_key_type(struct inspection *in, const struct tested_key *test)
{
    const struct iam_operator *compare = test->use->compare;
    uint32_t key = test->number;
    bool anybodys =
        catalogue_key_is_template(key) && str_starts(catalogue_key_name(key), STR("${"));
    if (compare->family == FAMILY_NULL || anybodys) {
        return;
    }
    if (compare->family == FAMILY_STRING && compare->comparison == COMPARE_LIKE &&
        catalogue_key_type(key) == KEY_ARN) {
        add_fault(in, FAULT_KEY_LIKE_ARN, test->values);
    } else if (!compares(compare->family, key)) {
        struct iam_fault *fault = add_fault(in, FAULT_KEY_TYPE, test->values);
        struct iam_fault_detail *detail = fault_detail(in, fault);
        detail->text = key_type_name(catalogue_key_type(key), false);
        detail->other = family_names[compare->family];
    }
    if (catalogue_key_is_multivalued(key) && test->use->quantifier == QUANTIFIER_NONE) {
        add_fault(in, FAULT_KEY_QUALIFIER, test->values);
    }
    if (!catalogue_key_is_multivalued(key) && test->use->quantifier == QUANTIFIER_ALL) {
        add_fault(in, FAULT_KEY_ALL_VALUES, test->values);
    }
}

static void inspect_audience(struct inspection *in, const struct tested_key *test)
{
    if (test->use->quantifier != QUANTIFIER_NONE && is_audience(test->name)) {
        add_fault(in,
                  test->use->quantifier == QUANTIFIER_ANY ? FAULT_KEY_AUDIENCE_ANY
                                                          : FAULT_KEY_AUDIENCE_ALL,
                  test->values);
    }
}

/* ---- a key with its values ---- */

static bool has_values(struct inspection *in, const struct tested_key *test)
{
    if (node_size(test->values) > 0) {
        return true;
    }
    static const enum iam_fault_id faults[] = {
        [QUANTIFIER_NONE] = FAULT_VALUES_NONE,
        [QUANTIFIER_ALL] = FAULT_VALUES_NONE_ALL,
        [QUANTIFIER_ANY] = FAULT_VALUES_NONE_ANY,
    };
    bool if_exists = test->use->if_exists && test->use->quantifier == QUANTIFIER_NONE;
    add_fault(in, if_exists ? FAULT_VALUES_NONE_IF_EXISTS : faults[test->use->quantifier],
              test->values);
    return false;
}

/* All values that are known are of one type, a type that a condition can have. */
static bool has_one_type(struct inspection *in, const struct node *values)
{
    bool good = true;
    bool mixed = false;
    const struct node *first = NULL;
    for (uint32_t i = 0; i < node_size(values); i++) {
        const struct node *value = tree_element(in->tree, values, i);
        if (value->kind == NODE_UNKNOWN) {
            continue;
        }
        if (node_is_container(value) || value->kind == NODE_NULL) {
            add_fault_text(in, FAULT_TYPE, value, STR("a string, a number or a Boolean value"));
            good = false;
        }
        first = first ? first : value;
        mixed = mixed || value->kind != first->kind;
    }
    if (good && mixed) {
        add_fault(in, FAULT_VALUES_MIXED, values);
    }
    return good && !mixed;
}

/* What the caller's program sends as it likes: whoever is kept out writes another text. */
static void inspect_writer(struct inspection *in, const struct tested_key *test)
{
    bool by_caller = str_eq_nocase(test->name, STR("aws:UserAgent")) ||
                     str_eq_nocase(test->name, STR("aws:referer"));
    if (by_caller && !str_eq(test->operator_name, STR("Null"))) {
        enum truth any = test->values->kind == NODE_UNKNOWN ? TRUTH_UNKNOWN
                                                            : truth_of(node_size(test->values) > 0);
        in->by_caller = truth_or(in->by_caller, any);
    }
}

static void inspect_key(struct inspection *in, struct tested_key *test)
{
    inspect_writer(in, test);
    inspect_no_variables(in, test->values, test->name);
    test->number = test->key->note ? test->key->note - 1 : catalogue_find_key(test->name);
    test->known = inspect_key_name(in, test);
    test->open = test->values->kind != NODE_ARRAY || has_unknown_entry(in, test->values);
    in->faults->unknown = in->faults->unknown || test->open;
    if (!has_one_type(in, test->values) || !test->use->compare) {
        return;
    }
    if (test->known && test->number != CATALOGUE_NONE) {
        inspect_key_type(in, test);
        inspect_key_use(in, test);
    }
    inspect_audience(in, test);
    if (test->values->kind == NODE_ARRAY && has_values(in, test)) {
        inspect_values(in, test);
        inspect_stars(in, test);
    }
}

/* Two spellings of one key; said of the later one. */
static void inspect_spellings(struct inspection *in, const struct node *keys)
{
    uint32_t size = node_size(keys);
    struct arena_mark mark = arena_mark(in->faults->arena);
    struct text_look *looks = arena_array(in->faults->arena, struct text_look, size);
    for (uint32_t i = 0; i < size; i++) {
        looks[i] = look_at(text_of(in, tree_key(in->tree, keys, i)));
    }
    bool repeated = size > 1 && may_repeat(in->faults->arena, looks, size);
    arena_rewind(in->faults->arena, mark);
    if (!repeated) {
        return;
    }
    for (uint32_t i = 1; i < node_size(keys); i++) {
        struct str name = text_of(in, tree_key(in->tree, keys, i));
        for (uint32_t k = 0; k < i && spend(in, 16); k++) {
            struct str other = text_of(in, tree_key(in->tree, keys, k));
            if (str_eq_nocase(name, other)) {
                add_fault_text(in, FAULT_KEY_CASE, tree_value(in->tree, keys, i), other);
                break;
            }
        }
    }
}

/* ---- operators ---- */

static struct iam_operator_use inspect_operator(struct inspection *in, struct str name,
                                                const struct node *value)
{
    struct iam_operator_use use;
    struct str nearest = {0};
    if (!iam_operator_parse(in->faults->arena, name, &use, &nearest)) {
        bool null = use.compare && use.compare->family == FAMILY_NULL;
        add_fault_text(in, null ? FAULT_OPERATOR_NULL_IF_EXISTS : FAULT_OPERATOR, value, nearest);
        use.compare = NULL;
    } else if (use.compare->family == FAMILY_NULL && use.quantifier != QUANTIFIER_NONE) {
        add_fault_text(in, FAULT_OPERATOR_NULL_QUALIFIER, value,
                       str_slice(name, 0, str_find_char(name, ':')));
    }
    return use;
}

void inspect_condition(struct inspection *in)
{
    const struct node *condition = in->condition;
    if (node_size(condition) == 0) {
        add_fault(in, FAULT_EMPTY_CONDITION, condition);
    }
    for (uint32_t i = 0; i < node_size(condition); i++) {
        struct str name = text_of(in, tree_key(in->tree, condition, i));
        const struct node *keys = tree_value(in->tree, condition, i);
        struct iam_operator_use use = inspect_operator(in, name, keys);
        if (keys->kind == NODE_UNKNOWN) {
            in->faults->unknown = true;
        } else if (keys->kind != NODE_OBJECT) {
            add_fault_text(in, FAULT_TYPE, keys, STR("an object"));
        } else if (node_size(keys) == 0) {
            add_fault(in, FAULT_EMPTY_CONDITION, keys);
        }
        for (uint32_t k = 0; k < node_size(keys) && keys->kind == NODE_OBJECT; k++) {
            struct tested_key test = {
                .use = &use,
                .operator_name = name,
                .key = tree_key(in->tree, keys, k),
                .values = tree_value(in->tree, keys, k),
                .name = text_of(in, tree_key(in->tree, keys, k)),
            };
            inspect_key(in, &test);
        }
        if (keys->kind == NODE_OBJECT) {
            inspect_spellings(in, keys);
        }
    }
}
