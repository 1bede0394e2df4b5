/* SPDX-License-Identifier: MIT */
/* What is said about suppressions, in both languages, and the names of rules in them. */
#include "engine/suppressing.h"

/* ---- saying what is wrong ---- */

static const struct {
    const char *id;
    enum severity severity;
    const char *message[LANGUAGE_COUNT];
    struct str fix[LANGUAGE_COUNT];
} remarks[REMARK_COUNT] = {
    [REMARK_UNUSED] = {"suppression/unused",
                       SEVERITY_WARNING,
                       {"'%.*s' says nothing here, so there is nothing to allow",
                        "「%.*s」の指摘はここにないため、許可するものがありません"},
                       {STR_INIT("Remove the suppression, or move it to the place of the finding. "
                                 "What is said of a whole document is allowed beside its '---'."),
                        STR_INIT(
                            "この許可を消すか、指摘の場所に移してください。文書全体への指摘は、"
                            "その「---」の横で許可します。")}},
    [REMARK_ENTRY] = {"suppression/unused",
                      SEVERITY_WARNING,
                      {"'%.*s' says nothing there, so there is nothing to allow",
                       "「%.*s」の指摘はそこにないため、許可するものがありません"},
                      {STR_INIT("Remove the entry, or correct its file and path."),
                       STR_INIT("このエントリーを消すか、file と path を直してください。")}},
    [REMARK_NOTHING] =
        {"suppression/unused",
         SEVERITY_WARNING,
         {"this stands beside or above nothing, so it allows '%.*s' nowhere",
          "横にも下にも何もないため、「%.*s」はどこでも許可されません"},
         {STR_INIT("Write it above the member or item that it is about, indented like "
                   "it, or at the end of its line."),
          STR_INIT("対象のメンバーまたは要素のすぐ上に同じ字下げで書くか、その行の末尾に"
                   "書いてください。")}},
    [REMARK_ALIAS] =
        {"suppression/unused",
         SEVERITY_WARNING,
         {"'%.*s' says nothing here; what an alias stands for is judged where its anchor "
          "is",
          "「%.*s」の指摘はここにありません。エイリアスの内容はアンカーの場所で判定されます"},
         {STR_INIT("Write the suppression beside the anchor ('&…')."),
          STR_INIT("許可をアンカー（「&…」）の横に書いてください。")}},
    [REMARK_EXPIRED] =
        {"suppression/expired",
         SEVERITY_WARNING,
         {"'%.*s' is not allowed any more: the last day has passed",
          "「%.*s」の許可は最後の日を過ぎました"},
         {STR_INIT("Mend what the rule is about, or look at the reason again and write "
                   "a later day."),
          STR_INIT("ルールの指摘を直すか、理由を見直して新しい日付を書いてください。")}},
    [REMARK_FORBIDDEN] = {"suppression/forbidden",
                          SEVERITY_ERROR,
                          {"nobody may suppress '%.*s': the configuration forbids it",
                           "「%.*s」の許可は設定で禁止されています"},
                          {STR_INIT("Mend what the rule is about, and remove the suppression."),
                           STR_INIT("ルールの指摘を直し、この許可を消してください。")}},
    [REMARK_TOO_MANY] = {"suppression/too-many",
                         SEVERITY_ERROR,
                         {"too many suppressions; this one and those behind it do not count",
                          "許可が多すぎます。これ以降は無視されます"},
                         {STR_INIT("Write what is tolerated everywhere into the configuration."),
                          STR_INIT("全体で許容するものは設定ファイルに書いてください。")}},
};

struct finding *suppressing_say(struct suppressing *s, const char *id, enum severity severity,
                                struct location at, struct str message, struct str fix)
{
    struct finding finding = {
        .rule = str_from_c(id),
        .severity = severity,
        .has_location = true,
        .at = at,
        .message = message,
        .fix = fix,
    };
    return findings_add(&s->said, &finding);
}

struct finding *suppressing_remark(struct suppressing *s, enum remark what, struct location at,
                                   struct str rule)
{
    enum language language = s->e->language;
    struct str message = arena_format(&s->e->arena, remarks[what].message[language], STR_ARG(rule));
    return suppressing_say(s, remarks[what].id, remarks[what].severity, at, message,
                           remarks[what].fix[language]);
}

/* ---- names of rules ---- */

/* The id of the rule that other tools call so, or the nearest one; or empty. */
static struct str find_near(ekslint *e, struct str name)
{
    for (size_t i = 0; i < e->rules.count; i++) {
        if (rule_kind_listed(e->rules.slots[i].aka, name)) {
            return e->rules.slots[i].id;
        }
    }
    return ruleset_nearest(&e->rules, name, &e->scratch);
}

bool suppressing_knows_rule(const ekslint *e, struct str id)
{
    return suppression_knows_other(id) || (rule_id_is_valid(id) && ruleset_knows(&e->rules, id));
}

struct str suppressing_unknown_rule(ekslint *e, struct arena *arena, enum language language,
                                    struct str id)
{
    static const char *const messages[LANGUAGE_COUNT][2] = {
        {"no rule is called '%.*s'; 'ekslint rules list' names all%.*s",
         "no rule is called '%.*s'; did you mean '%.*s'?"},
        {"「%.*s」というルールはありません。一覧は「ekslint rules list」で表示できます%.*s",
         "「%.*s」というルールはありません。「%.*s」のことですか"},
    };
    struct str nearest = find_near(e, id);
    return arena_format(arena, messages[language][nearest.len > 0], STR_ARG(id), STR_ARG(nearest));
}

void engine_check_suppressions(ekslint *e, const struct config_file *file)
{
    for (size_t i = 0; i < file->suppression_count; i++) {
        struct config_text rule = file->suppressions[i].rule;
        if (rule.text.len && !suppressing_knows_rule(e, rule.text)) {
            struct str problem = suppressing_unknown_rule(e, &e->scratch, LANGUAGE_EN, rule.text);
            findings_error(&e->problems, STR("config/rule"), rule.at, "%.*s", STR_ARG(problem));
            e->config.wrong = true;
        }
    }
    for (size_t i = 0; i < file->forbidden.count; i++) {
        struct config_text glob = file->forbidden.items[i];
        if (glob.text.len && !ruleset_knows(&e->rules, glob.text) &&
            !suppression_knows_other(glob.text)) {
            struct str problem = suppressing_unknown_rule(e, &e->scratch, LANGUAGE_EN, glob.text);
            findings_error(&e->problems, STR("config/rule"), glob.at, "%.*s", STR_ARG(problem));
            e->config.wrong = true;
        }
    }
}

const struct config_text *engine_forbids(const ekslint *e, struct str rule)
{
    for (size_t i = 0; i < e->config.count; i++) {
        const struct config_texts *globs = &e->config.parts[i]->file.forbidden;
        for (size_t k = 0; k < globs->count; k++) {
            if (rule_id_matches(rule, globs->items[k].text)) {
                return &globs->items[k];
            }
        }
    }
    return NULL;
}
