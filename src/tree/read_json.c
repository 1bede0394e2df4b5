/* SPDX-License-Identifier: MIT */
/*
 * The strict JSON reader, by recursive descent over the bytes (RFC 8259). One pass; a string
 * without escapes is not copied: its node points into the source. Invariant: `at` never passes
 * `end`, and every helper that returns false has reported why.
 */
#include "tree/read_json.h"

#include "base/utf8.h"
#include "tree/json_scan.h"
#include "tree/report.h"

struct reader {
    struct builder *builder;
    struct tree *tree;
    struct source *source;
    struct findings *findings;
    const char *bytes;
    uint32_t at, end;
    uint32_t depth;
    uint64_t nodes;
    const struct limits *limits;
};

static struct location location_at(const struct reader *r, uint32_t lo, uint32_t hi)
{
    return (struct location){r->source->id, {lo, hi}};
}

/* The byte at `at`; NUL, which JSON allows nowhere, stands for the end. */
static char peek(const struct reader *r)
{
    return r->at < r->end ? r->bytes[r->at] : '\0';
}

/*
 * What stands at an offset, for a message: a quoted character, a control character's number, or the
 * end.
 */
static struct str describe(const struct reader *r, uint32_t at)
{
    if (at >= r->end) {
        return STR("the end of the text");
    }
    uint32_t code_point = 0;
    size_t len = utf8_decode((struct str){r->bytes + at, r->end - at}, &code_point);
    if (len == 0) {
        return arena_format(r->findings->arena, "the byte 0x%02X", (unsigned char)r->bytes[at]);
    }
    if (code_point == '\'') {
        return STR("a single quote");
    }
    if (code_point == '/' && at + 1 < r->end &&
        (r->bytes[at + 1] == '/' || r->bytes[at + 1] == '*')) {
        return STR("a comment, which JSON does not have");
    }
    if (code_point < 0x20 || code_point == 0x7F) {
        return arena_format(r->findings->arena, "the control character U+%04X",
                            (unsigned)code_point);
    }
    return arena_format(r->findings->arena, "'%.*s'", (int)len, r->bytes + at);
}

static uint32_t char_end(const struct reader *r, uint32_t at)
{
    uint32_t code_point;
    size_t len = utf8_decode((struct str){r->bytes + at, r->end - at}, &code_point);
    return at < r->end ? at + (uint32_t)(len ? len : 1) : at;
}

/* Report a problem; always false. */
static bool refuse_text(struct reader *r, uint32_t lo, uint32_t hi, struct str problem)
{
    report_unreadable(r->findings, STR("syntax/json"), location_at(r, lo, hi), problem);
    return false;
}

/* Report that something else was expected at `at`; always false. */
static bool refuse(struct reader *r, uint32_t at, const char *expected)
{
    struct str found = describe(r, at);
    return refuse_text(
        r, at, char_end(r, at),
        arena_format(r->findings->arena, "expected %s, found %.*s", expected, STR_ARG(found)));
}

/* Report that a limit was reached; always false. */
static bool refuse_more(struct reader *r, uint32_t lo, enum limit limit)
{
    return refuse_text(r, lo, lo + 1, limit_reached(r->findings->arena, r->limits, limit));
}

static void skip_space(struct reader *r)
{
    r->at = json_space_end(r->bytes, r->at, r->end);
}

static bool parse_hex4(const struct reader *r, uint32_t at, uint32_t *value)
{
    if (r->end - at < 4) {
        return false;
    }
    *value = 0;
    for (uint32_t i = at; i < at + 4; i++) {
        char c = char_lower(r->bytes[i]);
        if (!char_is_digit(c) && !(c >= 'a' && c <= 'f')) {
            return false;
        }
        *value = *value * 16 + (uint32_t)(char_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return true;
}

static bool is_high_surrogate(uint32_t unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low_surrogate(uint32_t unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* At the 'u' of \uXXXX: one code point, a surrogate pair included (RFC 8259 §7). */
static bool read_unicode_escape(struct reader *r, uint32_t *code_point)
{
    uint32_t start = r->at - 1;
    if (!parse_hex4(r, r->at + 1, code_point)) {
        return refuse_text(r, start, char_end(r, r->at),
                           STR("expected four hexadecimal digits after '\\u'"));
    }
    r->at += 5;
    if (!is_high_surrogate(*code_point) && !is_low_surrogate(*code_point)) {
        return true;
    }
    uint32_t low = 0;
    bool paired = is_high_surrogate(*code_point) && r->end - r->at >= 6 &&
                  r->bytes[r->at] == '\\' && r->bytes[r->at + 1] == 'u' &&
                  parse_hex4(r, r->at + 2, &low) && is_low_surrogate(low);
    if (!paired) {
        return refuse_text(r, start, r->at,
                           STR("this escape is half of a surrogate pair; write both "
                               "halves or the character itself"));
    }
    *code_point = 0x10000 + ((*code_point - 0xD800) << 10) + (low - 0xDC00);
    r->at += 6;
    return true;
}

/* At the character behind a backslash; appends what the escape means to the tree's pool. */
static bool read_escape(struct reader *r)
{
    static const char names[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    if (r->at >= r->end) {
        return refuse(r, r->at, "an escape's second character");
    }
    char c = r->bytes[r->at];
    if (c == 'u') {
        uint32_t code_point = 0;
        char utf8[4];
        if (!read_unicode_escape(r, &code_point)) {
            return false;
        }
        tree_pool_add(r->tree, (struct str){utf8, utf8_write(code_point, utf8)});
        return true;
    }
    const char *hit = c == '"' ? names : c ? strchr(names, c) : NULL;
    if (!hit) {
        return refuse_text(r, r->at - 1, char_end(r, r->at),
                           STR("unknown escape in a string; JSON has \\\" \\\\ \\/ \\b \\f \\n \\r "
                               "\\t and \\uXXXX"));
    }
    r->at++;
    tree_pool_add_char(r->tree, meanings[hit - names]);
    return true;
}

/*
 * Move behind the plain run at `at`: simple characters and well-formed UTF-8. False for malformed
 * UTF-8.
 */
static bool skip_run(struct reader *r)
{
    for (;;) {
        r->at = json_simple_end(r->bytes, r->at, r->end);
        if (r->at >= r->end || (unsigned char)r->bytes[r->at] < 0x80) {
            return true;
        }
        uint32_t code_point;
        size_t len = utf8_decode((struct str){r->bytes + r->at, r->end - r->at}, &code_point);
        if (len == 0) {
            return refuse_text(r, r->at, r->at + 1,
                               STR("this byte is not valid UTF-8; save the file as UTF-8"));
        }
        r->at += (uint32_t)len;
    }
}

/* Report what stands in the string from `open` that must not; always false. */
static bool refuse_in_string(struct reader *r, uint32_t open)
{
    if (r->at >= r->end) {
        return refuse_text(r, open, open + 1, STR("this string has no closing quote"));
    }
    if (r->bytes[r->at] == '\n' || r->bytes[r->at] == '\r') {
        return refuse_text(r, open, r->at,
                           STR("this string has no closing quote in its line; add it, or write \\n "
                               "for a line break"));
    }
    return refuse(r, r->at, "an escape such as \\n in place of a control character in a string");
}

/*
 * Behind an opening quote at `open`: the text, in the source where it can be, else decoded into the
 * pool.
 */
static bool read_string(struct reader *r, uint32_t open, struct node *node)
{
    bool pooled = false;
    uint32_t text = open + 1;
    uint32_t run = r->at; /* what is not in the pool yet */
    bool valid = skip_run(r);
    while (valid && peek(r) == '\\') {
        if (!pooled) {
            pooled = true;
            text = tree_pool_add(r->tree, (struct str){0});
        }
        tree_pool_add(r->tree, (struct str){r->bytes + run, r->at - run});
        r->at++;
        valid = read_escape(r);
        run = r->at;
        valid = valid && skip_run(r);
    }
    if (!valid) {
        return false;
    }
    if (peek(r) != '"') {
        return refuse_in_string(r, open);
    }
    uint32_t len = r->at - (open + 1);
    if (pooled) {
        tree_pool_add(r->tree, (struct str){r->bytes + run, r->at - run});
        len = (uint32_t)r->tree->pool_len - text;
    }
    r->at++;
    *node = (struct node){.lo = open,
                          .hi = r->at,
                          .source = r->source->id,
                          .kind = NODE_STRING,
                          .style = STYLE_DOUBLE,
                          .flags = pooled ? NODE_JSON | NODE_IN_POOL : NODE_JSON,
                          .text = text,
                          .len = len};
    return true;
}

static void skip_digits(struct reader *r)
{
    while (char_is_digit(peek(r))) {
        r->at++;
    }
}

static bool expect_digits(struct reader *r)
{
    if (!char_is_digit(peek(r))) {
        return refuse(r, r->at, "a digit");
    }
    skip_digits(r);
    return true;
}

/* number = [ minus ] int [ frac ] [ exp ] (RFC 8259 §6). */
static bool read_number(struct reader *r, struct node *node)
{
    uint32_t start = r->at;
    if (r->bytes[r->at] == '-') {
        r->at++;
    }
    if (peek(r) == '0') {
        r->at++;
        if (char_is_digit(peek(r))) {
            return refuse_text(r, start, r->at + 1,
                               STR("a number must not start with 0; quote it if it is an id"));
        }
    } else if (!expect_digits(r)) {
        return false;
    }
    if (peek(r) == '.') {
        r->at++;
        if (!expect_digits(r)) {
            return false;
        }
    }
    if (char_lower(peek(r)) == 'e') {
        r->at++;
        if (peek(r) == '+' || peek(r) == '-') {
            r->at++;
        }
        if (!expect_digits(r)) {
            return false;
        }
    }
    *node = (struct node){.lo = start,
                          .hi = r->at,
                          .source = r->source->id,
                          .kind = NODE_NUMBER,
                          .flags = NODE_JSON,
                          .text = start,
                          .len = r->at - start};
    return true;
}

static bool read_word(struct reader *r, struct node *node)
{
    static const struct {
        struct str text;
        uint8_t kind;
    } words[] = {
        {STR_INIT("true"), NODE_BOOL},
        {STR_INIT("false"), NODE_BOOL},
        {STR_INIT("null"), NODE_NULL},
    };
    struct str rest = {r->bytes + r->at, r->end - r->at};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (str_starts(rest, words[i].text)) {
            uint32_t len = (uint32_t)words[i].text.len;
            *node = (struct node){.lo = r->at,
                                  .hi = r->at + len,
                                  .source = r->source->id,
                                  .kind = words[i].kind,
                                  .flags = NODE_JSON,
                                  .text = r->at,
                                  .len = len};
            r->at += len;
            return true;
        }
    }
    return refuse(r, r->at, "a value");
}

static bool read_value(struct reader *r);

/*
 * After a child: behind a ',' that something follows, or with *closed set behind the closing
 * bracket.
 */
static bool read_separator(struct reader *r, char close, const char *expected, bool *closed)
{
    skip_space(r);
    char c = peek(r);
    if (c != ',' && c != close) {
        return refuse(r, r->at, expected);
    }
    r->at++;
    *closed = c == close;
    if (*closed) {
        return true;
    }
    skip_space(r);
    if (peek(r) == close) {
        return refuse_text(r, r->at, r->at + 1,
                           STR("nothing follows the ',' before this bracket; remove the ','"));
    }
    return true;
}

static bool read_member(struct reader *r, const char *expected)
{
    skip_space(r);
    uint32_t open = r->at;
    if (peek(r) != '"') {
        return refuse(r, r->at, expected);
    }
    r->at++;
    struct node name;
    if (!read_string(r, open, &name)) {
        return false;
    }
    if (name.len > r->limits->of[LIMIT_KEY_BYTES]) {
        return refuse_more(r, open, LIMIT_KEY_BYTES);
    }
    uint32_t atom = atoms_intern(r->tree->atoms, tree_text(r->tree, &name));
    builder_key(r->builder, atom, r->source->id, (struct span){name.lo, name.hi});
    skip_space(r);
    if (peek(r) != ':') {
        return refuse(r, r->at, "':' after the member's name");
    }
    r->at++;
    return read_value(r);
}

static bool read_object(struct reader *r)
{
    skip_space(r);
    bool closed = peek(r) == '}';
    if (closed) {
        r->at++;
        return true;
    }
    const char *expected = "'}' or a member's name in double quotes";
    while (!closed) {
        if (!read_member(r, expected) ||
            !read_separator(r, '}', "',' or '}' after the member", &closed)) {
            return false;
        }
        expected = "a member's name in double quotes after ','";
    }
    return true;
}

static bool read_array(struct reader *r)
{
    skip_space(r);
    bool closed = peek(r) == ']';
    if (closed) {
        r->at++;
        return true;
    }
    while (!closed) {
        if (!read_value(r) || !read_separator(r, ']', "',' or ']' after the element", &closed)) {
            return false;
        }
    }
    return true;
}

static bool read_container(struct reader *r, enum node_kind kind)
{
    if (r->depth >= r->limits->of[LIMIT_DEPTH]) {
        return refuse_more(r, r->at, LIMIT_DEPTH);
    }
    r->depth++;
    struct node *open = builder_open(r->builder, kind, r->source->id, r->at);
    open->style = STYLE_FLOW;
    open->flags = NODE_JSON;
    r->at++;
    if (!(kind == NODE_OBJECT ? read_object(r) : read_array(r))) {
        return false;
    }
    builder_close(r->builder, r->at);
    r->depth--;
    return true;
}

static bool read_scalar(struct reader *r, char c)
{
    struct node node;
    bool read;
    if (c == '"') {
        uint32_t open = r->at++;
        read = read_string(r, open, &node);
        if (read && node.len > r->limits->of[LIMIT_STRING_BYTES]) {
            return refuse_more(r, open, LIMIT_STRING_BYTES);
        }
    } else if (c == '-' || char_is_digit(c)) {
        read = read_number(r, &node);
    } else {
        read = read_word(r, &node);
    }
    if (read) {
        builder_push(r->builder, &node);
    }
    return read;
}

static bool read_value(struct reader *r)
{
    skip_space(r);
    if (++r->nodes > r->limits->of[LIMIT_NODES]) {
        return refuse_more(r, r->at, LIMIT_NODES);
    }
    char c = peek(r);
    if (c == '{') {
        return read_container(r, NODE_OBJECT);
    }
    if (c == '[') {
        return read_container(r, NODE_ARRAY);
    }
    return read_scalar(r, c);
}

static void on_duplicate(void *context, const struct node *first, const struct node *again)
{
    const struct reader *r = context;
    report_duplicate_key(r->findings, r->tree, first, again);
}

static struct reader start(const struct json_cursor *cursor, struct findings *findings)
{
    struct str bytes = cursor->source->bytes;
    return (struct reader){
        .source = cursor->source,
        .findings = findings,
        .bytes = bytes.ptr ? bytes.ptr : "",
        .at = cursor->at,
        .end = (uint32_t)bytes.len,
    };
}

bool json_read(struct builder *builder, struct tree *tree, struct json_cursor *cursor,
               struct findings *findings)
{
    struct reader r = start(cursor, findings);
    r.builder = builder;
    r.tree = tree;
    r.limits = cursor->source->limits;
    builder_start(builder, tree);
    builder->on_duplicate = on_duplicate;
    builder->context = &r;
    bool utf16 = cursor->at == 0 && report_utf16(findings, STR("syntax/json"), cursor->source);
    bool read = !utf16 && read_value(&r);
    if (read) {
        builder_finish(builder);
        skip_space(&r);
    }
    cursor->at = r.at;
    builder->on_duplicate = NULL;
    builder->context = NULL;
    return read;
}

bool json_at_end(const struct json_cursor *cursor)
{
    struct reader r = start(cursor, NULL);
    skip_space(&r);
    return r.at == r.end;
}

void json_report_trailing(const struct json_cursor *cursor, struct findings *findings)
{
    struct reader r = start(cursor, findings);
    skip_space(&r);
    refuse(&r, r.at, "the end of the text after the document");
}

bool json_read_whole(struct builder *builder, struct tree *tree, struct source *source,
                     struct findings *findings)
{
    struct json_cursor cursor = {source, 0};
    if (!json_read(builder, tree, &cursor, findings)) {
        return false;
    }
    if (!json_at_end(&cursor)) {
        json_report_trailing(&cursor, findings);
        tree->root = NULL;
        return false;
    }
    return true;
}
