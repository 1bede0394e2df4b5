/* SPDX-License-Identifier: MIT */
/* Names for whoever completes them: nothing is loaded for that. */
#include "engine/engine.h"

static void add_line(struct buf *out, struct str name)
{
    buf_add(out, name);
    buf_add_char(out, '\n');
}

ekslint_text ekslint_rule_ids(ekslint *e)
{
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    for (size_t i = 0; i < e->rules.count; i++) {
        add_line(&out, e->rules.slots[i].id);
    }
    return engine_take_text(&out);
}

ekslint_text ekslint_kind_ids(ekslint *e)
{
    struct buf out = buf_with_max(ENGINE_TEXT_MAX);
    for (size_t i = 0; i < e->kinds.count; i++) {
        if (kind_can_be_named(&e->kinds.items[i])) {
            add_line(&out, e->kinds.items[i].id);
        }
    }
    return engine_take_text(&out);
}
