/* SPDX-License-Identifier: MIT */
/*
 * All that is told of one rule, in sections, whatever it is written as: `explain` (text and JSON) and
 * the rule's page (Markdown) show the same.
 */
#ifndef EKSLINT_REPORT_PAGE_H
#define EKSLINT_REPORT_PAGE_H

#include "report/report.h"
#include "rule/example.h"

enum page_word {
#define PAGE_WORD(name, english, japanese) PAGE_##name,
#include "report/page_words.def"
#undef PAGE_WORD
    PAGE_WORD_COUNT
};

/* A word; '#' is in it as it is. */
struct str page_word(enum language language, enum page_word word);

/* A word with its value put in. Memory in arena. */
struct str page_word_with(struct arena *arena, enum language language, enum page_word word,
                          struct str value);

enum page_block_type {
    PAGE_TEXT,  /* a paragraph */
    PAGE_ITEM,  /* of a list */
    PAGE_NOTE,  /* more about the item before it */
    PAGE_CODE,  /* in `language`, ends with a line feed */
    PAGE_QUOTE, /* an error text, an item as well */
    PAGE_LINK,  /* an address, an item as well */
    PAGE_RULE,  /* the id of another rule, a note as well */
    PAGE_BLOCK_TYPE_COUNT
};

struct page_block {
    enum page_block_type type;
    struct str text;
    const char *language;
    struct str name; /* of a file of code; or empty */
};

struct page_section {
    enum page_word heading;
    struct page_block *blocks;
    size_t count, capacity;
};

/* A line of what stands at the top. */
struct page_fact {
    enum page_word label;
    struct str value;
};

enum { PAGE_SECTIONS_MAX = 12, PAGE_FACTS_MAX = 6 };

struct page {
    enum language language;
    struct str id, title;
    struct page_fact facts[PAGE_FACTS_MAX];
    size_t fact_count;
    struct page_section sections[PAGE_SECTIONS_MAX]; /* none is empty */
    size_t section_count;
};

/* What a page is made from. */
struct page_input {
    const struct report *report;      /* its sources and scratch; its results are not looked at */
    const struct rule *rule;          /* with its texts */
    const struct rule_loader *loader; /* that has read it */
    struct rule_examples examples;
    const struct flows *flows; /* or NULL */
    /* The next rule after `*at` that has a symptom with this English text, or empty; NULL: not asked. */
    struct str (*other)(void *context, struct str text, size_t *at);
    void *context;
};

/* Memory in the report's scratch arena. */
void page_build(const struct page_input *input, enum language language, struct page *page);

/* For people at a terminal, as wide and coloured as the report's. */
void page_text(const struct page *page, const struct report *report, struct buf *out);

/* A member "sections" of a JSON object: [{"id", "title", "blocks": [{"type", "text", …}]}]. */
void page_sections_json(const struct page *page, struct buf *out);

/* The page <family>/<name>.md, or .ja.md, with links to the index and the page in the other language. */
void page_markdown(const struct page *page, struct buf *out);

/* A row of the index. */
struct page_entry {
    struct str id, title, stage;
    enum severity severity;
    bool pedantic;
};

/* README.md, or README.ja.md: the pages by family and step. `entries` stand in the order of their ids. */
void page_index(const struct report *report, enum language language, const struct flows *flows,
                const struct page_entry *entries, size_t count, struct buf *out);

/* What every page begins with; by it a file is known for one that may be replaced. */
struct str page_mark(void);

#endif
