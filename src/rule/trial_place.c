/* SPDX-License-Identifier: MIT */
/*
 * Authors write `at` as the test's document stands in the file: $.Statement.Action. Rules see lists
 * there, and files joined into a case. The same query is asked of what is written, to tell this slip
 * from a misspelt name.
 */
#include "rule/trial_place.h"

#include "rule/shape.h"
#include "tree/locate.h"

enum { PLACE_MAX_BYTES = 4096 };

/* The first node that the query selects below a node of the rule's file; NULL for none. */
static const struct node *
select_written(const struct trials *ts, const struct path_program *program, const struct node *root)
{
    struct arena *arena = ts->loader->arena;
    struct path_env env = {
        .tree = ts->tree,
        .root = root,
        .current = {root, NULL},
        .scratch = arena,
        .steps = TRIAL_STEPS,
    };
    struct path_datum selected = {0};
    path_evaluate(program, &env, &selected);
    return selected.nodes.count ? selected.nodes.items[0].node : NULL;
}

/* The path of the same place in the shape that rules see; empty where it has none. */
static struct str path_seen(const struct trials *ts, const struct trial *t, const struct node *node)
{
    struct buf path = buf_with_max(PLACE_MAX_BYTES);
    bool found = t->document.root->source == node->source &&
                 tree_locate(&t->document, node_location(node).span, &path);
    struct str kept = found ? arena_str(ts->loader->arena, buf_str(&path)) : (struct str){0};
    buf_release(&path);
    return kept;
}

/* The name of the first file of a case in which the query selects something; or empty. */
static struct str file_with(const struct trials *ts, const struct trial *t,
                            const struct path_program *program)
{
    const struct node *files = tree_member(ts->tree, t->written, STR("files"));
    for (uint32_t i = 0; node_is(files, NODE_OBJECT) && i < node_size(files); i++) {
        const struct node *content = tree_value(ts->tree, files, i);
        if (node_is_container(content) && select_written(ts, program, content)) {
            return tree_text(ts->tree, tree_key(ts->tree, files, i));
        }
    }
    return (struct str){0};
}

/* The name in the query that no document of the kind has, with the nearest; empty where there is none. */
static struct str what_is_impossible(const struct trials *ts, const struct trial *t,
                                     const struct path_program *program)
{
    const struct kind *kind = kinds_find(ts->loader->kinds, t->policy.kind);
    const struct shape_set root = {.open = true};
    struct shape_set reached = {.open = true};
    struct path_error problem = {0};
    bool possible = !kind || !kind->schema.top ||
                    shape_check(&kind->schema, program, ts->loader->atoms, &root, &reached,
                                ts->loader->arena, &problem);
    return possible ? (struct str){0} : problem.message;
}

struct str trial_place_absent(const struct trials *trials, const struct trial *trial,
                              const struct path_program *program)
{
    struct arena *arena = trials->loader->arena;
    struct str file = file_with(trials, trial, program);
    if (file.len) {
        return arena_format(arena,
                            "this selects nothing in the case that the files are joined to, only "
                            "in '%.*s'; a gitlab-eks.yaml is $.gitlab there, and "
                            "rules/kinds/case.yaml has the rest",
                            STR_ARG(file));
    }
    const struct node *node = select_written(trials, program, trial->written);
    struct str path = node ? path_seen(trials, trial, node) : (struct str){0};
    if (path.len) {
        return arena_format(arena,
                            "this selects nothing in the shape that rules see, in which "
                            "Statement, Action, Resource, principals and values are lists; write "
                            "%.*s",
                            STR_ARG(path));
    }
    struct str impossible = what_is_impossible(trials, trial, program);
    return impossible.len ? impossible : STR("this selects nothing in the test's document");
}
