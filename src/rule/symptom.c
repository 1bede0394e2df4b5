/* SPDX-License-Identifier: MIT */
/* Symptoms and the versions of GitLab. */
#include "rule/symptom.h"

enum { NUMBER_MAX = 9999 };

/* The number at the start of *text, which is then cut off. */
static bool take_number(struct str *text, uint32_t *number)
{
    size_t at = 0;
    *number = 0;
    while (at < text->len && char_is_digit(text->ptr[at]) && *number <= NUMBER_MAX) {
        *number = *number * 10 + (uint32_t)(text->ptr[at++] - '0');
    }
    *text = str_from(*text, at);
    return at > 0 && *number <= NUMBER_MAX;
}

bool symptom_version_parse(struct str text, uint32_t *version)
{
    uint32_t major, minor;
    *version = 0;
    if (str_starts(text, STR("v"))) {
        text = str_from(text, 1);
    }
    if (!take_number(&text, &major) || !str_starts(text, STR("."))) {
        return false;
    }
    text = str_from(text, 1);
    bool good = take_number(&text, &minor) && (text.len == 0 || strchr(".-+", text.ptr[0]));
    *version = good ? major * (NUMBER_MAX + 1) + minor : 0;
    return good;
}

bool symptom_is_shown(const struct symptom *symptom, uint32_t version)
{
    if (version == 0) {
        return symptom->until == 0;
    }
    return version >= symptom->since && (symptom->until == 0 || version <= symptom->until);
}

const struct symptom *symptom_pick(const struct rule_texts *texts, uint32_t version)
{
    for (size_t i = 0; i < texts->symptom_count; i++) {
        if (symptom_is_shown(&texts->symptoms[i], version)) {
            return &texts->symptoms[i];
        }
    }
    return texts->symptom_count ? texts->symptoms : NULL;
}

void symptom_version_write(uint32_t version, struct buf *out)
{
    buf_printf(out, "%u.%u", version / (NUMBER_MAX + 1), version % (NUMBER_MAX + 1));
}

bool symptom_is_among(const struct str *texts, size_t count, struct str text)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(texts[i], text)) {
            return true;
        }
    }
    return false;
}
