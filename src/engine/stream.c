/* SPDX-License-Identifier: MIT */
/*
 * A stream: a line is a file with its name, {"name": …, "content": …}, and is judged by itself. A line is our own
 * format and is read strictly: what is wrong with it is the answer to it, and nothing else of it counts.
 */
#include "engine/engine.h"

#include "model/directive.h"
#include "text/secret.h"
#include "tree/read_json.h"

enum { SHOWN_KEY_BYTES = 64 };

/* A line, and what it holds. */
struct line {
    ekslint *e;
    struct source *source;
    struct tree tree;
    struct report_line answer;
    struct str content;
    struct str kind; /* or empty */
};

static bool refuse(struct line *line, struct str why)
{
    line->answer.error = why;
    return false;
}

/* What a reader says, with its place. */
static bool refuse_with(struct line *line, const struct finding *finding)
{
    struct arena *arena = &line->e->arena;
    struct position at = source_position(line->source, finding->at.span.lo);
    return refuse(line, arena_format(arena, "column %u: %.*s", (unsigned)at.column,
                                     STR_ARG(finding->message)));
}

static bool read_tree(struct line *line)
{
    ekslint *e = line->e;
    struct findings said = {.arena = &e->arena};
    if (str_trim(line->source->bytes).len == 0) {
        return refuse(line, STR("an empty line; a line holds an object with 'name' and 'content'"));
    }
    tree_init(&line->tree, &e->arena, &e->sources, &e->atoms);
    bool read = json_read_whole(&e->reader.builder, &line->tree, line->source, &said);
    if (!read || said.count) { /* a member that stands twice is a warning elsewhere */
        secret_redact_findings(&said, 0, &e->sources);
        return said.count ? refuse_with(line, &said.items[0]) : refuse(line, STR("no JSON"));
    }
    return line->tree.root->kind == NODE_OBJECT ||
           refuse(line, STR("a line holds an object with 'name' and 'content'"));
}

/* A text of the line. False where the member is something else, or must be there and is not. */
static bool take_text(struct line *line, const char *member, bool needed, struct str *text)
{
    struct arena *arena = &line->e->arena;
    const struct node *node = tree_member(&line->tree, line->tree.root, str_from_c(member));
    if (!node) {
        return !needed || refuse(line, arena_format(arena, "there is no '%s'", member));
    }
    if (node->kind != NODE_STRING) {
        return refuse(line, arena_format(arena, "'%s' has to be a text", member));
    }
    *text = tree_text(&line->tree, node);
    return true;
}

static bool check_members(struct line *line)
{
    static const struct str known[] = {STR_INIT("name"), STR_INIT("content"), STR_INIT("kind")};
    const struct tree *tree = &line->tree;
    for (uint32_t i = 0; i < node_size(tree->root); i++) {
        struct str name = tree_text(tree, tree_key(tree, tree->root, i));
        if (!str_eq(name, known[0]) && !str_eq(name, known[1]) && !str_eq(name, known[2])) {
            struct str nearest = str_nearest(name, known, COUNT_OF(known));
            struct str shown = str_slice(name, 0, SHOWN_KEY_BYTES);
            return refuse(line,
                          arena_format(&line->e->arena,
                                       nearest.len ? "there is no key '%.*s'; did you mean '%.*s'?"
                                                   : "there is no key '%.*s'%.*s",
                                       STR_ARG(shown), STR_ARG(nearest)));
        }
    }
    return true;
}

/* The kind counts for this line alone. */
static bool force_kind(struct line *line)
{
    ekslint *e = line->e;
    struct str id;
    if (line->kind.len == 0) {
        return true;
    }
    directive_split_kind(line->kind, &id, &e->reader.resource_type);
    const struct kind *kind = kinds_find(&e->kinds, id);
    if (!kind || !kind_can_be_named(kind)) {
        struct str nearest = kinds_nearest(&e->kinds, id, &e->arena);
        struct str shown = str_slice(line->kind, 0, SHOWN_KEY_BYTES);
        return refuse(line, arena_format(&e->arena,
                                         nearest.len ? "unknown kind '%.*s'; did you mean '%.*s'?"
                                                     : "unknown kind '%.*s'%.*s",
                                         STR_ARG(shown), STR_ARG(nearest)));
    }
    e->reader.forced = kind;
    return true;
}

/* The name stands in the answer, whatever else is wrong. */
static void note_name(struct line *line)
{
    const struct node *name = tree_member(&line->tree, line->tree.root, STR("name"));
    line->answer.has_name = name && name->kind == NODE_STRING;
    if (line->answer.has_name) {
        line->answer.name = tree_text(&line->tree, name);
    }
}

static bool read_line(struct line *line)
{
    if (!read_tree(line)) {
        return false;
    }
    note_name(line);
    return check_members(line) && take_text(line, "name", true, &line->answer.name) &&
           take_text(line, "content", true, &line->content) &&
           take_text(line, "kind", false, &line->kind) && force_kind(line);
}

static int judge(struct line *line)
{
    ekslint *e = line->e;
    struct location at;
    if (engine_config_excludes(e, line->answer.name, false, &at)) {
        line->answer.excluded = true;
        return EKSLINT_NOTHING;
    }
    (void)engine_add_file(e, line->answer.name, line->content, false); /* false is in the answer */
    engine_run_documents(e);
    engine_finish_results(e);
    return engine_status(e);
}

static ekslint_text write_answer(const struct line *line, const ekslint_output *output, int *status)
{
    ekslint *e = line->e;
    const struct report report = engine_report(e, output);
    struct buf out = buf_with_max((size_t)e->limits.of[LIMIT_OUTPUT_BYTES]);
    report_json_stream(&report, &line->answer, &out);
    ekslint_text text = engine_take_text(&out);
    if (text.too_large) { /* half an answer is none */
        struct report_line answer = line->answer;
        answer.error = limit_reached(&e->arena, &e->limits, LIMIT_OUTPUT_BYTES);
        out = buf_with_max(ENGINE_TEXT_MAX);
        report_json_stream(&report, &answer, &out);
        text = engine_take_text(&out);
        *status = EKSLINT_INTERNAL;
    }
    return text;
}

int ekslint_check_line(ekslint *e, size_t number, const char *bytes, size_t len,
                       const ekslint_output *output, ekslint_text *answer)
{
    if (e->broken) {
        return EKSLINT_INTERNAL;
    }
    engine_begin_files(e);
    struct limits *limits = arena_new(&e->arena, struct limits);
    *limits = e->limits; /* a file's text is a string here */
    limits->of[LIMIT_STRING_BYTES] = limits->of[LIMIT_DOCUMENT_BYTES];
    struct str text = {bytes, len};
    struct line line = {.e = e, .answer = {.number = number}};
    struct engine_kind asked = {e->reader.forced, e->reader.resource_type};
    int status = EKSLINT_INPUT;
    if (len > limits->of[LIMIT_DOCUMENT_BYTES]) {
        (void)refuse(&line, limit_reached(&e->arena, &e->limits, LIMIT_DOCUMENT_BYTES));
    } else {
        line.source = sources_add_passing(&e->sources, &e->arena, STR("line"), text);
        line.source->limits = limits;
        status = read_line(&line) ? judge(&line) : status;
    }
    engine_restore_kind(e, asked);
    *answer = write_answer(&line, output, &status);
    ekslint_forget_files(e);
    return status;
}
