/* SPDX-License-Identifier: MIT */
/* A rule's page at a terminal, and its sections as JSON. */
#include "report/flow.h"
#include "report/page.h"
#include "tree/write_json.h"

/* Words behind so many columns, wrapped under themselves. */
static void add_words(struct flow *flow, struct str text, unsigned indent)
{
    flow->spaces = flow->hang = indent;
    flow_lines(flow, INK_PLAIN, text);
    flow_end(flow);
}

static void add_item(struct flow *flow, struct str text)
{
    flow->spaces = 2;
    flow->hang = 4;
    flow_words(flow, INK_PLAIN, STR("- "));
    flow_lines(flow, INK_PLAIN, text);
    flow_end(flow);
}

/* Code keeps its lines, whatever the width. */
static void add_code(struct flow *flow, struct str text, unsigned indent)
{
    struct str line;
    while (text.len) {
        (void)str_cut(text, '\n', &line, &text);
        flow->spaces = line.len ? indent : 0;
        flow_raw(flow, INK_PLAIN, line);
        flow_end(flow);
    }
}

static void add_block(struct flow *flow, const struct page_block *block)
{
    switch (block->type) {
    case PAGE_TEXT:
    case PAGE_QUOTE:
    case PAGE_LINK:
        add_words(flow, block->text, 2);
        break;
    case PAGE_ITEM:
        add_item(flow, block->text);
        break;
    case PAGE_NOTE:
        add_words(flow, block->text, 4);
        break;
    case PAGE_RULE:
        add_words(flow, block->text, 6);
        break;
    case PAGE_CODE:
        if (block->name.len) {
            flow->spaces = 4;
            flow_raw(flow, INK_PLAIN, block->name);
            flow_raw(flow, INK_PLAIN, STR(":"));
            flow_end(flow);
        }
        add_code(flow, block->text, block->name.len ? 6 : 4);
        break;
    case PAGE_BLOCK_TYPE_COUNT:
        break;
    }
}

void page_text(const struct page *page, const struct report *report, struct buf *out)
{
    struct flow flow = {.out = out, .width = report->width, .color = report->color};
    flow_raw(&flow, INK_BOLD, page->id);
    flow.hang = 2;
    flow_words(&flow, INK_PLAIN, STR(": "));
    flow_words(&flow, INK_PLAIN, page->title);
    flow_end(&flow);
    for (size_t i = 0; i < page->fact_count; i++) {
        flow.spaces = 2;
        flow.hang = 4;
        flow_words(&flow, INK_PLAIN, page_word(page->language, page->facts[i].label));
        flow_words(&flow, INK_PLAIN, STR(": "));
        flow_words(&flow, INK_PLAIN, page->facts[i].value);
        flow_end(&flow);
    }
    for (size_t i = 0; i < page->section_count; i++) {
        const struct page_section *section = &page->sections[i];
        buf_add_char(out, '\n');
        flow_raw(&flow, INK_BOLD, page_word(page->language, section->heading));
        flow_end(&flow);
        for (size_t j = 0; j < section->count; j++) {
            add_block(&flow, &section->blocks[j]);
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
