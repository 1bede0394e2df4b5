/* SPDX-License-Identifier: MIT */
/*
 * Sources, their line index, and the way from a decoded text back to the file. Nothing here knows a
 * format: readers hand in spans and span maps.
 */
#include "text/source.h"

#include "base/utf8.h"
#include "text/secret_tail.h"

#include <assert.h>

void sources_init(struct sources *sources, struct arena *arena)
{
    *sources = (struct sources){.arena = arena, .limits = &limits_default};
}

static struct source *add(struct sources *sources, struct arena *arena, struct str bytes)
{
    assert(bytes.len <= SOURCE_MAX_BYTES);
    sources->items = arena_grow(sources->arena, sources->items, sources->count, &sources->capacity,
                                sizeof(struct source *));
    struct source *source = arena_new(arena, struct source);
    source->limits = &limits_default;
    source->id = (uint32_t)sources->count;
    source->parent = source->id;
    source->bytes = bytes;
    source->arena = arena;
    sources->items[sources->count++] = source;
    return source;
}

struct source *sources_add_passing(struct sources *sources, struct arena *arena, struct str name,
                                   struct str bytes)
{
    static const struct str bom = STR_INIT("\xEF\xBB\xBF");
    uint32_t bom_len = str_starts(bytes, bom) ? (uint32_t)bom.len : 0;
    struct source *source = add(sources, arena, str_from(bytes, bom_len));
    source->bom_len = bom_len;
    source->name = arena_str(arena, name);
    return source;
}

struct source *sources_add(struct sources *sources, struct str name, struct str bytes)
{
    return sources_add_passing(sources, sources->arena, name, bytes);
}

bool sources_forget(struct sources *sources, size_t first, const struct arena *arena)
{
    struct source *nothing = NULL;
    size_t kept = first;
    for (size_t i = first; i < sources->count; i++) {
        if (sources->items[i]->arena != arena) {
            kept = i + 1;
        }
    }
    sources->count = kept;
    for (size_t i = first; i < kept; i++) {
        if (sources->items[i]->arena == arena) {
            nothing = nothing ? nothing : arena_new(sources->arena, struct source);
            nothing->limits = &limits_default;
            nothing->arena = sources->arena;
            nothing->id = (uint32_t)i;
            nothing->parent = nothing->id;
            sources->items[i] = nothing;
        }
    }
    return kept > first;
}

struct source *sources_add_inner(struct sources *sources, const struct source *parent,
                                 struct str bytes, struct span_map map)
{
    struct source *source = add(sources, parent->arena, bytes);
    source->parent = parent->id;
    source->name = parent->name;
    source->limits = parent->limits;
    source->map = map;
    return source;
}

struct source *sources_get(const struct sources *sources, uint32_t id)
{
    assert(id < sources->count);
    return sources->items[id];
}

/* The last run that starts at or before offset. */
static const struct span_run *find_run(const struct span_map *map, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = map->count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (map->runs[middle].child <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &map->runs[low];
}

static uint32_t map_start(const struct span_map *map, uint32_t offset)
{
    const struct span_run *run = find_run(map, offset);
    uint32_t inside = offset > run->child ? offset - run->child : 0;
    if (inside >= run->child_len) {
        return run->parent + run->parent_len;
    }
    return run->child_len == run->parent_len ? run->parent + inside : run->parent;
}

/*
 * An end belongs to the character before it: at a line's start inside a block scalar it must not
 * jump the indent.
 */
static uint32_t map_end(const struct span_map *map, uint32_t offset)
{
    if (offset == 0) {
        return map_start(map, 0);
    }
    const struct span_run *run = find_run(map, offset - 1);
    uint32_t inside = offset - run->child;
    if (run->child_len == run->parent_len && inside < run->parent_len) {
        return run->parent + inside;
    }
    return run->parent + run->parent_len;
}

struct span span_map_to_parent(const struct span_map *map, struct span span)
{
    if (map->count == 0) {
        return span;
    }
    uint32_t lo = map_start(map, span.lo);
    if (span.lo == span.hi) {
        return (struct span){lo, lo};
    }
    return (struct span){lo, map_end(map, span.hi)};
}

struct place sources_resolve(const struct sources *sources, uint32_t id, struct span span)
{
    struct source *source = sources_get(sources, id);
    while (source->parent != source->id) {
        span = span_map_to_parent(&source->map, span);
        source = sources_get(sources, source->parent);
    }
    return (struct place){source, span};
}

/* Where the next line begins. `*cr` is the first CR at or behind a place before `from`, kept up. */
static uint32_t next_line(struct str bytes, uint32_t from, size_t *cr)
{
    if (*cr < from) {
        *cr = from + str_find_char(str_from(bytes, from), '\r');
    }
    size_t end = from + str_find_char(str_slice(bytes, from, *cr), '\n');
    bool crlf = end == *cr && end + 1 < bytes.len && bytes.ptr[end + 1] == '\n';
    size_t next = end + (crlf ? 2 : 1);
    return (uint32_t)(next < bytes.len ? next : bytes.len);
}

enum { MARK_BYTES = 1024 };

/* A mark at the first code point from each multiple of MARK_BYTES on. */
static void build_marks(struct source *source)
{
    struct str bytes = source->bytes;
    source->marks = arena_array(source->arena, struct column_mark, bytes.len / MARK_BYTES + 1);
    size_t next = 0;
    uint32_t count = 0;
    for (size_t at = 0; at < bytes.len; count++) {
        if (at >= next * MARK_BYTES) {
            source->marks[next++] = (struct column_mark){(uint32_t)at, count};
        }
        uint32_t code_point;
        size_t len = utf8_decode(str_from(bytes, at), &code_point);
        at += len ? len : 1;
    }
    if (next <= bytes.len / MARK_BYTES) { /* the last one is at the end of the text */
        source->marks[next] = (struct column_mark){(uint32_t)bytes.len, count};
    }
}

static uint32_t count_before(const struct source *source, uint32_t offset)
{
    const struct column_mark *mark = &source->marks[offset / MARK_BYTES];
    if (mark->offset > offset) {
        mark--; /* inside the code point that straddles the multiple */
    }
    return mark->count + (uint32_t)utf8_count(str_slice(source->bytes, mark->offset, offset));
}

bool source_is_ascii(struct source *source)
{
    if (!source->looked_through) {
        source->ascii = utf8_find_non_ascii(source->bytes) == source->bytes.len;
        source->looked_through = true;
    }
    return source->ascii;
}

static void build_line_index(struct source *source)
{
    uint32_t count = 1;
    size_t cr = str_find_char(source->bytes, '\r');
    for (uint32_t at = 0; at < source->bytes.len; count++) {
        at = next_line(source->bytes, at, &cr);
    }
    if (!source_is_ascii(source)) {
        build_marks(source);
    }
    source->line_starts = arena_array(source->arena, uint32_t, count);
    cr = str_find_char(source->bytes, '\r');
    for (uint32_t i = 1; i < count; i++) {
        source->line_starts[i] = next_line(source->bytes, source->line_starts[i - 1], &cr);
    }
    /* Where the text does not end in a line break, the last entry is its end and starts no line. */
    char last = source->bytes.len ? source->bytes.ptr[source->bytes.len - 1] : '\n';
    source->line_count = (last == '\n' || last == '\r') ? count : count - 1;
}

struct position source_position(struct source *source, uint32_t offset)
{
    assert(offset <= source->bytes.len);
    if (!source->line_starts) {
        build_line_index(source);
    }
    uint32_t low = 0;
    uint32_t high = source->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->line_starts[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    uint32_t start = source->line_starts[low];
    uint32_t before =
        source->ascii ? offset - start : count_before(source, offset) - count_before(source, start);
    return (struct position){low + 1, before + 1, offset + source->bom_len};
}

struct str source_line(struct source *source, uint32_t line)
{
    if (!source->line_starts) {
        build_line_index(source);
    }
    if (line == 0 || line > source->line_count) {
        return (struct str){0};
    }
    uint32_t start = source->line_starts[line - 1];
    uint32_t end =
        line < source->line_count ? source->line_starts[line] : (uint32_t)source->bytes.len;
    struct str text = str_slice(source->bytes, start, end);
    while (text.len && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r')) {
        text.len--;
    }
    return text;
}

/* The first hidden span that ends behind a place; they are in order and do not overlap. */
static size_t find_hidden(const struct source *source, uint32_t at)
{
    size_t low = 0;
    size_t high = source->secret_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (source->secrets[middle].hi <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void source_hide(struct source *source, struct span span)
{
    size_t first = find_hidden(source, span.lo);
    size_t behind = first;
    while (behind < source->secret_count && source->secrets[behind].lo < span.hi) {
        const struct span *other = &source->secrets[behind++];
        span.lo = other->lo < span.lo ? other->lo : span.lo;
        span.hi = other->hi > span.hi ? other->hi : span.hi;
    }
    if (span.lo >= span.hi) {
        return;
    }
    source->secrets = arena_grow(source->arena, source->secrets, source->secret_count,
                                 &source->secret_capacity, sizeof *source->secrets);
    memmove(source->secrets + first + 1, source->secrets + behind,
            (source->secret_count - behind) * sizeof *source->secrets);
    source->secrets[first] = span;
    source->secret_count += 1 + first - behind;
}

bool sources_is_hidden(const struct sources *sources, struct location at)
{
    struct place place = sources_resolve(sources, at.source, at.span);
    size_t next = find_hidden(place.source, place.span.lo);
    return next < place.source->secret_count && place.source->secrets[next].lo < place.span.hi;
}

struct str source_excerpt(struct source *source, uint32_t line, struct arena *arena)
{
    struct str text = source_line(source, line);
    if (text.len == 0 || source->secret_count == 0) {
        return text;
    }
    uint32_t start = (uint32_t)(text.ptr - source->bytes.ptr);
    char *bytes = arena_alloc(arena, text.len);
    memcpy(bytes, text.ptr, text.len);
    uint32_t end = start + (uint32_t)text.len;
    for (size_t i = find_hidden(source, start);
         i < source->secret_count && source->secrets[i].lo < end; i++) {
        struct span secret = source->secrets[i];
        uint32_t from = secret.lo > start ? secret.lo : start;
        uint32_t to = secret.hi < end ? secret.hi : end;
        struct str hidden = str_slice(source->bytes, secret.lo, secret.hi);
        struct str tail = secret_tail(hidden);
        memset(bytes + (from - start), '*', to - from);
        if (tail.len && from == secret.lo && to == secret.hi) {
            memcpy(bytes + (tail.ptr - text.ptr), tail.ptr, tail.len);
        }
    }
    return (struct str){bytes, text.len};
}
