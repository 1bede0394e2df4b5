/* SPDX-License-Identifier: MIT */
/*
 * References of a gitlab-eks document to other files: where they stand, and the names they lead to.
 * Names are joined as text; nothing here touches a file system.
 */
#include "base/buf.h"
#include "model/case.h"

enum { PATH_MAX_BYTES = 4096 };

/*
 * Drop the last part of "a/b/"; false where there is none to drop, or what it is in is not known
 * ("./", "../", "/").
 */
static bool drop_part(struct buf *path)
{
    size_t end = path->len;
    while (end > 1 && path->ptr[end - 2] != '/') {
        end--;
    }
    struct str last = str_from(buf_str(path), end ? end - 1 : 0);
    if (last.len < 2 || str_eq(last, STR("./")) || str_eq(last, STR("../"))) {
        return false;
    }
    path->len -= last.len;
    return true;
}

static bool add_parts(struct buf *path, struct str parts)
{
    struct str part;
    bool more = true;
    while (more) {
        more = str_cut(parts, '/', &part, &parts);
        if (str_eq(part, STR(".."))) {
            if (!drop_part(path)) {
                return false;
            }
        } else if (part.len && !str_eq(part, STR("."))) {
            buf_add(path, part);
            buf_add_char(path, '/');
        }
    }
    return true;
}

struct str case_join_path(struct arena *arena, struct str base, struct str reference)
{
    struct str folder = str_slice(base, 0, str_after_last(base, '/'));
    struct str name = str_from(reference, str_after_last(reference, '/'));
    bool is_file = name.len && !str_eq(name, STR(".")) && !str_eq(name, STR(".."));
    struct buf path = buf_with_max(PATH_MAX_BYTES);
    struct str joined = {0};
    if (is_file && !str_starts(reference, STR("/"))) {
        buf_add(&path, folder);
        if (add_parts(&path, reference) && !path.truncated) {
            joined = arena_str(arena, (struct str){path.ptr, path.len - 1});
        }
    }
    buf_release(&path);
    return joined;
}

struct reference_walk {
    const struct document *main;
    struct arena *scratch;
    void (*found)(void *context, struct str file, const struct node *reference);
    void *context;
};

static void visit(const struct reference_walk *walk, const struct node *value)
{
    const struct tree *tree = walk->main->tree;
    if (node_is(value, NODE_STRING)) {
        struct str text = str_trim(tree_text(tree, value));
        if (!str_starts(text, STR("{")) && !str_starts(text, STR("arn:"))) {
            struct arena_mark mark = arena_mark(walk->scratch);
            walk->found(walk->context,
                        case_join_path(walk->scratch, walk->main->source->name, text), value);
            arena_rewind(walk->scratch, mark);
        }
    } else if (node_is(value, NODE_ARRAY)) {
        for (uint32_t i = 0; i < node_size(value); i++) {
            visit(walk, tree_element(tree, value, i));
        }
    }
}

static void visit_holder(const struct reference_walk *walk, const struct node *holder)
{
    static const struct str members[] = {STR_INIT("policies"), STR_INIT("trust_policy"),
                                         STR_INIT("permissions_boundary")};
    for (size_t i = 0; i < COUNT_OF(members); i++) {
        visit(walk, tree_member(walk->main->tree, holder, members[i]));
    }
    /* A single string here is a file with the saved list; the elements of a list are ARNs. */
    const struct node *managed = tree_member(walk->main->tree, holder, STR("managed_policies"));
    if (node_is(managed, NODE_STRING)) {
        visit(walk, managed);
    }
}

void case_each_reference(const struct document *main, struct arena *scratch,
                         void (*found)(void *context, struct str file,
                                       const struct node *reference),
                         void *context)
{
    struct reference_walk walk = {main, scratch, found, context};
    const struct node *root = main->tree->root;
    const struct node *gitlab = tree_member(main->tree, root, STR("gitlab"));
    visit_holder(&walk, tree_member(main->tree, gitlab, STR("amazon_eks")));
    visit_holder(&walk, tree_member(main->tree, root, STR("provision_role")));
    visit_holder(&walk, tree_member(main->tree, root, STR("service_role")));
    const struct node *inventory = tree_member(main->tree, root, STR("inventory"));
    for (uint32_t i = 0; node_is(inventory, NODE_OBJECT) && i < node_size(inventory); i++) {
        visit(&walk, tree_value(main->tree, inventory, i));
    }
}
