/* SPDX-License-Identifier: MIT */
/*
 * The actions that a pattern matches. A pattern is cut at its first colon, since neither half of an
 * action's name holds one. The service is looked up where it has no wildcard, and of its actions
 * only those are matched that begin like the pattern.
 */
#include "aws/catalogue.h"
#include "aws/catalogue_table.h"
#include "aws/wildcard.h"

static size_t before_wildcard(struct str pattern)
{
    size_t star = str_find_char(pattern, '*');
    size_t mark = str_find_char(pattern, '?');
    return star < mark ? star : mark;
}

struct catalogue_expansion catalogue_expand(struct str pattern, uint64_t budget)
{
    struct catalogue_expansion expansion = {.budget = budget};
    if (!str_cut(pattern, ':', &expansion.service, &expansion.name)) {
        if (!wildcard_is_stars(pattern)) {
            return expansion;
        }
        expansion.service = expansion.name = STR("*");
    }
    expansion.literal = before_wildcard(expansion.name);
    if (!wildcard_is_pattern(pattern)) {
        uint32_t action = catalogue_find_action(pattern);
        if (action != CATALOGUE_NONE) {
            expansion.actions = (struct catalogue_range){action, action + 1};
        }
    } else if (wildcard_is_pattern(expansion.service)) {
        expansion.end_service = CATALOGUE_SERVICE_COUNT;
    } else {
        uint32_t service = catalogue_find_service(expansion.service);
        if (service != CATALOGUE_NONE) {
            expansion.next_service = service;
            expansion.end_service = service + 1;
        }
    }
    return expansion;
}

/*
 * The first of the actions [range) that begins with something after the literal, or, with
 * `or_equal`, with the literal itself.
 */
static uint32_t bound(struct catalogue_range range, struct str literal, bool or_equal)
{
    while (range.first < range.end) {
        uint32_t middle = range.first + (range.end - range.first) / 2;
        int order = catalogue_compare_start(middle, literal);
        if (order > 0 || (order == 0 && or_equal)) {
            range.end = middle;
        } else {
            range.first = middle + 1;
        }
    }
    return range.first;
}

static bool spend(struct catalogue_expansion *expansion, enum truth matched)
{
    expansion->exhausted = expansion->exhausted || matched == TRUTH_UNKNOWN;
    return matched == TRUTH_TRUE;
}

/* Go on to the next service that matches. */
static bool enter_service(struct catalogue_expansion *expansion)
{
    while (expansion->next_service < expansion->end_service && !expansion->exhausted) {
        uint32_t service = expansion->next_service++;
        enum truth matched = wildcard_match_within(
            expansion->service, catalogue_service_name(service), true, &expansion->budget);
        if (spend(expansion, matched)) {
            struct str literal = str_slice(expansion->name, 0, expansion->literal);
            struct catalogue_range actions = catalogue_service_actions(service);
            actions.first = bound(actions, literal, true);
            actions.end = bound(actions, literal, false);
            expansion->actions = actions;
            return true;
        }
    }
    return false;
}

static bool matches(struct catalogue_expansion *expansion, uint32_t action)
{
    struct str rest = str_from(expansion->name, expansion->literal);
    if (rest.len == 1 && rest.ptr[0] == '*') {
        if (expansion->budget == 0) {
            return spend(expansion, TRUTH_UNKNOWN);
        }
        expansion->budget--;
        return true;
    }
    struct catalogue_text text;
    struct str name = catalogue_action_bare_name(action, &text);
    return spend(expansion, wildcard_match_within(rest, str_from(name, expansion->literal), true,
                                                  &expansion->budget));
}

bool catalogue_next_action(struct catalogue_expansion *expansion, uint32_t *action)
{
    while (!expansion->exhausted) {
        while (expansion->actions.first < expansion->actions.end && !expansion->exhausted) {
            *action = expansion->actions.first++;
            if (matches(expansion, *action)) {
                return true;
            }
        }
        if (!enter_service(expansion)) {
            break;
        }
    }
    return false;
}
