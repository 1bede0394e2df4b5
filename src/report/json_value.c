/* SPDX-License-Identifier: MIT */
/*
 * jansson behind views, with every failure (memory, as the arguments are ours) ending the program.
 */
#include "report/json_value.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "report/visible.h"

/*
 * jansson seeds its hash tables from /dev/urandom when the first object is made. The library opens
 * no files, the keys are our own, and members are written in the order they were put: a fixed seed
 * will do. Only the first call counts.
 */
enum { HASH_SEED = 1 };

static json_t *checked(json_t *value)
{
    if (!value) {
        memory_exhausted();
    }
    return value;
}

json_t *json_value_object(void)
{
    json_object_seed(HASH_SEED);
    return checked(json_object());
}

json_t *json_value_array(void)
{
    return checked(json_array());
}

static void add_repaired(struct buf *out, struct str s)
{
    while (s.len) {
        size_t good = utf8_find_malformed(s);
        buf_add(out, str_slice(s, 0, good));
        if (good < s.len) {
            buf_add(out, STR("\xEF\xBF\xBD"));
            good++;
        }
        s = str_from(s, good);
    }
}

json_t *json_value_str(struct str s)
{
    if (utf8_find_malformed(s) == s.len) {
        return checked(json_stringn(s.len ? s.ptr : "", s.len));
    }
    struct buf repaired = buf_with_max(SIZE_MAX / 2);
    add_repaired(&repaired, s);
    json_t *value = checked(json_stringn(repaired.ptr, repaired.len));
    buf_release(&repaired);
    return value;
}

json_t *json_value_strs(const struct str *items, size_t count)
{
    json_t *array = json_value_array();
    for (size_t i = 0; i < count; i++) {
        json_value_append(array, json_value_str(items[i]));
    }
    return array;
}

json_t *json_value_size(size_t number)
{
    return checked(json_integer((json_int_t)number));
}

json_t *json_value_bool(bool value)
{
    return checked(json_boolean(value));
}

void json_value_put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0) {
        memory_exhausted();
    }
}

json_t *json_value_tool(struct str version, struct str catalogue)
{
    json_t *tool = json_value_object();
    json_value_put(tool, "name", json_value_str(STR("ekslint")));
    json_value_put(tool, "version", json_value_str(version));
    json_value_put(tool, "catalogue", json_value_str(catalogue));
    return tool;
}

void json_value_update(json_t *object, json_t *from)
{
    if (json_object_update(object, from) != 0) {
        memory_exhausted();
    }
    json_decref(from);
}

void json_value_append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0) {
        memory_exhausted();
    }
}

struct indented {
    struct buf *out;
    unsigned indent;
};

/* RFC 8259 §7: beyond the Basic Multilingual Plane as a surrogate pair. */
static void add_escape(struct buf *out, uint32_t code_point)
{
    if (code_point < 0x10000) {
        buf_printf(out, "\\u%04x", (unsigned)code_point);
        return;
    }
    uint32_t rest = code_point - 0x10000;
    buf_printf(out, "\\u%04x\\u%04x", (unsigned)(0xD800 + (rest >> 10)),
               (unsigned)(0xDC00 + (rest & 0x3FF)));
}

/* Such characters stand in strings only: what else JSON has is ASCII, and jansson gives whole ones. */
static void add_visible(struct buf *out, struct str text)
{
    size_t done = 0;
    for (size_t at = utf8_find_non_ascii(text); at < text.len;) {
        uint32_t code_point = 0;
        size_t len = utf8_decode(str_from(text, at), &code_point);
        if (len && visible_is_escaped(code_point)) {
            buf_add(out, str_slice(text, done, at));
            add_escape(out, code_point);
            done = at + len;
        }
        at += len ? len : 1;
        at += utf8_find_non_ascii(str_from(text, at));
    }
    buf_add(out, str_from(text, done));
}

/* jansson escapes other control characters, but not DEL. */
static void add_text(struct buf *out, struct str text)
{
    struct str part;
    while (str_cut(text, 0x7F, &part, &text)) {
        add_visible(out, part);
        buf_add_c(out, "\\u007f");
    }
    add_visible(out, part);
}

/* Most pieces that jansson gives are. */
static bool is_plain(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] < ' ' || bytes[i] > '~') {
            return false;
        }
    }
    return true;
}

/* In JSON text a line feed is layout only: inside strings it is escaped. */
static int add_indented(const char *bytes, size_t len, void *context)
{
    struct indented *to = context;
    struct str rest = {bytes, len};
    struct str line;
    if (is_plain(bytes, len)) {
        buf_add(to->out, rest);
        return 0;
    }
    while (str_cut(rest, '\n', &line, &rest)) {
        add_text(to->out, line);
        buf_add_char(to->out, '\n');
        buf_add_repeat(to->out, ' ', to->indent);
    }
    add_text(to->out, line);
    return 0;
}

static void write(struct buf *out, json_t *value, unsigned indent, size_t flags)
{
    struct indented to = {out, indent};
    if (json_dump_callback(value, add_indented, &to, flags | JSON_ENCODE_ANY) != 0) {
        memory_exhausted();
    }
    json_decref(value);
}

void json_value_write(struct buf *out, json_t *value, unsigned indent)
{
    write(out, value, indent, JSON_INDENT(2));
}

void json_value_write_line(struct buf *out, json_t *value)
{
    write(out, value, 0, JSON_COMPACT);
}
