/* SPDX-License-Identifier: MIT */
/* Deciding by layers of wishes. */
#include "rule/choice.h"

#include "rule/name.h"

static const struct str profile_names[] = {
    [PROFILE_DEFAULT] = STR_INIT("default"),
    [PROFILE_CHECKS] = STR_INIT("access-analyzer"),
    [PROFILE_PEDANTIC] = STR_INIT("pedantic"),
};

bool rule_profile_parse(struct str name, enum rule_profile *profile)
{
    for (size_t i = 0; i < COUNT_OF(profile_names); i++) {
        if (str_eq(name, profile_names[i])) {
            *profile = (enum rule_profile)i;
            return true;
        }
    }
    return false;
}

struct str rule_profile_name(enum rule_profile profile)
{
    return profile_names[profile];
}

void rule_layer_add(struct arena *arena, struct rule_layer *layer, struct rule_wish wish)
{
    layer->wishes =
        arena_grow(arena, layer->wishes, layer->count, &layer->capacity, sizeof *layer->wishes);
    layer->wishes[layer->count++] = wish;
    layer->selects = layer->selects || wish.what == WISH_SELECT;
}

const struct rule_layer *rule_choice_profile(const struct rule_choice *choice)
{
    for (size_t i = choice->count; i > 0; i--) {
        if (choice->layers[i - 1]->has_profile) {
            return choice->layers[i - 1];
        }
    }
    return NULL;
}

static bool is_in_profile(const struct rule_choice *choice, struct rule_label rule)
{
    const struct rule_layer *layer = rule_choice_profile(choice);
    enum rule_profile profile = layer ? layer->profile : PROFILE_DEFAULT;
    if (profile == PROFILE_CHECKS) {
        return rule.aka.len > 0 || (!rule.built_in && !rule.pedantic);
    }
    return !rule.pedantic || profile == PROFILE_PEDANTIC;
}

static bool matches(struct rule_label rule, const struct rule_wish *wish)
{
    return rule_name_matches(rule.id, rule.aka, wish->glob);
}

/* What a layer makes of a rule that is wanted, or not, as far as the lower ones go. */
static bool layer_wants(const struct rule_layer *layer, struct rule_label rule, bool in_profile,
                        bool wanted)
{
    wanted = wanted && !layer->selects;
    bool ignored = false;
    for (size_t i = 0; i < layer->count && !ignored; i++) {
        const struct rule_wish *wish = &layer->wishes[i];
        if (wish->what == WISH_IGNORE) {
            ignored = matches(rule, wish);
        } else if (wish->what == WISH_SELECT && !wanted && matches(rule, wish)) {
            /* A glob does not reach into another profile; naming the rule does. */
            wanted =
                in_profile || str_eq(rule.id, wish->glob) || rule_kind_listed(rule.aka, wish->glob);
        }
    }
    return wanted && !ignored;
}

bool rule_choice_wants(const struct rule_choice *choice, struct rule_label rule)
{
    bool in_profile = is_in_profile(choice, rule);
    bool wanted = in_profile;
    for (size_t i = 0; i < choice->count; i++) {
        wanted = layer_wants(choice->layers[i], rule, in_profile, wanted);
    }
    return wanted;
}

const struct rule_wish *rule_choice_severity(const struct rule_choice *choice,
                                             struct rule_label rule,
                                             const struct rule_layer **layer)
{
    for (size_t i = choice->count; i > 0; i--) {
        *layer = choice->layers[i - 1];
        for (size_t k = (*layer)->count; k > 0; k--) {
            const struct rule_wish *wish = &(*layer)->wishes[k - 1];
            if (wish->what == WISH_SEVERITY && matches(rule, wish)) {
                return wish;
            }
        }
    }
    return NULL;
}
