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

/* The nearest prefix to a written one, with its colon; empty where none is near. */
static struct str nearest_prefix(struct str written)
{
    struct str prefixes[COUNT_OF(quantifiers)];
    for (size_t i = 0; i < COUNT_OF(quantifiers); i++) {
        prefixes[i] = quantifiers[i].prefix;
    }
    return str_nearest(written, prefixes, COUNT_OF(prefixes));
}

/* The nearest operator, with IfExists behind it or without. */
static struct str nearest_operator(struct arena *arena, struct str written)
{
    struct str *names = arena_array(arena, struct str, 2 * iam_operator_count);
    size_t count = 0;
    for (size_t i = 0; i < iam_operator_count; i++) {
        struct str name = iam_operators[i].name;
        names[count++] = name;
        if (iam_operators[i].family != FAMILY_NULL) {
            names[count++] =
                arena_format(arena, "%.*s%.*s", STR_ARG(name), STR_ARG(if_exists_suffix));
        }
    }
    return str_nearest(written, names, count);
}

static struct str nearest_name(struct arena *arena, struct str text)
{
    size_t colon = str_find_char(text, ':');
    struct str name = text;
    struct str prefix = {0};
    if (colon < text.len) {
        prefix = nearest_prefix(str_slice(text, 0, colon + 1));
        name = str_trim(str_from(text, colon + 1));
        if (prefix.len == 0) {
            return (struct str){0};
        }
    }
    size_t end = name.len - (str_ends(name, if_exists_suffix) ? if_exists_suffix.len : 0);
    struct str null = STR("Null");
    struct str nearest =
        str_eq_nocase(str_slice(name, 0, end), null) ? null : nearest_operator(arena, name);
    if (nearest.len == 0) {
        return nearest;
    }
    return arena_format(arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(nearest));
}

bool iam_operator_parse(struct arena *arena, struct str text, struct iam_operator_use *use,
                        struct str *nearest)
{
    struct str name = text;
    *use = (struct iam_operator_use){0};
    for (size_t i = 0; i < COUNT_OF(quantifiers); i++) {
        if (str_starts(text, quantifiers[i].prefix)) {
            use->quantifier = quantifiers[i].quantifier;
            name = str_from(text, quantifiers[i].prefix.len);
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
    *nearest = nearest_name(arena, text);
    return false;
}
