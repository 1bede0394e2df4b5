/* SPDX-License-Identifier: MIT */
/* Names of rules and of lists of kinds. Patterns are IAM's wildcards, letter case included. */
#include "rule/name.h"

#include "aws/wildcard.h"

bool rule_id_is_valid(struct str id)
{
    size_t slashes = 0;
    for (size_t i = 0; i < id.len; i++) {
        char c = id.ptr[i];
        bool edge = i == 0 || i + 1 == id.len || id.ptr[i - 1] == '/' || id.ptr[i + 1] == '/';
        slashes += c == '/';
        if (!(c >= 'a' && c <= 'z') && !(char_is_digit(c) && !(edge && i == 0)) && c != '-' &&
            c != '/') {
            return false;
        }
        if ((c == '-' || (c == '/' && (i == 0 || i + 1 == id.len))) && edge) {
            return false;
        }
    }
    return slashes == 1 && id.len <= RULE_ID_MAX_BYTES;
}

bool rule_kind_listed(struct str list, struct str kind)
{
    struct str id;
    bool more = true;
    while (more) {
        more = str_cut(list, ',', &id, &list);
        if (str_eq(id, kind)) {
            return true;
        }
    }
    return false;
}

bool rule_id_matches(struct str id, struct str glob)
{
    return wildcard_match(glob, id, false);
}

bool rule_name_matches(struct str id, struct str aka, struct str glob)
{
    struct str name;
    bool matches = rule_id_matches(id, glob);
    for (bool more = aka.len > 0; more && !matches;) {
        more = str_cut(aka, ',', &name, &aka);
        matches = rule_id_matches(name, glob);
    }
    return matches;
}
