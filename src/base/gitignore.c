/* SPDX-License-Identifier: MIT */
/*
 * Each line becomes a literal beginning and a row of steps for the rest. Where git's behaviour goes
 * beyond its documentation, git's is kept: '**' counts as whole folders also where it follows the literal
 * beginning ("a**" "/b"), a class that does not end matches nothing, and a class never matches '/'.
 */
#include "base/gitignore.h"

enum step_kind {
    STEP_BYTE,
    STEP_ANY,   /* ? */
    STEP_CLASS, /* [...] */
    STEP_STAR,  /* *: any bytes but '/' */
    STEP_STARS, /* **: any bytes */
    STEP_SKIP,  /* before the two steps of "**" "/", which may stand for nothing */
    STEP_NEVER  /* malformed */
};

enum { BYTES = 256, CLASS_WORDS = BYTES / 32, SKIPPED = 3 };

struct byte_class {
    uint32_t bits[CLASS_WORDS];
};

struct gitignore_step {
    enum step_kind kind;
    unsigned char byte;
    const struct byte_class *set;
};

/* ---- classes ---- */

struct class_reader {
    struct str text;
    size_t at; /* behind '[' */
    struct byte_class *set;
};

static void add_byte(struct byte_class *set, unsigned byte)
{
    set->bits[byte / 32] |= 1u << (byte % 32);
}

static void add_range(struct byte_class *set, unsigned lo, unsigned hi)
{
    for (unsigned byte = lo; byte <= hi; byte++) {
        add_byte(set, byte);
    }
}

/* POSIX classes in the C locale: the ranges of each. */
static const struct {
    struct str name;
    const char *ranges; /* pairs of first and last */
} posix_classes[] = {
    {STR_INIT("alnum"), "09AZaz"},   {STR_INIT("alpha"), "AZaz"},
    {STR_INIT("blank"), "  \t\t"},   {STR_INIT("cntrl"), "\x01\x1f\x7f\x7f"},
    {STR_INIT("digit"), "09"},       {STR_INIT("graph"), "!~"},
    {STR_INIT("lower"), "az"},       {STR_INIT("print"), " ~"},
    {STR_INIT("punct"), "!/:@[`{~"}, {STR_INIT("space"), "  \t\r"},
    {STR_INIT("upper"), "AZ"},       {STR_INIT("xdigit"), "09AFaf"},
};

static bool add_posix_class(struct byte_class *set, struct str name)
{
    for (size_t i = 0; i < COUNT_OF(posix_classes); i++) {
        if (str_eq(posix_classes[i].name, name)) {
            for (const char *range = posix_classes[i].ranges; *range; range += 2) {
                add_range(set, (unsigned char)range[0], (unsigned char)range[1]);
            }
            return true;
        }
    }
    return false;
}

/* The byte at a place, or 0 behind the end: no pattern holds a NUL. */
static unsigned byte_at(const struct class_reader *r, size_t at)
{
    return at < r->text.len ? (unsigned char)r->text.ptr[at] : 0;
}

/* "[:name:]" at the reader's place; *taken is false where these are plain characters. */
static bool read_posix_class(struct class_reader *r, bool *taken)
{
    struct str rest = str_from(r->text, r->at + 2);
    size_t end = str_find_char(rest, ']');
    *taken = false;
    if (end == rest.len) {
        return false;
    }
    if (end == 0 || rest.ptr[end - 1] != ':') {
        return true;
    }
    *taken = true;
    r->at += 2 + end;
    return add_posix_class(r->set, str_slice(rest, 0, end - 1));
}

/* One byte, escaped or not; false at the end of the text. */
static bool read_class_byte(struct class_reader *r, unsigned *byte)
{
    if (byte_at(r, r->at) == '\\') {
        r->at++;
    }
    *byte = byte_at(r, r->at);
    return *byte != 0;
}

/* One item of a class; `before` is the byte that a range would begin with, or 0. */
static bool read_class_item(struct class_reader *r, unsigned *before)
{
    unsigned byte = byte_at(r, r->at);
    unsigned next = byte_at(r, r->at + 1);
    if (byte == '-' && *before && next && next != ']') {
        r->at++;
        if (!read_class_byte(r, &byte)) {
            return false;
        }
        add_range(r->set, *before, byte);
        *before = 0;
        return true;
    }
    if (byte == '[' && next == ':') {
        bool taken;
        if (!read_posix_class(r, &taken)) {
            return false;
        }
        if (taken) {
            *before = 0;
            return true;
        }
        add_byte(r->set, '[');
        *before = '[';
        return true;
    }
    if (!read_class_byte(r, &byte)) {
        return false;
    }
    add_byte(r->set, byte);
    *before = byte;
    return true;
}

/* A class, up to its ']'; false where it is malformed. A ']' that comes first is a member. */
static bool read_class(struct class_reader *r)
{
    unsigned first = byte_at(r, r->at);
    bool negated = first == '!' || first == '^';
    unsigned before = 0;
    r->at += negated;
    do {
        if (!read_class_item(r, &before)) {
            return false;
        }
        r->at++;
    } while (byte_at(r, r->at) != ']');
    for (size_t i = 0; negated && i < CLASS_WORDS; i++) {
        r->set->bits[i] = ~r->set->bits[i];
    }
    r->set->bits['/' / 32] &= ~(1u << ('/' % 32));
    return true;
}

/* ---- patterns ---- */

struct compiler {
    struct arena *arena;
    struct str text; /* without the literal beginning */
    size_t at;
    struct gitignore_step *steps;
    size_t count;
};

static void add_step(struct compiler *c, enum step_kind kind, unsigned char byte)
{
    c->steps[c->count++] = (struct gitignore_step){.kind = kind, .byte = byte};
}

static void add_class(struct compiler *c)
{
    struct byte_class *set = arena_new(c->arena, struct byte_class);
    struct class_reader r = {.text = c->text, .at = c->at + 1, .set = set};
    bool good = read_class(&r);
    c->at = good ? r.at + 1 : c->text.len;
    c->steps[c->count++] = (struct gitignore_step){
        .kind = good ? STEP_CLASS : STEP_NEVER,
        .set = set,
    };
}

/* One star or several. They cross folders where they are a whole part of the path. */
static void add_stars(struct compiler *c)
{
    size_t start = c->at;
    while (c->at < c->text.len && c->text.ptr[c->at] == '*') {
        c->at++;
    }
    struct str rest = str_from(c->text, c->at);
    bool begins = start == 0 || c->text.ptr[start - 1] == '/';
    bool slash = str_starts(rest, STR("/"));
    bool ends = rest.len == 0 || slash || str_starts(rest, STR("\\/"));
    if (c->at - start < 2 || !begins || !ends) {
        add_step(c, STEP_STAR, 0);
        return;
    }
    if (slash) {
        add_step(c, STEP_SKIP, 0);
    }
    add_step(c, STEP_STARS, 0);
}

static void add_escaped(struct compiler *c)
{
    bool dangling = c->at + 1 >= c->text.len;
    unsigned char byte = dangling ? 0 : (unsigned char)c->text.ptr[c->at + 1];
    add_step(c, dangling ? STEP_NEVER : STEP_BYTE, byte);
    c->at += 2;
}

/* Plain bytes at the end, up to a slash, which "**" in front of it may take along. */
static size_t tail_len(const struct compiler *c)
{
    size_t len = 0;
    for (; len < c->count; len++) {
        const struct gitignore_step *step = &c->steps[c->count - 1 - len];
        if (step->kind != STEP_BYTE || step->byte == '/') {
            break;
        }
    }
    return len;
}

static void compile(struct arena *arena, struct gitignore_pattern *pattern, struct str text)
{
    struct compiler c = {.arena = arena, .text = text};
    c.steps =
        arena_array(arena, struct gitignore_step, text.len + 1); /* "**" becomes two at most */
    while (c.at < text.len) {
        char byte = text.ptr[c.at];
        if (byte == '*') {
            add_stars(&c);
        } else if (byte == '[') {
            add_class(&c);
        } else if (byte == '\\') {
            add_escaped(&c);
        } else {
            add_step(&c, byte == '?' ? STEP_ANY : STEP_BYTE, (unsigned char)byte);
            c.at++;
        }
    }
    pattern->steps = c.steps;
    pattern->count = c.count;
    pattern->tail = tail_len(&c);
}

static size_t literal_len(struct str text)
{
    size_t len = 0;
    while (len < text.len && !strchr("*?[\\", text.ptr[len])) {
        len++;
    }
    return len;
}

/* Blanks at the end do not count, unless '\' stands before one. */
static struct str trim_end(struct str line)
{
    size_t end = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] == '\\') {
            i++;
            end = i + 1;
        } else if (line.ptr[i] != ' ') {
            end = i + 1;
        }
    }
    return str_slice(line, 0, end);
}

static void add_line(struct arena *arena, struct gitignore *list, struct str line)
{
    struct gitignore_pattern pattern = {0};
    struct str text = trim_end(str_slice(line, 0, str_find_char(line, '\0')));
    if (line.len == 0 || line.ptr[0] == '#') {
        return;
    }
    pattern.negated = str_starts(text, STR("!"));
    text = str_from(text, pattern.negated);
    pattern.folders_only = str_ends(text, STR("/"));
    text = str_slice(text, 0, text.len - pattern.folders_only);
    pattern.any_depth = str_find_char(text, '/') == text.len;
    text = str_from(text, !pattern.any_depth && text.ptr[0] == '/');
    if (text.len == 0 || text.len > GITIGNORE_PATTERN_MAX) {
        return;
    }
    size_t len = literal_len(text);
    pattern.literal = str_slice(text, 0, len);
    compile(arena, &pattern, str_from(text, len));
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof pattern);
    list->items[list->count++] = pattern;
}

void gitignore_add(struct arena *arena, struct gitignore *list, struct str text)
{
    struct str rest = str_starts(text, STR("\xef\xbb\xbf")) ? str_from(text, 3) : text;
    while (rest.len) {
        struct str line;
        (void)str_cut(rest, '\n', &line, &rest);
        add_line(arena, list, str_slice(line, 0, line.len - str_ends(line, STR("\r"))));
    }
}

/* ---- matching ---- */

/* The step of `place` is what comes next; a text is matched that stands behind the last one. */
struct places {
    bool at[GITIGNORE_PATTERN_MAX + 2];
};

/* Stand at a step, and wherever one comes from there without reading anything. */
static void stand_at(const struct gitignore_pattern *p, struct places *places, size_t place)
{
    while (!places->at[place]) {
        places->at[place] = true;
        enum step_kind kind = place < p->count ? p->steps[place].kind : STEP_NEVER;
        if (kind == STEP_SKIP && !places->at[place + SKIPPED]) {
            stand_at(p, places, place + SKIPPED); /* which goes on without coming back here */
        }
        if (kind != STEP_STAR && kind != STEP_STARS && kind != STEP_SKIP) {
            return;
        }
        place++;
    }
}

static void go_on(const struct gitignore_pattern *p, struct places *next, size_t place,
                  unsigned char byte)
{
    const struct gitignore_step *step = &p->steps[place];
    bool stays = false;
    bool passes = false;
    switch (step->kind) {
    case STEP_BYTE:
        passes = step->byte == byte;
        break;
    case STEP_ANY:
        passes = byte != '/';
        break;
    case STEP_CLASS:
        passes = (step->set->bits[byte / 32] >> (byte % 32)) & 1u;
        break;
    case STEP_STAR:
        stays = byte != '/';
        break;
    case STEP_STARS:
        stays = true;
        break;
    case STEP_SKIP:
    case STEP_NEVER:
        break;
    }
    if (stays || passes) {
        stand_at(p, next, place + passes);
    }
}

/* Does the text end with the plain bytes that the pattern ends with? Most patterns fail here. */
static bool ends_alike(const struct gitignore_pattern *p, struct str text)
{
    if (p->tail == 0 || text.len < p->tail) {
        return p->tail == 0;
    }
    const struct gitignore_step *tail = p->steps + (p->count - p->tail);
    const char *end = text.ptr + (text.len - p->tail);
    for (size_t i = 0; i < p->tail; i++) {
        if (tail[i].byte != (unsigned char)end[i]) {
            return false;
        }
    }
    return true;
}

static bool run_steps(const struct gitignore_pattern *p, struct str text)
{
    struct places now, next;
    memset(now.at, 0, p->count + 1);
    stand_at(p, &now, 0);
    for (size_t i = 0; i < text.len; i++) {
        memset(next.at, 0, p->count + 1);
        for (size_t place = 0; place < p->count; place++) {
            if (now.at[place]) {
                go_on(p, &next, place, (unsigned char)text.ptr[i]);
            }
        }
        memcpy(now.at, next.at, p->count + 1);
    }
    return now.at[p->count];
}

static bool matches(const struct gitignore_pattern *p, struct str path, bool is_folder)
{
    struct str text = p->any_depth ? str_from(path, str_after_last(path, '/')) : path;
    if ((p->folders_only && !is_folder) || !str_starts(text, p->literal)) {
        return false;
    }
    text = str_from(text, p->literal.len);
    if (p->count == 0) {
        return text.len == 0;
    }
    return ends_alike(p, text) && run_steps(p, text);
}

enum gitignore_says gitignore_judge(const struct gitignore *list, struct str path, bool is_folder)
{
    for (size_t i = list->count; i > 0; i--) {
        if (matches(&list->items[i - 1], path, is_folder)) {
            return list->items[i - 1].negated ? GITIGNORE_IN : GITIGNORE_OUT;
        }
    }
    return GITIGNORE_NOTHING;
}
