/* SPDX-License-Identifier: MIT */
/*
 * The only file that knows libyaml (0.2.5). What it absorbs, each checked by experiment:
 * - marks count code points: a table of byte offsets turns them into bytes, in any order;
 * - the start of a node includes its anchor and tag: they are skipped, in the text;
 * - block collections start empty at the first key or '-', but those without indent of their own behind the '-';
 * - block collections end at the next token, after comments: they end with their last child instead;
 * - block scalars end behind the line breaks that follow: they end with their last content line instead;
 * - an empty value stands behind its ':' in block context, but at the next token in flow context or where ':' is
 *   missing: here it stands behind the indicator, or at the end of what precedes it.
 * Invariant: `last` is the end of the last token with content of its own; it never moves backwards.
 */
#include "tree/yaml_events.h"

#include "base/memory.h"
#include "tree/yaml_scalar.h"

#include <yaml.h>

enum { CHECKPOINT_STEP = 64 };

struct yaml_events {
    struct arena *arena;
    yaml_parser_t parser;
    yaml_event_t raw; /* owns the texts of the event given out last */
    struct str bytes;
    uint32_t *checkpoints; /* byte offset of every 64th code point; NULL where the text is ASCII */
    uint32_t checkpoint_count;
    uint32_t last;
};

static uint32_t sequence_len(char lead)
{
    unsigned char byte = (unsigned char)lead;
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

static void index_code_points(struct yaml_events *events, struct arena *arena)
{
    uint32_t len = (uint32_t)events->bytes.len;
    events->checkpoints = arena_array(arena, uint32_t, len / CHECKPOINT_STEP + 1);
    uint32_t index = 0;
    for (uint32_t at = 0; at < len; at += sequence_len(events->bytes.ptr[at]), index++) {
        if (index % CHECKPOINT_STEP == 0) {
            events->checkpoints[events->checkpoint_count++] = at;
        }
    }
}

/* The byte offset of a code point index; an index beyond the text is its end. */
static uint32_t to_byte(const struct yaml_events *events, size_t index)
{
    uint32_t len = (uint32_t)events->bytes.len;
    if (!events->checkpoints) {
        return index < len ? (uint32_t)index : len;
    }
    if (index / CHECKPOINT_STEP >= events->checkpoint_count) {
        return len;
    }
    uint32_t at = events->checkpoints[index / CHECKPOINT_STEP];
    for (size_t left = index % CHECKPOINT_STEP; left > 0 && at < len; left--) {
        at += sequence_len(events->bytes.ptr[at]);
    }
    return at;
}

struct yaml_events *events_open(struct arena *arena, struct source *source)
{
    struct yaml_events *events = arena_new(arena, struct yaml_events);
    events->arena = arena;
    events->bytes = source->bytes;
    if (!source_is_ascii(source)) {
        index_code_points(events, arena);
    }
    if (!yaml_parser_initialize(&events->parser)) {
        memory_exhausted(); /* libyaml wants it for nothing else */
    }
    /* With the encoding given, libyaml looks for no byte order mark: source.c has stripped it. */
    yaml_parser_set_encoding(&events->parser, YAML_UTF8_ENCODING);
    const char *text = source->bytes.len ? source->bytes.ptr : "";
    yaml_parser_set_input_string(&events->parser, (const unsigned char *)text, source->bytes.len);
    return events;
}

void events_close(struct yaml_events *events)
{
    yaml_event_delete(&events->raw);
    yaml_parser_delete(&events->parser);
}

static uint32_t skip_comment(struct str bytes, uint32_t at, uint32_t end)
{
    while (at < end && yaml_break(str_from(bytes, at)) == 0) {
        at++;
    }
    return at;
}

/*
 * Behind the white space, line breaks and comments at `at`; stops at `end`. A line may start with
 * U+FEFF.
 */
static uint32_t skip_separation(struct str bytes, uint32_t at, uint32_t end)
{
    bool line_start = at == 0;
    while (at < end) {
        struct str rest = str_from(bytes, at);
        size_t line_break = yaml_break(rest);
        if (line_break) {
            at += (uint32_t)line_break;
        } else if (line_start && str_starts(rest, STR("\xEF\xBB\xBF"))) {
            at += 3;
        } else if (yaml_is_blank(rest.ptr[0])) {
            at++;
        } else if (rest.ptr[0] == '#') {
            at = skip_comment(bytes, at, end);
        } else {
            break;
        }
        line_start = line_break > 0;
    }
    return at < end ? at : end;
}

/* Behind an anchor: libyaml's names are ASCII, and what follows (as in `&a:b`) is the node. */
static uint32_t skip_anchor(struct str bytes, uint32_t at, uint32_t end)
{
    do {
        at++;
    } while (at < end && (char_is_digit(bytes.ptr[at]) || char_is_alpha(bytes.ptr[at]) ||
                          bytes.ptr[at] == '_' || bytes.ptr[at] == '-'));
    return at;
}

/* Behind a tag. Only a ',' in a flow collection may follow without white space. */
static uint32_t skip_tag(struct str bytes, uint32_t at, uint32_t end)
{
    bool verbatim = str_starts(str_from(bytes, at), STR("!<"));
    while (at < end && !yaml_is_blank(bytes.ptr[at]) && yaml_break(str_from(bytes, at)) == 0) {
        char c = bytes.ptr[at++];
        if (verbatim ? c == '>' : at < end && bytes.ptr[at] == ',') {
            break;
        }
    }
    return at;
}

/* The first byte of the node itself behind the anchor and tag that it may have. */
static uint32_t skip_properties(struct str bytes, uint32_t at, uint32_t end)
{
    while (at < end && (bytes.ptr[at] == '&' || bytes.ptr[at] == '!')) {
        at = bytes.ptr[at] == '&' ? skip_anchor(bytes, at, end) : skip_tag(bytes, at, end);
        at = skip_separation(bytes, at, end);
    }
    return at;
}

/*
 * Where an absent value stands: behind the last of the indicators between the previous token and
 * libyaml's mark.
 */
static uint32_t place_absent(const struct yaml_events *events, uint32_t mark)
{
    uint32_t place = events->last;
    uint32_t at = skip_separation(events->bytes, events->last, mark);
    while (at < mark) {
        char c = events->bytes.ptr[at++];
        if (c == ':' || c == '?' || c == '-') {
            place = at;
        }
        at = skip_separation(events->bytes, at, mark);
    }
    return place;
}

static bool is_blank_line(struct str line)
{
    for (size_t i = 0; i < line.len; i++) {
        if (!yaml_is_blank(line.ptr[i])) {
            return false;
        }
    }
    return true;
}

/*
 * The last line of text that is not empty: what stands on a block scalar's last content line, or
 * its end of it.
 */
static struct str last_line(struct str text)
{
    while (text.len && text.ptr[text.len - 1] == '\n') {
        text.len--;
    }
    size_t start = text.len;
    while (start > 0 && text.ptr[start - 1] != '\n') {
        start--;
    }
    return str_from(text, start);
}

/*
 * The end of a block scalar's last content line, its break excluded; of its header ("|", ">-")
 * where it has none. The blank lines that follow are kept, clipped or stripped (YAML 1.2 §8.1.1.2)
 * but never shown as the scalar's own.
 */
static uint32_t end_of_block(struct str bytes, uint32_t lo, uint32_t mark, struct str value)
{
    struct str last = last_line(value);
    uint32_t end = lo + 1;
    while (end < mark &&
           (char_is_digit(bytes.ptr[end]) || bytes.ptr[end] == '+' || bytes.ptr[end] == '-')) {
        end++;
    }
    bool header = true;
    for (uint32_t at = lo; last.len && at < mark;) {
        uint32_t start = at;
        while (at < mark && yaml_break(str_from(bytes, at)) == 0) {
            at++;
        }
        struct str line = str_slice(bytes, start, at);
        /*
         * A line of spaces is content where it is longer than the indent; then the value ends in
         * it, too.
         */
        bool content = !is_blank_line(line) || (is_blank_line(last) && str_ends(line, last));
        if (!header && content) {
            end = at;
        }
        header = false;
        at += (uint32_t)yaml_break(str_from(bytes, at));
    }
    return end;
}

static enum node_style scalar_style(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        return STYLE_SINGLE;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return STYLE_DOUBLE;
    case YAML_LITERAL_SCALAR_STYLE:
        return STYLE_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE:
        return STYLE_FOLDED;
    case YAML_ANY_SCALAR_STYLE:
    case YAML_PLAIN_SCALAR_STYLE:
        break;
    }
    return STYLE_PLAIN;
}

static struct str text_of(const yaml_char_t *text)
{
    return str_from_c((const char *)text);
}

/*
 * A place that is not before the last token; libyaml's marks of absent nodes and of merged tokens
 * may be.
 */
static struct span empty_at(uint32_t at)
{
    return (struct span){at, at};
}

static void take_scalar(struct yaml_events *events, struct yaml_event *event, struct span mark)
{
    const yaml_event_t *raw = &events->raw;
    event->kind = EVENT_SCALAR;
    event->style = scalar_style(raw->data.scalar.style);
    event->anchor = text_of(raw->data.scalar.anchor);
    event->tag = text_of(raw->data.scalar.tag);
    event->value = (struct str){(const char *)raw->data.scalar.value, raw->data.scalar.length};
    event->span = (struct span){skip_properties(events->bytes, mark.lo, mark.hi), mark.hi};
    if (mark.lo == mark.hi) {
        event->span = empty_at(place_absent(events, mark.lo));
    } else if (event->style == STYLE_LITERAL || event->style == STYLE_FOLDED) {
        event->span.hi = end_of_block(events->bytes, event->span.lo, mark.hi, event->value);
    }
    events->last = event->span.hi;
}

/*
 * The start of a collection. Flow: at its bracket, which libyaml's mark ends behind; but a single
 * pair in a flow sequence (`[a: b]`) has none and starts at its key or '?'. Block: where the mark
 * ends, or, for a sequence without indent of its own, one before.
 */
static void take_start(struct yaml_events *events, struct yaml_event *event, struct span mark,
                       bool flow, char bracket)
{
    uint32_t lo = mark.hi;
    char before = mark.hi > 0 ? events->bytes.ptr[mark.hi - 1] : '\0';
    if (flow) {
        lo = before == bracket && mark.lo < mark.hi ? mark.hi - 1 : mark.lo;
    } else if (event->kind == EVENT_SEQUENCE_START &&
               (lo >= events->bytes.len || events->bytes.ptr[lo] != '-')) {
        lo = mark.hi - 1;
    }
    event->style = flow ? STYLE_FLOW : STYLE_BLOCK;
    event->span = empty_at(lo);
    events->last = flow ? mark.hi : lo;
}

static void take_sequence(struct yaml_events *events, struct yaml_event *event, struct span mark)
{
    const yaml_event_t *raw = &events->raw;
    event->kind = EVENT_SEQUENCE_START;
    event->anchor = text_of(raw->data.sequence_start.anchor);
    event->tag = text_of(raw->data.sequence_start.tag);
    take_start(events, event, mark, raw->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE,
               '[');
}

static void take_mapping(struct yaml_events *events, struct yaml_event *event, struct span mark)
{
    const yaml_event_t *raw = &events->raw;
    event->kind = EVENT_MAPPING_START;
    event->anchor = text_of(raw->data.mapping_start.anchor);
    event->tag = text_of(raw->data.mapping_start.tag);
    take_start(events, event, mark, raw->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE, '{');
}

/* Only the end of a bracketed collection has a token of its own. */
static void take_end(struct yaml_events *events, struct yaml_event *event, enum event_kind kind,
                     struct span mark)
{
    event->kind = kind;
    if (mark.lo < mark.hi) {
        events->last = mark.hi;
    }
    event->span = empty_at(events->last);
}

static void take(struct yaml_events *events, struct yaml_event *event)
{
    const yaml_event_t *raw = &events->raw;
    struct span mark = {to_byte(events, raw->start_mark.index),
                        to_byte(events, raw->end_mark.index)};
    *event = (struct yaml_event){.span = mark};
    switch (raw->type) {
    case YAML_NO_EVENT: /* given out behind the end of the stream */
    case YAML_STREAM_END_EVENT:
        event->kind = EVENT_STREAM_END;
        break;
    case YAML_STREAM_START_EVENT:
        event->kind = EVENT_STREAM_START;
        break;
    case YAML_DOCUMENT_START_EVENT:
        event->kind = EVENT_DOCUMENT_START;
        events->last = raw->data.document_start.implicit ? events->last : mark.hi;
        break;
    case YAML_DOCUMENT_END_EVENT:
        event->kind = EVENT_DOCUMENT_END;
        events->last = raw->data.document_end.implicit ? events->last : mark.hi;
        break;
    case YAML_ALIAS_EVENT:
        event->kind = EVENT_ALIAS;
        event->anchor = text_of(raw->data.alias.anchor);
        events->last = mark.hi;
        break;
    case YAML_SCALAR_EVENT:
        take_scalar(events, event, mark);
        break;
    case YAML_SEQUENCE_START_EVENT:
        take_sequence(events, event, mark);
        break;
    case YAML_SEQUENCE_END_EVENT:
        take_end(events, event, EVENT_SEQUENCE_END, mark);
        break;
    case YAML_MAPPING_START_EVENT:
        take_mapping(events, event, mark);
        break;
    case YAML_MAPPING_END_EVENT:
        take_end(events, event, EVENT_MAPPING_END, mark);
        break;
    }
}

/* The reader's errors have no mark but a byte; the scanner's and the parser's have marks. */
static void take_problem(const struct yaml_events *events, struct yaml_problem *problem)
{
    const yaml_parser_t *parser = &events->parser;
    bool reader = parser->error == YAML_READER_ERROR;
    uint32_t len = (uint32_t)events->bytes.len;
    uint32_t offset = parser->problem_offset < len ? (uint32_t)parser->problem_offset : len;
    problem->problem = str_from_c(parser->problem);
    problem->context = str_from_c(parser->context);
    problem->at = reader ? offset : to_byte(events, parser->problem_mark.index);
    problem->context_at =
        parser->context && !reader ? to_byte(events, parser->context_mark.index) : problem->at;
}

bool events_next(struct yaml_events *events, struct yaml_event *event, struct yaml_problem *problem)
{
    yaml_event_delete(&events->raw);
    if (!yaml_parser_parse(&events->parser, &events->raw)) {
        if (events->parser.error == YAML_MEMORY_ERROR) {
            memory_exhausted();
        }
        take_problem(events, problem);
        return false;
    }
    take(events, event);
    return true;
}
