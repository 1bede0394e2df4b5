/* SPDX-License-Identifier: MIT */
/* Directives are found in the text: a tree holds no comments. The first one counts. */
#include "model/directive.h"

#include "model/comment.h"

void directive_split_kind(struct str text, struct str *kind, struct str *resource_type)
{
    kind_split_name(text, kind, resource_type);
}

/* Up to the next blank. */
static struct str first_word(struct str text)
{
    size_t end = 0;
    while (end < text.len && !str_eq(str_trim(str_slice(text, end, end + 1)), STR(""))) {
        end++;
    }
    return str_slice(text, 0, end);
}

/*
 * What a comment "# ekslint: kind=NAME" says, above the document or in it; the words behind the name
 * count for nothing. Empty where there is none. JSON has no comments.
 */
static struct str find_directive(struct document_reader *reader, struct document *document,
                                 const struct document_list *documents)
{
    const struct source *source = document->source;
    const struct node *root = document->tree->root;
    const struct document *last = documents->count ? documents->items[documents->count - 1] : NULL;
    size_t from = last && last->source == source ? last->tree->root->hi : 0;
    struct str text = str_slice(source->bytes, from, root->hi);
    struct str kind = {0};
    if (root->flags & NODE_JSON || str_find(text, STR("ekslint: kind=")) == text.len) {
        return kind;
    }
    struct arena_mark mark = arena_mark(reader->scratch);
    struct comment_list comments = {0};
    struct span within = {(uint32_t)from, root->hi};
    comments_find(reader->scratch, source, &document, 1, within, &comments);
    for (size_t i = 0; i < comments.count && kind.len == 0; i++) {
        struct span at = comments.items[i].text;
        struct str said = str_slice(source->bytes, at.lo, at.hi);
        if (str_starts(said, STR("kind="))) {
            kind = first_word(str_from(said, STR("kind=").len));
        }
    }
    arena_rewind(reader->scratch, mark);
    return kind;
}

static void report_unknown(struct document_reader *reader, const struct source *source,
                           struct str id)
{
    uint32_t at = (uint32_t)(id.ptr - source->bytes.ptr);
    struct str nearest = kinds_nearest(reader->kinds, id, reader->scratch);
    struct location place = {source->id, {at, at + (uint32_t)id.len}};
    findings_error(reader->findings, STR("file/directive"), place, "unknown kind '%.*s'%s%.*s%s",
                   STR_ARG(id), nearest.len ? "; did you mean '" : "", STR_ARG(nearest),
                   nearest.len ? "'?" : "");
}

bool directive_apply(struct document_reader *reader, struct document *document,
                     const struct document_list *documents)
{
    struct str id;
    struct str resource_type;
    struct str directive = find_directive(reader, document, documents);
    directive_split_kind(directive, &id, &resource_type);
    const struct kind *kind = id.len ? kinds_find(reader->kinds, id) : NULL;
    if (kind && kind_can_be_named(kind)) {
        document->kind = kind;
        document->resource_type = resource_type;
        return true;
    }
    if (id.len) {
        report_unknown(reader, document->source, id);
    }
    return false;
}
