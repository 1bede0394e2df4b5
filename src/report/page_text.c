/* SPDX-License-Identifier: MIT */
/* A rule's page at a terminal, and its sections as JSON. */
#include "report/page.h"
#include "tree/write_json.h"

static void add_lines(struct buf *out, struct str text, unsigned indent)
{
    struct str line;
    for (bool more = text.len > 0; more && (text.len > 0);) {
        more = str_cut(text, '\n', &line, &text);
        buf_add_repeat(out, ' ', line.len ? indent : 0);
        buf_add(out, line);
        buf_add_char(out, '\n');
    }
}

static void add_block(struct buf *out, const struct page_block *block)
{
    switch (block->type) {
    case PAGE_TEXT:
    case PAGE_QUOTE:
    case PAGE_LINK:
        add_lines(out, block->text, 2);
        break;
    case PAGE_ITEM:
        buf_add_c(out, "  - ");
        buf_printf(out, "%.*s\n", STR_ARG(block->text));
        break;
    case PAGE_NOTE:
        add_lines(out, block->text, 4);
        break;
    case PAGE_RULE:
        add_lines(out, block->text, 6);
        break;
    case PAGE_CODE:
        if (block->name.len) {
            buf_printf(out, "    %.*s:\n", STR_ARG(block->name));
        }
        add_lines(out, block->text, block->name.len ? 6 : 4);
        break;
    case PAGE_BLOCK_TYPE_COUNT:
        break;
    }
}

void page_text(const struct page *page, struct buf *out)
{
    buf_printf(out, "%.*s: %.*s\n", STR_ARG(page->id), STR_ARG(page->title));
    for (size_t i = 0; i < page->fact_count; i++) {
        struct str label = page_word(page->language, page->facts[i].label);
        buf_printf(out, "  %.*s: %.*s\n", STR_ARG(label), STR_ARG(page->facts[i].value));
    }
    for (size_t i = 0; i < page->section_count; i++) {
        const struct page_section *section = &page->sections[i];
        buf_printf(out, "\n%.*s\n", STR_ARG(page_word(page->language, section->heading)));
        for (size_t j = 0; j < section->count; j++) {
            add_block(out, &section->blocks[j]);
        }
    }
}

/* ---- JSON ---- */

/* The names of the sections for programs, by their headings. */
static const char *const section_ids[PAGE_WORD_COUNT] = {
    [PAGE_PROBLEM] = "problem", [PAGE_WRONG] = "wrong",           [PAGE_RIGHT] = "right",
    [PAGE_WHY] = "why",         [PAGE_EXCEPTIONS] = "exceptions", [PAGE_SYMPTOMS] = "symptoms",
    [PAGE_FIX] = "fix",         [PAGE_SUPPRESS] = "suppress",     [PAGE_JUDGED] = "judged",
    [PAGE_SOURCES] = "sources",
};

static void add_member(struct buf *out, const char *name, struct str value)
{
    buf_printf(out, ", \"%s\": ", name);
    json_write_string(out, value);
}

static void add_block_json(struct buf *out, const struct page_block *block)
{
    static const char *const types[PAGE_BLOCK_TYPE_COUNT] = {
        [PAGE_TEXT] = "text",   [PAGE_ITEM] = "item", [PAGE_NOTE] = "note", [PAGE_CODE] = "code",
        [PAGE_QUOTE] = "quote", [PAGE_LINK] = "link", [PAGE_RULE] = "rule",
    };
    buf_printf(out, "{\"type\": \"%s\"", types[block->type]);
    add_member(out, "text", block->text);
    if (block->type == PAGE_CODE) {
        add_member(out, "language", str_from_c(block->language));
        add_member(out, "name", block->name);
    }
    buf_add_char(out, '}');
}

void page_sections_json(const struct page *page, struct buf *out)
{
    buf_add_c(out, "\"sections\": [");
    for (size_t i = 0; i < page->section_count; i++) {
        const struct page_section *section = &page->sections[i];
        buf_printf(out, "%s\n    {\"id\": \"%s\"", i ? "," : "", section_ids[section->heading]);
        add_member(out, "title", page_word(page->language, section->heading));
        buf_add_c(out, ", \"blocks\": [");
        for (size_t j = 0; j < section->count; j++) {
            buf_add_c(out, j ? ",\n      " : "\n      ");
            add_block_json(out, &section->blocks[j]);
        }
        buf_add_c(out, "\n    ]}");
    }
    buf_add_c(out, "\n  ]");
}
