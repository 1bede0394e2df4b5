/* SPDX-License-Identifier: MIT */
/* From symptoms to patterns, and from a text to the patterns that fit it best. */
#include "rule/pattern.h"

#include "path/program.h"
#include "rule/functions.h"

#include <stdlib.h>

enum { FILL_STEPS = 1000, TEXT_MAX_BYTES = 8192 };

void pattern_set_init(struct pattern_set *set, struct arena *arena)
{
    *set = (struct pattern_set){.arena = arena};
    atoms_init(&set->words, arena, NULL);
}

/* ---- from a symptom to a pattern ---- */

struct composer {
    struct pattern_set *set;
    struct pattern *pattern;
    const struct rule *rule;
    const struct node *row;
    struct buf literal; /* since the last gap */
    struct buf text;
    bool gap_open;
    struct str gap;
    size_t capacity;
};

static bool uses_row(const struct path_program *program)
{
    return path_calls(program, STR("row"));
}

/* Does the value hang on the row alone? */
static bool is_row_text(const struct path_program *program)
{
    for (size_t i = 0; i < program->op_count; i++) {
        if (program->ops[i].code == OP_QUERY) {
            return false;
        }
    }
    return uses_row(program) && !path_uses_current(program);
}

static bool wording_uses_row(const struct wording *wording)
{
    bool uses = false;
    for (size_t i = 0; i < wording->count; i++) {
        uses = uses || (wording->parts[i].program && uses_row(wording->parts[i].program));
    }
    return uses;
}

static void write_row_text(const struct rule *rule, const struct node *row,
                           const struct path_program *program, struct buf *out)
{
    struct arena scratch = {0};
    struct rule_context context = {.row_tree = rule->tree, .row = row};
    struct path_env env = {
        .tree = rule->tree,
        .root = rule->tree->root,
        .scratch = &scratch,
        .steps = FILL_STEPS,
        .context = &context,
    };
    struct path_datum datum = {0};
    path_evaluate(program, &env, &datum);
    wording_write_datum(&env, &datum, out);
    arena_release(&scratch);
}

static void add_row_text(struct composer *c, const struct path_program *program)
{
    write_row_text(c->rule, c->row, program, &c->literal);
    write_row_text(c->rule, c->row, program, &c->text);
}

/* What was gathered becomes a segment, if there are letters in it. */
static void close_segment(struct composer *c)
{
    struct pattern *pattern = c->pattern;
    struct folded literal;
    struct str text = arena_str(c->set->arena, buf_str(&c->literal));
    folding_fold(text, c->set->arena, &c->set->words, &literal);
    c->literal.len = 0;
    if (literal.letter_count == 0) {
        return;
    }
    pattern->segments = arena_grow(c->set->arena, pattern->segments, pattern->segment_count,
                                   &c->capacity, sizeof *pattern->segments);
    pattern->segments[pattern->segment_count++] =
        (struct pattern_segment){literal, c->gap_open, c->gap};
    pattern->letter_count += (uint32_t)literal.letter_count;
    pattern->word_count += literal.word_count;
    c->gap_open = false;
}

static void add_gap(struct composer *c, struct str expression)
{
    close_segment(c);
    if (!c->gap_open) {
        c->gap = expression;
    }
    c->gap_open = true;
    buf_printf(&c->text, "{%.*s}", STR_ARG(expression));
}

static void compose(struct composer *c, const struct wording *wording)
{
    for (size_t i = 0; i < wording->count; i++) {
        const struct wording_part *part = &wording->parts[i];
        if (!part->program) {
            buf_add(&c->literal, part->literal);
            buf_add(&c->text, part->literal);
        } else if (c->row && is_row_text(part->program)) {
            add_row_text(c, part->program);
        } else {
            add_gap(c, str_slice(wording->text, part->lo, part->hi));
        }
    }
    close_segment(c);
    c->pattern->gap_behind = c->gap_open;
    c->pattern->last_gap = c->gap;
    c->pattern->text = arena_str(c->set->arena, buf_str(&c->text));
}

struct str pattern_fill_row(const struct rule *rule, const struct wording *wording, uint32_t row,
                            struct arena *arena)
{
    const struct node *node =
        row && rule->rows ? tree_element(rule->tree, rule->rows, row - 1) : NULL;
    struct buf out = buf_with_max(TEXT_MAX_BYTES);
    for (size_t i = 0; i < wording->count; i++) {
        const struct wording_part *part = &wording->parts[i];
        if (!part->program) {
            buf_add(&out, part->literal);
        } else if (node && is_row_text(part->program)) {
            write_row_text(rule, node, part->program, &out);
        } else if (!str_ends(buf_str(&out), STR("…"))) {
            buf_add_c(&out, "…"); /* one for several that follow each other */
        }
    }
    struct str text = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return text;
}

uint32_t pattern_row_count(const struct rule *rule, const struct wording *wording)
{
    return rule->rows && wording_uses_row(wording) ? node_size(rule->rows) : 1;
}

static uint32_t evidence_of(const struct folded *folded, const struct folded_word *word)
{
    uint32_t letters = 0;
    for (uint32_t i = word->lo; i < word->hi; i++) {
        uint32_t c = folded->letters[i].code_point;
        bool is_kana = c >= 0x3041 && c <= 0x30FF;
        letters += letter_is_wide(c) && !is_kana ? 2 : 1;
    }
    return word->is_identifier ? 2 * letters : letters;
}

static uint32_t weight_of(const struct folded *folded, const struct folded_word *word)
{
    enum { SHORT_LETTERS = 3, SINGLE = 2, PLAIN = 3, NAME = 4 };
    uint32_t c = folded->letters[word->lo].code_point;
    if (word->is_identifier) {
        return NAME;
    }
    bool is_hiragana = c >= 0x3041 && c <= 0x309F;
    if (is_hiragana || (c < 0x80 && word->hi - word->lo <= SHORT_LETTERS)) {
        return 0; /* endings and particles; "the", "for", "not" */
    }
    return letter_is_wide(c) && word->hi - word->lo == 1 ? SINGLE : PLAIN;
}

static void list_words(struct pattern *pattern, struct arena *arena)
{
    size_t count = 0;
    pattern->words = arena_array(arena, struct pattern_word, pattern->word_count);
    for (size_t s = 0; s < pattern->segment_count; s++) {
        const struct folded *literal = &pattern->segments[s].literal;
        for (size_t i = 0; i < literal->word_count; i++) {
            const struct folded_word *word = &literal->words[i];
            uint32_t evidence = evidence_of(literal, word);
            pattern->words[count++] = (struct pattern_word){
                .atom = word->atom,
                .weight = weight_of(literal, word),
                .letters = evidence,
                .gap_before = i == 0 && pattern->segments[s].gap_before,
                .is_identifier = word->is_identifier,
            };
            pattern->identifier_count += word->is_identifier;
            pattern->evidence += evidence;
        }
    }
}

/* A message of Rails begins in lower case, where the name of the attribute goes before it. */
static bool is_phrase(const struct pattern *pattern)
{
    enum { PHRASE_WORDS = 8, COMMON_WORDS = 3 };
    if (pattern->segment_count != 1 || pattern->segments[0].gap_before || pattern->gap_behind) {
        return false;
    }
    char first = str_trim(pattern->text).ptr[0];
    return (first >= 'a' && first <= 'z' && pattern->word_count <= PHRASE_WORDS) ||
           (pattern->word_count <= COMMON_WORDS && pattern->identifier_count == 0);
}

/* Rails leaves "_id" out where it writes "eks_access_key_id" for people. */
static void add_attributes(struct pattern_set *set, struct pattern *pattern)
{
    static const struct str suffix = STR_INIT("_id");
    struct str name = pattern->symptom->attribute;
    folding_fold(name, set->arena, &set->words, &pattern->attributes[0]);
    pattern->attribute_count = pattern->attributes[0].letter_count > 0;
    if (pattern->attribute_count && str_ends(name, suffix) && name.len > suffix.len) {
        folding_fold(str_slice(name, 0, name.len - suffix.len), set->arena, &set->words,
                     &pattern->attributes[pattern->attribute_count++]);
    }
}

static void add_pattern(struct pattern_set *set, struct pattern pattern,
                        const struct wording *wording, const struct node *row)
{
    struct composer composer = {
        .set = set,
        .pattern = &pattern,
        .rule = pattern.rule,
        .row = row,
        .literal = buf_with_max(TEXT_MAX_BYTES),
        .text = buf_with_max(TEXT_MAX_BYTES),
    };
    compose(&composer, wording);
    buf_release(&composer.literal);
    buf_release(&composer.text);
    if (pattern.letter_count == 0 || pattern.segment_count >= PATTERN_GAPS_MAX) {
        return; /* it would fit anything; or it has more gaps than a text for people */
    }
    list_words(&pattern, set->arena);
    pattern.is_phrase = is_phrase(&pattern);
    if (pattern.is_phrase) {
        add_attributes(set, &pattern);
    }
    set->items = arena_grow(set->arena, set->items, set->count, &set->capacity, sizeof *set->items);
    set->items[set->count++] = pattern;
}

void pattern_set_add(struct pattern_set *set, const struct rule *rule,
                     const struct rule_texts *symptoms)
{
    for (size_t s = 0; s < symptoms->symptom_count; s++) {
        const struct symptom *symptom = &symptoms->symptoms[s];
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            const struct wording *wording = &symptom->text[language];
            if (language > 0 && str_eq(wording->text, symptom->text[0].text)) {
                continue;
            }
            bool by_row = rule->rows && wording_uses_row(wording);
            uint32_t rows = pattern_row_count(rule, wording);
            for (uint32_t i = 0; i < rows; i++) {
                struct pattern pattern = {.rule = rule,
                                          .symptom = symptom,
                                          .language = (enum language)language,
                                          .row = by_row ? i + 1 : 0};
                add_pattern(set, pattern, wording,
                            by_row ? tree_element(rule->tree, rule->rows, i) : NULL);
            }
        }
    }
}

/* ---- finding ---- */

static int compare_matches(const void *left, const void *right)
{
    const struct pattern_match *a = left;
    const struct pattern_match *b = right;
    if (a->fit != b->fit) {
        return a->fit < b->fit ? -1 : 1;
    }
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    int order = str_compare(a->pattern->rule->id, b->pattern->rule->id);
    if (order == 0 && a->pattern->symptom->heading != b->pattern->symptom->heading) {
        return a->pattern->symptom->heading ? -1 : 1;
    }
    /* Patterns of one rule stand in one array, in order. */
    return order ? order : (a->pattern > b->pattern) - (a->pattern < b->pattern);
}

static bool same_symptom(const struct pattern *a, const struct pattern *b)
{
    return a->rule == b->rule && a->symptom == b->symptom && a->row == b->row;
}

/* A symptom that fits in both languages is named once, by the better. */
static size_t drop_repeated(struct pattern_match *matches, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool repeated = false;
        for (size_t k = 0; k < kept && !repeated; k++) {
            repeated = same_symptom(matches[k].pattern, matches[i].pattern);
        }
        if (!repeated) {
            matches[kept++] = matches[i];
        }
    }
    return kept;
}

/* Only the best fit counts, and of what is no fit at all only the nearest. */
static size_t keep_best(struct pattern_match *matches, size_t count)
{
    size_t kept = 0;
    if (count) {
        qsort(matches, count, sizeof *matches, compare_matches);
    }
    bool whole = count && matches[0].fit <= FIT_CONTAINS;
    while (kept < count &&
           (whole ? matches[kept].fit <= FIT_CONTAINS : matches[kept].fit == matches[0].fit)) {
        kept++;
    }
    if (kept && matches[0].fit == FIT_NONE) {
        return 1;
    }
    return drop_repeated(matches, kept);
}

size_t pattern_find(struct pattern_set *set, struct str text, struct arena *arena,
                    struct pattern_match **matches)
{
    struct folded folded;
    struct atoms words;
    size_t count = 0;
    atoms_init(&words, arena, &set->words);
    folding_fold(folding_repair(text, arena), arena, &words, &folded);
    struct pattern_match *found = arena_array(arena, struct pattern_match, set->count);
    for (size_t i = 0; i < set->count; i++) {
        count += pattern_match_letters(&set->items[i], &folded, arena, &found[count]);
    }
    for (size_t i = 0; count == 0 && i < set->count; i++) {
        found[i].fit = FIT_COUNT;
        if (!pattern_match_words(&set->items[i], &folded, &words, arena, &found[i])) {
            found[i].fit = FIT_COUNT;
        }
    }
    if (count == 0) {
        for (size_t i = 0; i < set->count; i++) {
            if (found[i].fit != FIT_COUNT) {
                found[count++] = found[i];
            }
        }
    }
    *matches = found;
    return keep_best(found, count);
}
