/* SPDX-License-Identifier: MIT */
/*
 * The YAML reader: from events to a tree, by recursive descent. Resolution of scalars is
 * yaml_scalar.c's, positions are yaml_events.c's, the wording of syntax errors is yaml_errors.c's.
 *
 * An anchored node is copied (24 bytes) for each of its aliases and shares its children, so
 * documents that expand without end cost nothing here; what would walk them is protected by the two
 * counts: `nodes`, which counts an alias as all that it stands for, and the height of what an
 * anchor holds.
 *
 * Invariant: every helper that returns false has reported why.
 */
#include "tree/read_yaml.h"

#include "base/utf8.h"
#include "tree/report.h"
#include "tree/yaml_errors.h"
#include "tree/yaml_events.h"
#include "tree/yaml_scalar.h"

/* libyaml's time for a token grows with the brackets around it, and with what %TAG lines define. */
enum { YAML_MAX_TAG_LINES = 1000, YAML_MAX_TAG_LINE = 1000 };

/*
 * What an anchor's name stands for at this point of the document; a name may be used again (YAML
 * 1.2 §7.1).
 */
struct anchor {
    struct node node;
    uint64_t nodes;    /* the node and all below it, aliases expanded */
    uint32_t height;   /* levels of containers */
    uint32_t document; /* the anchors of earlier documents are forgotten */
    uint32_t serial;   /* which of the uses of this name */
    bool open;         /* its container is still being read */
};

struct yaml_stream {
    struct arena *arena;
    struct source *source;
    struct findings *findings;
    struct yaml_events *events;
    struct atoms anchor_names;
    struct anchor *anchors; /* by atom of anchor_names */
    size_t anchor_capacity;
    struct node *merges; /* mappings to merge into those that are open, innermost last */
    size_t merge_count, merge_capacity;
    uint32_t document, serial;
    bool refused, ended;
    /* the document being read */
    struct builder *builder;
    struct tree *tree;
    const struct limits *limits;
    struct yaml_event event;
    uint32_t depth, flow_depth;
    uint32_t height;  /* of the node read last */
    uint64_t nodes;   /* so far, aliases expanded */
    uint64_t aliased; /* how many of them came through aliases */
};

/* The anchor that a node defines: its name's atom and which use of the name this is. Zero: none. */
struct anchoring {
    uint32_t atom, serial;
    uint64_t nodes_before;
};

static struct location location_of(const struct yaml_stream *s, struct span span)
{
    return (struct location){s->source->id, span};
}

static bool refuse(const struct yaml_stream *s, struct span at, struct str problem)
{
    report_unreadable(s->findings, STR("syntax/yaml"), location_of(s, at), problem);
    return false;
}

/* Report that a limit was reached at a node; always false. */
static bool refuse_more(const struct yaml_stream *s, uint32_t lo, enum limit limit)
{
    return refuse(s, (struct span){lo, lo}, limit_reached(s->findings->arena, s->limits, limit));
}

static bool next_event(struct yaml_stream *s)
{
    struct yaml_problem problem;
    if (events_next(s->events, &s->event, &problem)) {
        return true;
    }
    yaml_report(s->findings, s->source, &problem);
    return false;
}

static struct anchor *find_anchor(struct yaml_stream *s, uint32_t atom)
{
    while (s->anchor_capacity <= atom) {
        s->anchors = arena_grow(s->arena, s->anchors, s->anchor_capacity, &s->anchor_capacity,
                                sizeof *s->anchors);
    }
    return &s->anchors[atom];
}

/* Note the anchor of the current event, from now until close_anchor() without a value. */
static struct anchoring open_anchor(struct yaml_stream *s)
{
    struct anchoring anchoring = {.nodes_before = s->nodes};
    if (s->event.anchor.len) {
        anchoring.atom = atoms_intern(&s->anchor_names, s->event.anchor);
        anchoring.serial = ++s->serial;
        *find_anchor(s, anchoring.atom) =
            (struct anchor){.document = s->document, .serial = anchoring.serial, .open = true};
    }
    return anchoring;
}

/* Give the anchor its value, unless the name was used again meanwhile. */
static void close_anchor(struct yaml_stream *s, struct anchoring anchoring, const struct node *node)
{
    struct anchor *anchor = anchoring.atom ? find_anchor(s, anchoring.atom) : NULL;
    if (anchor && anchor->serial == anchoring.serial) {
        anchor->node = *node;
        anchor->nodes = s->nodes - anchoring.nodes_before;
        anchor->height = s->height;
        anchor->open = false;
    }
}

static enum node_kind kind_of_scalar(const struct yaml_event *event)
{
    if (event->tag.len) {
        /*
         * "!" says: not by its text (YAML 1.2 §6.9.1), and yaml_resolve_tagged() calls what it does
         * not know a string.
         */
        return yaml_resolve_tagged(event->tag, event->value);
    }
    return event->style == STYLE_PLAIN ? yaml_resolve(event->value) : NODE_STRING;
}

static uint8_t take_tag(struct yaml_stream *s)
{
    bool none = s->event.tag.len == 0 || str_eq(s->event.tag, STR("!"));
    return none ? 0 : tree_tag_add(s->tree, s->event.tag);
}

/* Where in the source the text would stand if it needed no decoding. */
static size_t text_candidate(const struct yaml_event *event)
{
    size_t len = event->value.len;
    switch (event->style) {
    case STYLE_SINGLE:
    case STYLE_DOUBLE:
        return event->span.lo + 1;
    case STYLE_LITERAL:
    case STYLE_FOLDED:
        while (len > 0 && event->value.ptr[len - 1] == '\n') {
            len--;
        }
        return event->span.hi - (len < event->span.hi ? len : event->span.hi);
    case STYLE_PLAIN:
    case STYLE_FLOW:
    case STYLE_BLOCK:
        break;
    }
    return event->span.lo;
}

/*
 * The current event's scalar as a node; its text stays in the source where it stands there byte for
 * byte.
 */
static struct node scalar_node(struct yaml_stream *s)
{
    const struct yaml_event *event = &s->event;
    struct node node = {
        .lo = event->span.lo,
        .hi = event->span.hi,
        .source = s->source->id,
        .kind = (uint8_t)kind_of_scalar(event),
        .style = (uint8_t)event->style,
        .tag = take_tag(s),
        .len = (uint32_t)event->value.len,
    };
    size_t at = text_candidate(event);
    if (str_eq(str_slice(s->source->bytes, at, at + node.len), event->value)) {
        node.text = (uint32_t)at;
    } else {
        node.flags = NODE_IN_POOL;
        node.text = tree_pool_add(s->tree, event->value);
    }
    return node;
}

static struct node take_scalar(struct yaml_stream *s)
{
    struct anchoring anchoring = open_anchor(s);
    struct node node = scalar_node(s);
    s->nodes++;
    s->height = 0;
    close_anchor(s, anchoring, &node);
    return node;
}

static bool refuse_alias(const struct yaml_stream *s, const char *before, const char *after)
{
    struct str name =
        str_slice(s->event.anchor, 0, 200); /* libyaml's names are ASCII: no character is cut */
    return refuse(s, s->event.span,
                  arena_format(s->findings->arena, "%s '%.*s' %s", before, STR_ARG(name), after));
}

static bool refuse_alias_beyond(const struct yaml_stream *s, enum limit limit)
{
    struct str reached = limit_reached(s->findings->arena, s->limits, limit);
    return refuse_alias(s, "the alias",
                        arena_format(s->findings->arena, "brings %.*s", STR_ARG(reached)).ptr);
}

/* The node that the current alias event stands for. */
static bool take_alias(struct yaml_stream *s, struct node *node)
{
    uint32_t atom = 0;
    bool known = atoms_find(&s->anchor_names, s->event.anchor, &atom);
    const struct anchor *anchor = known ? find_anchor(s, atom) : NULL;
    if (!anchor || anchor->document != s->document) {
        return refuse_alias(s, "nothing above is named by the anchor",
                            "of this alias; put the value in quotes if it "
                            "is no alias");
    }
    if (anchor->open) {
        return refuse_alias(s, "the anchor", "contains itself");
    }
    if (s->depth + anchor->height > s->limits->of[LIMIT_DEPTH]) {
        return refuse_alias_beyond(s, LIMIT_DEPTH);
    }
    s->nodes += anchor->nodes;
    s->aliased += anchor->nodes;
    s->height = anchor->height;
    if (s->aliased > s->limits->of[LIMIT_ALIAS_NODES]) {
        return refuse_alias_beyond(s, LIMIT_ALIAS_NODES);
    }
    *node = anchor->node;
    node->lo = s->event.span.lo;
    node->hi = s->event.span.hi;
    node->flags |= NODE_ALIAS;
    return true;
}

static bool read_node(struct yaml_stream *s);

/* Read the node at the current event and take it off the builder's stack again. */
static bool read_apart(struct yaml_stream *s, struct node *node)
{
    if (!read_node(s)) {
        return false;
    }
    *node = builder_pop(s->builder);
    return true;
}

static bool is_merge_key(const struct yaml_event *event)
{
    return event->kind == EVENT_SCALAR && event->style == STYLE_PLAIN &&
           str_eq(event->value, STR("<<")) &&
           (event->tag.len == 0 || yaml_is_merge_tag(event->tag));
}

/*
 * Note what a merge key's value holds; false where it is neither a mapping nor a sequence of
 * mappings.
 */
static bool note_merges(struct yaml_stream *s, const struct node *value)
{
    bool many = value->kind == NODE_ARRAY;
    const struct node *items = many ? tree_children(s->tree, value) : value;
    uint32_t count = many ? value->count : 1;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].kind != NODE_OBJECT) {
            return false;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        s->merges =
            arena_grow(s->arena, s->merges, s->merge_count, &s->merge_capacity, sizeof *s->merges);
        s->merges[s->merge_count++] = items[i];
    }
    return true;
}

/* Push the name of a member from its key: a scalar's text, or how anything else is written. */
static bool push_key(struct yaml_stream *s, const struct node *key)
{
    struct str text = node_is_container(key) ? str_slice(s->source->bytes, key->lo, key->hi)
                                             : tree_text(s->tree, key);
    if (text.len > s->limits->of[LIMIT_KEY_BYTES]) {
        return refuse_more(s, key->lo, LIMIT_KEY_BYTES);
    }
    uint32_t atom = atoms_intern(s->tree->atoms, text);
    builder_key(s->builder, atom, key->source, (struct span){key->lo, key->hi});
    return true;
}

/* One member, from the event that starts its key. */
static bool read_member(struct yaml_stream *s)
{
    bool merges = is_merge_key(&s->event);
    struct node key;
    struct node value;
    if (!read_apart(s, &key) || !next_event(s)) {
        return false;
    }
    if (!merges) {
        return push_key(s, &key) && read_node(s);
    }
    if (!read_apart(s, &value)) {
        return false;
    }
    if (!note_merges(s, &value)) {
        if (!push_key(s, &key)) {
            return false;
        }
        builder_push(s->builder, &value);
    }
    return true;
}

static bool read_mapping(struct yaml_stream *s)
{
    uint32_t height = 0;
    size_t first_merge = s->merge_count;
    for (;;) {
        if (!next_event(s)) {
            return false;
        }
        if (s->event.kind == EVENT_MAPPING_END) {
            break;
        }
        if (!read_member(s)) {
            return false;
        }
        height = s->height > height ? s->height : height;
    }
    if (s->merge_count > first_merge) {
        builder_merge(s->builder, s->merges + first_merge, s->merge_count - first_merge);
        s->merge_count = first_merge;
    }
    s->height = height;
    return true;
}

static bool read_sequence(struct yaml_stream *s)
{
    uint32_t height = 0;
    for (;;) {
        if (!next_event(s)) {
            return false;
        }
        if (s->event.kind == EVENT_SEQUENCE_END) {
            break;
        }
        if (!read_node(s)) {
            return false;
        }
        height = s->height > height ? s->height : height;
    }
    s->height = height;
    return true;
}

static bool read_container(struct yaml_stream *s)
{
    bool mapping = s->event.kind == EVENT_MAPPING_START;
    uint32_t lo = s->event.span.lo;
    bool flow = s->event.style == STYLE_FLOW;
    if (s->depth >= s->limits->of[LIMIT_DEPTH]) {
        return refuse_more(s, lo, LIMIT_DEPTH);
    }
    if (flow && s->flow_depth >= s->limits->of[LIMIT_FLOW_DEPTH]) {
        return refuse_more(s, lo, LIMIT_FLOW_DEPTH);
    }
    struct anchoring anchoring = open_anchor(s);
    struct node *open =
        builder_open(s->builder, mapping ? NODE_OBJECT : NODE_ARRAY, s->source->id, lo);
    open->style = (uint8_t)s->event.style;
    open->tag = take_tag(s);
    s->nodes++;
    s->depth++;
    s->flow_depth += flow;
    if (!(mapping ? read_mapping(s) : read_sequence(s))) {
        return false;
    }
    s->depth--;
    s->flow_depth -= flow;
    s->height++;
    close_anchor(s, anchoring, builder_close(s->builder, s->event.span.hi));
    return true;
}

/* Push the node that starts with the current event. */
static bool read_node(struct yaml_stream *s)
{
    struct node node;
    if (s->event.kind == EVENT_SEQUENCE_START || s->event.kind == EVENT_MAPPING_START) {
        return read_container(s);
    }
    if (s->event.kind == EVENT_ALIAS) {
        if (!take_alias(s, &node)) {
            return false;
        }
    } else {
        if (s->event.value.len > s->limits->of[LIMIT_STRING_BYTES]) {
            return refuse_more(s, s->event.span.lo, LIMIT_STRING_BYTES);
        }
        node = take_scalar(s);
    }
    if (s->nodes > s->limits->of[LIMIT_NODES]) {
        return refuse_more(s, node.lo, LIMIT_NODES);
    }
    builder_push(s->builder, &node);
    return true;
}

/* From the first event of a document's content to the event of its end. */
static bool read_document(struct yaml_stream *s)
{
    s->document++;
    s->depth = 0;
    s->flow_depth = 0;
    s->nodes = 0;
    s->aliased = 0;
    s->merge_count = 0;
    return next_event(s) && read_node(s) && next_event(s);
}

static void on_duplicate(void *context, const struct node *first, const struct node *again)
{
    const struct yaml_stream *s = context;
    report_duplicate_key(s->findings, s->tree, first, again);
}

/* Text that libyaml must not see: in another encoding, or malformed. */
static bool check_encoding(const struct yaml_stream *s)
{
    struct str bytes = s->source->bytes;
    if (report_utf16(s->findings, STR("syntax/yaml"), s->source)) {
        return false;
    }
    size_t bad = utf8_find_malformed(bytes);
    if (bad < bytes.len) {
        return refuse(s, (struct span){(uint32_t)bad, (uint32_t)bad + 1},
                      STR("this byte is not valid UTF-8; save the file as UTF-8"));
    }
    return true;
}

/*
 * True where a line, in libyaml's sense, may start: behind the last byte of a break or of U+FEFF.
 */
static bool may_start_line(struct str bytes, size_t at)
{
    return at == 0 || (bytes.ptr[at - 1] && strchr("\n\r\x85\xA8\xA9\xBF", bytes.ptr[at - 1]));
}

/*
 * %TAG lines that libyaml must not see: it compares each with all before it, and writes out the
 * prefix for each tag that uses it. Without these limits a file of 1 MB would keep it busy for many
 * seconds.
 */
static bool check_tag_lines(const struct yaml_stream *s)
{
    struct str bytes = s->source->bytes;
    size_t count = 0;
    for (size_t at = str_find_char(bytes, '%'); at < bytes.len;) {
        struct str rest = str_from(bytes, at);
        if (str_starts(rest, STR("%TAG")) && may_start_line(bytes, at)) {
            size_t len = 0;
            while (len < rest.len && len <= YAML_MAX_TAG_LINE &&
                   yaml_break(str_from(rest, len)) == 0) {
                len++;
            }
            if (++count > YAML_MAX_TAG_LINES || len > YAML_MAX_TAG_LINE) {
                return refuse(
                    s, (struct span){(uint32_t)at, (uint32_t)(at + len)},
                    STR("too many %TAG lines, or too long a one; write tags out in full"));
            }
        }
        at += 1 + str_find_char(str_from(rest, 1), '%');
    }
    return true;
}

struct yaml_stream *yaml_open(struct arena *arena, struct source *source, struct findings *findings)
{
    struct yaml_stream *s = arena_new(arena, struct yaml_stream);
    s->arena = arena;
    s->source = source;
    s->findings = findings;
    atoms_init(&s->anchor_names, arena, NULL);
    s->refused = !check_encoding(s) || !check_tag_lines(s);
    if (!s->refused) {
        s->events = events_open(arena, source);
    }
    return s;
}

void yaml_close(struct yaml_stream *s)
{
    if (s->events) {
        events_close(s->events);
    }
}

/* The next event that starts a document or ends the stream. */
static bool find_document(struct yaml_stream *s)
{
    do {
        if (!next_event(s)) {
            return false;
        }
    } while (s->event.kind == EVENT_STREAM_START);
    return true;
}

enum yaml_result yaml_read(struct yaml_stream *s, struct builder *builder, struct tree *tree)
{
    if (s->ended) {
        return YAML_END;
    }
    s->builder = builder;
    s->tree = tree;
    s->limits = s->source->limits;
    builder_start(builder, tree);
    builder->on_duplicate = on_duplicate;
    builder->context = s;
    bool read = !s->refused && find_document(s);
    bool end = read && s->event.kind == EVENT_STREAM_END;
    read = read && (end || read_document(s));
    builder->on_duplicate = NULL;
    builder->context = NULL;
    s->ended = end || !read;
    if (!read || end) {
        return end ? YAML_END : YAML_ERROR;
    }
    builder_finish(builder);
    return YAML_DOCUMENT;
}
