/* SPDX-License-Identifier: MIT */
/* The table of limits, and moving them. */
#include "base/limits.h"

#include "base/buf.h"

const struct limits limits_default = {{
#define LIMIT(id, name, value, least, most, unit, what) [LIMIT_##id] = (value),
#include "base/limits.def"
#undef LIMIT
}};

const struct limit_row limit_rows[LIMIT_COUNT] = {
#define LIMIT(id, name, value, least, most, unit, what)                                            \
    [LIMIT_##id] = {STR_INIT(name), (value), (least), (most), STR_INIT(unit), STR_INIT(what)},
#include "base/limits.def"
#undef LIMIT
};

/* The limit of this name; LIMIT_COUNT with *why where there is none. */
static enum limit find(struct arena *arena, struct str name, struct str *why)
{
    struct str names[LIMIT_COUNT];
    for (unsigned i = 0; i < LIMIT_COUNT; i++) {
        names[i] = limit_rows[i].name;
        if (str_eq(name, names[i])) {
            return (enum limit)i;
        }
    }
    struct str nearest = str_nearest(name, names, LIMIT_COUNT);
    *why = nearest.len ? arena_format(arena, "unknown limit '%.*s'; did you mean '%.*s'?",
                                      STR_ARG(name), STR_ARG(nearest))
                       : arena_format(arena, "unknown limit '%.*s'; 'ekslint man' lists them",
                                      STR_ARG(name));
    return LIMIT_COUNT;
}

/* A number with K, M or G behind it; false where it is none or does not fit. */
static bool parse_amount(struct str text, uint64_t *amount)
{
    static const struct str units = STR_INIT("KMG");
    enum { STEP = 10, TEN = 10 };
    unsigned shift = 0;
    for (size_t i = 0; text.len > 1 && i < units.len; i++) {
        shift = text.ptr[text.len - 1] == units.ptr[i] ? STEP * ((unsigned)i + 1) : shift;
    }
    text.len -= shift > 0;
    uint64_t value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!char_is_digit(text.ptr[i]) || value > UINT32_MAX) {
            return false;
        }
        value = value * TEN + (uint64_t)(text.ptr[i] - '0');
    }
    *amount = value << shift;
    return text.len > 0 && *amount >> shift == value;
}

bool limits_set(struct limits *limits, struct arena *arena, struct str setting, struct str *why)
{
    size_t equals = str_find_char(setting, '=');
    if (equals == setting.len) {
        *why = arena_format(arena, "'%.*s' is not of the form NAME=NUMBER", STR_ARG(setting));
        return false;
    }
    struct str number = str_slice(setting, equals + 1, setting.len);
    enum limit limit = find(arena, str_slice(setting, 0, equals), why);
    if (limit == LIMIT_COUNT) {
        return false;
    }
    const struct limit_row *row = &limit_rows[limit];
    uint64_t amount;
    if (!parse_amount(number, &amount) || amount < row->least || amount > row->most) {
        *why = arena_format(arena, "'%.*s' is no number from %llu to %llu, the %.*s %.*s",
                            STR_ARG(number), (unsigned long long)row->least,
                            (unsigned long long)row->most, STR_ARG(row->unit), STR_ARG(row->what));
        return false;
    }
    limits->of[limit] = amount;
    return true;
}

struct str limit_amount(struct arena *arena, enum limit limit, uint64_t amount)
{
    enum { KIB = 1 << 10, MIB = 1 << 20 };
    struct str unit = limit_rows[limit].unit;
    if (str_eq(unit, STR("bytes")) && amount >= KIB && amount % KIB == 0) {
        bool large = amount >= MIB && amount % MIB == 0;
        unit = large ? STR("MiB") : STR("KiB");
        amount /= large ? MIB : KIB;
    }
    return arena_format(arena, "%llu %.*s", (unsigned long long)amount, STR_ARG(unit));
}

struct str limit_advice(struct arena *arena, enum limit limit)
{
    const struct limit_row *row = &limit_rows[limit];
    if (row->least == row->most) {
        return arena_format(arena, "(limit '%.*s', which is fixed)", STR_ARG(row->name));
    }
    struct str most = limit_amount(arena, limit, row->most);
    return arena_format(arena, "(limit '%.*s'; --limit %.*s=N raises it, to %.*s at most)",
                        STR_ARG(row->name), STR_ARG(row->name), STR_ARG(most));
}

struct str limit_reached(struct arena *arena, const struct limits *limits, enum limit limit)
{
    struct str amount = limit_amount(arena, limit, limits->of[limit]);
    struct str advice = limit_advice(arena, limit);
    return arena_format(arena, "more than %.*s %.*s %.*s", STR_ARG(amount),
                        STR_ARG(limit_rows[limit].what), STR_ARG(advice));
}
