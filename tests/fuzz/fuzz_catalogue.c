/* SPDX-License-Identifier: MIT */
/*
 * The catalogue held against its definition: a pattern expands to the actions that match one by
 * one, what a name finds has that name, and an ARN that fits a type as it is fits it with any of
 * its bytes made a '*'.
 */
#include "aws/catalogue.h"
#include "aws/wildcard.h"
#include "check.h"

static void check_expansion(struct str pattern)
{
    struct catalogue_expansion expansion = catalogue_expand(pattern, 1 << 22);
    uint32_t action;
    uint32_t next = 0;
    struct catalogue_text text;
    bool colon = str_find_char(pattern, ':') < pattern.len;
    while (catalogue_next_action(&expansion, &action)) {
        CHECK(action >= next && action < CATALOGUE_ACTION_COUNT);
        for (; colon && next < action; next++) {
            CHECK(!wildcard_match(pattern, catalogue_action_name(next, &text), true));
        }
        CHECK(!colon || wildcard_match(pattern, catalogue_action_name(action, &text), true));
        next = action + 1;
    }
    for (; colon && !expansion.exhausted && next < CATALOGUE_ACTION_COUNT; next++) {
        CHECK(!wildcard_match(pattern, catalogue_action_name(next, &text), true));
    }
}

static void check_names(struct str name)
{
    struct catalogue_text text;
    uint32_t action = catalogue_find_action(name);
    CHECK(action == CATALOGUE_NONE || str_eq_nocase(catalogue_action_name(action, &text), name));
    uint32_t key = catalogue_find_key(name);
    CHECK(key == CATALOGUE_NONE || catalogue_key_is_template(key) ||
          str_eq_nocase(catalogue_key_name(key), name));
    action = catalogue_nearest_action(name);
    CHECK(action == CATALOGUE_NONE || action < CATALOGUE_ACTION_COUNT);
    key = catalogue_nearest_key(name);
    CHECK(key == CATALOGUE_NONE || key < CATALOGUE_KEY_ROW_COUNT);
    catalogue_knows_principal(name);
}

/* Behind the fifth colon, where a '*' may stand for anything. */
static void check_arn(uint32_t type, struct str arn)
{
    char wider[256];
    if (arn.len > sizeof wider || !catalogue_type_fits(type, arn) ||
        str_find(arn, STR("${")) < arn.len) {
        return;
    }
    size_t colons = 0;
    for (size_t i = 0; i < arn.len; i++) {
        if (colons >= 5) {
            memcpy(wider, arn.ptr, arn.len);
            wider[i] = '*';
            CHECK(catalogue_type_fits(type, (struct str){wider, arn.len}));
        }
        colons += arn.ptr[i] == ':';
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    if (size < 2 || size > 4096) {
        return 0;
    }
    check_names(text);
    check_expansion(text);
    check_arn((data[0] * 256U + data[1]) % CATALOGUE_RESOURCE_TYPE_COUNT, str_from(text, 2));
    return 0;
}
