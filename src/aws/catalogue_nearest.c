/* SPDX-License-Identifier: MIT */
/* What was meant: the names of the catalogue that are most similar to one that it does not know. */
#include "aws/catalogue.h"
#include "aws/catalogue_table.h"
#include "aws/region.h"

/* The best of the candidates so far, as str_nearest() chooses. */
struct search {
    struct str word;
    size_t limit;
    uint32_t found;
    bool done;
};

static struct search search_for(struct str word)
{
    return (struct search){word, str_near_limit(word), CATALOGUE_NONE, false};
}

static void consider(struct search *search, struct str name, uint32_t index)
{
    size_t apart =
        name.len > search->word.len ? name.len - search->word.len : search->word.len - name.len;
    if (search->done || apart > search->limit) {
        return;
    }
    size_t distance = str_distance(search->word, name, search->limit);
    if (distance <= search->limit) {
        search->found = index;
        search->done = distance == 0;
        search->limit = distance ? distance - 1 : 0;
    }
}

uint32_t catalogue_nearest_service(struct str prefix)
{
    struct search search = search_for(prefix);
    for (uint32_t i = 0; i < CATALOGUE_SERVICE_COUNT; i++) {
        consider(&search, catalogue_service_name(i), i);
    }
    return search.found;
}

uint32_t catalogue_nearest_of_service(uint32_t service, struct str bare)
{
    struct search search = search_for(bare);
    struct catalogue_range actions = catalogue_service_actions(service);
    struct catalogue_text text;
    for (uint32_t i = actions.first; i < actions.end; i++) {
        consider(&search, catalogue_action_bare_name(i, &text), i);
    }
    return search.found;
}

/* The action of this name where only one service has one. */
static uint32_t only_one_named(struct str bare)
{
    uint32_t found = CATALOGUE_NONE;
    struct catalogue_text text;
    for (uint32_t i = 0; i < CATALOGUE_ACTION_COUNT; i++) {
        if (str_eq_nocase(catalogue_action_bare_name(i, &text), bare)) {
            if (found != CATALOGUE_NONE) {
                return CATALOGUE_NONE;
            }
            found = i;
        }
    }
    return found;
}

uint32_t catalogue_nearest_action(struct str name)
{
    struct str prefix;
    struct str bare;
    if (!str_cut(name, ':', &prefix, &bare)) {
        return only_one_named(name);
    }
    uint32_t service = catalogue_find_service(prefix);
    if (service == CATALOGUE_NONE) {
        service = catalogue_nearest_service(prefix);
    }
    uint32_t found =
        service == CATALOGUE_NONE ? service : catalogue_nearest_of_service(service, bare);
    return found == CATALOGUE_NONE ? only_one_named(bare) : found;
}

/* A key with a tag's name or the like in it: its template, by what stands before the slash. */
static uint32_t nearest_template(struct str name)
{
    size_t slash = str_find_char(name, '/');
    struct search search = search_for(str_slice(name, 0, slash));
    for (size_t i = 0; slash < name.len && i < CATALOGUE_TEMPLATE_COUNT; i++) {
        const struct catalogue_key *key = &catalogue_keys[catalogue_templates[i]];
        struct str before = str_slice(reference_text(key->name), 0, key->prefix);
        if (str_ends(before, STR("/"))) {
            consider(&search, str_slice(before, 0, before.len - 1), catalogue_templates[i]);
        }
    }
    return search.found;
}

/* What a name begins with, up to the colon; empty where it has none. */
static struct str prefix_of(struct str name)
{
    size_t colon = str_find_char(name, ':');
    return str_slice(name, 0, colon < name.len ? colon : 0);
}

/* A service that is known is meant; so may any prefix be where none was written. */
static bool may_be_meant(struct str prefix, bool known, struct str other)
{
    size_t limit = str_near_limit(prefix);
    return prefix.len == 0 || str_eq_nocase(prefix, other) ||
           (!known && str_distance(prefix, other, limit) <= limit);
}

uint32_t catalogue_nearest_key(struct str name)
{
    uint32_t found = nearest_template(name);
    struct search search = search_for(name);
    struct str prefix = prefix_of(name);
    bool known =
        str_eq_nocase(prefix, STR("aws")) || catalogue_find_service(prefix) != CATALOGUE_NONE;
    for (uint32_t i = 0; found == CATALOGUE_NONE && i < CATALOGUE_KEY_ROW_COUNT; i++) {
        if (!(catalogue_keys[i].flags & KEY_TEMPLATE) &&
            may_be_meant(prefix, known, prefix_of(catalogue_key_name(i)))) {
            consider(&search, catalogue_key_name(i), i);
        }
    }
    return found == CATALOGUE_NONE ? search.found : found;
}

bool catalogue_knows_principal(struct str name)
{
    struct str label = partition_strip_suffix(name);
    for (size_t i = 0; label.len && i < CATALOGUE_PRINCIPAL_COUNT; i++) {
        if (str_eq(partition_strip_suffix(reference_text(catalogue_principals[i])), label)) {
            return true;
        }
    }
    return false;
}

struct str catalogue_nearest_principal(struct str name)
{
    struct search search = search_for(name);
    for (uint32_t i = 0; i < CATALOGUE_PRINCIPAL_COUNT; i++) {
        consider(&search, reference_text(catalogue_principals[i]), i);
    }
    if (search.found == CATALOGUE_NONE) {
        return (struct str){0};
    }
    return reference_text(catalogue_principals[search.found]);
}
