/* SPDX-License-Identifier: MIT */
/*
 * A document is a copy of what stands in the rule's file, so that its places are that file's. The
 * files of a case are sources of their own, read and joined as a user's are.
 */
#include "rule/trial_document.h"

#include "model/case.h"
#include "model/policy.h"
#include "tree/write_json.h"

enum { TRIAL_MAX_NODES = 100000, TRIAL_FILE_BYTES = 1 << 20 };

/* Nodes tagged !unknown become unknown ones, in place: the tree is the test's own copy. */
static void mark_unknown(struct tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        if (str_eq(tree_tag(tree, &tree->nodes[i]), STR("!unknown"))) {
            tree->nodes[i].kind = NODE_UNKNOWN;
        }
    }
}

static void copy_document(struct rule_loader *loader, const struct tree *from,
                          const struct node *written, const struct kind *kind,
                          struct tree *document)
{
    struct builder builder = {0};
    size_t budget = TRIAL_MAX_NODES;
    tree_init(document, loader->arena, loader->sources, loader->atoms);
    builder_start(&builder, document);
    if (kind->iam) {
        policy_normalise(&builder, from, written, &budget);
    } else {
        builder_copy(&builder, from, written, &budget);
    }
    builder_finish(&builder);
    builder_release(&builder);
    mark_unknown(document);
}

/* ---- files ---- */

static struct str content_of(struct rule_loader *loader, const struct tree *from,
                             const struct node *content)
{
    if (content->kind == NODE_STRING) {
        return tree_text(from, content);
    }
    struct buf json = buf_with_max(TRIAL_FILE_BYTES);
    json_write(&json, from, content, 2);
    struct str kept = arena_str(loader->arena, buf_str(&json));
    buf_release(&json);
    return kept;
}

static const struct document *find_main(const struct document_list *documents)
{
    for (size_t i = 0; i < documents->count; i++) {
        const struct kind *kind = documents->items[i]->kind;
        if (kind && str_eq(kind->id, STR(CASE_MAIN_KIND))) {
            return documents->items[i];
        }
    }
    return NULL;
}

/* Without the documents of no known kind, which a case is not joined from. */
static void drop_unknown(struct document_list *documents)
{
    size_t kept = 0;
    for (size_t i = 0; i < documents->count; i++) {
        if (documents->items[i]->kind) {
            documents->items[kept++] = documents->items[i];
        }
    }
    documents->count = kept;
}

static bool join_files(struct rule_loader *loader, struct arena *scratch, const struct tree *from,
                       const struct node *files, struct tree *document, struct findings *notes,
                       struct str *why)
{
    struct document_list documents = {0};
    struct document_reader reader = {
        .arena = loader->arena,
        .scratch = scratch,
        .sources = loader->sources,
        .atoms = loader->atoms,
        .kinds = loader->kinds,
        .findings = notes,
    };
    bool good = true;
    for (uint32_t i = 0; good && i < node_size(files); i++) {
        struct str name = tree_text(from, tree_key(from, files, i));
        struct str bytes = content_of(loader, from, tree_value(from, files, i));
        good =
            documents_read(&reader, sources_add(loader->sources, name, bytes), false, &documents);
        if (!good) {
            struct str message = notes->count ? notes->items[0].message : STR("unreadable");
            *why = arena_format(loader->arena, "the file '%.*s' cannot be read: %.*s",
                                STR_ARG(name), STR_ARG(message));
        }
    }
    if (good) {
        struct joined_case *joined = arena_new(loader->arena, struct joined_case);
        drop_unknown(&documents);
        case_build(&reader, find_main(&documents), &documents, joined);
        *document = joined->tree;
    }
    builder_release(&reader.builder);
    return good;
}

bool trial_document_build(struct rule_loader *loader, struct arena *scratch,
                          const struct tree *from, const struct node *written,
                          const struct kind *kind, struct tree *document, struct findings *notes,
                          struct str *why)
{
    const struct node *files = tree_member(from, written, STR("files"));
    *notes = (struct findings){.arena = loader->arena};
    if (str_eq(kind->id, STR("case")) && node_is(files, NODE_OBJECT)) {
        return join_files(loader, scratch, from, files, document, notes, why);
    }
    copy_document(loader, from, written, kind, document);
    return true;
}
