/* SPDX-License-Identifier: MIT */
/*
 * JSONPath: the first line of the input is an expression, the rest a JSON document in which the
 * string "?" stands for an unknown value. What is wrong is refused inside the text; the normalized
 * path of a result selects that result alone; an index changes no result; and what is known while a value is unknown stays so,
 * whatever the value turns out to be.
 */
#include "path/names.h"
#include "path/program.h"
#include "tree/read_json.h"

#include "check.h"

enum { STEPS = 20000, UNKNOWNS_MAX = 64, PATH_MAX_BYTES = 8192, PATHS_CHECKED = 8 };

struct run {
    struct arena arena;
    struct sources sources;
    struct atoms atoms;
    struct findings findings;
    struct builder builder;
    struct tree tree;
    struct node *unknowns[UNKNOWNS_MAX];
    size_t unknown_count;
};

static bool read_document(struct run *run, struct str json)
{
    sources_init(&run->sources, &run->arena);
    atoms_init(&run->atoms, &run->arena, NULL);
    run->findings.arena = &run->arena;
    tree_init(&run->tree, &run->arena, &run->sources, &run->atoms);
    struct source *source = sources_add(&run->sources, STR("fuzz"), json);
    if (!json_read_whole(&run->builder, &run->tree, source, &run->findings)) {
        return false;
    }
    for (size_t i = 0; i < run->tree.count && run->unknown_count < UNKNOWNS_MAX; i++) {
        struct node *node = &run->tree.nodes[i];
        if (node->kind == NODE_STRING && str_eq(tree_text(&run->tree, node), STR("?"))) {
            run->unknowns[run->unknown_count++] = node;
        }
    }
    return true;
}

static void set_unknowns(struct run *run, enum node_kind kind)
{
    for (size_t i = 0; i < run->unknown_count; i++) {
        run->unknowns[i]->kind = (uint8_t)kind;
        run->unknowns[i]->count = kind == NODE_STRING ? 1 : 0;
    }
}

static struct path_env new_env(struct run *run)
{
    return (struct path_env){
        .tree = &run->tree,
        .root = run->tree.root,
        .current = {run->tree.root, NULL},
        .scratch = &run->arena,
        .steps = STEPS,
    };
}

static void check_program(const struct path_program *program, struct str text)
{
    CHECK(program->op_count > 0 && program->ops[0].end == program->op_count);
    for (uint32_t i = 0; i < program->op_count; i++) {
        const struct path_op *op = &program->ops[i];
        CHECK(op->code < PATH_CODE_COUNT && op->end > i && op->end <= program->op_count);
        CHECK(op->lo <= op->hi && op->hi <= text.len);
        for (uint32_t operand = i + 1; operand < op->end; operand = program->ops[operand].end) {
            CHECK(program->ops[operand].lo >= op->lo && program->ops[operand].hi <= op->hi);
        }
    }
    const struct path_error *problem = path_pattern_problem(program);
    CHECK(!problem ||
          (problem->lo <= problem->hi && problem->hi <= text.len && problem->message.len > 0));
}

static struct path_program *compile(struct run *run, enum path_goal goal, struct str text)
{
    struct path_compiler compiler = {
        .arena = &run->arena,
        .atoms = &run->atoms,
        .functions = &path_standard_functions,
        .allow_relative = true,
    };
    struct path_error error;
    struct path_program *program = path_compile(&compiler, goal, text, &error);
    if (program) {
        check_program(program, text);
    } else {
        CHECK(error.message.len > 0 && error.lo <= error.hi && error.hi <= text.len);
    }
    return program;
}

static void check_normalized_path(struct run *run, const struct path_item *item)
{
    struct buf path = buf_with_max(PATH_MAX_BYTES);
    path_write(&path, &run->atoms, item->where);
    if (!path.truncated) {
        const struct path_program *again = compile(run, PATH_QUERY, buf_str(&path));
        CHECK(again);
        struct path_env env = new_env(run);
        struct nodelist nodes;
        path_select(again, &env, &nodes);
        CHECK(env.exhausted || (nodes.count == 1 && nodes.items[0].node == item->node));
    }
    buf_release(&path);
}

/* Indexes change what a filter costs, and nothing else. */
static void check_indexed(struct run *run, const struct path_program *program,
                          const struct nodelist *walked)
{
    struct path_indexes indexes = {.arena = &run->arena, .eager = true};
    for (int round = 0; round < 2; round++) { /* built, and found */
        struct path_env env = new_env(run);
        struct nodelist nodes;
        env.indexes = &indexes;
        path_select(program, &env, &nodes);
        CHECK(env.exhausted || nodes.unknown == walked->unknown);
        CHECK(env.exhausted || nodes.count == walked->count);
        for (size_t i = 0; !env.exhausted && i < nodes.count; i++) {
            CHECK(nodes.items[i].node == walked->items[i].node);
        }
    }
}

static void check_query(struct run *run, struct str text)
{
    const struct path_program *program = compile(run, PATH_QUERY, text);
    if (!program) {
        return;
    }
    set_unknowns(run, NODE_UNKNOWN);
    struct path_env env = new_env(run);
    struct nodelist nodes;
    path_select(program, &env, &nodes);
    CHECK(!env.exhausted || nodes.unknown);
    for (size_t i = 0; i < nodes.count && i < PATHS_CHECKED; i++) {
        check_normalized_path(run, &nodes.items[i]);
    }
    if (!env.exhausted) {
        check_indexed(run, program, &nodes);
    }
    struct path_names names = {0};
    CHECK(path_may_select(program, &run->tree, &names) || (nodes.count == 0 && !nodes.unknown));
    set_unknowns(run, NODE_STRING);
    struct path_env known = new_env(run);
    struct nodelist all;
    path_select(program, &known, &all);
    CHECK(known.exhausted || !all.unknown);
    CHECK(known.exhausted || nodes.unknown || nodes.count == all.count);
}

static void check_test(struct run *run, struct str text)
{
    const struct path_program *program = compile(run, PATH_LOGICAL, text);
    if (!program) {
        return;
    }
    set_unknowns(run, NODE_UNKNOWN);
    struct path_env env = new_env(run);
    enum truth truth = path_test(program, &env);
    static const enum node_kind kinds[] = {NODE_STRING, NODE_NULL, NODE_ARRAY, NODE_OBJECT};
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        set_unknowns(run, kinds[i]);
        struct path_env known = new_env(run);
        enum truth decided = path_test(program, &known);
        CHECK(known.exhausted || decided != TRUTH_UNKNOWN);
        CHECK(known.exhausted || truth == TRUTH_UNKNOWN || truth == decided);
    }
}

static void check_placeholder(struct run *run, struct str text)
{
    struct path_program *program = compile(run, PATH_PLACEHOLDER, text);
    if (!program) {
        return;
    }
    set_unknowns(run, NODE_UNKNOWN);
    struct path_env env = new_env(run);
    struct path_datum result;
    path_evaluate(program, &env, &result);
    CHECK(result.type == path_program_type(program));
    if (program->ops[0].code == OP_QUERY) {
        CHECK(path_link_fact(program, program, 1) > 0);
        env.missing_facts = 2;
        path_evaluate(program, &env, &result);
        CHECK(result.nodes.unknown && result.nodes.count == 0);
    }
    struct buf dump = buf_with_max(PATH_MAX_BYTES);
    path_dump(program, &run->atoms, &dump);
    buf_release(&dump);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run run = {0};
    struct str text, json;
    str_cut((struct str){(const char *)data, size}, '\n', &text, &json);
    if (!read_document(&run, json)) {
        read_document(
            &run, STR("{\"a\": [1, \"?\", {\"b\": \"x\"}], \"b\": \"?\", \"c\": {\"d\": null}}"));
    }
    check_query(&run, text);
    check_test(&run, text);
    check_placeholder(&run, text);
    builder_release(&run.builder);
    arena_release(&run.arena);
    return 0;
}
