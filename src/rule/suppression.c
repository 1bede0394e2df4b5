/* SPDX-License-Identifier: MIT */
/* Directives are words divided by blanks, up to "--"; what is behind that is prose. */
#include "rule/suppression.h"

#include "aws/moment.h"
#include "rule/name.h"

struct str suppression_state_name(enum suppression_state state)
{
    static const struct str names[SUPPRESSION_STATE_COUNT] = {
        [SUPPRESSION_USED] = STR_INIT("used"),
        [SUPPRESSION_UNUSED] = STR_INIT("unused"),
        [SUPPRESSION_OPEN] = STR_INIT("undecided"),
        [SUPPRESSION_EXPIRED] = STR_INIT("expired"),
        [SUPPRESSION_FORBIDDEN] = STR_INIT("forbidden"),
    };
    return names[state];
}

/* ---- directives ---- */

/* The next word; an empty one behind the last. */
static struct str next_word(struct str *text)
{
    size_t end = 0;
    *text = str_trim(*text);
    while (end < text->len && text->ptr[end] != ' ' && text->ptr[end] != '\t') {
        end++;
    }
    struct str word = str_slice(*text, 0, end);
    *text = str_from(*text, end);
    return word;
}

static bool is_pattern(struct str word)
{
    return str_find_char(word, '*') < word.len || str_find_char(word, '?') < word.len;
}

static enum suppression_fault check_rule(struct str rule)
{
    if (rule.len == 0) {
        return SUPPRESSION_NO_RULE;
    }
    if (is_pattern(rule)) {
        return SUPPRESSION_PATTERN;
    }
    return str_find_char(rule, ',') < rule.len ? SUPPRESSION_SEVERAL : SUPPRESSION_GOOD;
}

/* A word between the rule and the reason. */
static enum suppression_fault take_option(struct str word, struct suppression_words *words)
{
    static const struct str until = STR_INIT("until=");
    int32_t day;
    if (!str_starts(word, until) || words->until.len) {
        return SUPPRESSION_SEVERAL;
    }
    words->until = str_from(word, until.len);
    return date_parse(words->until, &day) ? SUPPRESSION_GOOD : SUPPRESSION_BAD_DATE;
}

enum suppression_fault suppression_parse(struct str text, struct suppression_words *words)
{
    static const struct str dashes = STR_INIT("--");
    *words = (struct suppression_words){0};
    words->wrong = next_word(&text);
    if (!str_eq(words->wrong, STR("allow"))) {
        return SUPPRESSION_NO_DIRECTIVE;
    }
    struct str word = next_word(&text);
    words->rule = str_eq(word, dashes) ? (struct str){0} : word;
    words->wrong = words->rule.len ? words->rule : words->wrong;
    enum suppression_fault fault = check_rule(words->rule);
    word = next_word(&text);
    while (fault == SUPPRESSION_GOOD && word.len && !str_eq(word, dashes)) {
        words->wrong = word;
        fault = take_option(word, words);
        word = next_word(&text);
    }
    words->reason = str_trim(text);
    if (fault == SUPPRESSION_GOOD && words->reason.len == 0) {
        words->wrong = words->rule;
        return SUPPRESSION_NO_REASON;
    }
    return fault;
}

struct str suppression_fault_message(struct arena *arena, enum language language,
                                     enum suppression_fault fault, struct str wrong)
{
    static const char *const messages[SUPPRESSION_FAULT_COUNT][LANGUAGE_COUNT] = {
        [SUPPRESSION_NO_DIRECTIVE] =
            {"'%.*s' is no directive; write '# ekslint: allow RULE-ID -- REASON' or "
             "'# ekslint: kind=KIND'",
             "「%.*s」というディレクティブはありません。「# ekslint: allow ルールID -- 理由」または"
             "「# ekslint: kind=種類」と書いてください"},
        [SUPPRESSION_NO_RULE] =
            {"'%.*s' without a rule; write '# ekslint: allow RULE-ID -- REASON'",
             "「%.*s」にルールの指定がありません。「# ekslint: allow ルールID -- "
             "理由」と書いてください"},
        [SUPPRESSION_PATTERN] =
            {"'%.*s' is a pattern, which would allow rules that nobody has looked at; write the id "
             "of one rule",
             "「%.*"
             "s」はパターンで、確認していないルールまで許可してしまいます。ルールIDを1つ書いてく"
             "ださい"},
        [SUPPRESSION_SEVERAL] =
            {"'%.*s' is one word too many; a directive allows one rule, then "
             "'until=YYYY-MM-DD' or nothing, then '-- REASON'; write a line for "
             "each rule",
             "「%.*s」は余分です。ディレクティブで許可できるルールは1つで、そのあとに"
             "書けるのは「until=YYYY-MM-DD」と「-- 理由」だけです。ルールごとに1行書"
             "いてください"},
        [SUPPRESSION_NO_REASON] =
            {"no reason why '%.*s' is allowed; write it behind '--': '# "
             "ekslint: allow RULE-ID -- REASON'",
             "「%.*s」を許可する理由がありません。「--」の後ろに書いてください:「# "
             "ekslint: allow ルールID -- 理由」"},
        [SUPPRESSION_BAD_DATE] = {"'%.*s' has no date; write the last day as until=YYYY-MM-DD",
                                  "「%.*s」は日付ではありません。最後の日を until=YYYY-MM-DD "
                                  "の形で書いてください"},
    };
    const char *message = messages[fault][language];
    return message ? arena_format(arena, message, STR_ARG(wrong)) : (struct str){0};
}

bool suppression_is_over(struct str until, struct str today)
{
    int32_t last, now;
    return date_parse(until, &last) && date_parse(today, &now) && now > last;
}

/* ---- what it is about ---- */

/* A file that cannot be read is none of these: there is nothing to tolerate in what nobody knows. */
static const struct str others[] = {
    STR_INIT("case/policy-unknown"),    STR_INIT("case/region-unknown"),
    STR_INIT("case/role-unknown"),      STR_INIT("case/conflict"),
    STR_INIT("case/missing-file"),      STR_INIT("case/not-a-policy"),
    STR_INIT("case/not-a-policy-list"), STR_INIT("case/other-account"),
    STR_INIT("case/other-region"),      STR_INIT("case/too-large"),
    STR_INIT("case/too-many"),          STR_INIT("config/unused"),
    STR_INIT("file/template"),          STR_INIT("schema/missing-key"),
    STR_INIT("schema/unknown-key"),     STR_INIT("schema/wrong-type"),
    STR_INIT("schema/wrong-value"),     STR_INIT("syntax/duplicate-key"),
};

bool suppression_knows_other(struct str glob)
{
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        if (rule_id_matches(others[i], glob)) {
            return true;
        }
    }
    return false;
}

bool suppression_covers_path(struct str prefix, struct str path)
{
    return str_starts(path, prefix) &&
           (prefix.len == 0 || path.len == prefix.len || path.ptr[prefix.len] == '[');
}
