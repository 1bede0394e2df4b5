/* SPDX-License-Identifier: MIT */
/*
 * Pages in Markdown (CommonMark, with the tables of GitHub and GitLab). What comes from rules is text
 * and never markup: characters that mean something are escaped, code stands in fences that it cannot
 * end.
 */
#include "report/page.h"

struct str page_mark(void)
{
    return STR("<!-- ekslint rules pages: ");
}

static void add_mark(struct buf *out, enum language language)
{
    buf_printf(out, "%.*s%.*s -->\n", STR_ARG(page_mark()),
               STR_ARG(page_word(language, PAGE_GENERATED)));
}

static void add_escaped(struct buf *out, struct str text)
{
    static const char special[] = "\\`*_<>[]|#~";
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c && strchr(special, c)) {
            buf_add_char(out, '\\');
        }
        buf_add_char(out, c == '\n' ? ' ' : c);
    }
}

/* Text in which words look like code to a reader: backticks of our own words stay. */
static void add_words(struct buf *out, struct str text)
{
    struct str line;
    bool more = text.len > 0;
    for (bool first = true; more; first = false) {
        more = str_cut(text, '\n', &line, &text);
        buf_add_c(out, first ? "" : "  \n");
        add_escaped(out, line);
    }
}

/* The longest run of backticks in a text. */
static size_t backticks(struct str text)
{
    size_t longest = 0;
    size_t run = 0;
    for (size_t i = 0; i < text.len; i++) {
        run = text.ptr[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void add_span(struct buf *out, struct str text)
{
    size_t ticks = backticks(text) + 1;
    const char *pad = ticks > 1 ? " " : "";
    buf_add_repeat(out, '`', ticks);
    buf_add_c(out, pad);
    for (size_t i = 0; i < text.len; i++) {
        buf_add_char(out, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
    }
    buf_add_c(out, pad);
    buf_add_repeat(out, '`', ticks);
}

static void add_code(struct buf *out, const struct page_block *block)
{
    size_t ticks = backticks(block->text);
    ticks = ticks < 3 ? 3 : ticks + 1;
    if (block->name.len) {
        add_span(out, block->name);
        buf_add_c(out, ":\n\n");
    }
    buf_add_repeat(out, '`', ticks);
    buf_printf(out, "%s\n%.*s", block->language, STR_ARG(block->text));
    buf_add_repeat(out, '`', ticks);
    buf_add_c(out, "\n");
}

static const char *ending(enum language language)
{
    return language == LANGUAGE_JA ? ".ja.md" : ".md";
}

static bool is_in_list(enum page_block_type type)
{
    return type == PAGE_ITEM || type == PAGE_NOTE || type == PAGE_QUOTE || type == PAGE_LINK ||
           type == PAGE_RULE;
}

static void add_block(struct buf *out, const struct page *page, const struct page_block *block)
{
    switch (block->type) {
    case PAGE_TEXT:
        add_words(out, block->text);
        buf_add_char(out, '\n');
        break;
    case PAGE_ITEM:
        buf_add_c(out, "- ");
        add_escaped(out, block->text);
        buf_add_char(out, '\n');
        break;
    case PAGE_NOTE:
        buf_add_c(out, "  - ");
        add_escaped(out, block->text);
        buf_add_char(out, '\n');
        break;
    case PAGE_QUOTE:
        buf_add_c(out, "- ");
        add_span(out, block->text);
        buf_add_char(out, '\n');
        break;
    case PAGE_LINK:
        buf_printf(out, "- <%.*s>\n", STR_ARG(block->text));
        break;
    case PAGE_RULE:
        buf_printf(out, "    - [%.*s](../%.*s%s)\n", STR_ARG(block->text), STR_ARG(block->text),
                   ending(page->language));
        break;
    case PAGE_CODE:
        add_code(out, block);
        break;
    case PAGE_BLOCK_TYPE_COUNT:
        break;
    }
}

/* A file of its own in each language, so that a reader meets one language. */
static void add_links(struct buf *out, const struct page *page)
{
    struct str name = str_from(page->id, str_after_last(page->id, '/'));
    enum language other = page->language == LANGUAGE_JA ? LANGUAGE_EN : LANGUAGE_JA;
    struct str all = page_word(page->language, PAGE_ALL_RULES);
    struct str translation = page_word(page->language, PAGE_OTHER_LANGUAGE);
    buf_printf(out, "[%.*s](../README%s) · [%.*s](%.*s%s)\n\n", STR_ARG(all),
               ending(page->language), STR_ARG(translation), STR_ARG(name), ending(other));
}

static void add_facts(struct buf *out, const struct page *page)
{
    buf_add_c(out, "| | |\n|---|---|\n");
    for (size_t i = 0; i < page->fact_count; i++) {
        buf_printf(out, "| %.*s | ", STR_ARG(page_word(page->language, page->facts[i].label)));
        add_escaped(out, page->facts[i].value);
        buf_add_c(out, " |\n");
    }
}

void page_markdown(const struct page *page, struct buf *out)
{
    add_mark(out, page->language);
    buf_printf(out, "# %.*s\n\n", STR_ARG(page->id));
    add_links(out, page);
    add_facts(out, page);
    for (size_t i = 0; i < page->section_count; i++) {
        const struct page_section *section = &page->sections[i];
        struct str heading = page_word(page->language, section->heading);
        buf_printf(out, "\n## %.*s\n\n", STR_ARG(heading));
        for (size_t j = 0; j < section->count; j++) {
            bool list = j > 0 && is_in_list(section->blocks[j].type) &&
                        is_in_list(section->blocks[j - 1].type);
            buf_add_c(out, j == 0 || list ? "" : "\n");
            add_block(out, page, &section->blocks[j]);
        }
    }
}

/* ---- the index ---- */

struct indexer {
    const struct report *report;
    enum language language;
    const struct flows *flows;
    const struct page_entry *entries;
    size_t count;
    struct buf *out;
};

static struct str family_of(struct str id)
{
    return str_slice(id, 0, str_find_char(id, '/'));
}

static void add_table(const struct indexer *x, size_t first, size_t end, struct str stage)
{
    buf_printf(x->out, "| %.*s | %.*s | %.*s |\n|---|---|---|\n",
               STR_ARG(page_word(x->language, PAGE_RULE_NAME)),
               STR_ARG(page_word(x->language, PAGE_SEVERITY)),
               STR_ARG(page_word(x->language, PAGE_TITLE)));
    for (size_t i = first; i < end; i++) {
        const struct page_entry *entry = &x->entries[i];
        if (str_eq(entry->stage, stage)) {
            buf_printf(x->out, "| [%.*s](%.*s%s) | %.*s%s | ", STR_ARG(entry->id),
                       STR_ARG(entry->id), ending(x->language),
                       STR_ARG(severity_name(entry->severity)),
                       entry->pedantic ? ", pedantic" : "");
            add_escaped(x->out, entry->title);
            buf_add_c(x->out, " |\n");
        }
    }
}

static bool has_stage(const struct indexer *x, size_t first, size_t end, struct str stage)
{
    for (size_t i = first; i < end; i++) {
        if (str_eq(x->entries[i].stage, stage)) {
            return true;
        }
    }
    return false;
}

static bool add_stages(const struct indexer *x, size_t first, size_t end,
                       const struct flow_steps *steps)
{
    bool any = false;
    for (size_t s = 0; s < steps->count; s++) {
        const struct stage *stage = &steps->items[s];
        if (has_stage(x, first, end, stage->id)) {
            buf_printf(x->out, "\n### %zu. %.*s\n\n", s + 1, STR_ARG(stage->title[x->language]));
            add_table(x, first, end, stage->id);
            any = true;
        }
    }
    return any;
}

static void add_family(const struct indexer *x, size_t first, size_t end)
{
    bool any = false;
    buf_printf(x->out, "\n## %.*s\n", STR_ARG(family_of(x->entries[first].id)));
    for (size_t f = 0; x->flows && f < x->flows->count; f++) {
        any = add_stages(x, first, end, &x->flows->items[f]) || any;
    }
    if (has_stage(x, first, end, (struct str){0})) {
        if (any) {
            buf_printf(x->out, "\n### %.*s\n", STR_ARG(page_word(x->language, PAGE_NO_STAGE)));
        }
        buf_add_char(x->out, '\n');
        add_table(x, first, end, (struct str){0});
    }
}

void page_index(const struct report *report, enum language language, const struct flows *flows,
                const struct page_entry *entries, size_t count, struct buf *out)
{
    const struct indexer x = {report, language, flows, entries, count, out};
    enum language other = language == LANGUAGE_JA ? LANGUAGE_EN : LANGUAGE_JA;
    struct str number = arena_format(report->scratch, "%zu", count);
    add_mark(out, language);
    buf_printf(out, "# %.*s\n\n[%.*s](README%s)\n\n",
               STR_ARG(page_word(language, PAGE_INDEX_TITLE)),
               STR_ARG(page_word(language, PAGE_OTHER_LANGUAGE)), ending(other));
    buf_printf(out, "%.*s\n",
               STR_ARG(page_word_with(report->scratch, language, PAGE_INDEX_COUNT, number)));
    for (size_t first = 0; first < count;) {
        size_t end = first + 1;
        while (end < count && str_eq(family_of(entries[end].id), family_of(entries[first].id))) {
            end++;
        }
        add_family(&x, first, end);
        first = end;
    }
}
