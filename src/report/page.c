/* SPDX-License-Identifier: MIT */
/*
 * From a rule to the sections of its page. What the rule's file says comes first; where it says nothing
 * of a section, what follows from its keys is said.
 */
#include "report/page.h"

#include "report/formats.h"
#include "report/words.h"
#include "rule/pattern.h"
#include "rule/symptom.h"
#include "tree/write_json.h"

enum {
    PAGE_TEXT_MAX = 1 << 20,
    PRINT_COLUMNS = 100,
    PRINT_COLUMNS_MIN = 40,
    CODE_COLUMNS = 4,
    OTHERS_MAX = 8
};

struct page_builder {
    const struct page_input *input;
    const struct rule *rule;
    struct arena *arena;
    struct page *page;
    struct page_section *section;
};

struct phrase {
    struct str english, japanese;
};

static const struct phrase phrases[PAGE_WORD_COUNT] = {
/* The formatter would take these braces for a block. */
/* clang-format off */
#define PAGE_WORD(name, english, japanese) \
    [PAGE_##name] = {STR_INIT(english), STR_INIT(japanese)},
#include "report/page_words.def"
#undef PAGE_WORD
    /* clang-format on */
};

struct str page_word(enum language language, enum page_word word)
{
    return language == LANGUAGE_JA ? phrases[word].japanese : phrases[word].english;
}

struct str page_word_with(struct arena *arena, enum language language, enum page_word word,
                          struct str value)
{
    struct str head, tail;
    if (!str_cut(page_word(language, word), '#', &head, &tail)) {
        return head;
    }
    return arena_format(arena, "%.*s%.*s%.*s", STR_ARG(head), STR_ARG(value), STR_ARG(tail));
}

/* ---- blocks ---- */

static void begin(struct page_builder *b, enum page_word heading)
{
    b->section = &b->page->sections[b->page->section_count];
    *b->section = (struct page_section){.heading = heading};
}

/* A section in which nothing stands is none. */
static void end(struct page_builder *b)
{
    b->page->section_count += b->section->count > 0;
}

static struct page_block *add(struct page_builder *b, enum page_block_type type, struct str text)
{
    struct page_section *section = b->section;
    text = str_trim(text);
    if (text.len == 0) {
        return NULL;
    }
    section->blocks = arena_grow(b->arena, section->blocks, section->count, &section->capacity,
                                 sizeof *section->blocks);
    section->blocks[section->count] = (struct page_block){.type = type, .text = text};
    return &section->blocks[section->count++];
}

static void add_code(struct page_builder *b, const char *language, struct str name, struct str text)
{
    struct page_block *block = add(b, PAGE_CODE, text);
    if (block) {
        block->text = arena_format(b->arena, "%.*s\n", STR_ARG(block->text));
        block->language = language;
        block->name = name;
    }
}

static struct str word(const struct page_builder *b, enum page_word name)
{
    return page_word(b->page->language, name);
}

static struct str word_with(const struct page_builder *b, enum page_word name, struct str value)
{
    return page_word_with(b->arena, b->page->language, name, value);
}

static struct str filled(const struct page_builder *b, const struct wording *wording, uint32_t row)
{
    return str_trim(pattern_fill_row(b->rule, wording, row, b->arena));
}

/* The text of an expression as the rule's file has it. */
static struct str source_of(const struct page_builder *b, const char *member)
{
    return str_trim(tree_string(b->rule->tree, b->rule->tree->root, str_from_c(member)));
}

/* ---- the top ---- */

static void add_fact(struct page_builder *b, enum page_word label, struct str value)
{
    if (value.len) {
        b->page->facts[b->page->fact_count++] = (struct page_fact){label, value};
    }
}

/* "a, b" of "a,b". */
static struct str spaced(const struct page_builder *b, struct str list)
{
    struct buf out = buf_with_max(PAGE_TEXT_MAX);
    struct str item;
    for (bool more = list.len > 0, first = true; more; first = false) {
        more = str_cut(list, ',', &item, &list);
        buf_printf(&out, "%s%.*s", first ? "" : ", ", STR_ARG(item));
    }
    struct str kept = arena_str(b->arena, buf_str(&out));
    buf_release(&out);
    return kept;
}

static const struct stage *stage_of(const struct page_builder *b, size_t *place)
{
    const struct flows *flows = b->input->flows;
    return flows && b->rule->stage.len ? flows_find_stage(flows, b->rule->stage, place) : NULL;
}

static struct str stage_text(const struct page_builder *b)
{
    size_t place = 0;
    const struct stage *stage = stage_of(b, &place);
    if (!stage) {
        return b->rule->stage;
    }
    size_t number = place % STAGES_MAX + 1;
    return arena_format(b->arena, "%zu. %.*s (%.*s)", number,
                        STR_ARG(stage->title[b->page->language]), STR_ARG(stage->id));
}

/*
 * The releases of GitLab that show the error, "13.7 – 14.9", as far as every one of its texts says so:
 * a text without a bound leaves the end open.
 */
static struct str versions_text(const struct page_builder *b)
{
    const struct rule_texts *texts = b->rule->texts;
    uint32_t since = texts->symptom_count ? UINT32_MAX : 0;
    uint32_t until = texts->symptom_count ? 1 : 0;
    for (size_t i = 0; i < texts->symptom_count; i++) {
        const struct symptom *symptom = &texts->symptoms[i];
        since = symptom->since < since ? symptom->since : since;
        until = !symptom->until || !until ? 0 : symptom->until > until ? symptom->until : until;
    }
    struct buf text = buf_with_max(64);
    if (since || until) {
        buf_add_c(&text, "GitLab");
        if (since) {
            buf_add_char(&text, ' ');
            symptom_version_write(since, &text);
        }
        buf_add_c(&text, " –");
        if (until) {
            buf_add_char(&text, ' ');
            symptom_version_write(until, &text);
        }
    }
    struct str kept = arena_str(b->arena, buf_str(&text));
    buf_release(&text);
    return kept;
}

static void add_facts(struct page_builder *b)
{
    const struct rule *rule = b->rule;
    struct str aka = spaced(b, rule->aka);
    if (rule->aka.len && rule->finding_type.len) {
        aka = arena_format(b->arena, "%.*s (IAM Access Analyzer, %.*s)", STR_ARG(aka),
                           STR_ARG(rule->finding_type));
    }
    add_fact(b, PAGE_SEVERITY, severity_name(rule->own_severity));
    add_fact(b, PAGE_PROFILE, rule->pedantic ? STR("pedantic") : STR("default"));
    add_fact(b, PAGE_KINDS, spaced(b, rule->kind_list));
    add_fact(b, PAGE_STAGE, stage_text(b));
    add_fact(b, PAGE_VERSIONS, versions_text(b));
    add_fact(b, PAGE_AKA, aka);
}

/* ---- examples ---- */

/* At a terminal code is indented, and a page is read on any. */
static unsigned print_width(unsigned width)
{
    bool fits = width >= PRINT_COLUMNS_MIN && width < PRINT_COLUMNS;
    return fits ? width - CODE_COLUMNS : PRINT_COLUMNS;
}

/* What `check` prints for the findings of an example. */
static struct str printed(const struct page_builder *b, const struct example *example)
{
    struct findings fired = example->fired;
    struct results results = {.findings = &fired};
    struct report report = *b->input->report;
    struct buf out = buf_with_max(PAGE_TEXT_MAX);
    report.results = &results;
    report.quiet = true;
    report.color = false;
    report.width = print_width(report.width);
    report.language = b->page->language == LANGUAGE_JA ? REPORT_JA : REPORT_EN;
    report_text(&report, &out);
    struct str kept = arena_str(b->arena, buf_str(&out));
    buf_release(&out);
    return kept;
}

/* Names of tests are in English; some say no more than the heading does. */
static bool says_more(struct str name)
{
    return name.len && !str_eq(name, STR("wrong")) && !str_eq(name, STR("right"));
}

static void add_example(struct page_builder *b, enum page_word heading,
                        const struct example *example)
{
    if (!example) {
        return;
    }
    begin(b, heading);
    if (says_more(example->name) && b->page->language == LANGUAGE_EN) {
        add(b, PAGE_TEXT, word_with(b, PAGE_TEST, example->name));
    }
    for (size_t i = 0; i < example->file_count; i++) {
        const struct example_file *file = &example->files[i];
        add_code(b, file->language, file->source->name, file->source->bytes);
    }
    if (example->fired.count) {
        add(b, PAGE_TEXT, word(b, PAGE_PRINTS));
        add_code(b, "text", (struct str){0}, printed(b, example));
    }
    if (example->fired_count > example->fired.count) {
        size_t more = example->fired_count - example->fired.count;
        add(b, PAGE_TEXT, word_with(b, PAGE_MORE_FINDINGS, arena_format(b->arena, "%zu", more)));
    }
    end(b);
}

/* ---- words ---- */

/* The message and the fix speak of the failing example where there is one. */
static struct str said(const struct page_builder *b, const struct wording *wording, bool fix)
{
    const struct example *wrong = b->input->examples.wrong;
    if (wrong && wrong->fired.count) {
        return fix ? wrong->fired.items[0].fix : wrong->fired.items[0].message;
    }
    return filled(b, wording, 0);
}

static void add_problem(struct page_builder *b)
{
    enum language language = b->page->language;
    begin(b, PAGE_PROBLEM);
    struct str full_stop = language == LANGUAGE_JA ? STR("。") : STR(".");
    struct str title = b->page->title;
    bool ends = str_ends(title, STR(".")) || str_ends(title, STR("。"));
    add(b, PAGE_TEXT,
        arena_format(b->arena, "%.*s%.*s", STR_ARG(title),
                     STR_ARG(ends ? (struct str){0} : full_stop)));
    struct str message = said(b, &b->rule->texts->message[language], false);
    add(b, PAGE_TEXT, b->input->examples.wrong ? word_with(b, PAGE_SAYS, message) : message);
    end(b);
}

/* AWS, IAM User Guide, "Validate policies with IAM Access Analyzer": what its severities mean. */
static void add_finding_type(struct page_builder *b)
{
    static const struct {
        struct str type;
        enum page_word word;
    } rows[] = {
        {STR_INIT("ERROR"), PAGE_TYPE_ERROR},
        {STR_INIT("SECURITY_WARNING"), PAGE_TYPE_SECURITY},
        {STR_INIT("WARNING"), PAGE_TYPE_WARNING},
        {STR_INIT("SUGGESTION"), PAGE_TYPE_SUGGESTION},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (str_eq(b->rule->finding_type, rows[i].type)) {
            add(b, PAGE_TEXT, word(b, rows[i].word));
        }
    }
}

static void add_why(struct page_builder *b)
{
    static const enum page_word by_severity[SEVERITY_COUNT] = {PAGE_BY_INFO, PAGE_BY_WARNING,
                                                               PAGE_BY_ERROR};
    enum language language = b->page->language;
    const struct stage *stage = stage_of(b, NULL);
    begin(b, PAGE_WHY);
    add(b, PAGE_TEXT, filled(b, &b->rule->texts->why[language], 0));
    add_finding_type(b);
    if (stage) {
        bool stops = b->rule->own_severity == SEVERITY_ERROR;
        add(b, PAGE_TEXT,
            word_with(b, stops ? PAGE_STOPS : PAGE_MAY_GO_ON, stage->happens[language]));
    }
    if (b->section->count == 0) {
        add(b, PAGE_TEXT, word(b, by_severity[b->rule->own_severity]));
    }
    end(b);
}

/* ---- exceptions ---- */

/* The names of the tests to which the rule does not apply; they are in English. */
static void add_idle_tests(struct page_builder *b)
{
    const struct tree *tree = b->rule->tree;
    const struct node *tests = tree_member(tree, tree->root, STR("tests"));
    struct buf names = buf_with_max(PAGE_TEXT_MAX);
    for (uint32_t i = 0; tests && i < node_size(tests); i++) {
        const struct node *test = tree_element(tree, tests, i);
        struct str name = rule_test_name(b->input->loader, tree, test);
        if (says_more(name) && tree_member(tree, test, STR("not-applicable"))) {
            buf_printf(&names, "%s%.*s", names.len ? "; " : "", STR_ARG(name));
        }
    }
    if (names.len && b->page->language == LANGUAGE_EN) {
        add(b, PAGE_ITEM, word_with(b, PAGE_IDLE_TESTS, buf_str(&names)));
    }
    buf_release(&names);
}

static void add_needs(struct page_builder *b)
{
    const struct rule *rule = b->rule;
    if (rule->need_count) {
        add(b, PAGE_ITEM, word(b, PAGE_NEEDS));
    }
    for (size_t i = 0; i < rule->need_count; i++) {
        struct str collect = filled(b, &rule->needs[i].collect, 0);
        add(b, PAGE_NOTE, collect.len ? collect : rule->needs[i].fact_text);
    }
}

static void add_exceptions(struct page_builder *b)
{
    static const enum page_word absent[ABSENT_COUNT] = {
        [ABSENT_SKIP] = PAGE_ABSENT_SKIP,
        [ABSENT_FAIL] = PAGE_ABSENT_FAIL,
        [ABSENT_UNKNOWN] = PAGE_ABSENT_UNKNOWN,
    };
    const struct rule *rule = b->rule;
    begin(b, PAGE_EXCEPTIONS);
    add(b, PAGE_TEXT, filled(b, &rule->texts->exceptions[b->page->language], 0));
    add(b, PAGE_ITEM, rule->pedantic ? word(b, PAGE_PEDANTIC) : (struct str){0});
    add(b, PAGE_ITEM, word(b, absent[rule->if_absent]));
    add(b, PAGE_ITEM, rule->when ? word(b, PAGE_WHEN) : (struct str){0});
    add_idle_tests(b);
    add(b, PAGE_ITEM, rule->dated ? word(b, PAGE_DATED) : (struct str){0});
    add_needs(b);
    end(b);
}

/* ---- symptoms ---- */

/* A text that an earlier symptom has says nothing new. */
static bool is_repeated(const struct page_builder *b, size_t symptom, uint32_t row, struct str text)
{
    for (size_t i = 0; i < symptom; i++) {
        const struct wording *wording = &b->rule->texts->symptoms[i].text[b->page->language];
        if (str_eq(filled(b, wording, row), text)) {
            return true;
        }
    }
    return false;
}

static void add_version(struct page_builder *b, enum page_word name, uint32_t version)
{
    if (version) {
        struct buf text = buf_with_max(32);
        symptom_version_write(version, &text);
        add(b, PAGE_NOTE, word_with(b, name, buf_str(&text)));
        buf_release(&text);
    }
}

/* Which other rules the text may come from: where this one is not the cause, one of those is. */
static void add_others(struct page_builder *b, struct str text)
{
    size_t at = 0;
    size_t count = 0;
    struct str other;
    while (b->input->other && count < OTHERS_MAX &&
           (other = b->input->other(b->input->context, text, &at)).len > 0) {
        if (str_eq(other, b->rule->id)) {
            continue;
        }
        if (count++ == 0) {
            add(b, PAGE_NOTE, word(b, PAGE_OTHERS));
        }
        add(b, PAGE_RULE, other);
    }
}

static void add_symptoms(struct page_builder *b)
{
    const struct rule_texts *texts = b->rule->texts;
    begin(b, PAGE_SYMPTOMS);
    for (size_t i = 0; i < texts->symptom_count; i++) {
        const struct symptom *symptom = &texts->symptoms[i];
        const struct wording *wording = &symptom->text[b->page->language];
        uint32_t rows = pattern_row_count(b->rule, wording);
        bool any = false;
        for (uint32_t row = 1; row <= rows; row++) {
            struct str text = filled(b, wording, row);
            if (!str_eq(text, STR("…")) && !is_repeated(b, i, row, text)) {
                any = add(b, PAGE_QUOTE, text) || any;
            }
        }
        if (any) {
            add(b, PAGE_NOTE, symptom->where);
            add(b, PAGE_NOTE, symptom->source);
            add_version(b, PAGE_SINCE, symptom->since);
            add_version(b, PAGE_UNTIL, symptom->until);
            add_others(b, symptom->text[LANGUAGE_EN].text);
        }
    }
    end(b);
}

/* ---- suppressing, judging, sources ---- */

/* A place as an entry of .ekslint.yaml names it. */
struct place_name {
    struct str file, path;
};

/*
 * Of the failing example. What a case holds under `gitlab` is its gitlab-eks.yaml; which file the rest
 * of a case came from, only real files tell.
 */
static struct place_name place_of(const struct page_builder *b)
{
    static const struct str gitlab = STR_INIT("$['gitlab']");
    const struct example *wrong = b->input->examples.wrong;
    struct place_name place = {STR("FILE"), STR("$['…']")};
    struct str path = wrong && wrong->fired.count ? wrong->fired.items[0].path : (struct str){0};
    if (!str_eq(b->rule->kind->id, STR("case")) && path.len) {
        place = (struct place_name){wrong->files[0].source->name, path};
    } else if (str_starts(path, gitlab)) {
        struct str rest = str_from(path, gitlab.len);
        place.file = STR("gitlab-eks.yaml");
        place.path = arena_format(b->arena, "$%.*s", STR_ARG(rest));
    }
    return place;
}

static struct str suppression_entry(const struct page_builder *b)
{
    struct place_name place = place_of(b);
    struct buf path = buf_with_max(PAGE_TEXT_MAX);
    json_write_string(&path, place.path);
    struct str entry =
        arena_format(b->arena,
                     "suppressions:\n  - rule: %.*s\n    file: %.*s\n    path: %.*s\n"
                     "    reason: %.*s\n    until: YYYY-MM-DD\n",
                     STR_ARG(b->rule->id), STR_ARG(place.file), STR_ARG(buf_str(&path)),
                     STR_ARG(word(b, PAGE_REASON)));
    buf_release(&path);
    return entry;
}

static void add_suppress(struct page_builder *b)
{
    struct str id = b->rule->id;
    begin(b, PAGE_SUPPRESS);
    add(b, PAGE_TEXT, word(b, PAGE_IN_YAML));
    add_code(b, "yaml", (struct str){0},
             arena_format(b->arena, "# ekslint: allow %.*s -- %.*s", STR_ARG(id),
                          STR_ARG(word(b, PAGE_REASON))));
    add(b, PAGE_TEXT, word(b, PAGE_IN_JSON));
    add_code(b, "yaml", (struct str){0}, suppression_entry(b));
    add(b, PAGE_TEXT, word_with(b, PAGE_EVERYWHERE, id));
    add_code(b, "yaml", (struct str){0}, arena_format(b->arena, "ignore: [%.*s]", STR_ARG(id)));
    end(b);
}

static void add_judged(struct page_builder *b)
{
    static const char *const members[] = {"select", "point-at", "when", "require"};
    struct buf out = buf_with_max(PAGE_TEXT_MAX);
    begin(b, PAGE_JUDGED);
    for (size_t i = 0; i < COUNT_OF(members); i++) {
        struct str text = source_of(b, members[i]);
        if (text.len) {
            buf_printf(&out, "%s: %.*s\n", members[i], STR_ARG(text));
        }
    }
    for (size_t i = 0; i < b->rule->need_count; i++) {
        buf_printf(&out, "needs: %.*s\n", STR_ARG(b->rule->needs[i].fact_text));
    }
    add_code(b, "text", (struct str){0}, buf_str(&out));
    buf_release(&out);
    end(b);
}

static void add_sources(struct page_builder *b)
{
    const struct rule_texts *texts = b->rule->texts;
    begin(b, PAGE_SOURCES);
    for (size_t i = 0; i < texts->doc_count; i++) {
        add(b, PAGE_LINK, texts->docs[i]);
    }
    end(b);
}

void page_build(const struct page_input *input, enum language language, struct page *page)
{
    *page = (struct page){
        .language = language, .id = input->rule->id, .title = input->rule->texts->title[language]};
    struct page_builder b = {input, input->rule, input->report->scratch, page, NULL};
    add_facts(&b);
    add_problem(&b);
    add_example(&b, PAGE_WRONG, input->examples.wrong);
    add_example(&b, PAGE_RIGHT, input->examples.right);
    add_why(&b);
    add_exceptions(&b);
    add_symptoms(&b);
    begin(&b, PAGE_FIX);
    add(&b, PAGE_TEXT, said(&b, &input->rule->texts->fix[language], true));
    end(&b);
    add_suppress(&b);
    add_judged(&b);
    add_sources(&b);
}
