/* SPDX-License-Identifier: MIT */
/* Symbols are texts in three parts, with a character between them that no name holds. */
#include "tree/symbol.h"

enum { BETWEEN = 0x1f };

struct str symbol_text(struct arena *arena, struct symbol symbol)
{
    return arena_format(arena, "%.*s%c%.*s%c%.*s", STR_ARG(symbol.scope), BETWEEN,
                        STR_ARG(symbol.sort), BETWEEN, STR_ARG(symbol.name));
}

bool symbol_parse(struct str text, struct symbol *symbol)
{
    struct str rest;
    return str_cut(text, BETWEEN, &symbol->scope, &rest) &&
           str_cut(rest, BETWEEN, &symbol->sort, &symbol->name);
}

enum truth symbols_equal(struct str a, struct str b)
{
    struct symbol x, y;
    if (!symbol_parse(a, &x) || !symbol_parse(b, &y) || !str_eq(x.sort, y.sort)) {
        return TRUTH_UNKNOWN;
    }
    bool same = str_eq(x.scope, y.scope) && str_eq(x.name, y.name);
    return same ? TRUTH_TRUE : x.sort.len ? TRUTH_FALSE : TRUTH_UNKNOWN;
}
