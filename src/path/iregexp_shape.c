/* SPDX-License-Identifier: MIT */
/*
 * The shapes of patterns; see the header. A bounded repetition of more than FEW_REPEATS counts as
 * an unbounded one.
 */
#include "path/iregexp_shape.h"

enum { FEW_REPEATS = 10 };

const struct charset charset_all = {{UINT64_MAX, UINT64_MAX}, true};

static struct charset set_union(struct charset a, struct charset b)
{
    return (struct charset){{a.ascii[0] | b.ascii[0], a.ascii[1] | b.ascii[1]},
                            a.beyond || b.beyond};
}

static bool sets_meet(struct charset a, struct charset b)
{
    return (a.ascii[0] & b.ascii[0]) || (a.ascii[1] & b.ascii[1]) || (a.beyond && b.beyond);
}

struct charset charset_complement(struct charset a)
{
    return (struct charset){{~a.ascii[0], ~a.ascii[1]}, true};
}

void charset_add(struct charset *set, uint32_t from, uint32_t to)
{
    for (uint32_t c = from; c <= to && c < 0x80; c++) {
        set->ascii[c / 64] |= UINT64_C(1) << (c % 64);
    }
    set->beyond = set->beyond || to >= 0x80;
}

struct shape shape_of_char(struct charset set)
{
    return (struct shape){.first = set};
}

static struct charset set_if(bool condition, struct charset set)
{
    return condition ? set : (struct charset){{0, 0}, false};
}

struct shape shape_of_nothing(void)
{
    return (struct shape){.nullable = true};
}

struct shape shape_join(struct shape a, struct shape b)
{
    return (struct shape){
        .nullable = a.nullable && b.nullable,
        .first = set_union(a.first, set_if(a.nullable, b.first)),
        .tail = set_union(b.tail, set_if(b.nullable, set_union(a.tail, b.first))),
        .loop_first = set_union(a.loop_first, set_if(a.nullable, b.loop_first)),
        .loop_tail = set_union(b.loop_tail, set_if(b.nullable, a.loop_tail)),
        .has_choice = a.has_choice || b.has_choice || sets_meet(a.tail, b.first) ||
                      (a.nullable && sets_meet(a.first, b.first)),
        .may_backtrack = a.may_backtrack || b.may_backtrack || sets_meet(a.loop_tail, b.loop_first),
    };
}

struct shape shape_either(struct shape a, struct shape b)
{
    return (struct shape){
        .nullable = a.nullable || b.nullable,
        .first = set_union(a.first, b.first),
        .tail = set_union(a.tail, b.tail),
        .loop_first = set_union(a.loop_first, b.loop_first),
        .loop_tail = set_union(a.loop_tail, b.loop_tail),
        .has_choice = a.has_choice || b.has_choice || sets_meet(a.first, b.first),
        .may_backtrack = a.may_backtrack || b.may_backtrack,
    };
}

struct shape shape_repeat(struct shape a, uint32_t min, uint32_t max)
{
    bool again = max > 1;
    bool many = max > FEW_REPEATS;
    bool again_is_choice = again && (a.nullable || sets_meet(a.tail, a.first));
    struct charset more = set_if(again && max > min, a.first);
    struct shape result = a;
    result.nullable = a.nullable || min == 0;
    result.tail = set_union(a.tail, more);
    result.has_choice = a.has_choice || again_is_choice;
    result.may_backtrack = a.may_backtrack || (again && sets_meet(a.loop_tail, a.loop_first));
    if (many) {
        result.loop_first = set_union(a.loop_first, more);
        result.loop_tail = set_union(a.loop_tail, more);
        result.may_backtrack = result.may_backtrack || result.has_choice;
    }
    return result;
}
