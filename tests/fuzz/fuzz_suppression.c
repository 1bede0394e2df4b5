/* SPDX-License-Identifier: MIT */
/*
 * Suppressions in any text: each comment speaks to us and stands in no scalar, its scope is a part of the
 * text, and its directive is taken apart into parts of itself. A check finds the same with and without
 * suppressions: what is hidden is listed, and nothing is lost or made up.
 */
#include "engine/engine.h"
#include "model/comment.h"

#include "check.h"

static void check_part(struct str whole, struct str part)
{
    CHECK(part.len == 0 || (part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len));
}

static void check_words(struct str text)
{
    struct suppression_words words;
    enum suppression_fault fault = suppression_parse(text, &words);
    check_part(text, words.rule);
    check_part(text, words.until);
    check_part(text, words.reason);
    check_part(text, words.wrong);
    bool whole = words.rule.len && words.reason.len && str_starts(str_trim(text), STR("allow"));
    CHECK(fault != SUPPRESSION_GOOD || whole);
}

static void check_comment(const struct document *document, const struct comment *comment)
{
    struct str bytes = document->source->bytes;
    CHECK(comment->at.lo < comment->at.hi && comment->at.hi <= bytes.len);
    CHECK(str_starts(str_from(bytes, comment->at.lo), STR("ekslint:")));
    CHECK(comment->text.lo >= comment->at.lo && comment->text.hi <= comment->at.hi);
    CHECK(comment->scope.lo <= comment->scope.hi && comment->scope.hi <= bytes.len);
    for (size_t i = 0; i < document->tree->count; i++) {
        const struct node *node = &document->tree->nodes[i];
        bool block = node->style == STYLE_LITERAL || node->style == STYLE_FOLDED;
        bool scalar = !node_is_container(node) && !block && !(node->flags & NODE_ALIAS);
        CHECK(!scalar || node->source != document->source->id || comment->at.lo < node->lo ||
              comment->at.lo >= node->hi);
    }
}

static void check_source(ekslint *e, struct document *const *documents, size_t count)
{
    const struct source *source = documents[0]->source;
    struct comment_list comments = {0};
    struct span all = {0, (uint32_t)source->bytes.len};
    comments_find(&e->arena, source, documents, count, all, &comments);
    CHECK(comments.count == 0 || comments_are_likely(source));
    for (size_t i = 0; i < comments.count; i++) {
        const struct comment *comment = &comments.items[i];
        CHECK(i == 0 || comments.items[i - 1].at.hi < comment->at.lo);
        for (size_t k = 0; k < count; k++) {
            check_comment(documents[k], comment);
        }
        check_words(str_slice(source->bytes, comment->text.lo, comment->text.hi));
    }
}

/* The findings that are no remarks on suppressions. */
static size_t count_findings(const ekslint *e)
{
    size_t count = e->results.suppressed.count;
    for (size_t i = 0; i < e->findings.count; i++) {
        count += !str_starts(e->findings.items[i].rule, STR("suppression/"));
    }
    return count;
}

static size_t judge(struct str text, bool suppressing)
{
    ekslint *e = ekslint_new();
    size_t hidden = 0;
    CHECK(ekslint_set_date(e, "2026-11-25"));
    if (!suppressing) {
        ekslint_no_suppressions(e);
    }
    bool read = ekslint_add_file(e, "a.yaml", text.ptr, text.len);
    if (e->documents.count && read && suppressing) {
        check_source(e, e->documents.items, e->documents.count);
    }
    (void)ekslint_check(e);
    for (size_t i = 0; i < e->suppressions.count; i++) {
        hidden += e->suppressions.items[i].hidden;
    }
    CHECK(hidden == e->results.suppressed.count);
    size_t count = count_findings(e);
    ekslint_free(e);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    check_words(text);
    CHECK(judge(text, true) == judge(text, false));
    return 0;
}
