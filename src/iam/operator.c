/* SPDX-License-Identifier: MIT */
/* Names of condition operators: [ForAllValues:|ForAnyValue:]Name[IfExists]; Null takes no suffix. */
#include "iam/operator.h"

const struct iam_operator iam_operators[] = {
#define OPERATOR(name, family, comparison, negated)                                                \
    {STR_INIT(#name), FAMILY_##family, COMPARE_##comparison, negated},
#include "iam/operator.def"
#undef OPERATOR
};

const size_t iam_operator_count = COUNT_OF(iam_operators);

static const struct {
    struct str prefix;
    enum iam_quantifier quantifier;
} quantifiers[] = {
    {STR_INIT("ForAllValues:"), QUANTIFIER_ALL},
    {STR_INIT("ForAnyValue:"), QUANTIFIER_ANY},
};

static const struct str if_exists_suffix = STR_INIT("IfExists");

static const struct iam_operator *find_operator(struct str name)
{
    for (size_t i = 0; i < iam_operator_count; i++) {
        if (str_eq(iam_operators[i].name, name)) {
            return &iam_operators[i];
        }
    }
    return NULL;
}

static struct str nearest_name(struct arena *arena, struct str text, struct str prefix,
                               struct str name, bool if_exists)
{
    struct str *names = arena_array(arena, struct str, iam_operator_count);
    for (size_t i = 0; i < iam_operator_count; i++) {
        names[i] = iam_operators[i].name;
    }
    struct str nearest = str_nearest(name, names, iam_operator_count);
    if (nearest.len == 0 || (if_exists && str_eq(nearest, STR("Null")))) {
        return str_starts(text, STR("Null")) ? STR("Null") : (struct str){0};
    }
    return arena_format(arena, "%.*s%.*s%s", STR_ARG(prefix), STR_ARG(nearest),
                        if_exists ? "IfExists" : "");
}

bool iam_operator_parse(struct arena *arena, struct str text, struct iam_operator_use *use,
                        struct str *nearest)
{
    struct str name = text;
    struct str prefix = {0};
    *use = (struct iam_operator_use){0};
    for (size_t i = 0; i < COUNT_OF(quantifiers); i++) {
        if (str_starts(text, quantifiers[i].prefix)) {
            prefix = quantifiers[i].prefix;
            use->quantifier = quantifiers[i].quantifier;
            name = str_from(text, prefix.len);
        }
    }
    if (str_ends(name, if_exists_suffix)) {
        use->if_exists = true;
        name = str_slice(name, 0, name.len - if_exists_suffix.len);
    }
    use->compare = find_operator(name);
    if (use->compare && !(use->if_exists && use->compare->family == FAMILY_NULL)) {
        return true;
    }
    *nearest = nearest_name(arena, text, prefix, name, use->if_exists);
    return false;
}
