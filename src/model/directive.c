/* SPDX-License-Identifier: MIT */
/* Directives are found in the text: a tree holds no comments. The first one counts. */
#include "model/directive.h"

void directive_split_kind(struct str text, struct str *kind, struct str *resource_type)
{
    kind_split_name(text, kind, resource_type);
}

/*
 * What a comment "# ekslint: kind=NAME" says, above the document or in it; the words behind the name
 * count for nothing. Empty where there is none. JSON has no comments.
 */
static struct str find_directive(const struct source *source, const struct document_list *documents,
                                 const struct node *root)
{
    const struct document *last = documents->count ? documents->items[documents->count - 1] : NULL;
    size_t from = last && last->source == source ? last->tree->root->hi : 0;
    struct str mark = STR("# ekslint: kind=");
    struct str text = str_slice(source->bytes, from, root->hi);
    size_t at = str_find(text, mark);
    if (root->flags & NODE_JSON || at == text.len) {
        return (struct str){0};
    }
    struct str name = str_from(text, at + mark.len);
    size_t end = 0;
    while (end < name.len && !str_eq(str_trim(str_slice(name, end, end + 1)), STR(""))) {
        end++;
    }
    return str_slice(name, 0, end);
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
    struct str directive = find_directive(document->source, documents, document->tree->root);
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
